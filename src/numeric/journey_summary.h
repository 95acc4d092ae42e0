/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_JOURNEY_SUMMARY_H
#define GAPMETER_NUMERIC_JOURNEY_SUMMARY_H

#include <stddef.h>

#include "base/status.h"
#include "numeric/undefined.h"

/* What can be said in one number about a sequence of ratings. */
struct journey_summary {
    double mean, max, min, start, end;
    double peak;                    /* the rating farthest from neutral; of several the last */
    double peak_end;                /* (peak + end) / 2 */
    double prominence_up;           /* max − mean */
    double prominence_down;         /* mean − min */
    enum undefined trend_undefined; /* of slope, trend and final_slope: one rating alone has none */
    double slope;                   /* of the least-squares line, per step */
    double trend;                   /* the same over the whole sequence: slope × (count − 1) */
    double final_slope;             /* the last rating less the one before */
};

/* Summaries of the ratings of one journey, in the order in which they were met.
 * takes   ratings  [count]  in any unit in which equal distances from neutral compare equal, such as steps of a scale
 *         neutral  where a rating is neither good nor bad, such as the middle of the scale
 * gives   *out  in the unit of the ratings; all levels are equal for a count of 1
 * blank   count 0 -> UNDEFINED_TOO_FEW; count 1 -> trend_undefined
 * cost    time count
 * source  Kahneman, Fredrickson, Schreiber & Redelmeier 1993; Redelmeier & Kahneman 1996 (peak and end); Verhoef, Antonides & de
 *         Hoog 2004 (trend, peaks of a service)   [F81]
 * proof   tests/numeric/journey_summary_test.c */
enum undefined journey_summarise(const double *ratings, size_t count, double neutral, struct journey_summary *out) MUST_USE;

#endif
