/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/answer_matrix.h"
#include "support/oracle_fixture.h"
#include "support/table_cells.h"

#define M MATRIX_MISSING

static struct answer_matrix zone_matrix(unsigned people, unsigned items, const int *minimum, const int *desired, const int *got)
{
    struct answer_matrix matrix = {.people = people, .items = items, .low = 1, .high = 9};
    matrix.answers[STANDARD_MINIMUM] = minimum;
    matrix.answers[STANDARD_DESIRED] = desired;
    matrix.answers[STANDARD_PERCEPTION] = got;
    return matrix;
}

static void check_item(const struct table *table, const struct row *row, json_t *expected)
{
    static const char *const same[][2] = {{"n", "n"},
                                          {"mean_minimum", "mean_minimum"},
                                          {"mean_desired", "mean_desired"},
                                          {"mean_perception", "mean_perception"},
                                          {"adequacy", "adequacy"},
                                          {"adequacy_ci_low", "adequacy_low"},
                                          {"adequacy_ci_high", "adequacy_high"},
                                          {"adequacy_p", "adequacy_p"},
                                          {"adequacy_p_holm", "adequacy_p_holm"},
                                          {"superiority", "superiority"},
                                          {"superiority_ci_low", "superiority_low"},
                                          {"superiority_ci_high", "superiority_high"},
                                          {"superiority_p", "superiority_p"},
                                          {"superiority_p_holm", "superiority_p_holm"},
                                          {"zone_width", "zone_width"},
                                          {"zone_position", "zone_position"},
                                          {"zone_position_low", "zone_position_low"},
                                          {"zone_position_high", "zone_position_high"},
                                          {"inversions", "inversions"},
                                          {"status", "status"}};
    for (size_t k = 0; k < sizeof same / sizeof *same; k++)
        assert_cell_json(table, row, same[k][0], json_object_get(expected, same[k][1]), 10.5);
    double inversions = json_number_value(json_object_get(expected, "inversions"));
    assert_cell_digits(table, row, "inversion_share", inversions / json_number_value(json_object_get(expected, "n")), 15);
}

/* F9–F12 against R: all means from the triple-complete answers, Fieller's interval, statuses adjusted by Holm. */
static void three_studies(void **state)
{
    (void)state;
    json_t *oracle = oracle_read("zone");
    json_t *studies = oracle_at(oracle, "studies");
    for (size_t s = 0; s < json_array_size(studies); s++) {
        json_t *from = json_array_get(studies, s);
        unsigned people = 0, items = 0;
        int *minimum = matrix_read(json_object_get(from, "minimum"), &people, &items);
        int *desired = matrix_read(json_object_get(from, "desired"), &people, &items);
        int *got = matrix_read(json_object_get(from, "perception"), &people, &items);
        struct answer_matrix matrix = zone_matrix(people, items, minimum, desired, got);
        struct matrix_study *open = matrix_open(&matrix, NEED_ZONES);
        const struct table *table = matrix_measure(open, "zone", false, json_number_value(json_object_get(from, "confidence")));
        json_t *rows = json_object_get(from, "items");
        assert_int_equal(table->row_count, json_array_size(rows));
        for (size_t i = 0; i < json_array_size(rows); i++) {
            check_item(table, &table->rows[i], json_array_get(rows, i));
            assert_int_equal(table->rows[i].support, cell_number(table, &table->rows[i], "n"));
        }
        matrix_close(open);
        free(minimum);
        free(desired);
        free(got);
    }
    print_message("zone: at least %.1f digits agree\n", digits_least());
    json_decref(oracle);
}

/* "Example 6.2 / 7.9 / 7.0 → MSA +.8, MSS −.9, position 47.06" (F10) */
static void printed_example(void **state)
{
    (void)state;
    /* ten people whose means are 6.2, 7.9 and 7.0 */
    const int minimum[] = {6, 6, 6, 6, 6, 6, 6, 6, 7, 7}, desired[] = {8, 8, 8, 8, 8, 8, 8, 8, 8, 7};
    const int got[] = {7, 7, 7, 7, 7, 7, 7, 7, 8, 6};
    struct answer_matrix matrix = zone_matrix(10, 1, minimum, desired, got);
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&matrix, "zone", &table);
    const struct row *row = table->rows;
    assert_cell_digits(table, row, "mean_minimum", 6.2, 16);
    assert_cell_digits(table, row, "mean_desired", 7.9, 16);
    assert_cell_digits(table, row, "adequacy", 0.8, 16);
    assert_cell_digits(table, row, "superiority", -0.9, 16);
    assert_cell_digits(table, row, "zone_width", 1.7, 16);
    assert_cell_digits(table, row, "zone_position", 800 / 17.0, 16);
    assert_true(table_has_note(table, "Nobody was left out for a minimum above the desired level"));
    matrix_close(open);
}

