/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/document_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/out.h"
#include "model/measure.h"
#include "report/story.h"

static void texts_write(struct out *out, const char *mark, const struct document_block *block)
{
    for (uint32_t i = 0; i < block->text_count; i++)
        out_format(out, "%s %s\n", mark, block->texts[i]);
}

static const char *table_kind(const struct document_block *block)
{
    if (block->kind == DOCUMENT_MATRIX)
        return block->turned ? "turned" : "matrix";
    return block->folded ? "folded" : "table";
}

static void block_write(struct out *out, const struct document_block *block)
{
    const char *measure = block->table ? released_table_view(block->table)->measure->name : "";
    switch (block->kind) {
    case DOCUMENT_HEADING:
        out_format(out, "%s %s\n", block->level == 2 ? "##" : "###", block->text);
        break;
    case DOCUMENT_SENTENCES:
        texts_write(out, ">", block);
        break;
    case DOCUMENT_LIST:
        texts_write(out, "*", block);
        break;
    case DOCUMENT_PARAGRAPH:
        out_format(out, "%s\n", block->text);
        break;
    case DOCUMENT_CHART:
        out_format(out, "chart %s %u: %s | %s\n", measure, block->rows_most, block->text, block->subtitle ? block->subtitle : "");
        break;
    case DOCUMENT_TABLE:
    case DOCUMENT_MATRIX:
    default:
        out_format(out, "%s %s: %s\n", table_kind(block), measure, block->text);
        break;
    }
}

const char *document_text(struct job *job, const struct document *document)
{
    struct out *out = NULL;
    assert_ok(job, out_open_memory(&job->ctx, &out));
    for (uint32_t i = 0; i < document->block_count; i++)
        block_write(out, &document->blocks[i]);
    const char *text = arena_copy(job->ctx.arena, out_bytes(out));
    assert_non_null(text);
    return text;
}

const struct document *hand_story(struct hand *hand, const char *const *sections)
{
    struct report_tables tables = hand_release(hand);
    struct report_tables *kept = arena_alloc(hand->job.ctx.arena, sizeof *kept);
    const struct document *document = NULL;
    assert_non_null(kept);
    *kept = tables;
    assert_ok(&hand->job, report_story(&hand->job.ctx, &hand->head, kept, sections, &document));
    return document;
}

const char *section_text(struct hand *hand, const char *section)
{
    const char *const sections[] = {section, NULL};
    return document_text(&hand->job, hand_story(hand, sections));
}
