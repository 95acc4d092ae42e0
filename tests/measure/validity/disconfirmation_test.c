/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/oracle_fixture.h"
#include "support/table_cells.h"
#include "support/validity_study.h"

/* Correlation, both R² and their difference against R; the interval to what two sets of samples may differ by (F7). */
static void agrees_with_lm(void **state)
{
    (void)state;
    static const char *const designs[] = {"plain", "weights"}, *const closed[] = {"n", "r", "r2_direct", "r2_gap", "difference"};
    struct validity_study study;
    validity_study_read(&study);
    study.matrix.replicates = 4000;
    digits_least();
    for (size_t d = 0; d < 2; d++) {
        char path[32];
        assert_true(snprintf(path, sizeof path, "direct.%s", designs[d]) > 0);
        validity_study_design(&study, designs[d]);
        const json_t *expected = oracle_at(study.oracle, path);
        const struct table *table = NULL;
        struct matrix_study *open = matrix_table(&study.matrix, "disconfirmation", &table);
        assert_int_equal(table->row_count, 1);
        const struct row *row = row_of(table, NULL, "sat");
        for (size_t i = 0; i < sizeof closed / sizeof *closed; i++)
            assert_cell_json(table, row, closed[i], json_object_get(expected, closed[i]), 11);
        double low = cell_number(table, row, "difference_low"), high = cell_number(table, row, "difference_high");
        assert_true(fabs(low - json_number_value(json_object_get(expected, "difference_low"))) < .07 * (high - low));
        assert_true(fabs(high - json_number_value(json_object_get(expected, "difference_high"))) < .07 * (high - low));
        assert_cell_text(table, row, "better", high < 0 ? "gap" : low > 0 ? "direct" : "undecided");
        matrix_close(open);
    }
    print_message("disconfirmation: at least %.1f digits agree\n", digits_least());
    validity_study_free(&study);
}

/* "fewer than three persons -> too_few; an answer that does not vary -> no_variance, singular"; "direct". */
static void degenerate_cases(void **state)
{
    (void)state;
    struct validity_study study;
    validity_study_read(&study);
    const struct table *table = NULL;
    study.matrix.people = 2;
    struct matrix_study *open = matrix_table(&study.matrix, "disconfirmation", &table);
    assert_cell_blank(table, row_of(table, NULL, "sat"), "r", "too_few");
    matrix_close(open);
    study.matrix.people = VALIDITY_PEOPLE;
    for (size_t i = 0; i < VALIDITY_PEOPLE; i++)
        study.disconfirmation[i] = 3;
    open = matrix_table(&study.matrix, "disconfirmation", &table);
    assert_cell_blank(table, row_of(table, NULL, "sat"), "r", "no_variance");
    assert_cell_blank(table, row_of(table, NULL, "sat"), "r2_direct", "singular");
    assert_cell_blank(table, row_of(table, NULL, "sat"), "better", "singular");
    matrix_close(open);
    for (size_t i = 0; i < VALIDITY_PEOPLE; i++)
        study.disconfirmation[i] = study.satisfaction[i] == MATRIX_MISSING ? 3 : (study.satisfaction[i] + 1) / 2;
    open = matrix_table(&study.matrix, "disconfirmation", &table);
    assert_cell_text(table, row_of(table, NULL, "sat"), "better", "direct");
    matrix_close(open);
    for (size_t i = 0; i < VALIDITY_PEOPLE; i++)
        study.satisfaction[i] = 4;
    open = matrix_table(&study.matrix, "disconfirmation", &table);
    assert_cell_blank(table, row_of(table, NULL, "sat"), "r2_gap", "no_variance");
    matrix_close(open);
    validity_study_free(&study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(agrees_with_lm), cmocka_unit_test(degenerate_cases)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
