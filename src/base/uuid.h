/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_BASE_UUID_H
#define GAPMETER_BASE_UUID_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

#define UUID_TEXT_BYTES 37u /* 36 characters and the NUL */

/* A universally unique id; all zero means "none". */
struct uuid {
    uint8_t bytes[16];
};

/* Version 7: milliseconds of the clock, then a counter and chance, so that ids of one process only grow and rows made one after
 * another stand beside each other in an index.
 * source  RFC 9562, 5.7 (fixed-length dedicated counter, 6.2 method 1)
 * proof   tests/base/uuid_test.c */
void uuid_ordered(struct uuid *out);

/* Version 4: 122 random bits; says nothing about when it was made.
 * source  RFC 9562, 5.4 */
void uuid_random(struct uuid *out);

/* "018f4c1e-…", lower case. */
void uuid_format(const struct uuid *id, char into[UUID_TEXT_BYTES]);

/* Reads the 36 characters, in either case; false when the text is anything else. */
bool uuid_parse(struct span text, struct uuid *out);

/* The same id? */
bool uuid_equal(const struct uuid *a, const struct uuid *b);

/* Is it the id that means "none"? */
bool uuid_is_none(const struct uuid *id);

#endif
