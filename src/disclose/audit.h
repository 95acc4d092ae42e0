/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_DISCLOSE_AUDIT_H
#define GAPMETER_DISCLOSE_AUDIT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/ctx.h"

/* An attacker's sums: each says that a margin equals its cells. Shown members are known numbers, the
 * hidden ones unknown; a hidden one is given away when the sums together fix it. Private to disclose/. */
struct audit;

/* takes   sums    how many sums there are
 *         nodes   how many members there are
 *         hidden  [node]
 * gives   *out    NULL when the work would pass AUDIT_STEPS_MAX: the caller must then be careful without it
 * owns    its memory belongs to ctx->arena */
enum status audit_create(struct ctx *ctx, uint32_t sums, uint32_t nodes, const bool *hidden, struct audit **out) MUST_USE;

/* Puts a member into a sum; shown ones are known and change nothing.
 * takes   cell  true for a cell, false for the margin */
void audit_member(struct audit *audit, uint32_t sum, uint32_t node, bool cell);

/* The first hidden node that the sums fix and that is not harmless to know, or UINT32_MAX: its unit
 * vector lies in their row space, which the reduced echelon form over the integers modulo a prime shows.
 * takes   open  [node] harmless to know
 * cost    time sums² × hidden
 * source  Cox 1980 JASA 75; Duncan & Fienberg 1999 on exact disclosure
 * proof   tests/disclose/audit_test.c, against ranks over the whole numbers; tests/disclose/release_test.c */
uint32_t audit_first_fixed(struct audit *audit, const bool *open);

#endif
