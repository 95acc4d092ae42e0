/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/case_columns.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/chance.h"
#include "support/answer_matrix.h"

/* What the probe asks for and what it was given, since only a measure sees a study's cases. */
static struct case_variable wanted[8];
static size_t wanted_count;
static struct case_matrix given;
static double values[64], weights[16];
static uint32_t units[16], strata_of[16];

/* "The same in a byte or two for each number": to the bit, whether cases are wanted or not. */
static enum status check_packed(struct ctx *ctx, const struct measuring *measuring, bool with_cases)
{
    struct case_matrix packed;
    const struct case_wish wish = {.variables = wanted, .count = wanted_count, .with_cases = with_cases};
    enum status status = case_matrix_pack(ctx, measuring, &measuring->set->groups[0], &wish, &packed);
    if (status || packed.blank)
        return status;
    assert_true(packed.rows == given.rows && packed.columns == given.columns && packed.left_out == given.left_out);
    assert_true(packed.unit_count == given.unit_count && packed.respondents == given.respondents);
    assert_true(!packed.units == !given.units && !packed.strata == !given.strata);
    assert_true(!packed.values && !packed.weights && !packed.packed_weights.values == !given.weights);
    for (size_t i = 0; i < given.rows; i++) {
        double row[8], weight = case_row_read(&packed, i, row);
        for (size_t j = 0; j < given.columns; j++)
            assert_memory_equal(&row[j], &case_column(&given, j)[i], sizeof *row);
        assert_true(weight == case_weight(&given, i) && weight == (given.weights ? given.weights[i] : 1));
        assert_true(!given.units || packed.units[i] == given.units[i]);
        assert_true(!with_cases || packed.cases[i] == given.cases[i]);
    }
    for (size_t u = 0; u < given.unit_count && given.strata; u++)
        assert_int_equal(packed.strata[u], given.strata[u]);
    return STATUS_OK;
}

static enum status probe_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    (void)table;
    enum status status = case_matrix_make(ctx, measuring, &measuring->set->groups[0], wanted, wanted_count, &given);
    if (status || given.blank)
        return status;
    assert_true(given.rows * given.columns <= 64 && given.rows <= 16);
    memcpy(values, given.values, given.rows * given.columns * sizeof *values);
    if (given.weights)
        memcpy(weights, given.weights, given.rows * sizeof *weights);
    if (given.units)
        memcpy(units, given.units, given.rows * sizeof *units);
    if (given.strata)
        memcpy(strata_of, given.strata, given.unit_count * sizeof *strata_of);
    status = check_packed(ctx, measuring, false);
    return status ? status : check_packed(ctx, measuring, true);
}

static const struct column column = {"n", "n", "encounters", "How many.", 0, COLUMN_COUNT, true, false};
static const struct measure probe = {
    .name = "probe", .needs = NEED_CASES, .columns = &column, .column_count = 1, .run = probe_run};

static void probe_matrix(const struct answer_matrix *matrix)
{
    struct matrix_study *study = matrix_open(matrix, NEED_CASES);
    assert_int_equal(matrix_try(study, &probe, false), STATUS_OK);
    matrix_close(study);
}

static enum status many_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    (void)table;
    assert_int_equal(case_matrix_make(ctx, measuring, &measuring->set->groups[0], wanted, wanted_count, &given), STATUS_OK);
    enum status status = check_packed(ctx, measuring, false);
    return status ? status : check_packed(ctx, measuring, true);
}

static const struct measure many_probe = {
    .name = "many", .needs = NEED_CASES, .columns = &column, .column_count = 1, .run = many_run};

#define NA MATRIX_MISSING
static const int expectations[] = {5, 4, 3, /**/ 4, NA, 2, /**/ 1, 2, 3, /**/ NA, NA, 5};
static const int perceptions[] = {3, 4, 1, /**/ 2, 5, NA, /**/ 1, 1, 2, /**/ 4, 4, 4};
static const int satisfied[] = {7, 3, 10, 1};
static const struct matrix_outcome outcome = {"satisfaction", 1, 10, satisfied, OUTCOME_ROLE_SATISFACTION};
static const unsigned dimension_of[] = {0, 0, 1};

static struct answer_matrix four_people(void)
{
    struct answer_matrix matrix = {
        .people = 4, .items = 3, .low = 1, .high = 5, .dimension_of = dimension_of, .outcomes = &outcome, .outcome_count = 1};
    matrix.answers[STANDARD_EXPECTATION] = expectations;
    matrix.answers[STANDARD_PERCEPTION] = perceptions;
    return matrix;
}

/* "CASE_DIMENSION: a person's mean over the items of a dimension, when at least half are answered"; "The rows of one group that
 * are complete on all variables, in canonical order". */
