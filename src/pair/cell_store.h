/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counts of values: for every group and owner (an item, a score) how often each value came, and with what weight.
 * Owners with few values are arrays, the others share an open-addressing table. */
#ifndef GAPMETER_PAIR_CELL_STORE_H
#define GAPMETER_PAIR_CELL_STORE_H

#include <stdbool.h>

#include "base/arena.h"
#include "model/tally.h"

#define CELLS_SPARSE UINT32_MAX

/* What a store counts. */
struct cell_shape {
    uint32_t group_count;
    uint32_t owner_count;
    const uint64_t *widths; /* [owner] values are 0 … width−1; 0 = this owner has none */
    uint64_t dense_most;    /* owners with at most so many values are arrays, if all of them fit into dense_bytes */
    uint64_t dense_bytes;
    bool weighted;
};

/* One value that came. n == 0: an empty place of the table. */
struct cell {
    uint64_t place; /* group << 32 | owner */
    uint64_t value;
    struct weight_sum sum; /* without weights only n */
};

struct cell_store {
    struct arena *arena;
    uint32_t group_count, owner_count;
    bool weighted;
    uint32_t *offsets;       /* [owner] first dense cell within a group, CELLS_SPARSE = in the table */
    uint64_t *widths;        /* [owner] */
    size_t stride;           /* dense cells per group */
    uint32_t *counts;        /* [group × stride]; ENCOUNTERS_MAX fits 32 bits */
    struct weight_sum *sums; /* [group × stride] in place of counts when weighted */
    struct arena *table;     /* of cells: a larger table takes the place of a smaller one */
    struct cell *cells;      /* [capacity], a power of 2, at most three quarters full */
    size_t capacity, used;
};

/* takes   arena  for the store and its growth, used by one worker at a time
 * fails   STATUS_MEMORY */
enum status cell_store_create(struct arena *arena, const struct cell_shape *shape, struct cell_store *out) MUST_USE;

/* Bytes that a store of this shape begins with. */
uint64_t cell_shape_bytes(const struct cell_shape *shape);

/* Counts a value of an owner that is not dense.
 * fails   STATUS_MEMORY */
enum status cell_store_add_sparse(struct cell_store *store, uint64_t place, uint64_t value,
                                  const struct weight_sum *sum) MUST_USE;

/* Adds everything that another store with the same owners has counted.
 * takes   map  [group of from] the group it becomes; NULL = the same */
enum status cell_store_merge(struct cell_store *into, const struct cell_store *from, const uint32_t *map) MUST_USE;

/* Sorts the table, so that cell_store_read can walk it; nothing may be added afterwards. */
void cell_store_seal(struct cell_store *store);

/* Values taken out of a store; the room is used again and again. */
struct cell_list {
    size_t count, capacity;
    uint64_t *values;
    struct weight_sum *sums; /* without weights w = ww = n */
};

/* Takes out the values that came, in ascending order.
 * takes   list  zeroed at first
 * fails   STATUS_MEMORY */
enum status cell_store_read(const struct cell_store *store, uint32_t group, uint32_t owner, struct arena *scratch,
                            struct cell_list *list) MUST_USE;

/* Counts one value with its weight.
 * needs   value below the owner's width; weight 1 without weights */
static inline enum status cell_store_add(struct cell_store *store, uint32_t group, uint32_t owner, uint64_t value, int64_t weight)
{
    uint32_t offset = store->offsets[owner];
    if (offset != CELLS_SPARSE) {
        size_t index = group * store->stride + offset + value;
        if (!store->weighted) {
            store->counts[index]++;
            return STATUS_OK;
        }
        store->sums[index].n++;
        store->sums[index].w += weight;
        store->sums[index].ww += (int128)weight * weight;
        return STATUS_OK;
    }
    struct weight_sum one = {.n = 1, .w = weight, .ww = (int128)weight * weight};
    return cell_store_add_sparse(store, (uint64_t)group << 32 | owner, value, &one);
}

#endif
