/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/tost.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "numeric/paired_t.h"
#include "support/agreement.h"
#include "support/digits.h"
#include "support/integer_answers.h"
#include "support/oracle_fixture.h"

/* "the larger of the two one-sided p: below .05 exactly when the 90 % interval lies inside ±margin" */
static void agrees_with_r(void **state)
{
    (void)state;
    json_t *root = oracle_read("tost");
    struct agreement ts = {.name = "t of TOST", .wanted = 15}, p = {.name = "p of TOST", .wanted = 13};
    size_t index = 0;
    const json_t *row = NULL;
    json_array_foreach (oracle_at(root, "cases"), index, row) {
        struct exact_sums g = sums_of(json_object_get(row, "g"));
        double mean = 0, se = 0, margin = member_number(row, "delta"), df = (double)g.n - 1;
        assert_int_equal(exact_mean(&g, &unit_plain, &mean), DEFINED);
        assert_int_equal(exact_linearised_error(&g, g.n, &unit_plain, &se), DEFINED);
        struct equivalence e;
        assert_int_equal(equivalence_test(mean, se, df, margin, &e), DEFINED);
        agreement_add(&ts, e.t_low, member_number(row, "t_lower"));
        agreement_add(&ts, e.t_high, member_number(row, "t_upper"));
        agreement_add(&p, e.p, member_number(row, "p"));
        struct paired_t t;
        assert_int_equal(paired_t_test(mean, se, df, .9, &t), DEFINED);
        bool inside = t.interval.low > -margin && t.interval.high < margin;
        assert_int_equal(inside, e.p < .05);
        assert_int_equal(inside, json_is_true(json_object_get(row, "equivalent")));
    }
    agreement_print(&ts);
    agreement_print(&p);
    json_decref(root);
}

/* "df < 1 -> UNDEFINED_TOO_FEW;  se = 0 -> UNDEFINED_NO_VARIANCE" */
static void degenerate_cases(void **state)
{
    (void)state;
    struct equivalence e = {.p = 7};
    assert_int_equal(equivalence_test(0, 1, 0, 1, &e), UNDEFINED_TOO_FEW);
    assert_int_equal(equivalence_test(0, 1, .99, 1, &e), UNDEFINED_TOO_FEW);
    assert_int_equal(equivalence_test(0, 0, 9, 1, &e), UNDEFINED_NO_VARIANCE);
    assert_true(e.p == 7);
    assert_int_equal(equivalence_test(0, 1, 1, 1, &e), DEFINED); /* Cauchy: P(T > 1) = 1/4 */
    assert_digits(e.p, .25, 15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_r),
        cmocka_unit_test(degenerate_cases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
