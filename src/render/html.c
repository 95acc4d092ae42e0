/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/renderer.h"

#include <stdio.h>
#include <string.h>

#include "base/markup.h"
#include "model/measure.h"
#include "model/phrase.h"
#include "model/shown.h"
#include "model/words.h"
#include "render/chart/chart.h"
#include "render/html_contents.h"
#include "render/html_matrix.h"
#include "render/html_table.h"
#include "render/html_text.h"
#include "render/svg_picture.h"
#include "render/table_grid.h"

/* One self-contained page: no network, no scripts, light and dark, printable. */

struct page {
    struct markup m;
    const struct document *document;
    const char *const *anchors; /* [block] */
    unsigned charts;
    const char **notes; /* those written so far: what holds for several tables is said once */
    uint32_t note_count;
};

static void head_write(struct page *page, const struct rendering *rendering)
{
    struct markup *m = &page->m;
    markup_open(m, "html");
    markup_attribute(m, "lang", page->document->head.language);
    if (language_is_right_to_left(page->document->head.language))
        markup_attribute(m, "dir", "rtl");
    markup_open(m, "head");
    markup_void(m, "meta");
    markup_attribute(m, "charset", "utf-8");
    markup_void(m, "meta");
    markup_attribute(m, "name", "viewport");
    markup_attribute(m, "content", "width=device-width, initial-scale=1");
    markup_void(m, "meta");
    markup_attribute(m, "name", "generator");
    markup_attribute(m, "content", "gapmeter " GAPMETER_VERSION);
    markup_void(m, "meta");
    markup_attribute(m, "name", "color-scheme");
    markup_attribute(m, "content", "light dark");
    markup_element(m, "title", page->document->head.title);
    markup_style(m, rendering->stylesheet);
    markup_close(m, "head");
    markup_newline(m);
}

/* Whose report it is: a picture above the title. */
static void logo_write(struct page *page, struct span logo)
{
    struct markup *m = &page->m;
    if (!logo.length)
        return;
    markup_open(m, "p");
    markup_attribute(m, "class", "logo");
    markup_void(m, "img");
    markup_attribute_data(m, "src", "image/png", logo);
    markup_attribute(m, "alt", words_or_english(page->document->head.language, "page.logo"));
    markup_close(m, "p");
    markup_newline(m);
}

static void sentence_write(struct markup *m, const char *element, const char *text)
{
    markup_open(m, element);
    html_text_write(m, text);
    markup_close(m, element);
}

static void texts_write(struct markup *m, const char *list, const char *class, const struct document_block *block)
{
    markup_open(m, list);
    markup_attribute(m, "class", class);
    for (uint32_t i = 0; i < block->text_count; i++)
        sentence_write(m, "li", block->texts[i]);
    markup_close(m, list);
    markup_newline(m);
}

static void sentences_write(struct page *page, const struct document_block *block)
{
    struct markup *m = &page->m;
    markup_open(m, "section");
    markup_attribute(m, "class", "sentences");
    markup_attribute(m, "aria-label", words_or_english(page->document->head.language, "page.in_short"));
    for (uint32_t i = 0; i < block->text_count; i++)
        sentence_write(m, "p", block->texts[i]);
    markup_close(m, "section");
    markup_newline(m);
}

static void figure_write(struct page *page, const struct picture *wide, const struct picture *narrow)
{
    struct markup *m = &page->m;
    char id[16], narrow_id[16];
    page->charts++;
    (void)snprintf(id, sizeof id, "%u", page->charts);
    (void)snprintf(narrow_id, sizeof narrow_id, "%un", page->charts);
    markup_open(m, "figure");
    markup_open(m, "figcaption");
    sentence_write(m, "strong", wide->title);
    if (*wide->subtitle) {
        markup_text(m, " ");
        markup_element(m, "span", wide->subtitle);
    }
    markup_close(m, "figcaption");
    markup_newline(m);
    svg_picture_write(m, wide, &(struct svg_place){.class = "chart wide", .id = id});
    svg_picture_write(m, narrow, &(struct svg_place){.class = "chart narrow", .id = narrow_id});
    markup_close(m, "figure");
    markup_newline(m);
}

