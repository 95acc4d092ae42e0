/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/html_contents.h"

#include <string.h>

#include "model/measure.h"
#include "model/words.h"
#include "render/table_grid.h"

#define HEADINGS_LEAST 4u

static bool is_part(const struct document_block *block)
{
    return block->kind == DOCUMENT_HEADING && block->level == 2;
}

static bool is_table(const struct document_block *block)
{
    return (block->kind == DOCUMENT_TABLE || block->kind == DOCUMENT_MATRIX) && block->table &&
           grid_rows_shown(released_table_view(block->table)) > 0;
}

/* What an anchor begins with; NULL for blocks that nothing leads to. */
static enum status stem_make(struct ctx *ctx, const struct document_block *block, const char **out)
{
    *out = NULL;
    if (block->kind == DOCUMENT_HEADING)
        *out = block->id ? block->id : "part";
    if (!is_table(block))
        return STATUS_OK;
    *out = arena_format(ctx->arena, "table-%s", released_table_view(block->table)->measure->name);
    return *out ? STATUS_OK : ctx_no_memory(ctx);
}

enum status html_anchors_make(struct ctx *ctx, const struct document *document, const char *const **out)
{
    uint32_t count = document->block_count;
    const char **stems = arena_array(ctx->arena, count + 1u, sizeof *stems);
    const char **anchors = arena_array(ctx->arena, count + 1u, sizeof *anchors);
    if (!stems || !anchors)
        return ctx_no_memory(ctx);
    for (uint32_t i = 0; i < count; i++) {
        unsigned before = 0;
        enum status status = stem_make(ctx, &document->blocks[i], &stems[i]);
        if (status)
            return status;
        for (uint32_t j = 0; j < i && stems[i]; j++)
            before += stems[j] && strcmp(stems[i], stems[j]) == 0;
        anchors[i] = before && stems[i] ? arena_format(ctx->arena, "%s-%u", stems[i], before + 1) : stems[i];
        if (stems[i] && !anchors[i])
            return ctx_no_memory(ctx);
    }
    *out = anchors;
    return STATUS_OK;
}

const char *html_twin(const struct document *document, const char *const *anchors, const struct document_block *chart)
{
    for (uint32_t i = 0; i < document->block_count; i++) {
        const struct document_block *block = &document->blocks[i];
        if (block->kind == DOCUMENT_TABLE && block->table == chart->table && anchors[i])
            return anchors[i];
    }
    return NULL;
}

bool html_contents_due(const struct document *document, uint32_t block)
{
    uint32_t parts = 0, before = 0;
    for (uint32_t i = 0; i < document->block_count; i++) {
        parts += is_part(&document->blocks[i]);
        before += i < block && is_part(&document->blocks[i]);
    }
    return parts >= HEADINGS_LEAST && before == 0 && is_part(&document->blocks[block]);
}

void html_contents_write(struct markup *m, const struct document *document, const char *const *anchors)
{
    const char *title = words_or_english(document->head.language, "page.contents");
    markup_open(m, "nav");
    markup_attribute(m, "aria-label", title);
    markup_open(m, "ul");
    for (uint32_t i = 0; i < document->block_count; i++) {
        if (!is_part(&document->blocks[i]))
            continue;
        markup_open(m, "li");
        markup_open(m, "a");
        markup_attribute_format(m, "href", "#%s", anchors[i]);
        markup_text(m, document->blocks[i].text);
        markup_close(m, "a");
        markup_close(m, "li");
    }
    markup_close(m, "ul");
    markup_close(m, "nav");
    markup_newline(m);
}
