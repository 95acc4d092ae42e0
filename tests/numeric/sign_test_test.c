/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/sign_test.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/agreement.h"
#include "support/oracle_fixture.h"

/* "The exact two-sided binomial p of so many positive and negative differences" */
static void agrees_with_exact_fractions(void **state)
{
    (void)state;
    json_t *root = oracle_read("sign_test");
    struct agreement p = {.name = "sign test p", .wanted = 11};
    size_t index = 0;
    const json_t *row = NULL;
    json_array_foreach (oracle_at(root, "cases"), index, row) {
        uint64_t positive = (uint64_t)member_number(row, "n_positive"), negative = (uint64_t)member_number(row, "n_negative");
        agreement_add(&p, sign_test(positive, negative), member_number(row, "p"));
        agreement_add(&p, sign_test(negative, positive), member_number(row, "p"));
    }
    agreement_print(&p);
    json_decref(root);
}

/* Each p of up to 50 differences is an integer over 2^n: counted here with Pascal's triangle. */
static void agrees_with_pascals_triangle(void **state)
{
    (void)state;
    struct agreement p = {.name = "sign test p, n <= 50", .wanted = 13.5};
    double row[52] = {1};
    for (unsigned n = 1; n <= 50; n++) {
        for (unsigned k = n; k > 0; k--)
            row[k] += row[k - 1];
        double tail = 0;
        for (unsigned k = 0; 2 * k < n; k++) {
            tail += row[k];
            agreement_add(&p, sign_test(k, n - k), fmin(1, ldexp(tail, 1 - (int)n)));
        }
    }
    agreement_print(&p);
}

/* "1 when both counts are 0; 0 only below the smallest double" */
static void degenerate_cases(void **state)
{
    (void)state;
    assert_true(sign_test(0, 0) == 1);
    assert_true(sign_test(7, 7) == 1);
    assert_true(sign_test(500000000, 500000000) == 1);
    assert_true(sign_test(0, 1000) > 0);
    assert_true(sign_test(0, 100000) == 0);
    double huge = sign_test(500010000, 499990000);
    assert_true(huge > .52 && huge < .53); /* z = 2·10^4 / √10^9 = .632 */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_exact_fractions),
        cmocka_unit_test(agrees_with_pascals_triangle),
        cmocka_unit_test(degenerate_cases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
