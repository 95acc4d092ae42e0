/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_INSTRUMENT_GUESS_COLUMNS_H
#define GAPMETER_INSTRUMENT_GUESS_COLUMNS_H

#include "instrument/guess_words.h"
#include "model/format.h"

#define VALUES_KEPT 64u

/* What a column's header and cells look like. Private to instrument/. */
struct column_profile {
    struct span header;
    enum header_meaning meaning;     /* of the first word in the header that means something */
    const char *language;            /* of that word */
    struct span part;                /* the question, where the header names the standard beside it; else empty */
    bool whole_header;               /* that word is all there is */
    const char *rest;                /* the header without that word, in small letters: what answers to one item share */
    uint64_t number;                 /* the last number in the header; 0 when there is none */
    const char *lead;                /* what stands before that number, in small letters: "q1" of "Q1_2" */
    const char *prefix;              /* letters of the rest before the number: "tan" of "TAN1_E" */
    uint32_t filled;                 /* cells that are not empty */
    uint32_t numbers;                /* of them whole numbers within ±9999 */
    uint32_t decimals;               /* of them other numbers */
    int64_t least, most;             /* of the whole numbers */
    struct span values[VALUES_KEPT]; /* different texts, as met */
    uint32_t value_rows[VALUES_KEPT];
    uint32_t value_count; /* VALUES_KEPT + 1: more than are kept */
    bool unique;          /* every filled cell is different */
};

/* Could the cells be answers: whole numbers or known labels? */
bool profile_is_answers(const struct column_profile *profile);

/* "whole numbers, 1 to 7, 7 different": what the cells hold; NULL when memory ran out. */
const char *profile_describe(struct ctx *ctx, const struct column_profile *profile);

/* Looks at every column of the sample.
 * gives   *out  [sample->column_count], in ctx->arena */
enum status columns_profile(struct ctx *ctx, const struct sample *sample, struct column_profile **out) MUST_USE;

#endif
