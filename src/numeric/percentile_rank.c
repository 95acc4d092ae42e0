/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/percentile_rank.h"

#include <assert.h>
#include <math.h>

enum undefined percentile_ranks(const double *values, size_t count, double *ranks)
{
    if (count < NORM_UNITS_MIN)
        return UNDEFINED_TOO_FEW;
    for (size_t i = 0; i < count; i++) {
        assert(isfinite(values[i]));
        size_t halves = 0; /* whole numbers, so that the order of the values does not show */
        for (size_t j = 0; j < count; j++)
            halves += values[j] < values[i] ? 2u : (values[j] == values[i]);
        ranks[i] = 50.0 * (double)halves / (double)count;
    }
    return DEFINED;
}
