/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_BASE_NEAREST_H
#define GAPMETER_BASE_NEAREST_H

#include "base/text.h"

/* The name that someone probably meant, for "did you mean …?" in messages: the one with the fewest
 * typing slips (a letter left out, put in, changed, or swapped with its neighbour), not minding ASCII
 * case; the first among equals.
 * takes   names  count texts; NULL entries are passed over
 * gives   one of them, or NULL when none is near (more slips than a third of the letters, at least 1 allowed)
 * cost    time count × length²; words above 63 bytes are never near
 * proof   tests/base/nearest_test.c */
const char *nearest_name(struct span word, const char *const *names, size_t count);

#endif
