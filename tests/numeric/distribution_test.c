/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/distribution.h"

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

static void each(const char *table, double digits, void (*compare)(struct agreement *, const json_t *))
{
    json_t *root = oracle_read("distribution");
    struct agreement agreement = {.name = table, .wanted = digits};
    size_t index = 0;
    const json_t *row = NULL;
    json_array_foreach (oracle_at(root, table), index, row)
        compare(&agreement, row);
    agreement_print(&agreement);
    json_decref(root);
}

static void compare_normal(struct agreement *a, const json_t *row)
{
    double x = member_number(row, "x"), upper = member_number(row, "upper");
    agreement_add(a, normal_upper(x), upper);
    agreement_add(a, normal_lower(-x), upper);
    agreement_add(a, normal_lower_log(-x), log(upper));
    if (x > 0)
        agreement_add(a, normal_two_sided(-x), 2 * upper);
}

static void compare_normal_quantile(struct agreement *a, const json_t *row)
{
    agreement_add(a, normal_quantile_upper(member_number(row, "upper")), member_number(row, "x"));
}

static void compare_t(struct agreement *a, const json_t *row)
{
    double t = member_number(row, "t"), df = member_number(row, "df"), upper = member_number(row, "upper");
    agreement_add(a, t_upper(t, df), upper);
    agreement_add(a, t_lower(-t, df), upper);
    if (t > 0)
        agreement_add(a, t_two_sided(-t, df), 2 * upper);
}

static void compare_t_quantile(struct agreement *a, const json_t *row)
{
    agreement_add(a, t_quantile_upper(member_number(row, "upper"), member_number(row, "df")), member_number(row, "t"));
}

static void compare_f(struct agreement *a, const json_t *row)
{
    double f = member_number(row, "f"), df1 = member_number(row, "df1"), df2 = member_number(row, "df2");
    agreement_add(a, f_upper(f, df1, df2), member_number(row, "upper"));
}

static void compare_f_quantile(struct agreement *a, const json_t *row)
{
    double df1 = member_number(row, "df1"), df2 = member_number(row, "df2");
    agreement_add(a, f_quantile_upper(member_number(row, "upper"), df1, df2), member_number(row, "f"));
}

static void compare_chi_square(struct agreement *a, const json_t *row)
{
    agreement_add(a, chi_square_upper(member_number(row, "x"), member_number(row, "df")), member_number(row, "upper"));
}

static void compare_beta(struct agreement *a, const json_t *row)
{
    double x = member_number(row, "x"), shape1 = member_number(row, "a"), shape2 = member_number(row, "b");
    agreement_add(a, beta_lower(x, shape1, shape2), member_number(row, "lower"));
}

static void compare_beta_quantile(struct agreement *a, const json_t *row)
{
    double shape1 = member_number(row, "a"), shape2 = member_number(row, "b");
    agreement_add(a, beta_quantile(member_number(row, "lower"), shape1, shape2), member_number(row, "x"));
}

/* "a p-value keeps its digits down to 1e-300" */
static void tails_agree_with_many_digits(void **state)
{
    (void)state;
    each("normal", 14, compare_normal);
    each("normal_quantile", 15, compare_normal_quantile);
    each("t", 12.5, compare_t);
    each("t_quantile", 13, compare_t_quantile);
    each("f", 12.5, compare_f);
    each("f_quantile", 14, compare_f_quantile);
    each("chi_square", 13, compare_chi_square);
    each("beta", 13, compare_beta);
    each("beta_quantile", 14.5, compare_beta_quantile);
}

/* "with tail = .025 this is 1.959963984540054" */
static void the_usual_quantile(void **state)
{
    (void)state;
    assert_digits(normal_quantile_upper(.025), 1.959963984540054, 15.5);
}

/* "The f with P(F > f) = tail", also where R's qf is wrong (df2 > 4e5): its answer for the first row has the tail .0278. */
static void f_quantile_has_the_tail_it_promises(void **state)
{
    (void)state;
    static const struct {
        double tail, df1, df2, digits;
    } rows[] = {{.025, 2e4, 4.2e5, 11}, {.975, 2e4, 4.2e5, 11}, {.025, 1e9, 2.1e10, 9},
                {.025, 3, 5e5, 12},     {.975, 249, 1494, 13},  {1e-300, 5, 40, 12},
                {.5, 1e3, 1e3, 12},     {.01, 0.5, 0.7, 13},    {.025, 99999, 5e6, 10.5}};
    struct agreement agreement = {.name = "P(F > f_quantile_upper(tail))", .wanted = 0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double f = f_quantile_upper(rows[i].tail, rows[i].df1, rows[i].df2);
        assert_digits(f_upper(f, rows[i].df1, rows[i].df2), rows[i].tail, rows[i].digits);
        agreement_add(&agreement, f_upper(f, rows[i].df1, rows[i].df2), rows[i].tail);
    }
    agreement_print(&agreement);
}

/* Exact: P(B <= x) = 1 − (1 − x)^b for a = 1, so the quantile is known; the ends too. */
static void beta_quantile_of_known_shapes(void **state)
{
    (void)state;
    assert_digits(beta_quantile(.975, 1, 12), -expm1(log(.025) / 12), 14);
    assert_digits(beta_quantile(1e-200, 1, 12), 1e-200 / 12, 13);
    assert_true(beta_quantile(0, 2, 3) == 0);
    assert_true(beta_quantile(1, 2, 3) == 1);
    assert_digits(beta_quantile(.5, 4e8, 4e8), .5, 15);
    double nearly_one = beta_quantile(.999999, 5, 1e-3);
    assert_true(nearly_one <= 1 && nearly_one > .999);
    double nearly_zero = beta_quantile(1e-6, 1e-3, 5);
    assert_true(nearly_zero >= 0 && nearly_zero < 1e-3);
}

/* "ln(1 + x) − x without cancellation" */
static void log1p_minus_keeps_its_digits(void **state)
{
    (void)state;
    assert_digits(log1p_minus(1e-9), -4.9999999966666666692e-19, 15);
    assert_digits(log1p_minus(0.5), -0.09453489189183561802, 15);
    assert_digits(log1p_minus(-0.25), -0.03768207245178092744, 14);
    assert_true(log1p_minus(0) == 0);
}

/* "needs": outside it is a programming mistake. */
static void extremes_are_finite(void **state)
{
    (void)state;
    assert_true(normal_upper(1e300) == 0);
    assert_true(normal_upper(-1e300) == 1);
    assert_true(t_two_sided(1e300, 5) >= 0);
    assert_true(t_two_sided(0, 5) == 1);
    assert_true(isfinite(t_quantile_upper(1e-10, 1)));
    assert_true(f_upper(0, 3, 4) == 1);
    assert_true(chi_square_upper(0, 4) == 1);
    assert_true(beta_lower(0, 2, 2) == 0);
    assert_true(beta_lower(1, 2, 2) == 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tails_agree_with_many_digits),        cmocka_unit_test(the_usual_quantile),
        cmocka_unit_test(f_quantile_has_the_tail_it_promises), cmocka_unit_test(beta_quantile_of_known_shapes),
        cmocka_unit_test(log1p_minus_keeps_its_digits),        cmocka_unit_test(extremes_are_finite),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
