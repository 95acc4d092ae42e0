/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_APP_CHART_CHOICE_H
#define GAPMETER_APP_CHART_CHOICE_H

#include "app/analysis.h"
#include "base/out.h"

/* "gap_lollipop", "driver_bars:2".
 * takes   text  empty: no chart is wished
 * fails   STATUS_USAGE when there is no such chart in any report, naming those there are
 * proof   tests/app/chart_choice_test.c */
enum status chart_wish_read(struct ctx *ctx, struct span text, struct chart_wish *out) MUST_USE;

/* The document with nothing but one of its charts.
 * fails   STATUS_USAGE when this document does not have it, naming those it has
 * proof   tests/app/chart_choice_test.c */
enum status chart_choose(struct ctx *ctx, const struct document *document, const struct chart_wish *wish,
                         const struct document **out) MUST_USE;

/* Writes the names of all charts, a line each. */
void chart_names_write(struct out *out);

#endif
