/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pairing two waves by a code that the respondent makes of stable facts. Private to app/. */
#ifndef GAPMETER_APP_CODE_PAIRING_H
#define GAPMETER_APP_CODE_PAIRING_H

#include "app/ticket_inside.h"
#include "base/limits.h"
#include "formats/form_fields.h"

struct code_match {
    bool paired;        /* way->encounter is that of somebody with the same code */
    uint64_t ambiguous; /* how many encounters it could have been, when it was more than one; then none is taken */
    struct digest hashes[CODE_FRAGMENTS_MAX + 1u];
    size_t hash_count;
};

/* Looks for the encounter of the person who gave this code: one with the same fragments, or the only one with all but one of them.
 * An encounter whose scales or language differ from this form's is not taken.
 * takes   way      its encounter stands for a new one, and is replaced when there is a match
 *         reading  with the fragments, normalised
 * source  formulas.md 8.5
 * proof   tests/app/collecting_test.c */
enum status code_pair(struct ctx *ctx, struct store_session *session, struct way_found *way, const struct form_reading *reading,
                      struct code_match *out) MUST_USE;

#endif
