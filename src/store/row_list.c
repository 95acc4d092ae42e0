/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/row_list.h"

#include <string.h>

#include "base/memory.h"

void *row_list_add(struct ctx *ctx, struct row_list *list)
{
    if (list->count == list->room) {
        size_t room = list->room ? 2u * list->room : 8u;
        unsigned char *at = arena_array(ctx->arena, room, list->size_bytes);
        if (!at)
            return NULL;
        if (list->count > 0)
            memcpy(at, list->at, list->count * list->size_bytes);
        list->at = at;
        list->room = room;
    }
    return list->at + list->size_bytes * list->count++;
}

void row_digest(const struct store_row *row, size_t column, struct digest *out)
{
    struct span bytes = row->columns[column].bytes;
    memset(out, 0, sizeof *out);
    if (bytes.length == sizeof out->bytes)
        memcpy(out->bytes, bytes.at, sizeof out->bytes);
}

struct store_value value_digest(const struct digest *digest)
{
    return value_bytes((struct span){(const char *)digest->bytes, sizeof digest->bytes});
}
