/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/control_chart.h"

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

enum { POINTS_MAX = 64 };

static size_t read_numbers(const json_t *row, const char *key, double *out)
{
    const json_t *array = json_object_get(row, key);
    size_t count = json_array_size(array);
    assert_true(count >= 1 && count <= POINTS_MAX);
    for (size_t i = 0; i < count; i++)
        out[i] = json_number_value(json_array_get(array, i));
    return count;
}

static void add_all(struct agreement *agreement, const double *actual, const json_t *row, const char *key)
{
    double expected[POINTS_MAX];
    size_t count = read_numbers(row, key, expected);
    for (size_t i = 0; i < count; i++)
        agreement_add(agreement, actual[i], expected[i]);
}

/* The first point of a chart that gives a signal, against the oracle's. */
static void check_first(const json_t *row, size_t first, size_t count)
{
    const json_t *expected = json_object_get(row, "first");
    assert_int_equal(first, json_is_null(expected) ? (json_int_t)count : json_integer_value(expected));
}

/* "z_i = λ y_i + (1 − λ) z_{i−1}", "Var(z_i) = (1 − λ)² Var(z_{i−1}) + λ² v_i": as a weighted sum, and formulas.md section 9:
 * "EWMA 8.2 7.6 8.1 …: LCL at 7 = 7.606458; first signal point 7", which the script insists on */
static void ewma_agrees_with_r(void **state)
{
    (void)state;
    json_t *root = oracle_read("control_chart");
    struct agreement agreement = {.name = "EWMA", .wanted = 12.5};
    size_t index = 0;
    const json_t *row = NULL;
    json_array_foreach (oracle_at(root, "series"), index, row) {
        double y[POINTS_MAX], v[POINTS_MAX], value[POINTS_MAX], low[POINTS_MAX], high[POINTS_MAX];
        struct chart_point points[POINTS_MAX];
        size_t count = read_numbers(row, "y", y), first = count;
        assert_int_equal(read_numbers(row, "v", v), count);
        struct ewma_rule rule = {member_number(row, "smoothing"), member_number(row, "width")};
        ewma_chart(y, v, count, member_number(row, "centre"), &rule, points);
        for (size_t i = count; i-- > 0;) {
            value[i] = points[i].value;
            low[i] = points[i].low;
            high[i] = points[i].high;
            first = points[i].signal ? i : first;
            assert_true(points[i].signal == (value[i] < low[i]    ? CHART_EWMA_LOW
                                             : value[i] > high[i] ? CHART_EWMA_HIGH
                                                                  : CHART_QUIET));
        }
        const json_t *expected = json_object_get(row, "ewma");
        add_all(&agreement, value, expected, "value");
        add_all(&agreement, low, expected, "low");
        add_all(&agreement, high, expected, "high");
        check_first(expected, first, count);
    }
    agreement_print(&agreement);
    json_decref(root);
}

/* "C⁺ = max(0, C⁺ + u − k), C⁻ = max(0, C⁻ − u − k); a signal above h": as a maximum over starts */
static void cusum_agrees_with_r(void **state)
{
    (void)state;
    json_t *root = oracle_read("control_chart");
    struct agreement agreement = {.name = "CUSUM", .wanted = 11.5};
    size_t index = 0;
    const json_t *row = NULL;
    json_array_foreach (oracle_at(root, "series"), index, row) {
        double y[POINTS_MAX], v[POINTS_MAX], above[POINTS_MAX], below[POINTS_MAX];
        struct cusum_point points[POINTS_MAX];
        size_t count = read_numbers(row, "y", y), first = count;
        assert_int_equal(read_numbers(row, "v", v), count);
        struct cusum_rule rule = {member_number(row, "slack"), member_number(row, "threshold")};
        cusum_chart(y, v, count, member_number(row, "centre"), &rule, points);
        for (size_t i = count; i-- > 0;) {
            above[i] = points[i].above;
            below[i] = points[i].below;
            first = points[i].signal ? i : first;
            enum chart_signal expected = below[i] > rule.threshold ? CHART_CUSUM_LOW : CHART_CUSUM_HIGH;
            assert_true(points[i].signal == (below[i] > rule.threshold || above[i] > rule.threshold ? expected : CHART_QUIET));
        }
        const json_t *expected = json_object_get(row, "cusum");
        add_all(&agreement, above, expected, "above");
        add_all(&agreement, below, expected, "below");
        check_first(expected, first, count);
    }
    agreement_print(&agreement);
    json_decref(root);
}

