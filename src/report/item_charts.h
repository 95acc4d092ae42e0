/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_REPORT_ITEM_CHARTS_H
#define GAPMETER_REPORT_ITEM_CHARTS_H

#include "model/section.h"

/* Charts of items with the finding as their title. Each adds nothing when its table has too little to show. Private to report/. */

/* Importance against performance, from three items on: with fewer the lines at their means say nothing. */
enum status importance_chart_add(struct ctx *ctx, const struct report_tables *tables, struct document *document) MUST_USE;

/* Kano's items on two maps: by how many customers say what, and by the means of their answers. */
enum status kano_charts_add(struct ctx *ctx, const struct report_tables *tables, struct document *document) MUST_USE;

/* Where low marks go with less of the first outcome and high ones with more, the largest differences first. */
enum status penalty_chart_add(struct ctx *ctx, const struct report_tables *tables, struct document *document) MUST_USE;

/* The gaps of dimensions, the lowest first.
 * takes   table  dimension_gap */
enum status dimension_chart_add(struct ctx *ctx, const struct released_table *table, struct document *document) MUST_USE;

#endif
