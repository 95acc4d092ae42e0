/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/paired_t.h"

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

struct compared {
    struct agreement moments, tests, ends, correlations;
};

static void compare_moments(struct compared *c, const json_t *row)
{
    const json_t *before = json_object_get(row, "expectation"), *after = json_object_get(row, "perception");
    struct exact_sums e = sums_of(before), p = sums_of(after), g = difference_sums_of(before, after);
    double value = 0;
    bool defined = exact_mean(&e, &unit_plain, &value) == DEFINED;
    agreement_add_member(&c->moments, defined, value, row, "mean_expectation");
    defined = exact_mean(&p, &unit_plain, &value) == DEFINED;
    agreement_add_member(&c->moments, defined, value, row, "mean_perception");
    defined = exact_mean(&g, &unit_plain, &value) == DEFINED;
    agreement_add_member(&c->moments, defined, value, row, "gap");
    defined = exact_deviation(&e, &unit_plain, &value) == DEFINED;
    agreement_add_member(&c->moments, defined, value, row, "sd_expectation");
    defined = exact_deviation(&p, &unit_plain, &value) == DEFINED;
    agreement_add_member(&c->moments, defined, value, row, "sd_perception");
    defined = exact_deviation(&g, &unit_plain, &value) == DEFINED;
    agreement_add_member(&c->moments, defined, value, row, "sd_gap");
    defined = exact_linearised_error(&g, g.n, &unit_plain, &value) == DEFINED;
    agreement_add_member(&c->moments, defined, value, row, "se");
    if (json_object_get(row, "r") != NULL) {
        struct exact_pair_sums both = pair_sums_of(before, after);
        defined = exact_correlation(&both, &value) == DEFINED;
        agreement_add_member(&c->correlations, defined, value, row, "r");
    }
}

static void compare_test(struct compared *c, const json_t *row)
{
    struct exact_sums g = difference_sums_of(json_object_get(row, "expectation"), json_object_get(row, "perception"));
    double mean = 0, se = 0;
    struct paired_t t = {0};
    bool tested = exact_mean(&g, &unit_plain, &mean) == DEFINED && exact_linearised_error(&g, g.n, &unit_plain, &se) == DEFINED &&
                  paired_t_test(mean, se, (double)g.n - 1, .95, &t) == DEFINED;
    agreement_add_member(&c->tests, tested, t.t, row, "t");
    agreement_add_member(&c->tests, tested, t.p, row, "p");
    size_t index = 0;
    const json_t *interval = NULL;
    json_array_foreach (json_object_get(row, "intervals"), index, interval) {
        assert_int_equal(paired_t_test(mean, se, (double)g.n - 1, member_number(interval, "confidence"), &t), DEFINED);
        agreement_add_member(&c->ends, true, t.interval.low, interval, "low");
        agreement_add_member(&c->ends, true, t.interval.high, interval, "high");
    }
}

/* "t = mean/se, two-sided p, interval" of paired answers, from the integers to the p-value, against R */
static void agrees_with_r(void **state)
{
    (void)state;
    struct compared c = {{.name = "means, sd, se", .wanted = 15},
                         {.name = "t and p", .wanted = 12.5},
                         {.name = "interval ends", .wanted = 12.5},
                         {.name = "correlations", .wanted = 15}};
    json_t *root = oracle_read("paired_t");
    size_t index = 0;
    const json_t *row = NULL;
    json_array_foreach (oracle_at(root, "cases"), index, row) {
        compare_moments(&c, row);
        compare_test(&c, row);
    }
    agreement_print(&c.moments);
    agreement_print(&c.tests);
    agreement_print(&c.ends);
    agreement_print(&c.correlations);
    json_decref(root);
}

/* formulas.md section 9: "mean gap .2011428571, t(249) 2.637589138, p .008875387, CI .05094574–.35133997" */
static void the_published_example(void **state)
{
    (void)state;
    struct paired_t t;
    double mean = .2011428571;
    assert_int_equal(paired_t_test(mean, mean / 2.637589138, 249, .95, &t), DEFINED);
    assert_digits(t.p, .008875387, 7);
    assert_digits(t.interval.low, .05094574, 6.5);
    assert_digits(t.interval.high, .35133997, 7);
}

/* "df < 1 -> UNDEFINED_TOO_FEW;  se = 0 -> UNDEFINED_NO_VARIANCE", and *out is left as it was */
static void degenerate_cases(void **state)
{
    (void)state;
    struct paired_t t = {.t = 7};
    assert_int_equal(paired_t_test(1, .5, 0, .95, &t), UNDEFINED_TOO_FEW);
    assert_int_equal(paired_t_test(1, .5, .99, .95, &t), UNDEFINED_TOO_FEW);
    assert_int_equal(paired_t_test(1, 0, 9, .95, &t), UNDEFINED_NO_VARIANCE);
    assert_int_equal(paired_t_test(0, 0, 9, .95, &t), UNDEFINED_NO_VARIANCE);
    assert_true(t.t == 7);
    assert_int_equal(paired_t_test(1, 1, 1, .5, &t), DEFINED); /* Cauchy: quartiles at ±1 */
    assert_digits(t.p, .5, 15);
    assert_digits(t.interval.high, 2, 15);
    assert_int_equal(paired_t_test(0, .5, 9, .95, &t), DEFINED);
    assert_true(t.t == 0 && t.p == 1 && t.interval.low == -t.interval.high);
    assert_int_equal(paired_t_test(5, 1e-9, 999999999, .95, &t), DEFINED);
    assert_true(t.p == 0 && isfinite(t.t));
    assert_int_equal(paired_t_test(-37, 1, 1e9 - 1, .95, &t), DEFINED);
    assert_digits(t.p, 2 * 5.725571222524577e-300, 3); /* normal, but for t⁴/4df = 5e-4 */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_r),
        cmocka_unit_test(the_published_example),
        cmocka_unit_test(degenerate_cases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
