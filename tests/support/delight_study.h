/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The simulated studies of tests/oracle/delight.json as matrices, without going through files. */
#ifndef GAPMETER_TESTS_DELIGHT_STUDY_H
#define GAPMETER_TESTS_DELIGHT_STUDY_H

#include "support/answer_matrix.h"

#define DELIGHT_PEOPLE_MAX 256
#define DELIGHT_ITEMS_MAX  4

/* Filled by one of the functions below; release with delight_free. */
struct delight_study {
    json_t *oracle;
    struct answer_matrix matrix;
    int answers[STANDARD_COUNT][DELIGHT_PEOPLE_MAX * DELIGHT_ITEMS_MAX];
    int outcome_answers[DELIGHT_PEOPLE_MAX];
    double weights[DELIGHT_PEOPLE_MAX];
    unsigned clusters[DELIGHT_PEOPLE_MAX];
    struct matrix_outcome outcome;
};

/* Four items and satisfaction; weights and clusters are read, and stand ready to be put into the matrix. */
void delight_marks(struct delight_study *out);

/* One item on three standards, and loyalty. */
void delight_zone(struct delight_study *out);

/* Three items with Kano's two questions; weights are read. */
void delight_kano(struct delight_study *out);

void delight_free(struct delight_study *study);

#endif
