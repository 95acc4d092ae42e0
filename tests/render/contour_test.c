/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "render/chart/contour.h"
#include "support/job_fixture.h"

enum { SIDE = 41 };

typedef double surface(double x, double y);

static double plane(double x, double y)
{
    return x + 2 * y;
}

static double bowl(double x, double y)
{
    return (x - 20) * (x - 20) + (y - 20) * (y - 20);
}

static double saddle(double x, double y)
{
    return (x - 20) * (y - 20);
}

static size_t find(struct job *job, surface *of, double level, const struct contour_line **lines)
{
    static double values[SIDE * SIDE];
    size_t count = 0;
    for (size_t i = 0; i < (size_t)SIDE * SIDE; i++)
        values[i] = of((double)(i % SIDE), (double)(i / SIDE));
    const struct contour_grid grid = {.columns = SIDE, .rows = SIDE, .values = values};
    assert_ok(job, contour_find(&job->ctx, &grid, level, lines, &count));
    return count;
}

/* On a plane the lines are exact, and end at the border. */
static void a_plane_has_one_straight_line(void **state)
{
    (void)state;
    struct job job;
    const struct contour_line *lines = NULL;
    job_begin(&job);
    assert_int_equal(find(&job, plane, 30.5, &lines), 1);
    assert_false(lines[0].closed);
    for (size_t i = 0; i < lines[0].count; i++)
        assert_true(fabs(plane(lines[0].points[i].x, lines[0].points[i].y) - 30.5) < 1e-9);
    const struct point *first = &lines[0].points[0], *last = &lines[0].points[lines[0].count - 1];
    assert_true(fabs(fmax(first->x, last->x) - 30.5) < 1e-9 && fabs(fmin(first->x, last->x)) < 1e-9);
    assert_int_equal(find(&job, plane, 121, &lines), 0); /* above all */
    assert_int_equal(find(&job, plane, -1, &lines), 0);
    job_end(&job);
}

/* Around a bowl the line closes; its points lie on the circle, but for the straight lines across cells. */
static void a_bowl_has_one_closed_line(void **state)
{
    (void)state;
    struct job job;
    const struct contour_line *lines = NULL;
    double around = 0;
    job_begin(&job);
    assert_int_equal(find(&job, bowl, 100, &lines), 1);
    assert_true(lines[0].closed);
    assert_memory_equal(&lines[0].points[0], &lines[0].points[lines[0].count - 1], sizeof(struct point));
    for (size_t i = 0; i + 1 < lines[0].count; i++) {
        const struct point *a = &lines[0].points[i], *b = &lines[0].points[i + 1];
        assert_true(fabs(sqrt(bowl(a->x, a->y)) - 10) < 0.02);
        assert_true(hypot(b->x - a->x, b->y - a->y) < 1.5); /* neighbours, not jumps */
        around += (a->x - 20) * (b->y - 20) - (b->x - 20) * (a->y - 20);
    }
    assert_true(fabs(fabs(around) / 2 - acos(-1) * 100) < 2); /* once around, the area of the circle */
    job_end(&job);
}

/* Both branches of a hyperbola, also when its middle falls into one cell that is crossed twice. */
static void a_saddle_has_two_lines(void **state)
{
    (void)state;
    struct job job;
    const struct contour_line *lines = NULL;
    job_begin(&job);
    assert_int_equal(find(&job, saddle, 30, &lines), 2);
    for (size_t i = 0; i < lines[0].count; i++)
        assert_true((lines[0].points[i].x - 20) * (lines[0].points[0].x - 20) > 0); /* one side of the middle */
    static const double tie[] = {1, 0, 0, 1}, high[] = {1, 0, 0, 1.5};
    const struct contour_grid cell = {.columns = 2, .rows = 2, .values = tie}, other = {.columns = 2, .rows = 2, .values = high};
    size_t count = 0;
    /* The middle, 0.5, is below 0.6: each high corner is cut off by itself. */
    assert_ok(&job, contour_find(&job.ctx, &cell, 0.6, &lines, &count));
    assert_int_equal(count, 2);
    assert_true(fabs(lines[0].points[0].x - 0.4) < 1e-9 && fabs(lines[0].points[1].y - 0.4) < 1e-9);
    assert_true(fabs(lines[0].points[1].x) < 1e-9);
    /* The middle, 0.625, is above 0.6: the high corners are joined, and each low one is cut off. */
    assert_ok(&job, contour_find(&job.ctx, &other, 0.6, &lines, &count));
    assert_int_equal(count, 2);
    assert_true(fabs(lines[0].points[0].x - 0.4) < 1e-9 && fabs(lines[0].points[1].x - 1) < 1e-9);
    job_end(&job);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plane_has_one_straight_line),
        cmocka_unit_test(a_bowl_has_one_closed_line),
        cmocka_unit_test(a_saddle_has_two_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
