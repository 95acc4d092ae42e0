/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_INDEX_DRAW_H
#define GAPMETER_NUMERIC_INDEX_DRAW_H

#include <stddef.h>
#include <stdint.h>

#include "base/kernel.h"

/* One of `count` things, drawn again and again: what drawing rows with replacement spends its time with. */

/* From which chance, and among how many. Draw i belongs to index + i, whose bits are of a block of four draws; the few words that
 * would come too often are drawn again from chance of their own. */
struct index_draw {
    uint64_t seed, stream, index;
    uint32_t count; /* at least 1 */
};

#define INDEX_DRAWS_AT_ONCE 256u

/* Draws first, first + 1, … .
 * takes   kernel  one that is available; all give the same
 *         first   a multiple of INDEX_DRAWS_AT_ONCE
 *         draws   at most INDEX_DRAWS_AT_ONCE
 * gives   out     [INDEX_DRAWS_AT_ONCE] each below count; beyond `draws` anything
 * source  Lemire 2019, ACM TOMACS 29:3
 * proof   tests/numeric/index_draw_test.c */
void index_draw(enum kernel kernel, const struct index_draw *draw, uint32_t first, uint32_t draws, uint32_t *out);

#endif
