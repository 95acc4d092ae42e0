/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_INSTRUMENT_GUESS_ITEMS_H
#define GAPMETER_INSTRUMENT_GUESS_ITEMS_H

#include "instrument/guess_columns.h"

#define NO_COLUMN UINT32_MAX

/* Columns that answer the same item. Private to instrument/. */
struct guessed_item {
    const char *key;                  /* what their headers share, in small letters */
    const char *text;                 /* the same as it is written; NULL when it says nothing, such as a number */
    uint32_t columns[STANDARD_COUNT]; /* NO_COLUMN where there is none */
};

enum guessed_by {
    GUESSED_BY_WORDS,
    GUESSED_BY_ORDER,    /* two families of numbered columns */
    GUESSED_PERCEPTIONS, /* numbered columns, and nothing to set beside them */
    GUESSED_LONG,
    GUESSED_NOT
};

struct guessed_items {
    enum guessed_by by;
    struct guessed_item *items;
    uint32_t count;
    uint32_t item_column;              /* GUESSED_LONG: the column that names the item */
    uint32_t standard_column;          /* GUESSED_LONG: the column that names the standard; NO_COLUMN */
    const char *words[STANDARD_COUNT]; /* the cell that means each standard, with standard_column; NULL */
    bool half_known;                   /* GUESSED_BY_ORDER: a letter told what one family is */
    const char *language;
};

/* Finds the items.
 * gives   *out  by GUESSED_NOT when there are none */
enum status items_guess(struct ctx *ctx, const struct sample *sample, const struct column_profile *profiles,
                        struct guessed_items *out) MUST_USE;

/* How many items have a column for this standard. */
uint32_t items_with(const struct guessed_items *items, enum standard standard);

#endif
