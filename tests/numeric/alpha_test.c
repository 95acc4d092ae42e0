/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/alpha.h"

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

/* "k/(k−1) × (1 − Σ s_j² / s_T²)", standardised alpha and Feldt's interval, against psych */
static void agrees_with_psych(void **state)
{
    (void)state;
    json_t *root = oracle_read("alpha");
    struct agreement alphas = {.name = "alpha", .wanted = 13.5}, standardised = {.name = "standardised alpha", .wanted = 14};
    struct agreement ends = {.name = "Feldt's interval", .wanted = 13};
    size_t index = 0;
    const json_t *row = NULL;
    json_array_foreach (oracle_at(root, "cases"), index, row) {
        static struct block_room room;
        block_of(json_object_get(row, "answers"), NULL, &room);
        struct alpha a = {0};
        bool defined = cronbach_alpha(&room.block, member_number(row, "confidence"), &a) == DEFINED;
        bool with_interval = defined && a.interval_undefined == DEFINED;
        agreement_add_member(&alphas, defined, a.alpha, row, "alpha");
        bool all_vary = defined && a.standardised_undefined == DEFINED;
        agreement_add_member(&standardised, all_vary, a.standardised, row, "alpha_standardized");
        agreement_add_member(&ends, with_interval, a.interval.low, row, "low");
        agreement_add_member(&ends, with_interval, a.interval.high, row, "high");
        assert_true(!defined || (a.constant_count > 0) == !all_vary);
    }
    agreement_print(&alphas);
    agreement_print(&standardised);
    agreement_print(&ends);
    json_decref(root);
}

/* "correctly rounded from the exact integers": 3/2 × (1 − 4/7) of a covariance matrix with 2, 1, 1 and covariances of ½ */
static void alpha_is_rounded_once(void **state)
{
    (void)state;
    /* n = 5, deviations: x = (2,−2,0,0,0), y = (1,−1,1,−1,0), z = (1,−1,0,1,−1): moments ×5 */
    const int128 sums[] = {0, 0, 0}, products[] = {8, 4, 4, 4, 4, 1, 4, 1, 4};
    const struct exact_block block = {{5, 5, 5}, 3, sums, products};
    struct alpha a;
    assert_int_equal(cronbach_alpha(&block, .95, &a), DEFINED);
    assert_true(a.alpha == 3.0 * (34 - 16) / (2.0 * 34));
    assert_true(a.k == 3 && a.constant_count == 0);
}

/* With weights, every case twice is a weight of 2: the same alpha, and an interval of the effective number. */
static void weights_cancel(void **state)
{
    (void)state;
    const int128 sums[] = {7, 9}, products[] = {21, 25, 25, 35}, twice_sums[] = {14, 18}, twice_products[] = {42, 50, 50, 70};
    const struct exact_block once = {{3, 3, 3}, 2, sums, products}, weighted = {{3, 6, 12}, 2, twice_sums, twice_products};
    struct alpha a, b;
    assert_int_equal(cronbach_alpha(&once, .95, &a), DEFINED);
    assert_int_equal(cronbach_alpha(&weighted, .95, &b), DEFINED);
    assert_true(a.alpha == b.alpha && a.interval.low == b.interval.low && a.interval.high == b.interval.high);
    assert_true(a.standardised == b.standardised);
}

/* formulas.md section 9: "α .8724063714, Feldt .8466999853–.8951803335" of 7 items and 250 people */
static void feldts_interval_of_the_published_example(void **state)
{
    (void)state;
    struct interval i;
    assert_int_equal(feldt_interval(.8724063714, 250, 7, .95, &i), DEFINED);
    assert_digits(i.low, .8466999853, 9.3);
    assert_digits(i.high, .8951803335, 9.3);
}

