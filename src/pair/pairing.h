/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_PAIR_PAIRING_H
#define GAPMETER_PAIR_PAIRING_H

#include "base/ctx.h"
#include "model/answers.h"
#include "model/pairs.h"
#include "model/plan.h"

/* Turns answers into pairs and tallies: everything that the plan needs, for every group of its by-sets, in one
 * pass over the answers (and one over each by-set in the order of clusters, respondents or strata, when a design has them).
 * takes   answers, plan  of the same study; both must outlive the result
 * gives   *out  in ctx->arena; the same bytes for any ctx->threads, and the same sums for any order of the rows
 * fails   STATUS_DATA    a by-set makes more than GROUPS_MAX groups, or the tallies would pass TALLY_BYTES_MAX;
 *                        the weights are too large to be summed exactly
 *         STATUS_CANCELLED, STATUS_MEMORY
 * cost    time encounters × (items × by-sets), contrasts items² and blocks items² per encounter;
 *         memory threads × groups × cells, not encounters (20 bytes per encounter with clusters, repeats or strata)
 * source  F1–F4, F9, F13 (the sums they need), F20 clusters and strata
 * proof   tests/pair/pairing_test.c, tests/property/pairing_laws_test.c */
enum status pairs_make(struct ctx *ctx, const struct answers *answers, const struct plan *plan,
                       const struct pairs **out) MUST_USE;

#endif