/* A study that asked only one edge gets the half it has; the rest says not_asked. */
static void one_edge(void **state)
{
    (void)state;
    const int edge[] = {3, 3, 4, 3, 3, 4, 3, 4}, got[] = {7, 6, 7, 7, 6, 7, 7, 7};
    struct answer_matrix matrix = zone_matrix(8, 1, edge, NULL, got);
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&matrix, "zone", &table);
    const struct row *row = table->rows;
    assert_cell_count(table, row, "n", 8);
    assert_cell_digits(table, row, "adequacy", 27 / 8.0, 16);
    assert_cell_text(table, row, "status", "at_least_minimum");
    assert_int_equal(row->support, 8);
    static const char *const without_desired[] = {"mean_desired",  "superiority",       "superiority_ci_low", "zone_width",
                                                  "zone_position", "zone_position_low", "inversions",         "inversion_share",
                                                  "superiority_p", "superiority_p_holm"};
    for (size_t i = 0; i < sizeof without_desired / sizeof *without_desired; i++)
        assert_cell_blank(table, row, without_desired[i], "not_asked");
    matrix_close(open);
    matrix = zone_matrix(8, 1, NULL, edge, got);
    open = matrix_table(&matrix, "zone", &table);
    row = table->rows;
    assert_int_equal(row->support, 8);
    assert_cell_text(table, row, "status", "above");
    assert_cell_digits(table, row, "superiority", 27 / 8.0, 16);
    assert_cell_blank(table, row, "adequacy", "not_asked");
    assert_cell_blank(table, row, "mean_minimum", "not_asked");
    matrix_close(open);
    /* the other way round, the desired level is clearly not reached, which is all that was asked */
    matrix = zone_matrix(8, 1, NULL, got, edge);
    open = matrix_table(&matrix, "zone", &table);
    assert_cell_text(table, table->rows, "status", "below_desired");
    matrix_close(open);
    /* by the interval, as the others: −0.5 on average, but four of eight the other way */
    const int wished[] = {5, 5, 5, 5, 5, 5, 5, 5}, spread[] = {7, 6, 6, 6, 3, 3, 2, 3};
    matrix = zone_matrix(8, 1, NULL, wished, spread);
    open = matrix_table(&matrix, "zone", &table);
    assert_cell_text(table, table->rows, "status", "uncertain");
    matrix_close(open);
    /* with a minimum that is not shown to be reached or missed, nothing is said of the desired level alone */
    const int likely[] = {5, 4, 5, 4, 5, 4, 5, 4}, about[] = {4, 5, 4, 5, 4, 5, 5, 4}, high[] = {9, 9, 9, 8, 9, 9, 8, 9};
    matrix = zone_matrix(8, 1, likely, high, about);
    open = matrix_table(&matrix, "zone", &table);
    assert_cell_text(table, table->rows, "status", "uncertain");
    matrix_close(open);
    matrix = zone_matrix(8, 1, got, NULL, edge);
    open = matrix_table(&matrix, "zone", &table);
    assert_cell_text(table, table->rows, "status", "below");
    matrix_close(open);
}

/* "INVERTED if the mean of Em exceeds the mean of Ed (tested first)", n = 0, 1, constant distances, incomplete answers */
static void degenerate(void **state)
{
    (void)state;
    /* q1 inverted, q2 nobody complete, q3 one person, q4 constant distances */
    const int minimum[] = {8, 5, 5, 5, 7, M, M, 6, 8, 4, M, 5}, desired[] = {6, M, 8, 8, 6, 5, M, 9, 5, M, 9, 8};
    const int got[] = {9, 5, 6, 6, 9, 5, 7, 7, 9, 4, 7, 6};
    struct answer_matrix matrix = zone_matrix(3, 4, minimum, desired, got);
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&matrix, "zone", &table);
    const struct row *row = row_of(table, NULL, "q1");
    assert_cell_text(table, row, "status", "inverted");
    assert_cell_blank(table, row, "zone_position", "zone_too_narrow");
    assert_cell_blank(table, row, "zone_position_low", "zone_too_narrow");
    assert_cell_count(table, row, "inversions", 3);
    row = row_of(table, NULL, "q2");
    assert_cell_count(table, row, "n", 0);
    assert_cell_count(table, row, "n_incomplete", 3);
    assert_cell_blank(table, row, "adequacy", "no_pairs");
    assert_cell_blank(table, row, "zone_position", "no_pairs");
    assert_cell_blank(table, row, "status", "no_pairs");
    row = row_of(table, NULL, "q3");
    assert_cell_count(table, row, "n", 1);
    assert_cell_digits(table, row, "zone_position", 100 / 3.0, 16);
    assert_cell_blank(table, row, "zone_position_low", "too_few");
    assert_cell_blank(table, row, "adequacy_ci_low", "too_few");
    assert_cell_blank(table, row, "status", "too_few");
    row = row_of(table, NULL, "q4");
    assert_cell_digits(table, row, "adequacy", 1, 17);
    assert_cell_blank(table, row, "adequacy_ci_low", "no_variance");
    assert_cell_blank(table, row, "status", "no_variance");
    matrix_close(open);
}

