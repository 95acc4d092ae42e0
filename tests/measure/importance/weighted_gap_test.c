/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/answer_matrix.h"
#include "support/digits.h"
#include "support/oracle_fixture.h"
#include "support/table_cells.h"

#define M MATRIX_MISSING

/* Each person's score is rounded once to 2^-20 of a step (about 1e-6): means agree to six digits after the point. */
#define FIXED_POINT 5.5

/* A matrix of the composite fixture; the caller frees both sides. */
static struct answer_matrix composite_matrix(json_t *oracle, unsigned dimension_of[16], int **expectation, int **perception)
{
    unsigned people = 0, items = 0;
    *expectation = matrix_read(oracle_at(oracle, "expectation"), &people, &items);
    *perception = matrix_read(oracle_at(oracle, "perception"), &people, &items);
    for (unsigned i = 0; i < items; i++)
        dimension_of[i] = (unsigned)json_integer_value(json_array_get(oracle_at(oracle, "dimension_of"), i)) - 1;
    struct answer_matrix matrix = {.people = people, .items = items, .low = 1, .high = 7, .dimension_of = dimension_of};
    matrix.answers[STANDARD_EXPECTATION] = *expectation;
    matrix.answers[STANDARD_PERCEPTION] = *perception;
    return matrix;
}

/* "OSQw_i = Σ_d (a_id/100) g_id; report mean_i. If the points sum to 95–105: rescale and flag; otherwise treat as missing"
 * (F3): against R, person by person. */
static void hundred_points(void **state)
{
    (void)state;
    json_t *oracle = oracle_read("composite");
    unsigned dimension_of[16];
    int *expectation = NULL, *perception = NULL;
    double points[64 * 3];
    struct answer_matrix matrix = composite_matrix(oracle, dimension_of, &expectation, &perception);
    for (unsigned i = 0; i < matrix.people; i++) {
        for (unsigned d = 0; d < 3; d++) {
            json_t *given = json_array_get(json_array_get(oracle_at(oracle, "points"), i), d);
            points[i * 3 + d] = json_is_null(given) ? -1 : json_number_value(given);
        }
    }
    matrix.points = points;
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&matrix, "weighted_gap", &table);
    assert_int_equal(table->row_count, 4);
    const struct row *row = row_of(table, NULL, "", "overall");
    assert_cell_json(table, row, "n", oracle_at(oracle, "weighted_gap.n"), 17);
    assert_cell_json(table, row, "weighted", oracle_at(oracle, "weighted_gap.weighted"), FIXED_POINT);
    assert_cell_json(table, row, "gap", oracle_at(oracle, "weighted_gap.gap"), FIXED_POINT);
    assert_cell_json(table, row, "rescaled", oracle_at(oracle, "weighted_gap.rescaled"), 17);
    assert_cell_digits(table, row, "weight", 100, 16);
    /* the interval of the mean of the persons' weighted gaps, by Student's t */
    double sum = 0, squares = 0, n = 0;
    json_t *persons = oracle_at(oracle, "weighted_gap.person");
    for (size_t i = 0; i < json_array_size(persons); i++) {
        json_t *person = json_array_get(persons, i);
        if (json_is_null(person))
            continue;
        n++;
        sum += json_number_value(person);
        squares += json_number_value(person) * json_number_value(person);
    }
    double se = sqrt((squares - sum * sum / n) / (n - 1) / n);
    assert_int_equal((int)n, 18);
    assert_cell_digits(table, row, "weighted_ci_low", sum / n - 2.1098155778333156 * se, FIXED_POINT);
    assert_cell_digits(table, row, "weighted_ci_high", sum / n + 2.1098155778333156 * se, 4.5);
    const struct row *part = row_of(table, NULL, "", "d1");
    assert_cell_blank(table, part, "rescaled", "not_applicable");
    assert_cell_blank(table, part, "rating", "not_applicable");
    matrix_close(open);
    free(expectation);
    free(perception);
    json_decref(oracle);
}

/* "Weighted forms are ΣI(P−E)/ΣI and ΣI·P/ΣI, so that they stay on the scale" (F4): against R. */
static void ratings(void **state)
{
    (void)state;
    json_t *oracle = oracle_read("composite");
    unsigned dimension_of[16], people = 0, items = 0;
    int *expectation = NULL, *perception = NULL;
    struct answer_matrix matrix = composite_matrix(oracle, dimension_of, &expectation, &perception);
    int *rating = matrix_read(oracle_at(oracle, "rating"), &people, &items);
    matrix.answers[STANDARD_IMPORTANCE] = rating;
    matrix.rating_low = 1;
    matrix.rating_high = 5;
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&matrix, "weighted_gap", &table);
    assert_int_equal(table->row_count, items + 1);
    const struct row *row = row_of(table, NULL, "", "overall");
    assert_cell_json(table, row, "n", oracle_at(oracle, "importance.n"), 17);
    assert_cell_json(table, row, "gap", oracle_at(oracle, "importance.mean.0"), FIXED_POINT);
    assert_cell_json(table, row, "weighted", oracle_at(oracle, "importance.mean.1"), FIXED_POINT);
    assert_cell_json(table, row, "performance", oracle_at(oracle, "importance.mean.2"), FIXED_POINT);
    assert_cell_json(table, row, "weighted_performance", oracle_at(oracle, "importance.mean.3"), FIXED_POINT);
    assert_cell_blank(table, row, "rating", "not_applicable");
    const struct row *item = row_of(table, NULL, "q9", "d3");
    double mean = cell_number(table, item, "rating");
    assert_true(mean > 1 && mean < 5);
    matrix_close(open);
    free(expectation);
    free(perception);
    free(rating);
    json_decref(oracle);
}