/* Drawn twice, and the stylesheet shows the one that fits the screen. */
static enum status chart_write(struct ctx *ctx, struct page *page, const struct document_block *block, bool *drawn)
{
    struct picture wide, narrow;
    struct ctx room = *ctx; /* of one chart, so that the next one finds its memory again */
    if (arena_create(ctx->arena, &room.arena))
        return ctx_no_memory(ctx);
    enum status status = chart_draw(&room, &page->document->head, block, ROOM_WIDE, &wide);
    if (!status)
        status = chart_draw(&room, &page->document->head, block, ROOM_NARROW, &narrow);
    *drawn = !status && wide.mark_count > 0;
    if (status)
        ctx->error = room.error;
    else if (*drawn)
        figure_write(page, &wide, &narrow);
    arena_destroy(room.arena);
    return status;
}

static bool note_written(const struct page *page, const char *note)
{
    for (uint32_t i = 0; i < page->note_count; i++) {
        if (strcmp(page->notes[i], note) == 0)
            return true;
    }
    return false;
}

/* The notes below a table; those of a folded one can be seen by some readers only, so they do not count as said. */
static enum status notes_write(struct ctx *ctx, struct page *page, const struct table *table, bool folded)
{
    const char *const *notes = NULL;
    enum status status = notes_say(ctx, page->document->head.language, table->notes, table->note_count, &notes);
    for (uint32_t i = 0; i < table->note_count && !status; i++) {
        if (note_written(page, notes[i]))
            continue;
        if (!folded)
            page->notes[page->note_count++] = notes[i];
        markup_open(&page->m, "p");
        markup_attribute(&page->m, "class", "note");
        markup_text(&page->m, notes[i]);
        markup_close(&page->m, "p");
        markup_newline(&page->m);
    }
    return status;
}

/* A long table is folded away behind a line that says how long it is. */
static enum status folded_write(struct ctx *ctx, struct page *page, const struct document_block *block, const char *anchor)
{
    char rows[32];
    const char *summary = NULL, *language = page->document->head.language;
    uint32_t shown = grid_rows_shown(released_table_view(block->table));
    (void)snprintf(rows, sizeof rows, "%u", shown);
    const struct phrase_word words[] = {{"rows", rows}, {"caption", block->text}, {NULL, NULL}};
    enum status status = phrase_make(ctx, language, shown == 1 ? "table.all_rows.one" : "table.all_rows", words, &summary);
    if (status)
        return status;
    markup_open(&page->m, "details");
    markup_element(&page->m, "summary", summary);
    html_table_write(&page->m, &page->document->head, block->table, block->text, block->wide, anchor);
    status = notes_write(ctx, page, released_table_view(block->table), true);
    markup_close(&page->m, "details");
    markup_newline(&page->m);
    return status;
}

/* Where the numbers of a chart stand as a table; where no block shows them they stand here, folded away. */
static enum status twin_write(struct ctx *ctx, struct page *page, const struct document_block *chart)
{
    struct markup *m = &page->m;
    const char *language = page->document->head.language, *anchor = html_twin(page->document, page->anchors, chart);
    const struct document_block twin = {.kind = DOCUMENT_TABLE,
                                        .table = chart->table,
                                        .text =
                                            shown_table_title(&page->document->head, released_table_view(chart->table)->measure)};
    if (!anchor)
        return folded_write(ctx, page, &twin, NULL);
    markup_open(m, "p");
    markup_attribute(m, "class", "twin");
    markup_open(m, "a");
    markup_attribute_format(m, "href", "#%s", anchor);
    markup_text(m, words_or_english(language, "chart.table"));
    markup_close(m, "a");
    markup_close(m, "p");
    markup_newline(m);
    return STATUS_OK;
}

