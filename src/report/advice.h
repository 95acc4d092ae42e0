/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_REPORT_ADVICE_H
#define GAPMETER_REPORT_ADVICE_H

#include "report/headline.h"

/* What page one says to do and not to do, by rule. Both need gaps of ten or more people. Private to report/. */

/* The one conclusion that these numbers invite most and do not bear: undecided items, groups, the order of the worst. */
enum status advice_not(struct ctx *ctx, const struct document_head *head, const struct report_tables *tables,
                       const struct headline *headline, const char **out) MUST_USE;

/* The next step: the item that is short, more answers, or asking again. */
enum status advice_next(struct ctx *ctx, const struct document_head *head, const struct headline *headline,
                        const char **out) MUST_USE;

#endif
