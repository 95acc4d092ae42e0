/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/xlsx_report.h"

#include <math.h>

#include "model/measure.h"
#include "model/phrase.h"
#include "model/shown.h"
#include "render/chart/chart.h"
#include "render/xlsx_chart.h"

#define TEXT_WIDTH    110.0 /* letters of the one column of texts */
#define LOGO_HEIGHT   48.0  /* pixels; the row is as high */
#define LINE_MOST     116.0 /* letters that fit on one line, since letters are narrower than digits */
#define TEXT_SIZE     11.0  /* points of the letters */
#define LINE_HEIGHT   1.4   /* of the size of the letters */
#define ROW_MOST      409.0 /* points that a row can have */
#define POINTS        0.75  /* of a pixel */
#define PNG_HEIGHT_AT 20u   /* of the four bytes of the height */

/* The first sheet while it is filled. */
struct report_page {
    struct xlsx_book *book;
    lxw_row_t at; /* the next free row */
};

/* How high a row must be so that all of its text is seen: not every program finds out by itself. */
static double row_points(const char *text, enum xlsx_look look)
{
    double size = look == LOOK_TITLE                              ? XLSX_TITLE_SIZE
                  : look == LOOK_HEADING || look == LOOK_SENTENCE ? XLSX_HEAD_SIZE
                                                                  : TEXT_SIZE;
    double width = (double)text_width(span_of(text)) * size / TEXT_SIZE;
    double lines = width <= LINE_MOST ? 1 : ceil(width / TEXT_WIDTH);
    return fmin(fmax(lines, 1) * size * LINE_HEIGHT, ROW_MOST);
}

static void line_write(struct report_page *page, const char *text, enum xlsx_look look)
{
    xlsx_note_error(page->book, worksheet_set_row(page->book->report, page->at, row_points(text, look), NULL));
    xlsx_write_text(page->book, page->book->report, page->at++, 0, text, look);
}

/* Points of a list stand behind a sign of their own, so that they are told apart. */
static void list_write(struct report_page *page, const struct document_block *block)
{
    for (uint32_t i = 0; i < block->text_count; i++) {
        const char *line = arena_format(page->book->ctx->arena, "• %s", block->texts[i]);
        if (line)
            line_write(page, line, LOOK_PARAGRAPH);
        else
            page->book->no_memory = true;
    }
    page->at++;
}

static void sentences_write(struct report_page *page, const struct document_block *block)
{
    for (uint32_t i = 0; i < block->text_count; i++)
        line_write(page, block->texts[i], LOOK_SENTENCE);
    page->at++;
}

static void table_write(struct report_page *page, const struct document_block *block)
{
    const struct xlsx_sheet *sheet = xlsx_book_find(page->book, block->table);
    if (!sheet)
        return; /* it has no rows */
    const char *caption =
        block->text ? block->text : shown_table_title(&page->book->document->head, released_table_view(block->table)->measure);
    xlsx_write_link(page->book, page->book->report, page->at++, 0, caption, sheet->name);
}

/* The finding and its base stand as text too, since a picture cannot be searched. */
static enum status chart_write(struct report_page *page, const struct document_block *block)
{
    struct xlsx_book *book = page->book;
    struct picture picture;
    lxw_row_t rows = 0;
    enum status status = chart_draw(book->ctx, &book->document->head, block, ROOM_WIDE, &picture);
    if (status || !picture.mark_count)
        return status;
    line_write(page, picture.title, LOOK_SUBHEADING);
    if (picture.subtitle && *picture.subtitle)
        line_write(page, picture.subtitle, LOOK_PARAGRAPH);
    status = xlsx_chart_add(book, block, &picture, page->at, &rows);
    page->at += rows;
    if (!status && !rows && picture.description && *picture.description)
        line_write(page, picture.description, LOOK_PARAGRAPH);
    page->at++;
    return status;
}

static enum status block_write(struct report_page *page, const struct document_block *block)
{
    switch (block->kind) {
    case DOCUMENT_HEADING:
        page->at++;
        line_write(page, block->text, block->level == 2 ? LOOK_HEADING : LOOK_SUBHEADING);
        break;
    case DOCUMENT_SENTENCES:
        sentences_write(page, block);
        break;
    case DOCUMENT_PARAGRAPH:
        line_write(page, block->text, LOOK_PARAGRAPH);
        break;
    case DOCUMENT_LIST:
        list_write(page, block);
        break;
    case DOCUMENT_TABLE:
    case DOCUMENT_MATRIX:
        table_write(page, block);
        break;
    case DOCUMENT_CHART:
        return chart_write(page, block);
    default:
        break;
    }
    return STATUS_OK;
}

static double png_height(struct span png)
{
    const unsigned char *at = (const unsigned char *)png.at + PNG_HEIGHT_AT;
    return at[0] * 16777216.0 + at[1] * 65536.0 + at[2] * 256.0 + at[3];
}

static void logo_write(struct report_page *page, struct span logo)
{
    if (logo.length < PNG_HEIGHT_AT + 4)
        return;
    double height = png_height(logo), scale = height > 0 ? LOGO_HEIGHT / height : 1;
    lxw_image_options options = {.x_scale = scale, .y_scale = scale, .decorative = LXW_TRUE};
    lxw_worksheet *sheet = page->book->report;
    xlsx_note_error(page->book, worksheet_set_row(sheet, page->at, LOGO_HEIGHT * POINTS, NULL));
    xlsx_note_error(page->book,
                    worksheet_insert_image_buffer_opt(sheet, page->at, 0, (const unsigned char *)logo.at, logo.length, &options));
    page->at++;
}

enum status xlsx_report_fill(struct xlsx_book *book, struct span logo)
{
    struct report_page page = {.book = book};
    const struct document *document = book->document;
    const struct phrase_word words[] = {{"version", GAPMETER_VERSION}, {NULL, NULL}};
    const char *made_by = NULL;
    xlsx_note_error(book, worksheet_set_column(book->report, 0, 0, TEXT_WIDTH, NULL));
    worksheet_gridlines(book->report, LXW_HIDE_ALL_GRIDLINES);
    xlsx_print_setup(book, book->report, TEXT_WIDTH, 0);
    logo_write(&page, logo);
    line_write(&page, document->head.title, LOOK_TITLE);
    page.at++;
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < document->block_count && !status; i++)
        status = block_write(&page, &document->blocks[i]);
    if (!status)
        status = phrase_make(book->ctx, document->head.language, "page.made_by", words, &made_by);
    if (status)
        return status;
    page.at++;
    xlsx_write_link(book, book->report, page.at++, 0, book->columns_name, book->columns_name);
    line_write(&page, made_by, LOOK_NOTE);
    return STATUS_OK;
}
