/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/document.h"

#include <string.h>

enum status document_create(struct ctx *ctx, const struct document_head *head, struct document **out)
{
    struct document *document = arena_alloc(ctx->arena, sizeof *document);
    if (document == NULL)
        return ctx_no_memory(ctx);
    document->head = *head;
    *out = document;
    return STATUS_OK;
}

enum status document_add(struct ctx *ctx, struct document *document, enum block_kind kind, struct document_block **out)
{
    if (document->block_count == document->block_capacity) {
        uint32_t capacity = document->block_capacity == 0 ? 16 : document->block_capacity * 2;
        struct document_block *blocks = arena_array(ctx->arena, capacity, sizeof *blocks);
        if (blocks == NULL)
            return ctx_no_memory(ctx);
        if (document->block_count > 0)
            memcpy(blocks, document->blocks, document->block_count * sizeof *blocks);
        document->blocks = blocks;
        document->block_capacity = capacity;
    }
    struct document_block *block = &document->blocks[document->block_count++];
    *block = (struct document_block){.kind = kind};
    *out = block;
    return STATUS_OK;
}
