/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "model/measure.h"
#include "model/shown.h"
#include "model/words.h"
#include "render/chart/row_frame.h"

/* Gaps of dimensions as bars from zero with their intervals; beside them what was expected and got. Filled bars are shown to differ
 * from no gap. */

static const struct row_frame frames[ROOM_COUNT] = {
    [ROOM_WIDE] = {.label_letters = 29,
                   .side_left = 222,
                   .side_right = 302,
                   .plot_left = 322,
                   .plot_right = 520,
                   .number_right = 578,
                   .interval_right = 692,
                   .word_left = 702,
                   .word_right = 768,
                   .top = 46,
                   .height = 38,
                   .plot_drop = 19,
                   .side_drop = 23,
                   .text_drop = 23},
    [ROOM_NARROW] = {.label_letters = 48,
                     .side_left = 0,
                     .side_right = 88,
                     .plot_left = 112,
                     .plot_right = 342,
                     .number_right = 48,
                     .interval_right = 162,
                     .word_left = 172,
                     .word_right = 360,
                     .top = 46,
                     .height = 82,
                     .plot_drop = 68,
                     .side_drop = 72,
                     .text_drop = 50,
                     .stacked = true},
    [ROOM_PAPER] = {.label_letters = 26,
                    .side_left = 196,
                    .side_right = 276,
                    .plot_left = 294,
                    .plot_right = 460,
                    .number_right = 516,
                    .interval_right = 628,
                    .word_left = 636,
                    .word_right = 704,
                    .top = 46,
                    .height = 36,
                    .plot_drop = 18,
                    .side_drop = 22,
                    .text_drop = 22},
};

#define BAR_PX 7.0 /* half its height */

struct dimension_picture {
    struct row_chart chart;
    struct axis gap;
};

static struct axis axis_find(const struct row_chart *chart)
{
    double estimates = 0, ends = 0;
    for (uint32_t i = 0; i < block_rows(chart->block); i++) {
        const struct row *row = block_row(chart->block, i);
        estimates = fmax(estimates, fabs(cell_number(chart->table, row, "gap")));
        ends = fmax(ends, fmax(fabs(cell_number(chart->table, row, "ci_low")), fabs(cell_number(chart->table, row, "ci_high"))));
    }
    double reach = reach_find(estimates, ends);
    return (struct axis){-reach, reach, chart->frame->plot_left, chart->frame->plot_right};
}

/* How a verdict is drawn. */
struct verdict_look {
    const char *verdict;
    enum tone tone;
    bool shown; /* to differ from no gap */
};

static const struct verdict_look *look_of(const struct table *table, const struct row *row)
{
    static const struct verdict_look looks[] = {{"short", TONE_SHORT, true},
                                                {"above", TONE_ABOVE, true},
                                                {"met", TONE_UNDECIDED, false},
                                                {"undecided", TONE_UNDECIDED, false}};
    for (size_t i = 0; i < 3; i++)
        if (cell_is(table, row, "verdict", looks[i].verdict))
            return &looks[i];
    return &looks[3];
}

/* "4.20 → 3.76" */
static enum status means_draw(const struct dimension_picture *dimensions, const struct row *row, double y)
{
    const struct row_chart *chart = &dimensions->chart;
    char expected[64], got[64];
    if (!cell_has(chart->table, row, "mean_expectation") || !cell_has(chart->table, row, "mean_perception"))
        return STATUS_OK;
    shown_number(cell_number(chart->table, row, "mean_expectation"), 2, true, expected, sizeof expected);
    shown_number(cell_number(chart->table, row, "mean_perception"), 2, true, got, sizeof got);
    const char *text = arena_format(chart->ctx->arena, "%s → %s", expected, got);
    if (!text)
        return ctx_no_memory(chart->ctx);
    (void)picture_text(chart->picture, TONE_INK, (struct point){(chart->frame->side_left + chart->frame->side_right) / 2, y},
                       ANCHOR_MIDDLE, text_within(chart->picture, text, SMALL_PX, 96));
    return STATUS_OK;
}

static enum status dimension_draw(const void *inside, const struct row *row, uint32_t index, const char *name,
                                  const char **number)
{
    const struct dimension_picture *dimensions = inside;
    const struct row_chart *chart = &dimensions->chart;
    const struct verdict_look *look = look_of(chart->table, row);
    double y = row_top(chart->frame, index) + chart->frame->plot_drop, zero = axis_place(&dimensions->gap, 0);
    struct row_texts texts = {.tone = look->shown ? look->tone : TONE_INK};
    texts.word = shown_word(chart->head, look->verdict);
    enum status status = row_signed_figures(chart, row, "gap", "ci_low", &texts);
    if (!status)
        status = means_draw(dimensions, row, row_top(chart->frame, index) + chart->frame->side_drop);
    if (status)
        return status;
    row_label(chart->picture, chart->frame, index, name);
    row_texts(chart->picture, chart->frame, index, &texts);
    *number = texts.number;
    if (!cell_has(chart->table, row, "gap"))
        return STATUS_OK;
    double end = axis_place(&dimensions->gap, cell_number(chart->table, row, "gap"));
    struct mark *bar = picture_box(chart->picture, look->tone, (struct point){fmin(zero, end), y - BAR_PX},
                                   (struct point){fmax(fmax(zero, end), fmin(zero, end) + 1), y + BAR_PX});
    bar->hollow = !look->shown;
    if (cell_has(chart->table, row, "ci_low") && cell_has(chart->table, row, "ci_high"))
        plot_interval(chart->picture, TONE_INK, &dimensions->gap, y, cell_number(chart->table, row, "ci_low"),
                      cell_number(chart->table, row, "ci_high"));
    return STATUS_OK;
}

static enum status dimension_bars_draw(struct ctx *ctx, const struct document_head *head, const struct document_block *block,
                                       enum chart_room room, struct picture *out)
{
    struct dimension_picture dimensions = {.chart = {.ctx = ctx,
                                                     .head = head,
                                                     .block = block,
                                                     .table = released_table_view(block->table),
                                                     .frame = &frames[room],
                                                     .picture = out}};
    const struct row_frame *frame = dimensions.chart.frame;
    uint32_t rows = block_rows(block);
    if (!rows)
        return picture_end(out, 0);
    dimensions.gap = axis_find(&dimensions.chart);
    const struct axis side = {0, 1, frame->side_left, frame->side_right};
    plot_head(out, &side, words_or_english(head->language, "chart.head.expected_got"));
    plot_head(out, &dimensions.gap, words_or_english(head->language, "chart.head.gap"));
    plot_ticks(out, frame, &dimensions.gap, rows);
    plot_mark(out, frame, &dimensions.gap, rows, 0, "");
    return rows_draw(&dimensions.chart, &dimensions, dimension_draw);
}

const struct chart chart_dimension_bars = {
    .name = "dimension_bars",
    .meaning = "The gap of each dimension as a bar from zero with its interval, beside what was expected and got.",
    .draw = dimension_bars_draw,
};
