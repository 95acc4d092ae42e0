/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/renderer.h"

#include <stdio.h>
#include <string.h>

#include "model/measure.h"
#include "model/phrase.h"
#include "model/words.h"
#include "render/pdf_chart.h"
#include "render/pdf_drawing.h"
#include "render/pdf_table.h"
#include "render/table_grid.h"

/* A report on A4 that can be printed and put on the table: tagged, with bookmarks. What a screen would fold away stands behind the
 * rest, with a link to it. */

#define ROWS_MOST   300u /* of a table that is folded away */
#define NOTES_KEPT  4u   /* notes that stay with the end of their table */
#define NOTE_SPACE  2.5
#define LOGO_WIDTH  170.0
#define LOGO_HEIGHT 42.0

struct booklet {
    const struct document *document;
    struct pdf_flow flow;
    const char **notes; /* those written so far: what holds for several tables is said once */
    uint32_t note_count;
    uint32_t table_count;
    const struct document_block **folded; /* tables that stand behind the rest: targets of links */
    uint32_t folded_count;
};

static bool note_written(const struct booklet *booklet, const char *note)
{
    for (uint32_t i = 0; i < booklet->note_count; i++) {
        if (strcmp(booklet->notes[i], note) == 0)
            return true;
    }
    return false;
}

static struct pdf_words note_words(const char *note)
{
    return (struct pdf_words){.text = note, .size = PDF_NOTE, .tone = PDF_SOFT};
}

/* How high the notes of a table will be that were not written yet; those of a long list may go to the next page. */
static enum status notes_measure(struct ctx *ctx, struct booklet *booklet, const char *const *notes, uint32_t count,
                                 double *height)
{
    enum status status = STATUS_OK;
    *height = 0;
    for (uint32_t i = 0; i < count && i < NOTES_KEPT && !status; i++) {
        const struct pdf_words words = note_words(notes[i]);
        double one = 0;
        if (note_written(booklet, notes[i]))
            continue;
        status = pdf_paragraph_height(ctx, &booklet->flow, &words, &one);
        *height += one + NOTE_SPACE;
    }
    *height += *height > 0 ? NOTE_SPACE : 0;
    return status;
}

static enum status notes_add(struct ctx *ctx, struct booklet *booklet, const char *const *notes, uint32_t count)
{
    enum status status = STATUS_OK;
    bool first = true;
    for (uint32_t i = 0; i < count && !status; i++) {
        if (note_written(booklet, notes[i]))
            continue;
        booklet->notes[booklet->note_count++] = notes[i];
        const struct pdf_words words = note_words(notes[i]);
        booklet->flow.sheet.after = first ? 2 * NOTE_SPACE : NOTE_SPACE;
        status = pdf_paragraph_add(ctx, &booklet->flow, &words, 0);
        first = false;
    }
    booklet->flow.sheet.after = PDF_MARGIN;
    return status;
}

/* Room for every note of every table, and for every table behind the rest. */
static enum status booklet_begin(struct ctx *ctx, struct booklet *booklet)
{
    size_t most = 1;
    for (uint32_t i = 0; i < booklet->document->block_count; i++) {
        const struct released_table *table = booklet->document->blocks[i].table;
        most += table ? released_table_view(table)->note_count : 0;
    }
    booklet->notes = arena_array(ctx->arena, most, sizeof *booklet->notes);
    booklet->folded = arena_array(ctx->arena, booklet->document->block_count + 1u, sizeof(*booklet->folded));
    return booklet->notes && booklet->folded ? STATUS_OK : ctx_no_memory(ctx);
}

static enum status table_add(struct ctx *ctx, struct booklet *booklet, const struct document_block *block)
{
    const struct table *table = released_table_view(block->table);
    const char *const *notes = NULL;
    bool whole = !booklet->table_count++;
    double tail = 0;
    enum status status = notes_say(ctx, booklet->document->head.language, table->notes, table->note_count, &notes);
    if (!status)
        status = notes_measure(ctx, booklet, notes, table->note_count, &tail);
    if (!status)
        status = pdf_table_place(ctx, &booklet->flow, &booklet->document->head, block, whole, tail);
    return status ? status : notes_add(ctx, booklet, notes, table->note_count);
}

static bool block_folded(const struct document_block *block)
{
    return block->kind == DOCUMENT_TABLE && block->folded;
}

