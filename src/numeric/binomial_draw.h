/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_BINOMIAL_DRAW_H
#define GAPMETER_NUMERIC_BINOMIAL_DRAW_H

#include <stdint.h>

#include "base/kernel.h"

#define CHANCE_AHEAD 16u

/* The numbers of one (seed, stream) from an index on, one after the other. Two sequences with the same first three values
 * give the same numbers, whatever thread reads them; who begins one names these three. */
struct chance_sequence {
    uint64_t seed, stream;
    uint64_t next;              /* index of the next number; moved on by whoever takes one */
    uint64_t first;             /* of the numbers that were made ahead */
    unsigned held;              /* how many: 0 at the beginning */
    double ahead[CHANCE_AHEAD]; /* made at a time, since one alone costs nearly as much */
};

/* The next number, uniform in (0, 1). */
double chance_sequence_next(struct chance_sequence *sequence);

/* What the rejection draws from: k = ⌊(2a/(½ − |u|) + b)u + centre⌋ of a uniform u in (−½, ½), accepted where
 * v × scale/(a/(½ − |u|)² + b) is at most the mass of k over that of the mode, v uniform; and at once, where ½ − |u| >= .07,
 * for v up to `squeeze`. Shown so that its test can hold the constants to what they promise. */
struct binomial_hat {
    double a, b, centre, scale, squeeze;
};

/* Of n trials.
 * needs   0 < probability <= ½, n × probability >= 10
 * source  Hörmann 1993, BTRS */
struct binomial_hat binomial_hat_of(double n, double probability);

/* ln of the mass of k over that of the mode, nearly: by Stirling's series, for the rejection. Shown so that its test can hold it
 * to its error.
 * takes   mode  ⌊(n + 1) probability⌋
 * gives   *error  at most so much is it off
 * needs   0 <= k <= n, 0 < probability < 1 */
double binomial_ratio_log(double k, double mode, double n, double probability, double *error);

/* How many of n independent trials succeed: one exact draw from the binomial distribution.
 * takes   sequence     moved on by as many numbers as the draw took
 *         probability  of each success
 * gives   0 … n; 0 and 1 as probability, and n = 0, take no number
 * needs   0 <= probability <= 1, n < 2^53
 * cost    time n × p below 10 (inversion), constant above (transformed rejection with squeeze)
 * source  inversion: Devroye 1986, X.4; rejection: Hörmann 1993, J. Statist. Comput. Simul. 46 (BTRS), where Stirling's
 *         series cannot tell with the log of the mass after Loader 2000, so that it is exact to the last bits for any n   [F25]
 * proof   tests/numeric/binomial_draw_test.c: chi-square against exact probabilities, moments, and the hat above the mass */
uint64_t binomial_draw(struct chance_sequence *sequence, uint64_t n, double probability);

#define BINOMIAL_LANES 8u

/* The same of BINOMIAL_LANES sequences side by side, with one probability.
 * takes   kernel  one that is available; all give the same, which is what binomial_draw gives
 *         n       [BINOMIAL_LANES]
 * gives   out     [BINOMIAL_LANES]
 * proof   tests/numeric/binomial_draw_test.c */
void binomial_draw_lanes(enum kernel kernel, struct chance_sequence *sequences, const uint64_t *n, double probability,
                         uint64_t *out);

#endif
