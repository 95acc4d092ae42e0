/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_INSTRUMENT_GUESS_ITEMS_H
#define GAPMETER_INSTRUMENT_GUESS_ITEMS_H

#include "instrument/guess_columns.h"

#define NO_COLUMN UINT32_MAX

/* Columns that answer the same item. Private to instrument/. */
struct guessed_item {
    const char *key;                  /* what their headers share */
    uint32_t columns[STANDARD_COUNT]; /* NO_COLUMN where there is none */
};

enum guessed_by { GUESSED_BY_WORDS, GUESSED_BY_ORDER, GUESSED_LONG, GUESSED_NOT };

struct guessed_items {
    enum guessed_by by;
    struct guessed_item *items;
    uint32_t count;
    uint32_t item_column;              /* GUESSED_LONG: the column that names the item */
    const char *words[STANDARD_COUNT]; /* the word that told, such as "h" or "persepsi"; NULL */
    const char *language;
};

/* Finds the items.
 * gives   *out  by GUESSED_NOT when there are none */
enum status items_guess(struct ctx *ctx, const struct sample *sample, const struct column_profile *profiles,
                        struct guessed_items *out) MUST_USE;

/* How many items have a column for this standard. */
uint32_t items_with(const struct guessed_items *items, enum standard standard);

#endif
