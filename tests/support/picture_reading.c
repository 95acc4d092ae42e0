/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/picture_reading.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

struct picture picture_of(struct hand *hand, const char *chart, enum chart_room room)
{
    struct report_tables tables = hand_release(hand);
    const struct document_block block = {.kind = DOCUMENT_CHART,
                                         .chart = chart,
                                         .table = tables.tables[0],
                                         .beside = tables.count > 1 ? tables.tables[1] : NULL,
                                         .text = "A finding",
                                         .subtitle = "n = 100"};
    struct picture picture;
    assert_ok(&hand->job, chart_draw(&hand->job.ctx, &hand->head, &block, room, &picture));
    return picture;
}

/* The room that something takes. */
struct room_taken {
    double left, right, top, bottom;
};

static struct room_taken text_room(const struct mark *mark)
{
    double width = picture_text_width(mark->text, mark->size), x = mark->at.x;
    double left = mark->anchor == ANCHOR_END ? x - width : mark->anchor == ANCHOR_MIDDLE ? x - width / 2 : x;
    return (struct room_taken){left, left + width, mark->at.y - 0.75 * mark->size, mark->at.y + 0.2 * mark->size};
}

static void inside_assert(const struct picture *picture, struct point at)
{
    if (at.x < -1 || at.x > picture->width + 1 || at.y < 0 || at.y > picture->height)
        fail_msg("a mark at %g, %g leaves the picture of %g × %g", at.x, at.y, picture->width, picture->height);
}

static void mark_assert(const struct picture *picture, const struct mark *mark)
{
    if (mark->kind == MARK_TEXT) {
        struct room_taken room = text_room(mark);
        if (room.left < -4 || room.right > picture->width + 1 || room.top < -1 || room.bottom > picture->height)
            fail_msg("\"%.*s\" leaves the picture: %g … %g of %g, %g … %g of %g", (int)mark->text.length, mark->text.at,
                     room.left, room.right, picture->width, room.top, room.bottom, picture->height);
        return;
    }
    if (mark->kind != MARK_SHAPE)
        inside_assert(picture, mark->at);
    if (mark->kind == MARK_LINE || mark->kind == MARK_BOX)
        inside_assert(picture, mark->to);
    for (size_t i = 0; i < mark->point_count; i++)
        inside_assert(picture, mark->points[i]);
}

static void apart_assert(const struct mark *one, const struct mark *other)
{
    struct room_taken a = text_room(one), b = text_room(other);
    if (a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top)
        return;
    fail_msg("\"%.*s\" and \"%.*s\" overlap", (int)one->text.length, one->text.at, (int)other->text.length, other->text.at);
}

void picture_assert_readable(const struct picture *picture)
{
    assert_true(picture->mark_count > 3);
    for (size_t i = 0; i < picture->mark_count; i++) {
        const struct mark *mark = &picture->marks[i];
        mark_assert(picture, mark);
        for (size_t j = 0; j < i && mark->kind == MARK_TEXT; j++)
            if (picture->marks[j].kind == MARK_TEXT)
                apart_assert(mark, &picture->marks[j]);
    }
}

const struct mark *picture_find_text(const struct picture *picture, const char *text)
{
    for (size_t i = 0; i < picture->mark_count; i++)
        if (picture->marks[i].kind == MARK_TEXT && span_is(picture->marks[i].text, text))
            return &picture->marks[i];
    return NULL;
}

size_t picture_count(const struct picture *picture, enum mark_kind kind, enum tone tone)
{
    size_t count = 0;
    for (size_t i = 0; i < picture->mark_count; i++)
        count += picture->marks[i].kind == kind && picture->marks[i].tone == tone;
    return count;
}

const struct mark *picture_mark(const struct picture *picture, enum mark_kind kind, size_t n)
{
    for (size_t i = 0; i < picture->mark_count; i++)
        if (picture->marks[i].kind == kind && n-- == 0)
            return &picture->marks[i];
    fail_msg("there are too few marks of kind %d", (int)kind);
    return NULL;
}
