/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/words.h"
#include "render/chart/period_plot.h"

/* The sums of what lies above and below the centre (CUSUM): one goes up from 0, the other down, and a signal is given beyond 5. */

static enum status cusum_chart_draw(struct ctx *ctx, const struct document_head *head, const struct document_block *block,
                                    enum chart_room room, struct picture *out)
{
    static const char *const low[] = {"cusum_low", NULL}, *const high[] = {"cusum_high", NULL};
    static const struct period_columns above = {.value = "cusum_above",
                                                .signal = "cusum_signal",
                                                .high_signals = high,
                                                .high_key = "chart.period.risen",
                                                .has_limits = true,
                                                .low_limit = -PERIOD_SUM_LIMIT,
                                                .high_limit = PERIOD_SUM_LIMIT};
    static const struct period_columns below = {
        .value = "cusum_below", .signal = "cusum_signal", .low_signals = low, .low_key = "chart.period.fallen", .sign = -1};
    struct period_line lines[] = {{.low = TONE_SHORT, .high = TONE_ABOVE}, {.low = TONE_SHORT, .high = TONE_ABOVE}};
    const struct period_plot plot = {.head = head,
                                     .title = words_or_english(head->language, "chart.head.cusum"),
                                     .has_centre = true,
                                     .centre_word = words_or_english(head->language, "chart.period.centre"),
                                     .limit_word = words_or_english(head->language, "chart.period.limit"),
                                     .lines = lines,
                                     .line_count = 2};
    enum status status = period_points_read(ctx, head, block, &above, &lines[0]);
    if (!status)
        status = period_points_read(ctx, head, block, &below, &lines[1]);
    return status ? status : period_plot_draw(ctx, &plot, room, out);
}

const struct chart chart_cusum_chart = {
    .name = "cusum_chart",
    .meaning =
        "The sums of what lies above and below the mean gap over periods; a lasting change lets one of them pass its limit.",
    .draw = cusum_chart_draw,
};
