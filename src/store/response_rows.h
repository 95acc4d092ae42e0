/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_STORE_RESPONSE_ROWS_H
#define GAPMETER_STORE_RESPONSE_ROWS_H

#include "model/live.h"
#include "store/store.h"

#define ARM_COUNT 2u

/* Of those who were invited to one form, in one arm: one person and encounter counts once, however many links were made. */
struct response_count {
    uint64_t invited;
    uint64_t asked;     /* of them: the form could be answered by now */
    uint64_t answered;  /* of those asked: whole answers */
    uint64_t partial;   /* left half-way */
    uint64_t withdrawn; /* the link was withdrawn, and not replaced */
};

struct response_counts {
    struct response_count of[WAVE_COUNT][ARM_COUNT];
    uint64_t unpaired[WAVE_COUNT]; /* expectations without a perception, perceptions without an expectation; of any door */
};

/* Who was asked and who answered.
 * takes   now_ms  forms that open later do not count as asked
 * cost    one pass over the study's tokens and submissions
 * proof   tests/store/response_rows_test.c */
enum status response_counts(struct ctx *ctx, struct store_session *session, const struct uuid *study, int64_t now_ms,
                            struct response_counts *out) MUST_USE;

#endif
