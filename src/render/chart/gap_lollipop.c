/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/chart/gap_chart.h"

static enum status gap_lollipop_draw(struct ctx *ctx, const struct document_head *head, const struct document_block *block,
                                     enum chart_room room, struct picture *out)
{
    struct gap_chart chart;
    enum status status = gap_chart_make(ctx, head, block, false, &chart);
    return status ? status : gap_chart_picture(&chart, room, out);
}

const struct chart chart_gap_lollipop = {
    .name = "gap_lollipop",
    .meaning = "Expectation (hollow) and perception (filled) of each item, dimension or group, a line between them, and the gap "
               "with its "
               "interval.",
    .draw = gap_lollipop_draw,
};
