/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/single_chart.h"

#include <math.h>
#include <string.h>

#include "base/out.h"
#include "model/words.h"
#include "render/chart/chart.h"
#include "render/chart/layout.h"

#define MARGIN    24.0
#define TITLE_PX  18.0
#define BASE_PX   13.0
#define LINE      1.35 /* of the height of the letters, from line to line */
#define HEAD_GAP  12.0
#define FOOT_DROP 28.0
#define PER_PX    0.55 /* width of a letter, of its height */

/* Why there is not one chart. */
static enum status charts_refuse(struct ctx *ctx, const struct document *document)
{
    struct out *known = NULL;
    unsigned count = 0;
    enum status status = out_open_memory(ctx, &known);
    if (status)
        return status;
    for (uint32_t i = 0; i < document->block_count; i++) {
        bool told = document->blocks[i].kind != DOCUMENT_CHART;
        for (uint32_t j = 0; j < i && !told; j++)
            told =
                document->blocks[j].kind == DOCUMENT_CHART && strcmp(document->blocks[j].chart, document->blocks[i].chart) == 0;
        if (!told)
            out_format(known, "%s%s", count++ ? ", " : "", document->blocks[i].chart);
    }
    const char *names = NULL;
    status = out_copy(ctx, known, &names);
    if (status)
        return status;
    if (!count)
        return ctx_fail(ctx, STATUS_USAGE, NULL, "A picture holds one chart, and this report has none.");
    return ctx_fail(ctx, STATUS_USAGE, NULL, "A picture holds one chart; say which one it is to be: %s.", names);
}

/* Lines of a text below each other, from `top` on.
 * gives   where they end */
static double lines_add(struct picture *picture, const char *text, bool leftward, double top, const struct mark *look)
{
    struct span rest = span_of(text);
    size_t letters = (size_t)((picture->width - 2 * MARGIN) / (look->size * PER_PX));
    double x = leftward ? picture->width - MARGIN : MARGIN;
    while (rest.length) {
        struct span line = label_line(&rest, letters);
        struct mark *mark =
            picture_text(picture, look->tone, (struct point){x, top + look->size}, leftward ? ANCHOR_END : ANCHOR_START, line);
        mark->size = look->size;
        mark->bold = look->bold;
        top += look->size * LINE;
    }
    return top;
}

static enum status picture_frame(struct ctx *ctx, const struct document *document, const struct picture *chart,
                                 struct picture *out)
{
    static const struct mark title = {.tone = TONE_INK, .bold = true, .size = TITLE_PX},
                             base = {.tone = TONE_SOFT, .size = BASE_PX}, foot = {.tone = TONE_SOFT, .size = SMALL_PX};
    bool leftward = language_is_right_to_left(document->head.language);
    picture_begin(out, ctx, chart->width + 2 * MARGIN);
    out->title = chart->title;
    out->subtitle = chart->subtitle;
    out->description = chart->description;
    (void)picture_box(out, TONE_PAPER, (struct point){0, 0}, (struct point){out->width, 0});
    double at = lines_add(out, chart->title, leftward, MARGIN - 4, &title);
    at = lines_add(out, chart->subtitle, leftward, at + 2, &base) + HEAD_GAP;
    picture_add_picture(out, chart, (struct point){MARGIN, at});
    at = ceil(lines_add(out, document->head.title, leftward, at + chart->height + FOOT_DROP - SMALL_PX, &foot) + MARGIN);
    if (out->mark_count)
        out->marks[0].to.y = at;
    return picture_end(out, at);
}

enum status single_chart_make(struct ctx *ctx, const struct document *document, struct picture *out)
{
    struct picture chart = {.mark_count = 0};
    unsigned count = 0;
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < document->block_count && !status; i++) {
        struct picture drawn;
        if (document->blocks[i].kind != DOCUMENT_CHART)
            continue;
        status = chart_draw(ctx, &document->head, &document->blocks[i], ROOM_WIDE, &drawn);
        if (status || !drawn.mark_count)
            continue;
        chart = drawn;
        count++;
    }
    if (status)
        return status;
    return count == 1 ? picture_frame(ctx, document, &chart, out) : charts_refuse(ctx, document);
}
