/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/group_measures_study.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/oracle_fixture.h"

void group_study_read(struct group_study *study, const char *measure, const struct table **table)
{
    static const unsigned dimension_of[] = {0, 0, 1, 1};
    unsigned people = 0, items = 0, columns = 0;
    memset(study, 0, sizeof *study);
    study->oracle = oracle_read("group_measures");
    study->expectation = matrix_read(oracle_at(study->oracle, "expectation"), &people, &items);
    study->perception = matrix_read(oracle_at(study->oracle, "perception"), &people, &items);
    int *units = matrix_read(oracle_at(study->oracle, "unit"), &people, &columns);
    assert_true(people <= GROUP_PEOPLE_MAX && items == 4 && columns == 1);
    for (unsigned i = 0; i < people; i++) {
        (void)snprintf(study->texts[i], sizeof study->texts[i], "u%02d", units[i]);
        study->units[i] = study->texts[i];
    }
    free(units);
    study->matrix = (struct answer_matrix){
        .people = people, .items = items, .low = 1, .high = 7, .dimension_of = dimension_of, .segments = study->units};
    study->matrix.answers[STANDARD_EXPECTATION] = study->expectation;
    study->matrix.answers[STANDARD_PERCEPTION] = study->perception;
    const struct measure *found = measure_find(span_of(measure));
    assert_non_null(found);
    study->open = matrix_open(&study->matrix, found->needs);
    *table = matrix_measure(study->open, measure, true, 0.95);
}

json_t *group_study_subject(struct group_study *study, const char *subject)
{
    json_t *list = oracle_at(study->oracle, "subjects");
    for (size_t i = 0; i < json_array_size(list); i++) {
        json_t *one = json_array_get(list, i);
        if (strcmp(json_string_value(json_object_get(one, "subject")), subject) == 0)
            return one;
    }
    fail_msg("the oracle has no %s", subject);
    return NULL;
}

void group_study_free(struct group_study *study)
{
    matrix_close(study->open);
    free(study->expectation);
    free(study->perception);
    json_decref(study->oracle);
}
