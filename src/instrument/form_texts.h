/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of a form: stems, scales and questions in its language. Private to instrument/. */
#ifndef GAPMETER_INSTRUMENT_FORM_TEXTS_H
#define GAPMETER_INSTRUMENT_FORM_TEXTS_H

#include "model/form.h"

/* What is known while a form is made. */
struct form_texts {
    struct ctx *ctx;
    const struct study *study;
    const struct collection *collection;
    const char *language;
    const struct scale **scales; /* [scale of the study] with labels in the language */
    const struct scale *kano;
    bool failed; /* an allocation did */
};

/* Prepares scales. */
enum status form_texts_begin(struct form_texts *texts) MUST_USE;

/* A text of the study in the form's language.
 * takes   kind, name  the key of its translation: "item", "q1"; name NULL: the kind alone
 *         own         in the study's language */
const char *form_text(struct form_texts *texts, const char *kind, const char *name, const char *own);

/* "expectation.q1"; NULL when there is no memory, and texts->failed. */
const char *form_field_name(struct form_texts *texts, const char *kind, const char *name);

/* What stands before an item that is asked on a standard in a wave. */
const char *form_stem(struct form_texts *texts, enum standard standard, enum wave wave);

/* The question of an outcome, or of a comment; NULL: forms do not ask it. */
const char *form_outcome_text(struct form_texts *texts, uint32_t outcome);
const char *form_comment_text(struct form_texts *texts, uint32_t comment);

/* The scale of an outcome in the form's language. */
const struct scale *form_outcome_scale(struct form_texts *texts, uint32_t outcome);

/* Can everything be asked that the study holds?
 * fails   STATUS_CONFIG naming all that cannot */
enum status form_askable(struct ctx *ctx, const struct study *study, const struct collection *collection) MUST_USE;

#endif
