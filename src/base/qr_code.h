/* SPDX-License-Identifier: GPL-3.0-or-later */
/* QR codes of addresses, over libqrencode (docs/adr/0014). */
#ifndef GAPMETER_BASE_QR_CODE_H
#define GAPMETER_BASE_QR_CODE_H

#include <stdbool.h>

#include "base/out.h"

#define QR_QUIET_ZONE 4u /* empty modules around it, which readers need */

/* A square of modules, without its quiet zone. */
struct qr_code {
    unsigned width;
    const unsigned char *dark; /* [width * width] rows from above, 1 = dark; in the arena of whoever made it */
};

/* Makes the smallest code that holds the text, at error correction level M (a seventh of it may be unreadable).
 * fails   STATUS_INVALID when the text is empty or longer than 2331 bytes
 * source  ISO/IEC 18004
 * proof   tests/base/qr_code_test.c: read back by a decoder written for the test */
enum status qr_code_make(struct ctx *ctx, struct span text, struct qr_code *out) MUST_USE;

/* Is this module dark? Those of the quiet zone, and further outside, are not. */
bool qr_code_is_dark(const struct qr_code *code, int row, int column);

/* A whole SVG file, with the title as its accessible name, that can be printed at any size.
 * takes   arena  for the outline while it is written */
enum status qr_code_write_svg(struct ctx *ctx, struct out *out, const struct qr_code *code, const char *title) MUST_USE;

/* For a terminal: two modules above each other in one character (half blocks), light ones drawn, so that it reads on a dark
 * ground; readers take it on a light one too. */
void qr_code_write_terminal(struct out *out, const struct qr_code *code);

#endif
