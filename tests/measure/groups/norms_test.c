/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "support/group_measures_study.h"
#include "support/table_cells.h"

/* "100 (below + ½ equal)/n among units, at least 30" */
static void whole_study(void **state)
{
    (void)state;
    struct group_study study;
    const struct table *table = NULL;
    group_study_read(&study, "norms", &table);
    const json_t *units = json_object_get(group_study_subject(&study, "overall"), "units");
    for (unsigned u = 0; u < GROUP_UNITS; u++) {
        char name[8];
        (void)snprintf(name, sizeof name, "u%02u", u + 1);
        const struct row *row = row_of(table, name, "overall");
        assert_cell_json(table, row, "percentile_rank", json_object_get(json_array_get(units, u), "norm"), 13);
        assert_cell_json(table, row, "gap", json_object_get(json_array_get(units, u), "gap"), 13);
        assert_cell_count(table, row, "units", GROUP_UNITS);
    }
    print_message("norms: at least %.1f digits agree\n", digits_least());
    /* 29 units are too few: the last three are renamed */
    matrix_close(study.open);
    for (unsigned i = 0; i < study.matrix.people; i++)
        study.units[i] = study.texts[i][1] == '3' ? "u29" : study.texts[i];
    study.open = matrix_open(&study.matrix, NEED_PAIRS | NEED_COMPOSITES);
    table = matrix_measure(study.open, "norms", true, .95);
    assert_cell_blank(table, row_of(table, "u05", "overall"), "percentile_rank", "too_few");
    assert_int_equal(table_value(table, row_of(table, "u05", "overall"), "gap")->kind, VALUE_NUMBER);
    assert_true(table_has_note(table, "With fewer than 30 units"));
    group_study_free(&study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(whole_study)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
