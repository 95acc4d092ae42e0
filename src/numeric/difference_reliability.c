/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/difference_reliability.h"

#include <assert.h>

enum undefined difference_reliability(const struct difference_parts *parts, double *out)
{
    assert(parts->first_variance >= 0 && parts->second_variance >= 0);
    if (!(parts->difference_variance > 0))
        return UNDEFINED_NO_VARIANCE;
    double first_error = parts->first_variance * (1 - parts->first_reliability);
    double second_error = parts->second_variance * (1 - parts->second_reliability);
    *out = 1 - (first_error + second_error) / parts->difference_variance;
    return DEFINED;
}
