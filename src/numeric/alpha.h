/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_ALPHA_H
#define GAPMETER_NUMERIC_ALPHA_H

#include <stddef.h>

#include "base/status.h"
#include "numeric/exact_moments.h"
#include "numeric/interval.h"
#include "numeric/undefined.h"

/* Written by cronbach_alpha. */
struct alpha {
    size_t k;                              /* items, constant ones too */
    size_t constant_count;                 /* items without variance; they stay in */
    double alpha;                          /* in (−inf, 1] */
    enum undefined interval_undefined;     /* DEFINED, or why there is no interval */
    struct interval interval;              /* Feldt's */
    enum undefined standardised_undefined; /* UNDEFINED_NO_VARIANCE when an item is constant */
    double standardised;                   /* k r̄ / (1 + (k−1) r̄) */
};

/* How consistently several items measure one thing: k/(k−1) × (1 − Σ s_j² / s_T²), correctly rounded from
 * the exact integers.
 * takes   block       sums and cross-products over complete cases, all items in the same unit
 *         confidence  of the interval, such as .95
 * gives   *out  alpha, standardised alpha, Feldt's interval (with weights: for the effective number)
 * needs   0 < confidence < 1
 * blank   k < 2 or n < 2 -> UNDEFINED_TOO_FEW;  the total has no variance -> UNDEFINED_NO_VARIANCE;  UNDEFINED_OVERFLOW
 * cost    time k²
 * source  Cronbach 1951; interval: Feldt 1965   [F13]
 * proof   tests/numeric/alpha_test.c */
enum undefined cronbach_alpha(const struct exact_block *block, double confidence, struct alpha *out) MUST_USE;

/* What alpha is made of, added up in real numbers over people: for samples that are drawn again. */
struct alpha_sums {
    double w;              /* Σw */
    double squared_total;  /* Σw T², T the sum of a person's answers */
    double squares;        /* Σw Σ_j x_j² */
    const double *answers; /* [k] Σw·x_j */
    size_t k;
};

/* The same alpha from such sums.
 * needs   k >= 2
 * blank   the total has no variance (to rounding), or nobody -> UNDEFINED_NO_VARIANCE
 * cost    time k
 * source  Cronbach 1951   [F13]
 * proof   tests/numeric/alpha_test.c */
enum undefined alpha_of_sums(const struct alpha_sums *sums, double *out) MUST_USE;

/* Feldt's interval of an alpha of k items and n cases: 1 − (1−α) F, F the upper and lower quantiles
 * with n−1 and (n−1)(k−1) degrees of freedom.
 * needs   alpha <= 1, 0 < confidence < 1
 * blank   k < 2 or n < 2 -> UNDEFINED_TOO_FEW
 * source  Feldt 1965; Feldt, Woodruff & Salih 1987   [F13] */
enum undefined feldt_interval(double alpha, double n, size_t k, double confidence, struct interval *out) MUST_USE;

#endif
