/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_RENDER_XLSX_BOOK_H
#define GAPMETER_RENDER_XLSX_BOOK_H

#include <xlsxwriter.h>

#include "base/nameless_file.h"
#include "model/renderer.h"

/* Sizes of letters in points, where they are not the usual ones. */
#define XLSX_TITLE_SIZE 16.0
#define XLSX_HEAD_SIZE  13.0

/* How a cell looks. */
enum xlsx_look {
    LOOK_PLAIN,
    LOOK_TITLE,
    LOOK_HEADING,
    LOOK_SUBHEADING,
    LOOK_SENTENCE,  /* the three sentences */
    LOOK_PARAGRAPH, /* wrapped */
    LOOK_LINK,
    LOOK_HEAD,        /* of a column of texts */
    LOOK_HEAD_NUMBER, /* of a column of numbers: stands right */
    LOOK_BLANK,       /* why there is no value, among numbers */
    LOOK_BLANK_TEXT,  /* the same, among texts */
    LOOK_NOTE,
    LOOK_SHORT, /* a verdict */
    LOOK_ABOVE,
    LOOK_COUNT
};

/* A table of the document and its sheet. */
struct xlsx_sheet {
    const struct released_table *table;
    const char *name;
    lxw_worksheet *sheet;
};

struct xlsx_number_look {
    const char *format;
    enum xlsx_look verdict; /* LOOK_PLAIN, LOOK_SHORT, LOOK_ABOVE */
    lxw_format *look;
};

enum { XLSX_NUMBER_LOOKS_MOST = 128 };

/* A workbook while it is written. What goes wrong in a cell sticks, and is told by xlsx_book_close. */
struct xlsx_book {
    struct ctx *ctx;
    const struct document *document;
    struct nameless_file *file;
    struct out *room;       /* for the text of one cell */
    lxw_workbook *workbook; /* NULL when closed */
    lxw_format *looks[LOOK_COUNT];
    struct xlsx_number_look numbers[XLSX_NUMBER_LOOKS_MOST];
    size_t number_count;
    struct xlsx_sheet *sheets; /* [sheet_count] every table once */
    uint32_t sheet_count;
    const char *report_name, *chart_name, *columns_name;
    lxw_worksheet *report, *charts, *columns; /* charts: NULL when nothing is drawn */
    lxw_col_t chart_column;                   /* the next free one on the sheet of the charts' numbers */
    lxw_error error;
    bool no_memory;
};

/* Opens an empty workbook with its looks.
 * owns    the workbook; ctx->arena's end frees it when xlsx_book_close was not reached
 * fails   STATUS_MEMORY, STATUS_IO */
enum status xlsx_book_open(struct ctx *ctx, const struct document *document, struct xlsx_book **out) MUST_USE;

/* Ends the workbook and writes its bytes.
 * fails   STATUS_MEMORY; STATUS_IO when temporary files cannot be written or something in it went wrong */
enum status xlsx_book_close(struct xlsx_book *book, struct out *out) MUST_USE;

/* A new sheet for A4, its direction that of the language. */
lxw_worksheet *xlsx_book_sheet(struct xlsx_book *book, const char *name);

/* How a sheet so many letters wide is printed: on the width of a page as long as that can be read, upright or across, else on as many
 * pages as it needs, each beginning with the first columns. */
void xlsx_print_setup(struct xlsx_book *book, lxw_worksheet *sheet, double width, lxw_col_t first_columns);

/* Writes a text that stays a text whatever it begins with. */
void xlsx_write_text(struct xlsx_book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const char *text,
                     enum xlsx_look look);

/* The look of numbers of a column: its format, in the colour of a verdict (LOOK_PLAIN for none).
 * gives   NULL when there is no memory, which xlsx_book_close tells */
lxw_format *xlsx_number_look(struct xlsx_book *book, const struct column *column, enum xlsx_look verdict);

/* Writes a number.
 * takes   look  NULL for none */
void xlsx_write_number(struct xlsx_book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, double number,
                       lxw_format *look);

/* A text that leads to a sheet of this workbook. */
void xlsx_write_link(struct xlsx_book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const char *text,
                     const char *sheet_name);

/* Remembers what the library said. */
void xlsx_note_error(struct xlsx_book *book, lxw_error error);

/* The sheet of a table, which every table of the document has. */
const struct xlsx_sheet *xlsx_book_find(const struct xlsx_book *book, const struct released_table *table);

#endif
