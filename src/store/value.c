/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values that are bound, and columns that are read. */
#include <string.h>

#include "store/driver.h"

struct store_value value_integer(int64_t integer)
{
    return (struct store_value){.kind = VALUE_INTEGER, .integer = integer};
}

struct store_value value_string(const char *text)
{
    return text ? value_span(span_of(text)) : (struct store_value){.kind = VALUE_NULL};
}

struct store_value value_span(struct span text)
{
    return (struct store_value){.kind = VALUE_TEXT, .bytes = {text.at ? text.at : "", text.length}};
}

struct store_value value_bytes(struct span bytes)
{
    return (struct store_value){.kind = VALUE_BYTES, .bytes = bytes};
}

struct store_value value_uuid(const struct uuid *id)
{
    if (uuid_is_none(id))
        return (struct store_value){.kind = VALUE_NULL};
    return value_bytes((struct span){(const char *)id->bytes, sizeof id->bytes});
}

int64_t row_integer(const struct store_row *row, size_t column)
{
    return row->columns[column].integer;
}

struct span row_bytes(struct ctx *ctx, const struct store_row *row, size_t column)
{
    struct span bytes = row->columns[column].bytes;
    return (struct span){arena_copy(ctx->arena, bytes), bytes.length};
}

const char *row_text(struct ctx *ctx, const struct store_row *row, size_t column)
{
    return row->columns[column].kind == VALUE_NULL ? NULL : arena_copy(ctx->arena, row->columns[column].bytes);
}

void row_uuid(const struct store_row *row, size_t column, struct uuid *out)
{
    const struct span bytes = row->columns[column].bytes;
    memset(out, 0, sizeof *out);
    if (bytes.length == sizeof out->bytes)
        memcpy(out->bytes, bytes.at, sizeof out->bytes);
}