/* Three clusters: intervals, but no p and no status; twelve: both, with the clustered error of F20. */
static void clusters(void **state)
{
    (void)state;
    int minimum[24], desired[24], got[24];
    unsigned cluster[24];
    for (int i = 0; i < 24; i++) {
        minimum[i] = 4;
        desired[i] = 8 + (i % 8 == 0);
        got[i] = 6 + (i / 2) % 2;
        cluster[i] = (unsigned)i / 2;
    }
    struct answer_matrix matrix = zone_matrix(24, 1, minimum, desired, got);
    matrix.clusters = cluster;
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&matrix, "zone", &table);
    const struct row *row = table->rows;
    assert_cell_digits(table, row, "adequacy", 2.5, 17);
    assert_cell_count(table, row, "n", 24);
    /* cluster sums of (x − mean): ±1; se² = 12/11 × 12 / 24²; t(11, .975) = 2.200985160082949 */
    assert_cell_digits(table, row, "adequacy_ci_low", 2.5 - 2.2009851600829489 * 0.15075567228888181, 12);
    assert_cell_text(table, row, "status", "within");
    assert_cell_blank(table, row, "zone_position_low", "clustered");
    matrix_close(open);
    for (int i = 0; i < 24; i++)
        cluster[i] = (unsigned)i / 8;
    got[0] = 3;
    open = matrix_table(&matrix, "zone", &table);
    row = table->rows;
    assert_cell_blank(table, row, "adequacy_p", "few_clusters");
    assert_cell_blank(table, row, "status", "few_clusters");
    assert_int_equal(table_value(table, row, "adequacy_ci_low")->kind, VALUE_NUMBER);
    assert_true(table_has_note(table, "Only 3 clusters: with fewer than 10 no difference is tested."));
    matrix_close(open);
}

/* Two answers are enough for intervals; an item without perception, or without both edges, says not_asked throughout. */
static void two_answers_and_not_asked(void **state)
{
    (void)state;
    const bool without[] = {false, true, false}, edgeless[] = {false, false, true};
    const int minimum[] = {3, 3, M, 3, 3, M}, desired[] = {7, 7, M, 8, 8, M}, got[] = {5, M, 5, 6, M, 6};
    struct answer_matrix matrix = zone_matrix(2, 3, minimum, desired, got);
    matrix.left_out[STANDARD_PERCEPTION] = without;
    matrix.left_out[STANDARD_MINIMUM] = matrix.left_out[STANDARD_DESIRED] = edgeless;
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&matrix, "zone", &table);
    const struct row *row = row_of(table, NULL, "q1");
    assert_cell_count(table, row, "n", 2);
    assert_cell_digits(table, row, "zone_position", 500 / 9.0, 15);
    /* width 4 and 5: 4.5² < t² × .25, so no finite end */
    assert_cell_blank(table, row, "zone_position_low", "zone_too_narrow");
    assert_cell_digits(table, row, "adequacy_ci_low", 2.5 - 12.706204736174698 * 0.5, 12);
    for (uint32_t c = 2; c < table->column_count; c++) {
        assert_cell_blank(table, row_of(table, NULL, "q2"), table->measure->columns[c].name, "not_asked");
        assert_cell_blank(table, row_of(table, NULL, "q3"), table->measure->columns[c].name, "not_asked");
    }
    matrix_close(open);
}

/* One edge and clusters: the distance that was asked has its clustered error, and its support counts respondents. */
static void one_edge_clustered(void **state)
{
    (void)state;
    int desired[24], got[24];
    unsigned respondents[24];
    for (int i = 0; i < 24; i++) {
        desired[i] = 8;
        got[i] = 6 + (i / 2) % 2;
        respondents[i] = (unsigned)i / 2;
    }
    struct answer_matrix matrix = zone_matrix(24, 1, NULL, desired, got);
    matrix.respondents = respondents;
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&matrix, "zone", &table);
    assert_int_equal(table->rows[0].support, 12);
    assert_cell_digits(table, table->rows, "superiority", -1.5, 17);
    assert_cell_digits(table, table->rows, "superiority_ci_low", -1.5 - 2.2009851600829489 * 0.15075567228888181, 12);
    matrix_close(open);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_studies),
        cmocka_unit_test(printed_example),
        cmocka_unit_test(one_edge),
        cmocka_unit_test(degenerate),
        cmocka_unit_test(clusters),
        cmocka_unit_test(one_edge_clustered),
        cmocka_unit_test(two_answers_and_not_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
