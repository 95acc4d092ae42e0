/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/chart/gap_chart.h"

static enum status zone_bands_draw(struct ctx *ctx, const struct document_head *head, const struct document_block *block,
                                   enum chart_room room, struct picture *out)
{
    struct gap_chart chart;
    enum status status = gap_chart_make(ctx, head, block, true, &chart);
    return status ? status : gap_chart_picture(&chart, room, out);
}

const struct chart chart_zone_bands = {
    .name = "zone_bands",
    .meaning = "The zone of tolerance of each item as a band from minimum to desired, the perceived level on it, and the "
               "adequacy with its interval; where only one edge was asked, the distance from it.",
    .draw = zone_bands_draw,
};
