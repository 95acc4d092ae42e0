/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "JSON: depth 10^6 … -> 400 with position." (reliability, case 26) */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/json_depth.h"

static bool fits(const char *text, unsigned most, size_t *at)
{
    return json_depth_fits(span_of(text), most, at);
}

static void counts_what_stands_within_each_other(void **state)
{
    (void)state;
    size_t at = 99;
    assert_true(fits("", 0, &at));
    assert_true(fits("[{}]", 2, &at));
    assert_false(fits("[{}]", 1, &at));
    assert_int_equal(at, 1);
    assert_true(fits("[[],[],[]]", 2, &at));
    assert_true(fits("]]]][", 1, &at));
    assert_false(fits("[0, {\"a\": [1]}]", 2, &at));
    assert_int_equal(at, 10);
}

static void passes_over_texts(void **state)
{
    (void)state;
    size_t at = 0;
    assert_true(fits("[\"[[[[\"]", 1, &at));
    assert_true(fits("[\"\\\"[[\"]", 1, &at));
    assert_false(fits("[\"\\\\\"[[\"]", 1, &at));
    assert_true(fits("[\"\\", 1, &at));
}

static void takes_a_million_brackets(void **state)
{
    (void)state;
    static char deep[1000000];
    size_t at = 0;
    memset(deep, '[', sizeof deep);
    assert_false(json_depth_fits((struct span){deep, sizeof deep}, 32, &at));
    assert_int_equal(at, 32);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_what_stands_within_each_other),
        cmocka_unit_test(passes_over_texts),
        cmocka_unit_test(takes_a_million_brackets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
