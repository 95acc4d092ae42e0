/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/decimal.h"
#include "model/shown.h"
#include "model/words.h"
#include "render/chart/period_plot.h"
#include "render/tone_colour.h"
#include "render/xlsx_plot.h"

/* Lines over periods between their limits, the ratings along a journey, and the radar: a series for each column. */

#define LINES_HEIGHT 340.0
#define RADAR_HEIGHT 520.0
#define LINES_MOST   6u
#define THIN         1.0
#define THICK        2.25
#define INK          0x1A1D21
#define SOFT         0x565D66
#define FIRST        0x0072B2
#define BAND         0x56B4E9

/* What a series takes from a row. */
struct line_column {
    const char *column; /* NULL: the same number everywhere */
    double number;      /* that, or what is added to the column */
    const char *added;  /* a column that is added to the first; NULL = none */
    bool turned;        /* drawn with the other sign */
    bool other_end;     /* of a pair, called as the one before */
    const char *key;    /* what it is called in words of ours; NULL = the head of its column */
    struct xlsx_look_of_series look;
};

#define DOTTED(tone)                                                                                                             \
    {                                                                                                                            \
        .colour = (tone), .marker = LXW_CHART_MARKER_CIRCLE, .hollow = true                                                      \
    }
#define LINE(tone)                                                                                                               \
    {                                                                                                                            \
        .colour = (tone), .line = THICK, .marker = LXW_CHART_MARKER_CIRCLE                                                       \
    }
#define PLAIN(tone)                                                                                                              \
    {                                                                                                                            \
        .colour = (tone), .line = THIN, .marker = LXW_CHART_MARKER_NONE                                                          \
    }
#define DASHED(tone)                                                                                                             \
    {                                                                                                                            \
        .colour = (tone), .line = THIN, .dashed = true, .marker = LXW_CHART_MARKER_NONE                                          \
    }

/* The lines of a chart, in the order in which they are drawn. */
struct line_chart {
    const char *chart, *head, *format;
    struct line_column lines[LINES_MOST];
};

static const struct line_chart charts[] = {
    {"cusum_chart",
     "chart.head.cusum",
     XLSX_SIGNED,
     {{.number = -PERIOD_SUM_LIMIT, .key = "chart.period.limit", .look = DASHED(SOFT)},
      {.number = PERIOD_SUM_LIMIT, .other_end = true, .key = "chart.period.limit", .look = DASHED(SOFT)},
      {.column = "cusum_above", .look = LINE(FIRST)},
      {.column = "cusum_below", .turned = true, .look = LINE(0xD55E00)}}},
    {"ewma_chart",
     "chart.head.ewma",
     XLSX_SIGNED,
     {{.column = "limit_low", .key = "chart.period.limit", .look = DASHED(SOFT)},
      {.column = "limit_high", .other_end = true, .key = "chart.period.limit", .look = DASHED(SOFT)},
      {.column = "centre", .look = PLAIN(SOFT)},
      {.column = "gap", .look = DOTTED(SOFT)},
      {.column = "ewma", .look = LINE(FIRST)}}},
    {"journey_line",
     "chart.head.rating",
     "0.0",
     {{.column = "ci_low", .look = DASHED(FIRST)},
      {.column = "ci_high", .other_end = true, .look = DASHED(FIRST)},
      {.column = "rating", .look = LINE(FIRST)}}},
    {"share_chart",
     "chart.head.share",
     XLSX_SHARE,
     {{.column = "limit_low", .key = "chart.period.limit", .look = DASHED(SOFT)},
      {.column = "limit_high", .other_end = true, .key = "chart.period.limit", .look = DASHED(SOFT)},
      {.column = "centre", .look = PLAIN(SOFT)},
      {.column = "share_short", .look = LINE(FIRST)}}},
    {"zone_radar",
     "",
     "0.0",
     {{.column = "mean_minimum", .look = PLAIN(BAND)},
      {.column = "mean_desired", .look = PLAIN(BAND)},
      {.column = "mean_minimum", .added = "adequacy_ci_low", .key = "", .look = DASHED(INK)},
      {.column = "mean_minimum", .added = "adequacy_ci_high", .other_end = true, .key = "", .look = DASHED(INK)},
      {.column = "mean_perception", .look = LINE(INK)}}}};

static bool line_is(const struct line_column *line)
{
    return line->column || line->key;
}

/* The number of a series in a row; false when it has none. */
static bool number_find(const struct xlsx_plot *plot, const struct row *row, const struct line_column *line, double *out)
{
    *out = line->number;
    if (!line->column)
        return true;
    if (!cell_has(plot->table, row, line->column) || (line->added && !cell_has(plot->table, row, line->added)))
        return false;
    *out += cell_number(plot->table, row, line->column) + (line->added ? cell_number(plot->table, row, line->added) : 0);
    *out = line->turned ? -*out : *out;
    return true;
}

