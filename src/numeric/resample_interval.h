/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_RESAMPLE_INTERVAL_H
#define GAPMETER_NUMERIC_RESAMPLE_INTERVAL_H

#include "numeric/interval.h"
#include "numeric/resample.h"

/* How the interval that is shown first was made. */
enum resample_method {
    METHOD_BCA,
    METHOD_PERCENTILE_ONE_SIDED, /* the figure lies below or above all replicates: z0 has no finite value */
    METHOD_PERCENTILE_FAR,       /* 1 − a (z0 + z) is not above 0 */
    METHOD_PERCENTILE_JACKKNIFE  /* a figure does not exist with some unit left out, so that there is no a */
};

/* Written by resample_interval_find. */
struct resample_interval {
    double se;                   /* standard deviation of the replicates, n − 1 */
    struct interval percentile;  /* [θ*(α/2), θ*(1−α/2)] */
    struct interval basic;       /* [2θ − θ*(1−α/2), 2θ − θ*(α/2)] */
    struct interval bca;         /* the percentile interval where method is not METHOD_BCA */
    enum resample_method method; /* of bca */
    double z0, acceleration;     /* 0 where there are none */
    bool extreme;                /* an end of bca is the least or largest replicate: too few were drawn for it */
};

/* What it is made of. */
struct resample_sample {
    double estimate;                   /* θ of the sample */
    const struct resampled *bootstrap; /* its replicates */
    const struct resampled *jackknife; /* of the same figures; NULL = percentile and basic alone (METHOD_PERCENTILE_JACKKNIFE) */
    size_t figure;                     /* which of their figures */
    double confidence;                 /* such as .95 */
};

/* Three intervals of one figure from its replicates.
 * takes   ctx   for room; what is given does not live there
 * gives   *out  z0 = Φ⁻¹((#{θ* < θ} + ½ #{θ* = θ}) / B); equal is what differs by less than 1e-12 of the spread of the
 *               replicates, or by rounding. a = Σu³ / (6 (Σu²)^1.5), u_i = mean of the jackknife − its i-th figure; all u = 0:
 *               a = 0. Quantiles are order statistics, interpolated on the scale of normal quantiles
 *         *undefined  DEFINED, or why *out was not written
 * needs   0 < confidence < 1
 * blank   (B + 1)(1 − confidence)/2 < 1, so that no replicate lies outside -> UNDEFINED_TOO_FEW;  all replicates equal (to
 *         rounding) -> UNDEFINED_NO_VARIANCE
 * cost    time B log B
 * fails   STATUS_MEMORY
 * source  Efron 1987; Efron & Tibshirani 1993, 14.3; interpolation: Davison & Hinkley 1997, 5.8   [F25]
 * proof   tests/numeric/resample_interval_test.c, against boot::boot.ci */
enum status resample_interval_find(struct ctx *ctx, const struct resample_sample *sample, struct resample_interval *out,
                                   enum undefined *undefined) MUST_USE;

#endif
