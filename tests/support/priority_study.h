/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The simulated studies of tests/oracle/priority.json as matrices, without going through files. */
#ifndef GAPMETER_TESTS_PRIORITY_STUDY_H
#define GAPMETER_TESTS_PRIORITY_STUDY_H

#include "support/answer_matrix.h"

#define PRIORITY_PEOPLE_MAX 128
#define PRIORITY_ITEMS_MAX  6

/* Filled by one of the functions below; release with priority_free. */
struct priority_study {
    json_t *oracle;
    struct answer_matrix matrix;
    int answers[STANDARD_COUNT][PRIORITY_PEOPLE_MAX * PRIORITY_ITEMS_MAX];
    int outcome_answers[PRIORITY_PEOPLE_MAX];
    double weights[PRIORITY_PEOPLE_MAX], points[PRIORITY_PEOPLE_MAX * PRIORITY_ITEMS_MAX];
    struct matrix_outcome outcome;
};

/* Five items with expectation, perception and a rating of importance on the same scale 1–7; weights are read, and stand ready to
 * be put into the matrix. */
void priority_ratings(struct priority_study *out);

/* Four items with perceptions 1–7, and satisfaction 1–10. */
void priority_drivers(struct priority_study *out);

/* Three dimensions of two items with perceptions 1–7, and points. */
void priority_points(struct priority_study *out);

void priority_free(struct priority_study *study);

#endif
