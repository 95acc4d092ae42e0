/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One encounter, decoded once for all tallies of all by-sets. */
#ifndef GAPMETER_PAIR_PAIR_ROW_H
#define GAPMETER_PAIR_PAIR_ROW_H

#include "pair/pair_frame.h"

/* A person's score over some items. */
struct row_score {
    bool present;            /* enough pairs: e and p are there */
    bool expectation_enough; /* enough expectations, paired or not */
    bool perception_enough;
    uint32_t answered;    /* pairs that it is made of */
    int64_t sum_e, sum_p; /* Σ(code−1) over them */
    int64_t e, p;         /* over the rule's denominator */
};

/* A person's importance of one part, and what it makes of the gap: units as in struct importance_sum. */
struct row_part {
    bool present;
    int64_t share, rating, gap, weighted, performance, weighted_performance;
};

struct pair_row {
    const struct answers_chunk *chunk;
    uint32_t at;                     /* row within the chunk */
    int64_t weight;                  /* 1 without weights */
    bool usable;                     /* not left out by PAIRS_COMPLETE */
    uint16_t *codes[STANDARD_COUNT]; /* [item, padded] as given after load, turned after prepare; 0 where not asked */
    uint16_t *gathered[2];           /* [pair_padded] room for the next two when not all items have pairs */
    const uint16_t *pair_e, *pair_p; /* [pair_padded] the codes of the pair items */
    int16_t *gaps;                   /* [pair_padded] P − E; 0 without a pair */
    int16_t *paired;                 /* [pair_padded] −1 for a pair, else 0 */
    uint32_t pair_count;
    uint32_t *absent[STANDARD_COUNT]; /* [item + 1] how many codes before the item are 0; only with blocks */
    uint32_t *unpaired;               /* [pair_count + 1] the same of pairs */
    struct row_score *scores;         /* [score_count] */
    struct row_part *parts;           /* [part_count + 1] the last is the overall */
    bool rescaled, refused;           /* of the importance */
    int16_t *block_row;               /* [block_row] the numbers of complete blocks */
    bool *block_complete;             /* [block_count] */
    bool in_tiles;                    /* blocks are counted in tiles: the two above are not filled */
};

/* fails   STATUS_MEMORY */
enum status pair_row_create(struct arena *arena, const struct pair_frame *frame, struct pair_row *out) MUST_USE;

/* Reads an encounter's codes as they were given.
 * needs   encounter below the number of encounters */
void pair_row_load(const struct pair_frame *frame, uint32_t encounter, struct pair_row *row);

/* Turns reversed items and derives pairs, gaps, and what the plan needs of scores, importance and blocks. */
void pair_row_prepare(const struct pair_frame *frame, struct pair_row *row);

#endif
