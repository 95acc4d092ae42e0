/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MEASURE_LOSS_CASES_H
#define GAPMETER_MEASURE_LOSS_CASES_H

#include "measure/case_columns.h"
#include "numeric/attributable_fraction.h"

/* Who met bad service, and who left. Private to measure/loss/. */

/* What counts as bad service: the first that the study knows. */
enum exposure_source {
    EXPOSURE_STATED,            /* an outcome with the role bad_service */
    EXPOSURE_COMPLAINT,         /* an outcome with the role complained */
    EXPOSURE_BELOW_MINIMUM,     /* perception below the minimum on any item */
    EXPOSURE_BELOW_EXPECTATION, /* perception below the expectation on any item */
    EXPOSURE_NONE
};

/* Which of them this study has.
 * takes   complaint  false: a complaint does not count
 * source  [F84] */
enum exposure_source exposure_find(const struct study *study, bool complaint);

/* "bad_service", "complained", "below_minimum", "below_expectation"; "" for none. */
const char *exposure_word(enum exposure_source source);

/* The exposure as a variable of a case: 1 exposed, 0 not.
 * needs   not EXPOSURE_NONE */
struct case_variable exposure_variable(const struct study *study, enum exposure_source source);

/* Everybody of a group of whom both are known. */
struct loss_cases {
    enum exposure_source source;
    struct case_matrix matrix; /* columns: left, exposed, each 0 or 1; no row without an exposure */
    uint64_t left, exposed;    /* how many */
    uint64_t support;          /* the fewest respondents among the exposed, the others and those who left; those of none do not
                                  count */
};

/* Gathers them.
 * needs   a study with the role left
 * fails   STATUS_MEMORY */
enum status loss_cases_find(struct ctx *ctx, const struct measuring *measuring, const struct group *group,
                            struct loss_cases *out) MUST_USE;

/* Sums of weights by exposure and leaving. */
struct exposure_table loss_table(const struct loss_cases *cases);

/* Which of the four cells of a table: 0 exposed and left, 1 exposed and stayed, 2 unexposed and left, 3 unexposed and stayed. */
unsigned loss_cell(const struct loss_cases *cases, size_t row);

#endif
