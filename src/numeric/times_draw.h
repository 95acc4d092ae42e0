/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_TIMES_DRAW_H
#define GAPMETER_NUMERIC_TIMES_DRAW_H

#include "numeric/index_draw.h"

/* How often each of many things comes when as many are drawn with replacement: numbers of their own instead of draw by draw, for
 * a quarter of the chance and without touching memory at random. Independent Poisson numbers of mean λ are, whatever they add up
 * to, a multinomial draw of that many; λ is a little below 1, so that nearly always some are left to be drawn one by one, which
 * makes it a draw of all. Where none is left, and there are too many, everything is drawn anew. */

#define TIMES_DRAW_FROM 512u /* fewer things are drawn one by one */
#define TIMES_EDGES     4u   /* the numbers 0 … 3 end within a first byte of their own; all others within the last */
#define TIMES_CUTS      24u  /* P(more than 23) is below 2^-64 */

/* How likely each number is, for one count of things. */
struct times_law {
    uint32_t count;
    bool one_by_one;            /* fewer than TIMES_DRAW_FROM: nothing below is written */
    uint64_t last[TIMES_CUTS];  /* the number of 64 bits of chance is how many of these they are above; UINT64_MAX at the end */
    uint8_t edges[TIMES_EDGES]; /* the first bytes of the first of these */
    uint8_t often[256];         /* the number by the first byte; with TIMES_UNSURE, the least it can be */
};

#define TIMES_UNSURE 0x80u /* the first byte does not tell the number */

/* Of drawing `count` of `count`.
 * needs   count >= 1
 * proof   tests/numeric/times_draw_test.c */
void times_law_make(uint32_t count, struct times_law *out);

/* Nearly all of the draws.
 * takes   kernel  one that is available; all give the same
 *         draw    of law->count things; its seed and seeds made of it are drawn from, at index … index + count − 1
 * gives   times   [law->count] how often each came
 *         how many draws are left: draws 0, 1, … of `draw`, by index_draw
 * cost    time count
 * source  Devroye 1986, XI.1.4: Poisson numbers given their sum are multinomial   [F25]
 * proof   tests/numeric/times_draw_test.c */
uint32_t times_draw_most(enum kernel kernel, const struct index_draw *draw, const struct times_law *law, uint8_t *times);

/* All of them, in bytes.
 * gives   false when one thing came more than 255 times: then times holds nothing of use
 * proof   tests/numeric/times_draw_test.c */
bool times_draw_bytes(enum kernel kernel, const struct index_draw *draw, const struct times_law *law, uint8_t *times) MUST_USE;

#endif
