/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one pairing is about: everything that follows from the study and the plan and is the same for every row.
 * Made once, then only read, by all workers. */
#ifndef GAPMETER_PAIR_PAIR_FRAME_H
#define GAPMETER_PAIR_PAIR_FRAME_H

#include "model/answers.h"
#include "model/plan.h"
#include "model/reason.h"

#define PAIR_LANES 8u /* rows of the kernels are padded to a multiple of it */

/* How a person's mean score over items, or over dimensions, is made (F2). */
struct score_rule {
    enum reason blank;
    const struct scale *scale; /* of all its items; NULL when blank */
    const uint32_t *places;    /* its items, as positions among the pair items; NULL for the overall score */
    uint32_t part_count;       /* items, or dimensions that have a score */
    uint32_t need;             /* at least so many parts must be there: half of them */
    bool rounded;              /* no exact denominator fits: each score is rounded once to 2^-32 */
    int64_t denominator;
    int64_t most;                /* denominator × (steps−1): the top score */
    const int64_t *factors;      /* [answered parts] what a sum is multiplied with; 0 below need */
    const int64_t *part_factors; /* [dimension] overall: what brings its score to the common denominator */
};

/* One moment block: which items, and where its row of numbers stands. */
struct block_rule {
    enum reason blank;
    uint32_t of;        /* enum block_of */
    uint32_t dimension; /* UINT32_MAX = all items */
    const uint32_t *items;
    const uint32_t *places; /* BLOCK_GAP: its items, as positions among the pair items; else the items */
    uint32_t item_count;
    bool in_a_row;         /* the places follow each other */
    uint32_t padded;       /* item_count up to a multiple of PAIR_LANES */
    size_t row_offset;     /* first of its `padded` numbers in a row, and of its sums */
    size_t product_offset; /* first of its item_count × padded products */
    uint32_t pending_most; /* so many rows fit into the small products */
};

/* What is followed through the runs of a cluster: numbers of variables. First those with sums, then those
 * whose respondents are only counted. */
struct pair_variables {
    uint32_t pairs, zones, scores, contrasts, importance, singles; /* first of its kind; two each for pairs, zones, scores */
    uint32_t summed;                                               /* end of those with sums */
    uint32_t blocks;
    uint32_t count;
};

struct pair_frame {
    const struct study *study;
    const struct answers *answers;
    const struct plan *plan;
    bool weighted; /* the plan wants weights and the answers have them */
    bool repeats, clustered;
    bool stratified;
    bool kept_only; /* straight-liners are left out of runs: the frame of pairs->kept */
    uint32_t stratum_count;
    const uint32_t *strata;                /* [stratum as numbered by reading] its place among the sorted names; NULL without */
    const uint32_t *slots[STANDARD_COUNT]; /* [item]; NULL when the standard is not asked */
    bool side_by_side[STANDARD_COUNT];     /* its slots stand in item order without holes */
    const uint32_t *tops;                  /* [item] steps + 1: a turned code is top − code */
    const uint32_t *reversed;              /* items to turn */
    uint32_t reversed_count;
    const uint32_t *pair_items; /* items of which expectation and perception are asked */
    uint32_t pair_count, pair_padded;
    bool all_pairs;                  /* these are all items */
    uint32_t contrast_count;         /* pair_count × (pair_count−1) / 2 */
    uint32_t difference_most;        /* largest possible |difference of two gaps|, in steps */
    const struct score_rule *scores; /* dimensions, then overall, then the mean of items */
    uint32_t score_count;
    const struct block_rule *blocks;
    uint32_t block_count;
    size_t block_row, block_products; /* numbers in a row, products in a group */
    uint32_t part_count;              /* importance: dimensions or items; 0 without importance */
    const enum reason *part_blanks;   /* [part_count + 1] the last is the overall */
    struct pair_variables variables;
};

/* Derives it all.
 * gives   *out  in ctx->arena: results point into it
 * fails   STATUS_MEMORY */
enum status pair_frame_create(struct ctx *ctx, const struct answers *answers, const struct plan *plan,
                              const struct pair_frame **out) MUST_USE;

/* Must this be counted? */
static inline bool pair_frame_needs(const struct pair_frame *frame, enum need need)
{
    return (frame->plan->needs & (unsigned)need) != 0;
}

/* Is the standard asked of the item? */
static inline bool pair_frame_asks(const struct pair_frame *frame, enum standard standard, uint32_t item)
{
    return frame->slots[standard] != NULL && frame->slots[standard][item] != NO_SLOT;
}

/* How many encounters a chunk holds. */
static inline uint32_t pair_frame_rows(const struct pair_frame *frame, size_t chunk)
{
    uint64_t rest = frame->answers->encounter_count - (uint64_t)chunk * ANSWERS_CHUNK_ROWS;
    return rest < ANSWERS_CHUNK_ROWS ? (uint32_t)rest : ANSWERS_CHUNK_ROWS;
}

/* Where element `index` of [group × per_group] goes when groups are mapped; NULL = nowhere else. */
static inline size_t pair_frame_mapped(const uint32_t *map, size_t index, size_t per_group)
{
    return map == NULL ? index : map[index / per_group] * per_group + index % per_group;
}

/* Are the scales of some items the same? */
bool pair_frame_one_scale(const struct pair_frame *frame, const uint32_t *items, uint32_t count);

/* count up to a multiple of PAIR_LANES. */
static inline uint32_t pair_padded(uint32_t count)
{
    return (count + PAIR_LANES - 1) / PAIR_LANES * PAIR_LANES;
}

#endif
