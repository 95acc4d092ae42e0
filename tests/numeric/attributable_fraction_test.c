/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/attributable_fraction.h"

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

/* "[V: 60/240/70/630 → RR 2, PAF .2308, CI .108–.337]" */
static void the_formula_sheets_example(void **state)
{
    (void)state;
    struct exposure_table table = {60, 240, 70, 630};
    struct attributable_fraction loss;
    assert_int_equal(attributable_fraction(&table, .95, &loss), DEFINED);
    assert_digits(loss.ratio, 2, 15);
    assert_digits(loss.fraction, .2308, 3.8);
    assert_digits(loss.interval.low, .108, 3);
    assert_digits(loss.interval.high, .337, 2.9);
    assert_false(loss.corrected);
}

/* "strata (30/100 vs 40/400) and (30/200 vs 30/300): 2.1" */
static void the_formula_sheets_strata(void **state)
{
    (void)state;
    struct exposure_table strata[2] = {{30, 70, 40, 360}, {30, 170, 30, 270}};
    double ratio = 0;
    assert_int_equal(mantel_haenszel_ratio(strata, 2, &ratio), DEFINED);
    assert_digits(ratio, 2.1, 15);
}

static struct exposure_table table_of(const json_t *cells)
{
    double x[4];
    for (size_t i = 0; i < 4; i++)
        x[i] = json_number_value(json_array_get(cells, i));
    return (struct exposure_table){x[0], x[1], x[2], x[3]};
}

/* "SE² = (b + PAF (a + d)) / (N c)"; "nobody unexposed had the event: ½ was added to each cell" */
static void losses_agree_with_r(void **state)
{
    (void)state;
    json_t *root = oracle_read("attributable_fraction");
    struct agreement figures = {.name = "attributable fraction", .wanted = 13.5};
    size_t index = 0;
    const json_t *row = NULL;
    json_array_foreach (oracle_at(root, "losses"), index, row) {
        struct exposure_table table = table_of(json_object_get(row, "cells"));
        struct attributable_fraction loss;
        assert_int_equal(attributable_fraction(&table, member_number(row, "confidence"), &loss), DEFINED);
        assert_true(loss.corrected == json_is_true(json_object_get(row, "corrected")));
        agreement_add(&figures, loss.exposed_risk, member_number(row, "exposed_risk"));
        agreement_add(&figures, loss.unexposed_risk, member_number(row, "unexposed_risk"));
        agreement_add(&figures, loss.ratio, member_number(row, "ratio"));
        agreement_add(&figures, loss.fraction, member_number(row, "fraction"));
        agreement_add(&figures, loss.log_error, member_number(row, "log_error"));
        agreement_add(&figures, loss.interval.low, member_number(row, "low"));
        agreement_add(&figures, loss.interval.high, member_number(row, "high"));
    }
    agreement_print(&figures);
    json_decref(root);
}

/* "strata in which nobody or everybody is exposed add nothing"; Miettinen's form with the adjusted ratio */
static void strata_agree_with_r(void **state)
{
    (void)state;
    json_t *root = oracle_read("attributable_fraction");
    struct agreement figures = {.name = "Mantel-Haenszel", .wanted = 14.5};
    size_t index = 0;
    const json_t *row = NULL;
    json_array_foreach (oracle_at(root, "strata"), index, row) {
        const json_t *rows = json_object_get(row, "strata");
        struct exposure_table strata[4];
        double exposed = 0, events = 0, ratio = 0, fraction = 0;
        size_t count = json_array_size(rows);
        for (size_t i = 0; i < count; i++) {
            strata[i] = table_of(json_array_get(rows, i));
            exposed += strata[i].exposed_event;
            events += strata[i].exposed_event + strata[i].unexposed_event;
        }
        assert_int_equal(mantel_haenszel_ratio(strata, count, &ratio), DEFINED);
        assert_int_equal(miettinen_fraction(exposed / events, ratio, &fraction), DEFINED);
        agreement_add(&figures, ratio, member_number(row, "ratio"));
        agreement_add(&figures, fraction, member_number(row, "fraction"));
    }
    agreement_print(&figures);
    json_decref(root);
}

/* "1 − Σ w risk₀ / Σ w risk" */
static void standardised_agrees_with_r(void **state)
{
    (void)state;
    json_t *root = oracle_read("attributable_fraction");
    struct agreement figures = {.name = "standardised fraction", .wanted = 14};
    size_t index = 0;
    const json_t *row = NULL;
    json_array_foreach (oracle_at(root, "adjusted"), index, row) {
        double risk[100], none[100], weights[100], fraction = 0;
        size_t count = json_array_size(json_object_get(row, "risk"));
        assert_true(count <= 100);
        for (size_t i = 0; i < count; i++) {
            risk[i] = json_number_value(json_array_get(json_object_get(row, "risk"), i));
            none[i] = json_number_value(json_array_get(json_object_get(row, "risk_unexposed"), i));
            weights[i] = json_number_value(json_array_get(json_object_get(row, "weights"), i));
        }
        assert_int_equal(standardised_fraction(risk, none, index ? weights : NULL, count, &fraction), DEFINED);
        agreement_add(&figures, fraction, member_number(row, "fraction"));
    }
    agreement_print(&figures);
    json_decref(root);
}

