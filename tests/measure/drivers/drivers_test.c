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

#include "base/chance.h"
#include "support/answer_matrix.h"
#include "support/oracle_fixture.h"
#include "support/table_cells.h"

enum { PEOPLE = 80, ITEMS = 4 };

static const char *const ids[] = {"q1", "q2", "q3", "q4"};
static const char *const kinds[] = {"perception", "expectation", "gap"};

/* The simulated study of tests/oracle/drivers.json. */
struct driver_study {
    json_t *oracle;
    int *expectation, *perception, *satisfaction;
    double weights[PEOPLE];
    unsigned clusters[PEOPLE];
    struct matrix_outcome outcome;
    struct answer_matrix matrix;
};

static int *read_answers(json_t *root, const char *name, unsigned items)
{
    unsigned people = 0, columns = 0;
    int *answers = matrix_read(oracle_at(root, name), &people, &columns);
    assert_true(people * columns == PEOPLE * items);
    return answers;
}

static void study_read(struct driver_study *out)
{
    *out = (struct driver_study){.oracle = oracle_read("drivers")};
    out->expectation = read_answers(out->oracle, "expectation", ITEMS);
    out->perception = read_answers(out->oracle, "perception", ITEMS);
    out->satisfaction = read_answers(out->oracle, "satisfaction", 1);
    for (size_t i = 0; i < PEOPLE; i++) {
        out->weights[i] = json_number_value(json_array_get(oracle_at(out->oracle, "weights"), i));
        out->clusters[i] = (unsigned)json_integer_value(json_array_get(oracle_at(out->oracle, "clusters"), i));
    }
    out->outcome = (struct matrix_outcome){"sat", 1, 10, out->satisfaction, OUTCOME_ROLE_SATISFACTION};
    out->matrix = (struct answer_matrix){
        .people = PEOPLE, .items = ITEMS, .low = 1, .high = 7, .outcomes = &out->outcome, .outcome_count = 1};
    out->matrix.answers[STANDARD_EXPECTATION] = out->expectation;
    out->matrix.answers[STANDARD_PERCEPTION] = out->perception;
}

static void study_free(struct driver_study *study)
{
    free(study->expectation);
    free(study->perception);
    free(study->satisfaction);
    json_decref(study->oracle);
}

/* Every figure of one driver against R. */
static void check_driver(const struct table *table, const json_t *model, const char *kind, size_t j)
{
    static const char *const closed[] = {"r",   "beta", "b", "se", "ci_low", "p", "lmg", "lmg_share", "relative_weight",
                                         "vif", "r2"};
    const struct row *row = row_of(table, NULL, "sat", kind, ids[j]);
    assert_cell_json(table, row, "n", json_object_get(model, "n"), 17);
    for (size_t i = 0; i < sizeof closed / sizeof *closed; i++)
        assert_cell_json(table, row, closed[i], json_array_get(json_object_get(model, closed[i]), j), 10);
    double low = cell_number(table, row, "lmg_low"), high = cell_number(table, row, "lmg_high");
    double lmg = cell_number(table, row, "lmg");
    assert_true(low <= lmg && lmg <= high && low >= 0);
    const json_t *expected_low = json_array_get(json_object_get(model, "lmg_low"), j);
    if (!json_is_number(expected_low))
        return;
    assert_true(fabs(low - json_number_value(expected_low)) < .07 * (high - low));
    assert_true(fabs(high - json_number_value(json_array_get(json_object_get(model, "lmg_high"), j))) < .07 * (high - low));
}

/* Coefficients, errors, importance and its interval against lm, sandwich and all orders of entry: plain, weighted, clustered, by
 * perceptions, expectations and gaps (F34 to F36). */
static void agrees_with_lm(void **state)
{
    (void)state;
    static const char *const designs[] = {"plain", "weights", "clusters"};
    struct driver_study study;
    study_read(&study);
    study.matrix.replicates = 4000;
    digits_least();
    for (size_t d = 0; d < 3; d++) {
        study.matrix.weights = d == 1 ? study.weights : NULL;
        study.matrix.clusters = d == 2 ? study.clusters : NULL;
        const struct table *table = NULL;
        struct matrix_study *open = matrix_table(&study.matrix, "drivers", &table);
        assert_int_equal(table->row_count, 3 * ITEMS);
        assert_true(table->needs_whole_model && table->parameters == ITEMS + 1);
        for (size_t k = 0; k < 3; k++) {
            char path[64];
            assert_true(snprintf(path, sizeof path, "models.%s.%s", designs[d], kinds[k]) > 0);
            for (size_t j = 0; j < ITEMS; j++)
                check_driver(table, oracle_at(study.oracle, path), kinds[k], j);
        }
        matrix_close(open);
    }
    print_message("drivers: at least %.1f digits agree\n", digits_least());
    study_free(&study);
}

