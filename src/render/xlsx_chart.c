/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/xlsx_chart.h"

#include <math.h>
#include <string.h>

#include "render/chart/gap_chart.h"
#include "render/xlsx_text.h"

#define PIECES       6u /* of a bar: three on either side of no gap */
#define CHART_WIDTH  780.0
#define ROW_HEIGHT   26.0
#define HEAD_HEIGHT  120.0
#define SHEET_ROW    20.0 /* pixels of a row of the sheet */
#define WIDTH_AT_1   480.0
#define HEIGHT_AT_1  288.0
#define BAR_GAP      40 /* percent of a bar between two */
#define LABEL_MOST   90u
#define LABEL_WIDTH  60.0 /* letters of a column of names */
#define TITLE_MOST   250u
#define FONT_SIZE    9.0
#define TITLE_SIZE   11.0
#define WHITE        ((lxw_color_t)0xFFFFFF)
#define GRID         ((lxw_color_t)0xE5E7EB)
#define FIRST_NUMBER 2u /* row of the first bar's numbers: below the title and the heads */

/* A chart while it is made. */
struct bars {
    struct xlsx_book *book;
    const struct gap_chart *gaps;
    lxw_col_t column; /* of the labels; the pieces follow */
    lxw_chart *chart;
};

bool xlsx_chart_known(const struct document_block *block)
{
    static const char *const known[] = {"gap_lollipop", "dimension_bars", "zone_bands"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (block->kind == DOCUMENT_CHART && strcmp(block->chart, known[i]) == 0)
            return true;
    }
    return false;
}

/* The whole bar, the half of the interval on the side of no gap, and the other one. */
static lxw_color_t colour_of(const char *verdict, unsigned piece)
{
    static const lxw_color_t colours[][3] = {
        {0xD55E00, 0xEAAF80, 0xF5D7BF}, {0x0072B2, 0x80B9D9, 0xBFDCEC}, {0x6B7280, 0xB5B9C0, 0xDADCDF}};
    unsigned tone = strcmp(verdict, "short") == 0 ? 0 : strcmp(verdict, "above") == 0 ? 1 : 2;
    return colours[tone][piece % 3];
}

/* What of a row lies on the side below no gap, then on that above: up to the interval, up to the gap, up to the interval's end. */
static void pieces_make(const struct chart_row *row, double pieces[PIECES])
{
    double low = row->has_interval ? row->low : row->gap, high = row->has_interval ? row->high : row->gap;
    double below[3] = {fmin(high, 0), fmin(row->gap, 0), fmin(low, 0)};
    double above[3] = {fmax(low, 0), fmax(row->gap, 0), fmax(high, 0)};
    for (unsigned i = 0; i < 3; i++) {
        pieces[i] = below[i] - (i ? below[i - 1] : 0);
        pieces[i + 3] = above[i] - (i ? above[i - 1] : 0);
    }
}

static void numbers_write(struct bars *bars)
{
    struct xlsx_book *book = bars->book;
    for (uint32_t r = 0; r < bars->gaps->row_count; r++) {
        const struct chart_row *row = &bars->gaps->rows[r];
        double pieces[PIECES];
        lxw_row_t at = FIRST_NUMBER + r;
        const char *label = arena_format(book->ctx->arena, "%s  %s %s", row->label, row->number, row->interval);
        label = label ? xlsx_plain_text(book->ctx, label, LABEL_MOST + TITLE_MOST) : NULL;
        book->no_memory = book->no_memory || !label;
        if (!label)
            return;
        xlsx_write_text(book, book->charts, at, bars->column, label, LOOK_PLAIN);
        pieces_make(row, pieces);
        for (unsigned i = 0; i < PIECES; i++) {
            if (row->drawn && pieces[i] != 0)
                xlsx_write_number(book, book->charts, at, (lxw_col_t)(bars->column + 1 + i), pieces[i], NULL);
        }
    }
}

/* Each bar in the colour of its verdict. */
static enum status colours_set(struct bars *bars, lxw_chart_series *series, unsigned piece)
{
    struct arena *arena = bars->book->ctx->arena;
    uint32_t count = bars->gaps->row_count;
    lxw_chart_point *points = arena_array(arena, count, sizeof *points);
    lxw_chart_point **list = arena_array(arena, count + 1u, sizeof(lxw_chart_point *));
    lxw_chart_fill *fills = arena_array(arena, count, sizeof *fills);
    if (!points || !list || !fills)
        return ctx_no_memory(bars->book->ctx);
    for (uint32_t r = 0; r < count; r++) {
        fills[r].color = colour_of(bars->gaps->rows[r].verdict, piece);
        points[r].fill = &fills[r];
        list[r] = &points[r];
    }
    xlsx_note_error(bars->book, chart_series_set_points(series, list));
    return STATUS_OK;
}

