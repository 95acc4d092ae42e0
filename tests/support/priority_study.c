/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/priority_study.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/oracle_fixture.h"

/* A member, a list or rows of people; NULL cells are missing. */
static void numbers_read(struct priority_study *study, const char *path, double *into)
{
    const json_t *from = oracle_at(study->oracle, path);
    study->matrix.people = (unsigned)json_array_size(from);
    assert_true(study->matrix.people <= PRIORITY_PEOPLE_MAX);
    size_t at = 0;
    for (size_t i = 0; i < study->matrix.people; i++) {
        const json_t *row = json_array_get(from, i);
        size_t columns = json_is_array(row) ? json_array_size(row) : 1;
        assert_true(columns <= PRIORITY_ITEMS_MAX);
        for (size_t j = 0; j < columns; j++) {
            const json_t *cell = json_is_array(row) ? json_array_get(row, j) : row;
            into[at++] = json_is_null(cell) ? MATRIX_MISSING : json_number_value(cell);
        }
    }
}

static void answers_read(struct priority_study *study, const char *path, size_t columns, int *into)
{
    static double numbers[PRIORITY_PEOPLE_MAX * PRIORITY_ITEMS_MAX];
    numbers_read(study, path, numbers);
    for (size_t i = 0; i < study->matrix.people * columns; i++)
        into[i] = (int)numbers[i];
}

static void begin(struct priority_study *out, unsigned items)
{
    *out = (struct priority_study){.oracle = oracle_read("priority")};
    out->matrix = (struct answer_matrix){.items = items, .low = 1, .high = 7, .rating_low = 1, .rating_high = 7};
}

static void standard_read(struct priority_study *study, const char *path, enum standard standard)
{
    answers_read(study, path, study->matrix.items, study->answers[standard]);
    study->matrix.answers[standard] = study->answers[standard];
}

void priority_ratings(struct priority_study *out)
{
    begin(out, 5);
    standard_read(out, "expectation", STANDARD_EXPECTATION);
    standard_read(out, "perception", STANDARD_PERCEPTION);
    standard_read(out, "rating", STANDARD_IMPORTANCE);
    numbers_read(out, "weights", out->weights);
}

void priority_drivers(struct priority_study *out)
{
    begin(out, 4);
    standard_read(out, "drivers.perception", STANDARD_PERCEPTION);
    answers_read(out, "drivers.satisfaction", 1, out->outcome_answers);
    out->outcome = (struct matrix_outcome){"satisfaction", 1, 10, out->outcome_answers, OUTCOME_ROLE_SATISFACTION};
    out->matrix.outcomes = &out->outcome;
    out->matrix.outcome_count = 1;
}

void priority_points(struct priority_study *out)
{
    static const unsigned dimension_of[] = {0, 0, 1, 1, 2, 2};
    begin(out, 6);
    standard_read(out, "points.perception", STANDARD_PERCEPTION);
    numbers_read(out, "points.points", out->points);
    out->matrix.points = out->points;
    out->matrix.dimension_of = dimension_of;
}

void priority_free(struct priority_study *study)
{
    json_decref(study->oracle);
}
