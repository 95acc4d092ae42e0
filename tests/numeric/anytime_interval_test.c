/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/anytime_interval.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/chance.h"
#include "support/agreement.h"
#include "support/digits.h"
#include "support/oracle_fixture.h"

/* "x̄ ± s √(2(nρ² + 1)/(n²ρ²) ln(√(nρ² + 1)/α))": digits of R, which checks the formula against the integral it comes from. */
static void agrees_with_r(void **state)
{
    (void)state;
    json_t *root = oracle_read("anytime_interval");
    struct agreement ends = {.name = "ends", .wanted = 13};
    size_t index = 0;
    const json_t *row = NULL;
    json_array_foreach (oracle_at(root, "cases"), index, row) {
        const struct anytime_sample sample = {.mean = member_number(row, "mean"),
                                              .deviation = member_number(row, "deviation"),
                                              .n = (uint64_t)member_number(row, "n"),
                                              .off_mode = ANYTIME_OFF_MODE};
        struct interval found;
        assert_int_equal(anytime_interval(&sample, member_number(row, "confidence"), member_number(row, "tightest"), &found),
                         DEFINED);
        agreement_add(&ends, found.low, member_number(row, "low"));
        agreement_add(&ends, found.high, member_number(row, "high"));
    }
    agreement_print(&ends);
    json_decref(root);
}

static double half_width(uint64_t n, double tightest)
{
    const struct anytime_sample sample = {.deviation = 1, .n = n, .off_mode = n / 2};
    struct interval found = {0};
    assert_int_equal(anytime_interval(&sample, .95, tightest, &found), DEFINED);
    assert_true(found.low == -found.high);
    return found.high;
}

/* "ρ makes it tightest at n₀": no other n₀ is narrower there by more than half a part in a thousand, and a far one is wider.
 * "Wider than a fixed-n interval". */
static void tightest_where_it_is_asked_for(void **state)
{
    (void)state;
    for (uint64_t n = 100; n <= 100000; n *= 10) {
        double own = half_width(n, (double)n);
        for (double other = (double)n / 16; other <= 16 * (double)n; other *= 1.25)
            assert_true(half_width(n, other) >= own * .9995);
        assert_true(half_width(n, (double)n / 16) > own * 1.05 && half_width(n, (double)n * 16) > own * 1.05);
        assert_true(own > 1.3 * 1.96 / sqrt((double)n));
    }
    assert_true(half_width(2000, ANYTIME_TIGHTEST) < half_width(1000, ANYTIME_TIGHTEST));
}

/* "only from n ≥ 50 and ≥ 20 answers off the mode on: nothing is shown before" */
static void nothing_before(void **state)
{
    (void)state;
    struct interval found = {-9, -9};
    const struct anytime_sample few = {.deviation = 1, .n = 49, .off_mode = 49},
                                alike = {.deviation = 1, .n = 500, .off_mode = 19},
                                enough = {.deviation = 1, .n = 50, .off_mode = 20};
    assert_int_equal(anytime_interval(&few, .95, ANYTIME_TIGHTEST, &found), UNDEFINED_TOO_FEW);
    assert_int_equal(anytime_interval(&alike, .95, ANYTIME_TIGHTEST, &found), UNDEFINED_TOO_FEW);
    assert_true(found.low == -9);
    assert_int_equal(anytime_interval(&enough, .95, ANYTIME_TIGHTEST, &found), DEFINED);
}

/* Gaps −6 … 2 that are drawn from 100 balls, and how a path of answers fared. */
enum { GAPS = 9, BALLS = 100, PATH = 3000, LOWEST = -6 };

struct path {
    uint64_t counts[GAPS];
    double sum, squares;
    bool missed, missed_fixed, shown; /* missed_fixed: by Student's interval of a single look */
};

