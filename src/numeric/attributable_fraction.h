/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_ATTRIBUTABLE_FRACTION_H
#define GAPMETER_NUMERIC_ATTRIBUTABLE_FRACTION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "numeric/interval.h"
#include "numeric/undefined.h"

/* One sample sorted by exposure and by event, such as bad service and leaving. Real numbers: with weights each
 * cell is its share of the weight × the effective number. */
struct exposure_table {
    double exposed_event, exposed_none;     /* a, b */
    double unexposed_event, unexposed_none; /* c, d */
};

/* How much of the events goes with the exposure. */
struct attributable_fraction {
    double exposed_risk;      /* a / (a + b) */
    double unexposed_risk;    /* c / (c + d) */
    double ratio;             /* the first over the second */
    double fraction;          /* 1 − unexposed_risk / risk of all; below 0 when the exposed fared better */
    double log_error;         /* standard error of log(1 − fraction) */
    struct interval interval; /* of the fraction, at most 1; its lower end can be far below 0 */
    bool corrected;           /* nobody unexposed had the event: ½ was added to each cell, for every figure here */
};

/* Risks, their ratio, and the population attributable fraction with its interval 1 − exp(log(1 − PAF) ± z SE), where
 * SE² = (b + PAF (a + d)) / (N c).
 * takes   confidence  such as .95
 * gives   *out  fraction is Levin's p_e (RR − 1) / (1 + p_e (RR − 1)) and Miettinen's p_c (RR − 1) / RR, which are the same here
 * needs   cells >= 0
 * blank   nobody exposed, nobody unexposed, or no event -> UNDEFINED_TOO_FEW
 * source  Levin 1953; Miettinen 1974; Walter 1976; Greenland 1987   [F84]
 * proof   tests/numeric/attributable_fraction_test.c */
enum undefined attributable_fraction(const struct exposure_table *table, double confidence,
                                     struct attributable_fraction *out) MUST_USE;

/* What one person adds to the linearised error of log(1 − fraction): the variance is Σ over people of (weight × influence)²,
 * with clusters the sum of the squared cluster sums of weight × influence. For a sample without weights and clusters it
 * is the variance above.
 * takes   table           with cells that are sums of weights
 *         exposed, event  which cell the person is in
 * needs   table->unexposed_event > 0 (assert)
 * source  Taylor linearisation of log c − log(c + d) − log(a + c) + log N (Greenland & Drescher 1993)   [F84]
 * proof   tests/numeric/attributable_fraction_test.c */
double attributable_influence(const struct exposure_table *table, bool exposed, bool event);

/* The interval of a fraction from an error of log(1 − fraction) found elsewhere.
 * needs   fraction < 1 */
struct interval attributable_interval(double fraction, double log_error, double confidence);

/* Mantel and Haenszel's common risk ratio over strata: Σ a n₀/N ÷ Σ c n₁/N.
 * gives   *out  strata in which nobody or everybody is exposed add nothing
 * blank   no stratum has both -> UNDEFINED_TOO_FEW; no event among the unexposed of those -> UNDEFINED_UNBOUNDED
 * source  Mantel & Haenszel 1959; Rothman & Boice 1979   [F84]
 * proof   tests/numeric/attributable_fraction_test.c */
enum undefined mantel_haenszel_ratio(const struct exposure_table *strata, size_t count, double *out) MUST_USE;

/* The fraction with a ratio that is adjusted: exposed share of the events × (ratio − 1) / ratio. Levin's form would not do.
 * gives   *out  at most the share of events that were exposed
 * needs   0 <= exposed_share <= 1, ratio >= 0
 * blank   ratio 0 (no exposed event) -> UNDEFINED_TOO_FEW
 * source  Miettinen 1974   [F84]
 * proof   tests/numeric/attributable_fraction_test.c */
enum undefined miettinen_fraction(double exposed_share, double ratio, double *out) MUST_USE;

/* The fraction from the predicted risk of each person as it is and as it would be unexposed: 1 − Σ w risk₀ / Σ w risk.
 * takes   risk, risk_unexposed  [count]  of a model with the exposure among its predictors
 *         weights               [count] or NULL
 * gives   *out  below 0 when the exposed fared better
 * blank   no risk at all -> UNDEFINED_TOO_FEW
 * source  Greenland & Drescher 1993   [F84]
 * proof   tests/numeric/attributable_fraction_test.c */
enum undefined standardised_fraction(const double *risk, const double *risk_unexposed, const double *weights, size_t count,
                                     double *out) MUST_USE;

#endif
