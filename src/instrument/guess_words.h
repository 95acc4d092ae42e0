/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_INSTRUMENT_GUESS_WORDS_H
#define GAPMETER_INSTRUMENT_GUESS_WORDS_H

#include "base/text.h"
#include "model/study.h"

/* What a word in a header says about its column. Private to instrument/. */
enum header_meaning {
    HEADER_EXPECTATION = STANDARD_EXPECTATION,
    HEADER_PERCEPTION = STANDARD_PERCEPTION,
    HEADER_DESIRED = STANDARD_DESIRED,
    HEADER_MINIMUM = STANDARD_MINIMUM,
    HEADER_IMPORTANCE = STANDARD_IMPORTANCE,
    HEADER_FUNCTIONAL = STANDARD_FUNCTIONAL,
    HEADER_DYSFUNCTIONAL = STANDARD_DYSFUNCTIONAL,
    HEADER_RESPONDENT,
    HEADER_WEIGHT,
    HEADER_ITEM,
    HEADER_TIME,
    HEADER_COMMENT,
    HEADER_VALUE,
    HEADER_ENCOUNTER,
    HEADER_SATISFACTION,
    HEADER_RECOMMEND,
    HEADER_LOYALTY,
    HEADER_NOTHING
};

/* Satisfaction, recommending or loyalty? */
bool header_is_outcome(enum header_meaning meaning);

/* The meaning of a run of letters, not minding case.
 * gives   *found     the word in the run: all of it, or part in scripts without blanks
 *         *language  which language the word is of, "" for abbreviations */
enum header_meaning header_word_meaning(struct span run, struct span *found, const char **language);

/* The meaning of a letter ("e", "p") that stands for a standard. */
enum header_meaning header_letter_meaning(struct span letters, const char **language);

/* A known set of labels that holds all the given texts, lowest first: "Strongly disagree", …; NULL when none does.
 * gives   *count  how many labels the set has */
const char *const *label_set_find(const struct span *texts, size_t text_count, uint32_t *count);

#endif
