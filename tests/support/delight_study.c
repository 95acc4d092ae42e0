/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/delight_study.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "support/oracle_fixture.h"

/* A member, a list or rows of people, as answers.
 * gives   how many people */
static unsigned answers_read(const json_t *from, int *into)
{
    size_t people = json_array_size(from), at = 0;
    assert_true(people > 0 && people <= DELIGHT_PEOPLE_MAX);
    for (size_t i = 0; i < people; i++) {
        const json_t *row = json_array_get(from, i);
        size_t columns = json_is_array(row) ? json_array_size(row) : 1;
        assert_true(columns <= DELIGHT_ITEMS_MAX);
        for (size_t j = 0; j < columns; j++) {
            const json_t *cell = json_is_array(row) ? json_array_get(row, j) : row;
            into[at++] = json_is_null(cell) ? MATRIX_MISSING : (int)json_number_value(cell);
        }
    }
    return (unsigned)people;
}

static void weights_read(const json_t *from, double *into)
{
    for (size_t i = 0; i < json_array_size(from); i++)
        into[i] = json_number_value(json_array_get(from, i));
}

static void begin(struct delight_study *out, unsigned items, int low, int high)
{
    *out = (struct delight_study){.oracle = oracle_read("delight")};
    out->matrix = (struct answer_matrix){.items = items, .low = low, .high = high};
}

void delight_marks(struct delight_study *out)
{
    begin(out, 4, 1, 5);
    out->matrix.people = answers_read(oracle_at(out->oracle, "perception"), out->answers[STANDARD_PERCEPTION]);
    out->matrix.answers[STANDARD_PERCEPTION] = out->answers[STANDARD_PERCEPTION];
    (void)answers_read(oracle_at(out->oracle, "satisfaction"), out->outcome_answers);
    weights_read(oracle_at(out->oracle, "weights"), out->weights);
    for (size_t i = 0; i < out->matrix.people; i++)
        out->clusters[i] = (unsigned)json_integer_value(json_array_get(oracle_at(out->oracle, "clusters"), i));
    out->outcome = (struct matrix_outcome){"satisfaction", 1, 10, out->outcome_answers, OUTCOME_ROLE_SATISFACTION};
    out->matrix.outcomes = &out->outcome;
    out->matrix.outcome_count = 1;
}

void delight_zone(struct delight_study *out)
{
    begin(out, 1, 1, 9);
    out->matrix.people = answers_read(oracle_at(out->oracle, "zone.minimum"), out->answers[STANDARD_MINIMUM]);
    (void)answers_read(oracle_at(out->oracle, "zone.desired"), out->answers[STANDARD_DESIRED]);
    (void)answers_read(oracle_at(out->oracle, "zone.perception"), out->answers[STANDARD_PERCEPTION]);
    (void)answers_read(oracle_at(out->oracle, "zone.loyalty"), out->outcome_answers);
    out->matrix.answers[STANDARD_MINIMUM] = out->answers[STANDARD_MINIMUM];
    out->matrix.answers[STANDARD_DESIRED] = out->answers[STANDARD_DESIRED];
    out->matrix.answers[STANDARD_PERCEPTION] = out->answers[STANDARD_PERCEPTION];
    out->outcome = (struct matrix_outcome){"loyalty", 0, 10, out->outcome_answers, OUTCOME_ROLE_LOYALTY};
    out->matrix.outcomes = &out->outcome;
    out->matrix.outcome_count = 1;
}

void delight_kano(struct delight_study *out)
{
    begin(out, 3, 1, 5);
    out->matrix.people = answers_read(oracle_at(out->oracle, "kano.functional"), out->answers[STANDARD_FUNCTIONAL]);
    (void)answers_read(oracle_at(out->oracle, "kano.dysfunctional"), out->answers[STANDARD_DYSFUNCTIONAL]);
    weights_read(oracle_at(out->oracle, "kano.weights"), out->weights);
    out->matrix.answers[STANDARD_FUNCTIONAL] = out->answers[STANDARD_FUNCTIONAL];
    out->matrix.answers[STANDARD_DYSFUNCTIONAL] = out->answers[STANDARD_DYSFUNCTIONAL];
}

void delight_free(struct delight_study *study)
{
    json_decref(study->oracle);
}
