/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_REPORT_SIGNAL_CHARTS_H
#define GAPMETER_REPORT_SIGNAL_CHARTS_H

#include "report/wording.h"

/* Control charts of the overall figures, each with its finding in the title. A chart needs two periods with an answer. Private to
 * report/. */

/* Adds the moving average and the sums of the gap.
 * takes   released  the table gap_trend, or NULL
 * fails   STATUS_MEMORY
 * proof   tests/report/trends_test.c */
enum status gap_signals_add(struct ctx *ctx, struct document *document, const struct released_table *released) MUST_USE;

/* Adds the share of customers let down.
 * takes   released  the table share_trend, or NULL
 * fails   STATUS_MEMORY
 * proof   tests/report/trends_test.c */
enum status share_signals_add(struct ctx *ctx, struct document *document, const struct released_table *released) MUST_USE;

#endif
