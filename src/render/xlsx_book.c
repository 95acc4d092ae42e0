/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/xlsx_book.h"

#include <string.h>

#include "model/measure.h"
#include "model/words.h"
#include "render/xlsx_number.h"
#include "render/xlsx_text.h"

#define INK_SHORT ((lxw_color_t)0xD55E00)
#define INK_ABOVE ((lxw_color_t)0x0072B2)
#define INK_SOFT  ((lxw_color_t)0x6B7280)
/* Letters on the width of a page that can still be read. */
#define UPRIGHT_MOST  120.0
#define ACROSS_MOST   240.0
#define PRINT_SCALE   60 /* percent, of what goes over several pages */
#define RIGHT_TO_LEFT 2  /* of a format */
#define A4            9

static void book_abandon(void *resource)
{
    struct xlsx_book *book = resource;
    if (book->workbook)
        lxw_workbook_free(book->workbook);
    book->workbook = NULL;
}

void xlsx_note_error(struct xlsx_book *book, lxw_error error)
{
    if (book->error == LXW_NO_ERROR)
        book->error = error;
}

static lxw_format *look_add(struct xlsx_book *book)
{
    lxw_format *format = workbook_add_format(book->workbook);
    book->no_memory = book->no_memory || !format;
    return format;
}

/* What the looks of texts have in common. */
static void looks_style(lxw_format **looks)
{
    static const enum xlsx_look bold[] = {LOOK_TITLE, LOOK_HEADING, LOOK_SUBHEADING, LOOK_HEAD, LOOK_HEAD_NUMBER};
    static const enum xlsx_look wrapped[] = {LOOK_TITLE, LOOK_HEADING, LOOK_SUBHEADING, LOOK_SENTENCE, LOOK_PARAGRAPH};
    static const enum xlsx_look heads[] = {LOOK_HEAD, LOOK_HEAD_NUMBER};
    static const enum xlsx_look texts[] = {LOOK_PLAIN, LOOK_HEAD, LOOK_BLANK_TEXT, LOOK_SHORT, LOOK_ABOVE};
    static const enum xlsx_look soft[] = {LOOK_BLANK, LOOK_BLANK_TEXT, LOOK_NOTE};
    for (size_t i = 0; i < sizeof bold / sizeof *bold; i++)
        format_set_bold(looks[bold[i]]);
    for (size_t i = 0; i < sizeof wrapped / sizeof *wrapped; i++) {
        format_set_text_wrap(looks[wrapped[i]]);
        format_set_align(looks[wrapped[i]], LXW_ALIGN_VERTICAL_TOP);
    }
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        format_set_text_wrap(looks[heads[i]]);
        format_set_align(looks[heads[i]], LXW_ALIGN_VERTICAL_BOTTOM);
        format_set_bottom(looks[heads[i]], LXW_BORDER_THIN);
    }
    for (size_t i = 0; i < sizeof soft / sizeof *soft; i++)
        format_set_font_color(looks[soft[i]], INK_SOFT);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        format_set_indent(looks[texts[i]], 1); /* apart from the numbers before them, which stand right */
}

/* Sentences and heads of a language that is written from right to left; names and texts of the study keep their own direction. */
static void looks_turn(lxw_format **looks)
{
    static const enum xlsx_look ours[] = {LOOK_TITLE, LOOK_HEADING, LOOK_SUBHEADING,  LOOK_SENTENCE, LOOK_PARAGRAPH,
                                          LOOK_LINK,  LOOK_HEAD,    LOOK_HEAD_NUMBER, LOOK_NOTE};
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
        format_set_reading_order(looks[ours[i]], RIGHT_TO_LEFT);
    format_set_align(looks[LOOK_NOTE], LXW_ALIGN_RIGHT);
}

static void looks_make(struct xlsx_book *book)
{
    lxw_format **looks = book->looks;
    for (size_t i = 0; i < LOOK_COUNT; i++)
        looks[i] = look_add(book);
    if (book->no_memory)
        return;
    looks_style(looks);
    if (language_is_right_to_left(book->document->head.language))
        looks_turn(looks);
    format_set_font_size(looks[LOOK_TITLE], XLSX_TITLE_SIZE);
    format_set_font_size(looks[LOOK_HEADING], XLSX_HEAD_SIZE);
    format_set_font_size(looks[LOOK_SENTENCE], XLSX_HEAD_SIZE);
    format_set_underline(looks[LOOK_LINK], LXW_UNDERLINE_SINGLE);
    format_set_font_color(looks[LOOK_LINK], INK_ABOVE);
    format_set_font_color(looks[LOOK_SHORT], INK_SHORT);
    format_set_font_color(looks[LOOK_ABOVE], INK_ABOVE);
    format_set_align(looks[LOOK_BLANK], LXW_ALIGN_RIGHT);
    format_set_align(looks[LOOK_HEAD_NUMBER], LXW_ALIGN_RIGHT);
}