static void scores_are_means_of_what_is_there(void **state)
{
    (void)state;
    struct answer_matrix matrix = four_people();
    wanted[0] = (struct case_variable){.of = CASE_DIMENSION, .index = 0, .standard = STANDARD_PERCEPTION};
    wanted[1] = (struct case_variable){.of = CASE_OUTCOME, .index = 0};
    wanted_count = 2;
    probe_matrix(&matrix);
    assert_int_equal(given.rows, 4);
    assert_int_equal(given.left_out, 0);
    /* sorted by answers: the person without expectations, then 1 2 3, 4 NA 2, 5 4 3 */
    const double expected[] = {4, 1, 3.5, 3.5, 1, 10, 3, 7};
    assert_memory_equal(values, expected, sizeof expected);
}

/* "of a score: over the items that have both, so that gap = perception − expectation" */
static void paired_scores_differ_by_the_gap(void **state)
{
    (void)state;
    struct answer_matrix matrix = four_people();
    wanted[0] = (struct case_variable){.of = CASE_DIMENSION, .index = 0, .standard = STANDARD_PERCEPTION, .paired = true};
    wanted[1] = (struct case_variable){.of = CASE_DIMENSION, .index = 0, .standard = STANDARD_EXPECTATION, .paired = true};
    wanted[2] = (struct case_variable){.of = CASE_DIMENSION, .index = 0, .gap = true};
    wanted_count = 3;
    probe_matrix(&matrix);
    assert_int_equal(given.rows, 3);
    assert_int_equal(given.left_out, 1);
    const double expected[] = {1, 2, 3.5, /**/ 1.5, 4, 4.5, /**/ -0.5, -2, -1};
    assert_memory_equal(values, expected, sizeof expected);
}

/* "CASE_OVERALL: the mean of the dimension scores, when at least half are there"; "CASE_ITEMS_MEAN: … when at least half are
 * answered" */
static void overall_is_the_mean_of_dimensions(void **state)
{
    (void)state;
    struct answer_matrix matrix = four_people();
    wanted[0] = (struct case_variable){.of = CASE_OVERALL, .standard = STANDARD_PERCEPTION};
    wanted[1] = (struct case_variable){.of = CASE_ITEMS_MEAN, .standard = STANDARD_PERCEPTION};
    wanted[2] = (struct case_variable){.of = CASE_ITEM, .index = 0, .standard = STANDARD_PERCEPTION};
    wanted_count = 3;
    probe_matrix(&matrix);
    const double expected[] = {4, 1.5, 3.5, 2.25, /**/ 4, 4.0 / 3, 3.5, 8.0 / 3, /**/ 4, 1, 2, 3};
    assert_int_equal(given.rows, 4);
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        assert_true(values[i] > expected[i] - 1e-15 && values[i] < expected[i] + 1e-15);
}

/* "units: the cluster, or the respondent who comes more than once: 0 … in order of appearance"; "respondents: distinct" */
static void clusters_weights_and_order(void **state)
{
    (void)state;
    const unsigned clusters[] = {9, 4, 9, 7}, respondents[] = {1, 1, 2, 3};
    const double heavy[] = {1, 2, 0.5, 4};
    struct answer_matrix matrix = four_people();
    matrix.clusters = clusters;
    matrix.respondents = respondents;
    matrix.weights = heavy;
    wanted[0] = (struct case_variable){.of = CASE_OUTCOME, .index = 0};
    wanted_count = 1;
    probe_matrix(&matrix);
    const uint32_t unit[] = {0, 1, 2, 1};
    const double weight[] = {4, 0.5, 2, 1};
    assert_int_equal(given.unit_count, 3);
    assert_int_equal(given.respondents, 3);
    assert_memory_equal(units, unit, sizeof unit);
    assert_memory_equal(weights, weight, sizeof weight);
}

/* "In two strata it is two units"; "strata: index into pairs->strata", of units and, without them, of rows. */
static void strata_part_clusters(void **state)
{
    (void)state;
    const unsigned clusters[] = {9, 4, 9, 7}, strata[] = {1, 1, 2, 1};
    struct answer_matrix matrix = four_people();
    matrix.strata = strata;
    wanted[0] = (struct case_variable){.of = CASE_OUTCOME, .index = 0};
    wanted_count = 1;
    const uint32_t alone[] = {0, 1, 2, 3}, stratum[] = {0, 1, 0, 0};
    for (unsigned round = 0; round < 2; round++) {
        matrix.clusters = round == 0 ? NULL : clusters;
        probe_matrix(&matrix);
        assert_int_equal(given.unit_count, 4);
        assert_int_equal(given.stratum_count, 2);
        assert_memory_equal(strata_of, stratum, sizeof stratum);
        if (round == 0)
            assert_null(given.units);
        else
            assert_memory_equal(units, alone, sizeof alone);
    }
}

