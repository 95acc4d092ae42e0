/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "model/words.h"
#include "render/chart/row_frame.h"

/* Gaps then and now: hollow the earlier, filled the later one, a line between them, and the change with its interval. A row is a
 * step from one wave to the next, or a subject between two sets of answers. */

static const struct row_frame frames[ROOM_COUNT] = {
    [ROOM_WIDE] = {.label_letters = 34,
                   .plot_left = 252,
                   .plot_right = 418,
                   .side_left = 436,
                   .side_right = 530,
                   .number_right = 578,
                   .interval_right = 692,
                   .word_left = 702,
                   .word_right = 768,
                   .top = 46,
                   .height = 38,
                   .plot_drop = 19,
                   .side_drop = 19,
                   .text_drop = 23},
    [ROOM_NARROW] = {.label_letters = 48,
                     .plot_left = 14,
                     .plot_right = 186,
                     .side_left = 210,
                     .side_right = 350,
                     .number_right = 48,
                     .interval_right = 162,
                     .word_left = 172,
                     .word_right = 360,
                     .top = 46,
                     .height = 82,
                     .plot_drop = 70,
                     .side_drop = 70,
                     .text_drop = 50,
                     .stacked = true},
    [ROOM_PAPER] = {.label_letters = 30,
                    .plot_left = 222,
                    .plot_right = 366,
                    .side_left = 382,
                    .side_right = 466,
                    .number_right = 514,
                    .interval_right = 628,
                    .word_left = 638,
                    .word_right = 704,
                    .top = 46,
                    .height = 36,
                    .plot_drop = 18,
                    .side_drop = 18,
                    .text_drop = 22},
};

struct changes {
    struct row_chart chart;
    struct axis gap, change;
};

static void axes_find(struct changes *changes)
{
    const struct row_frame *frame = changes->chart.frame;
    const struct table *table = changes->chart.table;
    double least = 0, most = 0, change = 0, ends = 0;
    for (uint32_t i = 0; i < block_rows(changes->chart.block); i++) {
        const struct row *row = block_row(changes->chart.block, i);
        double before = cell_number(table, row, "gap_old"), now = cell_number(table, row, "gap_new");
        least = fmin(least, fmin(before, now));
        most = fmax(most, fmax(before, now));
        change = fmax(change, fabs(cell_number(table, row, "change")));
        ends = fmax(ends, fmax(fabs(cell_number(table, row, "ci_low")), fabs(cell_number(table, row, "ci_high"))));
    }
    double edge = most > least ? (most - least) * 0.04 : 1, reach = reach_find(change, ends);
    changes->gap = (struct axis){least - edge, most + edge, frame->plot_left, frame->plot_right};
    changes->change = (struct axis){-reach, reach, frame->side_left, frame->side_right};
}

/* Better, worse, or not shown: by the p that allows for all rows. */
static enum tone tone_find(const struct changes *changes, const struct row *row)
{
    const struct table *table = changes->chart.table;
    if (!cell_has(table, row, "p_holm") || cell_number(table, row, "p_holm") >= 1 - changes->chart.head->confidence)
        return TONE_UNDECIDED;
    return cell_number(table, row, "change") < 0 ? TONE_SHORT : TONE_ABOVE;
}

static const char *word_find(const struct changes *changes, const struct row *row, enum tone tone)
{
    if (!cell_has(changes->chart.table, row, "p_holm"))
        return "";
    const char *key = tone == TONE_SHORT   ? "chart.change.worse"
                      : tone == TONE_ABOVE ? "chart.change.better"
                                           : "chart.change.open";
    return words_or_english(changes->chart.head->language, key);
}

static void marks_draw(const struct changes *changes, const struct row *row, enum tone tone, double top)
{
    const struct table *table = changes->chart.table;
    struct picture *picture = changes->chart.picture;
    double y = top + changes->chart.frame->plot_drop, side = top + changes->chart.frame->side_drop;
    struct point before = {axis_place(&changes->gap, cell_number(table, row, "gap_old")), y};
    struct point now = {axis_place(&changes->gap, cell_number(table, row, "gap_new")), y};
    bool both = cell_has(table, row, "gap_old") && cell_has(table, row, "gap_new");
    if (both)
        (void)picture_line(picture, tone, 2.5, before, now);
    if (cell_has(table, row, "gap_old"))
        picture_dot(picture, tone, 5, before)->hollow = true;
    if (cell_has(table, row, "gap_new"))
        (void)picture_dot(picture, tone, 5, now);
    if (cell_has(table, row, "ci_low") && cell_has(table, row, "ci_high"))
        plot_interval(picture, tone, &changes->change, side, cell_number(table, row, "ci_low"),
                      cell_number(table, row, "ci_high"));
    if (cell_has(table, row, "change"))
        (void)picture_dot(picture, tone, 3.5,
                          (struct point){axis_place(&changes->change, cell_number(table, row, "change")), side});
}

static enum status change_draw(const void *inside, const struct row *row, uint32_t index, const char *name, const char **number)
{
    const struct changes *changes = inside;
    const struct row_chart *chart = &changes->chart;
    enum tone tone = tone_find(changes, row);
    struct row_texts texts = {.tone = tone == TONE_UNDECIDED ? TONE_INK : tone, .word = word_find(changes, row, tone)};
    const char *label = name;
    enum status status = row_signed_figures(chart, row, "change", "ci_low", &texts);
    if (!status)
        status = row_step_name(chart->ctx, chart->head, chart->table, row, name, &label);
    if (status)
        return status;
    *number = texts.number;
    row_label(chart->picture, chart->frame, index, label);
    row_texts(chart->picture, chart->frame, index, &texts);
    marks_draw(changes, row, tone, row_top(chart->frame, index));
    return STATUS_OK;
}

static enum status gap_changes_draw(struct ctx *ctx, const struct document_head *head, const struct document_block *block,
                                    enum chart_room room, struct picture *out)
{
    struct changes changes = {.chart = {ctx, head, block, released_table_view(block->table), &frames[room], out, NULL}};
    uint32_t rows = block_rows(block);
    if (!rows)
        return picture_end(out, 0);
    axes_find(&changes);
    plot_head(out, &changes.gap, words_or_english(head->language, "chart.head.then"));
    plot_head(out, &changes.change, words_or_english(head->language, "chart.head.change"));
    plot_ticks(out, changes.chart.frame, &changes.gap, rows);
    plot_mark(out, changes.chart.frame, &changes.gap, rows, 0, "");
    plot_mark(out, changes.chart.frame, &changes.change, rows, 0, "0");
    return rows_draw(&changes.chart, &changes, change_draw);
}

const struct chart chart_gap_changes = {
    .name = "gap_changes",
    .meaning = "The gap before (hollow) and now (filled), wave to wave or subject by subject, and the change with its interval.",
    .draw = gap_changes_draw,
};
