/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/ancova.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/agreement.h"
#include "support/digits.h"
#include "support/oracle_fixture.h"

/* "the F test of the groups in y = group + b x", against anova(lm) */
static void agrees_with_r(void **state)
{
    (void)state;
    json_t *root = oracle_read("ancova");
    struct agreement agreement = {.name = "analysis of covariance", .wanted = 11};
    size_t index = 0;
    const json_t *row = NULL;
    json_array_foreach (oracle_at(root, "cases"), index, row) {
        struct ancova_group groups[3];
        const json_t *list = json_object_get(row, "groups");
        size_t count = json_array_size(list);
        assert_true(count <= 3);
        for (size_t i = 0; i < count; i++) {
            const json_t *g = json_array_get(list, i);
            groups[i] = (struct ancova_group){member_number(g, "n"),          member_number(g, "mean_x"),
                                              member_number(g, "mean_y"),     member_number(g, "variance_x"),
                                              member_number(g, "variance_y"), member_number(g, "covariance")};
        }
        struct ancova a = {0};
        bool defined = ancova_test(groups, count, &a) == DEFINED;
        agreement_add_member(&agreement, defined, a.slope, row, "slope");
        agreement_add_member(&agreement, defined, a.f, row, "f");
        agreement_add_member(&agreement, defined, a.df1, row, "df1");
        agreement_add_member(&agreement, defined, a.df2, row, "df2");
        agreement_add_member(&agreement, defined, a.p, row, "p");
    }
    agreement_print(&agreement);
    json_decref(root);
}

/* Lord's paradox: two groups keep their level, each person moving about it. The differences say nothing, the covariance all. */
static void lords_paradox(void **state)
{
    (void)state;
    const struct ancova_group groups[] = {{200, 2, 2, 1, 1, .5}, {200, 4, 4, 1, 1, .5}};
    struct ancova a;
    assert_int_equal(ancova_test(groups, 2, &a), DEFINED);
    assert_digits(a.slope, .5, 14);
    assert_true(a.p < 1e-9);
}

/* "count < 2 or Σn < count + 2 -> UNDEFINED_TOO_FEW;  x does not vary within groups, or y follows x exactly" */
static void degenerate_cases(void **state)
{
    (void)state;
    struct ancova a = {.p = 7};
    const struct ancova_group good[] = {{5, 1, 2, 1, 2, .5}, {4, 2, 2, 1, 1, .2}},
                              lone[] = {{1, 1, 1, 0, 0, 0}, {2, 1, 2, 1, 1, .1}};
    const struct ancova_group flat[] = {{5, 1, 2, 0, 2, 0}, {4, 2, 2, 0, 1, 0}},
                              line[] = {{5, 1, 2, .1, .1, .1}, {4, 2, 2, .3, .3, .3}};
    assert_int_equal(ancova_test(good, 1, &a), UNDEFINED_TOO_FEW);
    assert_int_equal(ancova_test(good, 0, &a), UNDEFINED_TOO_FEW);
    assert_int_equal(ancova_test(lone, 2, &a), UNDEFINED_TOO_FEW);
    assert_int_equal(ancova_test(flat, 2, &a), UNDEFINED_NO_VARIANCE);
    assert_int_equal(ancova_test(line, 2, &a), UNDEFINED_NO_VARIANCE);
    assert_true(a.p == 7);
    assert_int_equal(ancova_test(good, 2, &a), DEFINED);
    assert_true(a.df2 == 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(agrees_with_r), cmocka_unit_test(lords_paradox),
                                       cmocka_unit_test(degenerate_cases)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
