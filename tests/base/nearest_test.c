/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/nearest.h"

static const char *const names[] = {"analyze", "report", NULL, "measures", "instruments", "plan"};
#define NAME_COUNT (sizeof names / sizeof *names)

static const char *near(const char *word)
{
    return nearest_name(span_of(word), names, NAME_COUNT);
}

/* "a letter left out, put in, changed, or swapped with its neighbour" */
static void each_slip_is_forgiven(void **state)
{
    (void)state;
    assert_string_equal(near("analye"), "analyze");
    assert_string_equal(near("analyyze"), "analyze");
    assert_string_equal(near("analyse"), "analyze");
    assert_string_equal(near("anaylze"), "analyze");
    assert_string_equal(near("paln"), "plan");
    assert_string_equal(near("MEASURE"), "measures");
}

/* "NULL when none is near" */
static void a_stranger_is_not_near(void **state)
{
    (void)state;
    assert_null(near("xyz"));
    assert_null(near(""));
    assert_null(near("pxyn"));
    assert_null(near("a word that is a great deal longer than any name could ever be, really"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_slip_is_forgiven),
        cmocka_unit_test(a_stranger_is_not_near),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
