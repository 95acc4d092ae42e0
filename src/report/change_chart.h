/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_REPORT_CHANGE_CHART_H
#define GAPMETER_REPORT_CHANGE_CHART_H

#include "report/wording.h"

/* Pictures of gaps then and now. Private to report/. */

/* Adds what changed since the older answers, subject by subject.
 * takes   released  the table gap_change, or NULL
 * fails   STATUS_MEMORY
 * proof   tests/report/trends_test.c */
enum status change_chart_add(struct ctx *ctx, struct document *document, const struct released_table *released) MUST_USE;

/* Adds the overall gap from wave to wave.
 * takes   released  the table gap_waves, or NULL
 * fails   STATUS_MEMORY
 * proof   tests/report/trends_test.c */
enum status wave_chart_add(struct ctx *ctx, struct document *document, const struct released_table *released) MUST_USE;

#endif
