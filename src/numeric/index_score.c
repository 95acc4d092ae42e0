/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/index_score.h"

#include <assert.h>
#include <math.h>

enum undefined index_score(const struct indicator *indicators, size_t count, double *out)
{
    assert(count >= 1);
    double above = 0, range = 0;
    for (size_t i = 0; i < count; i++) {
        const struct indicator *at = &indicators[i];
        assert(isfinite(at->mean) && isfinite(at->weight) && at->low < at->high);
        if (at->weight < 0)
            return UNDEFINED_INADMISSIBLE;
        above += at->weight * (at->mean - at->low);
        range += at->weight * (at->high - at->low);
    }
    if (!(range > 0))
        return UNDEFINED_NO_VARIANCE;
    *out = 100 * above / range;
    return DEFINED;
}
