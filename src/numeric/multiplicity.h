/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_MULTIPLICITY_H
#define GAPMETER_NUMERIC_MULTIPLICITY_H

#include <stddef.h>

#include "base/ctx.h"

/* p-values of one family, corrected for its size. The caller leaves out tests that have no p.
 * takes   ctx->arena  room for an order, count × 8 bytes
 *         p           [count], each in [0, 1], any order
 * gives   adjusted    [count], in the same order, in [0, 1]; may be the array p itself
 * fails   STATUS_MEMORY
 * cost    time count × log count
 * source  Holm 1979; Benjamini & Hochberg 1995; Benjamini & Yekutieli 2001   [F26]
 * proof   tests/numeric/multiplicity_test.c */
enum status holm_adjust(struct ctx *ctx, const double *p, size_t count, double *adjusted) MUST_USE;
enum status benjamini_hochberg_adjust(struct ctx *ctx, const double *p, size_t count, double *adjusted) MUST_USE;
enum status benjamini_yekutieli_adjust(struct ctx *ctx, const double *p, size_t count, double *adjusted) MUST_USE;

#endif
