/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How people answered, over everyone: paired, missing, straight-lining. */
#ifndef GAPMETER_PAIR_PAIR_QUALITY_H
#define GAPMETER_PAIR_PAIR_QUALITY_H

#include "model/pairs.h"
#include "pair/pair_row.h"

/* Counts of one worker; zeroed is empty. */
struct pair_quality {
    struct pairing counts; /* missing is not filled before finish */
    uint64_t answered[STANDARD_COUNT];
};

/* Counts the answers of a row.
 * needs   pair_row_load was called, and not yet pair_row_prepare: codes as given
 * gives   whether the row is straight, as pair_row_straight says */
bool pair_quality_add(struct pair_quality *quality, const struct pair_frame *frame, const struct pair_row *row);

/* What the two sides of a row hold. */
struct row_sides {
    uint32_t expected, perceived;       /* answers */
    bool same_expected, same_perceived; /* these are all the same; of none it says nothing */
};

/* Counts the answers of a row that asks for nothing but these two.
 * gives   whether the row is straight */
bool pair_quality_count(struct pair_quality *quality, const struct row_sides *sides);

/* Has the row one and the same answer to all expectation questions, or to all perception questions (three or more)?
 * needs   pair_row_load was called, and not yet pair_row_prepare: codes as given */
bool pair_row_straight(const struct pair_frame *frame, const struct pair_row *row);

/* Counts the pairs of a row. */
void pair_quality_pairs(struct pair_quality *quality, uint32_t pairs);
void pair_quality_merge(struct pair_quality *into, const struct pair_quality *from);

/* takes   respondents  distinct
 * gives   *out  every field */
void pair_quality_finish(const struct pair_quality *quality, const struct pair_frame *frame, uint64_t respondents,
                         struct pairing *out);

#endif
