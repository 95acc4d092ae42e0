/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MODEL_PROBLEM_H
#define GAPMETER_MODEL_PROBLEM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/ctx.h"

#define PROBLEM_SENTENCE_BYTES 1024u

/* What can be wrong with a file of answers. */
enum problem_kind {
    PROBLEM_OUT_OF_RANGE,    /* a value that is no point of the scale */
    PROBLEM_NOT_A_NUMBER,    /* text in an answer, weight or outcome cell */
    PROBLEM_RAGGED,          /* more or fewer cells than the header */
    PROBLEM_QUOTE,           /* a quote that is never closed, or text after a closing quote */
    PROBLEM_ENCODING,        /* bytes that are not text */
    PROBLEM_TOO_LONG,        /* a cell or line above its limit */
    PROBLEM_DUPLICATE,       /* a respondent twice without an encounter, or the same encounter twice */
    PROBLEM_NO_KEY,          /* an empty respondent, encounter or join key */
    PROBLEM_WEIGHT,          /* a weight that is not above 0, or too large */
    PROBLEM_UNKNOWN_ITEM,    /* long layout: no such item or standard */
    PROBLEM_REPEATED_ANSWER, /* long layout: the same answer twice with different values */
    PROBLEM_DATE,            /* no date, or not written as the study says */
    PROBLEM_ORDER,           /* journey layout: no place of a moment among the others */
    PROBLEM_SOURCE,          /* no source of expectations that the study knows */
    PROBLEM_ARM,             /* neither asked both times nor afterwards only */
    PROBLEM_KIND_COUNT
};

/* "value outside the scale", … for the counts that check prints. */
const char *problem_kind_words(enum problem_kind kind);

struct problem {
    enum problem_kind kind;
    struct place place;
    char value[64];     /* what stands there, made printable and cut */
    char accepted[160]; /* "1–5, or a missing code" */
    char advice[160];   /* the line to paste into the study file, or "" */
};

/* Where readers put problems: all are counted, the first `keep` are held with their place. */
struct problems {
    uint64_t count[PROBLEM_KIND_COUNT]; /* written by problems_add */
    uint64_t total;                     /* written by problems_add */
    struct problem *kept;               /* in ctx->arena, in the order of the file */
    uint32_t kept_count;
    char remark[512];    /* what many of them have in common, in one sentence; "" when nothing was found out */
    uint32_t keep;       /* set by problems_init: PROBLEMS_LISTED or PROBLEMS_KEPT */
    bool stop_when_full; /* set by problems_init: readers stop when `keep` is reached */
};

/* takes   all  true for check (keep many, never stop); false for the others (keep 20, then stop) */
enum status problems_init(struct ctx *ctx, struct problems *problems, bool all) MUST_USE;

/* Adds a problem; value and accepted are cut to what fits.
 * fails   STATUS_DATA once stop_when_full and full: the reader ends its work and returns it */
enum status problems_add(struct problems *problems, const struct problem *problem) MUST_USE;

/* "Row 12, column h3: 8 is outside the scale (accepted: 1–5, or a missing code: NA). If it means "no answer", list it under
 * missing in the study file: "8": "declared""; begins with the file when the place names one.
 * takes   into  at least PROBLEM_SENTENCE_BYTES */
void problem_format(const struct problem *problem, char *into, size_t size);

#endif
