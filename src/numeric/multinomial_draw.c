/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/multinomial_draw.h"

#include <assert.h>

void multinomial_draw(struct chance_sequence *sequence, const uint64_t *counts, size_t cells, uint32_t *times)
{
    uint64_t of = 0;
    for (size_t c = 0; c < cells; c++)
        of += counts[c];
    assert(of <= UINT32_MAX);
    uint64_t draws = of;
    for (size_t c = 0; c < cells; c++) {
        /* The last cell that is not empty has probability 1 and takes what is left. */
        double probability = counts[c] == 0 ? 0 : (double)counts[c] / (double)of;
        times[c] = (uint32_t)binomial_draw(sequence, draws, probability);
        draws -= times[c];
        of -= counts[c];
    }
    assert(draws == 0);
}
