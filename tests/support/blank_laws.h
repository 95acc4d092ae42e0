/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What must hold for every table of every measure: no number where none exists, and a reason wherever one is missing. */
#ifndef GAPMETER_TESTS_BLANK_LAWS_H
#define GAPMETER_TESTS_BLANK_LAWS_H

#include <jansson.h>

/* What was looked at so far. */
struct blank_count {
    unsigned tables, cells, blanks;
};

/* The laws that each table of the JSON obeys by itself: every null has its reason and nothing else has one; numbers are finite
 * and no zero is negative; p and shares lie in 0 … 1; the ends of an interval stand in order; counts add up.
 * takes   where  said when a law is broken */
void blank_laws_assert(json_t *root, const char *where, struct blank_count *count);

/* The n of the groups of a breakdown add up to the n of everyone, row by row, where no group is hidden. */
void blank_sums_assert(json_t *root, const char *where);

/* No "nan", "inf", "null" as a word of a text for people, and no zero with a minus sign. */
void blank_words_assert(const char *text, const char *where);

#endif
