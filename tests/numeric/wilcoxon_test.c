/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/wilcoxon.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "support/agreement.h"
#include "support/digits.h"
#include "support/oracle_fixture.h"

enum { LEVELS = 201, MIDDLE = 100 };

/* The table of differences of a list of integers in ±100. */
static size_t tabulate(const json_t *x, struct difference_count *cells)
{
    uint64_t counts[LEVELS] = {0};
    size_t index = 0, cell_count = 0;
    const json_t *value = NULL;
    json_array_foreach (x, index, value) {
        json_int_t difference = json_integer_value(value) + MIDDLE;
        assert_in_range(difference, 0, LEVELS - 1);
        counts[difference]++;
    }
    for (size_t i = 0; i < LEVELS; i++)
        if (counts[i] > 0)
            cells[cell_count++] = (struct difference_count){(int64_t)i - MIDDLE, counts[i]};
    return cell_count;
}

/* "Wilcoxon 1945; ties […]; exact with ties" against R (wilcox.test, and an exact count of its own). */
static void agrees_with_r(void **state)
{
    (void)state;
    json_t *root = oracle_read("wilcoxon");
    struct agreement ranks = {.name = "T+ and T-", .wanted = 17}, z = {.name = "z", .wanted = 15};
    struct agreement exact = {.name = "exact p", .wanted = 15.5}, normal = {.name = "normal p", .wanted = 12.5};
    struct agreement effect = {.name = "rank-biserial", .wanted = 15};
    size_t index = 0;
    const json_t *row = NULL;
    json_array_foreach (oracle_at(root, "cases"), index, row) {
        struct difference_count cells[LEVELS];
        struct wilcoxon w;
        size_t cell_count = tabulate(json_object_get(row, "x"), cells);
        assert_int_equal(wilcoxon_signed_rank(cells, cell_count, &w), DEFINED);
        assert_true((double)w.nonzero == member_number(row, "n_nonzero"));
        agreement_add(&ranks, w.positive_ranks, member_number(row, "t_plus"));
        agreement_add(&ranks, w.negative_ranks, member_number(row, "t_minus"));
        agreement_add_member(&z, w.undefined == DEFINED, w.z, row, "z");
        agreement_add_member(&effect, w.undefined == DEFINED, w.rank_biserial, row, "rank_biserial");
        assert_int_equal(w.exact, !json_is_null(json_object_get(row, "p_exact")));
        if (w.exact)
            agreement_add(&exact, w.p, member_number(row, "p_exact"));
        else
            agreement_add(&normal, w.p, member_number(row, "p_normal"));
    }
    agreement_print(&ranks);
    agreement_print(&z);
    agreement_print(&exact);
    agreement_print(&normal);
    agreement_print(&effect);
    json_decref(root);
}

/* formulas.md: "x=(1,−2,0,3,3,−1,2,4,0,2,−1,1): T⁺44, T⁻11, z 1.64699 […] rbc .6 […] exact .1172" */
static void the_formula_sheets_example(void **state)
{
    (void)state;
    const struct difference_count cells[] = {{-2, 1}, {-1, 2}, {0, 2}, {1, 2}, {2, 2}, {3, 2}, {4, 1}};
    struct wilcoxon w;
    assert_int_equal(wilcoxon_signed_rank(cells, 7, &w), DEFINED);
    assert_true(w.positive_ranks == 44 && w.negative_ranks == 11 && w.nonzero == 10 && w.exact);
    assert_digits(w.z, 1.64699, 5.5);
    assert_digits(w.rank_biserial, .6, 15.5);
    assert_true(w.p == 120.0 / 1024);
}

/* All 2^N sign patterns, one after another, of the mid-ranks of these sizes. */
static double p_of_all_patterns(const double *ranks, unsigned n, double seen)
{
    double total = 0, count = 0;
    for (unsigned i = 0; i < n; i++)
        total += ranks[i];
    double smaller = fmin(seen, total - seen);
    for (uint32_t pattern = 0; pattern < 1u << n; pattern++) {
        double positive = 0;
        for (unsigned i = 0; i < n; i++)
            positive += pattern >> i & 1u ? ranks[i] : 0;
        count += positive <= smaller;
    }
    return fmin(1, 2 * count / (double)(1u << n));
}