/* "ids and file order do not enter" */
static void the_order_of_the_file_does_not_enter(void **state)
{
    (void)state;
    static const int again_e[] = {NA, NA, 5, /**/ 1, 2, 3, /**/ 5, 4, 3, /**/ 4, NA, 2};
    static const int again_p[] = {4, 4, 4, /**/ 1, 1, 2, /**/ 3, 4, 1, /**/ 2, 5, NA};
    static const int again_s[] = {1, 10, 7, 3};
    const unsigned clusters[] = {9, 4, 9, 7}, again_c[] = {0, 2, 2, 1};
    const struct matrix_outcome again = {"satisfaction", 1, 10, again_s, OUTCOME_ROLE_SATISFACTION};
    struct answer_matrix matrix = four_people();
    matrix.clusters = clusters;
    wanted[0] = (struct case_variable){.of = CASE_OUTCOME, .index = 0};
    wanted_count = 1;
    probe_matrix(&matrix);
    double before[4];
    uint32_t units_before[4];
    memcpy(before, values, sizeof before);
    memcpy(units_before, units, sizeof units_before);
    matrix.answers[STANDARD_EXPECTATION] = again_e;
    matrix.answers[STANDARD_PERCEPTION] = again_p;
    matrix.outcomes = &again;
    matrix.clusters = again_c;
    probe_matrix(&matrix);
    assert_memory_equal(values, before, sizeof before);
    assert_memory_equal(units, units_before, sizeof units_before);
}

/* "blank: why a variable does not exist" */
static void what_was_not_asked_is_blank(void **state)
{
    (void)state;
    struct answer_matrix matrix = four_people();
    wanted[0] = (struct case_variable){.of = CASE_DIMENSION, .index = 0, .standard = STANDARD_DESIRED};
    wanted_count = 1;
    probe_matrix(&matrix);
    assert_int_equal(given.blank, REASON_NOT_ASKED);
    assert_int_equal(given.rows, 0);
    wanted[0] = (struct case_variable){.of = CASE_POINTS, .index = 0};
    probe_matrix(&matrix);
    assert_int_equal(given.blank, REASON_NOT_ASKED);
}

/* Answers of 1 … 5 and a few missing, another weight for each. */
static void many_answer(int *answers, double *each_weight, unsigned people, unsigned items)
{
    for (unsigned i = 0; i < 2 * people * items; i++)
        answers[i] = chance_below(5, 0, i, 9) == 0 ? NA : 1 + (int)chance_below(6, 0, i, 5);
    for (unsigned i = 0; i < people; i++)
        each_weight[i] = 0.5 + i / 65536.0;
}

/* Thousands of cases are read in pieces, by threads, with others left out in each: numbers and weights of every row are those that
 * are read one after the other; cases just fewer than a piece and just more, and more than are read at a time. */
static void many_cases_are_packed_in_pieces(void **state)
{
    (void)state;
    enum { ITEMS = 3, PEOPLE_MOST = 70000 };
    static const unsigned people[] = {1, 1023, 1024, 1025, 16384, 16385, PEOPLE_MOST};
    static int answers[2 * ITEMS * PEOPLE_MOST];
    static double weight_of[PEOPLE_MOST];
    wanted[0] = (struct case_variable){.of = CASE_DIMENSION, .index = 0, .gap = true};
    wanted[1] = (struct case_variable){.of = CASE_ITEM, .index = 2, .standard = STANDARD_PERCEPTION};
    wanted_count = 2;
    for (unsigned n = 0; n < sizeof people / sizeof *people; n++) {
        struct answer_matrix matrix = {.people = people[n], .items = ITEMS, .low = 1, .high = 5, .threads = 1 + n % 3};
        many_answer(answers, weight_of, people[n], ITEMS);
        matrix.answers[STANDARD_EXPECTATION] = answers;
        matrix.answers[STANDARD_PERCEPTION] = answers + ITEMS * people[n];
        matrix.weights = weight_of;
        struct matrix_study *study = matrix_open(&matrix, NEED_CASES);
        assert_int_equal(matrix_try(study, &many_probe, false), STATUS_OK);
        assert_true(people[n] < 1000 || (given.left_out > people[n] / 10 && given.rows > people[n] / 2));
        matrix_close(study);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scores_are_means_of_what_is_there),
        cmocka_unit_test(paired_scores_differ_by_the_gap),
        cmocka_unit_test(overall_is_the_mean_of_dimensions),
        cmocka_unit_test(clusters_weights_and_order),
        cmocka_unit_test(the_order_of_the_file_does_not_enter),
        cmocka_unit_test(what_was_not_asked_is_blank),
        cmocka_unit_test(strata_part_clusters),
        cmocka_unit_test(many_cases_are_packed_in_pieces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