/* "k < 2 or n < 2 -> UNDEFINED_TOO_FEW;  the total has no variance -> UNDEFINED_NO_VARIANCE" */
static void degenerate_cases(void **state)
{
    (void)state;
    const int128 sums[] = {6, 6}, products[] = {14, 10, 10, 14}, opposite[] = {14, -14, -14, 14}, none[] = {0, 0};
    struct alpha a = {.alpha = 7};
    const struct exact_block one_item = {{3, 3, 3}, 1, sums, products}, one_case = {{1, 1, 1}, 2, sums, products};
    const struct exact_block empty = {{0, 0, 0}, 2, none, products}, mirror = {{3, 3, 3}, 2, none, opposite};
    const struct exact_block lone_weight = {{2, 5, 25}, 2, sums, products};
    assert_int_equal(cronbach_alpha(&one_item, .95, &a), UNDEFINED_TOO_FEW);
    assert_int_equal(cronbach_alpha(&one_case, .95, &a), UNDEFINED_TOO_FEW);
    assert_int_equal(cronbach_alpha(&empty, .95, &a), UNDEFINED_TOO_FEW);
    assert_int_equal(cronbach_alpha(&lone_weight, .95, &a), UNDEFINED_TOO_FEW);
    assert_int_equal(cronbach_alpha(&mirror, .95, &a), UNDEFINED_NO_VARIANCE);
    assert_true(a.alpha == 7);
    /* the sum varies, but not that of the standardised items: x = (1,−1,0), y = −2x */
    const int128 half_mirror[] = {2, -4, -4, 8};
    const struct exact_block standardised_flat = {{3, 3, 3}, 2, none, half_mirror};
    assert_int_equal(cronbach_alpha(&standardised_flat, .95, &a), DEFINED);
    assert_true(a.alpha == -8 && a.standardised_undefined == UNDEFINED_NO_VARIANCE);
    struct interval i = {7, 7};
    assert_int_equal(feldt_interval(.8, 1, 3, .95, &i), UNDEFINED_TOO_FEW);
    assert_int_equal(feldt_interval(.8, 30, 1, .95, &i), UNDEFINED_TOO_FEW);
    assert_true(i.low == 7);
    assert_int_equal(feldt_interval(.8, 1e9, 22, .95, &i), DEFINED);
    assert_true(.7999 < i.low && i.low < .8 && .8 < i.high && i.high < .8001);
}

/* alpha_of_sums is "the same alpha" from sums in real numbers; no variance but for rounding is none */
static void alpha_from_real_sums(void **state)
{
    (void)state;
    static const double x[5][3] = {{1, 2, 2}, {3, 2, 4}, {5, 4, 4}, {2, 1, 3}, {4, 5, 3}}, w[5] = {1, 2, 1, .5, 3};
    double answers[3] = {0}, squared = 0, squares = 0, all = 0;
    int128 sums[3] = {0}, products[9] = {0}, n2 = 0, ww = 0;
    for (int i = 0; i < 5; i++) {
        double total = x[i][0] + x[i][1] + x[i][2];
        int128 twice = (int128)(2 * w[i]);
        for (int j = 0; j < 3; j++) {
            answers[j] += w[i] * x[i][j];
            squares += w[i] * x[i][j] * x[i][j];
            sums[j] += twice * (int128)x[i][j];
            for (int k = 0; k < 3; k++)
                products[3 * j + k] += twice * (int128)(x[i][j] * x[i][k]);
        }
        squared += w[i] * total * total;
        all += w[i];
        n2 += twice;
        ww += twice * twice;
    }
    const struct exact_block block = {{5, n2, ww}, 3, sums, products};
    struct alpha exact;
    double found = 7;
    assert_int_equal(cronbach_alpha(&block, .95, &exact), DEFINED);
    assert_int_equal(alpha_of_sums(&(struct alpha_sums){all, squared, squares, answers, 3}, &found), DEFINED);
    assert_digits(found, exact.alpha, 14);
    const double same[2] = {.3, .6};
    found = 7;
    /* three people who all said .1 and .2 */
    assert_int_equal(alpha_of_sums(&(struct alpha_sums){3, 3 * .3 * .3, 3 * .05, same, 2}, &found), UNDEFINED_NO_VARIANCE);
    assert_int_equal(alpha_of_sums(&(struct alpha_sums){0, 0, 0, (const double[]){0, 0}, 2}, &found), UNDEFINED_NO_VARIANCE);
    assert_true(found == 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_psych), cmocka_unit_test(alpha_is_rounded_once),
        cmocka_unit_test(weights_cancel),    cmocka_unit_test(feldts_interval_of_the_published_example),
        cmocka_unit_test(degenerate_cases),  cmocka_unit_test(alpha_from_real_sums),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
