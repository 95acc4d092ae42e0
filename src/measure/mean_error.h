/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MEASURE_MEAN_ERROR_H
#define GAPMETER_MEASURE_MEAN_ERROR_H

#include "measure/group_row.h"
#include "numeric/paired_t.h"

/* How sure a mean is, by the design of the study. Private to measure/. */

#define CLUSTERS_FOR_TEST 10u /* with fewer there is no p-value and no verdict */

/* Written by mean_error_find. */
struct mean_error {
    enum reason blank; /* of se and df: REASON_NONE, or why they do not exist */
    double se;
    uint64_t df;
    enum reason test_blank; /* REASON_NONE, or why no p-value may be given although there is an interval */
};

/* The standard error of a weighted mean and its degrees of freedom.
 * takes   sums      of the variable over the row
 *         clusters  its cluster sums; read only when the design has clusters or strata
 * gives   *out  simple or weighted: linearised, df n − 1; clustered: C/(C−1) with C of the whole design, as a
 *               segment keeps the whole design, and df = clusters of the row − 1, as survey::degf of a subset;
 *               stratified: within each stratum C_h/(C_h−1) × Σ(z_c − z̄_h)² with C_h of the whole design, df = clusters (or
 *               encounters) of the row − strata of the row, as survey::degf of a subset
 * blank   n < 2, no degree of freedom, or clusters not counted for this variable -> too_few; strata not counted -> stratified;
 *         a stratum of the row with a single unit in the whole design -> lonely_stratum
 * source  [F20]
 * proof   tests/measure/gap/item_gap_test.c, tests/oracle/strata_study_test.c, against survey::svymean */
void mean_error_find(const struct measuring *measuring, const struct exact_sums *sums, const struct cluster_sums *clusters,
                     const struct exact_unit *unit, struct mean_error *out);

/* What a row shows of a mean that is tested against zero. */
struct mean_cells {
    struct value se, low, high, t, df, p;
};

/* Test and interval of a mean, or the reasons why there are none.
 * blank   as mean_error; constant -> no_variance; fewer than CLUSTERS_FOR_TEST clusters (with strata: clusters − strata + 1)
 *         -> p is few_clusters
 * source  [F20] */
struct mean_cells mean_cells_of(double mean, const struct mean_error *error, double confidence);

/* The share's interval of F29: n unweighted, the effective number with weights, with clusters or strata the number
 * that gives the standard error of the indicator in that design; where that error is 0, as many as there are clusters for a
 * share of 0 or 1 (all clusters agree), the effective number otherwise and without clusters.
 * takes   part      those it holds for; whole  everyone
 *         clusters  of the indicator; read only when the design has clusters or strata
 * blank   nobody -> no_pairs; fewer than CLUSTERS_FOR_TEST clusters -> few_clusters; with strata no
 *         degree of freedom -> too_few; a stratum of one -> lonely_stratum */
void share_interval(const struct measuring *measuring, const struct weight_sum *part, const struct weight_sum *whole,
                    const struct cluster_sums *clusters, struct value ends[2]);

/* For figures that know neither clusters nor strata: REASON_NONE, or why they must be blank in this design. */
enum reason design_blank(const struct measuring *measuring);

/* Notes that the table needs because of weights, clusters and strata.
 * fails   STATUS_MEMORY */
enum status design_notes(struct ctx *ctx, const struct measuring *measuring, struct table *table) MUST_USE;

#endif