enum status xlsx_book_open(struct ctx *ctx, const struct document *document, struct xlsx_book **out)
{
    struct xlsx_book *book = arena_alloc(ctx->arena, sizeof *book);
    if (!book)
        return ctx_no_memory(ctx);
    *book = (struct xlsx_book){.ctx = ctx, .document = document};
    enum status status = nameless_file_open(ctx, &book->file);
    if (!status)
        status = out_open_memory(ctx, &book->room);
    if (status)
        return status;
    book->workbook = workbook_new(nameless_file_path(book->file));
    if (!book->workbook)
        return ctx_no_memory(ctx);
    if (arena_defer(ctx->arena, book_abandon, book) != STATUS_OK)
        return ctx_no_memory(ctx);
    looks_make(book);
    *out = book;
    return book->no_memory ? ctx_no_memory(ctx) : STATUS_OK;
}

static enum status error_tell(struct xlsx_book *book, lxw_error error)
{
    if (book->no_memory || error == LXW_ERROR_MEMORY_MALLOC_FAILED)
        return ctx_no_memory(book->ctx);
    if (error == LXW_ERROR_CREATING_TMPFILE)
        return ctx_fail(book->ctx, STATUS_IO, NULL,
                        "The workbook could not be written, because no temporary file could be made; TMPDIR may name another "
                        "folder for them.");
    return ctx_fail(book->ctx, STATUS_IO, NULL, "The workbook could not be written: %s", lxw_strerror(error));
}

enum status xlsx_book_close(struct xlsx_book *book, struct out *out)
{
    if (book->no_memory || book->error != LXW_NO_ERROR)
        return error_tell(book, book->error);
    lxw_error error = workbook_close(book->workbook); /* frees it, whatever it says */
    book->workbook = NULL;
    return error != LXW_NO_ERROR ? error_tell(book, error) : nameless_file_copy(book->ctx, book->file, out);
}

lxw_worksheet *xlsx_book_sheet(struct xlsx_book *book, const char *name)
{
    lxw_worksheet *sheet = name ? workbook_add_worksheet(book->workbook, name) : NULL;
    if (!sheet) {
        book->no_memory = true;
        return NULL;
    }
    worksheet_set_paper(sheet, A4);
    worksheet_set_footer(sheet, "&C&A&R&P / &N");
    if (language_is_right_to_left(book->document->head.language))
        worksheet_right_to_left(sheet);
    return sheet;
}

void xlsx_print_setup(struct xlsx_book *book, lxw_worksheet *sheet, double width, lxw_col_t first_columns)
{
    if (width > UPRIGHT_MOST)
        worksheet_set_landscape(sheet);
    if (width <= ACROSS_MOST)
        worksheet_fit_to_pages(sheet, 1, 0);
    else
        worksheet_set_print_scale(sheet, PRINT_SCALE);
    if (first_columns)
        xlsx_note_error(book, worksheet_repeat_columns(sheet, 0, (lxw_col_t)(first_columns - 1)));
}

void xlsx_write_text(struct xlsx_book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const char *text,
                     enum xlsx_look look)
{
    const char *safe = xlsx_cell_text(book->room, text);
    if (!safe)
        book->no_memory = true;
    else
        xlsx_note_error(book, worksheet_write_string(sheet, row, column, safe, book->looks[look]));
}

void xlsx_write_link(struct xlsx_book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const char *text,
                     const char *sheet_name)
{
    const char *target = arena_format(book->ctx->arena, "internal:'%s'!A1", sheet_name);
    const char *safe = xlsx_cell_text(book->room, text);
    if (!target || !safe)
        book->no_memory = true;
    else
        xlsx_note_error(book, worksheet_write_url_opt(sheet, row, column, target, book->looks[LOOK_LINK], safe, NULL));
}

/* Made when it is first asked for. */
lxw_format *xlsx_number_look(struct xlsx_book *book, const struct column *column, enum xlsx_look verdict)
{
    char format[128];
    xlsx_format_make(column, format, sizeof format);
    for (size_t i = 0; i < book->number_count; i++) {
        if (book->numbers[i].verdict == verdict && strcmp(book->numbers[i].format, format) == 0)
            return book->numbers[i].look;
    }
    const char *kept = arena_copy(book->ctx->arena, span_of(format));
    lxw_format *look = look_add(book);
    if (!kept || !look || book->number_count == XLSX_NUMBER_LOOKS_MOST) {
        book->no_memory = true;
        return NULL;
    }
    format_set_num_format(look, kept);
    if (verdict != LOOK_PLAIN)
        format_set_font_color(look, verdict == LOOK_SHORT ? INK_SHORT : INK_ABOVE);
    book->numbers[book->number_count++] = (struct xlsx_number_look){kept, verdict, look};
    return look;
}

void xlsx_write_number(struct xlsx_book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, double number,
                       lxw_format *look)
{
    xlsx_note_error(book, worksheet_write_number(sheet, row, column, number, look));
}

const struct xlsx_sheet *xlsx_book_find(const struct xlsx_book *book, const struct released_table *table)
{
    for (uint32_t i = 0; i < book->sheet_count; i++) {
        if (book->sheets[i].table == table)
            return &book->sheets[i];
    }
    return NULL;
}
