/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/chart/chart.h"

#include <assert.h>
#include <string.h>

enum status chart_draw(struct ctx *ctx, const struct document_head *head, const struct document_block *block,
                       enum chart_room room, struct picture *out)
{
    static const double widths[ROOM_COUNT] = {WIDE_PX, NARROW_PX, PAPER_PX};
    const struct chart *chart = NULL;
    for (size_t i = 0; i < chart_register_count; i++)
        if (strcmp(chart_register[i]->name, block->chart) == 0)
            chart = chart_register[i];
    assert(chart);
    picture_begin(out, ctx, widths[room]);
    out->title = block->text ? block->text : "";
    out->subtitle = block->subtitle ? block->subtitle : "";
    return chart->draw(ctx, head, block, room, out);
}
