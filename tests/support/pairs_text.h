/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every field of struct pairs as lines of text, in a form that does not depend on the order of rows. */
#ifndef GAPMETER_TESTS_PAIRS_TEXT_H
#define GAPMETER_TESTS_PAIRS_TEXT_H

#include <stdio.h>

#include <gmp.h> /* after stdio.h: only then does it declare gmp_fprintf */

#include "model/pairs.h"

/* Writes all of it.
 * owns    the caller: free */
char *pairs_text(const struct pairs *pairs);

/* The integers of base/wide.h, exactly. */
void mpz_set_int128(mpz_t out, int128 value);
void mpz_set_wide(mpz_t out, const struct wide *value);

/* Fails the test with the first line that differs. */
void assert_same_lines(const char *actual, const char *expected);

#endif
