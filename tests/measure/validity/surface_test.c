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

static const char *const figures[] = {"b1", "b2", "b3", "b4", "b5",  "a1",  "a2",  "a3",
                                      "a4", "a5", "x0", "y0", "p10", "p11", "p20", "p21"};

enum { SLOPES = 10, FIGURES = 16 };

static const json_t *member_at(const json_t *row, const char *key, size_t index)
{
    return json_array_get(json_object_get(row, key), index);
}

/* One topic against R. */
static void check_topic(const struct table *table, const json_t *expected)
{
    const char *dimension = json_string_value(json_object_get(expected, "dimension"));
    bool curved = json_number_value(json_object_get(expected, "curved")) < .05;
    for (size_t f = 0; f < FIGURES; f++) {
        const struct row *row = row_of(table, NULL, dimension, "sat", figures[f]);
        assert_cell_json(table, row, "n", json_object_get(expected, "n"), 17);
        assert_cell_json(table, row, "n_influential", json_object_get(expected, "influential"), 17);
        if (f >= SLOPES && !curved) {
            assert_cell_blank(table, row, "estimate", "not_applicable");
            assert_cell_blank(table, row, "ci_low", "not_applicable");
            assert_cell_blank(table, row, "without", "not_applicable");
            continue;
        }
        assert_cell_json(table, row, "estimate", member_at(expected, "estimates", f), 9);
        assert_cell_json(table, row, "without", member_at(expected, "without", f), 8);
        if (f < SLOPES) {
            assert_cell_json(table, row, "se", member_at(expected, "se", f), 9.5);
            assert_cell_json(table, row, "p", member_at(expected, "p_slopes", f), 8.5);
            assert_cell_json(table, row, "ci_low", member_at(expected, "low_slopes", f), 8.5);
            assert_true(cell_number(table, row, "ci_low") < cell_number(table, row, "ci_high"));
            continue;
        }
        double estimate = cell_number(table, row, "estimate");
        assert_true(cell_number(table, row, "ci_low") < estimate && estimate < cell_number(table, row, "ci_high"));
        if (f < SLOPES + 2)
            assert_cell_text(table, row, "place", estimate >= 1 && estimate <= 7 ? "inside" : "outside");
    }
}

/* Coefficients, slopes, curvatures, point and axes with their errors, with and without the influential, against lm, sandwich and
 * eigenvectors (F71 to F73, F76). */
static void agrees_with_lm(void **state)
{
    (void)state;
    static const char *const designs[] = {"plain", "weights", "clusters"};
    struct validity_study study;
    validity_study_read(&study);
    digits_least();
    unsigned shapes = 0;
    for (size_t d = 0; d < 3; d++) {
        char path[32];
        assert_true(snprintf(path, sizeof path, "rows.%s", designs[d]) > 0);
        validity_study_design(&study, designs[d]);
        const struct table *table = NULL;
        struct matrix_study *open = matrix_table(&study.matrix, "surface", &table);
        assert_int_equal(table->row_count, 3 * FIGURES);
        assert_true(table->needs_whole_model && table->parameters == 6);
        size_t index = 0;
        const json_t *expected = NULL;
        json_array_foreach (oracle_at(study.oracle, path), index, expected) {
            check_topic(table, expected);
            shapes += json_number_value(json_object_get(expected, "curved")) < .05;
        }
        matrix_close(open);
    }
    assert_true(shapes >= 2 && shapes < 9);
    print_message("surface: at least %.1f digits agree\n", digits_least());
    validity_study_free(&study);
}

/* "too few for the surface -> too_few" on every row. */
static void too_few(void **state)
{
    (void)state;
    struct validity_study study;
    validity_study_read(&study);
    study.matrix.people = 4;
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&study.matrix, "surface", &table);
    for (uint32_t r = 0; r < table->row_count; r++) {
        assert_cell_blank(table, &table->rows[r], "estimate", "too_few");
        assert_cell_blank(table, &table->rows[r], "p", "too_few");
    }
    matrix_close(open);
    validity_study_free(&study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(agrees_with_lm), cmocka_unit_test(too_few)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
