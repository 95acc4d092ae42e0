/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_REPORT_TELLING_H
#define GAPMETER_REPORT_TELLING_H

#include "model/section.h"
#include "report/wording.h"

/* Sentences about rows of tables, gathered into one list of a document. Private to report/. */
struct telling {
    struct ctx *ctx;
    struct document *document;
    const char **texts; /* [most] */
    uint32_t count, most;
};

/* takes   most  sentences beyond it are left out */
enum status telling_begin(struct ctx *ctx, struct document *document, uint32_t most, struct telling *out) MUST_USE;

/* Adds a sentence that is there already. */
enum status telling_add(struct telling *telling, const char *text) MUST_USE;

/* Adds a phrase of the words files. */
enum status telling_say(struct telling *telling, const char *key, const struct phrase_word *words) MUST_USE;

/* Adds a phrase about a row, as row_say. */
enum status telling_row(struct telling *telling, const char *key, const struct table *table, const struct row *row,
                        const struct phrase_word *words) MUST_USE;

/* Rows that share a word: which rows, and what is said of them. */
struct told_class {
    const char *column, *word;         /* rows whose cell is this word … */
    const char *key;                   /* … are named by this phrase: {items}, {count}, {outcome} */
    const char *and_column, *and_word; /* and this cell is this word, when and_column is not NULL */
};

/* Adds a phrase about the items whose class is this word, three by name; nothing when there are none. Where a table
 * has several outcomes, the first one alone is told of. */
enum status telling_class(struct telling *telling, const struct table *table, const struct told_class *told) MUST_USE;

/* Adds the list to the document; nothing when no sentence was added. */
enum status telling_end(struct telling *telling) MUST_USE;

/* A phrase about a row of a table. Its words are the names of the columns, and each stands for the cell as tables show it: {n},
 * {value}; an item and a dimension for their words; {ci_interval} for the interval of ci_low and ci_high.
 * takes   words  beside them, found first; NULL = none */
enum status row_say(const struct telling *telling, const char *key, const struct table *table, const struct row *row,
                    const struct phrase_word *words, const char **out) MUST_USE;

/* Is there something in the cell? False too when the table has no such column. */
bool row_has(const struct table *table, const struct row *row, const char *column);

/* The table of a measure for everyone, when it has rows; NULL otherwise. */
const struct table *table_told(const struct report_tables *tables, const char *measure);

/* What a row is about: its item in words, or its dimension where it has none. */
const char *told_name(const struct document_head *head, const struct table *table, const struct row *row);

/* What a driver is called: the title of its dimension, or the words of its item; the id itself when it is neither. */
const char *told_driver(const struct document_head *head, const char *id);

/* The title of a dimension of the study, words for "overall"; the id itself when there is none. */
const char *told_dimension(const struct document_head *head, const char *id);

/* What the outcome of a row is called: words where it bears the name of a role ("satisfaction"), else the name that the study gives
 * it; "" when the table has none. */
const char *told_outcome(const struct document_head *head, const struct table *table, const struct row *row);

#endif
