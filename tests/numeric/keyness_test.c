/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/keyness.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/digits.h"
#include "support/oracle_fixture.h"

static double member_number(const json_t *row, const char *name)
{
    return json_number_value(json_object_get(row, name));
}

static struct word_use use_of(const json_t *row)
{
    return (struct word_use){.first = (uint64_t)member_number(row, "first"),
                             .first_all = (uint64_t)member_number(row, "first_all"),
                             .second = (uint64_t)member_number(row, "second"),
                             .second_all = (uint64_t)member_number(row, "second_all")};
}

/* "G² = 2ΣO ln(O/E) (Dunning 1993); weighted log-odds with Dirichlet prior: δ/sqrt(1/(y1+α)+1/(y2+α))" */
static void agrees_with_r(void **state)
{
    (void)state;
    json_t *root = oracle_read("keyness");
    double least = 17;
    size_t index = 0;
    json_t *row = NULL;
    json_array_foreach (oracle_at(root, "cases"), index, row) {
        struct keyness found;
        const struct word_use use = use_of(row);
        assert_int_equal(keyness_find(&use, member_number(row, "prior"), &found), DEFINED);
        const double pairs[4][2] = {{found.g2, member_number(row, "g2")},
                                    {found.p, member_number(row, "p")},
                                    {found.log_odds, member_number(row, "log_odds")},
                                    {found.z, member_number(row, "z")}};
        for (size_t i = 0; i < 4; i++) {
            /* where the shares are equal all of it is what rounding leaves */
            if (fabs(pairs[i][1]) < 1e-9) {
                assert_true(fabs(pairs[i][0]) < 1e-9);
                continue;
            }
            least = fmin(least, digits_agreeing(pairs[i][0], pairs[i][1]));
            assert_digits(pairs[i][0], pairs[i][1], index == 2 ? 6 : 11);
        }
    }
    print_message("keyness: at least %.1f digits agree\n", least);
    json_decref(root);
}

/* The bodies exchanged: the same G², the other sign; and a heavier prior pulls the log-odds towards 0. */
static void both_ways_and_shrunken(void **state)
{
    (void)state;
    const struct word_use use = {18, 3, 240, 310}, turned = {3, 18, 310, 240};
    struct keyness a, b, heavy;
    assert_int_equal(keyness_find(&use, 120, &a), DEFINED);
    assert_int_equal(keyness_find(&turned, 120, &b), DEFINED);
    assert_int_equal(keyness_find(&use, 12000, &heavy), DEFINED);
    assert_digits(a.g2, b.g2, 13);
    assert_digits(a.z, -b.z, 13);
    assert_true(a.z > 2 && heavy.log_odds > 0 && heavy.log_odds < a.log_odds / 5);
}

/* blank: "a body without words, or a word that is not used, or that is the only one" */
static void nothing_to_go_by(void **state)
{
    (void)state;
    static const struct word_use uses[] = {{1, 0, 3, 0}, {0, 1, 0, 3}, {0, 0, 5, 5}, {5, 5, 5, 5}};
    struct keyness found;
    for (size_t i = 0; i < sizeof uses / sizeof *uses; i++)
        assert_int_equal(keyness_find(&uses[i], 10, &found), UNDEFINED_TOO_FEW);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(agrees_with_r), cmocka_unit_test(both_ways_and_shrunken),
                                       cmocka_unit_test(nothing_to_go_by)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
