/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers are compared by the decimal digits that agree, never by a tolerance without a scale. */
#ifndef GAPMETER_TESTS_DIGITS_H
#define GAPMETER_TESTS_DIGITS_H

/* How many decimal digits agree: -log10 of the relative error (of the absolute error when expected is zero).
 * gives   0 when nothing agrees or a number is not finite, 17 when both are equal, else between
 * proof   tests/support/digits_test.c */
double digits_agreeing(double actual, double expected);

/* Fails the test, and says how many digits agree, unless at least `digits` do.
 * proof   tests/support/digits_test.c */
#define assert_digits(actual, expected, digits) digits_assert((actual), (expected), (digits), #actual, __FILE__, __LINE__)

void digits_assert(double actual, double expected, double digits, const char *expression, const char *file, int line);

#endif
