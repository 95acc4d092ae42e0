/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "render/chart/item_map.h"
#include "render/tone_colour.h"
#include "render/xlsx_plot.h"

/* Items between two axes: a series for each, so that the legend says which one a number stands for, lines between the fields, and the
 * intervals of both axes. */

#define LEAST_HEIGHT 460.0
#define HEAD_HEIGHT  90.0
#define ROW_HEIGHT   21.0
#define LABEL_SIZE   9.0
#define TICKS        6u
#define SOFT         0x565D66
#define ENDS         3u /* rows of the numbers of a line: from, to, and none */

/* The columns beside the names: where items stand, where the lines and the intervals run. */
enum { ACROSS, UP, LINE_ACROSS, LINE_UP, INTERVAL_ACROSS, INTERVAL_UP };

/* The items' sheet has a row for each; lines and intervals take three for each of theirs, beside them. */
static void line_write(struct xlsx_plot *plot, uint32_t row, uint32_t across, struct point from, struct point to)
{
    uint32_t named = plot->rows;
    xlsx_plot_number(plot, row, across, from.x);
    xlsx_plot_number(plot, row, across + 1, from.y);
    xlsx_plot_number(plot, row + 1, across, to.x);
    xlsx_plot_number(plot, row + 1, across + 1, to.y);
    plot->rows = named;
}

/* A series of points of its own: their x and y stand in two columns. */
static lxw_chart_series *points_add(struct xlsx_plot *plot, uint32_t first, uint32_t count, uint32_t across)
{
    const char *sheet = plot->book->chart_name;
    lxw_chart_series *series = chart_add_series(plot->chart, NULL, NULL);
    lxw_row_t from = XLSX_FIRST_NUMBER + first, to = from + count - 1;
    lxw_col_t x = (lxw_col_t)(plot->column + 1 + across), y = (lxw_col_t)(x + 1);
    plot->book->no_memory = plot->book->no_memory || !series;
    if (!series)
        return NULL;
    chart_series_set_categories(series, sheet, from, x, to, x);
    chart_series_set_values(series, sheet, from, y, to, y);
    return series;
}

static enum status item_add(struct xlsx_plot *plot, const struct map_item *item, uint32_t index)
{
    struct ctx *ctx = plot->book->ctx;
    lxw_chart_series *series = points_add(plot, index, 1, ACROSS);
    char *number = arena_format(ctx->arena, "%u", index + 1);
    if (!series || !number)
        return ctx_no_memory(ctx);
    lxw_chart_font font = {.size = LABEL_SIZE};
    lxw_chart_data_label label = {.value = number, .font = &font}, *labels[] = {&label, NULL};
    chart_series_set_name_range(series, plot->book->chart_name, XLSX_FIRST_NUMBER + index, plot->column);
    xlsx_series_look(series, &(struct xlsx_look_of_series){
                                 .colour = tone_colour(item->tone), .marker = LXW_CHART_MARKER_CIRCLE, .hollow = item->hollow});
    chart_series_set_labels(series);
    xlsx_note_error(plot->book, chart_series_set_labels_custom(series, labels));
    chart_series_set_labels_position(series, LXW_CHART_LABEL_POSITION_RIGHT);
    return STATUS_OK;
}

static enum status items_add(struct xlsx_plot *plot, const struct item_map *map)
{
    struct ctx *ctx = plot->book->ctx;
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < map->count && !status; i++) {
        const struct map_item *item = &map->items[i];
        const char *name = arena_format(ctx->arena, "%u  %s", i + 1, item->label);
        if (!name)
            return ctx_no_memory(ctx);
        xlsx_plot_name(plot, i, name);
        xlsx_plot_number(plot, i, ACROSS, item->at.x);
        xlsx_plot_number(plot, i, UP, item->at.y);
        status = item_add(plot, item, i);
    }
    return status;
}

