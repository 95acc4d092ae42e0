/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "model/shown.h"
#include "model/words.h"
#include "render/tone_colour.h"
#include "render/xlsx_plot.h"

/* Shares of customers as bars on both sides of the middle: what lies on it reaches as far to either side. */

#define ROW_HEIGHT  26.0
#define HEAD_HEIGHT 150.0
#define BAR_GAP     40
#define TICK        0.2
#define PARTS_MOST  6u
#define WHITE       ((lxw_color_t)0xFFFFFF)

/* A part of a bar, from the middle outwards. */
struct share_part {
    const char *column;
    double share; /* of the column that is drawn, with the sign of its side */
    const char *key;
    uint32_t colour;
};

static const struct share_part gap_parts[PARTS_MOST] = {
    {"share_equal", -0.5, "", 0xCFE3F1}, {"share_one_below", -1, "", 0xEAAF80}, {"share_two_below", -1, "", 0xD55E00},
    {"share_equal", 0.5, "", 0xCFE3F1},  {"share_one_above", 1, "", 0x80B9D9},  {"share_two_above", 1, "", 0x0072B2}};

static const struct share_part answer_parts[] = {{"middle", -0.5, "chart.head.middle", 0xCFE3F1},
                                                 {"below", -1, "chart.head.below", 0xD55E00},
                                                 {"middle", 0.5, "chart.head.middle", 0xCFE3F1},
                                                 {"above", 1, "chart.head.above", 0x0072B2}};

/* The parts that a chart has, and what its numbers beside the names are. */
struct share_sides {
    const struct share_part *parts;
    uint32_t count;
    const char *figures[2];
    bool with_sign;
    const char *head;
};

static void part_head(struct xlsx_plot *plot, const struct share_part *part, uint32_t series)
{
    const struct document_head *head = &plot->book->document->head;
    char title[128];
    if (*part->key)
        (void)snprintf(title, sizeof title, "%s", words_or_english(head->language, part->key));
    else
        shown_head(head, plot->table, table_column(plot->table, part->column), title, sizeof title);
    xlsx_plot_head(plot, series, title);
}

static enum status rows_write(struct xlsx_plot *plot, const struct share_sides *bars)
{
    struct ctx *ctx = plot->book->ctx;
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < block_rows(plot->block) && !status; i++) {
        const struct row *row = block_row(plot->block, i);
        const char *name = NULL;
        status = row_name(ctx, &plot->book->document->head, plot->table, row, NULL, &name);
        if (!status)
            status = xlsx_plot_figures(plot, row, name, bars->figures, bars->with_sign);
        for (uint32_t p = 0; p < bars->count && !status; p++) {
            if (cell_has(plot->table, row, bars->parts[p].column))
                xlsx_plot_number(plot, i, p, bars->parts[p].share * cell_number(plot->table, row, bars->parts[p].column));
        }
    }
    return status;
}

/* The axis ends at fifths that hold all bars. */
static void ends_set(struct xlsx_plot *plot, const struct share_sides *bars)
{
    double least = 0, most = 0;
    for (uint32_t i = 0; i < block_rows(plot->block); i++) {
        double below = 0, above = 0;
        for (uint32_t p = 0; p < bars->count; p++) {
            double share = bars->parts[p].share * cell_number(plot->table, block_row(plot->block, i), bars->parts[p].column);
            below += fmin(share, 0);
            above += fmax(share, 0);
        }
        least = fmin(least, below);
        most = fmax(most, above);
    }
    chart_axis_set_min(plot->chart->x_axis, floor(least / TICK) * TICK);
    chart_axis_set_max(plot->chart->x_axis, ceil(most / TICK) * TICK);
    chart_axis_set_major_unit(plot->chart->x_axis, TICK);
}

static enum status share_sides_make(struct xlsx_plot *plot, const struct share_sides *bars)
{
    lxw_chart_line line = {.color = WHITE, .width = 0.75F};
    if (!block_rows(plot->block))
        return STATUS_OK;
    enum status status = xlsx_plot_begin(plot, LXW_CHART_BAR_STACKED);
    if (!status)
        status = rows_write(plot, bars);
    if (status)
        return status;
    xlsx_bars_axes(plot, words_or_english(plot->book->document->head.language, bars->head), XLSX_SHARE);
    ends_set(plot, bars);
    for (uint32_t p = 0; p < bars->count; p++) {
        part_head(plot, &bars->parts[p], p);
        lxw_chart_fill fill = {.color = bars->parts[p].colour};
        lxw_chart_series *series = xlsx_plot_series(plot, p, true);
        if (!series)
            return ctx_no_memory(plot->book->ctx);
        chart_series_set_fill(series, &fill);
        chart_series_set_line(series, &line);
    }
    chart_set_series_gap(plot->chart, BAR_GAP);
    chart_legend_set_position(plot->chart, LXW_CHART_LEGEND_TOP);
    plot->height = HEAD_HEIGHT + ROW_HEIGHT * plot->rows;
    return STATUS_OK;
}

enum status xlsx_spread_bars(struct xlsx_plot *plot)
{
    return share_sides_make(plot, &(struct share_sides){gap_parts, PARTS_MOST, {"net", "net_low"}, true, "chart.head.net"});
}

enum status xlsx_answer_bars(struct xlsx_plot *plot)
{
    return share_sides_make(
        plot,
        &(struct share_sides){
            answer_parts, sizeof answer_parts / sizeof *answer_parts, {"above", "above_low"}, false, "chart.head.share_above"});
}
