/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/wald_test.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "numeric/distribution.h"
#include "support/digits.h"

/* (Cb)′ (CVC′)⁻¹ (Cb) / q of numbers that can be done by hand: variances 4 and 9, covariance 3, b = (2, 3). Against anova in
 * tests/numeric/response_surface_test.c. */
static void by_hand(void **state)
{
    (void)state;
    const double b[] = {2, 3}, v[] = {4, 3, 3, 9}, each[] = {1, 0, 0, 1}, sum[] = {1, 1}, twice[] = {1, 1, 2, 2};
    struct constraint_test test;
    struct wald_hypothesis hypothesis = {sum, 1, 2, 20};
    assert_int_equal(wald_test(b, v, &hypothesis, &test), DEFINED);
    assert_digits(test.f, 25. / 19, 15); /* 5² over 4 + 9 + 2 × 3 */
    assert_digits(test.p, t_two_sided(5 / 4.358898943540674, 20), 13);
    hypothesis.combinations = each;
    hypothesis.count = 2;
    assert_int_equal(wald_test(b, v, &hypothesis, &test), DEFINED);
    /* inverse of V: (9 −3; −3 4)/27 */
    assert_digits(test.f, (4 * 9 - 2 * 2 * 3 * 3 + 9 * 4) / 27. / 2, 15);
    assert_true(test.df1 == 2 && test.df2 == 20);
    /* the same question twice is one question */
    hypothesis.combinations = twice;
    assert_int_equal(wald_test(b, v, &hypothesis, &test), UNDEFINED_SINGULAR);
    hypothesis.combinations = each;
    hypothesis.df2 = 1;
    assert_int_equal(wald_test(b, v, &hypothesis, &test), UNDEFINED_TOO_FEW);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(by_hand)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
