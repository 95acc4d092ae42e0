/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/words.h"
#include "render/chart/period_plot.h"

/* The share of customers who got less than expected, period by period, between limits that are wider where fewer answered: a p chart,
 * or Laney's p′ chart where the baseline varies more than chance lets it. */

static enum status share_chart_draw(struct ctx *ctx, const struct document_head *head, const struct document_block *block,
                                    enum chart_room room, struct picture *out)
{
    static const char *const low[] = {"p_low", "laney_low", NULL}, *const high[] = {"p_high", "laney_high", NULL};
    static const struct period_columns columns = {.value = "share_short",
                                                  .low = "limit_low",
                                                  .high = "limit_high",
                                                  .signal = "signal",
                                                  .low_signals = low,
                                                  .high_signals = high,
                                                  .low_key = "chart.period.fewer",
                                                  .high_key = "chart.period.more"};
    struct period_line line = {.low = TONE_ABOVE, .high = TONE_SHORT}; /* more customers let down is worse */
    struct period_plot plot = {.head = head,
                               .title = words_or_english(head->language, "chart.head.share"),
                               .percent = true,
                               .centre_word = words_or_english(head->language, "chart.period.centre"),
                               .limit_word = words_or_english(head->language, "chart.period.limit"),
                               .lines = &line,
                               .line_count = 1};
    plot.has_centre = period_centre(block, "centre", &plot.centre);
    enum status status = period_points_read(ctx, head, block, &columns, &line);
    return status ? status : period_plot_draw(ctx, &plot, room, out);
}

const struct chart chart_share_chart = {
    .name = "share_chart",
    .meaning =
        "The share of customers let down over periods between control limits (p chart, Laney's p′ chart); signals are marked.",
    .draw = share_chart_draw,
};
