/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_FORMATS_FIXED_POINT_H
#define GAPMETER_FORMATS_FIXED_POINT_H

#include <stdint.h>

#include "base/text.h"

/* The unit that a number is rounded to: 2^-binary × 10^-decimal. */
struct fixed_unit {
    unsigned binary;  /* 0 … 40 */
    unsigned decimal; /* 0 … 15; one of the two is 0 */
};

enum fixed_result { FIXED_OK, FIXED_NOT_A_NUMBER, FIXED_TOO_LARGE };

/* Reads a decimal number and rounds it once, to the nearest multiple of the unit (ties to the even one).
 * An exponent (1e-05) is allowed; no thousands marks; more than 100 significant digits are no number.
 * takes   text  trimmed; mark is '.' or ','
 * gives   *out  how many units; FIXED_TOO_LARGE when that does not fit 62 bits
 * proof   tests/formats/fixed_point_test.c against exact fractions (libgmp) */
enum fixed_result fixed_parse(struct span text, char mark, struct fixed_unit unit, int64_t *out);

#endif
