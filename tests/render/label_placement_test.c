/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "render/chart/label_placement.h"
#include "support/job_fixture.h"

static const struct label_box whole = {0, 0, 400, 300};

static struct dot_label label_at(double x, double y, double width)
{
    return (struct dot_label){.dot = {x, y}, .radius = 5, .width = width, .height = 12};
}

static bool place(struct job *job, struct label_room room, struct dot_label *labels, size_t count)
{
    bool all = false;
    assert_ok(job, labels_place(&job->ctx, &room, labels, count, &all));
    return all;
}

/* "none covers another label, a dot, or anything else that is there" */
static void apart_assert(const struct label_room *room, const struct dot_label *labels, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct label_box *box = &labels[i].box;
        if (!labels[i].placed)
            continue;
        assert_true(box->left >= room->whole.left && box->right <= room->whole.right);
        assert_true(box->top >= room->whole.top && box->bottom <= room->whole.bottom);
        for (size_t j = 0; j < count; j++) {
            struct point dot = labels[j].dot;
            const struct label_box near = {dot.x - 5, dot.y - 5, dot.x + 5, dot.y + 5};
            assert_false(boxes_meet(box, &near));
            assert_false(i != j && labels[j].placed && boxes_meet(box, &labels[j].box));
        }
        for (size_t j = 0; j < room->taken_count; j++)
            assert_false(boxes_meet(box, &room->taken[j]));
    }
}

/* A dot alone has its label to the right, and at the right border to its left. */
static void a_dot_alone_has_its_label_beside_it(void **state)
{
    (void)state;
    struct job job;
    job_begin(&job);
    struct dot_label labels[] = {label_at(100, 100, 60), label_at(380, 200, 60)};
    assert_true(place(&job, (struct label_room){.whole = whole}, labels, 2));
    assert_true(fabs(labels[0].box.left - 108) < 1e-9 && fabs(labels[0].box.right - 168) < 1e-9);
    assert_true(fabs(labels[0].box.top - 94) < 1e-9);
    assert_true(fabs(labels[1].box.right - 372) < 1e-9);
    assert_false(labels[0].led || labels[1].led);
    job_end(&job);
}

/* What is taken is kept clear of, and a thin line too while there is another place. */
static void words_and_lines_are_not_covered(void **state)
{
    (void)state;
    struct job job;
    job_begin(&job);
    const struct label_box right = {106, 80, 400, 120}, line = {0, 99, 400, 101}, left = {0, 80, 94, 120};
    struct dot_label label = label_at(100, 100, 60);
    assert_true(place(&job, (struct label_room){.whole = whole, .taken = &right, .taken_count = 1}, &label, 1));
    assert_true(fabs(label.box.right - 92) < 1e-9);
    assert_true(place(&job, (struct label_room){.whole = whole, .shunned = &line, .shunned_count = 1}, &label, 1));
    assert_true(label.box.bottom <= 99 && !label.led); /* above it */
    const struct label_box flat = {0, 92, 400, 108}, around[] = {right, left};
    assert_true(place(&job, (struct label_room){.whole = flat, .shunned = &line, .shunned_count = 1}, &label, 1));
    assert_true(label.box.top < 100 && label.box.bottom > 100); /* there is no other place */
    assert_false(place(&job, (struct label_room){.whole = flat, .taken = around, .taken_count = 2}, &label, 1));
    assert_false(label.placed);
    job_end(&job);
}

/* Does a line between two points run through a box? */
static bool through(struct point from, struct point to, const struct label_box *box)
{
    for (unsigned part = 1; part < 100; part++) {
        double x = from.x + part / 100.0 * (to.x - from.x), y = from.y + part / 100.0 * (to.y - from.y);
        if (x > box->left && x < box->right && y > box->top && y < box->bottom)
            return true;
    }
    return false;
}

/* Dots on one another have labels apart, each with a line of its own that crosses none; always in the same places. */
static void crowded_labels_stand_apart(void **state)
{
    (void)state;
    enum { DOTS = 8 };
    struct job job;
    job_begin(&job);
    struct dot_label labels[DOTS], again[DOTS];
    for (size_t i = 0; i < DOTS; i++)
        again[i] = labels[i] = label_at(200 + (double)(i % 3), 150 + (double)(i % 2), 14);
    const struct label_room room = {.whole = whole};
    assert_true(place(&job, room, labels, DOTS));
    apart_assert(&room, labels, DOTS);
    size_t led = 0;
    for (size_t i = 0; i < DOTS; i++) {
        led += labels[i].led;
        for (size_t j = 0; j < DOTS && labels[i].led; j++)
            assert_false(j != i && through(labels[i].dot, labels[i].lead, &labels[j].box));
    }
    assert_true(led >= DOTS - 5 && led < DOTS);
    assert_true(place(&job, room, again, DOTS));
    for (size_t i = 0; i < DOTS; i++)
        assert_memory_equal(&again[i].box, &labels[i].box, sizeof again[i].box);
    job_end(&job);
}

/* A label that comes later keeps clear of the line that leads to an earlier one. */
static void lines_to_labels_are_not_covered(void **state)
{
    (void)state;
    struct job job;
    job_begin(&job);
    const struct label_box around = {90, 85, 110, 115}, right = {122, 107, 140, 118};
    struct dot_label labels[] = {label_at(100, 100, 60), label_at(114, 112, 6)};
    const struct label_room room = {.whole = whole, .taken = &right, .taken_count = 1, .shunned = &around, .shunned_count = 1};
    assert_true(place(&job, room, labels, 2));
    assert_true(labels[0].led && fabs(labels[0].lead.x - 119) < 1e-9 && fabs(labels[0].lead.y - 100) < 1e-9);
    assert_true(labels[1].box.top > 112 && !labels[1].led); /* below its dot: above it runs the line */
    job_end(&job);
}

/* Sixty dots in a heap: every one has its label. */
static void a_heap_has_all_its_labels(void **state)
{
    (void)state;
    enum { DOTS = 60 };
    struct job job;
    job_begin(&job);
    struct dot_label labels[DOTS];
    for (size_t i = 0; i < DOTS; i++)
        labels[i] = label_at(200, 150, 14);
    const struct label_room room = {.whole = whole};
    assert_true(place(&job, room, labels, DOTS));
    apart_assert(&room, labels, DOTS);
    job_end(&job);
}

/* A label that does not fit at all has no place, and takes none from the others. */
static void what_does_not_fit_is_left_out(void **state)
{
    (void)state;
    struct job job;
    job_begin(&job);
    struct dot_label labels[] = {label_at(100, 100, 600), label_at(100, 140, 40)};
    assert_false(place(&job, (struct label_room){.whole = whole}, labels, 2));
    assert_false(labels[0].placed);
    assert_true(labels[1].placed);
    job_end(&job);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_dot_alone_has_its_label_beside_it), cmocka_unit_test(words_and_lines_are_not_covered),
        cmocka_unit_test(crowded_labels_stand_apart),          cmocka_unit_test(lines_to_labels_are_not_covered),
        cmocka_unit_test(a_heap_has_all_its_labels),           cmocka_unit_test(what_does_not_fit_is_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
