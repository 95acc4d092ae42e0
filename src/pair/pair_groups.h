/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The groups of a by-set: which combinations of segment values there are, in which order, and the group of an encounter. */
#ifndef GAPMETER_PAIR_PAIR_GROUPS_H
#define GAPMETER_PAIR_PAIR_GROUPS_H

#include "pair/pair_frame.h"

/* Different keys, numbered from 0: up to four values of 16 bits make one key. */
struct key_set {
    struct arena *arena;
    uint64_t *keys;    /* [capacity] */
    uint32_t *numbers; /* [capacity] number + 1; 0 = empty */
    size_t capacity;   /* a power of 2 */
    uint32_t count;
};

/* One by-set and its groups. */
struct pair_grouping {
    const struct by_set *by;
    uint32_t segments; /* segments of the study: values in a row */
    uint32_t group_count;
    const uint16_t *values; /* [group × by->segment_count] */
    struct key_set groups;  /* number = group */
    uint32_t source;        /* index of the by-set whose groups, added up, are these; its own when it must be counted */
};

/* The number of a key, added when it is new.
 * fails   STATUS_MEMORY; STATUS_DATA above GROUPS_MAX keys */
enum status key_set_add(struct key_set *set, uint64_t key) MUST_USE;

/* The number of a key that is there. */
uint32_t key_set_find(const struct key_set *set, uint64_t key);

/* The key of an encounter in a by-set. */
static inline uint64_t group_key(const struct by_set *by, const uint16_t *segments)
{
    uint64_t key = 0;
    for (uint32_t i = 0; i < by->segment_count; i++) {
        key = key << 16 | segments[by->segments[i]];
    }
    return key;
}

/* The group of an encounter. */
static inline uint32_t pair_grouping_find(const struct pair_grouping *grouping, const struct answers_chunk *chunk, uint32_t row)
{
    if (grouping->by->segment_count == 0) {
        return 0;
    }
    return key_set_find(&grouping->groups, group_key(grouping->by, chunk->segments + (size_t)row * grouping->segments));
}

/* Into which group of `to` each group of its source falls.
 * gives   [source->group_count] in `scratch`, or NULL without memory */
const uint32_t *pair_grouping_map(struct arena *scratch, const struct pair_grouping *source, const struct pair_grouping *to);

/* Finds the groups of every by-set of the plan, and refuses weights that could not be summed exactly.
 * takes   scratch  for what is not kept
 * gives   *out  [plan->set_count] in ctx->arena
 * fails   STATUS_DATA  more than GROUPS_MAX groups; weights too large; STATUS_CANCELLED, STATUS_MEMORY */
enum status pair_groupings_make(struct ctx *ctx, struct arena *scratch, const struct pair_frame *frame,
                                struct pair_grouping **out) MUST_USE;

#endif