/* A table without a row to show is left out: how many groups are hidden is said once, at the head of the groups. */
static enum status table_block_write(struct ctx *ctx, struct page *page, const struct document_block *block, const char *anchor)
{
    enum status status = STATUS_OK;
    if (!grid_rows_shown(released_table_view(block->table)))
        return STATUS_OK;
    if (block->kind == DOCUMENT_MATRIX)
        status = html_matrix_write(ctx, &page->m, &page->document->head, block, anchor);
    else if (block->folded)
        status = folded_write(ctx, page, block, anchor);
    else
        html_table_write(&page->m, &page->document->head, block->table, block->text, block->wide, anchor);
    if (!status && (block->kind == DOCUMENT_MATRIX || !block->folded))
        status = notes_write(ctx, page, released_table_view(block->table), false);
    return status;
}

/* Room for every note of every table. */
static enum status notes_begin(struct ctx *ctx, struct page *page)
{
    size_t most = 1;
    for (uint32_t i = 0; i < page->document->block_count; i++) {
        const struct released_table *table = page->document->blocks[i].table;
        most += table ? released_table_view(table)->note_count : 0;
    }
    page->notes = arena_array(ctx->arena, most, sizeof *page->notes);
    return page->notes ? STATUS_OK : ctx_no_memory(ctx);
}

static void heading_write(struct markup *m, const struct document_block *block, const char *anchor)
{
    const char *name = block->level == 2 ? "h2" : "h3";
    markup_open(m, name);
    markup_attribute(m, "id", anchor);
    markup_text(m, block->text);
    markup_close(m, name);
    markup_newline(m);
}

static enum status block_write(struct ctx *ctx, struct page *page, uint32_t i)
{
    struct markup *m = &page->m;
    const struct document_block *block = &page->document->blocks[i];
    enum status status = STATUS_OK;
    bool drawn = false;
    switch (block->kind) {
    case DOCUMENT_HEADING:
        if (html_contents_due(page->document, i))
            html_contents_write(m, page->document, page->anchors);
        heading_write(m, block, page->anchors[i]);
        break;
    case DOCUMENT_SENTENCES:
        sentences_write(page, block);
        break;
    case DOCUMENT_PARAGRAPH:
        sentence_write(m, "p", block->text);
        markup_newline(m);
        break;
    case DOCUMENT_LIST:
        texts_write(m, "ul", "facts", block);
        break;
    case DOCUMENT_TABLE:
    case DOCUMENT_MATRIX:
        return table_block_write(ctx, page, block, page->anchors[i]);
    case DOCUMENT_CHART:
        status = chart_write(ctx, page, block, &drawn);
        return status || !drawn ? status : twin_write(ctx, page, block);
    default:
        break;
    }
    return STATUS_OK;
}

static enum status html_render(struct ctx *ctx, const struct document *document, const struct rendering *rendering,
                               struct out *out)
{
    struct page page = {.document = document};
    enum status status = notes_begin(ctx, &page);
    if (!status)
        status = html_anchors_make(ctx, document, &page.anchors);
    if (status)
        return status;
    markup_begin(&page.m, out);
    head_write(&page, rendering);
    markup_open(&page.m, "body");
    markup_open(&page.m, "main");
    logo_write(&page, rendering->logo);
    markup_element(&page.m, "h1", document->head.title);
    markup_newline(&page.m);
    for (uint32_t i = 0; i < document->block_count && !status; i++)
        status = block_write(ctx, &page, i);
    if (status)
        return status;
    const struct phrase_word words[] = {{"version", GAPMETER_VERSION}, {NULL, NULL}};
    const char *made_by = "";
    status = phrase_make(ctx, document->head.language, "page.made_by", words, &made_by);
    markup_open(&page.m, "footer");
    markup_element(&page.m, "p", made_by);
    markup_close(&page.m, "footer");
    markup_close(&page.m, "main");
    markup_close(&page.m, "body");
    markup_close(&page.m, "html");
    markup_newline(&page.m);
    return status;
}

const struct renderer renderer_html = {
    .name = "html",
    .extension = ".html",
    .media_type = "text/html; charset=utf-8",
    .meaning = "One page with charts and tables, without network or scripts, for screens and paper.",
    .render = html_render,
};
