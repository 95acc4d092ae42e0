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

/* Has the row one and the same answer to all expectation questions, or to all perception questions (three or more)?
 * needs   pair_row_load was called, and not yet pair_row_prepare: codes as given */
bool pair_row_straight(const struct pair_frame *frame, const struct pair_row *row);

/* Counts its pairs.
 * needs   pair_row_prepare was called */
void pair_quality_pairs(struct pair_quality *quality, const struct pair_row *row);
void pair_quality_merge(struct pair_quality *into, const struct pair_quality *from);

/* takes   respondents  distinct
 * gives   *out  every field */
void pair_quality_finish(const struct pair_quality *quality, const struct pair_frame *frame, uint64_t respondents,
                         struct pairing *out);

#endif
