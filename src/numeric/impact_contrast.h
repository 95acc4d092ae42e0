/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_IMPACT_CONTRAST_H
#define GAPMETER_NUMERIC_IMPACT_CONTRAST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/ctx.h"
#include "numeric/interval.h"
#include "numeric/least_squares.h"
#include "numeric/undefined.h"

/* How an outcome differs where an attribute is low, and where it is high, from where it is in between. */

#define LEVEL_LOW       (-1)
#define LEVEL_REFERENCE 0
#define LEVEL_HIGH      1

#define LEVEL_FEWEST       20  /* rows of a level, with fewer the attribute is not estimated … */
#define LEVEL_FEWEST_SHARE .05 /* … and with a smaller share of the rows */
#define INFLATION_MAX      5.0 /* above it the contrasts of several attributes cannot be told apart */

/* What is contrasted. */
struct contrast_rows {
    size_t rows, attributes;
    const signed char *levels;              /* level of row i in attribute j: levels[j × rows + i] */
    const double *y;                        /* [rows] */
    const double *weights;                  /* [rows], above 0; NULL = all 1 */
    const uint32_t *units;                  /* [rows] dense numbers; rows of one unit belong together; NULL = every row alone */
    size_t unit_count;                      /* rows without units */
    const struct covariance_strata *strata; /* of the units; NULL = one */
};

/* One attribute. */
struct impact_contrast {
    enum undefined undefined;       /* UNDEFINED_TOO_FEW: a level is too thin, the attribute was left out */
    size_t level_count[3];          /* rows that are low, in between, high */
    double penalty, reward;         /* coefficients of low and of high; a plain attribute has penalty < 0 < reward */
    enum undefined error_undefined; /* of all that follows */
    double penalty_variance, reward_variance, covariance;
};

/* Written by contrasts_fit about the whole regression. */
struct contrast_fit {
    enum undefined undefined; /* as least_squares_fit; UNDEFINED_TOO_FEW also when no attribute could be estimated */
    size_t parameters;
    double df; /* of intervals: rows − parameters, with units unit_count − 1 */
    double r_squared;
    double inflation; /* the largest variance inflation of a contrast */
};

/* One regression of y on the low and high indicators of all attributes whose levels are thick enough.
 * takes   rows  finite y; levels −1, 0, 1
 * gives   contrasts  [attributes]; *fit
 * fails   STATUS_MEMORY
 * blank   in fit->undefined and in each contrast; standard errors by HC3, with units by cluster
 * cost    time rows × attributes²
 * source  Brandt 1987; Matzler & Sauerwein 2002; the least counts are ours   [F43]
 * proof   tests/numeric/impact_contrast_test.c, against lm */
enum status contrasts_fit(struct ctx *ctx, const struct contrast_rows *rows, struct impact_contrast *contrasts,
                          struct contrast_fit *fit) MUST_USE;

/* The interval of one of the two, and whether they cancel: the p of penalty + reward = 0, so of equal size.
 * needs   contrast with defined errors, df > 0
 * source  Wald   [F44] */
struct interval contrast_interval(double estimate, double variance, double df, double confidence);
double contrast_symmetry_p(const struct impact_contrast *contrast, double df);

enum impact_class {
    IMPACT_DELIGHTER,
    IMPACT_SATISFIER,
    IMPACT_HYBRID,
    IMPACT_DISSATISFIER,
    IMPACT_FRUSTRATOR,
    IMPACT_CLASS_COUNT
};

/* Cuts of the asymmetry, the same on both sides. */
struct impact_cuts {
    double mild, strong; /* .2 and .7: from mild on it is no hybrid, from strong on a delighter or frustrator */
};

/* Range and asymmetry of a penalty and a reward. */
struct impact {
    double range;                       /* max(0, −penalty) + max(0, reward) */
    enum undefined asymmetry_undefined; /* UNDEFINED_NO_VARIANCE when the range is 0 */
    double asymmetry;                   /* (reward's part − penalty's part)/range, in [−1, 1] */
};

/* source  Mikulić & Prebežac 2008   [F44]
 * proof   tests/numeric/impact_contrast_test.c */
struct impact impact_of(double penalty, double reward);

/* The class of an asymmetry.
 * needs   0 <= mild <= strong */
enum impact_class impact_class_of(double asymmetry, const struct impact_cuts *cuts);

/* The asymmetry that an attribute with these values and levels has when the outcome is linear in it: what the cuts alone make.
 * takes   values   [rows] of the attribute, larger is better
 *         weights  [rows] or NULL
 * blank   a level without rows -> UNDEFINED_TOO_FEW;  all values the same in all levels -> UNDEFINED_NO_VARIANCE
 * source  ours   [F44]
 * proof   tests/numeric/impact_contrast_test.c */
enum undefined linear_asymmetry(const double *values, const signed char *levels, const double *weights, size_t rows,
                                double *out) MUST_USE;

#define CLASS_DRAWS 2000u

/* How often the asymmetry would fall into its class: the share of draws of (penalty, reward) from their joint normal
 * distribution.
 * takes   seed, stream  of the draws
 * needs   contrast with defined errors
 * blank   range 0 -> UNDEFINED_NO_VARIANCE
 * source  parametric bootstrap, Efron & Tibshirani 1993, 6.5   [F44]
 * proof   tests/numeric/impact_contrast_test.c */
enum undefined impact_class_share(const struct impact_contrast *contrast, const struct impact_cuts *cuts, uint64_t seed,
                                  uint64_t stream, double *out) MUST_USE;

#endif
