/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_DISCLOSE_LATTICE_H
#define GAPMETER_DISCLOSE_LATTICE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/ctx.h"

/* Which cells add up to which: the groups of all tables of one request, their margins, and everyone.
 * Node 0 is everyone. Private to disclose/. */
struct lattice;

/* One value of one segment: the name of the segment and the text of the value (NULL = no answer). */
struct coordinate {
    const char *segment;
    const char *value;
};

/* takes   nothing
 * gives   *out  a lattice that holds everyone
 * owns    its memory belongs to ctx->arena */
enum status lattice_create(struct ctx *ctx, struct lattice **out) MUST_USE;

/* The node of a group, made with all its margins and sums when it was not there.
 * takes   at  count coordinates in any order, 1 <= count <= BY_SET_SEGMENTS_MAX
 * gives   *node */
enum status lattice_add(struct ctx *ctx, struct lattice *lattice, const struct coordinate *at, uint32_t count,
                        uint32_t *node) MUST_USE;

/* All groups that may be shown are there: nodes that are made from here on stand in sums, but are never shown. */
void lattice_end_groups(struct lattice *lattice);

/* May the node be shown? Everyone may. */
bool lattice_is_shown(const struct lattice *lattice, uint32_t node);

/* To be called once, when all nodes are there: finds the nodes that are the same people, as where all of a branch lie in
 * one region. */
enum status lattice_link(struct ctx *ctx, struct lattice *lattice) MUST_USE;

/* How many nodes there are. */
uint32_t lattice_node_count(const struct lattice *lattice);

/* Gives each implied margin the sum of its cells, where its size is still 0.
 * takes   sizes  [node] known sizes; node 0 is left alone */
void lattice_fill_margins(const struct lattice *lattice, uint64_t *sizes);

/* Hides more cells until no hidden one can be worked out from sums of shown ones: in each sum at
 * least two members are hidden or none, hidden cells under a shown margin hold at least `floor`
 * people together, also where cells share people, and no combination of sums fixes a hidden one
 * (audit.h). The smallest shown cell is hidden first, the margin when no cell is left; everyone never.
 * Of the nodes that are never shown, those that hold at least `floor` people may be worked out.
 * takes   sizes   [node] distinct respondents; of everyone 0 when unknown
 *         hidden  [node] hidden already; more are set
 * needs   lattice_link was called
 * fails   STATUS_MEMORY
 * cost    one elimination (see audit.h) for each cell that it adds
 * proof   tests/disclose/lattice_test.c */
enum status lattice_protect(struct ctx *ctx, struct lattice *lattice, const uint64_t *sizes, bool *hidden,
                            uint64_t floor) MUST_USE;

#endif
