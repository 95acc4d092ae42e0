/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/multinomial_draw.h"

#include <assert.h>

/* The sum of the counts. */
static uint64_t counts_sum(const uint64_t *counts, size_t cells)
{
    uint64_t sum = 0;
    for (size_t c = 0; c < cells; c++)
        sum += counts[c];
    assert(sum <= UINT32_MAX);
    return sum;
}

/* Of a cell among the observations that are left: the last cell that is not empty has probability 1 and takes what is left. */
static double cell_probability(uint64_t count, uint64_t of)
{
    return count == 0 ? 0 : (double)count / (double)of;
}

void multinomial_draw(struct chance_sequence *sequence, const uint64_t *counts, size_t cells, uint32_t *times)
{
    uint64_t of = counts_sum(counts, cells), draws = of;
    for (size_t c = 0; c < cells; c++) {
        times[c] = (uint32_t)binomial_draw(sequence, draws, cell_probability(counts[c], of));
        draws -= times[c];
        of -= counts[c];
    }
    assert(draws == 0);
}

void multinomial_draw_lanes(enum kernel kernel, struct chance_sequence *sequences, const uint64_t *counts, size_t cells,
                            uint32_t *times)
{
    uint64_t of = counts_sum(counts, cells), draws[BINOMIAL_LANES], drawn[BINOMIAL_LANES];
    for (unsigned lane = 0; lane < BINOMIAL_LANES; lane++)
        draws[lane] = of;
    for (size_t c = 0; c < cells; c++) {
        binomial_draw_lanes(kernel, sequences, draws, cell_probability(counts[c], of), drawn);
        for (unsigned lane = 0; lane < BINOMIAL_LANES; lane++) {
            times[lane * cells + c] = (uint32_t)drawn[lane];
            draws[lane] -= drawn[lane];
        }
        of -= counts[c];
    }
}
