/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_REPORT_DIFFERENCES_H
#define GAPMETER_REPORT_DIFFERENCES_H

#include "report/telling.h"

/* What is told both on page one and in a section of its own. Private to report/. */

enum { PAIRS_MOST = 8 };

/* The pairs of groups that a table of group_pairs shows to differ overall, the largest differences first.
 * takes   most  pairs told, at most PAIRS_MOST */
enum status pairs_tell(struct telling *telling, const struct table *table, uint32_t most) MUST_USE;

/* Is the change of a row of gap_change since the older answers shown, after the adjustment for all rows? */
bool change_is_shown(const struct telling *telling, const struct table *table, const struct row *row);

/* The change of a row of gap_change since the older answers, overall or of one subject; nothing when it has no interval, or is
 * neither overall nor shown. */
enum status change_row_tell(struct telling *telling, const struct table *table, const struct row *row) MUST_USE;

#endif