/* "gaps (−.4,−1.2,−.9,−.3,−.6), points (11,32,22,19,16): unweighted −0.68, weighted −0.779" (F3), as a gap of ten
 * times that on a scale of 1 to 30 */
static void printed_example(void **state)
{
    (void)state;
    const unsigned dimension_of[] = {0, 1, 2, 3, 4};
    const int expectation[] = {20, 20, 20, 20, 20}, perception[] = {16, 8, 11, 17, 14};
    const double points[] = {11, 32, 22, 19, 16};
    struct answer_matrix matrix = {.people = 1, .items = 5, .low = 1, .high = 30, .dimension_of = dimension_of, .points = points};
    matrix.answers[STANDARD_EXPECTATION] = expectation;
    matrix.answers[STANDARD_PERCEPTION] = perception;
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&matrix, "weighted_gap", &table);
    const struct row *row = row_of(table, NULL, "", "overall");
    assert_cell_digits(table, row, "gap", -6.8, FIXED_POINT);
    assert_cell_digits(table, row, "weighted", -7.79, FIXED_POINT);
    assert_cell_digits(table, row, "performance", 13.2, FIXED_POINT);
    assert_cell_digits(table, row, "weighted_performance", 12.21, FIXED_POINT);
    assert_cell_blank(table, row, "weighted_ci_low", "too_few");
    assert_cell_digits(table, row_of(table, NULL, "", "d2"), "weight", 32, FIXED_POINT);
    assert_cell_digits(table, row_of(table, NULL, "", "d2"), "weighted", -0.32 * 12, FIXED_POINT);
    assert_cell_digits(table, row_of(table, NULL, "", "d2"), "weighted_performance", 0.32 * 8, FIXED_POINT);
    matrix_close(open);
    /* nobody's points can be used */
    const double few[] = {10, 10, 10, 10, 10};
    matrix.points = few;
    open = matrix_table(&matrix, "weighted_gap", &table);
    row = row_of(table, NULL, "", "overall");
    assert_cell_count(table, row, "n", 0);
    assert_cell_count(table, row, "refused", 1);
    assert_cell_blank(table, row, "weighted", "no_pairs");
    assert_cell_blank(table, row, "weight", "no_pairs");
    matrix_close(open);
}

/* Weights and clusters count in the interval of the weighted gap as in every other: one dimension that has all the points
 * makes the weighted gap the gap. */
static void design(void **state)
{
    (void)state;
    int expectation[24], perception[24];
    double points[24], weights[24];
    unsigned clusters[24];
    for (int i = 0; i < 24; i++) {
        expectation[i] = 6;
        perception[i] = 5 + i % 3 - (i / 2) % 2;
        points[i] = 100;
        weights[i] = 1 + i % 4;
        clusters[i] = (unsigned)i / 2;
    }
    struct answer_matrix matrix = {
        .people = 24, .items = 1, .low = 1, .high = 7, .points = points, .weights = weights, .clusters = clusters};
    matrix.answers[STANDARD_EXPECTATION] = expectation;
    matrix.answers[STANDARD_PERCEPTION] = perception;
    for (unsigned way = 0; way < 3; way++) {
        if (way == 1)
            matrix.clusters = NULL;
        if (way == 2)
            matrix.weights = NULL;
        struct matrix_study *open = matrix_open(&matrix, NEED_PAIRS | NEED_IMPORTANCE);
        const struct table *weighted = matrix_measure(open, "weighted_gap", false, 0.9);
        const struct table *gaps = matrix_measure(open, "item_gap", false, 0.9);
        for (uint32_t r = 0; r < 2; r++) {
            assert_cell_digits(weighted, &weighted->rows[r], "weighted", cell_number(gaps, gaps->rows, "gap"), 15);
            assert_cell_digits(weighted, &weighted->rows[r], "weighted_ci_low", cell_number(gaps, gaps->rows, "ci_low"), 13);
            assert_cell_digits(weighted, &weighted->rows[r], "weighted_ci_high", cell_number(gaps, gaps->rows, "ci_high"), 13);
            assert_cell_digits(weighted, &weighted->rows[r], "performance", cell_number(gaps, gaps->rows, "mean_perception"), 15);
            assert_int_equal(weighted->rows[r].support, 24);
        }
        matrix_close(open);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hundred_points),
        cmocka_unit_test(ratings),
        cmocka_unit_test(printed_example),
        cmocka_unit_test(design),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
