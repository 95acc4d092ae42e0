/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "numeric/distribution.h"
#include "support/agreement.h"
#include "support/gap_table_matrix.h"
#include "support/oracle_fixture.h"
#include "support/priority_study.h"
#include "support/table_cells.h"

static struct priority_study study;

/* Order of the gaps against R, and how often each comes first against its 4000 samples */
static void agrees_with_r(void **state)
{
    (void)state;
    const struct table *table = NULL;
    priority_ratings(&study);
    struct matrix_study *open = matrix_table(&study.matrix, "gap_priority", &table);
    json_t *rows = oracle_at(study.oracle, "gap_priority"), *maps = oracle_at(study.oracle, "importance_performance.plain");
    double first = 0, weight = 0;
    for (size_t i = 0; i < json_array_size(rows); i++) {
        const struct row *row = &table->rows[i];
        assert_row_json(table, row, json_array_get(rows, i), 12);
        double share = cell_number(table, row, "first_share"), wanted = member_number(json_array_get(maps, i), "drawn_first");
        assert_true(fabs(share - wanted) < 4 * sqrt(wanted * (1 - wanted) / 500) + .004);
        assert_true(cell_number(table, row, "first_three_share") >= share);
        first += share;
        weight += cell_number(table, row, "weight");
    }
    double few = 0;
    for (uint32_t i = 0; i < 5; i++)
        few += cell_number(table, &table->rows[i], "first_three_share");
    assert_true(fabs(few - 3) < 1e-9); /* no ties among these */
    assert_true(fabs(first - 1) < 1e-9 && fabs(weight - 100) < 1e-9);
    assert_cell_text(table, &table->rows[2], "stability", "first");
    assert_cell_text(table, &table->rows[0], "stability", "among the first");
    assert_cell_text(table, &table->rows[1], "stability", "later");
    print_message("gap_priority: all agree to %.1f digits or more\n", digits_least());
    matrix_close(open);
    priority_free(&study);
}

/* "equal where there is no importance": plain gaps in order; equal gaps share a rank */
static void without_importance(void **state)
{
    (void)state;
    const struct table *table = NULL;
    priority_ratings(&study);
    study.matrix.answers[STANDARD_IMPORTANCE] = NULL;
    struct matrix_study *open = matrix_table(&study.matrix, "gap_priority", &table);
    for (uint32_t i = 0; i < 5; i++) {
        assert_cell_digits(table, &table->rows[i], "weight", 20, 14);
        assert_cell_digits(table, &table->rows[i], "weighted", cell_number(table, &table->rows[i], "gap") / 5, 14);
    }
    assert_cell_blank(table, &table->rows[0], "importance_kind", "not_asked");
    matrix_close(open);
    for (unsigned i = 0; i < study.matrix.people; i++) {
        for (unsigned s = 0; s < 2; s++)
            study.answers[s][5 * i + 4] = study.answers[s][5 * i + 2];
    }
    open = matrix_table(&study.matrix, "gap_priority", &table);
    assert_cell_count(table, &table->rows[2], "priority", 1);
    assert_cell_count(table, &table->rows[4], "priority", 1);
    assert_cell_count(table, &table->rows[0], "priority", 3);
    matrix_close(open);
    priority_free(&study);
}

#define MANY 6000

/* "Above so many units, units are dealt into so many bundles by chance, within strata": the order of two items turns as often as
 * the normal distribution of their paired difference says. */
static void bundles_draw_as_persons_do(void **state)
{
    (void)state;
    static int expectation[MANY * 2], perception[MANY * 2];
    static unsigned strata[MANY];
    double sum = 0, squares = 0;
    for (unsigned i = 0; i < MANY; i++) {
        for (unsigned j = 0; j < 2; j++) {
            expectation[2 * i + j] = 5;
            perception[2 * i + j] = (int)(2 + (i * 7919u + j * 104729u + i * i % 97u) % 5u);
        }
        perception[2 * i] = i % 173 == 0 && perception[2 * i] > 2 ? perception[2 * i] - 1 : perception[2 * i];
        strata[i] = i < 300 ? 0 : 1;
        double difference = perception[2 * i] - perception[2 * i + 1];
        sum += difference;
        squares += difference * difference;
    }
    double mean = sum / MANY, se = sqrt((squares / MANY - mean * mean) / MANY), wanted = normal_lower(-mean / se);
    for (unsigned with_strata = 0; with_strata < 2; with_strata++) {
        const struct table *table = NULL;
        struct answer_matrix matrix = {.people = MANY, .items = 2, .low = 1, .high = 7, .replicates = 2000};
        matrix.answers[STANDARD_EXPECTATION] = expectation;
        matrix.answers[STANDARD_PERCEPTION] = perception;
        matrix.strata = with_strata ? strata : NULL;
        struct matrix_study *open = matrix_table(&matrix, "gap_priority", &table);
        double first = cell_number(table, &table->rows[0], "first_share");
        print_message("first in %.3f of the samples, %.3f by the normal distribution\n", first, wanted);
        assert_true(fabs(first - wanted) < .05 && wanted > .05 && wanted < .95);
        matrix_close(open);
    }
}

/* An item without expectations is no candidate; nobody with both: no_pairs */
static void what_cannot_be_said(void **state)
{
    (void)state;
    const struct table *table = NULL;
    static const bool left_out[] = {false, false, false, true, false};
    priority_ratings(&study);
    /* the builder packs what was asked: the answers to the item that was not asked are left out of the row */
    study.matrix.left_out[STANDARD_EXPECTATION] = left_out;
    struct matrix_study *open = matrix_table(&study.matrix, "gap_priority", &table);
    assert_int_equal(table->row_count, 4);
    assert_true(cell_number(table, &table->rows[0], "weighted") < 0);
    matrix_close(open);
    study.matrix.left_out[STANDARD_EXPECTATION] = NULL;
    for (unsigned i = 0; i < study.matrix.people * 5; i++)
        study.answers[STANDARD_EXPECTATION][i] = MATRIX_MISSING;
    open = matrix_table(&study.matrix, "gap_priority", &table);
    assert_int_equal(table->row_count, 5);
    assert_cell_blank(table, &table->rows[0], "priority", "no_pairs");
    assert_cell_blank(table, &table->rows[0], "gap", "no_pairs");
    matrix_close(open);
    priority_free(&study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_r),
        cmocka_unit_test(without_importance),
        cmocka_unit_test(bundles_draw_as_persons_do),
        cmocka_unit_test(what_cannot_be_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
