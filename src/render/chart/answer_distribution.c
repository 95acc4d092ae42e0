/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "model/words.h"
#include "render/chart/stacked_bar.h"

/* How the answers to each item are spread over its scale, centred on the scale's middle: a part for each point, the outer half of either
 * side filled, the inner one hollow. Beside it the share above the middle with its interval. */

#define POINTS_MOST 11u
#define NAME_BYTES  40u

struct answers_picture {
    struct row_chart chart;
    struct axis share, above;
};

/* Where the bar of a row starts so that the middle of the scale is at 0. */
static double start_of(const struct table *table, const struct row *row)
{
    return -cell_number(table, row, "below") - cell_number(table, row, "middle") / 2;
}

static void axes_find(struct answers_picture *answers)
{
    const struct table *table = answers->chart.table;
    const struct row_frame *frame = answers->chart.frame;
    double left = 0, right = 0;
    for (uint32_t i = 0; i < block_rows(answers->chart.block); i++) {
        const struct row *row = block_row(answers->chart.block, i);
        left = fmin(left, start_of(table, row));
        right = fmax(right, cell_number(table, row, "middle") / 2 + cell_number(table, row, "above"));
    }
    answers->share = (struct axis){left, right > left ? right : left + 1, frame->plot_left + STACKED_LABEL_PX,
                                   frame->plot_right - STACKED_LABEL_PX};
    answers->above = (struct axis){0, 1, frame->side_left, frame->side_right};
}

/* How many points the scale of a row has, when it has shares of them. */
static uint32_t points_count(const struct table *table, const struct row *row)
{
    uint32_t first = table_column(table, "point_1"), count = 0;
    while (count < POINTS_MOST && row->values[first + count].kind == VALUE_NUMBER)
        count++;
    return count;
}

/* What a point of the scale of a row's item is called. */
static void point_name(const struct row_chart *chart, const struct row *row, uint32_t index, char *into)
{
    const struct study *study = chart->head->study;
    const struct value *id = table_value(chart->table, row, "item");
    for (uint32_t i = 0; i < study->item_count; i++) {
        if (id->kind == VALUE_TEXT && strcmp(study->items[i].id, id->text) == 0)
            (void)snprintf(into, NAME_BYTES, "%.10g", scale_value(&study->scales[study->items[i].scale], index + 1));
    }
}

/* One part of so many: its tone by its side, hollow in the inner half of it. */
static struct stacked_part part_make(double share, uint32_t index, uint32_t all, const char *name)
{
    uint32_t half = all / 2;
    bool low = index < half, middle = all % 2 && index == half;
    uint32_t far = low ? half - index : index + 1 + half - all; /* from the middle, from 1 */
    return (struct stacked_part){share, middle ? TONE_BAND : low ? TONE_SECOND : TONE_FIRST, !middle && 2 * far <= half, name};
}

/* Each point of the scale, or its three sides where the scale is long. */
static void bar_draw(const struct answers_picture *answers, const struct row *row, double y)
{
    static const char *const sides[] = {"below", "middle", "above"};
    static const char *const keys[] = {"chart.head.below", "chart.head.middle", "chart.head.above"};
    const struct row_chart *chart = &answers->chart;
    struct stacked_part parts[POINTS_MOST];
    char names[POINTS_MOST][NAME_BYTES] = {""};
    uint32_t points = points_count(chart->table, row), first = table_column(chart->table, "point_1");
    for (uint32_t i = 0; i < points; i++) {
        point_name(chart, row, i, names[i]);
        parts[i] = part_make(row->values[first + i].number, i, points, names[i]);
    }
    for (uint32_t i = 0; i < 3 && !points; i++)
        parts[i] = part_make(cell_number(chart->table, row, sides[i]), i, 3, words_or_english(chart->head->language, keys[i]));
    const struct stacked_sums sums = {.start = start_of(chart->table, row),
                                      .left = cell_number(chart->table, row, "below"),
                                      .middle = cell_number(chart->table, row, "middle"),
                                      .right = cell_number(chart->table, row, "above"),
                                      .left_tone = TONE_INK,
                                      .right_tone = TONE_INK};
    stacked_bar_draw(chart->picture, &answers->share, sums.start, parts, points ? points : 3, y);
    stacked_sums_draw(chart->picture, &answers->share, &sums, y);
}

static enum status answers_draw(const void *inside, const struct row *row, uint32_t index, const char *name, const char **number)
{
    const struct answers_picture *answers = inside;
    const struct row_chart *chart = &answers->chart;
    struct row_texts texts = {.tone = TONE_INK};
    enum status status = row_figures(chart, row, "above", "above_low", &texts);
    if (status)
        return status;
    *number = texts.number;
    double top = row_top(chart->frame, index), side = top + chart->frame->side_drop;
    row_label(chart->picture, chart->frame, index, name);
    row_texts(chart->picture, chart->frame, index, &texts);
    if (!cell_has(chart->table, row, "above"))
        return STATUS_OK;
    bar_draw(answers, row, top + chart->frame->plot_drop);
    if (cell_has(chart->table, row, "above_low") && cell_has(chart->table, row, "above_high"))
        plot_interval(chart->picture, TONE_FIRST, &answers->above, side, cell_number(chart->table, row, "above_low"),
                      cell_number(chart->table, row, "above_high"));
    (void)picture_dot(chart->picture, TONE_FIRST, 3.5,
                      (struct point){axis_place(&answers->above, cell_number(chart->table, row, "above")), side});
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
