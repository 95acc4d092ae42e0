/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/gap_table_matrix.h"
#include "support/oracle_fixture.h"
#include "support/table_cells.h"

/* Every figure of the overall gap of a whole simulated study, by R: "OSQ_i = mean_d g_id (mean of dimensions, so long
 * dimensions do not dominate)" (F2). */
static void whole_study(void **state)
{
    (void)state;
    struct gap_table_matrix study;
    gap_table_read(&study);
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&study.matrix, "overall_gap", &table);
    assert_int_equal(table->row_count, 1);
    assert_row_json(table, &table->rows[0], oracle_at(study.oracle, "overall_gap.0"), 11.5);
    assert_true(table_has_note(table, "Overall: the gap is too noisy"));
    /* one test is no family */
    assert_false(table_has_note(table, "p_holm"));
    print_message("overall_gap: at least %.1f digits agree\n", digits_least());
    matrix_close(open);
    gap_table_free(&study);
}

/* One dimension: the overall gap is the gap of that dimension, bit for bit. */
static void one_dimension(void **state)
{
    (void)state;
    struct gap_table_matrix study;
    gap_table_read(&study);
    study.matrix.dimension_of = NULL;
    struct matrix_study *open = matrix_open(&study.matrix, NEED_COMPOSITES | NEED_BLOCKS);
    const struct table *overall = matrix_measure(open, "overall_gap", false, 0.95);
    const struct table *dimension = matrix_measure(open, "dimension_gap", false, 0.95);
    for (uint32_t c = 0; c < overall->column_count; c++) {
        const struct value *one = &overall->rows[0].values[c], *other = &dimension->rows[0].values[c + 1];
        assert_int_equal(one->kind, other->kind);
        assert_true(one->kind != VALUE_NUMBER || one->number == other->number);
    }
    matrix_close(open);
    gap_table_free(&study);
}

/* By segment: groups in order, each with its own size; "95 %" is not fixed: a higher confidence gives wider intervals. */
static void by_segment_and_confidence(void **state)
{
    (void)state;
    struct gap_table_matrix study;
    gap_table_read(&study);
    struct matrix_study *open = matrix_open(&study.matrix, NEED_COMPOSITES | NEED_BLOCKS);
    const struct table *table = matrix_measure(open, "overall_gap", true, 0.95);
    static const struct {
        const char *branch;
        uint64_t size;
    } groups[] = {{"east", 12}, {"north", 28}, {"south", 17}, {"west", 3}};
    assert_int_equal(table->row_count, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_string_equal(table->rows[i].by[0], groups[i].branch);
        assert_int_equal(table->rows[i].group_size, groups[i].size);
        assert_int_equal(table->rows[i].line, 0);
    }
    const struct table *plain = matrix_measure(open, "overall_gap", false, 0.95);
    const struct table *surer = matrix_measure(open, "overall_gap", false, 0.99);
    double narrow = cell_number(plain, plain->rows, "ci_high") - cell_number(plain, plain->rows, "ci_low");
    double wide = cell_number(surer, surer->rows, "ci_high") - cell_number(surer, surer->rows, "ci_low");
    /* t of 56 degrees of freedom: 2.00324… at 95 %, 2.66651… at 99 % */
    assert_true(wide / narrow > 1.3310 && wide / narrow < 1.3312);
    matrix_close(open);
    gap_table_free(&study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_study),
        cmocka_unit_test(one_dimension),
        cmocka_unit_test(by_segment_and_confidence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
