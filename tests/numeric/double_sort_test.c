/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/double_sort.h"

#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/chance.h"

enum { COUNT_MOST = 5000, KINDS = 6 };

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x != y ? (x > y) - (x < y) : !signbit(x) - !signbit(y);
}

/* Numbers of any size and sign, of one size, few that come often, all equal, in order, and the ends of what there is. */
static double number_of(unsigned kind, uint64_t i)
{
    static const double ends[] = {0, -0., DBL_MIN, -DBL_MIN, DBL_TRUE_MIN, -DBL_TRUE_MIN, DBL_MAX, -DBL_MAX, 1, -1};
    double unit = chance_uniform(1, kind, i);
    switch (kind) {
    case 0:
        return ldexp(unit - .5, (int)chance_below(2, kind, i, 600) - 300);
    case 1:
        return .75 + unit / 16;
    case 2:
        return (double)chance_below(3, kind, i, 7) / 7 - .5;
    case 3:
        return -2.5;
    case 4:
        return (double)i / 3 - 100;
    default:
        return ends[chance_below(4, kind, i, sizeof ends / sizeof *ends)];
    }
}

/* "the least first; −0 stands before 0": the same bytes as by comparing */
static void sorted_as_by_comparing(void **state)
{
    (void)state;
    static const size_t counts[] = {0, 1, 2, 17, 299, 300, 301, 2048, COUNT_MOST};
    static double values[COUNT_MOST + 1], expected[COUNT_MOST];
    for (size_t c = 0; c < KINDS * sizeof counts / sizeof *counts; c++) {
        struct ctx ctx = {.threads = 1};
        size_t count = counts[c / KINDS];
        assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
        for (size_t i = 0; i < count; i++)
            values[i] = expected[i] = number_of((unsigned)(c % KINDS), i);
        values[count] = -1e300;
        qsort(expected, count, sizeof *expected, compare);
        assert_int_equal(doubles_sort(&ctx, values, count), STATUS_OK);
        assert_memory_equal(values, expected, count * sizeof *values);
        assert_true(values[count] == -1e300);
        arena_destroy(ctx.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(sorted_as_by_comparing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
