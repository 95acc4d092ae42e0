/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/noncentrality.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "numeric/distribution.h"
#include "numeric/noncentral_t.h"
#include "support/agreement.h"
#include "support/digits.h"
#include "support/oracle_fixture.h"

/* "each within about 1e-14 of max(1, |t|)", against limits found in 256 bits */
static void limits_agree(void **state)
{
    (void)state;
    json_t *root = oracle_read("noncentral_t");
    double worst = 0;
    size_t index = 0, found = 0;
    const json_t *row = NULL;
    json_array_foreach (oracle_at(root, "limits"), index, row) {
        double n = member_number(row, "n"), t = member_number(row, "dz") * sqrt(n), ends[2];
        double tail = 0.5 * (1 - member_number(row, "confidence"));
        const struct wanted_tail wanted[2] = {{.t = t, .tail = tail}, {.t = -t, .tail = tail}};
        if (!noncentralities_find(n - 1, wanted, 2, ends))
            continue;
        found++;
        worst = fmax(worst, fabs(ends[0] - member_number(row, "ncp_low")) / fmax(1, fabs(t)));
        worst = fmax(worst, fabs(-ends[1] - member_number(row, "ncp_high")) / fmax(1, fabs(t)));
    }
    print_message("%zu of %zu intervals within %.1e\n", found, index, worst);
    assert_true(worst < 1e-14);
    assert_true(found + 6 >= index); /* n = 3, and a dz of 12 */
    json_decref(root);
}

static const double levels[] = {1e-9, 1e-4, .025, .2, .5, .8, .9995};

enum { LEVELS = sizeof levels / sizeof *levels };

/* By adaptive integration, tails of each level lie within 1e-12 of the answers; some of these are far from the guess.
 * gives   how many answers there were */
static size_t levels_are_met(double t, double df)
{
    size_t found = 0;
    for (size_t k = 0; k < LEVELS; k++) {
        double ncp = 0, near = 1e-12 * fmax(1, fabs(t));
        if (!noncentralities_find(df, &(struct wanted_tail){.t = t, .tail = levels[k]}, 1, &ncp))
            continue;
        assert_true(noncentral_t_upper(t, df, ncp - near) <= levels[k]);
        assert_true(noncentral_t_upper(t, df, ncp + near) >= levels[k]);
        found++;
    }
    return found;
}

/* The same for "P(T' > t) + P(T' < −t) instead, for ncp > 0" */
static size_t powers_are_met(double t, double df)
{
    size_t found = 0;
    for (size_t k = 0; k < LEVELS; k++) {
        double ncp = 0;
        if (!noncentralities_find(df, &(struct wanted_tail){t, levels[k], true}, 1, &ncp))
            continue;
        assert_true(ncp > 0);
        assert_digits(noncentral_t_upper(t, df, ncp) + noncentral_t_lower(-t, df, ncp), levels[k], 12.5);
        found++;
    }
    return found;
}

static void answers_have_their_tails(void **state)
{
    (void)state;
    static const double dfs[] = {3, 4.5, 8, 17, 40, 99.5, 250, 1e3, 4e4, 1e6, 1e9};
    static const double ratios[] = {-6, -2.5, -.9, -.2, 0, 1e-7, .4, 1.2, 3, 8};
    for (size_t d = 0; d < sizeof dfs / sizeof *dfs; d++) {
        for (size_t i = 0; i < sizeof ratios / sizeof *ratios; i++) {
            size_t found = levels_are_met(ratios[i] * sqrt(dfs[d] + 1), dfs[d]);
            assert_true(found == LEVELS || dfs[d] < 10 || fabs(ratios[i]) > 5);
        }
    }
}

static void both_tails_count(void **state)
{
    (void)state;
    static const double dfs[] = {5, 12, 49, 5000};
    for (size_t d = 0; d < sizeof dfs / sizeof *dfs; d++) {
        /* At t = 0.3 the tail on the other side is a good part. */
        for (double t = 0.3; t < 5; t += 1.1)
            assert_in_range(powers_are_met(t, dfs[d]), dfs[d] < 10 ? 1 : 2, LEVELS);
    }
}

/* "false … when points are too few, or a root of both tails lies below ½" */
static void what_is_left_to_others(void **state)
{
    (void)state;
    double ncp;
    assert_false(noncentralities_find(2.9, &(struct wanted_tail){.t = 1, .tail = .1}, 1, &ncp));
    assert_true(noncentralities_find(3, &(struct wanted_tail){.t = 1, .tail = .1}, 1, &ncp));
    assert_false(noncentralities_find(50, &(struct wanted_tail){.t = 1e5, .tail = .1}, 1, &ncp));
    assert_false(noncentralities_find(50, &(struct wanted_tail){.t = 1e60, .tail = .1}, 1, &ncp));
    double alpha = t_two_sided(2, 50);
    assert_false(noncentralities_find(50, &(struct wanted_tail){.t = 2, .tail = alpha * 1.0001, .both = true}, 1, &ncp));
    assert_false(noncentralities_find(50, &(struct wanted_tail){.t = 2, .tail = alpha * 0.9, .both = true}, 1, &ncp));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(limits_agree),
        cmocka_unit_test(answers_have_their_tails),
        cmocka_unit_test(both_tails_count),
        cmocka_unit_test(what_is_left_to_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
