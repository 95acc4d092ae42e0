/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "support/answer_matrix.h"
#include "support/table_cells.h"

enum { PEOPLE = 240, ITEMS = 4 };

/* Gaps of the first item: 0 for all but the last `off`; the others go round −2 … 2. */
struct crowd {
    int expectation[PEOPLE * ITEMS], perception[PEOPLE * ITEMS];
    double weights[PEOPLE];
    unsigned clusters[PEOPLE];
    struct answer_matrix matrix;
};

static void crowd_fill(struct crowd *crowd, unsigned people, unsigned off)
{
    static const unsigned dimension_of[ITEMS] = {0, 0, 1, 1};
    for (unsigned i = 0; i < people; i++) {
        for (unsigned j = 0; j < ITEMS; j++) {
            int gap = j ? (int)((i + j) % 5) - 2 : i + off >= people ? -1 - (int)(i % 2) : 0;
            crowd->expectation[i * ITEMS + j] = 4;
            crowd->perception[i * ITEMS + j] = 4 + gap;
        }
        crowd->weights[i] = 1 + i % 3;
        crowd->clusters[i] = i / 4;
    }
    crowd->matrix = (struct answer_matrix){.people = people, .items = ITEMS, .low = 1, .high = 7, .dimension_of = dimension_of};
    crowd->matrix.answers[STANDARD_EXPECTATION] = crowd->expectation;
    crowd->matrix.answers[STANDARD_PERCEPTION] = crowd->perception;
}

/* Half-width over the standard deviation for 240 pairs at 95 %, by R: 2(nρ²+1)/(n²ρ²)·ln(√(nρ²+1)/.05) with n₀ = 200. */
static const double half_240 = 0.19619028081521034;

/* "per item, dimension and overall": each row's interval is of its own gaps, around its own mean. */
static void every_score_has_its_interval(void **state)
{
    (void)state;
    struct crowd crowd;
    crowd_fill(&crowd, PEOPLE, 20);
    struct matrix_study *open = matrix_open(&crowd.matrix, NEED_PAIRS | NEED_COMPOSITES | NEED_BLOCKS);
    const struct table *table = matrix_measure(open, "anytime_gap", false, .95);
    const struct table *items = matrix_measure(open, "item_gap", false, .95);
    const struct table *dimensions = matrix_measure(open, "dimension_gap", false, .95);
    const struct table *overall = matrix_measure(open, "overall_gap", false, .95);
    assert_int_equal(table->row_count, ITEMS + 2 + 1);
    for (uint32_t r = 0; r < table->row_count; r++) {
        const struct row *row = &table->rows[r];
        const struct table *other = r < ITEMS ? items : r < ITEMS + 2 ? dimensions : overall;
        const struct row *same = &other->rows[r < ITEMS ? r : r < ITEMS + 2 ? r - ITEMS : 0];
        double gap = cell_number(other, same, "gap"), sd = cell_number(other, same, "sd_gap");
        assert_true(cell_number(table, row, "gap") == gap && cell_number(table, row, "sd_gap") == sd);
        assert_cell_digits(table, row, "anytime_low", gap - half_240 * sd, 12);
        assert_cell_digits(table, row, "anytime_high", gap + half_240 * sd, 12);
        assert_true(cell_number(table, row, "anytime_low") < cell_number(other, same, "ci_low"));
    }
    assert_cell_count(table, row_of(table, NULL, "q1", "d1"), "n_off_mode", 20);
    assert_cell_blank(table, &table->rows[ITEMS + 2], "item", "not_applicable");
    assert_cell_text(table, &table->rows[ITEMS + 2], "dimension", "overall");
    assert_true(table_has_note(table, "hold for a single look"));
    matrix_close(open);
}

/* "blank too_few before": 49 pairs, or 19 off the mode; one more of either, and there is one. A higher confidence is wider. */
static void nothing_before(void **state)
{
    (void)state;
    struct crowd crowd;
    const struct table *table = NULL;
    crowd_fill(&crowd, 49, 30);
    struct matrix_study *open = matrix_table(&crowd.matrix, "anytime_gap", &table);
    for (uint32_t r = 0; r < table->row_count; r++) {
        assert_cell_blank(table, &table->rows[r], "anytime_low", "too_few");
        assert_cell_blank(table, &table->rows[r], "anytime_high", "too_few");
        assert_true(isfinite(cell_number(table, &table->rows[r], "gap")));
    }
    matrix_close(open);
    crowd_fill(&crowd, 100, 19);
    open = matrix_table(&crowd.matrix, "anytime_gap", &table);
    assert_cell_blank(table, row_of(table, NULL, "q1", "d1"), "anytime_low", "too_few");
    matrix_close(open);
    crowd_fill(&crowd, 50, 20);
    open = matrix_open(&crowd.matrix, NEED_PAIRS | NEED_COMPOSITES);
    double low = cell_number(matrix_measure(open, "anytime_gap", false, .95),
                             &matrix_measure(open, "anytime_gap", false, .95)->rows[0], "anytime_low");
    table = matrix_measure(open, "anytime_gap", false, .99);
    assert_true(cell_number(table, &table->rows[0], "anytime_low") < low);
    matrix_close(open);
}

/* A mean of weighted or clustered answers does not arrive person by person; without dimensions everything is the mean of items. */
static void designs_are_blank(void **state)
{
    (void)state;
    struct crowd crowd;
    const struct table *table = NULL;
    crowd_fill(&crowd, PEOPLE, 60);
    crowd.matrix.weights = crowd.weights;
    struct matrix_study *open = matrix_table(&crowd.matrix, "anytime_gap", &table);
    assert_cell_blank(table, &table->rows[0], "anytime_low", "weighted");
    matrix_close(open);
    crowd.matrix.weights = NULL;
    crowd.matrix.clusters = crowd.clusters;
    open = matrix_table(&crowd.matrix, "anytime_gap", &table);
    assert_cell_blank(table, &table->rows[0], "anytime_high", "clustered");
    matrix_close(open);
    crowd.matrix.clusters = NULL;
    crowd.matrix.strata = crowd.clusters;
    open = matrix_table(&crowd.matrix, "anytime_gap", &table);
    assert_cell_blank(table, &table->rows[0], "anytime_high", "stratified");
    matrix_close(open);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_score_has_its_interval),
        cmocka_unit_test(nothing_before),
        cmocka_unit_test(designs_are_blank),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
