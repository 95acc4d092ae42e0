/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/oracle_fixture.h"
#include "support/table_cells.h"
#include "support/validity_study.h"

/* Spreads, correlations and reliabilities against R; the reliability of the sum of the dimensions' gaps (F13, F17, F18). */
static void agrees_with_r(void **state)
{
    (void)state;
    static const char *const columns[] = {"n", "sd_ratio", "r_gap_expectation", "r_gap_perception", "gap_reliability"};
    struct validity_study study;
    validity_study_read(&study);
    digits_least();
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&study.matrix, "gap_caution", &table);
    assert_int_equal(table->row_count, 3);
    size_t index = 0;
    const json_t *expected = NULL;
    json_array_foreach (oracle_at(study.oracle, "caution"), index, expected) {
        const struct row *row = row_of(table, NULL, json_string_value(json_object_get(expected, "dimension")));
        for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
            assert_cell_json(table, row, columns[i], json_object_get(expected, columns[i]), 11.5);
        assert_cell_text(table, row, "caution", "noisy");
        if (index < 2)
            assert_cell_blank(table, row, "sum_reliability", "not_applicable");
    }
    const struct row *overall = row_of(table, NULL, "overall");
    assert_cell_json(table, overall, "sum_reliability", oracle_at(study.oracle, "sum_reliability"), 11.5);
    print_message("gap_caution: at least %.1f digits agree\n", digits_least());
    matrix_close(open);
    /* with equal weights the same */
    double equal[VALIDITY_PEOPLE];
    for (size_t i = 0; i < VALIDITY_PEOPLE; i++)
        equal[i] = .5;
    study.matrix.weights = equal;
    open = matrix_table(&study.matrix, "gap_caution", &table);
    assert_cell_json(table, row_of(table, NULL, "overall"), "sum_reliability", oracle_at(study.oracle, "sum_reliability"), 11.5);
    matrix_close(open);
    validity_study_free(&study);
}

enum { PEOPLE = 12 };

/* Two dimensions of two items. */
static struct answer_matrix small(const int *e, const int *p)
{
    static const unsigned dimension_of[] = {0, 0, 1, 1};
    struct answer_matrix matrix = {.people = PEOPLE, .items = 4, .low = 1, .high = 5, .dimension_of = dimension_of};
    matrix.answers[STANDARD_EXPECTATION] = e;
    matrix.answers[STANDARD_PERCEPTION] = p;
    return matrix;
}

/* "The first that holds: mostly perception or mostly expectation, noisy, ceiling, none"; the sum does not vary. */
static void each_caution(void **state)
{
    (void)state;
    int e[PEOPLE * 4], p[PEOPLE * 4];
    struct answer_matrix matrix = small(e, p);
    const struct table *table = NULL;
    for (int i = 0; i < PEOPLE; i++) {
        /* first dimension: everybody expects the same; second: everybody gets the same */
        e[4 * i] = e[4 * i + 1] = 4;
        p[4 * i] = p[4 * i + 1] = 1 + i % 5;
        e[4 * i + 2] = e[4 * i + 3] = 1 + i % 5;
        p[4 * i + 2] = p[4 * i + 3] = 3;
    }
    struct matrix_study *open = matrix_table(&matrix, "gap_caution", &table);
    assert_cell_text(table, row_of(table, NULL, "d1"), "caution", "mostly perception");
    assert_true(cell_number(table, row_of(table, NULL, "d1"), "sd_ratio") == 0);
    assert_cell_text(table, row_of(table, NULL, "d2"), "caution", "mostly expectation");
    assert_cell_blank(table, row_of(table, NULL, "d2"), "sd_ratio", "no_variance");
    assert_cell_blank(table, row_of(table, NULL, "overall"), "sum_reliability", "no_variance"); /* one up, the other down */
    matrix_close(open);
    for (int i = 0; i < PEOPLE; i++) {
        /* first: steady gaps and half at the top; second: as steady, and never at the top */
        e[4 * i] = e[4 * i + 1] = i % 2 ? 5 : 2;
        p[4 * i] = p[4 * i + 1] = 1 + i / 3;
        e[4 * i + 2] = e[4 * i + 3] = i % 2 ? 4 : 2;
        p[4 * i + 2] = p[4 * i + 3] = 1 + i / 3;
    }
    open = matrix_table(&matrix, "gap_caution", &table);
    assert_cell_text(table, row_of(table, NULL, "d1"), "caution", "ceiling");
    assert_cell_text(table, row_of(table, NULL, "d2"), "caution", "none");
    assert_true(cell_number(table, row_of(table, NULL, "overall"), "sum_reliability") > .99);
    matrix_close(open);
    const unsigned alone[] = {0, 0, 0, 1};
    matrix.dimension_of = alone;
    open = matrix_table(&matrix, "gap_caution", &table);
    assert_cell_blank(table, row_of(table, NULL, "overall"), "sum_reliability", "one_item");
    matrix_close(open);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(agrees_with_r), cmocka_unit_test(each_caution)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