/* formulas.md section 9: "EWMA … z 8.04 7.952 …; CUSUM k=.5 C⁻: 0 .394427 0 .841641 2.130495 3.195743 4.931811 6.444272" */
static void the_formula_sheets_series(void **state)
{
    (void)state;
    static const double y[] = {8.2, 7.6, 8.1, 7.4, 7.2, 7.3, 7.0, 7.1}, v[] = {.2, .2, .2, .2, .2, .2, .2, .2};
    static const double z[] = {8.04, 7.952, 7.9816, 7.86528, 7.732224, 7.6457792, 7.51662336, 7.433298688};
    static const double below[] = {0, .394427, 0, .841641, 2.130495, 3.195743, 4.931811, 6.444272};
    struct chart_point points[8];
    struct cusum_point sums[8];
    ewma_chart(y, v, 8, 8, &(struct ewma_rule){.2, 2.7}, points);
    cusum_chart(y, v, 8, 8, &(struct cusum_rule){.5, 5}, sums);
    for (size_t i = 0; i < 8; i++) {
        assert_digits(points[i].value, z[i], 14);
        assert_digits(sums[i].below, below[i], 5.5);
        assert_int_equal(points[i].signal, i >= 6 ? CHART_EWMA_LOW : CHART_QUIET);
        assert_int_equal(sums[i].signal, i == 7 ? CHART_CUSUM_LOW : CHART_QUIET);
    }
    assert_digits(points[6].low, 7.606458, 7);
}

/* "p̄ = Σ n p / Σ n", "mean |Δz|/1.128", limits "times σ_z when that is above LANEY_SIGMA, within [0, 1]" */
static void shares_agree_with_r(void **state)
{
    (void)state;
    json_t *root = oracle_read("control_chart");
    struct agreement agreement = {.name = "shares", .wanted = 12.5};
    size_t index = 0, at = 0;
    const json_t *row = NULL, *outside = NULL;
    json_array_foreach (oracle_at(root, "shares"), index, row) {
        double p[POINTS_MAX], n[POINTS_MAX], low[POINTS_MAX], high[POINTS_MAX];
        struct chart_point points[POINTS_MAX];
        struct share_baseline baseline = {0};
        size_t count = read_numbers(row, "p", p), signals = 0;
        assert_int_equal(read_numbers(row, "n", n), count);
        assert_int_equal(share_baseline_find(p, n, count, &baseline), DEFINED);
        share_chart(p, n, count, &baseline, points);
        for (size_t i = 0; i < count; i++) {
            low[i] = points[i].low;
            high[i] = points[i].high;
            signals += points[i].signal != CHART_QUIET;
            assert_true(points[i].value == p[i]);
        }
        agreement_add_member(&agreement, true, baseline.centre, row, "centre");
        agreement_add_member(&agreement, baseline.sigma_z_undefined == DEFINED, baseline.sigma_z, row, "sigma_z");
        add_all(&agreement, low, row, "low");
        add_all(&agreement, high, row, "high");
        assert_int_equal(signals, json_array_size(json_object_get(row, "outside")));
        bool laney = baseline.sigma_z > LANEY_SIGMA;
        json_array_foreach (json_object_get(row, "outside"), at, outside) {
            size_t i = (size_t)json_integer_value(outside);
            enum chart_signal high_one = laney ? CHART_LANEY_HIGH : CHART_P_HIGH, low_one = laney ? CHART_LANEY_LOW : CHART_P_LOW;
            assert_int_equal(points[i].signal, p[i] > baseline.centre ? high_one : low_one);
        }
    }
    agreement_print(&agreement);
    json_decref(root);
}

/* formulas.md section 9: "d 22 18 30 … of 400 380 410 …: p̄ .06549118, σ_z 1.7570127" */
static void the_formula_sheets_shares(void **state)
{
    (void)state;
    static const double d[] = {22, 18, 30, 25, 41, 17, 28, 35, 20, 24};
    static const double n[] = {400, 380, 410, 395, 420, 370, 405, 398, 402, 390};
    double p[10];
    for (size_t i = 0; i < 10; i++)
        p[i] = d[i] / n[i];
    struct share_baseline baseline;
    assert_int_equal(share_baseline_find(p, n, 10, &baseline), DEFINED);
    assert_digits(baseline.centre, .06549118, 7);
    assert_digits(baseline.sigma_z, 1.7570127, 7.5);
}

