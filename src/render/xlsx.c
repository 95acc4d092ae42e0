/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/renderer.h"

#include <string.h>

#include "base/clock.h"
#include "model/measure.h"
#include "model/shown.h"
#include "model/words.h"
#include "render/xlsx_book.h"
#include "render/xlsx_chart.h"
#include "render/xlsx_report.h"
#include "render/xlsx_sheet.h"
#include "render/xlsx_text.h"

/* Titles and notes of a document's properties. */
#define PROPERTY_LETTERS 255u

/* A table that stands in several places has one sheet; one without rows has none. */
static void tables_collect(struct xlsx_book *book)
{
    const struct document *document = book->document;
    for (uint32_t i = 0; i < document->block_count; i++) {
        const struct released_table *table = document->blocks[i].table;
        if (table && released_table_view(table)->row_count && !xlsx_book_find(book, table))
            book->sheets[book->sheet_count++].table = table;
    }
}

/* What the table is called, up to what it explains in brackets or behind a colon: "Gap per item". */
static const char *short_title(struct ctx *ctx, const char *title)
{
    const char *bracket = strstr(title, " ("), *colon = strstr(title, ": ");
    const char *end = bracket && (!colon || bracket < colon) ? bracket : colon;
    return arena_copy(ctx->arena, (struct span){title, end ? (size_t)(end - title) : strlen(title)});
}

static bool name_given(const char *const *names, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (span_equal_caseless(span_of(names[i]), span_of(name)))
            return true;
    }
    return false;
}

/* The short title, or where another table has it as much of the whole title as fits. */
static const char *table_name(const struct xlsx_book *book, const char *const *names, size_t count, const struct table *table)
{
    struct ctx *ctx = book->ctx;
    const char *title = shown_table_title(&book->document->head, table->measure), *wish = short_title(ctx, title);
    const char *tail = table->by_count ? table->by[0] : "";
    for (uint32_t i = 1; i < table->by_count && tail; i++)
        tail = arena_format(ctx->arena, "%s, %s", tail, table->by[i]);
    const char *name = wish && tail ? xlsx_sheet_name(ctx, NULL, 0, wish, tail) : NULL;
    if (!name || !name_given(names, count, name))
        return name;
    return xlsx_sheet_name(ctx, names, count, title, tail);
}

/* The sheets in their order: the report, the tables, the numbers of the charts, the columns. */
static enum status sheets_name(struct xlsx_book *book)
{
    struct ctx *ctx = book->ctx;
    const char *language = book->document->head.language;
    const char **names = arena_array(ctx->arena, book->sheet_count + 3u, sizeof *names);
    if (!names)
        return ctx_no_memory(ctx);
    names[0] = book->report_name = xlsx_sheet_name(ctx, names, 0, words_or_english(language, "workbook.report"), "");
    names[1] = book->columns_name =
        names[0] ? xlsx_sheet_name(ctx, names, 1, words_or_english(language, "workbook.columns"), "") : NULL;
    names[2] = book->chart_name =
        names[1] ? xlsx_sheet_name(ctx, names, 2, words_or_english(language, "workbook.charts"), "") : NULL;
    bool whole = names[2] != NULL;
    for (uint32_t i = 0; i < book->sheet_count && whole; i++) {
        names[i + 3] = book->sheets[i].name = table_name(book, names, i + 3u, released_table_view(book->sheets[i].table));
        whole = names[i + 3] != NULL;
    }
    return whole ? STATUS_OK : ctx_no_memory(ctx);
}

static enum status sheets_add(struct xlsx_book *book)
{
    bool drawn = false;
    for (uint32_t i = 0; i < book->document->block_count; i++)
        drawn = drawn || xlsx_chart_known(&book->document->blocks[i]);
    book->report = xlsx_book_sheet(book, book->report_name);
    for (uint32_t i = 0; i < book->sheet_count; i++)
        book->sheets[i].sheet = xlsx_book_sheet(book, book->sheets[i].name);
    book->charts = drawn ? xlsx_book_sheet(book, book->chart_name) : NULL;
    book->columns = xlsx_book_sheet(book, book->columns_name);
    return book->no_memory ? ctx_no_memory(book->ctx) : STATUS_OK;
}

static enum status sheets_make(struct xlsx_book *book)
{
    book->sheets = arena_array(book->ctx->arena, book->document->block_count + 1u, sizeof *book->sheets);
    if (!book->sheets)
        return ctx_no_memory(book->ctx);
    tables_collect(book);
    enum status status = sheets_name(book);
    return status ? status : sheets_add(book);
}

/* Made at SOURCE_DATE_EPOCH, or at a fixed time: the same numbers give the same bytes. */
static enum status properties_set(struct xlsx_book *book)
{
    struct ctx *ctx = book->ctx;
    const char *title = xlsx_plain_text(ctx, book->document->head.title, PROPERTY_LETTERS);
    char *kept = title ? arena_copy(ctx->arena, span_of(title)) : NULL;
    char *maker = arena_copy(ctx->arena, span_of("gapmeter " GAPMETER_VERSION));
    if (!kept || !maker)
        return ctx_no_memory(ctx);
    lxw_doc_properties properties = {.title = kept, .author = maker, .created = (time_t)clock_source_seconds()};
    xlsx_note_error(book, workbook_set_properties(book->workbook, &properties));
    return STATUS_OK;
}

static enum status xlsx_render(struct ctx *ctx, const struct document *document, const struct rendering *rendering,
                               struct out *out)
{
    struct xlsx_book *book = NULL;
    enum status status = xlsx_book_open(ctx, document, &book);
    if (!status)
        status = sheets_make(book);
    if (!status)
        status = xlsx_report_fill(book, rendering->logo);
    for (uint32_t i = 0; !status && i < book->sheet_count; i++)
        status = xlsx_sheet_fill(book, &book->sheets[i]);
    if (status)
        return status;
    xlsx_columns_fill(book);
    status = properties_set(book);
    return status ? status : xlsx_book_close(book, out);
}

const struct renderer renderer_xlsx = {
    .name = "xlsx",
    .extension = ".xlsx",
    .media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    .meaning = "A workbook: the report, and each table on a sheet of its own with numbers as numbers.",
    .render = xlsx_render,
};
