/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/net_promoter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/chance.h"
#include "support/agreement.h"
#include "support/digits.h"
#include "support/oracle_fixture.h"

/* formulas.md F54: "[V 60/25/15: Wald 30.50–59.50; adjusted 29.34–58.04, centre 43.69]" */
static void the_formula_sheets_example(void **state)
{
    (void)state;
    struct net_promoter score;
    assert_int_equal(net_promoter_score(.60, .15, 100, .95, &score), DEFINED);
    assert_digits(score.value, 45, 15);
    assert_digits(score.wald.low, 30.50, 4);
    assert_digits(score.wald.high, 59.50, 4);
    assert_digits(score.adjusted.low, 29.34, 3.9);
    assert_digits(score.adjusted.high, 58.04, 4);
    assert_digits((score.adjusted.low + score.adjusted.high) / 2, 43.69, 4);
}

/* "[V 25 points, z 2.386]": 60/25/15 after 54/36/30, the counts with which both hold */
static void the_formula_sheets_change(void **state)
{
    (void)state;
    struct net_promoter before, after;
    struct net_promoter_change change;
    assert_int_equal(net_promoter_score(.45, .25, 120, .95, &before), DEFINED);
    assert_int_equal(net_promoter_score(.60, .15, 100, .95, &after), DEFINED);
    assert_int_equal(net_promoter_change((struct net_promoter_wave){before.value, before.se},
                                         (struct net_promoter_wave){after.value, after.se}, 0, .95, &change),
                     DEFINED);
    assert_digits(change.change, 25, 14);
    assert_digits(change.z, 2.386, 3.7);
}

/* "Var = 100² (p + d − (p − d)²) / n", "clipped to −100 … 100" */
static void scores_agree_with_r(void **state)
{
    (void)state;
    json_t *root = oracle_read("net_promoter");
    struct agreement figures = {.name = "net promoter score, error, intervals", .wanted = 14};
    size_t index = 0;
    const json_t *row = NULL;
    json_array_foreach (oracle_at(root, "scores"), index, row) {
        double up = member_number(row, "promoters"), down = member_number(row, "detractors");
        double n = up + down + member_number(row, "passives");
        struct net_promoter score;
        assert_int_equal(net_promoter_score(up / n, down / n, n, member_number(row, "confidence"), &score), DEFINED);
        agreement_add(&figures, score.value, member_number(row, "value"));
        agreement_add(&figures, score.se, member_number(row, "se"));
        agreement_add(&figures, score.wald.low, member_number(row, "wald_low"));
        agreement_add(&figures, score.wald.high, member_number(row, "wald_high"));
        agreement_add(&figures, score.adjusted.low, member_number(row, "adjusted_low"));
        agreement_add(&figures, score.adjusted.high, member_number(row, "adjusted_high"));
    }
    agreement_print(&figures);
    json_decref(root);
}

static double number_of(const json_t *row, const char *array, size_t at)
{
    return json_number_value(json_array_get(json_object_get(row, array), at));
}

/* One wave of the fixture.
 * gives   *n  its size */
static struct net_promoter_wave wave_of(const json_t *row, const char *array, double *n)
{
    double up = number_of(row, array, 0), down = number_of(row, array, 2);
    *n = up + down + number_of(row, array, 1);
    struct net_promoter score;
    assert_int_equal(net_promoter_score(up / *n, down / *n, *n, .95, &score), DEFINED);
    return (struct net_promoter_wave){score.value, score.se};
}

