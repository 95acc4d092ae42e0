/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_RENDER_CHART_ROW_FRAME_H
#define GAPMETER_RENDER_CHART_ROW_FRAME_H

#include "render/chart/chart.h"
#include "render/chart/layout.h"

/* Where things stand in a chart of rows: a label, one or two plots, and columns of texts, so that no text can meet another however
 * long it is. Where room is narrow the label stands above them. */

struct row_frame {
    double label_left;
    size_t label_letters;
    double plot_left, plot_right; /* the first plot */
    double side_left, side_right; /* the second */
    double number_right;          /* three columns of texts: a number, its interval, */
    double interval_right;
    double word_left; /* and a word or more, up to … */
    double word_right;
    double top, height;          /* of the first row, and of each */
    double plot_drop, side_drop; /* from the top of a row to its marks */
    double text_drop;            /* and to the line of its texts */
    bool stacked;                /* the label stands above */
};

/* What stands in the columns of a row. */
struct row_texts {
    const char *number;   /* "−0.44", or the words of the blank */
    const char *interval; /* "[−0.62, −0.26]"; "" after a blank */
    const char *word;
    enum tone tone; /* of number and word */
    bool strong;    /* both are bold; they are so in every tone but ink */
};

/* The top of a row; of the one after the last, the bottom of all. */
double row_top(const struct row_frame *frame, uint32_t index);

/* What a row is about: its group, or the words of a key column, with a capital.
 * takes   column  the key; NULL = the first
 * fails   STATUS_MEMORY */
enum status row_name(struct ctx *ctx, const struct document_head *head, const struct table *table, const struct row *row,
                     const char *column, const char **out) MUST_USE;

/* "spring to summer" where a row is a step between waves; else its name.
 * fails   STATUS_MEMORY */
enum status row_step_name(struct ctx *ctx, const struct document_head *head, const struct table *table, const struct row *row,
                          const char *name, const char **out) MUST_USE;

/* Writes the label of a row on two lines at most, and its texts. */
void row_label(struct picture *picture, const struct row_frame *frame, uint32_t index, const char *label);
void row_texts(struct picture *picture, const struct row_frame *frame, uint32_t index, const struct row_texts *texts);

/* As much of a text as fits in so many pixels, with an ellipsis where it was cut. */
struct span text_within(struct picture *picture, const char *words, double size, double room);

/* A chart of rows that is being made. */
struct row_chart {
    struct ctx *ctx;
    const struct document_head *head;
    const struct document_block *block;
    const struct table *table;
    const struct row_frame *frame;
    struct picture *picture;
    const char *key; /* the column that says what a row is about; NULL = the first */
};

/* A number and its interval as shown, in cells of a row.
 * takes   low  the column of the lower end; the upper one follows it
 * gives   *out  number and interval; the rest is left alone
 * fails   STATUS_MEMORY */
enum status row_figures(const struct row_chart *chart, const struct row *row, const char *column, const char *low,
                        struct row_texts *out) MUST_USE;

/* A number with its sign, as gaps are shown, and its interval. */
enum status row_signed_figures(const struct row_chart *chart, const struct row *row, const char *column, const char *low,
                               struct row_texts *out) MUST_USE;

/* Words above a plot, cut where they do not fit. */
void plot_head(struct picture *picture, const struct axis *axis, const char *words);

/* Ticks with their numbers above the first row; pale lines go down to the last where labels stand beside the plots. */
void plot_ticks(struct picture *picture, const struct row_frame *frame, const struct axis *axis, uint32_t rows);

/* The same for one number, as a line that is no grid: zero, or a mean. */
void plot_mark(struct picture *picture, const struct row_frame *frame, const struct axis *axis, uint32_t rows, double number,
               const char *words);

/* An interval as a thin bar with an end at each side; where it goes on beyond the axis an arrow says so. */
void plot_interval(struct picture *picture, enum tone tone, const struct axis *axis, double y, double low, double high);

/* Is there a number in a cell? And the number, 0 when there is none. */
bool cell_has(const struct table *table, const struct row *row, const char *column);
double cell_number(const struct table *table, const struct row *row, const char *column);

/* Is the cell this word? */
bool cell_is(const struct table *table, const struct row *row, const char *column, const char *word);

/* The rows of its table that a block wants drawn, in this order. */
uint32_t block_rows(const struct document_block *block);
const struct row *block_row(const struct document_block *block, uint32_t index);

/* How far an axis of intervals around 0 reaches: to the farthest end, but not beyond three times the largest estimate, so that one
 * wild interval does not press all others together.
 * takes   estimates, ends  the largest without their signs */
double reach_find(double estimates, double ends);

/* Draws one row, and says which number the description gives of it.
 * takes   inside  what rows_draw was given */
typedef enum status row_drawer(const void *inside, const struct row *row, uint32_t index, const char *name, const char **number);

/* Draws the rows of the block one below the other, and ends the picture with a description of its first and last row.
 * fails   STATUS_MEMORY */
enum status rows_draw(const struct row_chart *chart, const void *inside, row_drawer *draw) MUST_USE;

/* Is the row one of a group that is hidden, or that has no row? Its numbers are not in the picture, and neither is its name. */
bool row_hidden(const struct table *table, const struct row *row);

#endif
