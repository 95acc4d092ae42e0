/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MODEL_SHOWN_H
#define GAPMETER_MODEL_SHOWN_H

#include "model/document.h"

/* How a cell reads to a person, the same in every document: the JSON number rounded to the column's
 * digits, the minus sign U+2212, a p (unit "probability") below the last shown digit as "<0.001", a share as percent, a gap with
 * its sign, and for a blank the words that say why.
 * takes   utf8  false: an ASCII hyphen for the minus sign into  at least 64
 * bytes
 * proof   tests/model/shown_test.c */
void shown_value(const struct column *column, const struct value *value, bool utf8, char *into, size_t size);

/* How the numbers of a column read: what shown_value does, for those who write numbers and a format instead of a text. */
struct shown_form {
    unsigned digits; /* after the point */
    bool percent;    /* times 100 */
    bool sign;       /* "+" before what is above 0 */
    bool floored;    /* what is below the last digit reads "<0.001" */
};

/* The form of a column's numbers. */
struct shown_form shown_form(const struct column *column);

/* "−0.44" or "3.90": a number with so many digits and the minus sign of every document. */
void shown_number(double number, unsigned digits, bool utf8, char *into, size_t size);

/* "95" of 0.95, "99.9" of 0.999.
 * takes   into  at least 32 bytes */
void shown_percent(double confidence, char *into, size_t size);

/* "−0.44" with its sign also when positive: "+0.31", for gaps in titles and charts. */
void shown_signed(double number, unsigned digits, bool utf8, char *into, size_t size);

/* "[−0.62, −0.26]" of two columns, or the words of the first blank.
 * takes   into  at least 96 bytes */
void shown_interval(const struct column *column, const struct value *low, const struct value *high, bool utf8, char *into,
                    size_t size);

/* The same as shown_value with utf8 in the document's language: our own words and the reasons of blanks are translated. */
void shown_cell(const struct document_head *head, const struct column *column, const struct value *value, char *into,
                size_t size);

/* The same as shown_interval with utf8 in the document's language.
 * takes   into  at least 96 bytes */
void shown_cell_interval(const struct document_head *head, const struct column *column, const struct value *low,
                         const struct value *high, char *into, size_t size);

/* A word of a closed list in the document's language ("short", "ewma_low"); the word itself where the language lacks it. */
const char *shown_word(const struct document_head *head, const char *word);

/* Why a cell is blank, in the document's language: "too few". */
const char *shown_reason(const struct document_head *head, enum reason reason);

/* Do columns i and i+1 make an interval: names that end in "low" and "high" with the same beginning? */
bool shown_is_interval(const struct table *table, uint32_t i);

/* The head of a column or interval in the document's language: "Gap", "95 % interval".
 * takes   into  at least 96 bytes */
void shown_head(const struct document_head *head, const struct table *table, uint32_t i, char *into, size_t size);

/* The unit that stands below or behind a head: "points", "%"; "" where the head says enough (counts, p, t). */
const char *shown_unit(const struct column *column);

/* The same in the document's language. */
const char *shown_head_unit(const struct document_head *head, const struct column *column);

/* What a column means, in a sentence in the document's language. */
const char *shown_meaning(const struct document_head *head, const struct column *column);

/* The unit of a column as it is named to those who compute with it: "scale points", "probability". */
const char *shown_unit_name(const struct document_head *head, const struct column *column);

/* What a table is called in the document's language: its caption "table.<measure>", or the title of the measure. */
const char *shown_table_title(const struct document_head *head, const struct measure *measure);

/* The words for a key's id: an item's text, a dimension's title; "" when the id says enough. */
const char *shown_key_text(const struct document_head *head, const struct column *column, const char *id);

/* The word for a key that is ours and not the study's ("overall", "perception"), in the document's language; "" for every other. */
const char *shown_key_word(const struct document_head *head, const struct column *column, const char *id);

/* What a row's group is called: "Oslo", "Oslo, business"; a segment without an answer has words of its own.
 * gives   *out  in ctx->arena; "" in a table of everyone
 * fails   STATUS_MEMORY */
enum status shown_group(struct ctx *ctx, const struct document_head *head, const struct table *table, const struct row *row,
                        const char **out) MUST_USE;

#endif
