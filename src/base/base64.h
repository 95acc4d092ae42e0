/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_BASE_BASE64_H
#define GAPMETER_BASE_BASE64_H

#include "base/out.h"

/* Writes bytes as base64, with padding and without line breaks.
 * source  RFC 4648, 4
 * proof   tests/base/base64_test.c */
void base64_write(struct out *out, struct span bytes);

#endif
