/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one thing that all figures have in common: who has it, and its value x per person. */
#ifndef GAPMETER_TESTS_PAIRS_ORACLE_FIGURE_H
#define GAPMETER_TESTS_PAIRS_ORACLE_FIGURE_H

#include <stdbool.h>
#include <stdio.h>

#include <gmp.h> /* after stdio.h: only then does it declare gmp_fprintf */

#include "support/toy_study.h"

struct oracle {
    const struct toy_study *toy;
    const struct plan *plan;
    FILE *out;
    uint16_t (*turned)[STANDARD_COUNT][TOY_ITEMS]; /* [row] */
    bool *usable;                                  /* [row] by the plan's policy */
    bool *in_group;                                /* [row] of the group being written */
    bool repeats, clustered;
    bool *has;  /* [row] of the figure being written */
    int64_t *x; /* [row] */
};

/* Is this row counted in the group being written? */
bool oracle_counts(const struct oracle *oracle, uint32_t row);

/* Are both standards of an item asked? */
bool oracle_pairable(const struct oracle *oracle, uint32_t item);
bool oracle_same_scale(const struct oracle *oracle, uint32_t a, uint32_t b);

/* How many have the figure; how many respondents (clusters) those are. */
uint64_t oracle_n(const struct oracle *oracle);
uint64_t oracle_respondents(const struct oracle *oracle);

/* " n … Σw Σw²" and the end of the line. */
void oracle_put_sum(const struct oracle *oracle);

/* " Σ w^power × x^times". */
void oracle_put_moment(const struct oracle *oracle, unsigned power, unsigned times);

/* " Σ w × x × y". */
void oracle_put_product(const struct oracle *oracle, const int64_t *x, const int64_t *y);

/* The strata that some rows lie in, in the order of their names.
 * gives   how many */
uint32_t oracle_strata(const struct oracle *oracle, uint32_t strata[TOY_STRATA]);

/* The line "  clusters …". */
void oracle_put_clusters(const struct oracle *oracle);

/* Distinct keys among some rows: 0 respondents, 1 clusters (each in its stratum). */
uint64_t oracle_distinct(const struct oracle *oracle, const bool *rows, bool clusters);

/* The lines of scores and of importance (pairs_oracle_score.c). */
void oracle_put_scores(struct oracle *oracle);
void oracle_put_importance(struct oracle *oracle);

#endif
