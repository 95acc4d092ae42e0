/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MODEL_GUESS_H
#define GAPMETER_MODEL_GUESS_H

#include "model/study.h"

/* One thing that was guessed about a file of answers. */
struct guess_line {
    const char *what;  /* "expectation", "perception", "scale", "respondent", "segments", "missing", "reading", … */
    const char *found; /* "h1 … h12 (12 columns)" */
    const char *why;   /* "the names follow one pattern, and harapan is Indonesian for expectation" */
    unsigned sure;     /* percent: 0 … 100 */
};

/* A proposed study and how sure each line of it is. */
struct guess {
    const struct study *study; /* NULL when no pair of expectation and perception columns was found */
    const struct guess_line *lines;
    uint32_t line_count;
    uint32_t row_count; /* rows looked at */
    bool whole;         /* the file has no more */
};

#endif
