/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/studentised_range.h"

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

/* The tail for any number of groups; the last one opened is kept. */
static double range_upper(double q, size_t groups, double df)
{
    static struct studentised_range kept;
    if (kept.groups != groups)
        studentised_range_open(groups, &kept);
    return studentised_range_upper(&kept, q, df);
}

static enum undefined range_quantile(double tail, size_t groups, double df, double *out)
{
    struct studentised_range range;
    studentised_range_open(groups, &range);
    return studentised_range_quantile_upper(&range, tail, df, out);
}

static void compare_tails(const char *table, double wanted)
{
    json_t *root = oracle_read("welch");
    struct agreement agreement = {.name = table, .wanted = wanted};
    size_t index = 0;
    const json_t *row = NULL;
    json_array_foreach (oracle_at(root, table), index, row) {
        size_t k = (size_t)member_number(row, "k");
        agreement_add(&agreement, range_upper(member_number(row, "q"), k, member_number(row, "df")), member_number(row, "upper"));
    }
    agreement_print(&agreement);
    json_decref(root);
}

/* "integrals in long arithmetic", in the middle and far out */
static void tails_agree_with_long_arithmetic(void **state)
{
    (void)state;
    compare_tails("range", 10);
    compare_tails("far", 10);
}

/* "2 P(T > q/√2) for k = 2", from q near 0 down to 1e-200, from 1 degree of freedom to a million million */
static void two_groups_are_a_t(void **state)
{
    (void)state;
    struct agreement agreement = {.name = "range of two", .wanted = 11};
    const double dfs[] = {1, 1.5, 4, 12, 30, 1e3, 1e6, 1e12}, qs[] = {1e-6, .01, .3, 2, 5, 14, 42};
    for (size_t i = 0; i < sizeof dfs / sizeof *dfs; i++) {
        for (size_t j = 0; j < sizeof qs / sizeof *qs; j++)
            agreement_add(&agreement, range_upper(qs[j], 2, dfs[i]), t_two_sided(qs[j] / sqrt(2.0), dfs[i]));
    }
    agreement_print(&agreement);
    assert_true(range_upper(42, 2, 1e12) < 1e-190 && range_upper(42, 2, 1e12) > 0);
}

/* "[0, 1]"; falls with q, rises with the number of groups, and is never above the sum over all pairs */
static void tails_are_in_order(void **state)
{
    (void)state;
    assert_true(range_upper(0, 5, 10) == 1);
    for (size_t k = 3; k < 60; k += 14) {
        double before = 1;
        struct studentised_range fewer;
        studentised_range_open(k - 1, &fewer);
        for (double q = .25; q < 30; q *= 1.5) {
            double upper = range_upper(q, k, 11), pairs = .5 * (double)(k * (k - 1));
            assert_true(upper <= before + 1e-11);
            assert_true(upper > studentised_range_upper(&fewer, q, 11) - 1e-10);
            assert_true(upper <= pairs * t_two_sided(q / sqrt(2.0), 11) * (1 + 1e-12));
            before = upper;
        }
    }
}

/* "The q with P(Q > q) = tail" */
static void quantiles_agree_with_long_arithmetic(void **state)
{
    (void)state;
    json_t *root = oracle_read("welch");
    struct agreement agreement = {.name = "quantile", .wanted = 9}, back = {.name = "its tail", .wanted = 13};
    size_t index = 0;
    const json_t *row = NULL;
    json_array_foreach (oracle_at(root, "quantile"), index, row) {
        double tail = member_number(row, "tail"), df = member_number(row, "df"), q = 0;
        size_t k = (size_t)member_number(row, "k");
        assert_int_equal(range_quantile(tail, k, df, &q), DEFINED);
        agreement_add(&agreement, q, member_number(row, "q"));
        agreement_add(&back, range_upper(q, k, df), tail);
    }
    agreement_print(&agreement);
    agreement_print(&back);
    json_decref(root);
    double q = 0;
    assert_int_equal(range_quantile(.999, 3, 5, &q), DEFINED);
    assert_digits(range_upper(q, 3, 5), .999, 13);
    assert_int_equal(range_quantile(1e-12, 300, 1, &q), DEFINED);
    assert_digits(range_upper(q, 300, 1), 1e-12, 11);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tails_agree_with_long_arithmetic),
        cmocka_unit_test(two_groups_are_a_t),
        cmocka_unit_test(tails_are_in_order),
        cmocka_unit_test(quantiles_agree_with_long_arithmetic),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
