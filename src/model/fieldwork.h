/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MODEL_FIELDWORK_H
#define GAPMETER_MODEL_FIELDWORK_H

#include <stdbool.h>
#include <stdint.h>

/* Into which arm chance put an encounter: asked before and afterwards, or afterwards only. Not drawn: who came by a door. */
enum drawn_arm { DRAWN_NOT, DRAWN_BOTH, DRAWN_PERCEPTION_ONLY };

/* When answers came, and how many were asked for them. */
struct fieldwork {
    bool dated;                /* it is known when */
    int64_t first_ms, last_ms; /* of the first and the last: since 1970, in UTC; of a file what its dates say */
    uint64_t invited;          /* encounters that were asked by a personal link, of a live study; 0: none, or not known */
    uint64_t invited_answered; /* of them, those that are among the answers */
};

/* Widens the days by a moment. */
static inline void fieldwork_add(struct fieldwork *fieldwork, int64_t ms)
{
    if (!fieldwork->dated || ms < fieldwork->first_ms)
        fieldwork->first_ms = ms;
    if (!fieldwork->dated || ms > fieldwork->last_ms)
        fieldwork->last_ms = ms;
    fieldwork->dated = true;
}

struct answers_builder;

/* Notes when an answer came, and how many encounters were invited, or are among the answers and were. */
void answers_dated(struct answers_builder *builder, int64_t ms);
void answers_invited(struct answers_builder *builder, uint64_t answered, uint64_t invited);

#endif
