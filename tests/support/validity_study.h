/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The simulated study of tests/oracle/validity.json as a matrix. */
#ifndef GAPMETER_TESTS_VALIDITY_STUDY_H
#define GAPMETER_TESTS_VALIDITY_STUDY_H

#include "support/answer_matrix.h"

enum { VALIDITY_PEOPLE = 72, VALIDITY_ITEMS = 5 };

/* Filled by validity_study_read. */
struct validity_study {
    json_t *oracle;
    struct answer_matrix matrix; /* unweighted, without clusters */
    int *expectation, *perception, *satisfaction, *disconfirmation;
    double weights[VALIDITY_PEOPLE];
    unsigned clusters[VALIDITY_PEOPLE];
    struct matrix_outcome outcomes[2];
};

/* Reads the fixture; fails the test when it is not as expected.
 * owns    the caller: validity_study_free */
void validity_study_read(struct validity_study *out);

/* Sets weights and clusters as a design of the fixture has them: plain, weights, clusters. */
void validity_study_design(struct validity_study *study, const char *design);

void validity_study_free(struct validity_study *study);

#endif
