/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/sources_study.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/oracle_fixture.h"

static unsigned *whole_list(json_t *list, size_t people)
{
    unsigned *out = calloc(people, sizeof *out);
    assert_non_null(out);
    for (size_t i = 0; i < people; i++)
        out[i] = (unsigned)json_integer_value(json_array_get(list, i));
    return out;
}

const struct table *sources_study_table(struct sources_study *study, size_t design, const char *measure)
{
    static const unsigned dimension_of[] = {0, 0, 1, 1};
    unsigned rows = 0, columns = 0;
    *study = (struct sources_study){.oracle = oracle_read("sources")};
    study->design = json_array_get(oracle_at(study->oracle, "designs"), design);
    const char *label = json_string_value(json_object_get(study->design, "label"));
    study->answers[STANDARD_EXPECTATION] = matrix_read(oracle_at(study->oracle, "expectation"), &rows, &columns);
    study->answers[STANDARD_PERCEPTION] = matrix_read(oracle_at(study->oracle, "perception"), &rows, &columns);
    study->sources = whole_list(oracle_at(study->oracle, "sources"), rows);
    study->clusters = whole_list(oracle_at(study->oracle, "cluster"), rows);
    study->weights = calloc(rows, sizeof *study->weights);
    assert_non_null(study->weights);
    for (size_t i = 0; i < rows; i++)
        study->weights[i] = json_number_value(json_array_get(oracle_at(study->oracle, "weight"), i));
    struct answer_matrix matrix = {.people = rows,
                                   .items = columns,
                                   .low = 1,
                                   .high = 7,
                                   .dimension_of = dimension_of,
                                   .sources = study->sources,
                                   .weights = strstr(label, "weights") ? study->weights : NULL,
                                   .clusters = strstr(label, "clusters") ? study->clusters : NULL};
    matrix.answers[STANDARD_EXPECTATION] = study->answers[STANDARD_EXPECTATION];
    matrix.answers[STANDARD_PERCEPTION] = study->answers[STANDARD_PERCEPTION];
    const struct table *table = NULL;
    study->open = matrix_table(&matrix, measure, &table);
    return table;
}

void sources_study_close(struct sources_study *study)
{
    matrix_close(study->open);
    json_decref(study->oracle);
    free(study->answers[STANDARD_EXPECTATION]);
    free(study->answers[STANDARD_PERCEPTION]);
    free(study->sources);
    free(study->clusters);
    free(study->weights);
}