/* "p by counting all sign patterns" */
static void exact_p_counts_all_patterns(void **state)
{
    (void)state;
    /* sizes 1 1 1 2 2 3 4 4 4 4 5: mid-ranks 2 2 2 4.5 4.5 6 8.5 8.5 8.5 8.5 11 */
    const double ranks[] = {2, 2, 2, 4.5, 4.5, 6, 8.5, 8.5, 8.5, 8.5, 11};
    const struct difference_count cells[] = {{-4, 1}, {-2, 1}, {-1, 2}, {1, 1}, {2, 1}, {3, 1}, {4, 3}, {5, 1}};
    struct wilcoxon w;
    assert_int_equal(wilcoxon_signed_rank(cells, 8, &w), DEFINED);
    assert_true(w.negative_ranks == 8.5 + 4.5 + 4);
    assert_true(w.p == p_of_all_patterns(ranks, 11, w.positive_ranks));
}

/* "exact […] (N <= EXACT_WILCOXON_MAX)": N = 25, all of one sign, has the smallest p there is, 2/2^25. */
static void the_largest_exact_case(void **state)
{
    (void)state;
    struct difference_count cells[26];
    for (int i = 0; i < 26; i++)
        cells[i] = (struct difference_count){i + 1, 1};
    struct wilcoxon w;
    assert_int_equal(wilcoxon_signed_rank(cells, 25, &w), DEFINED);
    assert_true(w.exact && w.p == 2.0 / (1 << 25) && w.rank_biserial == 1 && w.positive_ranks == 325);
    assert_int_equal(wilcoxon_signed_rank(cells, 26, &w), DEFINED);
    assert_false(w.exact);
    assert_digits(w.z, (351 - 175.5 - .5) / sqrt(26 * 27 * 53 / 24.0), 15);
}

/* "more than 2^40 observations -> UNDEFINED_OVERFLOW", "no observation at all -> UNDEFINED_TOO_FEW", all zeros -> p = 1 */
static void degenerate_cases(void **state)
{
    (void)state;
    struct wilcoxon w = {.p = -1};
    assert_int_equal(wilcoxon_signed_rank(NULL, 0, &w), UNDEFINED_TOO_FEW);
    assert_int_equal(wilcoxon_signed_rank((struct difference_count[]){{3, 0}}, 1, &w), UNDEFINED_TOO_FEW);
    assert_true(w.p == -1);
    assert_int_equal(wilcoxon_signed_rank((struct difference_count[]){{0, 9}}, 1, &w), DEFINED);
    assert_true(w.p == 1 && w.undefined == UNDEFINED_NO_VARIANCE && w.nonzero == 0);
    assert_int_equal(wilcoxon_signed_rank((struct difference_count[]){{-1, 4}, {1, 4}}, 2, &w), DEFINED);
    assert_true(w.p == 1 && w.z == 0 && w.rank_biserial == 0);
    assert_int_equal(wilcoxon_signed_rank((struct difference_count[]){{INT64_MIN, 1}, {INT64_MAX, 1}}, 2, &w), DEFINED);
    assert_true(w.positive_ranks == 1 && w.negative_ranks == 2);
    uint64_t many = (uint64_t)1 << 40;
    assert_int_equal(wilcoxon_signed_rank((struct difference_count[]){{1, many + 1}}, 1, &w), UNDEFINED_OVERFLOW);
    assert_int_equal(wilcoxon_signed_rank((struct difference_count[]){{1, many}, {2, UINT64_MAX}}, 2, &w), UNDEFINED_OVERFLOW);
    assert_int_equal(wilcoxon_signed_rank((struct difference_count[]){{-1, many / 2}, {1, many / 2}}, 2, &w), DEFINED);
    assert_true(w.z == 0 && w.p == 1);
    /* n = 10^9, a hair more positive ones: one group of ties, T+ − E = (p−m)(N+1)/4, Var = N(N+1)²/16 but for the correction. */
    assert_int_equal(wilcoxon_signed_rank((struct difference_count[]){{-1, 499990000}, {1, 500010000}}, 2, &w), DEFINED);
    double variance = 1e9 * (1e9 + 1) * (2e9 + 1) / 24 - (1e27 - 1e9) / 48;
    assert_digits(w.z, (20000 * (1e9 + 1) / 4 - .5) / sqrt(variance), 14);
    assert_true(isfinite(w.p) && w.p > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_r),
        cmocka_unit_test(the_formula_sheets_example),
        cmocka_unit_test(exact_p_counts_all_patterns),
        cmocka_unit_test(the_largest_exact_case),
        cmocka_unit_test(degenerate_cases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
