/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A number as people type it. Private to formats/. */
#ifndef GAPMETER_FORMATS_FORM_NUMBER_H
#define GAPMETER_FORMATS_FORM_NUMBER_H

#include "base/decimal.h"

/* Reads a number with Western, Arabic or Persian digits; the decimal mark is a point, a comma or the Arabic one, for nobody who
 * fills in a form should have to know. No thousands marks, no exponent.
 * takes   text  trimmed
 * gives   false when it is no such number, or longer than any that is kept
 * proof   tests/formats/form_fields_test.c */
bool form_number(struct span text, struct decimal *out);

#endif
