/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/fleiss_kappa.h"

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

#define CELLS_MAX 512

/* "(observed − expected)/(1 − expected)" and its error, against pairs of ratings compared one by one */
static void agrees_with_r(void **state)
{
    (void)state;
    json_t *root = oracle_read("fleiss_kappa");
    struct agreement figures = {.name = "Fleiss' kappa", .wanted = 13}, tails = {.name = "p of no agreement", .wanted = 11};
    size_t index = 0;
    const json_t *row = NULL;
    json_array_foreach (oracle_at(root, "cases"), index, row) {
        const json_t *matrix = json_object_get(row, "counts");
        size_t subjects = json_array_size(matrix), categories = json_array_size(json_array_get(matrix, 0));
        uint32_t counts[CELLS_MAX];
        assert_true(subjects * categories <= CELLS_MAX);
        for (size_t i = 0; i < subjects * categories; i++)
            counts[i] = (uint32_t)json_integer_value(json_array_get(json_array_get(matrix, i / categories), i % categories));
        struct fleiss_kappa k;
        assert_int_equal(fleiss_kappa(counts, subjects, categories, (uint32_t)member_number(row, "raters"), &k), DEFINED);
        agreement_add_member(&figures, true, k.observed, row, "observed");
        agreement_add_member(&figures, true, k.expected, row, "expected");
        agreement_add_member(&figures, !k.kappa_undefined, k.kappa, row, "kappa");
        agreement_add_member(&figures, !k.kappa_undefined, k.se, row, "se");
        agreement_add_member(&tails, !k.kappa_undefined, k.p, row, "p");
    }
    agreement_print(&figures);
    agreement_print(&tails);
    json_decref(root);
}

/* The worked example that is found in many places: 14 raters, 10 subjects, 5 categories, kappa .210 */
static void a_worked_example(void **state)
{
    (void)state;
    const uint32_t counts[] = {0, 0, 0, 0, 14, 0, 2, 6, 4, 2, 0, 0, 3, 5, 6, 0, 3, 9, 2, 0, 2, 2, 8, 1, 1,
                               7, 7, 0, 0, 0,  3, 2, 6, 3, 0, 2, 5, 3, 2, 2, 6, 5, 2, 1, 0, 0, 2, 2, 3, 7};
    struct fleiss_kappa k;
    assert_int_equal(fleiss_kappa(counts, 10, 5, 14, &k), DEFINED);
    assert_true(fabs(k.observed - .378) < 5e-4 && fabs(k.expected - .213) < 5e-4 && fabs(k.kappa - .210) < 5e-4);
}

/* "no subject or fewer than 2 raters -> UNDEFINED_TOO_FEW"; "everything in one category -> kappa UNDEFINED_NO_VARIANCE" */
static void degenerate_cases(void **state)
{
    (void)state;
    const uint32_t counts[] = {3, 0, 3, 0}, single[] = {1, 0, 0, 1}, agree[] = {3, 0, 0, 3};
    struct fleiss_kappa k = {.kappa = 7};
    assert_int_equal(fleiss_kappa(counts, 0, 2, 3, &k), UNDEFINED_TOO_FEW);
    assert_int_equal(fleiss_kappa(single, 2, 2, 1, &k), UNDEFINED_TOO_FEW);
    assert_true(k.kappa == 7);
    assert_int_equal(fleiss_kappa(counts, 2, 2, 3, &k), DEFINED);
    assert_true(k.kappa_undefined == UNDEFINED_NO_VARIANCE && k.observed == 1);
    assert_int_equal(fleiss_kappa(agree, 2, 2, 3, &k), DEFINED);
    assert_true(!k.kappa_undefined && k.kappa == 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_r),
        cmocka_unit_test(a_worked_example),
        cmocka_unit_test(degenerate_cases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
