/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_INDEX_SCORE_H
#define GAPMETER_NUMERIC_INDEX_SCORE_H

#include <stddef.h>

#include "base/status.h"
#include "numeric/undefined.h"

/* One indicator of an index. */
struct indicator {
    double mean;
    double low, high; /* ends of its scale, low < high */
    double weight;    /* >= 0, in the unit of the indicator (unstandardised) */
};

/* A weighted mean of several indicators on 0 … 100: 100 Σ w (mean − low) / Σ w (high − low). It is linear in the means, so a
 * person's own index is the same function of the person's answers, and the index of a group is the mean of those.
 * gives   *out  0 … 100 when every mean lies on its scale
 * needs   count >= 1, low < high, all finite
 * blank   a weight below 0, for which the ends of the scales would not be the ends of the index -> UNDEFINED_INADMISSIBLE;
 *         all weights 0 -> UNDEFINED_NO_VARIANCE
 * source  Fornell, Johnson, Anderson, Cha & Bryant 1996   [F60, F50]
 * proof   tests/numeric/index_score_test.c */
enum undefined index_score(const struct indicator *indicators, size_t count, double *out) MUST_USE;

#endif
