/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_ANYTIME_INTERVAL_H
#define GAPMETER_NUMERIC_ANYTIME_INTERVAL_H

#include <stdint.h>

#include "base/status.h"
#include "numeric/interval.h"
#include "numeric/undefined.h"

#define ANYTIME_N_LEAST  50u   /* with fewer there is no interval */
#define ANYTIME_OFF_MODE 20u   /* so many answers must differ from the most frequent one */
#define ANYTIME_TIGHTEST 200.0 /* n₀: where the interval is narrowest for its error */

/* What was seen so far of a mean that is looked at again and again. */
struct anytime_sample {
    double mean, deviation; /* standard deviation with n − 1 */
    uint64_t n;
    uint64_t off_mode; /* of them, those that differ from the most frequent value */
};

/* An interval that holds at all looks together: x̄ ± s √(2(nρ² + 1)/(n²ρ²) ln(√(nρ² + 1)/α)),
 * ρ² = (−2 ln α + ln(−2 ln α) + 1)/n₀ (asymptotic confidence sequence).
 * takes   confidence  1 − α
 *         tightest    n₀ > 0, ANYTIME_TIGHTEST unless there is a reason
 * gives   *out  low <= mean <= high
 * needs   ½ <= confidence < 1, deviation >= 0
 * blank   n < ANYTIME_N_LEAST or off_mode < ANYTIME_OFF_MODE -> UNDEFINED_TOO_FEW: before that it holds less than it promises
 * source  Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas 2024; ρ as Howard, Ramdas, McAuliffe & Sekhon 2021   [F121]
 * proof   tests/numeric/anytime_interval_test.c, over whole paths and against R */
enum undefined anytime_interval(const struct anytime_sample *sample, double confidence, double tightest,
                                struct interval *out) MUST_USE;

#endif
