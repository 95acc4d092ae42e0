/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MEASURE_CASE_UNITS_H
#define GAPMETER_MEASURE_CASE_UNITS_H

#include "measure/case_columns.h"

/* Finds the clusters, strata and distinct respondents of the rows of a matrix. Private to case_columns.c.
 * takes   out  its rows, and their cases where the design has clusters, strata or people who repeat
 * gives   units, unit_count, strata, stratum_count, stratum_units and respondents, in ctx->arena
 * fails   STATUS_MEMORY
 * cost    time n log n with clusters or people who repeat
 * proof   tests/measure/case_columns_test.c */
enum status case_units_gather(struct ctx *ctx, const struct measuring *measuring, struct case_matrix *out) MUST_USE;

#endif
