/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_NONCENTRALITY_H
#define GAPMETER_NUMERIC_NONCENTRALITY_H

#include <stdbool.h>
#include <stddef.h>

/* A tail of the non-central t whose non-centrality is wanted. */
struct wanted_tail {
    double t;
    double tail; /* P(T' > t; ncp), above 0 and below 1 */
    bool both;   /* the tail is P(T' > t) + P(T' < −t) instead, for ncp > 0 */
};

/* From tails of the non-central t back to non-centralities, in a few microseconds; noncentrality_interval and
 * paired_t_detectable ask here first. P(T' > t) is the mean of Φ(ncp − t s) over s = sqrt(χ²(df)/df): in y = ln s the integral of
 * a smooth function that falls to both sides like a Gaussian or faster, so that the trapezoid rule has all digits with some forty
 * points. What the points weigh does not depend on ncp, and derivatives by ncp are sums over the same points, so that one pass
 * and Taylor's series solve it.
 * takes   df       real
 *         wanted   [count], of which all t are of the same size
 * gives   out      [count], each within about 1e-14 of max(1, |t|); false, and nothing that counts in out, when points are too few,
 *                  as told by each other of them (df below 3, |t| above ten times √df), or a root of both tails lies below ½:
 *                  then integrate adaptively
 * needs   df >= 1, all finite, count > 0
 * cost    some two microseconds for each tail; four times as many where the first points are too few
 * source  trapezoid rule: Trefethen & Weideman 2014, section 5; guess: Abramowitz & Stegun 26.7.10   [F21, F28]
 * proof   tests/numeric/noncentrality_test.c */
bool noncentralities_find(double df, const struct wanted_tail *wanted, size_t count, double *out);

#endif
