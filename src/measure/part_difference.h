/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MEASURE_PART_DIFFERENCE_H
#define GAPMETER_MEASURE_PART_DIFFERENCE_H

#include "measure/case_columns.h"
#include "measure/mean_error.h"

/* The means of two parts of the rows, and their difference. Private to measure/. */

/* One part: those whose column is 1, and those whose column is 0. */
struct part_mean {
    uint64_t n, respondents;
    double mean;
};

struct part_difference {
    enum reason blank;            /* of the difference: REASON_NONE, or a part that is empty */
    struct part_mean first, rest; /* first: those with 1 */
    double difference;            /* first − rest */
    enum reason error_blank;      /* of se and df */
    double se, df;
    enum reason test_blank; /* REASON_NONE, or why no p-value may be given although there is an interval */
};

/* Plain answers: Welch's test. With weights, repeated respondents, clusters or strata: the linearised error of the difference of two
 * weighted means, which are two domains of one sample, with the degrees of freedom of the design.
 * takes   values, part  [matrix->rows] the variable, and 1 or 0
 * gives   *out  not more than two answers in a part: no mean of it is blank, but error_blank is too_few
 * fails   STATUS_MEMORY
 * cost    time rows
 * source  Welch 1947; domains: Lumley 2004   [F27, F20]
 * proof   tests/measure/source/source_gaps_test.c, against t.test and survey::svycontrast */
enum status part_difference_find(struct ctx *ctx, const struct measuring *measuring, const struct case_matrix *matrix,
                                 const double *values, const double *part, struct part_difference *out) MUST_USE;

/* What a table shows of it. */
struct part_cells {
    struct value mean_first, mean_rest, difference, se, low, high, df, p;
};

/* Its cells, or the reasons why there are none.
 * blank   a part is empty -> too_few; so are se and what follows where a part has one answer; no spread -> no_variance; fewer than
 *         CLUSTERS_FOR_TEST clusters -> p is few_clusters */
struct part_cells part_cells_of(const struct part_difference *found, double confidence);

/* The fewest respondents that a row can give away: those of either part and, when there are some, of those who have the variable and
 * are in neither part.
 * takes   others  respondents in neither part */
uint64_t part_support(const struct part_difference *found, uint64_t others);

/* How many respondents have a variable and are in neither part.
 * takes   in_part  is a case in one of both
 * fails   STATUS_MEMORY */
enum status part_others(struct ctx *ctx, const struct measuring *measuring, const struct case_variable *variable,
                        bool (*in_part)(const struct measuring *measuring, uint32_t encounter), uint64_t *out) MUST_USE;

/* Judges every row: "higher" or "lower" where the adjusted p shows a difference, "undecided" where it does not, blank where there is
 * no p.
 * takes   the columns of the adjusted p, of the difference, and of the verdict to write
 * proof   tests/measure/source/source_gaps_test.c, tests/measure/quality/asking_effect_test.c */
void part_verdicts_fill(const struct measuring *measuring, struct table *table, uint32_t p, uint32_t difference,
                        uint32_t verdict);

#endif
