/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/paired_t.h"

#include <assert.h>
#include <math.h>

#include "numeric/distribution.h"

enum undefined paired_t_test(double mean, double se, double df, double confidence, struct paired_t *out)
{
    assert(isfinite(mean) && isfinite(se) && se >= 0 && confidence > 0 && confidence < 1);
    if (!(df >= 1))
        return UNDEFINED_TOO_FEW;
    if (se == 0)
        return UNDEFINED_NO_VARIANCE;
    double half_width = t_quantile_upper(0.5 * (1 - confidence), df) * se;
    out->t = mean / se;
    out->df = df;
    out->p = t_two_sided(out->t, df);
    out->interval = (struct interval){mean - half_width, mean + half_width};
    return DEFINED;
}
