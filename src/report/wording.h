/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_REPORT_WORDING_H
#define GAPMETER_REPORT_WORDING_H

#include "model/document.h"
#include "model/phrase.h"
#include "model/table.h"

/* Short forms for the texts of the report. All results live in ctx->arena. Private to report/. */

/* A phrase in the document's language. */
enum status say(struct ctx *ctx, const struct document_head *head, const char *key, const struct phrase_word *words,
                const char **out) MUST_USE;

/* The same for a count: "key.one" where it is 1. */
enum status say_many(struct ctx *ctx, const struct document_head *head, const char *key, uint64_t count,
                     const struct phrase_word *words, const char **out) MUST_USE;

/* A count with its noun, in the phrase "key" or "key.one", which hold {count}. */
enum status say_noun(struct ctx *ctx, const struct document_head *head, const char *key, uint64_t count,
                     const char **out) MUST_USE;

/* The same for a study whose expectations were asked with the experience or recalled after it: "key.once", since nobody
 * answered a second time. */
enum status say_times(struct ctx *ctx, const struct document_head *head, const char *key, const struct phrase_word *words,
                      const char **out) MUST_USE;

/* The same for a sentence about the people: "key.visits" when respondents come more than once, since then a figure counts visits
 * and not customers. */
enum status say_people(struct ctx *ctx, const struct document_head *head, const char *key, const struct phrase_word *words,
                       const char **out) MUST_USE;

/* A whole number, a signed number with two digits, a number, an interval of two cells or why there is none, in brackets, "95" of
 * 0.95. */
enum status say_count(struct ctx *ctx, uint64_t count, const char **out) MUST_USE;
enum status say_signed(struct ctx *ctx, double number, const char **out) MUST_USE;
enum status say_number(struct ctx *ctx, double number, unsigned digits, const char **out) MUST_USE;
enum status say_interval(struct ctx *ctx, const struct document_head *head, const struct table *table, const struct row *row,
                         const char *low, const char **out) MUST_USE;
enum status say_confidence(struct ctx *ctx, double confidence, const char **out) MUST_USE;

/* An item in quotation marks, since its words may be a whole sentence. */
enum status say_item(struct ctx *ctx, const struct document_head *head, const char *item, const char **out) MUST_USE;

/* Adds a text to a list of texts that is being made: "" before the first. */
enum status say_next(struct ctx *ctx, const struct document_head *head, const char *next, const char **list) MUST_USE;

/* “A”, “B” and “C”, or “A”, “B”, “C” and 4 more when there are more than `most`. */
enum status say_list(struct ctx *ctx, const struct document_head *head, const char *const *names, uint32_t count, uint32_t most,
                     const char **out) MUST_USE;

/* The scale as "1–5" or "−3 to 3". */
enum status say_scale(struct ctx *ctx, const struct document_head *head, const struct scale *scale, const char **out) MUST_USE;

/* The tolerance δ = (max − min)/12 of a scale, "0.33 points"; "one twelfth of the scale" when scale is NULL. */
enum status say_delta(struct ctx *ctx, const struct document_head *head, const struct scale *scale, const char **out) MUST_USE;

/* The segments of a table, "branch × sex"; and have two tables the same ones? */
enum status say_by(struct ctx *ctx, const struct table *table, const char **out) MUST_USE;
bool same_by(const struct table *a, const struct table *b);

/* Adds a heading, a paragraph or a list to a document. */
enum status add_heading(struct ctx *ctx, struct document *document, unsigned level, const char *key,
                        const struct phrase_word *words) MUST_USE;
enum status add_paragraph(struct ctx *ctx, struct document *document, const char *key, const struct phrase_word *words) MUST_USE;

/* Adds a table with its caption "table.<measure>"; nothing when the table is NULL or has no rows. */
enum status add_table(struct ctx *ctx, struct document *document, const struct released_table *table, bool wide) MUST_USE;

/* The same for a long table that a page shows on demand. */
enum status add_table_folded(struct ctx *ctx, struct document *document, const struct released_table *table) MUST_USE;

#endif
