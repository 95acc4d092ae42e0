/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/root.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/digits.h"

static int calls;

static double power_minus(double x, const void *context)
{
    calls++;
    return pow(x, 3) - *(const double *)context;
}

static double cosine_less_x(double x, const void *context)
{
    calls++;
    (void)context;
    return cos(x) - x;
}

static double step_at_third(double x, const void *context)
{
    (void)context;
    return x < 1.0 / 3 ? -1 : 1;
}

static double always_positive(double x, const void *context)
{
    (void)context;
    return x * x + 1;
}

static double flat_ninth_power(double x, const void *context)
{
    (void)context;
    return pow(x - 0.25, 9);
}

/* "Where a continuous function crosses zero between two ends, to the last bits of x." */
static void root_is_found_to_the_last_bits(void **state)
{
    (void)state;
    double eight = 8, tiny = 1e-30, root = 0;
    struct real_function cube = {power_minus, &eight};
    assert_int_equal(root_find(&cube, -100, 1000, &root), DEFINED);
    assert_digits(root, 2, 15);
    cube.context = &tiny;
    assert_int_equal(root_find(&cube, -1, 1, &root), DEFINED);
    assert_digits(root, 1e-10, 15);
    struct real_function cosine = {cosine_less_x, NULL};
    assert_int_equal(root_find(&cosine, 0, 1, &root), DEFINED);
    assert_digits(root, 0.7390851332151606417, 15);
    struct real_function step = {step_at_third, NULL};
    assert_int_equal(root_find(&step, -5, 5, &root), DEFINED);
    assert_digits(root, 1.0 / 3, 15);
    struct real_function flat = {flat_ninth_power, NULL};
    assert_int_equal(root_find(&flat, -5, 7, &root), DEFINED);
    assert_true(fabs(root - 0.25) < 1e-15);
}

/* "about ten calls of a smooth function": bisection alone would need fifty */
static void few_calls_are_needed(void **state)
{
    (void)state;
    double root = 0;
    struct real_function cosine = {cosine_less_x, NULL};
    calls = 0;
    assert_int_equal(root_find(&cosine, 0, 1, &root), DEFINED);
    print_message("cos x = x: %d calls", calls);
    assert_in_range(calls, 3, 9);
    double third = 0.3;
    struct real_function cube = {power_minus, &third};
    calls = 0;
    assert_int_equal(root_find(&cube, 0, 1, &root), DEFINED);
    print_message(", x³ = .3: %d calls\n", calls);
    assert_in_range(calls, 3, 11);
}

/* "function values of opposite sign, or zero, at these ends" */
static void an_end_may_be_the_root(void **state)
{
    (void)state;
    double eight = 8, root = 0;
    struct real_function cube = {power_minus, &eight};
    assert_int_equal(root_find(&cube, 2, 5, &root), DEFINED);
    assert_true(root == 2);
    assert_int_equal(root_find(&cube, -5, 2, &root), DEFINED);
    assert_true(root == 2);
}

/* "the same sign at both ends […] -> UNDEFINED_NOT_CONVERGED" */
static void no_change_of_sign_is_told(void **state)
{
    (void)state;
    double root = 7;
    struct real_function positive = {always_positive, NULL};
    assert_int_equal(root_find(&positive, -1, 1, &root), UNDEFINED_NOT_CONVERGED);
    assert_int_equal(root_find_near(&positive, 0, 1, &root), UNDEFINED_NOT_CONVERGED);
    assert_true(root == 7);
}

/* "the bracket is found by doubling the step to both sides" */
static void a_guess_suffices(void **state)
{
    (void)state;
    double far = 1e21, root = 0;
    struct real_function cube = {power_minus, &far};
    assert_int_equal(root_find_near(&cube, 0.5, 0.01, &root), DEFINED);
    assert_digits(root, 1e7, 15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(root_is_found_to_the_last_bits),
        cmocka_unit_test(few_calls_are_needed),
        cmocka_unit_test(an_end_may_be_the_root),
        cmocka_unit_test(no_change_of_sign_is_told),
        cmocka_unit_test(a_guess_suffices),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
