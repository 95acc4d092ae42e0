/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/byte_planes.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "base/chance.h"

enum { ROWS = 1000, STRIDE = 1024, COLUMNS = 13, DRAWS = 3, PLANES = 26 };

static struct ctx ctx;

static int setup(void **state)
{
    (void)state;
    ctx = (struct ctx){.threads = 1};
    return arena_create(NULL, &ctx.arena) ? -1 : 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_destroy(ctx.arena);
    return 0;
}

/* Whole numbers up to the limit of each number of bytes, both signs, ends included; and two columns far from 0 that are narrow. */
static void columns_fill(double *x)
{
    static const double middles[COLUMNS] = {[COLUMNS - 2] = 1000, [COLUMNS - 1] = -120 * 16777216.0};
    static const double limits[COLUMNS] = {
        0, 1, 5, 127, 128, 300, 32512, 32513, 127 * 65536.0, 127 * 65536.0 + 1, 127 * 16777216.0, 100, 127};
    for (size_t j = 0; j < COLUMNS; j++) {
        for (size_t i = 0; i < ROWS; i++)
            x[j * ROWS + i] = (double)chance_below(9, j, i, (uint64_t)(2 * limits[j]) + 1) - limits[j] + middles[j];
        x[j * ROWS] = middles[j] + limits[j];
        x[j * ROWS + 1] = middles[j] - limits[j];
    }
}

static void draw_compare(const struct byte_planes *planes, const struct byte_room *room, const struct byte_draws *draws,
                         size_t draw, const double *x)
{
    double sums[COLUMNS];
    byte_planes_sums(planes, room, draws, draw, sums);
    for (size_t j = 0; j < COLUMNS; j++) {
        double sum = 0;
        for (size_t i = 0; i < ROWS; i++)
            sum += draws->times[draw * STRIDE + i] * x[j * ROWS + i];
        assert_memory_equal(&sums[j], &sum, sizeof sum);
    }
}

/* "the same bits as adding doubles up", by every kernel */
static void sums_are_those_of_doubles(void **state)
{
    (void)state;
    static double x[COLUMNS * ROWS];
    static uint8_t times[DRAWS * STRIDE];
    int64_t totals[DRAWS] = {0};
    struct byte_planes planes;
    bool whole = false;
    columns_fill(x);
    for (size_t i = 0; i < DRAWS * ROWS; i++) {
        uint8_t often = i % 97 == 0 ? 255 : (uint8_t)chance_below(1, 2, i, 5);
        times[i / ROWS * STRIDE + i % ROWS] = often;
        totals[i / ROWS] += often;
    }
    assert_int_equal(byte_planes_make(&ctx, x, ROWS, COLUMNS, &planes, &whole), STATUS_OK);
    assert_true(whole);
    assert_int_equal(planes.bytes.stride, STRIDE);
    assert_int_equal(planes.bytes.count, PLANES);
    assert_int_equal(PLANES, 4 * 1 + 3 * 2 + 2 * 3 + 2 * 4 + 1 + 1);
    for (unsigned k = 0; k < KERNEL_COUNT; k++) {
        int64_t found[DRAWS * PLANES];
        int32_t products[DRAWS * PLANES];
        const struct byte_room room = {found, products};
        if (!kernel_available((enum kernel)k))
            continue;
        const struct byte_draws draws = {times, DRAWS, STRIDE, totals};
        byte_sums((enum kernel)k, &draws, &planes.bytes, &room);
        for (size_t d = 0; d < DRAWS; d++)
            draw_compare(&planes, &room, &draws, d, x);
    }
}

/* "whether all are whole numbers of at most 127 × 2^24, and the rows at most BYTE_PLANES_ROWS_MAX" */
static void others_are_left(void **state)
{
    (void)state;
    static const double wrong[] = {0.5, -1e-9, 127 * 16777216.0 + 1, -1e300, INFINITY, NAN};
    struct byte_planes planes;
    bool whole;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        const double x[4] = {1, 2, wrong[i], 3};
        whole = true;
        assert_int_equal(byte_planes_make(&ctx, x, 2, 2, &planes, &whole), STATUS_OK);
        assert_false(whole);
    }
    whole = true;
    assert_int_equal(byte_planes_make(&ctx, NULL, BYTE_PLANES_ROWS_MAX + 1, 0, &planes, &whole), STATUS_OK);
    assert_false(whole);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(sums_are_those_of_doubles, setup, teardown),
        cmocka_unit_test_setup_teardown(others_are_left, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
