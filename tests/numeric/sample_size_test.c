/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/sample_size.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/agreement.h"
#include "support/digits.h"
#include "support/oracle_fixture.h"

/* "The fewest pairs with at least that power", and the power they have */
static void sizes_agree_with_r(void **state)
{
    (void)state;
    json_t *root = oracle_read("sample_size");
    struct agreement n = {.name = "pairs needed", .wanted = 17}, power = {.name = "power", .wanted = 11};
    size_t index = 0;
    const json_t *row = NULL;
    json_array_foreach (oracle_at(root, "cases"), index, row) {
        double dz = member_number(row, "dz"), alpha = member_number(row, "alpha");
        uint64_t size = 0;
        assert_int_equal(paired_t_size(dz, member_number(row, "power"), alpha, &size), DEFINED);
        agreement_add(&n, (double)size, member_number(row, "n"));
        agreement_add(&power, paired_t_power(dz, size, alpha), member_number(row, "power_at_n"));
        assert_true(size == 2 || paired_t_power(dz, size - 1, alpha) < member_number(row, "power"));
    }
    agreement_print(&n);
    agreement_print(&power);
    json_decref(root);
}

/* "The smallest dz that n pairs find with that power." The oracle's are good to 1e-10. */
static void detectable_differences_agree_with_r(void **state)
{
    (void)state;
    json_t *root = oracle_read("sample_size");
    struct agreement detectable = {.name = "detectable dz", .wanted = 8.5};
    size_t index = 0;
    const json_t *row = NULL;
    json_array_foreach (oracle_at(root, "detectable"), index, row) {
        double dz = 0, power = member_number(row, "power"), alpha = member_number(row, "alpha");
        uint64_t n = (uint64_t)member_number(row, "n");
        assert_int_equal(paired_t_detectable(n, power, alpha, &dz), DEFINED);
        agreement_add(&detectable, dz, member_number(row, "dz"));
        assert_digits(paired_t_power(dz, n, alpha), power, 13);
    }
    agreement_print(&detectable);
    json_decref(root);
}

/* "⌈(z × sd / margin)²⌉, at least 2" */
static void margins_agree_with_r(void **state)
{
    (void)state;
    json_t *root = oracle_read("sample_size");
    struct agreement n = {.name = "observations for a margin", .wanted = 17};
    size_t index = 0;
    const json_t *row = NULL;
    json_array_foreach (oracle_at(root, "margins"), index, row) {
        uint64_t size = 0;
        double margin = member_number(row, "margin"), sd = member_number(row, "sd_gap");
        assert_int_equal(margin_size(margin, sd, member_number(row, "confidence"), &size), DEFINED);
        agreement_add(&n, (double)size, member_number(row, "n"));
    }
    agreement_print(&n);
    json_decref(root);
}

/* formulas.md F28: "dz .2 → 199" */
static void the_formula_sheets_example(void **state)
{
    (void)state;
    uint64_t n = 0;
    assert_int_equal(paired_t_size(.2, .8, .05, &n), DEFINED);
    assert_int_equal(n, 199);
    assert_int_equal(paired_t_size(-.2, .8, .05, &n), DEFINED);
    assert_int_equal(n, 199);
}

/* "dz so small (0 too) that 1e15 pairs do not suffice -> UNDEFINED_UNBOUNDED"; "gives [alpha, 1]" */
static void degenerate_cases(void **state)
{
    (void)state;
    uint64_t n = 7;
    double dz = 7;
    assert_int_equal(paired_t_size(0, .8, .05, &n), UNDEFINED_UNBOUNDED);
    assert_int_equal(paired_t_size(1e-8, .8, .05, &n), UNDEFINED_UNBOUNDED);
    assert_int_equal(margin_size(1e-9, 1, .95, &n), UNDEFINED_UNBOUNDED);
    assert_int_equal(paired_t_detectable(1, .8, .05, &dz), UNDEFINED_TOO_FEW);
    assert_true(n == 7 && dz == 7);
    assert_digits(paired_t_power(0, 20, .05), .05, 13);
    assert_true(paired_t_power(50, 1000, .05) == 1);
    assert_int_equal(paired_t_size(1000, .8, .05, &n), DEFINED);
    assert_int_equal(n, 2);
    assert_int_equal(margin_size(1, 0, .95, &n), DEFINED);
    assert_int_equal(n, 2);
    assert_int_equal(paired_t_size(1e-4, .8, .05, &n), DEFINED);
    assert_true(paired_t_power(1e-4, n, .05) >= .8 && paired_t_power(1e-4, n - 1, .05) < .8);
    assert_int_equal(paired_t_detectable(2, .8, .05, &dz), DEFINED);
    assert_digits(paired_t_power(dz, 2, .05), .8, 12);
    assert_int_equal(paired_t_detectable(1000000000, .8, .05, &dz), DEFINED);
    assert_digits(dz, 2.801585 / 31622.7766, 5); /* the other tail adds 1e-6 to the power */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_agree_with_r),   cmocka_unit_test(detectable_differences_agree_with_r),
        cmocka_unit_test(margins_agree_with_r), cmocka_unit_test(the_formula_sheets_example),
        cmocka_unit_test(degenerate_cases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
