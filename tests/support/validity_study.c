/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/validity_study.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/oracle_fixture.h"

static const unsigned dimension_of[VALIDITY_ITEMS] = {0, 0, 0, 1, 1};

static int *read_answers(json_t *root, const char *name, unsigned items)
{
    unsigned people = 0, columns = 0;
    int *answers = matrix_read(oracle_at(root, name), &people, &columns);
    assert_true(people * columns == VALIDITY_PEOPLE * items);
    return answers;
}

void validity_study_read(struct validity_study *out)
{
    *out = (struct validity_study){.oracle = oracle_read("validity")};
    out->expectation = read_answers(out->oracle, "expectation", VALIDITY_ITEMS);
    out->perception = read_answers(out->oracle, "perception", VALIDITY_ITEMS);
    out->satisfaction = read_answers(out->oracle, "satisfaction", 1);
    out->disconfirmation = read_answers(out->oracle, "disconfirmation", 1);
    for (size_t i = 0; i < VALIDITY_PEOPLE; i++) {
        out->weights[i] = json_number_value(json_array_get(oracle_at(out->oracle, "weights"), i));
        out->clusters[i] = (unsigned)json_integer_value(json_array_get(oracle_at(out->oracle, "clusters"), i));
    }
    out->outcomes[0] = (struct matrix_outcome){"sat", 1, 10, out->satisfaction, OUTCOME_ROLE_SATISFACTION};
    out->outcomes[1] = (struct matrix_outcome){"better", 1, 5, out->disconfirmation, OUTCOME_ROLE_DISCONFIRMATION};
    out->matrix = (struct answer_matrix){.people = VALIDITY_PEOPLE,
                                         .items = VALIDITY_ITEMS,
                                         .low = 1,
                                         .high = 7,
                                         .dimension_of = dimension_of,
                                         .outcomes = out->outcomes,
                                         .outcome_count = 2};
    out->matrix.answers[STANDARD_EXPECTATION] = out->expectation;
    out->matrix.answers[STANDARD_PERCEPTION] = out->perception;
}

void validity_study_design(struct validity_study *study, const char *design)
{
    study->matrix.weights = strcmp(design, "weights") == 0 ? study->weights : NULL;
    study->matrix.clusters = strcmp(design, "clusters") == 0 ? study->clusters : NULL;
}

void validity_study_free(struct validity_study *study)
{
    free(study->expectation);
    free(study->perception);
    free(study->satisfaction);
    free(study->disconfirmation);
    json_decref(study->oracle);
}
