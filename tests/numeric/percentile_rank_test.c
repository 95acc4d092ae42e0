/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/percentile_rank.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/agreement.h"
#include "support/digits.h"
#include "support/oracle_fixture.h"

enum { UNITS_MAX = 100 };

/* "100 (below + ½ equal)/n", "their mean is 50" */
static void agrees_with_r(void **state)
{
    (void)state;
    json_t *root = oracle_read("wave_change");
    struct agreement agreement = {.name = "percentile rank", .wanted = 14.5};
    size_t index = 0;
    const json_t *row = NULL;
    json_array_foreach (oracle_at(root, "norms"), index, row) {
        double values[UNITS_MAX], ranks[UNITS_MAX], sum = 0;
        const json_t *array = json_object_get(row, "values"), *expected = json_object_get(row, "ranks");
        size_t count = json_array_size(array);
        assert_true(count <= UNITS_MAX);
        for (size_t i = 0; i < count; i++)
            values[i] = json_number_value(json_array_get(array, i));
        assert_int_equal(percentile_ranks(values, count, ranks), DEFINED);
        for (size_t i = 0; i < count; i++) {
            agreement_add(&agreement, ranks[i], json_number_value(json_array_get(expected, i)));
            sum += ranks[i];
        }
        assert_digits(sum / (double)count, 50, 14);
    }
    agreement_print(&agreement);
    json_decref(root);
}

/* "count < NORM_UNITS_MIN -> UNDEFINED_TOO_FEW"; all equal are in the middle; the best of 30 is not at 100 */
static void degenerate_cases(void **state)
{
    (void)state;
    double values[30] = {0}, ranks[30] = {7};
    assert_int_equal(percentile_ranks(values, 29, ranks), UNDEFINED_TOO_FEW);
    assert_int_equal(percentile_ranks(values, 0, ranks), UNDEFINED_TOO_FEW);
    assert_true(ranks[0] == 7);
    assert_int_equal(percentile_ranks(values, 30, ranks), DEFINED);
    for (size_t i = 0; i < 30; i++)
        assert_true(ranks[i] == 50);
    values[3] = 1;
    assert_int_equal(percentile_ranks(values, 30, ranks), DEFINED);
    assert_digits(ranks[3], 100 * 29.5 / 30, 15);
    assert_digits(ranks[0], 100 * 14.5 / 30, 15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(agrees_with_r), cmocka_unit_test(degenerate_cases)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
