/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/whole_rank.h"

#include <assert.h>
#include <string.h>

static void rows_swap(struct whole_system *system, uint32_t a, uint32_t b)
{
    int64_t swap[WHOLE_COLUMNS_MOST];
    memcpy(swap, system->at[a], sizeof swap);
    memcpy(system->at[a], system->at[b], sizeof swap);
    memcpy(system->at[b], swap, sizeof swap);
}

/* Clears a column below its pivot; the division by the pivot before leaves no rest. */
static void column_clear(struct whole_system *system, uint32_t pivot, uint32_t column, int64_t before)
{
    const int64_t *from = system->at[pivot];
    for (uint32_t r = pivot + 1; r < system->rows; r++) {
        int64_t *to = system->at[r], factor = to[column];
        for (uint32_t k = 0; k < system->columns; k++) {
            to[k] = (to[k] * from[column] - factor * from[k]) / before;
            assert(to[k] < INT32_MAX && to[k] > INT32_MIN);
        }
    }
}

uint32_t whole_rank(const struct whole_system *system)
{
    struct whole_system work = *system;
    uint32_t rank = 0;
    int64_t before = 1;
    for (uint32_t column = 0; column < work.columns && rank < work.rows; column++) {
        uint32_t pivot = rank;
        while (pivot < work.rows && !work.at[pivot][column])
            pivot++;
        if (pivot == work.rows)
            continue;
        rows_swap(&work, pivot, rank);
        column_clear(&work, rank, column, before);
        before = work.at[rank++][column];
    }
    return rank;
}

bool whole_fixes(const struct whole_system *system, uint32_t rank, uint32_t column)
{
    struct whole_system more = *system;
    assert(more.rows < WHOLE_ROWS_MOST && column < more.columns);
    memset(more.at[more.rows], 0, sizeof more.at[0]);
    more.at[more.rows++][column] = 1;
    return whole_rank(&more) == rank;
}
