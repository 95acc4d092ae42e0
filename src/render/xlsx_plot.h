/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_RENDER_XLSX_PLOT_H
#define GAPMETER_RENDER_XLSX_PLOT_H

#include "render/chart/row_frame.h"
#include "render/xlsx_book.h"

/* A chart of the workbook while it is made: its names and numbers stand on the sheet of the charts' numbers, a row for each name and a
 * column for each series. */
struct xlsx_plot {
    struct xlsx_book *book;
    const struct document_block *block;
    const struct table *table;
    const struct picture *picture;
    lxw_chart *chart;
    lxw_col_t column;  /* of the names */
    lxw_col_t columns; /* how many it takes, the names' among them */
    uint32_t rows;     /* 0: nothing is drawn */
    double height;     /* pixels */
};

/* The row of the first numbers: below the title and the heads. */
#define XLSX_FIRST_NUMBER 2u

/* How a series looks. */
struct xlsx_look_of_series {
    uint32_t colour;
    double line;    /* points; 0 = no line */
    bool dashed;    /* the line */
    uint8_t marker; /* of lxw_chart_marker_type; LXW_CHART_MARKER_NONE */
    bool hollow;    /* the marker: pale, since not every program draws an edge around white */
};

/* Begins the chart with its title, the finding.
 * takes   type  of lxw_chart_type
 * fails   STATUS_MEMORY */
enum status xlsx_plot_begin(struct xlsx_plot *plot, uint8_t type) MUST_USE;

/* The name of a row; the number of a series there, from 0; and what the series is called, above its numbers. */
void xlsx_plot_name(struct xlsx_plot *plot, uint32_t row, const char *name);
void xlsx_plot_number(struct xlsx_plot *plot, uint32_t row, uint32_t series, double number);
void xlsx_plot_head(struct xlsx_plot *plot, uint32_t series, const char *head);

/* Adds a row: its name with its number and interval, as they are shown.
 * takes   name       what stands before the number
 *         columns    of the number and of its lower end
 *         with_sign  as gaps are shown
 * fails   STATUS_MEMORY */
enum status xlsx_plot_figures(struct xlsx_plot *plot, const struct row *row, const char *name, const char *const columns[2],
                              bool with_sign) MUST_USE;

/* Adds a series over all rows, called as its head when it is to stand in the legend.
 * gives   NULL without memory, which xlsx_book_close tells */
lxw_chart_series *xlsx_plot_series(struct xlsx_plot *plot, uint32_t series, bool legend);

/* Halfway to white. */
uint32_t xlsx_paler(uint32_t colour);

/* Lines and markers of a series. */
void xlsx_series_look(lxw_chart_series *series, const struct xlsx_look_of_series *look);

/* Names from top to bottom, and below them what the numbers are: for charts of bars. */
void xlsx_bars_axes(struct xlsx_plot *plot, const char *head, const char *format);

/* An axis of numbers with its name and pale lines. */
void xlsx_number_axis(struct xlsx_plot *plot, lxw_chart_axis *axis, const char *head, const char *format);

/* Formats of numbers on axes: with a sign below zero, and shares without. */
#define XLSX_SIGNED "0.0;\"\xe2\x88\x92\"0.0;0"
#define XLSX_SHARE  "0%;0%"

/* The kinds of charts, each from a block it knows. Nothing is drawn when rows stays 0.
 * fails   STATUS_MEMORY
 * proof   tests/render/xlsx_chart_test.c */
enum status xlsx_gap_bars(struct xlsx_plot *plot) MUST_USE;
enum status xlsx_estimate_bars(struct xlsx_plot *plot) MUST_USE;
enum status xlsx_spread_bars(struct xlsx_plot *plot) MUST_USE;
enum status xlsx_answer_bars(struct xlsx_plot *plot) MUST_USE;
enum status xlsx_period_lines(struct xlsx_plot *plot) MUST_USE;
enum status xlsx_journey_line(struct xlsx_plot *plot) MUST_USE;
enum status xlsx_zone_radar(struct xlsx_plot *plot) MUST_USE;
enum status xlsx_item_map(struct xlsx_plot *plot) MUST_USE;

#endif
