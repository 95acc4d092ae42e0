/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The simulated study of tests/oracle/group_measures.json: 338 people of 32 units, four items in two dimensions. */
#ifndef GAPMETER_TESTS_GROUP_MEASURES_STUDY_H
#define GAPMETER_TESTS_GROUP_MEASURES_STUDY_H

#include <stdbool.h>

#include "support/answer_matrix.h"

enum { GROUP_PEOPLE_MAX = 400, GROUP_UNITS = 32 };

/* Filled by group_study_read. */
struct group_study {
    json_t *oracle;
    struct answer_matrix matrix;
    int *expectation, *perception;
    char texts[GROUP_PEOPLE_MAX][8];
    const char *units[GROUP_PEOPLE_MAX];
    struct matrix_study *open;
};

/* Reads the study and opens it for a measure; fails the test when it is not as expected.
 * gives   *table  of the measure by unit */
void group_study_read(struct group_study *study, const char *measure, const struct table **table);

/* The figures of one subject. */
json_t *group_study_subject(struct group_study *study, const char *subject);

/* Frees all of it. */
void group_study_free(struct group_study *study);

#endif
