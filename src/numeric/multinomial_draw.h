/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_MULTINOMIAL_DRAW_H
#define GAPMETER_NUMERIC_MULTINOMIAL_DRAW_H

#include <stddef.h>

#include "numeric/binomial_draw.h"

/* As many draws with replacement as there are observations in a table of counts: what resampling its rows one by one would
 * give, at a cost that does not depend on how many rows there are.
 * takes   sequence  moved on by as many numbers as the draw took
 *         counts    [cells] of the table; their sum < 2^32
 * gives   times     [cells], which sum to the sum of counts; a cell with count 0 is never drawn
 * cost    time cells
 * source  conditional binomials: Devroye 1986, XI.1.4   [F25]
 * proof   tests/numeric/multinomial_draw_test.c */
void multinomial_draw(struct chance_sequence *sequence, const uint64_t *counts, size_t cells, uint32_t *times);

/* The same of several sequences: to the bit what multinomial_draw gives of each.
 * takes   kernel     one that is available; all give the same
 *         sequences  [BINOMIAL_LANES]
 * gives   times      [BINOMIAL_LANES × cells]
 * proof   tests/numeric/multinomial_draw_test.c */
void multinomial_draw_lanes(enum kernel kernel, struct chance_sequence *sequences, const uint64_t *counts, size_t cells,
                            uint32_t *times);

#endif
