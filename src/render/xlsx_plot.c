/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/xlsx_plot.h"

#include "render/xlsx_text.h"

#define HEAD_ROW 1u

#define NAME_MOST   340u
#define TITLE_MOST  250u
#define NAME_WIDTH  60.0 /* letters of a column of names */
#define FONT_SIZE   9.0
#define TITLE_SIZE  11.0
#define MARKER_SIZE 7
#define GRID        ((lxw_color_t)0xE5E7EB)

enum status xlsx_plot_begin(struct xlsx_plot *plot, uint8_t type)
{
    struct xlsx_book *book = plot->book;
    const char *title = xlsx_plain_text(book->ctx, plot->picture->title, TITLE_MOST);
    lxw_chart_font font = {.size = TITLE_SIZE, .bold = LXW_TRUE}, small = {.size = FONT_SIZE};
    plot->chart = workbook_add_chart(book->workbook, type);
    if (!title || !plot->chart)
        return ctx_no_memory(book->ctx);
    chart_title_set_name(plot->chart, title);
    chart_title_set_name_font(plot->chart, &font);
    chart_legend_set_font(plot->chart, &small);
    chart_legend_set_position(plot->chart, LXW_CHART_LEGEND_NONE);
    xlsx_write_text(book, book->charts, 0, plot->column, plot->picture->title, LOOK_HEAD);
    xlsx_note_error(book, worksheet_set_column(book->charts, plot->column, plot->column, NAME_WIDTH, NULL));
    plot->columns = 1;
    return STATUS_OK;
}

void xlsx_plot_name(struct xlsx_plot *plot, uint32_t row, const char *name)
{
    const char *plain = xlsx_plain_text(plot->book->ctx, name, NAME_MOST);
    plot->book->no_memory = plot->book->no_memory || !plain;
    if (plain)
        xlsx_write_text(plot->book, plot->book->charts, XLSX_FIRST_NUMBER + row, plot->column, plain, LOOK_PLAIN);
    plot->rows = plot->rows > row ? plot->rows : row + 1;
}

/* The column of a series. */
static lxw_col_t series_column(struct xlsx_plot *plot, uint32_t series)
{
    plot->columns = plot->columns > series + 1 ? plot->columns : (lxw_col_t)(series + 2);
    return (lxw_col_t)(plot->column + 1 + series);
}

void xlsx_plot_number(struct xlsx_plot *plot, uint32_t row, uint32_t series, double number)
{
    xlsx_write_number(plot->book, plot->book->charts, XLSX_FIRST_NUMBER + row, series_column(plot, series), number, NULL);
}

void xlsx_plot_head(struct xlsx_plot *plot, uint32_t series, const char *head)
{
    xlsx_write_text(plot->book, plot->book->charts, HEAD_ROW, series_column(plot, series), head, LOOK_HEAD_NUMBER);
}

enum status xlsx_plot_figures(struct xlsx_plot *plot, const struct row *row, const char *name, const char *const columns[2],
                              bool with_sign)
{
    struct ctx *ctx = plot->book->ctx;
    const struct row_chart chart = {.ctx = ctx, .head = &plot->book->document->head, .block = plot->block, .table = plot->table};
    struct row_texts texts = {.number = ""};
    enum status status = with_sign ? row_signed_figures(&chart, row, columns[0], columns[1], &texts)
                                   : row_figures(&chart, row, columns[0], columns[1], &texts);
    const char *label = status ? NULL : arena_format(ctx->arena, "%s  %s %s", name, texts.number, texts.interval);
    if (!label)
        return status ? status : ctx_no_memory(ctx);
    xlsx_plot_name(plot, plot->rows, label);
    return STATUS_OK;
}

lxw_chart_series *xlsx_plot_series(struct xlsx_plot *plot, uint32_t series, bool legend)
{
    const char *sheet = plot->book->chart_name;
    lxw_row_t last = XLSX_FIRST_NUMBER + plot->rows - 1;
    lxw_col_t column = series_column(plot, series);
    lxw_chart_series *added = chart_add_series(plot->chart, NULL, NULL);
    plot->book->no_memory = plot->book->no_memory || !added;
    if (!added)
        return NULL;
    chart_series_set_categories(added, sheet, XLSX_FIRST_NUMBER, plot->column, last, plot->column);
    chart_series_set_values(added, sheet, XLSX_FIRST_NUMBER, column, last, column);
    if (legend)
        chart_series_set_name_range(added, sheet, HEAD_ROW, column);
    return added;
}

uint32_t xlsx_paler(uint32_t colour)
{
    uint32_t pale = 0;
    for (unsigned shift = 0; shift < 24; shift += 8)
        pale |= ((colour >> shift & 255u) + 256) / 2 << shift;
    return pale;
}

void xlsx_series_look(lxw_chart_series *series, const struct xlsx_look_of_series *look)
{
    lxw_chart_line line = {.color = look->colour, .width = (float)look->line}, edge = {.color = look->colour, .width = 1.5F};
    lxw_chart_fill fill = {.color = look->hollow ? xlsx_paler(look->colour) : look->colour};
    line.none = look->line <= 0;
    line.dash_type = look->dashed ? LXW_CHART_LINE_DASH_DASH : LXW_CHART_LINE_DASH_SOLID;
    chart_series_set_line(series, &line);
    chart_series_set_marker_type(series, look->marker);
    if (look->marker == LXW_CHART_MARKER_NONE)
        return;
    chart_series_set_marker_size(series, MARKER_SIZE);
    chart_series_set_marker_line(series, &edge);
    chart_series_set_marker_fill(series, &fill);
}

void xlsx_number_axis(struct xlsx_plot *plot, lxw_chart_axis *axis, const char *head, const char *format)
{
    lxw_chart_font font = {.size = FONT_SIZE}, plain = {.size = FONT_SIZE, .bold = LXW_EXPLICIT_FALSE};
    lxw_chart_line grid = {.color = GRID, .width = 0.75F};
    const char *name = xlsx_plain_text(plot->book->ctx, head, TITLE_MOST);
    plot->book->no_memory = plot->book->no_memory || !name;
    if (!name)
        return;
    chart_axis_set_num_font(axis, &font);
    chart_axis_set_num_format(axis, format);
    chart_axis_set_name(axis, name);
    chart_axis_set_name_font(axis, &plain);
    chart_axis_major_gridlines_set_visible(axis, LXW_TRUE);
    chart_axis_major_gridlines_set_line(axis, &grid);
}

/* In a chart of bars the library calls the axis of the names y, and that of the numbers x. */
void xlsx_bars_axes(struct xlsx_plot *plot, const char *head, const char *format)
{
    lxw_chart_font font = {.size = FONT_SIZE};
    lxw_chart_line unseen = {0};
    const char *subtitle = plot->picture->subtitle;
    const char *base = subtitle && *subtitle ? arena_format(plot->book->ctx->arena, "%s · %s", head, subtitle) : head;
    lxw_chart_axis *names = plot->chart->y_axis, *numbers = plot->chart->x_axis;
    unseen.none = LXW_TRUE;
    plot->book->no_memory = plot->book->no_memory || !base;
    xlsx_number_axis(plot, numbers, base ? base : "", format);
    chart_axis_set_line(numbers, &unseen);
    chart_axis_set_reverse(names); /* the first row stands on top */
    chart_axis_set_label_position(names, LXW_CHART_AXIS_LABEL_POSITION_LOW);
    chart_axis_set_major_tick_mark(names, LXW_CHART_AXIS_TICK_MARK_NONE);
    chart_axis_set_num_font(names, &font);
    chart_axis_major_gridlines_set_visible(names, LXW_FALSE);
}
