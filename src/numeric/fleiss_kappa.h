/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_FLEISS_KAPPA_H
#define GAPMETER_NUMERIC_FLEISS_KAPPA_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "numeric/undefined.h"

/* Written by fleiss_kappa. */
struct fleiss_kappa {
    double observed; /* mean share of agreeing pairs of raters per subject */
    double expected; /* Σ p_j² of the categories' shares */
    enum undefined kappa_undefined;
    double kappa; /* (observed − expected)/(1 − expected): 1 all agree, 0 as by chance */
    double se;    /* if raters agreed by chance alone */
    double p;     /* two-sided, normal */
};

/* How far raters who each put every subject into one of several categories agree.
 * takes   counts  [subjects × categories] raters who chose the category, subject by subject
 *         raters  of every subject
 * gives   *out
 * needs   each row adds to `raters`
 * blank   no subject or fewer than 2 raters -> UNDEFINED_TOO_FEW;  everything in one category -> kappa UNDEFINED_NO_VARIANCE
 * source  Fleiss 1971; error: Fleiss, Nee & Landis 1979   [F47]
 * proof   tests/numeric/fleiss_kappa_test.c */
enum undefined fleiss_kappa(const uint32_t *counts, size_t subjects, size_t categories, uint32_t raters,
                            struct fleiss_kappa *out) MUST_USE;

#endif
