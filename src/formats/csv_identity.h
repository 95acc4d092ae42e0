/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_FORMATS_CSV_IDENTITY_H
#define GAPMETER_FORMATS_CSV_IDENTITY_H

#include "base/limits.h"
#include "formats/csv_reader.h"

/* Which encounter a row is about, and where each encounter began in the file. */
struct csv_identity;

/* owns  ctx->arena */
enum status csv_identity_create(struct ctx *ctx, struct csv_identity **out) MUST_USE;

/* Finds the encounter of the row, or adds it. Without respondent and encounter columns every row is one.
 * gives   *good   false when the key is empty or not text: the problem has been added
 *         *fresh  this row is the first of its encounter
 *         *row    the encounter */
enum status csv_identity_find(struct csv_reader *reader, struct csv_identity *identity, struct answers_row *row, bool *good,
                              bool *fresh) MUST_USE;

/* What a row says about who and which encounter; empty where the study has no such column. */
struct csv_who {
    struct span respondent;
    struct span encounter;
};

/* The numbers that texts have.
 * gives   *encounter, *respondent  the latter only when respondents are named
 *         *fresh                   this encounter was not there before: the next one to be added is it */
enum status csv_identity_number(struct csv_reader *reader, struct csv_identity *identity, const struct csv_who *who,
                                uint32_t *encounter, uint32_t *respondent, bool *fresh) MUST_USE;

/* Notes where an encounter begins in the file. Encounters come in their order. */
enum status csv_identity_note(struct ctx *ctx, struct csv_identity *identity, uint32_t encounter, uint64_t line) MUST_USE;

/* The line of the file where an encounter was added. */
uint64_t csv_identity_line(const struct csv_identity *identity, uint32_t encounter);

/* The key of a pair of texts: different pairs have different keys, whatever they hold.
 * takes   into  at least CSV_PAIR_BYTES; both texts at most CSV_KEY_BYTES_MAX long
 * proof   tests/formats/csv_identity_test.c */
struct span csv_identity_pair(struct span respondent, struct span encounter, char *into);

#define CSV_PAIR_BYTES (4 + 2 * (size_t)CSV_KEY_BYTES_MAX)

#endif
