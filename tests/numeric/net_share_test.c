/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/net_share.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/digits.h"

/* "n' = n+3, add ¾ to promoters and to detractors (1½ to passives) (Rocks 2016) [V 60/25/15: adjusted 29.34–58.04,
 * centre 43.69]" (F54; 60 promoters, 25 passives, 15 detractors) */
static void published_example(void **state)
{
    (void)state;
    struct interval interval;
    assert_int_equal(net_share_interval(0.60, 0.15, 100, 0.95, &interval), DEFINED);
    assert_digits((interval.low + interval.high) / 2, 45 / 103.0, 15);
    /* sqrt((60.75 + 15.75)/103 − (45/103)²) / sqrt(103) × 1.959963984540054, by hand: 0.143526… */
    assert_digits(100 * interval.low, 29.34, 3.5);
    assert_digits(100 * interval.high, 58.04, 3.5);
}

/* "keeps its level where all answers fall on one side": the interval has a width there. */
static void one_side_only(void **state)
{
    (void)state;
    struct interval all, none;
    assert_int_equal(net_share_interval(1, 0, 10, 0.95, &all), DEFINED);
    assert_true(all.low < 0.95);
    assert_true(all.high <= 1);
    assert_int_equal(net_share_interval(0, 0, 10, 0.95, &none), DEFINED);
    assert_true(none.low < 0);
    assert_digits(none.high, -none.low, 15);
}

/* "n <= 0 -> UNDEFINED_TOO_FEW"; turning the scale turns the interval. */
static void nobody_and_mirror(void **state)
{
    (void)state;
    struct interval interval, mirror;
    assert_int_equal(net_share_interval(0, 0, 0, 0.95, &interval), UNDEFINED_TOO_FEW);
    assert_int_equal(net_share_interval(0.2, 0.7, 33.5, 0.9, &interval), DEFINED);
    assert_int_equal(net_share_interval(0.7, 0.2, 33.5, 0.9, &mirror), DEFINED);
    assert_digits(mirror.low, -interval.high, 15);
    assert_digits(mirror.high, -interval.low, 15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_example),
        cmocka_unit_test(one_side_only),
        cmocka_unit_test(nobody_and_mirror),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
