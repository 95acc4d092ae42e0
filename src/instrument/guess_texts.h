/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_INSTRUMENT_GUESS_TEXTS_H
#define GAPMETER_INSTRUMENT_GUESS_TEXTS_H

#include "instrument/guess_items.h"

/* Finds the text of each item: the question that its headers hold beside the standard, or what two of them share at
 * their beginning or end, as it is written. Private to instrument/.
 * gives   items->items[].text  NULL where nothing but a number is shared */
enum status item_texts_find(struct ctx *ctx, const struct column_profile *profiles, struct guessed_items *items) MUST_USE;

#endif
