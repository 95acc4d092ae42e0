/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_REPORT_RANK_CHART_H
#define GAPMETER_REPORT_RANK_CHART_H

#include "report/wording.h"

/* Adds the picture of a league: the overall gaps of the groups that are shown, the best first, with the ranks that they may have.
 * Nothing when fewer than two groups have a rank. Private to report/.
 * takes   league  a table of groups
 *         by      what divides them, in words
 * fails   STATUS_MEMORY
 * proof   tests/report/segments_test.c */
enum status rank_chart_add(struct ctx *ctx, struct document *document, const struct released_table *league,
                           const char *by) MUST_USE;

#endif
