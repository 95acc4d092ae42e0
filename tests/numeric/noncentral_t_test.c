/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/noncentral_t.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "numeric/distribution.h"
#include "support/agreement.h"
#include "support/digits.h"
#include "support/oracle_fixture.h"

/* "relative error about 1e-12 also far in the tail", against sums in 200 bits and more */
static void both_tails_keep_their_digits(void **state)
{
    (void)state;
    json_t *root = oracle_read("noncentral_t");
    struct agreement tails = {.name = "non-central t tails", .wanted = 12};
    size_t index = 0;
    const json_t *row = NULL;
    json_array_foreach (oracle_at(root, "tails"), index, row) {
        double t = member_number(row, "t"), df = member_number(row, "df"), ncp = member_number(row, "ncp");
        agreement_add(&tails, noncentral_t_lower(t, df, ncp), member_number(row, "lower"));
        agreement_add(&tails, noncentral_t_upper(t, df, ncp), member_number(row, "upper"));
        /* P(T' <= t; ncp) = P(T' >= −t; −ncp) */
        agreement_add(&tails, noncentral_t_upper(-t, df, -ncp), member_number(row, "lower"));
    }
    agreement_print(&tails);
    json_decref(root);
}

/* "The confidence interval of the non-centrality behind an observed t" */
static void intervals_agree(void **state)
{
    (void)state;
    json_t *root = oracle_read("noncentral_t");
    struct agreement ends = {.name = "non-centrality intervals", .wanted = 12};
    size_t index = 0;
    const json_t *row = NULL;
    json_array_foreach (oracle_at(root, "limits"), index, row) {
        struct interval i;
        double n = member_number(row, "n"), t = member_number(row, "dz") * sqrt(n);
        assert_int_equal(noncentrality_interval(t, n - 1, member_number(row, "confidence"), &i), DEFINED);
        agreement_add(&ends, i.low, member_number(row, "ncp_low"));
        agreement_add(&ends, i.high, member_number(row, "ncp_high"));
    }
    agreement_print(&ends);
    json_decref(root);
}

/* Laws that need no oracle: the tails sum to 1, and P grows with t and falls with ncp; df real, ncp of any size. */
static void laws_hold_everywhere(void **state)
{
    (void)state;
    static const double dfs[] = {1, 1.5, 2, 3.25, 7, 40.5, 249, 1e4, 1e6, 1e9};
    static const double ts[] = {-1e6, -300, -38, -4, -.3, 0, 1e-8, .7, 2, 9, 37.7, 100, 2000, 1e6};
    double worst = 0;
    for (size_t d = 0; d < sizeof dfs / sizeof *dfs; d++) {
        for (size_t i = 0; i < sizeof ts / sizeof *ts; i++) {
            for (double away = -3; away <= 3; away += 1.5) {
                double ncp = ts[i] + away * sqrt(1 + 0.5 * ts[i] * ts[i] / dfs[d]);
                double lower = noncentral_t_lower(ts[i], dfs[d], ncp), upper = noncentral_t_upper(ts[i], dfs[d], ncp);
                assert_true(lower >= 0 && lower <= 1 && upper >= 0 && upper <= 1);
                worst = fmax(worst, fabs(lower + upper - 1));
                double further = noncentral_t_lower(ts[i], dfs[d], ncp + .5 + fabs(ncp) / 50);
                assert_true(further < lower || (further == lower && (lower == 0 || upper < 1e-15)));
            }
        }
    }
    print_message("lower + upper = 1 within %.1e\n", worst);
    assert_true(worst < 1e-12);
}

/* Without non-centrality it is Student's t; at t = 0 it is normal. */
static void known_special_cases(void **state)
{
    (void)state;
    assert_true(noncentral_t_upper(2.5, 7, 0) == t_upper(2.5, 7));
    assert_true(noncentral_t_lower(-2.5, 7, 0) == t_lower(-2.5, 7));
    assert_true(noncentral_t_lower(0, 7, 3) == normal_lower(-3));
    assert_digits(noncentral_t_upper(30, 50, 1e-13), t_upper(30, 50), 11);
    assert_digits(noncentral_t_lower(1.2, 1e12, 1.5), normal_lower(-.3), 11);
    assert_true(noncentral_t_upper(1e100, 50, 1) == 0);
    assert_true(noncentral_t_lower(1e100, 50, 1) == 1);
    assert_digits(noncentral_t_upper(1e100, 1, 1e-9), t_upper(1e100, 1), 8);
    assert_true(noncentral_t_upper(1e100, 50, -1e100) == 0);
    assert_true(noncentral_t_upper(-1e100, 50, 1e100) == 1);
    assert_true(noncentral_t_lower(-1, 5, 1e8) == 0);
}

/* The ends do what they promise: "low has P(T' > t) = (1−confidence)/2, high has P(T' <= t) = (1−confidence)/2" */
static void ends_have_the_tails_they_promise(void **state)
{
    (void)state;
    struct agreement tails = {.name = "tails at the ends", .wanted = 10.5};
    static const struct {
        double t, df, confidence;
    } rows[] = {{2.5, 1, .95}, {0, 50, .95}, {1e6, 1e9, .95}, {-45, 12.5, .99}, {3, 2, .5}, {400, 5, .9}, {-1e-9, 1e5, .999}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct interval ends;
        assert_int_equal(noncentrality_interval(rows[i].t, rows[i].df, rows[i].confidence, &ends), DEFINED);
        agreement_add(&tails, noncentral_t_upper(rows[i].t, rows[i].df, ends.low), (1 - rows[i].confidence) / 2);
        agreement_add(&tails, noncentral_t_lower(rows[i].t, rows[i].df, ends.high), (1 - rows[i].confidence) / 2);
    }
    agreement_print(&tails);
    struct interval untouched = {7, 8};
    assert_int_equal(noncentrality_interval(1, 0.5, .95, &untouched), UNDEFINED_TOO_FEW);
    assert_int_equal(noncentrality_interval(1e61, 50, .95, &untouched), UNDEFINED_NOT_CONVERGED);
    assert_true(untouched.low == 7 && untouched.high == 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_tails_keep_their_digits),
        cmocka_unit_test(intervals_agree),
        cmocka_unit_test(laws_hold_everywhere),
        cmocka_unit_test(known_special_cases),
        cmocka_unit_test(ends_have_the_tails_they_promise),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
