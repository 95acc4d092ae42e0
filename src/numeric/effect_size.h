/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_EFFECT_SIZE_H
#define GAPMETER_NUMERIC_EFFECT_SIZE_H

#include "base/status.h"
#include "numeric/interval.h"
#include "numeric/undefined.h"

/* Written by effect_size. */
struct effect_size {
    double dz;                         /* mean / sd */
    enum undefined gz_undefined;       /* DEFINED, or why gz is not */
    double gz;                         /* dz × J, Hedges' correction */
    enum undefined interval_undefined; /* DEFINED, or why the interval is not */
    struct interval interval;          /* of dz */
};

/* The size of a mean difference in standard deviations of the differences.
 * takes   mean, sd    of the differences
 *         n           how many; with weights the effective number
 *         confidence  such as .95
 * gives   *out  dz, gz, and the interval by non-central t with n − 1 degrees of freedom
 * needs   0 < confidence < 1, sd >= 0, all finite
 * blank   n < 2 -> UNDEFINED_TOO_FEW;  sd = 0 -> UNDEFINED_NO_VARIANCE;  n < 3: gz alone is UNDEFINED_TOO_FEW
 * cost    as noncentrality_interval
 * source  Cohen 1988; Hedges 1981; Lakens 2013; interval: Steiger & Fouladi 1997   [F21]
 * proof   tests/numeric/effect_size_test.c */
enum undefined effect_size(double mean, double sd, double n, double confidence, struct effect_size *out) MUST_USE;

/* Hedges' J = Γ(df/2) / (Γ((df−1)/2) × sqrt(df/2)): exact, not the usual approximation, for any df.
 * needs   df > 1
 * gives   (0, 1), within a few last bits
 * source  Hedges 1981 eq. 6e   [F21] */
double hedges_correction(double df);

#endif
