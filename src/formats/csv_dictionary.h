/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_FORMATS_CSV_DICTIONARY_H
#define GAPMETER_FORMATS_CSV_DICTIONARY_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/ctx.h"

/* The texts of a column as one thread has met them, and which numbers they have among the answers. A thread meets them in another
 * order than the file has them: so it numbers them for itself, and asks for the other numbers when its turn comes. */
struct csv_dictionary;

#define CSV_SEEN           1024u
#define CSV_SEEN_BYTES     16u
#define CSV_NUMBER_UNKNOWN UINT32_MAX

/* A cell of at most CSV_SEEN_BYTES as it stands in the file, and what it says. */
struct csv_seen {
    uint64_t first, last; /* its bytes, and zeros */
    uint32_t length;      /* 0: nothing is held here */
    uint32_t number;      /* the thread's own, or what else the cell says */
};

struct csv_dictionary {
    struct intern *texts;
    uint32_t *known;       /* [own number] the number among the answers, or CSV_NUMBER_UNKNOWN */
    uint32_t *asked;       /* [own number] the batch in which it was asked for last */
    uint32_t capacity;     /* of both */
    uint32_t unknown;      /* how many of them are CSV_NUMBER_UNKNOWN */
    struct csv_seen *seen; /* [CSV_SEEN]; a cell is held at its place or at the neighbour of that */
};

/* takes   out      stays where it is as long as ctx->arena lives
 *         ceiling  of different texts */
enum status csv_dictionary_create(struct ctx *ctx, uint32_t ceiling, struct csv_dictionary *out) MUST_USE;

/* The thread's own number of a text.
 * fails   false: the ceiling is reached, or there is no memory */
bool csv_dictionary_number(struct csv_dictionary *dictionary, struct span text, uint32_t *own);

/* The text of an own number. */
struct span csv_dictionary_text(const struct csv_dictionary *dictionary, uint32_t own);

/* Where a cell would be held first, and what would be held there.
 * needs   0 < cell.length <= CSV_SEEN_BYTES, and CSV_SEEN_BYTES readable at cell.at */
static inline struct csv_seen *csv_seen_place(struct csv_seen *seen, struct span cell, struct csv_seen *key)
{
    static const unsigned char ones[2 * CSV_SEEN_BYTES] = {255, 255, 255, 255, 255, 255, 255, 255,
                                                           255, 255, 255, 255, 255, 255, 255, 255};
    uint64_t words[2], masks[2];
    memcpy(words, cell.at, sizeof words);
    memcpy(masks, ones + CSV_SEEN_BYTES - cell.length, sizeof masks);
    *key = (struct csv_seen){.first = words[0] & masks[0], .last = words[1] & masks[1], .length = (uint32_t)cell.length};
    const uint64_t mixed = (key->first ^ (key->last << 29 | key->last >> 35)) * UINT64_C(0x9E3779B97F4A7C15);
    return &seen[mixed >> 54];
}

/* The neighbour of a place. */
static inline struct csv_seen *csv_seen_beside(struct csv_seen *seen, struct csv_seen *place)
{
    return seen + ((size_t)(place - seen) ^ 1);
}

/* Is this what is held there? */
static inline bool csv_seen_is(const struct csv_seen *place, const struct csv_seen *key)
{
    return place->first == key->first && place->last == key->last && place->length == key->length;
}

/* Where a cell is held, or NULL. */
static inline const struct csv_seen *csv_seen_find(struct csv_seen *seen, struct csv_seen *place, const struct csv_seen *key)
{
    if (csv_seen_is(place, key))
        return place;
    const struct csv_seen *beside = csv_seen_beside(seen, place);
    return csv_seen_is(beside, key) ? beside : NULL;
}

/* Holds a cell that is not held; what stood in its place moves beside it. */
static inline void csv_seen_hold(struct csv_seen *seen, struct csv_seen *place, const struct csv_seen *key)
{
    if (place->length > 0)
        *csv_seen_beside(seen, place) = *place;
    *place = *key;
}

#endif
