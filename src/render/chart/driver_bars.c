/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "model/shown.h"
#include "model/words.h"
#include "render/chart/row_frame.h"

/* Drivers of an outcome, the most important first: a bar from zero for each one's part of what is explained, with its interval where
 * it was drawn again, and beside it the coefficient with its interval. Filled bars are shown to go with the outcome. */

static const struct row_frame frames[ROOM_COUNT] = {
    [ROOM_WIDE] = {.label_letters = 34,
                   .plot_left = 252,
                   .plot_right = 388,
                   .side_left = 440,
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
                     .plot_left = 12,
                     .plot_right = 150,
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
    [ROOM_PAPER] = {.label_letters = 31,
                    .plot_left = 228,
                    .plot_right = 344,
                    .side_left = 392,
                    .side_right = 474,
                    .number_right = 520,
                    .interval_right = 632,
                    .word_left = 640,
                    .word_right = 704,
                    .top = 46,
                    .height = 36,
                    .plot_drop = 18,
                    .side_drop = 18,
                    .text_drop = 22},
};

#define BAR_PX 7.0 /* half its height */

struct driver_picture {
    struct row_chart chart;
    struct axis part, slope;
};

/* How far the two axes go. */
static void axes_find(struct driver_picture *drivers, const struct document_block *block)
{
    double part = 0, slope = 0, ends = 0;
    for (uint32_t i = 0; i < block_rows(block); i++) {
        const struct row *row = block_row(block, i);
        part =
            fmax(part, fmax(cell_number(drivers->chart.table, row, "lmg"), cell_number(drivers->chart.table, row, "lmg_high")));
        slope = fmax(slope, fabs(cell_number(drivers->chart.table, row, "b")));
        ends = fmax(ends, fabs(cell_number(drivers->chart.table, row, "ci_low")));
        ends = fmax(ends, fabs(cell_number(drivers->chart.table, row, "ci_high")));
    }
    double reach = reach_find(slope, ends);
    drivers->part = (struct axis){0, part > 0 ? part : 1, drivers->chart.frame->plot_left, drivers->chart.frame->plot_right};
    drivers->slope = (struct axis){-reach, reach, drivers->chart.frame->side_left, drivers->chart.frame->side_right};
}

/* The bar, its interval, and the share in words at the end of what is longer. */
static enum status bar_draw(const struct driver_picture *drivers, const struct row *row, double y, bool shown)
{
    struct picture *picture = drivers->chart.picture;
    double part = fmax(cell_number(drivers->chart.table, row, "lmg"), 0), end = axis_place(&drivers->part, part);
    struct mark *bar = picture_box(picture, TONE_FIRST, (struct point){drivers->part.from, y - BAR_PX},
                                   (struct point){fmax(end, drivers->part.from + 1), y + BAR_PX});
    bar->hollow = !shown;
    if (cell_has(drivers->chart.table, row, "lmg_low") && cell_has(drivers->chart.table, row, "lmg_high")) {
        double low = cell_number(drivers->chart.table, row, "lmg_low"), high = cell_number(drivers->chart.table, row, "lmg_high");
        plot_interval(picture, TONE_INK, &drivers->part, y, low, high);
        end = fmax(end, axis_place(&drivers->part, high));
    }
    if (!cell_has(drivers->chart.table, row, "lmg_share"))
        return STATUS_OK;
    char number[64];
    shown_number(cell_number(drivers->chart.table, row, "lmg_share") * 100, 0, true, number, sizeof number);
    const char *text = arena_format(drivers->chart.ctx->arena, "%s %%", number);
    if (!text)
        return ctx_no_memory(drivers->chart.ctx);
    (void)picture_text(picture, TONE_INK, (struct point){end + 6, y + 4}, ANCHOR_START, span_of(text));
    return STATUS_OK;
}

static enum status driver_draw(const void *inside, const struct row *row, uint32_t index, const char *name, const char **number)
{
    const struct driver_picture *drivers = inside;
    struct row_texts texts = {.tone = TONE_INK};
    double top = row_top(drivers->chart.frame, index), side = top + drivers->chart.frame->side_drop;
    bool tested = cell_has(drivers->chart.table, row, "p_holm");
    bool shown = tested && cell_number(drivers->chart.table, row, "p_holm") < 1 - drivers->chart.head->confidence;
    texts.word =
        tested ? words_or_english(drivers->chart.head->language, shown ? "chart.driver.shown" : "chart.driver.open") : "";
    enum status status = row_signed_figures(&drivers->chart, row, "b", "ci_low", &texts);
    if (status)
        return status;
    row_label(drivers->chart.picture, drivers->chart.frame, index, name);
    row_texts(drivers->chart.picture, drivers->chart.frame, index, &texts);
    *number = texts.number;
    if (cell_has(drivers->chart.table, row, "ci_low") && cell_has(drivers->chart.table, row, "ci_high"))
        plot_interval(drivers->chart.picture, TONE_FIRST, &drivers->slope, side, cell_number(drivers->chart.table, row, "ci_low"),
                      cell_number(drivers->chart.table, row, "ci_high"));
    if (cell_has(drivers->chart.table, row, "b"))
        picture_dot(drivers->chart.picture, TONE_FIRST, 4,
                    (struct point){axis_place(&drivers->slope, cell_number(drivers->chart.table, row, "b")), side})
            ->hollow = !shown;
    return cell_has(drivers->chart.table, row, "lmg") ? bar_draw(drivers, row, top + drivers->chart.frame->plot_drop, shown)
                                                      : STATUS_OK;
}

static void axes_draw(const struct driver_picture *drivers, uint32_t rows)
{
    const char *language = drivers->chart.head->language;
    plot_head(drivers->chart.picture, &drivers->part, words_or_english(language, "chart.head.part"));
    plot_head(drivers->chart.picture, &drivers->slope, words_or_english(language, "chart.head.slope"));
    plot_ticks(drivers->chart.picture, drivers->chart.frame, &drivers->part, rows);
    plot_mark(drivers->chart.picture, drivers->chart.frame, &drivers->slope, rows, 0, "0");
}

static enum status driver_bars_draw(struct ctx *ctx, const struct document_head *head, const struct document_block *block,
                                    enum chart_room room, struct picture *out)
{
    struct driver_picture drivers = {
        .chart = {ctx, head, block, released_table_view(block->table), &frames[room], out, "driver"}};
    uint32_t rows = block_rows(block);
    if (!rows)
        return picture_end(out, 0);
    axes_find(&drivers, block);
    axes_draw(&drivers, rows);
    return rows_draw(&drivers.chart, &drivers, driver_draw);
}

const struct chart chart_driver_bars = {
    .name = "driver_bars",
    .meaning = "What goes with an outcome: each driver's part of what is explained, and its coefficient with its interval.",
    .draw = driver_bars_draw,
};
