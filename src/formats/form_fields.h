/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_FORMATS_FORM_FIELDS_H
#define GAPMETER_FORMATS_FORM_FIELDS_H

#include "model/form.h"

/* What came of reading the fields of a form. */
struct form_reading {
    struct filling filling;              /* an entry per question; what is wrong is GIVEN_NOTHING */
    const struct form_problem *problems; /* in the order of the questions, those of the whole form first */
    size_t problem_count;
    const struct span *fragments; /* [collection.fragment_count] of a code, normalised; NULL when the form asks none */
};

/* Reads fields (model/form.h says their names) into a filling. A rating's value is its number on the scale, "na" when it does not
 * apply, "" when it was skipped. Nothing need be answered but the fragments of a code. Fields that begin with "_" belong to
 * the door and are not looked at.
 * gives   *out  with every problem: unknown field, a field twice, a value that is not accepted (saying which are), a text that is
 *               too long, points that do not add up to 100, a fragment that is too short; sentences in the form's language
 * fails   STATUS_MEMORY alone
 * proof   tests/formats/form_fields_test.c, fuzz/form_fields_fuzz.c */
enum status form_read(struct ctx *ctx, const struct form *form, const struct form_field *fields, size_t count,
                      struct form_reading *out) MUST_USE;

/* Items whose standards stand in the wrong order: minimum above desired, minimum above expectation of kind will, or expectation
 * above desired; reversed items the other way round.
 * gives   *items  indices of items, [*count] */
enum status form_inversions(struct ctx *ctx, const struct form *form, const struct filling *filling, const uint32_t **items,
                            size_t *count) MUST_USE;

#endif
