/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MEASURE_COMMENT_COMMENT_PEOPLE_H
#define GAPMETER_MEASURE_COMMENT_COMMENT_PEOPLE_H

#include "model/measure.h"

/* What people wrote in their own words, person by person. Private to measure/. */

/* On which side of their expectation the experience of a person lay: the sum of the overall gaps of all visits. */
enum comment_side { SIDE_UNKNOWN, SIDE_SHORT, SIDE_OTHER };

/* One comment, and whose it is. */
struct comment {
    const char *text;
    uint32_t respondent;
};

struct comment_people {
    const struct comment *comments; /* [comment_count] those of a person together, in an order that tells nothing */
    size_t comment_count;
    uint64_t people;            /* who wrote anything */
    const unsigned char *sides; /* [respondent] enum comment_side */
};

/* Gathers comments and answers to the open question; blank ones are none.
 * takes   needs  NEED_CASES
 * fails   STATUS_MEMORY
 * cost    time comments × log comments
 * proof   tests/measure/comment/comment_list_test.c */
enum status comment_people_gather(struct ctx *ctx, const struct measuring *measuring, struct comment_people *out) MUST_USE;

#endif
