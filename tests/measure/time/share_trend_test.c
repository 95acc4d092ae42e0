/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "support/group_measures_study.h"
#include "support/table_cells.h"

/* "p̄ ± 3√(p̄(1 − p̄)/n_i) within [0, 1], p̄ of the baseline; times σ_z when that is above 1.3" */
static void whole_study(void **state)
{
    (void)state;
    struct group_study study;
    const struct table *table = NULL;
    group_study_read(&study, "share_trend", &table);
    static const char *const subjects[] = {"d2", "overall"}, *const columns[] = {"n", "share_short", "limit_low", "limit_high"};
    unsigned signals = 0;
    for (unsigned at = 0; at < 2 * GROUP_UNITS; at++) {
        const json_t *expected = group_study_subject(&study, subjects[at % 2]);
        const json_t *unit = json_array_get(json_object_get(expected, "units"), at / 2);
        char name[8];
        (void)snprintf(name, sizeof name, "u%02u", at / 2 + 1);
        const struct row *row = row_of(table, name, subjects[at % 2]);
        for (size_t c = 0; c < sizeof columns / sizeof *columns; c++)
            assert_cell_json(table, row, columns[c], json_object_get(unit, columns[c]), 11);
        assert_cell_json(table, row, "centre", json_object_get(expected, "share_centre"), 13);
        assert_cell_json(table, row, "sigma_z", json_object_get(expected, "sigma_z"), 12);
        double share = cell_number(table, row, "share_short");
        bool low = share<cell_number(table, row, "limit_low"), high = share> cell_number(table, row, "limit_high");
        bool laney = cell_number(table, row, "sigma_z") > 1.3;
        assert_cell_text(table, row, "signal",
                         low    ? laney ? "laney_low" : "p_low"
                         : high ? laney ? "laney_high" : "p_high"
                                : "none");
        signals += low || high;
    }
    print_message("share_trend: at least %.1f digits agree, %u signals\n", digits_least(), signals);
    group_study_free(&study);
}

/* "clusters and strata, which it cannot honour" */
static void clusters_have_no_limits(void **state)
{
    (void)state;
    struct group_study study;
    const struct table *table = NULL;
    group_study_read(&study, "share_trend", &table);
    matrix_close(study.open);
    unsigned clusters[GROUP_PEOPLE_MAX];
    for (unsigned i = 0; i < GROUP_PEOPLE_MAX; i++)
        clusters[i] = i % 60;
    study.matrix.clusters = clusters;
    study.open = matrix_open(&study.matrix, NEED_PAIRS | NEED_COMPOSITES);
    table = matrix_measure(study.open, "share_trend", true, .95);
    const struct row *row = row_of(table, "u05", "overall");
    assert_cell_blank(table, row, "signal", "clustered");
    assert_int_equal(table_value(table, row, "share_short")->kind, VALUE_NUMBER);
    group_study_free(&study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(whole_study), cmocka_unit_test(clusters_have_no_limits)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
