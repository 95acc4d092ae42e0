/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_REPORT_TRUST_H
#define GAPMETER_REPORT_TRUST_H

#include "model/section.h"

/* How far the gaps can be trusted, in a list that stands beside them: how reliable they are per dimension and overall, and
 * whether the gap does as one score. Adds nothing when neither is known. Private to report/.
 * source  Peter, Churchill & Brown 1993: a difference can be less reliable than its parts; Edwards 2002 */
enum status trust_add(struct ctx *ctx, const struct report_tables *tables, struct document *document) MUST_USE;

/* The row of gap_validity about the overall gap and the first outcome, when it has a verdict; NULL otherwise. */
const struct row *validity_overall(const struct report_tables *tables);

#endif
