/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_BASE_DECIMAL_H
#define GAPMETER_BASE_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

/* An exact decimal number: units × 10^-places. */
struct decimal {
    int64_t units;
    unsigned places; /* 0 … 15 */
};

/* Reads [+-]digits[mark digits]; no exponent, no thousands mark, nothing after it. Places are kept as written
 * (1.50 has 2), zeros beyond the 15th left out.
 * takes   text  trimmed; mark is '.' or ','
 * fails   false when it is not such a number or does not fit 18 digits, 15 of them after the mark */
bool decimal_parse(struct span text, char mark, struct decimal *out);

/* The same number written with more places, or false when it does not fit.
 * needs   places >= a.places */
bool decimal_rescale(struct decimal a, unsigned places, struct decimal *out);

/* Below, at or above 0 as a is less than, equal to or greater than b. Exact. */
int decimal_compare(struct decimal a, struct decimal b);

/* The nearest double (correctly rounded, ties to even). */
double decimal_to_double(struct decimal a);

/* Writes the number without trailing zeros after the point: 3, -0.5, 7.25.
 * takes   into  at least 24 bytes */
void decimal_format(struct decimal a, char *into, size_t size);

/* The shortest text that reads back as the same double: 0.1, 1e+300, -0.11; for JSON and CSV. Zero has no
 * sign; an exponent is used below 0.0001 and from 1e+16 on; the locale does not matter.
 * takes   into  at least 32 bytes; value is finite */
void number_format_shortest(double value, char *into, size_t size);

/* Fixed digits after the point, ASCII minus, never "-0.00"; the exact value of the double is rounded, ties to
 * even. What does not fit is written in the shortest form.
 * takes   into  at least 48 bytes; digits 0 … 12; value is finite */
void number_format_fixed(double value, unsigned digits, char *into, size_t size);

/* The same without zeros at the end of its decimals: 3, -0.5, 7.25.
 * gives   how long it is
 * proof   tests/base/number_format_test.c */
size_t number_format_trimmed(double value, unsigned digits, char *into, size_t size);

#endif
