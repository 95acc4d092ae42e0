/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "support/group_measures_study.h"
#include "support/table_cells.h"

/* "z_i = .2 ȳ_i + .8 z_(i−1) from the centre of the baseline", "the first 20 periods": 32 units as 32 periods */
static void whole_study(void **state)
{
    (void)state;
    struct group_study study;
    const struct table *table = NULL;
    group_study_read(&study, "gap_trend", &table);
    static const char *const columns[] = {"n", "gap", "ewma", "limit_low", "limit_high", "cusum_above", "cusum_below", NULL};
    static const char *const members[] = {"n", "gap", "ewma", "ewma_low", "ewma_high", "cusum_above", "cusum_below", NULL};
    const json_t *expected = group_study_subject(&study, "overall"), *units = json_object_get(expected, "units");
    unsigned signals = 0;
    for (unsigned u = 0; u < GROUP_UNITS; u++) {
        char name[8];
        (void)snprintf(name, sizeof name, "u%02u", u + 1);
        const struct row *row = row_of(table, name, "overall");
        for (size_t c = 0; columns[c]; c++)
            assert_cell_json(table, row, columns[c], json_object_get(json_array_get(units, u), members[c]), 11);
        assert_cell_json(table, row, "centre", json_object_get(expected, "centre"), 13);
        assert_cell_text(table, row, "phase", u < 20 ? "baseline" : "later");
        double z = cell_number(table, row, "ewma"), below = cell_number(table, row, "cusum_below");
        bool low = z<cell_number(table, row, "limit_low"), high = z> cell_number(table, row, "limit_high");
        assert_cell_text(table, row, "signal", low ? "ewma_low" : high ? "ewma_high" : "none");
        if (below > 5)
            assert_cell_text(table, row, "cusum_signal", "cusum_low");
        signals += low;
        /* a point rests on the baseline, a later one on what came before too */
        assert_int_equal(row->rests_on_count, u < 20 ? 20 : u + 1);
    }
    assert_true(signals > 0); /* from the 26th unit on the gaps are .6 lower */
    assert_cell_text(table, row_of(table, "u32", "overall"), "signal", "ewma_low");
    assert_true(table_has_note(table, "The first 20 periods are the baseline"));
    assert_true(table_has_note(table, "vary")); /* the units differ in truth */
    print_message("gap_trend: at least %.1f digits agree\n", digits_least());
    group_study_free(&study);
}

enum { PEOPLE = 24 };

/* Few periods are provisional, one is none, alike gaps have no limits */
static void short_series(void **state)
{
    (void)state;
    int expectation[PEOPLE], perception[PEOPLE];
    const char *periods[PEOPLE];
    for (unsigned i = 0; i < PEOPLE; i++) {
        static const char *const names[] = {"2024-01", "2024-02", "2024-03"};
        expectation[i] = 4;
        perception[i] = 3 + (int)(i * 5 / 4 % 3);
        periods[i] = names[i % 3];
    }
    struct answer_matrix matrix = {.people = PEOPLE, .items = 1, .low = 1, .high = 7, .segments = periods};
    matrix.answers[STANDARD_EXPECTATION] = expectation;
    matrix.answers[STANDARD_PERCEPTION] = perception;
    struct matrix_study *open = matrix_open(&matrix, NEED_PAIRS | NEED_COMPOSITES);
    const struct table *table = matrix_measure(open, "gap_trend", true, .95);
    assert_true(table_has_note(table, "3 periods are fewer than the 20 of a baseline: the limits are provisional."));
    assert_cell_text(table, row_of(table, "2024-03", "overall"), "phase", "baseline");
    table = matrix_measure(open, "gap_trend", false, .95);
    assert_cell_blank(table, &table->rows[0], "ewma", "too_few");
    assert_int_equal(table_value(table, &table->rows[0], "gap")->kind, VALUE_NUMBER);
    assert_true(table_has_note(table, "There is a single period"));
    matrix_close(open);
    for (unsigned i = 0; i < PEOPLE; i++)
        perception[i] = 5;
    open = matrix_open(&matrix, NEED_PAIRS | NEED_COMPOSITES);
    table = matrix_measure(open, "gap_trend", true, .95);
    assert_cell_blank(table, row_of(table, "2024-01", "overall"), "signal", "no_variance");
    matrix_close(open);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(whole_study), cmocka_unit_test(short_series)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
