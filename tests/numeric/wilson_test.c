/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/wilson.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/agreement.h"
#include "support/digits.h"
#include "support/oracle_fixture.h"

/* R computes low as a difference, and loses three digits where the share is small.
 * "Wilson's score interval of a share", "with weights the effective number (a real one)" */
static void agrees_with_r(void **state)
{
    (void)state;
    json_t *root = oracle_read("wilson");
    struct agreement ends = {.name = "Wilson ends", .wanted = 12};
    size_t index = 0;
    const json_t *row = NULL;
    json_array_foreach (oracle_at(root, "cases"), index, row) {
        struct interval i;
        double n = member_number(row, "n");
        assert_int_equal(wilson_interval(member_number(row, "count") / n, n, member_number(row, "confidence"), &i), DEFINED);
        agreement_add(&ends, i.low, member_number(row, "low"));
        agreement_add(&ends, i.high, member_number(row, "high"));
    }
    agreement_print(&ends);
    json_decref(root);
}

/* formulas.md: "42/50: .7149–.9166; 0/12: 0–.2425" */
static void the_formula_sheets_examples(void **state)
{
    (void)state;
    struct interval i;
    assert_int_equal(wilson_interval(.84, 50, .95, &i), DEFINED);
    assert_digits(i.low, .7149, 4);
    assert_digits(i.high, .9166, 4);
    assert_int_equal(wilson_interval(0, 12, .95, &i), DEFINED);
    assert_true(i.low == 0);
    assert_digits(i.high, .2425, 4);
}

/* "low is exactly 0 for a share of 0, high exactly 1 for 1"; "0 <= low <= share <= high <= 1"; the near end keeps its digits */
static void ends_stay_inside(void **state)
{
    (void)state;
    struct interval i = {-1, -1};
    assert_int_equal(wilson_interval(.5, 0, .95, &i), UNDEFINED_TOO_FEW);
    assert_true(i.low == -1);
    for (double n = 0.25; n < 1e12; n *= 7) {
        for (double share = 0; share <= 1; share += 1.0 / 16) {
            assert_int_equal(wilson_interval(share, n, .99, &i), DEFINED);
            assert_true(0 <= i.low && i.low <= share && share <= i.high && i.high <= 1);
            assert_true((share == 0) == (i.low == 0) && (share == 1) == (i.high == 1));
        }
    }
    /* p = 10^-9 of n = 10^9, z² = 3.841458820694124: the smaller root of (n+z²)x² − (2np+z²)x + np² = 0, in 50 digits */
    assert_int_equal(wilson_interval(1e-9, 1e9, .95, &i), DEFINED);
    assert_digits(i.low, 1.7652455495696313e-10, 15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_r),
        cmocka_unit_test(the_formula_sheets_examples),
        cmocka_unit_test(ends_stay_inside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
