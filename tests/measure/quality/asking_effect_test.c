/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/answer_matrix.h"
#include "support/oracle_fixture.h"
#include "support/table_cells.h"

enum { PEOPLE = 80 };

static void numbers_read(json_t *oracle, const char *path, unsigned *into)
{
    for (size_t i = 0; i < PEOPLE; i++)
        into[i] = (unsigned)json_integer_value(json_array_get(oracle_at(oracle, path), i));
}

/* "the difference of perception between asked-before and perception-only respondents per item/dimension with interval": items,
 * dimensions and overall, plain and in clusters; who was asked and did not answer before counts among those asked */
static void every_design_agrees_with_r(void **state)
{
    (void)state;
    static const char *const columns[] = {"n_asked", "mean_asked", "n_only", "mean_only", "difference", "se",
                                          "ci_low",  "ci_high",    "df",     "p",         "p_holm"};
    static const unsigned dimension_of[] = {0, 0, 1};
    json_t *oracle = oracle_read("asking");
    unsigned arms[PEOPLE], clusters[PEOPLE], rows = 0, items = 0;
    numbers_read(oracle, "arm", arms);
    numbers_read(oracle, "cluster", clusters);
    int *expectation = matrix_read(oracle_at(oracle, "expectation"), &rows, &items);
    int *perception = matrix_read(oracle_at(oracle, "perception"), &rows, &items);
    assert_int_equal(rows, PEOPLE);
    for (size_t d = 0; d < 2; d++) {
        json_t *expected = oracle_at(json_array_get(oracle_at(oracle, "designs"), d), "rows");
        struct answer_matrix matrix = {.people = PEOPLE,
                                       .items = items,
                                       .low = 1,
                                       .high = 7,
                                       .dimension_of = dimension_of,
                                       .arms = arms,
                                       .clusters = d ? clusters : NULL};
        matrix.answers[STANDARD_EXPECTATION] = expectation;
        matrix.answers[STANDARD_PERCEPTION] = perception;
        const struct table *table = NULL;
        struct matrix_study *study = matrix_table(&matrix, "asking_effect", &table);
        assert_int_equal(table->row_count, json_array_size(expected));
        for (size_t i = 0; i < table->row_count; i++) {
            json_t *one = json_array_get(expected, i);
            const struct row *row = row_of(table, NULL, json_string_value(json_object_get(one, "subject")));
            for (size_t c = 0; c < sizeof columns / sizeof *columns; c++)
                assert_cell_json(table, row, columns[c], json_object_get(one, columns[c]), 11.5);
            assert_cell_text(table, row, "verdict",
                             json_number_value(json_object_get(one, "p_holm")) < 0.05 ? "lower" : "undecided");
            assert_cell_count(table, row, "n",
                              (uint64_t)(json_integer_value(json_object_get(one, "n_asked")) +
                                         json_integer_value(json_object_get(one, "n_only"))));
            assert_true(row->parted);
        }
        matrix_close(study);
    }
    print_message("effect of asking: at least %.1f digits agree\n", digits_least());
    free(expectation);
    free(perception);
    json_decref(oracle);
}

/* The smallest of both arms and of those who came by a door stands behind a row; where nobody was left out, nothing is compared. */
static void who_stands_behind(void **state)
{
    (void)state;
    static const int perception[20] = {1, 2, 3, 4, 5, 4, 3, 2, 1, 5, 4, 3, 2, 1, 3, 4, 5, 2, 3, 1};
    unsigned arms[20];
    for (unsigned i = 0; i < 20; i++)
        arms[i] = i < 9 ? DRAWN_BOTH : i < 16 ? DRAWN_PERCEPTION_ONLY : DRAWN_NOT;
    struct answer_matrix matrix = {.people = 20, .items = 1, .low = 1, .high = 5, .arms = arms};
    matrix.answers[STANDARD_PERCEPTION] = perception;
    const struct table *table = NULL;
    struct matrix_study *study = matrix_table(&matrix, "asking_effect", &table);
    assert_cell_count(table, row_of(table, NULL, "q1"), "n_asked", 9);
    assert_cell_count(table, row_of(table, NULL, "q1"), "n_only", 7);
    assert_int_equal(row_of(table, NULL, "overall")->support, 4);
    matrix_close(study);
    for (unsigned i = 0; i < 20; i++)
        arms[i] = DRAWN_BOTH;
    study = matrix_table(&matrix, "asking_effect", &table);
    assert_cell_blank(table, row_of(table, NULL, "q1"), "difference", "too_few");
    assert_cell_blank(table, row_of(table, NULL, "q1"), "verdict", "too_few");
    assert_int_equal(row_of(table, NULL, "q1")->support, 0);
    matrix_close(study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_design_agrees_with_r), cmocka_unit_test(who_stands_behind)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
