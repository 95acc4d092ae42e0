/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/words.h"
#include "render/chart/period_plot.h"

/* The moving average of the gap (EWMA) between its limits, and the mean gap of each period as a small hollow dot. */

static enum status ewma_chart_draw(struct ctx *ctx, const struct document_head *head, const struct document_block *block,
                                   enum chart_room room, struct picture *out)
{
    static const char *const low[] = {"ewma_low", NULL}, *const high[] = {"ewma_high", NULL};
    static const struct period_columns columns = {.value = "ewma",
                                                  .low = "limit_low",
                                                  .high = "limit_high",
                                                  .raw = "gap",
                                                  .signal = "signal",
                                                  .low_signals = low,
                                                  .high_signals = high,
                                                  .low_key = "chart.period.low",
                                                  .high_key = "chart.period.high"};
    struct period_line line = {.low = TONE_SHORT, .high = TONE_ABOVE};
    struct period_plot plot = {.head = head,
                               .title = words_or_english(head->language, "chart.head.ewma"),
                               .centre_word = words_or_english(head->language, "chart.period.centre"),
                               .limit_word = words_or_english(head->language, "chart.period.limit"),
                               .lines = &line,
                               .line_count = 1};
    plot.has_centre = period_centre(block, "centre", &plot.centre);
    enum status status = period_points_read(ctx, head, block, &columns, &line);
    return status ? status : period_plot_draw(ctx, &plot, room, out);
}

const struct chart chart_ewma_chart = {
    .name = "ewma_chart",
    .meaning = "The moving average of the gap over periods between its control limits; signals are marked.",
    .draw = ewma_chart_draw,
};