/* A table that would fill a dozen pages is for other kinds of document. */
static bool block_endless(const struct document_block *block)
{
    return grid_rows_shown(released_table_view(block->table)) > ROWS_MOST;
}

/* "“Which groups differ?” has 2002 rows, …". */
static enum status endless_say(struct ctx *ctx, struct booklet *booklet, const struct document_block *block)
{
    char rows[16];
    const char *sentence = NULL;
    (void)snprintf(rows, sizeof rows, "%u", grid_rows_shown(released_table_view(block->table)));
    const struct phrase_word filled[] = {{"caption", block->text ? block->text : ""}, {"rows", rows}, {NULL, NULL}};
    enum status status = phrase_make(ctx, booklet->document->head.language, "pdf.too_long", filled, &sentence);
    const struct pdf_words words = {.text = sentence, .size = PDF_CELL, .tone = PDF_SOFT};
    return status ? status : pdf_paragraph_add(ctx, &booklet->flow, &words, 6);
}

/* "All 30 rows of … stand on page 14". */
static enum status folded_link(struct ctx *ctx, struct booklet *booklet, const struct document_block *block)
{
    struct pdf_sheet *sheet = &booklet->flow.sheet;
    struct pdf_mark link = {
        .kind = PDF_MARK_LINK, .name = "pdf.all_rows", .tone = PDF_ACCENT, .width = PDF_WIDTH, .height = PDF_CELL};
    link.text = block->text ? block->text : "";
    booklet->folded[booklet->folded_count++] = block;
    link.target = booklet->folded_count;
    /* The page is known only later, so the sentence is set with one of the most digits. */
    struct pdf_layout *layout = NULL;
    const char *sample = NULL;
    const struct phrase_word sampled[] = {{"caption", link.text}, {"page", "0000"}, {NULL, NULL}};
    enum status status = phrase_make(ctx, booklet->document->head.language, link.name, sampled, &sample);
    const struct pdf_words words = {.text = sample, .size = PDF_CELL, .width = PDF_WIDTH};
    if (!status)
        status = pdf_type_set(ctx, sheet->type, &words, &layout);
    if (!status)
        status = pdf_flow_begin(ctx, &booklet->flow, 6, layout->height);
    link.y = sheet->y;
    if (!status)
        status = pdf_tag_open(ctx, sheet, "P");
    if (!status)
        status = pdf_mark_add(ctx, sheet, link);
    if (!status)
        status = pdf_tag_close(ctx, sheet, "P");
    sheet->y += status ? 0 : layout->height;
    sheet->after = 8;
    return status;
}

/* Says where the rows of a table stand that is not here. */
static enum status folded_point(struct ctx *ctx, struct booklet *booklet, const struct document_block *block)
{
    return block_endless(block) ? endless_say(ctx, booklet, block) : folded_link(ctx, booklet, block);
}

static bool table_shown(const struct booklet *booklet, const struct released_table *table)
{
    for (uint32_t i = 0; i < booklet->document->block_count; i++) {
        if (booklet->document->blocks[i].kind == DOCUMENT_TABLE && booklet->document->blocks[i].table == table)
            return true;
    }
    for (uint32_t i = 0; i < booklet->folded_count; i++) {
        if (booklet->folded[i]->table == table)
            return true;
    }
    return false;
}

/* A chart; its numbers stand behind the rest where no block of the document shows them. */
static enum status chart_add(struct ctx *ctx, struct booklet *booklet, const struct document_block *chart)
{
    const struct document_head *head = &booklet->document->head;
    bool drawn = false;
    enum status status = pdf_chart_place(ctx, &booklet->flow, head, chart, &drawn);
    if (status || !drawn || table_shown(booklet, chart->table))
        return status;
    const struct measure *measure = released_table_view(chart->table)->measure;
    const char *key = arena_format(ctx->arena, "table.%s", measure->name);
    struct document_block *twin = arena_alloc(ctx->arena, sizeof *twin);
    if (!key || !twin)
        return ctx_no_memory(ctx);
    const char *name = words_text("en", key) ? words_or_english(head->language, key) : measure->title;
    *twin = (struct document_block){.kind = DOCUMENT_TABLE, .table = chart->table, .text = name};
    return folded_point(ctx, booklet, twin);
}

