/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MODEL_FORM_H
#define GAPMETER_MODEL_FORM_H

#include "base/ctx.h"
#include "model/collection.h"
#include "model/study.h"

enum question_kind {
    QUESTION_RATING,  /* an item on a standard: one point of its scale */
    QUESTION_OUTCOME, /* an outcome with a scale */
    QUESTION_NUMBER,  /* an outcome that is a real number */
    QUESTION_POINTS,  /* importance points of a dimension, 0 … 100; those of a form add up to 100 */
    QUESTION_CHOICE,  /* one of the options: a segment */
    QUESTION_CHOICES, /* any of the options: sources of expectation */
    QUESTION_TEXT,    /* free text: what was noticed, comments */
    QUESTION_CODE,    /* one fragment of a self-generated code; never stored as given */
    QUESTION_KIND_COUNT
};

/* What a form asks, in the order in which it asks. */
struct question {
    enum question_kind kind;
    const char *field; /* "expectation.q1", "outcome.satisfaction", "points.reliability", "segment.sex", "sources", "noticed",
                          "comment.why", "code.mother": the name in the form, in the API's answers and in exports */
    const char *stem;  /* RATING and POINTS: what stands before the text and says which standard is asked; else NULL */
    const char *text;  /* what is asked, in the form's language */
    enum standard standard;    /* QUESTION_RATING */
    uint32_t of;               /* index of the item, outcome, dimension, segment question, comment or fragment */
    const struct scale *scale; /* RATING and OUTCOME, with labels in the form's language */
    const char *const *options, *const *option_texts; /* CHOICE and CHOICES: values, and how they read */
    uint32_t option_count;
    bool asked; /* false: left out for this person by item sampling */
};

/* One wave of a study in one language. The list of questions depends on study and wave alone, so that answers can be packed by
 * position; sampling only clears `asked`. */
struct form {
    const struct study *study;
    const struct collection *collection;
    enum wave wave;
    const char *language;
    bool right_to_left;
    const char *title;
    const char *consent;
    const struct question *questions;
    uint32_t question_count;
};

/* Where the block ends that begins with a question: the standards of one item stand together, and so do all points. */
uint32_t form_block_end(const struct form *form, uint32_t first);

enum given_kind {
    GIVEN_NOTHING,   /* skipped */
    GIVEN_CODE,      /* a point of the scale, or the number of an option from 1 on */
    GIVEN_DECLARED,  /* "does not apply" */
    GIVEN_NOT_ASKED, /* sampled out */
    GIVEN_SET,       /* QUESTION_CHOICES: a set of options as bits */
    GIVEN_NUMBER,    /* units of 10^-decimals of the outcome; whole points */
    GIVEN_TEXT
};

/* The answer to one question. */
struct given {
    enum given_kind kind;
    int64_t number; /* code, set, or number */
    struct span text;
};

/* What one person answered in one form: an entry per question of the form. */
struct filling {
    const struct given *given;
    uint32_t count;
};

/* A field as it came from a form, a JSON object or a paper entry. */
struct form_field {
    struct span name;
    struct span value;
};

/* What is wrong with one field. */
struct form_problem {
    uint32_t question;    /* index; UINT32_MAX: the form as a whole */
    const char *sentence; /* in the form's language */
};

/* The answers as bytes, in the order of the questions: a version byte, the width of codes, the codes (0 skipped; the two highest:
 * declared, not asked), then what is no code, each with its question's number and length.
 * gives   *out  in ctx->arena
 * proof   tests/model/form_test.c */
enum status filling_pack(struct ctx *ctx, const struct form *form, const struct filling *filling, struct span *out) MUST_USE;

/* The way back.
 * fails   STATUS_DATA when the bytes are not a filling of this form */
enum status filling_unpack(struct ctx *ctx, const struct form *form, struct span bytes, struct filling *out) MUST_USE;

#endif