/* "For a sample without weights and clusters it is the variance above", and the influences of all people add to 0 */
static void influences_give_the_variance(void **state)
{
    (void)state;
    struct exposure_table table = {60, 240, 70, 630};
    struct attributable_fraction loss;
    assert_int_equal(attributable_fraction(&table, .95, &loss), DEFINED);
    double cells[2][2] = {{630, 70}, {240, 60}}, variance = 0, sum = 0;
    for (int exposed = 0; exposed < 2; exposed++) {
        for (int event = 0; event < 2; event++) {
            double influence = attributable_influence(&table, exposed, event);
            variance += cells[exposed][event] * influence * influence;
            sum += cells[exposed][event] * influence;
        }
    }
    assert_digits(sqrt(variance), loss.log_error, 14);
    assert_true(fabs(sum) < 1e-13);
}

/* "nobody exposed, nobody unexposed, or no event"; nothing is written where nothing exists. No difference is a fraction of 0,
 * fewer events among the exposed one below 0. */
static void what_does_not_exist(void **state)
{
    (void)state;
    const struct exposure_table none[] = {{0, 0, 5, 5}, {5, 5, 0, 0}, {0, 5, 0, 5}, {0, 0, 0, 0}};
    struct attributable_fraction loss = {.ratio = 7};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        assert_int_equal(attributable_fraction(&none[i], .95, &loss), UNDEFINED_TOO_FEW);
    assert_true(loss.ratio == 7);
    struct exposure_table equal = {10, 30, 20, 60};
    assert_int_equal(attributable_fraction(&equal, .95, &loss), DEFINED);
    assert_true(loss.fraction == 0);
    struct exposure_table better = {2, 38, 20, 60};
    assert_int_equal(attributable_fraction(&better, .95, &loss), DEFINED);
    assert_true(loss.fraction < 0 && loss.ratio < 1 && loss.interval.low < loss.fraction);
    double ratio = 7, fraction = 7, risk[1] = {0};
    struct exposure_table one_sided[2] = {{3, 4, 0, 0}, {0, 0, 3, 4}}, no_event = {3, 4, 0, 6};
    assert_int_equal(mantel_haenszel_ratio(one_sided, 2, &ratio), UNDEFINED_TOO_FEW);
    assert_int_equal(mantel_haenszel_ratio(NULL, 0, &ratio), UNDEFINED_TOO_FEW);
    assert_int_equal(mantel_haenszel_ratio(&no_event, 1, &ratio), UNDEFINED_UNBOUNDED);
    assert_int_equal(miettinen_fraction(.5, 0, &fraction), UNDEFINED_TOO_FEW);
    assert_int_equal(standardised_fraction(risk, risk, NULL, 1, &fraction), UNDEFINED_TOO_FEW);
    assert_true(ratio == 7 && fraction == 7);
}

/* "SE² … "; cells k times as large leave the fraction and divide the variance by k */
static void scaling(void **state)
{
    (void)state;
    struct exposure_table table = {6, 14, 7, 43}, four = {24, 56, 28, 172};
    struct attributable_fraction one, more;
    assert_int_equal(attributable_fraction(&table, .95, &one), DEFINED);
    assert_int_equal(attributable_fraction(&four, .95, &more), DEFINED);
    assert_digits(more.fraction, one.fraction, 15);
    assert_digits(more.log_error, one.log_error / 2, 15);
}

/* Counts of `people` drawn by chance from four cells. */
static struct exposure_table drawn_table(const double shares[3], unsigned people, uint64_t stream)
{
    double cells[4] = {0};
    for (unsigned i = 0; i < people; i++) {
        double u = chance_uniform(84, stream, i);
        cells[u < shares[0] ? 0 : u < shares[1] ? 1 : u < shares[2] ? 2 : 3]++;
    }
    return (struct exposure_table){cells[0], cells[1], cells[2], cells[3]};
}

/* "both cover 94.5 % in simulation": 4000 samples of 300 people, true fraction .2308; the Monte Carlo error is .0036 */
static void the_interval_covers(void **state)
{
    (void)state;
    const double shares[3] = {.06, .30, .37}, truth = 1 - .07 / .7 / .13;
    unsigned covered = 0, samples = 4000;
    for (unsigned s = 0; s < samples; s++) {
        struct exposure_table table = drawn_table(shares, 300, s);
        struct attributable_fraction loss;
        assert_int_equal(attributable_fraction(&table, .95, &loss), DEFINED);
        covered += loss.interval.low <= truth && truth <= loss.interval.high;
    }
    print_message("the interval of the fraction covers in %.4f of %u samples of 300\n", (double)covered / samples, samples);
    assert_true(covered > .935 * samples && covered < .962 * samples);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_formula_sheets_example), cmocka_unit_test(the_formula_sheets_strata),
        cmocka_unit_test(losses_agree_with_r),        cmocka_unit_test(strata_agree_with_r),
        cmocka_unit_test(standardised_agrees_with_r), cmocka_unit_test(influences_give_the_variance),
        cmocka_unit_test(what_does_not_exist),        cmocka_unit_test(scaling),
        cmocka_unit_test(the_interval_covers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
