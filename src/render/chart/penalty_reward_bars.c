/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "model/measure.h"
#include "model/words.h"
#include "render/chart/row_frame.h"

/* How much lower an outcome is where an item is marked low, and how much higher where it is marked high: two bars from zero per
 * item, each with its interval and its numbers. Filled bars are shown to differ from zero. */

static const struct row_frame frames[ROOM_COUNT] = {
    [ROOM_WIDE] = {.label_letters = 34,
                   .plot_left = 256,
                   .plot_right = 478,
                   .number_right = 536,
                   .interval_right = 650,
                   .word_left = 662,
                   .word_right = 768,
                   .top = 46,
                   .height = 44,
                   .plot_drop = 21,
                   .text_drop = 25},
    [ROOM_NARROW] = {.label_letters = 48,
                     .plot_left = 16,
                     .plot_right = 186,
                     .number_right = 238,
                     .interval_right = 352,
                     .word_left = 0,
                     .word_right = 186,
                     .top = 46,
                     .height = 98,
                     .plot_drop = 70,
                     .text_drop = 74,
                     .stacked = true},
    [ROOM_PAPER] = {.label_letters = 30,
                    .plot_left = 226,
                    .plot_right = 424,
                    .number_right = 480,
                    .interval_right = 592,
                    .word_left = 602,
                    .word_right = 704,
                    .top = 46,
                    .height = 42,
                    .plot_drop = 20,
                    .text_drop = 24},
};

#define HALF_PX 8.0 /* from the middle of a row to the middle of each bar */
#define BAR_PX  5.0 /* half the height of a bar */

/* One of the two sides of an item. */
struct impact_side {
    const char *column, *low, *high;
    enum tone tone;
    double drop; /* from the middle of the row */
};

static const struct impact_side sides[] = {{"penalty", "penalty_ci_low", "penalty_ci_high", TONE_SHORT, -HALF_PX},
                                           {"reward", "reward_ci_low", "reward_ci_high", TONE_ABOVE, HALF_PX}};

struct impact_picture {
    struct row_chart chart;
    struct axis axis;
};

static struct axis axis_find(const struct row_chart *chart)
{
    double estimates = 0, ends = 0;
    for (uint32_t i = 0; i < 2 * block_rows(chart->block); i++) {
        const struct row *row = block_row(chart->block, i / 2);
        const struct impact_side *side = &sides[i % 2];
        estimates = fmax(estimates, fabs(cell_number(chart->table, row, side->column)));
        ends = fmax(ends, fabs(cell_number(chart->table, row, side->low)));
        ends = fmax(ends, fabs(cell_number(chart->table, row, side->high)));
    }
    double reach = reach_find(estimates, ends);
    return (struct axis){-reach, reach, chart->frame->plot_left, chart->frame->plot_right};
}

/* The class of an item in words; "" when it has none. */
static const char *class_word(const struct row_chart *chart, const struct row *row)
{
    static const char *const classes[] = {"delighter", "satisfier", "hybrid", "dissatisfier", "frustrator", "no impact"};
    static const char *const keys[] = {"chart.impact.delighter",    "chart.impact.satisfier",  "chart.impact.hybrid",
                                       "chart.impact.dissatisfier", "chart.impact.frustrator", "chart.impact.no"};
    if (cell_is(chart->table, row, "settled", "unsettled"))
        return words_or_english(chart->head->language, "chart.impact.unsettled");
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (cell_is(chart->table, row, "class", classes[i]))
            return words_or_english(chart->head->language, keys[i]);
    return "";
}

/* A side's bar, its interval and its numbers. */
static enum status side_draw(const struct impact_picture *impact, const struct row *row, uint32_t index,
                             const struct impact_side *side)
{
    const struct row_chart *chart = &impact->chart;
    double y = row_top(chart->frame, index) + chart->frame->plot_drop + side->drop, zero = axis_place(&impact->axis, 0);
    double end = axis_place(&impact->axis, cell_number(chart->table, row, side->column));
    double low = cell_number(chart->table, row, side->low), high = cell_number(chart->table, row, side->high);
    bool known = cell_has(chart->table, row, side->low) && cell_has(chart->table, row, side->high);
    bool shown = known && (low > 0 || high < 0);
    struct row_frame line = *chart->frame;
    struct row_texts texts = {.tone = shown ? side->tone : TONE_INK};
    enum status status = row_signed_figures(chart, row, side->column, side->low, &texts);
    if (status)
        return status;
    line.text_drop += side->drop;
    row_texts(chart->picture, &line, index, &texts);
    struct mark *bar = picture_box(chart->picture, side->tone, (struct point){fmin(zero, end), y - BAR_PX},
                                   (struct point){fmax(fmax(zero, end), fmin(zero, end) + 1), y + BAR_PX});
    bar->hollow = !shown;
    if (known)
        plot_interval(chart->picture, TONE_INK, &impact->axis, y, low, high);
    return STATUS_OK;
}

/* What kind of item it is: beside the numbers, or below the label where that stands above. */
static void class_draw(const struct row_chart *chart, const struct row *row, uint32_t index)
{
    const struct row_frame *frame = chart->frame;
    double y = row_top(frame, index) + (frame->stacked ? 46 : frame->text_drop);
    const char *word = class_word(chart, row);
    if (*word)
        (void)picture_text(chart->picture, TONE_SOFT, (struct point){frame->word_left, y}, ANCHOR_START,
                           text_within(chart->picture, word, SMALL_PX, frame->word_right - frame->word_left));
}

static enum status impact_draw(const void *inside, const struct row *row, uint32_t index, const char *name, const char **number)
{
    const struct impact_picture *impact = inside;
    const struct row_chart *chart = &impact->chart;
    row_label(chart->picture, chart->frame, index, name);
    struct row_texts texts = {.tone = TONE_INK};
    enum status status = row_signed_figures(chart, row, "penalty", "penalty_ci_low", &texts);
    if (status)
        return status;
    *number = texts.number;
    if (!cell_has(chart->table, row, "penalty") || !cell_has(chart->table, row, "reward")) {
        row_texts(chart->picture, chart->frame, index, &texts);
        return STATUS_OK;
    }
    class_draw(chart, row, index);
    status = side_draw(impact, row, index, &sides[0]);
    return status ? status : side_draw(impact, row, index, &sides[1]);
}

static enum status penalty_reward_bars_draw(struct ctx *ctx, const struct document_head *head, const struct document_block *block,
                                            enum chart_room room, struct picture *out)
{
    struct impact_picture impact = {.chart = {.ctx = ctx,
                                              .head = head,
                                              .block = block,
                                              .table = released_table_view(block->table),
                                              .frame = &frames[room],
                                              .picture = out,
                                              .key = "item"}};
    uint32_t rows = block_rows(block);
    if (!rows)
        return picture_end(out, 0);
    impact.axis = axis_find(&impact.chart);
    plot_head(out, &impact.axis, words_or_english(head->language, "chart.head.impact"));
    plot_ticks(out, impact.chart.frame, &impact.axis, rows);
    plot_mark(out, impact.chart.frame, &impact.axis, rows, 0, "");
    return rows_draw(&impact.chart, &impact, impact_draw);
}

const struct chart chart_penalty_reward_bars = {
    .name = "penalty_reward_bars",
    .meaning =
        "How much lower an outcome is where an item is marked low, and how much higher where it is marked high, with intervals.",
    .draw = penalty_reward_bars_draw,
};
