/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Integers of an oracle's JSON as the exact sums that numeric/ takes. */
#ifndef GAPMETER_TESTS_INTEGER_ANSWERS_H
#define GAPMETER_TESTS_INTEGER_ANSWERS_H

#include <jansson.h>

#include "numeric/exact_moments.h"

/* Values as they are: origin 0, step 1. */
extern const struct exact_unit unit_plain;

/* The sums of an array of integers, and of two arrays, each observation with weight 1. */
struct exact_sums sums_of(const json_t *array);
struct exact_pair_sums pair_sums_of(const json_t *x, const json_t *y);

/* The sums of the differences second − first. */
struct exact_sums difference_sums_of(const json_t *first, const json_t *second);

/* Storage of a block made from rows of integers. */
struct block_room {
    int128 sums[64];
    int128 products[64 * 64];
    struct exact_block block; /* points to the two above */
};

/* The block of a matrix: one row per observation; with `subtract` not NULL, of the differences to that matrix. */
void block_of(const json_t *rows, const json_t *subtract, struct block_room *room);

#endif
