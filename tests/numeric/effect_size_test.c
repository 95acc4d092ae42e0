/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/effect_size.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/agreement.h"
#include "support/digits.h"
#include "support/integer_answers.h"
#include "support/oracle_fixture.h"

/* "dz, gz" against R */
static void sizes_agree_with_r(void **state)
{
    (void)state;
    json_t *root = oracle_read("paired_t");
    struct agreement dz = {.name = "dz", .wanted = 15}, gz = {.name = "gz", .wanted = 14.5};
    size_t index = 0;
    const json_t *row = NULL;
    json_array_foreach (oracle_at(root, "cases"), index, row) {
        struct exact_sums g = difference_sums_of(json_object_get(row, "expectation"), json_object_get(row, "perception"));
        double mean = 0, sd = 0;
        struct effect_size size = {.gz_undefined = UNDEFINED_TOO_FEW};
        bool sized = exact_mean(&g, &unit_plain, &mean) == DEFINED && exact_deviation(&g, &unit_plain, &sd) == DEFINED &&
                     effect_size(mean, sd, (double)g.n, .95, &size) == DEFINED;
        agreement_add_member(&dz, sized, size.dz, row, "dz");
        agreement_add_member(&gz, sized && size.gz_undefined == DEFINED, size.gz, row, "gz");
        assert_true(!sized || (size.interval.low < size.dz && size.dz < size.interval.high));
    }
    agreement_print(&dz);
    agreement_print(&gz);
    json_decref(root);
}

/* "exact, not the usual approximation, for any df" */
static void hedges_correction_is_exact(void **state)
{
    (void)state;
    json_t *root = oracle_read("paired_t");
    struct agreement j = {.name = "Hedges' J", .wanted = 14.5};
    size_t index = 0;
    const json_t *row = NULL;
    json_array_foreach (oracle_at(root, "hedges_j"), index, row)
        agreement_add(&j, hedges_correction(member_number(row, "n") - 1), member_number(row, "j"));
    agreement_print(&j);
    json_decref(root);
    /* Γ(df/2)² J(df) J(df+1) … telescopes: J(df) J(df+1) = sqrt((df−1)² / (df (df+1))) × df/(df−1) … = (df−1)/2 ×
     * 2/sqrt(df(df+1)). */
    for (double df = 1.25; df < 1e12; df *= 1.7)
        assert_digits(hedges_correction(df) * hedges_correction(df + 1), (df - 1) / sqrt(df * (df + 1)), 14.5);
}

/* formulas.md section 9: "dz .1668157841, gz .1663128, CI .0418296–.2914715" */
static void the_published_example(void **state)
{
    (void)state;
    struct effect_size size;
    assert_int_equal(effect_size(.1668157841, 1, 250, .95, &size), DEFINED);
    assert_true(size.dz == .1668157841);
    /* .1663128 by the approximation 1 − 3/(4·249 − 1); the exact J gives .1663127. */
    assert_digits(size.gz, .1663128, 6);
    assert_digits(size.interval.low, .0418296, 6);
    assert_digits(size.interval.high, .2914715, 6.5);
}

/* "the interval by non-central t with n − 1 degrees of freedom", of dz, for real n */
static void intervals_agree(void **state)
{
    (void)state;
    json_t *root = oracle_read("noncentral_t");
    struct agreement ends = {.name = "intervals of dz", .wanted = 12};
    size_t index = 0;
    const json_t *row = NULL;
    json_array_foreach (oracle_at(root, "limits"), index, row) {
        struct effect_size size;
        double n = member_number(row, "n");
        assert_int_equal(effect_size(member_number(row, "dz"), 1, n, member_number(row, "confidence"), &size), DEFINED);
        assert_int_equal(size.interval_undefined, DEFINED);
        agreement_add(&ends, size.interval.low, member_number(row, "dz_low"));
        agreement_add(&ends, size.interval.high, member_number(row, "dz_high"));
    }
    agreement_print(&ends);
    json_decref(root);
}

/* "n < 2 -> UNDEFINED_TOO_FEW;  sd = 0 -> UNDEFINED_NO_VARIANCE;  n < 3: gz alone is UNDEFINED_TOO_FEW" */
static void degenerate_cases(void **state)
{
    (void)state;
    struct effect_size size = {.dz = 7};
    assert_int_equal(effect_size(1, 1, 1, .95, &size), UNDEFINED_TOO_FEW);
    assert_int_equal(effect_size(1, 1, 1.99, .95, &size), UNDEFINED_TOO_FEW);
    assert_int_equal(effect_size(-1, 0, 50, .95, &size), UNDEFINED_NO_VARIANCE);
    assert_true(size.dz == 7);
    assert_int_equal(effect_size(1, 2, 2, .95, &size), DEFINED);
    assert_true(size.dz == .5 && size.gz_undefined == UNDEFINED_TOO_FEW && size.interval_undefined == DEFINED);
    assert_int_equal(effect_size(0, 2, 30, .95, &size), DEFINED);
    assert_true(size.dz == 0 && size.gz == 0);
    assert_digits(size.interval.low, -size.interval.high, 12);
    assert_int_equal(effect_size(.001, 1, 1e9, .95, &size), DEFINED);
    assert_digits(size.gz, .001, 8);
    assert_digits(size.interval.low, .001 - 1.959963984540054 / sqrt(1e9), 6);
    assert_int_equal(effect_size(1e6, 1, 1e9, .95, &size), DEFINED);
    assert_true(isfinite(size.interval.low) && size.interval.low < 1e6 && size.interval.high > 1e6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_agree_with_r),    cmocka_unit_test(hedges_correction_is_exact),
        cmocka_unit_test(the_published_example), cmocka_unit_test(intervals_agree),
        cmocka_unit_test(degenerate_cases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
