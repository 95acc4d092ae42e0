/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MODEL_CAPITAL_H
#define GAPMETER_MODEL_CAPITAL_H

#include "base/ctx.h"

/* A text with its first letter large, as a line or a sentence begins: "Öffnen" of "öffnen", in Turkish "İyi" of "iyi". Letters of
 * Latin, Greek and Cyrillic; others have no case and stay.
 * takes   language  "en"; the case of i hangs on it, on nothing else
 * gives   *out      in ctx->arena, or the text itself where nothing changes
 * fails   STATUS_MEMORY
 * source  the Unicode Character Database 14, UnicodeData.txt and SpecialCasing.txt
 * proof   tests/model/capital_test.c */
enum status text_capital(struct ctx *ctx, const char *language, const char *text, const char **out) MUST_USE;

#endif
