/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_REPORT_SURFACE_CHART_H
#define GAPMETER_REPORT_SURFACE_CHART_H

#include "model/section.h"

/* The picture of how the first outcome goes with expectation and experience, over all dimensions, and the table behind it; nothing
 * when that surface could not be fitted. Private to report/. */
enum status surface_chart_add(struct ctx *ctx, const struct report_tables *tables, struct document *document) MUST_USE;

#endif