/* "the covariance of the scores of two waves that share respondents", "clipped to −200 … 200" */
static void changes_agree_with_r(void **state)
{
    (void)state;
    json_t *root = oracle_read("net_promoter");
    struct agreement figures = {.name = "change of the score", .wanted = 13};
    size_t index = 0;
    const json_t *row = NULL;
    json_array_foreach (oracle_at(root, "changes"), index, row) {
        double n_before = 0, n_after = 0, n_both = 0, both[9], covariance = 7;
        struct net_promoter_wave before = wave_of(row, "before", &n_before), after = wave_of(row, "after", &n_after);
        for (size_t i = 0; i < 9; i++)
            n_both += number_of(row, "both", i);
        for (size_t i = 0; i < 9; i++)
            both[i] = n_both > 0 ? number_of(row, "both", i) / n_both : 0;
        assert_int_equal(net_promoter_covariance(both, n_both, n_before, n_after, &covariance), DEFINED);
        struct net_promoter_change change;
        assert_int_equal(net_promoter_change(before, after, covariance, member_number(row, "confidence"), &change), DEFINED);
        agreement_add(&figures, covariance, member_number(row, "covariance"));
        agreement_add(&figures, change.change, member_number(row, "change"));
        agreement_add(&figures, change.se, member_number(row, "se"));
        agreement_add(&figures, change.z, member_number(row, "z"));
        agreement_add(&figures, change.p, member_number(row, "p"));
        agreement_add(&figures, change.interval.low, member_number(row, "low"));
        agreement_add(&figures, change.interval.high, member_number(row, "high"));
    }
    agreement_print(&figures);
    json_decref(root);
}

/* "n <= 0 -> UNDEFINED_TOO_FEW", "the change has no variance -> UNDEFINED_NO_VARIANCE"; nothing is written then. Everybody in one
 * class has no error by the formula, yet an adjusted interval with a width. */
static void what_does_not_exist(void **state)
{
    (void)state;
    struct net_promoter score = {.value = 7};
    assert_int_equal(net_promoter_score(0, 0, 0, .95, &score), UNDEFINED_TOO_FEW);
    assert_true(score.value == 7);
    assert_int_equal(net_promoter_score(1, 0, 12, .95, &score), DEFINED);
    assert_true(score.se == 0 && score.wald.low == 100 && score.adjusted.low < 90 && score.adjusted.high == 100);
    struct net_promoter_wave all = {100, 0};
    struct net_promoter_change change = {.z = 7};
    assert_int_equal(net_promoter_change(all, all, 0, .95, &change), UNDEFINED_NO_VARIANCE);
    assert_true(change.z == 7);
    double both[9] = {1}, covariance = 7;
    assert_int_equal(net_promoter_covariance(both, 0, 0, 5, &covariance), UNDEFINED_TOO_FEW);
    assert_int_equal(net_promoter_covariance(both, 0, 5, 0, &covariance), UNDEFINED_TOO_FEW);
    assert_true(covariance == 7);
}

/* The adjusted interval holds its level where the plain one does not: 20,000 samples of 20 from 80, 15, 5 of 100. */
static void the_adjusted_interval_covers(void **state)
{
    (void)state;
    unsigned adjusted = 0, plain = 0, samples = 20000;
    for (unsigned s = 0; s < samples; s++) {
        unsigned up = 0, down = 0;
        for (unsigned i = 0; i < 20; i++) {
            double u = chance_uniform(54, s, i);
            up += u < .80;
            down += u > .95;
        }
        struct net_promoter score;
        assert_int_equal(net_promoter_score(up / 20.0, down / 20.0, 20, .95, &score), DEFINED);
        adjusted += score.adjusted.low <= 75 && 75 <= score.adjusted.high;
        plain += score.wald.low <= 75 && 75 <= score.wald.high;
    }
    print_message("n = 20: the adjusted interval covers %.3f, the plain one %.3f\n", (double)adjusted / samples,
                  (double)plain / samples);
    assert_true(adjusted > .93 * samples && adjusted < .98 * samples && adjusted > plain);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_formula_sheets_example), cmocka_unit_test(the_formula_sheets_change),
        cmocka_unit_test(scores_agree_with_r),        cmocka_unit_test(changes_agree_with_r),
        cmocka_unit_test(what_does_not_exist),        cmocka_unit_test(the_adjusted_interval_covers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
