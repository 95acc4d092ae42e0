/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "support/agreement.h"
#include "support/gap_table_matrix.h"
#include "support/oracle_fixture.h"
#include "support/priority_study.h"
#include "support/table_cells.h"

static struct priority_study study;

/* F32 against t.test and p.adjust: RI, RP turned round when it falls short, 0 when nothing is shown */
static void agrees_with_r(void **state)
{
    (void)state;
    const struct table *table = NULL;
    struct agreement shares = {.name = "relative performance", .wanted = 12};
    priority_ratings(&study);
    struct matrix_study *open = matrix_table(&study.matrix, "ipga", &table);
    json_t *rows = oracle_at(study.oracle, "ipga");
    assert_int_equal(table->row_count, json_array_size(rows));
    for (size_t i = 0; i < json_array_size(rows); i++) {
        assert_row_json(table, &table->rows[i], json_array_get(rows, i), 10);
        assert_cell_text(table, &table->rows[i], "compared_with", "expectation");
        agreement_add(&shares, cell_number(table, &table->rows[i], "relative_performance"),
                      member_number(json_array_get(rows, i), "relative_performance"));
    }
    agreement_print(&shares);
    print_message("ipga: all agree to %.1f digits or more\n", digits_least());
    matrix_close(open);
    priority_free(&study);
}

/* "significant" is judged by the adjusted p: what is below .05 alone, and not among five items, is not shown */
static void many_items_are_allowed_for(void **state)
{
    (void)state;
    bool met = false;
    priority_ratings(&study);
    for (unsigned i = 0; i < study.matrix.people && !met; i++) {
        const struct table *table = NULL;
        int *got = &study.answers[STANDARD_PERCEPTION][5 * i + 4];
        *got += *got != MATRIX_MISSING && *got < 7;
        struct matrix_study *open = matrix_table(&study.matrix, "ipga", &table);
        double p = cell_number(table, &table->rows[4], "p"), adjusted = cell_number(table, &table->rows[4], "p_holm");
        if (p < .05 && adjusted >= .05) {
            met = true;
            assert_true(cell_number(table, &table->rows[4], "relative_performance") == 0);
            assert_cell_text(table, &table->rows[4], "quadrant", "borderline");
        }
        matrix_close(open);
    }
    assert_true(met);
    priority_free(&study);
}

/* Without expectations performance is compared with importance on the same scale; on another scale with nothing. */
static void without_expectations(void **state)
{
    (void)state;
    const struct table *table = NULL;
    priority_ratings(&study);
    study.matrix.answers[STANDARD_EXPECTATION] = NULL;
    struct matrix_study *open = matrix_table(&study.matrix, "ipga", &table);
    double sum = 0, n = 0;
    for (unsigned i = 0; i < study.matrix.people; i++) {
        int got = study.answers[STANDARD_PERCEPTION][5 * i], rating = study.answers[STANDARD_IMPORTANCE][5 * i];
        sum += got == MATRIX_MISSING || rating == MATRIX_MISSING ? 0 : got - rating;
        n += got != MATRIX_MISSING && rating != MATRIX_MISSING;
    }
    assert_cell_text(table, &table->rows[0], "compared_with", "importance");
    assert_cell_digits(table, &table->rows[0], "difference", sum / n, 13);
    matrix_close(open);
    study.matrix.rating_high = 9;
    open = matrix_table(&study.matrix, "ipga", &table);
    assert_cell_blank(table, &table->rows[0], "difference", "mixed_scales");
    assert_cell_blank(table, &table->rows[0], "quadrant", "mixed_scales");
    matrix_close(open);
    priority_free(&study);
    priority_drivers(&study);
    open = matrix_table(&study.matrix, "ipga", &table);
    assert_cell_blank(table, &table->rows[0], "difference", "not_asked");
    assert_true(cell_number(table, &table->rows[0], "importance") > .5);
    matrix_close(open);
    priority_free(&study);
}

/* Fewer than 10 clusters: no test, so no relative performance; a constant difference likewise */
static void what_cannot_be_said(void **state)
{
    (void)state;
    const struct table *table = NULL;
    static unsigned clusters[PRIORITY_PEOPLE_MAX];
    priority_ratings(&study);
    for (unsigned i = 0; i < study.matrix.people; i++)
        clusters[i] = i % 5;
    study.matrix.clusters = clusters;
    struct matrix_study *open = matrix_table(&study.matrix, "ipga", &table);
    assert_cell_blank(table, &table->rows[0], "relative_performance", "few_clusters");
    assert_cell_blank(table, &table->rows[0], "quadrant", "few_clusters");
    matrix_close(open);
    study.matrix.clusters = NULL;
    for (unsigned i = 0; i < study.matrix.people * 5; i++) {
        study.answers[STANDARD_EXPECTATION][i] = 5;
        study.answers[STANDARD_PERCEPTION][i] = 4;
    }
    open = matrix_table(&study.matrix, "ipga", &table);
    assert_cell_blank(table, &table->rows[0], "p", "no_variance");
    assert_cell_blank(table, &table->rows[0], "relative_performance", "no_variance");
    matrix_close(open);
    priority_free(&study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_r),
        cmocka_unit_test(many_items_are_allowed_for),
        cmocka_unit_test(without_expectations),
        cmocka_unit_test(what_cannot_be_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
