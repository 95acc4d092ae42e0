/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_INSTRUMENT_FORM_MAKING_H
#define GAPMETER_INSTRUMENT_FORM_MAKING_H

#include "base/secret.h"
#include "model/form.h"

/* The settings of a study that says nothing of how it is collected: named, opened by time, program and customer.
 * gives   *out  study->collection where there is one */
enum status collection_default(struct ctx *ctx, const struct study *study, const struct collection **out) MUST_USE;

/* The form of a wave, with every question asked, in the language's words.
 *   expectation  sources, then expectation, desired, minimum and importance of each item; none when expectations are recalled or
 *                asked in the same sitting
 *   during       perception of the items that the collection names
 *   perception   what was noticed, then expectations recalled or of the same sitting, perception, Kano's questions, points,
 *                outcomes, comments, segments
 * takes   study     with its collection, or without: the default holds
 *         language  one that the study speaks
 * gives   *out      with no questions when the study does not ask this wave
 * fails   STATUS_CONFIG  something cannot be asked: an item without a text, an outcome without a question; names all of them
 * proof   tests/instrument/form_making_test.c */
enum status form_make(struct ctx *ctx, const struct study *study, enum wave wave, const char *language,
                      const struct form **out) MUST_USE;

/* The same form with `asked` cleared for items that are not drawn: the same items in each wave for one seed.
 * takes   items_asked  0: all; dimensions share them as evenly as can be
 * source  F119 */
enum status form_sample(struct ctx *ctx, const struct form *form, uint32_t items_asked, uint64_t seed,
                        const struct form **out) MUST_USE;

/* A digest of what both waves must share: points, labels, direction of every item in every language. */
enum status form_scales_digest(struct ctx *ctx, const struct study *study, struct digest *out) MUST_USE;

#endif
