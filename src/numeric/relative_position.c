/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/relative_position.h"

enum undefined relative_position_of(const struct map_point *point, const struct map_point *mean, int shown,
                                    struct relative_position *out)
{
    if (!(mean->performance > 0) || !(mean->importance > 0) || !(point->performance > 0))
        return UNDEFINED_UNBOUNDED;
    out->importance = point->importance / mean->importance;
    out->performance = 0;
    if (shown > 0)
        out->performance = point->performance / mean->performance;
    if (shown < 0)
        out->performance = -(mean->performance / point->performance);
    const struct map_point here = {out->performance, out->importance}, axes = {0, 1};
    out->of = map_quadrant_of(&here, &axes);
    return DEFINED;
}