/* A period is called as its group, a touchpoint and an item by their words. */
static enum status rows_write(struct xlsx_plot *plot, const struct line_chart *chart)
{
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < block_rows(plot->block) && !status; i++) {
        const struct row *row = block_row(plot->block, i);
        const char *name = NULL;
        double number = 0;
        if (row_hidden(plot->table, row))
            continue;
        uint32_t at = plot->rows;
        status = row_name(plot->book->ctx, &plot->book->document->head, plot->table, row, NULL, &name);
        if (status)
            return status;
        xlsx_plot_name(plot, at, name);
        for (uint32_t s = 0; s < LINES_MOST && line_is(&chart->lines[s]); s++) {
            if (number_find(plot, row, &chart->lines[s], &number))
                xlsx_plot_number(plot, at, s, number);
        }
    }
    return status;
}

/* What a series is called: in words of ours, as its column, or as the end of an interval. */
static void head_write(struct xlsx_plot *plot, const struct line_column *line, uint32_t series)
{
    const struct document_head *head = &plot->book->document->head;
    const char *column = line->added ? line->added : line->column;
    char title[128];
    if (line->key && *line->key) {
        xlsx_plot_head(plot, series, words_or_english(head->language, line->key));
        return;
    }
    shown_head(head, plot->table, table_column(plot->table, column), title, sizeof title);
    xlsx_plot_head(plot, series, title);
}

static const struct line_chart *chart_find(const char *name)
{
    const struct line_chart *chart = charts;
    while (strcmp(chart->chart, name) != 0)
        chart++;
    return chart;
}

static enum status lines_add(struct xlsx_plot *plot, const struct line_chart *chart)
{
    int16_t twice[LINES_MOST + 1] = {-1}; /* the other end of a pair stands in the legend once */
    uint32_t count = 0;
    for (uint32_t s = 0; s < LINES_MOST && line_is(&chart->lines[s]); s++) {
        head_write(plot, &chart->lines[s], s);
        lxw_chart_series *series = xlsx_plot_series(plot, s, true);
        if (!series)
            return ctx_no_memory(plot->book->ctx);
        xlsx_series_look(series, &chart->lines[s].look);
        if (chart->lines[s].other_end) {
            twice[count++] = (int16_t)s;
            twice[count] = -1;
        }
    }
    chart_legend_set_position(plot->chart, LXW_CHART_LEGEND_BOTTOM);
    if (twice[0] >= 0)
        xlsx_note_error(plot->book, chart_legend_delete_series(plot->chart, twice));
    return STATUS_OK;
}

/* Begins a chart of lines with what it draws; nothing is added when no row has a number. */
static enum status lines_make(struct xlsx_plot *plot, uint8_t type)
{
    const struct line_chart *chart = chart_find(plot->block->chart);
    const char *language = plot->book->document->head.language;
    enum status status = xlsx_plot_begin(plot, type);
    if (!status)
        status = rows_write(plot, chart);
    if (status || !plot->rows)
        return status;
    plot->height = LINES_HEIGHT;
    if (*chart->head)
        xlsx_number_axis(plot, plot->chart->y_axis, words_or_english(language, chart->head), chart->format);
    chart_axis_set_label_position(plot->chart->x_axis, LXW_CHART_AXIS_LABEL_POSITION_LOW);
    return lines_add(plot, chart);
}

enum status xlsx_period_lines(struct xlsx_plot *plot)
{
    enum status status = lines_make(plot, LXW_CHART_LINE);
    if (status || !plot->rows || strcmp(plot->block->chart, "share_chart") != 0)
        return status;
    double most = 0;
    for (uint32_t i = 0; i < block_rows(plot->block); i++) {
        most = fmax(most, cell_number(plot->table, block_row(plot->block, i), "limit_high"));
        most = fmax(most, cell_number(plot->table, block_row(plot->block, i), "share_short"));
    }
    chart_axis_set_min(plot->chart->y_axis, 0);
    chart_axis_set_max(plot->chart->y_axis, fmin(ceil(most * 10 + 0.5) / 10, 1));
    return STATUS_OK;
}

enum status xlsx_journey_line(struct xlsx_plot *plot)
{
    const struct scale *scale = &plot->book->document->head.study->columns.journey.rating_scale;
    enum status status = lines_make(plot, LXW_CHART_LINE);
    if (status || !plot->rows)
        return status;
    chart_axis_set_min(plot->chart->y_axis, decimal_to_double(scale->min));
    chart_axis_set_max(plot->chart->y_axis, decimal_to_double(scale->max));
    return STATUS_OK;
}

enum status xlsx_zone_radar(struct xlsx_plot *plot)
{
    enum status status = lines_make(plot, LXW_CHART_RADAR);
    plot->height = RADAR_HEIGHT;
    return status;
}
