/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One piece of a self-generated code, made the same however it was typed. Private to formats/. */
#ifndef GAPMETER_FORMATS_FORM_FRAGMENT_H
#define GAPMETER_FORMATS_FORM_FRAGMENT_H

#include "base/ctx.h"

/* Letters and digits alone, small letters (of the Latin, Greek and Cyrillic alphabets), at most FRAGMENT_LETTERS_MAX of them.
 * gives   *out  in ctx->arena; empty when nothing is left
 * proof   tests/formats/form_fields_test.c */
enum status form_fragment(struct ctx *ctx, struct span text, struct span *out) MUST_USE;

#endif
