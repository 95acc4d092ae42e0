/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/tost.h"

#include <assert.h>
#include <math.h>

#include "numeric/distribution.h"

enum undefined equivalence_test(double mean, double se, double df, double margin, struct equivalence *out)
{
    assert(isfinite(mean) && isfinite(se) && se >= 0 && margin > 0);
    if (!(df >= 1))
        return UNDEFINED_TOO_FEW;
    if (se == 0)
        return UNDEFINED_NO_VARIANCE;
    out->t_low = (mean + margin) / se;
    out->t_high = (mean - margin) / se;
    out->p = fmax(t_upper(out->t_low, df), t_lower(out->t_high, df));
    return DEFINED;
}