/* The lines between the fields, and the intervals. */
static enum status lines_add(struct xlsx_plot *plot, const struct item_map *map)
{
    static const struct xlsx_look_of_series soft = {.colour = SOFT, .line = 1, .marker = LXW_CHART_MARKER_NONE};
    uint32_t intervals = 0;
    line_write(plot, 0, LINE_ACROSS, (struct point){map->lines.x, map->least.y}, (struct point){map->lines.x, map->most.y});
    line_write(plot, ENDS, LINE_ACROSS, (struct point){map->least.x, map->lines.y}, (struct point){map->most.x, map->lines.y});
    for (uint32_t i = 0; i < map->count; i++) {
        const struct map_item *item = &map->items[i];
        if (!item->has_interval)
            continue;
        line_write(plot, ENDS * intervals++, INTERVAL_ACROSS, (struct point){item->low.x, item->at.y},
                   (struct point){item->high.x, item->at.y});
        line_write(plot, ENDS * intervals++, INTERVAL_ACROSS, (struct point){item->at.x, item->low.y},
                   (struct point){item->at.x, item->high.y});
    }
    lxw_chart_series *fields = points_add(plot, 0, 2 * ENDS - 1, LINE_ACROSS);
    lxw_chart_series *around = intervals ? points_add(plot, 0, ENDS * intervals - 1, INTERVAL_ACROSS) : NULL;
    if (!fields || (intervals && !around))
        return ctx_no_memory(plot->book->ctx);
    xlsx_series_look(fields, &soft);
    if (around)
        xlsx_series_look(around, &soft);
    int16_t unnamed[] = {(int16_t)map->count, around ? (int16_t)(map->count + 1) : -1, -1};
    xlsx_note_error(plot->book, chart_legend_delete_series(plot->chart, unnamed));
    return STATUS_OK;
}

/* The ends of an axis, at numbers that its ticks show. */
static void ends_round(double *least, double *most)
{
    double step = tick_step(*least, *most, TICKS);
    *least = floor(*least / step + 1e-6) * step;
    *most = ceil(*most / step - 1e-6) * step;
}

static void axis_end(lxw_chart_axis *axis, double least, double most)
{
    chart_axis_set_min(axis, least);
    chart_axis_set_max(axis, most);
    chart_axis_set_major_unit(axis, tick_step(least, most, TICKS));
    chart_axis_set_crossing_min(axis);
}

/* What the block's chart shows. */
static enum status map_make(const struct xlsx_plot *plot, struct item_map *map)
{
    const struct document_head *head = &plot->book->document->head;
    if (strcmp(plot->block->chart, "kano_map") == 0)
        return kano_map_make(plot->book->ctx, head, plot->block, map);
    if (strcmp(plot->block->chart, "kano_means") == 0)
        return kano_means_make(plot->book->ctx, head, plot->block, map);
    return importance_map_make(plot->book->ctx, head, plot->block, map);
}

enum status xlsx_item_map(struct xlsx_plot *plot)
{
    struct item_map map;
    enum status status = map_make(plot, &map);
    if (status || !map.count)
        return status;
    ends_round(&map.least.x, &map.most.x);
    ends_round(&map.least.y, &map.most.y);
    status = xlsx_plot_begin(plot, LXW_CHART_SCATTER);
    if (!status)
        status = items_add(plot, &map);
    if (!status)
        status = lines_add(plot, &map);
    if (status)
        return status;
    const char *format = map.percent ? XLSX_SHARE : "0.0";
    xlsx_number_axis(plot, plot->chart->x_axis, map.across, format);
    xlsx_number_axis(plot, plot->chart->y_axis, map.up, format);
    axis_end(plot->chart->x_axis, map.least.x, map.most.x);
    axis_end(plot->chart->y_axis, map.least.y, map.most.y);
    chart_legend_set_position(plot->chart, LXW_CHART_LEGEND_RIGHT);
    plot->height = fmax(LEAST_HEIGHT, HEAD_HEIGHT + ROW_HEIGHT * map.count);
    return STATUS_OK;
}
