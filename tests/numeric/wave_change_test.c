/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/wave_change.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/chance.h"
#include "numeric/distribution.h"
#include "support/agreement.h"
#include "support/digits.h"
#include "support/oracle_fixture.h"

static struct mean_estimate estimate(double n, double mean, double sd)
{
    return (struct mean_estimate){mean, sd * sd / n, n - 1};
}

/* "se² = v1 + v2 − 2ρ √(v1 v2) n_both/√(n1 n2)": t.test for independent waves and full panels, the covariance matrix of all
 * single answers for parts of panels */
static void agrees_with_r(void **state)
{
    (void)state;
    json_t *root = oracle_read("wave_change");
    struct agreement agreement = {.name = "wave change", .wanted = 12};
    size_t index = 0;
    const json_t *row = NULL;
    json_array_foreach (oracle_at(root, "changes"), index, row) {
        struct wave_overlap overlap = {.n_first = member_number(row, "n_first"),
                                       .n_second = member_number(row, "n_second"),
                                       .n_both = member_number(row, "n_both")};
        if (overlap.n_both > 0)
            overlap.correlation = member_number(row, "correlation");
        struct mean_estimate first = estimate(overlap.n_first, member_number(row, "mean_first"), member_number(row, "sd_first"));
        struct mean_estimate second =
            estimate(overlap.n_second, member_number(row, "mean_second"), member_number(row, "sd_second"));
        struct mean_comparison c = {0};
        bool defined = wave_change(&first, &second, &overlap, member_number(row, "confidence"), &c) == DEFINED;
        agreement_add_member(&agreement, defined, c.difference, row, "difference");
        agreement_add_member(&agreement, defined, c.se, row, "se");
        agreement_add_member(&agreement, defined, c.statistic, row, "t");
        agreement_add_member(&agreement, defined, c.df, row, "df");
        agreement_add_member(&agreement, defined, c.p, row, "p");
        agreement_add_member(&agreement, defined, c.interval.low, row, "low");
        agreement_add_member(&agreement, defined, c.interval.high, row, "high");
    }
    agreement_print(&agreement);
    json_decref(root);
}

/* Mean, sum of squared deviations and cross-products of one simulated wave. */
struct wave {
    double x[80];
    size_t n;
};

static struct mean_estimate wave_mean(const struct wave *wave)
{
    double sum = 0, squares = 0, n = (double)wave->n;
    for (size_t i = 0; i < wave->n; i++)
        sum += wave->x[i];
    for (size_t i = 0; i < wave->n; i++)
        squares += (wave->x[i] - sum / n) * (wave->x[i] - sum / n);
    return (struct mean_estimate){sum / n, squares / (n - 1) / n, n - 1};
}

static double panel_correlation(const struct wave *a, const struct wave *b, size_t both)
{
    double ma = 0, mb = 0, aa = 0, bb = 0, ab = 0;
    for (size_t i = 0; i < both; i++) {
        ma += a->x[i] / (double)both;
        mb += b->x[i] / (double)both;
    }
    for (size_t i = 0; i < both; i++) {
        aa += (a->x[i] - ma) * (a->x[i] - ma);
        bb += (b->x[i] - mb) * (b->x[i] - mb);
        ab += (a->x[i] - ma) * (b->x[i] - mb);
    }
    return ab / sqrt(aa * bb);
}

/* "every interval's coverage simulated": 60 and 80 people, 40 of them in both waves with a correlation of .7; taken as
 * independent the interval would be too wide */
static void intervals_cover_as_they_promise(void **state)
{
    (void)state;
    enum { STUDIES = 4000 };
    size_t covered = 0, independent = 0;
    for (uint64_t s = 0; s < STUDIES; s++) {
        struct wave a = {.n = 60}, b = {.n = 80};
        for (uint64_t i = 0; i < 80; i++) {
            double own = normal_quantile_upper(chance_uniform(7, s, 3 * i)),
                   first = normal_quantile_upper(chance_uniform(7, s, 3 * i + 1));
            double second = normal_quantile_upper(chance_uniform(7, s, 3 * i + 2));
            double shared = i < 40 ? sqrt(.7) : 0, rest = sqrt(1 - shared * shared);
            if (i < a.n)
                a.x[i] = shared * own + rest * first;
            b.x[i] = shared * own + rest * second;
        }
        struct mean_estimate first = wave_mean(&a), second = wave_mean(&b);
        struct wave_overlap overlap = {60, 80, 40, panel_correlation(&a, &b, 40)};
        struct mean_comparison c;
        assert_int_equal(wave_change(&first, &second, &overlap, .95, &c), DEFINED);
        covered += c.interval.low <= 0 && 0 <= c.interval.high;
        overlap.n_both = 0;
        assert_int_equal(wave_change(&first, &second, &overlap, .95, &c), DEFINED);
        independent += c.interval.low <= 0 && 0 <= c.interval.high;
    }
    print_message("coverage with the overlap %.3f, without %.3f\n", (double)covered / STUDIES, (double)independent / STUDIES);
    assert_true(covered > .94 * STUDIES && covered < .962 * STUDIES);
    assert_true(independent > .98 * STUDIES);
}

/* "df < 1 in a wave -> UNDEFINED_TOO_FEW;  se = 0 -> UNDEFINED_NO_VARIANCE" */
static void degenerate_cases(void **state)
{
    (void)state;
    const struct mean_estimate good = {1, .5, 4}, lone = {2, 0, 0}, constant = {3, 0, 4};
    struct mean_comparison c = {.p = 7};
    const struct wave_overlap none = {5, 5, 0, 0}, same = {5, 5, 5, 1}, half = {5, 5, 3, .4};
    assert_int_equal(wave_change(&good, &lone, &none, .95, &c), UNDEFINED_TOO_FEW);
    assert_int_equal(wave_change(&good, &lone, &half, .95, &c), UNDEFINED_TOO_FEW);
    assert_int_equal(wave_change(&constant, &constant, &none, .95, &c), UNDEFINED_NO_VARIANCE);
    assert_int_equal(wave_change(&constant, &constant, &half, .95, &c), UNDEFINED_NO_VARIANCE);
    /* everybody changed by the same */
    assert_int_equal(wave_change(&good, &good, &same, .95, &c), UNDEFINED_NO_VARIANCE);
    const struct mean_estimate odd = {1, .1 + .2, 4}, near = {2, .3, 4};
    assert_int_equal(wave_change(&odd, &near, &same, .95, &c), UNDEFINED_NO_VARIANCE);
    assert_true(c.p == 7);
    assert_int_equal(wave_change(&good, &constant, &half, .95, &c), DEFINED);
    assert_digits(c.se, sqrt(.5), 15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_r),
        cmocka_unit_test(intervals_cover_as_they_promise),
        cmocka_unit_test(degenerate_cases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