/* "mean |Δz|/1.128": for shares as means with binomial variances it is their σ_z */
static void excess_is_laneys(void **state)
{
    (void)state;
    static const double d[] = {22, 18, 30, 25, 41, 17, 28, 35, 20, 24};
    static const double n[] = {400, 380, 410, 395, 420, 370, 405, 398, 402, 390};
    double p[10], v[10], excess = 7;
    for (size_t i = 0; i < 10; i++) {
        p[i] = d[i] / n[i];
        v[i] = .06549118388 * (1 - .06549118388) / n[i];
    }
    assert_int_equal(chart_excess(p, v, 1, .06549118388, &excess), UNDEFINED_TOO_FEW);
    assert_true(excess == 7);
    assert_int_equal(chart_excess(p, v, 10, .06549118388, &excess), DEFINED);
    assert_digits(excess, 1.7570127, 7.5);
}

/* A later point is held against the baseline alone, and carries its own n. */
static void later_points_do_not_move_the_baseline(void **state)
{
    (void)state;
    double p[] = {.2, .22, .18, .2, .9}, n[] = {100, 100, 100, 100, 16};
    struct share_baseline baseline;
    struct chart_point points[5];
    assert_int_equal(share_baseline_find(p, n, 4, &baseline), DEFINED);
    share_chart(p, n, 5, &baseline, points);
    assert_digits(baseline.centre, .2, 15);
    assert_digits(points[4].high, .5, 14);
    assert_int_equal(points[4].signal, CHART_P_HIGH);
    assert_int_equal(points[3].signal, CHART_QUIET);
    assert_true(points[4].low == 0);
}

/* "the first CHART_BASELINE_POINTS, or all while there are fewer"; every rule has its word */
static void baseline_and_words(void **state)
{
    (void)state;
    assert_int_equal(chart_baseline(0), 0);
    assert_int_equal(chart_baseline(19), 19);
    assert_int_equal(chart_baseline(20), 20);
    assert_int_equal(chart_baseline(500), 20);
    assert_string_equal(chart_signal_name(CHART_QUIET), "none");
    assert_string_equal(chart_signal_name(CHART_EWMA_LOW), "ewma_low");
    assert_string_equal(chart_signal_name(CHART_CUSUM_HIGH), "cusum_high");
    assert_string_equal(chart_signal_name(CHART_LANEY_HIGH), "laney_high");
    for (enum chart_signal signal = 0; signal < CHART_SIGNAL_COUNT; signal++)
        assert_non_null(chart_signal_name(signal));
}

/* "count = 0 -> UNDEFINED_TOO_FEW;  p̄ = 0 or 1 -> UNDEFINED_NO_VARIANCE"; one point has no σ_z */
static void degenerate_cases(void **state)
{
    (void)state;
    struct share_baseline baseline = {.centre = 7};
    const double none[] = {0, 0, 0}, all[] = {1, 1, 1}, n[] = {3, 7, 11}, half[] = {.5};
    assert_int_equal(share_baseline_find(half, n, 0, &baseline), UNDEFINED_TOO_FEW);
    assert_int_equal(share_baseline_find(none, n, 3, &baseline), UNDEFINED_NO_VARIANCE);
    assert_int_equal(share_baseline_find(all, n, 3, &baseline), UNDEFINED_NO_VARIANCE);
    assert_true(baseline.centre == 7);
    assert_int_equal(share_baseline_find(half, n, 1, &baseline), DEFINED);
    assert_int_equal(baseline.sigma_z_undefined, UNDEFINED_TOO_FEW);
    struct chart_point point;
    share_chart(half, n, 1, &baseline, &point);
    assert_true(point.low == 0 && point.high == 1 && point.signal == CHART_QUIET);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ewma_agrees_with_r),
        cmocka_unit_test(cusum_agrees_with_r),
        cmocka_unit_test(the_formula_sheets_series),
        cmocka_unit_test(shares_agree_with_r),
        cmocka_unit_test(the_formula_sheets_shares),
        cmocka_unit_test(excess_is_laneys),
        cmocka_unit_test(later_points_do_not_move_the_baseline),
        cmocka_unit_test(baseline_and_words),
        cmocka_unit_test(degenerate_cases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
