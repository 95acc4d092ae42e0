/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/chart/picture.h"

#include <string.h>

void picture_begin(struct picture *picture, struct ctx *ctx, double width)
{
    *picture = (struct picture){.ctx = ctx, .width = width, .title = "", .subtitle = "", .description = ""};
}

static struct mark *mark_add(struct picture *picture, struct mark mark)
{
    if (picture->mark_count == picture->mark_capacity) {
        size_t capacity = picture->mark_capacity ? 2 * picture->mark_capacity : 128;
        struct mark *more = arena_array(picture->ctx->arena, capacity, sizeof *more);
        if (!more) {
            picture->failed = true;
            picture->spare = mark;
            return &picture->spare;
        }
        if (picture->mark_count)
            memcpy(more, picture->marks, picture->mark_count * sizeof *more);
        picture->marks = more;
        picture->mark_capacity = capacity;
    }
    picture->marks[picture->mark_count] = mark;
    return &picture->marks[picture->mark_count++];
}

struct mark *picture_line(struct picture *picture, enum tone tone, double width_px, struct point from, struct point to)
{
    return mark_add(picture, (struct mark){.kind = MARK_LINE, .tone = tone, .size = width_px, .at = from, .to = to});
}

struct mark *picture_box(struct picture *picture, enum tone tone, struct point left_top, struct point right_bottom)
{
    return mark_add(picture, (struct mark){.kind = MARK_BOX, .tone = tone, .size = 2, .at = left_top, .to = right_bottom});
}

struct mark *picture_dot(struct picture *picture, enum tone tone, double radius, struct point centre)
{
    return mark_add(picture, (struct mark){.kind = MARK_DOT, .tone = tone, .size = radius, .at = centre});
}

struct mark *picture_shape(struct picture *picture, enum tone tone, const struct point *points, size_t count)
{
    struct point *copy = arena_array(picture->ctx->arena, count + 1, sizeof *copy);
    if (copy && count)
        memcpy(copy, points, count * sizeof *copy);
    picture->failed = picture->failed || !copy;
    return mark_add(picture,
                    (struct mark){.kind = MARK_SHAPE, .tone = tone, .size = 2, .points = copy, .point_count = copy ? count : 0});
}

struct mark *picture_text(struct picture *picture, enum tone tone, struct point at, enum anchor anchor, struct span text)
{
    return mark_add(picture,
                    (struct mark){.kind = MARK_TEXT, .tone = tone, .size = SMALL_PX, .at = at, .anchor = anchor, .text = text});
}

static struct point moved(struct point at, struct point by)
{
    return (struct point){at.x + by.x, at.y + by.y};
}

void picture_add_picture(struct picture *picture, const struct picture *from, struct point left_top)
{
    for (size_t i = 0; i < from->mark_count; i++) {
        struct mark mark = from->marks[i];
        struct point *points = arena_array(picture->ctx->arena, mark.point_count + 1, sizeof *points);
        picture->failed = picture->failed || !points;
        for (size_t p = 0; points && p < mark.point_count; p++)
            points[p] = moved(mark.points[p], left_top);
        mark.points = points;
        mark.point_count = points ? mark.point_count : 0;
        mark.at = moved(mark.at, left_top);
        mark.to = moved(mark.to, left_top);
        (void)mark_add(picture, mark);
    }
}

enum status picture_end(struct picture *picture, double height)
{
    picture->height = height;
    return picture->failed ? ctx_no_memory(picture->ctx) : STATUS_OK;
}

double picture_text_width(struct span text, double size)
{
    return (double)text_width(text) * size * 0.55;
}
