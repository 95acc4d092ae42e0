/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/renderer.h"

#include <string.h>

#include "model/measure.h"
#include "model/phrase.h"
#include "render/chart/chart.h"
#include "render/markdown_table.h"
#include "render/markdown_text.h"

/* CommonMark with GitHub's tables: blocks divided by blank lines, nothing that needs HTML. */
struct markdown {
    struct out *out;
    const struct document *document;
    const char **notes; /* those written so far: what holds for several tables is said once */
    uint32_t note_count;
};

static void line_write(struct out *out, const char *before, const char *text, const char *after)
{
    out_text(out, before);
    markdown_text_write(out, text);
    out_text(out, after);
}

/* The sentences stand apart from the rest, each a paragraph of one quotation. */
static void sentences_write(struct out *out, const struct document_block *block)
{
    for (uint32_t i = 0; i < block->text_count; i++)
        line_write(out, i ? ">\n> " : "> ", block->texts[i], "\n");
    out_char(out, '\n');
}

static void list_write(struct out *out, const struct document_block *block)
{
    for (uint32_t i = 0; i < block->text_count; i++)
        line_write(out, "- ", block->texts[i], "\n");
    out_char(out, '\n');
}

/* In the place of the picture: what it shows, in words. */
static enum status chart_write(struct ctx *ctx, struct markdown *markdown, const struct document_block *block)
{
    struct picture picture;
    enum status status = chart_draw(ctx, &markdown->document->head, block, ROOM_WIDE, &picture);
    if (status || !picture.mark_count)
        return status;
    line_write(markdown->out, "**", picture.title, "**");
    line_write(markdown->out, picture.subtitle && *picture.subtitle ? "\\\n" : "", picture.subtitle, "\n\n");
    if (picture.description && *picture.description)
        line_write(markdown->out, "", picture.description, "\n\n");
    return STATUS_OK;
}

static enum status notes_write(struct ctx *ctx, struct markdown *markdown, const struct table *table)
{
    const char *const *notes = NULL;
    enum status status = notes_say(ctx, markdown->document->head.language, table->notes, table->note_count, &notes);
    for (uint32_t i = 0; i < table->note_count && !status; i++) {
        bool said = false;
        for (uint32_t n = 0; n < markdown->note_count && !said; n++)
            said = strcmp(markdown->notes[n], notes[i]) == 0;
        if (said)
            continue;
        markdown->notes[markdown->note_count++] = notes[i];
        line_write(markdown->out, "", notes[i], "\n\n");
    }
    return status;
}

static enum status table_write(struct ctx *ctx, struct markdown *markdown, const struct document_block *block)
{
    struct table_grid grid;
    enum status status = table_grid_make(ctx, &markdown->document->head, block, false, &grid);
    if (status || !grid.row_count)
        return status;
    line_write(markdown->out, "**", grid.caption, "**\n\n");
    status = markdown_table_write(ctx, markdown->out, &grid);
    out_char(markdown->out, '\n');
    return status ? status : notes_write(ctx, markdown, released_table_view(block->table));
}

static enum status block_write(struct ctx *ctx, struct markdown *markdown, const struct document_block *block)
{
    switch (block->kind) {
    case DOCUMENT_HEADING:
        line_write(markdown->out, block->level == 2 ? "## " : "### ", block->text, "\n\n");
        break;
    case DOCUMENT_SENTENCES:
        sentences_write(markdown->out, block);
        break;
    case DOCUMENT_PARAGRAPH:
        line_write(markdown->out, "", block->text, "\n\n");
        break;
    case DOCUMENT_LIST:
        list_write(markdown->out, block);
        break;
    case DOCUMENT_TABLE:
    case DOCUMENT_MATRIX:
        return table_write(ctx, markdown, block);
    case DOCUMENT_CHART:
        return chart_write(ctx, markdown, block);
    default:
        break;
    }
    return STATUS_OK;
}

/* Room for every note of every table. */
static enum status notes_begin(struct ctx *ctx, struct markdown *markdown)
{
    size_t most = 1;
    for (uint32_t i = 0; i < markdown->document->block_count; i++) {
        const struct released_table *table = markdown->document->blocks[i].table;
        most += table ? released_table_view(table)->note_count : 0;
    }
    markdown->notes = arena_array(ctx->arena, most, sizeof *markdown->notes);
    return markdown->notes ? STATUS_OK : ctx_no_memory(ctx);
}

static enum status markdown_render(struct ctx *ctx, const struct document *document, const struct rendering *rendering,
                                   struct out *out)
{
    (void)rendering;
    struct markdown markdown = {.out = out, .document = document};
    const struct phrase_word words[] = {{"version", GAPMETER_VERSION}, {NULL, NULL}};
    const char *made_by = "";
    enum status status = notes_begin(ctx, &markdown);
    if (status)
        return status;
    line_write(out, "# ", document->head.title, "\n\n");
    for (uint32_t i = 0; i < document->block_count && !status; i++)
        status = block_write(ctx, &markdown, &document->blocks[i]);
    if (!status)
        status = phrase_make(ctx, document->head.language, "page.made_by", words, &made_by);
    line_write(out, "", made_by, "\n");
    return status;
}

const struct renderer renderer_markdown = {
    .name = "markdown",
    .extension = ".md",
    .media_type = "text/markdown; charset=utf-8",
    .meaning = "Text with tables that GitHub, wikis and editors show, for notes and reviews of changes.",
    .render = markdown_render,
};
