/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_BASE_CSV_FIELD_H
#define GAPMETER_BASE_CSV_FIELD_H

#include "base/out.h"

/* Writes one cell as RFC 4180 wants it, with quotes when needed. Text that a spreadsheet would
 * run as a formula (leading = + - @ TAB CR NUL) gets a leading apostrophe; numbers do not, so a
 * negative number stays a number. Space at either end is kept by quotes.
 * takes   delimiter  , ; or tab
 * source  RFC 4180; OWASP ASVS 5.0 1.2.10 */
void csv_field_write(struct out *out, struct span text, char delimiter);

#endif