static enum status block_add(struct ctx *ctx, struct booklet *booklet, const struct document_block *block)
{
    const struct pdf_words words = {.text = block->text, .size = PDF_BODY};
    switch (block->kind) {
    case DOCUMENT_HEADING:
        return pdf_heading_add(ctx, &booklet->flow, block->text, block->level, 0);
    case DOCUMENT_SENTENCES:
        return pdf_sentences_add(ctx, &booklet->flow, block->texts, block->text_count);
    case DOCUMENT_PARAGRAPH:
        return pdf_paragraph_add(ctx, &booklet->flow, &words, PDF_BODY * 0.8);
    case DOCUMENT_LIST:
        return pdf_list_add(ctx, &booklet->flow, block->texts, block->text_count);
    case DOCUMENT_TABLE:
    case DOCUMENT_MATRIX:
        if (!grid_rows_shown(released_table_view(block->table)))
            return STATUS_OK;
        return block_folded(block) ? folded_point(ctx, booklet, block) : table_add(ctx, booklet, block);
    case DOCUMENT_CHART:
    default:
        return chart_add(ctx, booklet, block);
    }
}

/* The tables that a screen folds away, each with a bookmark of its own. */
static enum status folded_add(struct ctx *ctx, struct booklet *booklet)
{
    const char *language = booklet->document->head.language;
    enum status status = STATUS_OK;
    if (booklet->folded_count)
        status = pdf_sheet_need(ctx, &booklet->flow.sheet, PDF_PAGE_HEIGHT);
    if (booklet->folded_count && !status)
        status = pdf_heading_add(ctx, &booklet->flow, words_or_english(language, "pdf.long_tables"), 2, 0);
    for (uint32_t i = 0; i < booklet->folded_count && !status; i++) {
        const struct document_block *block = booklet->folded[i];
        status = pdf_target_add(ctx, &booklet->flow, block->text ? block->text : "", i + 1);
        if (!status)
            status = table_add(ctx, booklet, block);
    }
    return status;
}

static enum status title_add(struct ctx *ctx, struct booklet *booklet, struct span logo)
{
    struct pdf_sheet *sheet = &booklet->flow.sheet;
    const struct pdf_mark mark = {
        .kind = PDF_MARK_LOGO, .y = sheet->y - 8, .width = LOGO_WIDTH, .height = LOGO_HEIGHT, .png = logo};
    enum status status = STATUS_OK;
    if (logo.length) {
        status = pdf_figure_add(ctx, sheet, &mark, words_or_english(booklet->document->head.language, "page.logo"));
        sheet->y += LOGO_HEIGHT + 8;
    }
    return status ? status : pdf_heading_add(ctx, &booklet->flow, booklet->document->head.title, 1, 0);
}

static enum status end_add(struct ctx *ctx, struct booklet *booklet)
{
    const struct phrase_word version[] = {{"version", GAPMETER_VERSION}, {NULL, NULL}};
    const char *made_by = "";
    enum status status = phrase_make(ctx, booklet->document->head.language, "page.made_by", version, &made_by);
    const struct pdf_words words = {.text = made_by, .size = PDF_NOTE, .tone = PDF_SOFT};
    return status ? status : pdf_paragraph_add(ctx, &booklet->flow, &words, PDF_MARGIN);
}

static enum status pdf_render(struct ctx *ctx, const struct document *document, const struct rendering *rendering,
                              struct out *out)
{
    struct booklet booklet = {.document = document};
    struct pdf_type *type = NULL;
    struct pdf_about about = {.language = document->head.language};
    enum status status = pdf_type_open(ctx, document->head.language, &type);
    if (!status)
        status = pdf_text_clean(ctx, document->head.title, &about.title);
    if (!status)
        status = booklet_begin(ctx, &booklet);
    if (status)
        return status;
    pdf_sheet_begin(&booklet.flow.sheet, type);
    status = title_add(ctx, &booklet, rendering->logo);
    for (uint32_t i = 0; i < document->block_count && !status; i++)
        status = block_add(ctx, &booklet, &document->blocks[i]);
    if (!status)
        status = end_add(ctx, &booklet);
    if (!status)
        status = folded_add(ctx, &booklet);
    return status ? status : pdf_sheet_draw(ctx, &booklet.flow.sheet, &about, out);
}

const struct renderer renderer_pdf = {
    .name = "pdf",
    .extension = ".pdf",
    .media_type = "application/pdf",
    .meaning = "Pages of A4 to print or send: tagged, with bookmarks, page numbers and embedded fonts.",
    .render = pdf_render,
};
