/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The study of tests/oracle/sources.json, in each of its designs. */
#ifndef GAPMETER_TESTS_SOURCES_STUDY_H
#define GAPMETER_TESTS_SOURCES_STUDY_H

#include "support/answer_matrix.h"

#define SOURCES_DESIGNS 4

/* What a study is made of; freed by sources_study_close. */
struct sources_study {
    json_t *oracle, *design; /* design: borrowed from oracle */
    int *answers[STANDARD_COUNT];
    unsigned *sources, *clusters;
    double *weights;
    struct matrix_study *open;
};

/* Opens the study in one design and measures everyone.
 * gives   the table of the measure */
const struct table *sources_study_table(struct sources_study *study, size_t design, const char *measure);

void sources_study_close(struct sources_study *study);

#endif