static enum status series_add(struct bars *bars, unsigned piece)
{
    const char *sheet = bars->book->chart_name;
    lxw_row_t last = FIRST_NUMBER + bars->gaps->row_count - 1;
    lxw_col_t column = (lxw_col_t)(bars->column + 1 + piece);
    lxw_chart_series *series = chart_add_series(bars->chart, NULL, NULL);
    if (!series)
        return ctx_no_memory(bars->book->ctx);
    lxw_chart_fill fill = {.color = colour_of("", piece)};
    lxw_chart_line line = {.color = WHITE, .width = 0.75F};
    chart_series_set_categories(series, sheet, FIRST_NUMBER, bars->column, last, bars->column);
    chart_series_set_values(series, sheet, FIRST_NUMBER, column, last, column);
    chart_series_set_fill(series, &fill);
    chart_series_set_line(series, &line);
    return colours_set(bars, series, piece);
}

/* In a chart of bars the library calls the axis of the names y, and that of the numbers x. */
static void axes_style(lxw_chart *chart, const char *head)
{
    lxw_chart_font font = {.size = FONT_SIZE}, plain = {.size = FONT_SIZE, .bold = LXW_EXPLICIT_FALSE};
    lxw_chart_line grid = {.color = GRID, .width = 0.75F}, unseen = {0};
    unseen.none = LXW_TRUE;
    chart_axis_set_reverse(chart->y_axis); /* the first row stands on top */
    chart_axis_set_label_position(chart->y_axis, LXW_CHART_AXIS_LABEL_POSITION_LOW);
    chart_axis_set_major_tick_mark(chart->y_axis, LXW_CHART_AXIS_TICK_MARK_NONE);
    chart_axis_set_num_font(chart->y_axis, &font);
    chart_axis_set_num_font(chart->x_axis, &font);
    chart_axis_set_num_format(chart->x_axis, "0.0;\"\xe2\x88\x92\"0.0;0");
    chart_axis_set_line(chart->x_axis, &unseen);
    chart_axis_set_name(chart->x_axis, head);
    chart_axis_set_name_font(chart->x_axis, &plain);
    chart_axis_major_gridlines_set_visible(chart->y_axis, LXW_FALSE);
    chart_axis_major_gridlines_set_visible(chart->x_axis, LXW_TRUE);
    chart_axis_major_gridlines_set_line(chart->x_axis, &grid);
}

static enum status chart_make(struct bars *bars, const struct picture *picture)
{
    struct ctx *ctx = bars->book->ctx;
    const char *title = xlsx_plain_text(ctx, picture->title, TITLE_MOST);
    const char *base = picture->subtitle && *picture->subtitle
                           ? arena_format(ctx->arena, "%s · %s", bars->gaps->gap_head, picture->subtitle)
                           : bars->gaps->gap_head;
    base = base ? xlsx_plain_text(ctx, base, TITLE_MOST) : NULL;
    bars->chart = workbook_add_chart(bars->book->workbook, LXW_CHART_BAR_STACKED);
    if (!title || !base || !bars->chart)
        return ctx_no_memory(ctx);
    lxw_chart_font font = {.size = TITLE_SIZE, .bold = LXW_TRUE};
    chart_title_set_name(bars->chart, title);
    chart_title_set_name_font(bars->chart, &font);
    chart_legend_set_position(bars->chart, LXW_CHART_LEGEND_NONE);
    axes_style(bars->chart, base);
    enum status status = STATUS_OK;
    for (unsigned piece = 0; piece < PIECES && !status; piece++)
        status = series_add(bars, piece);
    chart_set_series_gap(bars->chart, BAR_GAP);
    return status;
}

enum status xlsx_chart_add(struct xlsx_book *book, const struct document_block *block, const struct picture *picture,
                           lxw_row_t at, lxw_row_t *rows)
{
    struct gap_chart gaps;
    *rows = 0;
    if (!xlsx_chart_known(block))
        return STATUS_OK;
    enum status status = gap_chart_make(book->ctx, &book->document->head, block, strcmp(block->chart, "zone_bands") == 0, &gaps);
    if (status || !gaps.row_count)
        return status;
    struct bars bars = {.book = book, .gaps = &gaps, .column = book->chart_column};
    book->chart_column = (lxw_col_t)(book->chart_column + PIECES + 2);
    xlsx_write_text(book, book->charts, 0, bars.column, picture->title, LOOK_HEAD);
    xlsx_note_error(book, worksheet_set_column(book->charts, bars.column, bars.column, LABEL_WIDTH, NULL));
    numbers_write(&bars);
    status = chart_make(&bars, picture);
    const char *description =
        status ? NULL : xlsx_plain_text(book->ctx, picture->description ? picture->description : "", TITLE_MOST);
    char *spoken = description ? arena_copy(book->ctx->arena, span_of(description)) : NULL;
    if (status || !spoken)
        return status ? status : ctx_no_memory(book->ctx);
    double height = HEAD_HEIGHT + ROW_HEIGHT * gaps.row_count;
    lxw_chart_options options = {.x_scale = CHART_WIDTH / WIDTH_AT_1, .y_scale = height / HEIGHT_AT_1, .description = spoken};
    xlsx_note_error(book, worksheet_insert_chart_opt(book->report, at, 0, bars.chart, &options));
    *rows = (lxw_row_t)ceil(height / SHEET_ROW) + 1;
    return STATUS_OK;
}
