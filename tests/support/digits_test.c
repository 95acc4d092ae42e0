/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/digits.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* "-log10 of the relative error (of the absolute error when expected is zero)" */
static void error_is_counted_in_digits(void **state)
{
    (void)state;
    assert_true(fabs(digits_agreeing(1001, 1000) - 3) < 1e-12);
    assert_true(fabs(digits_agreeing(-0.99, -1) - 2) < 1e-12);
    assert_true(fabs(digits_agreeing(1e-9, 0) - 9) < 1e-12);
}

/* "0 when nothing agrees or a number is not finite, 17 when both are equal" */
static void ends_of_the_count(void **state)
{
    (void)state;
    assert_true(digits_agreeing(5, 1) <= 0);
    assert_true(digits_agreeing(-1, 1) <= 0);
    assert_true(digits_agreeing((double)NAN, 1) <= 0);
    assert_true(digits_agreeing((double)INFINITY, (double)INFINITY) <= 0);
    assert_true(digits_agreeing(0.1, 0.1) >= 17);
    assert_true(digits_agreeing(0, 0) >= 17);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(error_is_counted_in_digits),
        cmocka_unit_test(ends_of_the_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
