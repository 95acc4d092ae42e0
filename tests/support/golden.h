/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small documents written whole, kept in tests/golden/, so that a change of what is written is seen and looked at. */
#ifndef GAPMETER_TESTS_GOLDEN_H
#define GAPMETER_TESTS_GOLDEN_H

#include "base/text.h"

/* Fails the test, showing the first line that differs, unless the bytes are those of tests/golden/NAME. When GAPMETER_GOLDEN is
 * "refresh" (./dev golden) the file is written instead; git diff then says what has changed. */
void golden_assert(const char *name, struct span bytes);

#endif