static void path_look(struct path *path, uint64_t n, double truth, bool early)
{
    uint64_t mode = 0;
    for (unsigned g = 0; g < GAPS; g++)
        mode = path->counts[g] > mode ? path->counts[g] : mode;
    double mean = path->sum / (double)n, variance = (path->squares - path->sum * mean) / ((double)n - 1);
    struct anytime_sample sample = {.mean = mean, .deviation = sqrt(variance > 0 ? variance : 0), .n = n, .off_mode = n - mode};
    struct interval found;
    if (early) {
        /* as if the rule were not there */
        double scale = sqrt(ANYTIME_N_LEAST / (double)n);
        struct anytime_sample least = {.deviation = 1, .n = ANYTIME_N_LEAST, .off_mode = ANYTIME_OFF_MODE};
        assert_int_equal(anytime_interval(&least, .95, ANYTIME_TIGHTEST * ANYTIME_N_LEAST / (double)n, &found), DEFINED);
        path->missed |= fabs(mean - truth) > found.high * scale * sample.deviation;
        return;
    }
    if (anytime_interval(&sample, .95, ANYTIME_TIGHTEST, &found))
        return;
    path->shown = true;
    path->missed |= truth < found.low || truth > found.high;
    path->missed_fixed |= fabs(mean - truth) > 1.96 * sample.deviation / sqrt((double)n);
}

static struct path path_walk(const unsigned balls[GAPS], uint64_t stream, bool early)
{
    struct path path = {.sum = 0};
    double truth = 0;
    for (unsigned g = 0; g < GAPS; g++)
        truth += balls[g] * ((double)g + LOWEST) / BALLS;
    for (uint64_t n = 1; n <= (early ? ANYTIME_N_LEAST : PATH) && !path.missed; n++) {
        unsigned ball = (unsigned)chance_below(121, stream, n, BALLS), g = 0;
        for (; ball >= balls[g]; g++)
            ball -= balls[g];
        path.counts[g]++;
        path.sum += (int)g + LOWEST;
        path.squares += ((int)g + LOWEST) * ((int)g + LOWEST);
        if (n >= 2)
            path_look(&path, n, truth, early);
    }
    return path;
}

/* "holds for all n at once": of paths of 3000 answers looked at after every answer, at least 95 % never leave the truth out, be the
 * gaps skewed or nearly all 0 (four standard errors of the simulation). Student's interval, looked at as often, is left by most:
 * the same paths tell the two apart. */
static void holds_over_whole_paths(void **state)
{
    (void)state;
    static const unsigned populations[][GAPS] = {
        {3, 5, 8, 12, 18, 24, 20, 8, 2}, {2, 0, 0, 1, 1, 4, 90, 1, 1}, {0, 0, 0, 0, 0, 50, 0, 50, 0}};
    enum { PATHS = 800 };
    for (unsigned p = 0; p < sizeof populations / sizeof *populations; p++) {
        unsigned missed = 0, fixed = 0, shown = 0;
        for (uint64_t s = 0; s < PATHS; s++) {
            struct path path = path_walk(populations[p], p * 100000 + s, false);
            missed += path.missed;
            fixed += path.missed_fixed;
            shown += path.shown;
        }
        print_message(
            "population %u: %.1f %% of %d paths hold at all looks; looked at as often, a single look's interval %.1f %%\n", p,
            100 - 100.0 * missed / PATHS, PATHS, 100 - 100.0 * fixed / PATHS);
        assert_int_equal(shown, PATHS);
        assert_true(missed <= PATHS * (.05 + 4 * sqrt(.05 * .95 / PATHS)));
        assert_true(fixed > PATHS / 3);
    }
}

/* Why nothing is shown before: of gaps that are nearly all alike, most paths leave the truth out within 50 answers. */
static void would_not_hold_before(void **state)
{
    (void)state;
    static const unsigned alike[GAPS] = {2, 0, 0, 1, 1, 4, 90, 1, 1};
    enum { PATHS = 800 };
    unsigned missed = 0;
    for (uint64_t s = 0; s < PATHS; s++)
        missed += path_walk(alike, 900000 + s, true).missed;
    print_message("from the second answer on: %.1f %%\n", 100 - 100.0 * missed / PATHS);
    assert_true(missed > PATHS / 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_r),         cmocka_unit_test(tightest_where_it_is_asked_for),
        cmocka_unit_test(nothing_before),        cmocka_unit_test(holds_over_whole_paths),
        cmocka_unit_test(would_not_hold_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
