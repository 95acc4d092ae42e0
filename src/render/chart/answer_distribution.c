/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "model/measure.h"
#include "model/shown.h"
#include "model/words.h"
#include "render/chart/stacked_bar.h"

/* How the answers to each item are spread over its scale, centred on the scale's middle: a part for each point, the outer half of either
 * side filled, the inner one hollow. Beside it the share above the middle with its interval. A row of the block is the first of the rows
 * of one item and standard; the others follow it in the table. */

#define POINTS_MOST 16u

struct answers_picture {
    struct row_chart chart;
    struct axis share, above;
};

/* What the rows of one item and standard say. */
struct spread {
    const struct row *below, *middle, *above; /* NULL: not there */
    const struct row *points[POINTS_MOST];
    uint32_t count;
};

static bool same_cell(const struct table *table, const struct row *a, const struct row *b, const char *column)
{
    const struct value *value = table_value(table, b, column);
    return value->kind == VALUE_TEXT && cell_is(table, a, column, value->text);
}

static struct spread spread_read(const struct table *table, const struct row *first)
{
    struct spread spread = {.count = 0};
    for (const struct row *row = first; row < table->rows + table->row_count; row++) {
        if (row->group != first->group || !same_cell(table, row, first, "item") || !same_cell(table, row, first, "standard"))
            break;
        if (cell_is(table, row, "point", "below the middle"))
            spread.below = row;
        else if (cell_is(table, row, "point", "middle"))
            spread.middle = row;
        else if (cell_is(table, row, "point", "above the middle"))
            spread.above = row;
        else if (spread.count < POINTS_MOST)
            spread.points[spread.count++] = row;
    }
    return spread;
}

static double share_of_row(const struct table *table, const struct row *row)
{
    return row ? cell_number(table, row, "share") : 0;
}

/* Where the bar starts so that the middle of the scale is at 0. */
static double start_of(const struct table *table, const struct spread *spread)
{
    return -share_of_row(table, spread->below) - share_of_row(table, spread->middle) / 2;
}

static bool spread_known(const struct table *table, const struct spread *spread)
{
    return spread->below && spread->above && cell_has(table, spread->above, "share");
}

static void axes_find(struct answers_picture *answers)
{
    const struct table *table = answers->chart.table;
    const struct row_frame *frame = answers->chart.frame;
    double left = 0, right = 0;
    for (uint32_t i = 0; i < block_rows(answers->chart.block); i++) {
        struct spread spread = spread_read(table, block_row(answers->chart.block, i));
        if (!spread_known(table, &spread))
            continue;
        left = fmin(left, start_of(table, &spread));
        right = fmax(right, share_of_row(table, spread.middle) / 2 + share_of_row(table, spread.above));
    }
    answers->share = (struct axis){left, right > left ? right : left + 1, frame->plot_left + STACKED_LABEL_PX,
                                   frame->plot_right - STACKED_LABEL_PX};
    answers->above = (struct axis){0, 1, frame->side_left, frame->side_right};
}

/* A point in words: "3", "below the middle". */
static const char *point_word(const struct row_chart *chart, const struct row *row)
{
    uint32_t at = table_column(chart->table, "point");
    const char *id = row->values[at].kind == VALUE_TEXT ? row->values[at].text : "";
    const char *word = shown_key_word(chart->head, &chart->table->measure->columns[at], id);
    return *word ? word : id;
}

/* The parts of a bar: each point of the scale, or its three sides where the scale is long. */
static size_t parts_make(const struct row_chart *chart, const struct spread *spread, struct stacked_part *parts)
{
    const struct row *sides[] = {spread->below, spread->middle, spread->above};
    const struct row *const *rows = spread->count ? spread->points : sides;
    uint32_t all = spread->count ? spread->count : 3, half = all / 2;
    size_t count = 0;
    for (uint32_t i = 0; i < all; i++) {
        if (!rows[i])
            continue;
        bool low = i < half, middle = all % 2 && i == half;
        uint32_t far = low ? half - i : i - (all - half) + 1; /* from the middle, from 1 */
        parts[count++] = (struct stacked_part){.share = share_of_row(chart->table, rows[i]),
                                               .tone = middle ? TONE_BAND
                                                       : low  ? TONE_SECOND
                                                              : TONE_FIRST,
                                               .hollow = !middle && 2 * far <= half,
                                               .name = point_word(chart, rows[i])};
    }
    return count;
}

static void bar_draw(const struct answers_picture *answers, const struct spread *spread, double y)
{
    const struct table *table = answers->chart.table;
    struct stacked_part parts[POINTS_MOST];
    size_t count = parts_make(&answers->chart, spread, parts);
    const struct stacked_sums sums = {.start = start_of(table, spread),
                                      .left = share_of_row(table, spread->below),
                                      .middle = share_of_row(table, spread->middle),
                                      .right = share_of_row(table, spread->above),
                                      .left_tone = TONE_INK,
                                      .right_tone = TONE_INK};
    stacked_bar_draw(answers->chart.picture, &answers->share, sums.start, parts, count, y);
    stacked_sums_draw(answers->chart.picture, &answers->share, &sums, y);
}

static enum status answers_draw(const void *inside, const struct row *row, uint32_t index, const char *name, const char **number)
{
    const struct answers_picture *answers = inside;
    const struct row_chart *chart = &answers->chart;
    struct row_texts texts = {.tone = TONE_INK};
    struct spread spread = spread_read(chart->table, row);
    const struct row *above = spread.above ? spread.above : row;
    enum status status = row_figures(chart, above, "share", "share_low", &texts);
    if (status)
        return status;
    *number = texts.number;
    double top = row_top(chart->frame, index), side = top + chart->frame->side_drop;
    row_label(chart->picture, chart->frame, index, name);
    row_texts(chart->picture, chart->frame, index, &texts);
    if (!spread_known(chart->table, &spread))
        return STATUS_OK;
    bar_draw(answers, &spread, top + chart->frame->plot_drop);
    if (cell_has(chart->table, above, "share_low") && cell_has(chart->table, above, "share_high"))
        plot_interval(chart->picture, TONE_FIRST, &answers->above, side, cell_number(chart->table, above, "share_low"),
                      cell_number(chart->table, above, "share_high"));
    (void)picture_dot(chart->picture, TONE_FIRST, 3.5,
                      (struct point){axis_place(&answers->above, share_of_row(chart->table, above)), side});
    return STATUS_OK;
}

static enum status answer_distribution_draw(struct ctx *ctx, const struct document_head *head, const struct document_block *block,
                                            enum chart_room room, struct picture *out)
{
    struct answers_picture answers = {
        .chart = {ctx, head, block, released_table_view(block->table), &stacked_frames[room], out, NULL}};
    const char *language = head->language;
    const char *const words[] = {words_or_english(language, "chart.head.below"), words_or_english(language, "chart.head.middle"),
                                 words_or_english(language, "chart.head.above")};
    uint32_t rows = block_rows(block);
    if (!rows)
        return picture_end(out, 0);
    axes_find(&answers);
    stacked_heads_draw(out, answers.chart.frame, &answers.share, words,
                       &(struct stacked_sums){.left_tone = TONE_SOFT, .right_tone = TONE_SOFT});
    plot_head(out, &answers.above, words_or_english(language, "chart.head.share_above"));
    plot_mark(out, answers.chart.frame, &answers.above, rows, 0.5, "");
    return rows_draw(&answers.chart, &answers, answers_draw);
}

const struct chart chart_answer_distribution = {
    .name = "answer_distribution",
    .meaning = "How the answers to each item are spread over its scale, and the share above its middle with its interval.",
    .draw = answer_distribution_draw,
};
