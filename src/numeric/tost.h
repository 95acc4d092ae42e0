/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_TOST_H
#define GAPMETER_NUMERIC_TOST_H

#include "base/status.h"
#include "numeric/undefined.h"

/* Written by equivalence_test. */
struct equivalence {
    double t_low;  /* (mean + margin)/se: large when the mean is clearly above −margin */
    double t_high; /* (mean − margin)/se: very negative when it is clearly below +margin */
    double p;      /* the larger of the two one-sided p: below .05 exactly when the 90 % interval lies inside ±margin */
};

/* Whether a mean difference is practically zero: two one-sided tests.
 * takes   mean, se, df  as paired_t_test
 *         margin        what counts as no difference, above 0
 * gives   *out
 * needs   margin > 0, se >= 0, all finite
 * blank   df < 1 -> UNDEFINED_TOO_FEW;  se = 0 -> UNDEFINED_NO_VARIANCE
 * source  Schuirmann 1987   [F24]
 * proof   tests/numeric/tost_test.c */
enum undefined equivalence_test(double mean, double se, double df, double margin, struct equivalence *out) MUST_USE;

#endif