/* "lmg … of all drivers add to R²"; items in another order give the same figures; people in another order the same bits, on any
 * number of threads. */
static void laws(void **state)
{
    (void)state;
    struct driver_study study;
    study_read(&study);
    int turned[PEOPLE * ITEMS], upside[PEOPLE * ITEMS], satisfied[PEOPLE];
    for (size_t i = 0; i < PEOPLE; i++) {
        satisfied[PEOPLE - 1 - i] = study.satisfaction[i];
        for (size_t j = 0; j < ITEMS; j++) {
            turned[i * ITEMS + ITEMS - 1 - j] = study.perception[i * ITEMS + j];
            upside[(PEOPLE - 1 - i) * ITEMS + j] = study.perception[i * ITEMS + j];
        }
    }
    study.matrix.answers[STANDARD_EXPECTATION] = NULL;
    const struct table *table = NULL, *other = NULL, *reversed = NULL;
    struct matrix_study *open = matrix_table(&study.matrix, "drivers", &table);
    study.matrix.answers[STANDARD_PERCEPTION] = turned;
    struct matrix_study *open_other = matrix_table(&study.matrix, "drivers", &other);
    struct matrix_outcome outcome = {"sat", 1, 10, satisfied, OUTCOME_ROLE_SATISFACTION};
    study.matrix.answers[STANDARD_PERCEPTION] = upside;
    study.matrix.outcomes = &outcome;
    study.matrix.threads = 3;
    struct matrix_study *open_reversed = matrix_table(&study.matrix, "drivers", &reversed);
    assert_int_equal(table->row_count, ITEMS);
    double sum = 0, shares = 0, weights = 0;
    for (size_t j = 0; j < ITEMS; j++) {
        const struct row *row = row_of(table, NULL, "sat", "perception", ids[j]);
        const struct row *mirror = row_of(other, NULL, "sat", "perception", ids[ITEMS - 1 - j]);
        const struct row *same = row_of(reversed, NULL, "sat", "perception", ids[j]);
        sum += cell_number(table, row, "lmg");
        shares += cell_number(table, row, "lmg_share");
        weights += cell_number(table, row, "relative_weight");
        static const char *const columns[] = {"b", "se", "p_holm", "lmg", "relative_weight", "vif"};
        for (size_t c = 0; c < sizeof columns / sizeof *columns; c++)
            assert_cell_digits(other, mirror, columns[c], cell_number(table, row, columns[c]), 11);
        static const char *const bits[] = {"b", "se", "lmg", "lmg_low", "lmg_high"};
        for (size_t c = 0; c < sizeof bits / sizeof *bits; c++)
            assert_true(cell_number(table, row, bits[c]) == cell_number(reversed, same, bits[c]));
    }
    double r2 = cell_number(table, &table->rows[0], "r2");
    assert_true(fabs(sum - r2) < 1e-12 && fabs(shares - 1) < 1e-12 && fabs(weights - r2) < 1e-12);
    matrix_close(open);
    matrix_close(open_other);
    matrix_close(open_reversed);
    study_free(&study);
}

/* "dependent drivers -> singular, and a note names them"; a constant one; too few; constant outcome; few clusters. */
static void degenerate_cases(void **state)
{
    (void)state;
    struct driver_study study;
    study_read(&study);
    const struct table *table = NULL;
    study.matrix.answers[STANDARD_EXPECTATION] = NULL;
    for (size_t i = 0; i < PEOPLE; i++) {
        int a = 1 + (int)chance_below(1, 1, i, 3), b = 1 + (int)chance_below(1, 2, i, 3);
        study.perception[i * ITEMS] = a;
        study.perception[i * ITEMS + 1] = b;
        study.perception[i * ITEMS + 2] = 1 + (int)chance_below(1, 3, i, 7);
        study.perception[i * ITEMS + 3] = a + b;
    }
    struct matrix_study *open = matrix_table(&study.matrix, "drivers", &table);
    const struct row *row = row_of(table, NULL, "sat", "perception", "q3");
    assert_cell_blank(table, row, "beta", "singular");
    assert_cell_blank(table, row, "lmg", "singular");
    assert_int_equal(table_value(table, row, "r")->kind, VALUE_NUMBER);
    assert_true(table_has_note(table, "sat by perception: q1, q2, q4: each is the same for everybody or follows exactly"));
    matrix_close(open);
    for (size_t i = 0; i < PEOPLE; i++)
        study.perception[i * ITEMS + 3] = 5;
    open = matrix_table(&study.matrix, "drivers", &table);
    assert_true(table_has_note(table, "sat by perception: q4: each is the same for everybody"));
    assert_cell_blank(table, row_of(table, NULL, "sat", "perception", "q4"), "r", "no_variance");
    matrix_close(open);
    study.matrix.people = 5;
    open = matrix_table(&study.matrix, "drivers", &table);
    assert_cell_blank(table, row_of(table, NULL, "sat", "perception", "q1"), "b", "too_few");
    matrix_close(open);
    study_free(&study);
    study_read(&study);
    for (size_t i = 0; i < PEOPLE; i++) {
        study.satisfaction[i] = 3;
        study.clusters[i] = (unsigned)(i % 7);
    }
    open = matrix_table(&study.matrix, "drivers", &table);
    assert_cell_blank(table, row_of(table, NULL, "sat", "gap", "q1"), "r", "no_variance");
    assert_cell_blank(table, row_of(table, NULL, "sat", "gap", "q1"), "lmg_share", "no_variance");
    matrix_close(open);
    for (size_t i = 0; i < PEOPLE; i++)
        study.satisfaction[i] = 1 + (int)chance_below(1, 9, i, 10);
    study.matrix.clusters = study.clusters;
    open = matrix_table(&study.matrix, "drivers", &table);
    row = row_of(table, NULL, "sat", "gap", "q1");
    assert_cell_blank(table, row, "p", "few_clusters");
    assert_cell_blank(table, row, "lmg_low", "few_clusters");
    assert_int_equal(table_value(table, row, "se")->kind, VALUE_NUMBER);
    matrix_close(open);
    study_free(&study);
}

/* Dimensions lead where there are two; more drivers than are enumerated are sampled, and still add to R²; drivers that go
 * together closely are named. */
static void which_drivers(void **state)
{
    (void)state;
    enum { MANY = 20, ROWS = 120 };
    static int answers[ROWS * MANY], satisfied[ROWS];
    static const unsigned two[MANY] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    for (size_t i = 0; i < ROWS; i++) {
        satisfied[i] = 0;
        for (size_t j = 0; j < MANY; j++) {
            answers[i * MANY + j] = 1 + (int)chance_below(3, j, i, 7);
            satisfied[i] += answers[i * MANY + j] * (j < 4);
        }
    }
    const struct matrix_outcome outcome = {"sat", 0, 100, satisfied, OUTCOME_ROLE_NONE};
    struct answer_matrix matrix = {.people = ROWS, .items = MANY, .low = 1, .high = 7, .outcomes = &outcome, .outcome_count = 1};
    matrix.answers[STANDARD_PERCEPTION] = answers;
    matrix.dimension_of = two;
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&matrix, "drivers", &table);
    assert_int_equal(table->row_count, 2);
    row_of(table, NULL, "sat", "perception", "d2");
    matrix_close(open);
    matrix.dimension_of = NULL;
    for (size_t i = 0; i < ROWS; i++)
        satisfied[i] += (int)chance_below(3, 99, i, 9);
    open = matrix_table(&matrix, "drivers", &table);
    assert_int_equal(table->row_count, MANY);
    double sum = 0;
    for (uint32_t r = 0; r < table->row_count; r++)
        sum += cell_number(table, &table->rows[r], "lmg");
    assert_true(fabs(sum - cell_number(table, &table->rows[0], "r2")) < 1e-10);
    assert_true(cell_number(table, &table->rows[0], "lmg") > cell_number(table, &table->rows[9], "lmg_high"));
    matrix_close(open);
    for (size_t i = 0; i < ROWS; i++)
        answers[i * MANY + 1] = i == 0 ? 8 - answers[i * MANY] : answers[i * MANY];
    matrix.items = 3;
    static int three[ROWS * 3];
    for (size_t i = 0; i < ROWS; i++)
        memcpy(three + i * 3, answers + i * MANY, 3 * sizeof *three);
    matrix.answers[STANDARD_PERCEPTION] = three;
    open = matrix_table(&matrix, "drivers", &table);
    assert_true(table_has_note(table, "sat by perception: q1, q2: go so closely with the others"));
    matrix_close(open);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_lm),
        cmocka_unit_test(laws),
        cmocka_unit_test(degenerate_cases),
        cmocka_unit_test(which_drivers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
