/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of a PDF: numbers, texts, references. */
#ifndef GAPMETER_RENDER_PDF_SYNTAX_H
#define GAPMETER_RENDER_PDF_SYNTAX_H

#include <stdint.h>

#include "base/out.h"

/* A number with at most so many places, without zeros that say nothing: "-.5", "12.35", "0".
 * takes   value   beyond ±10^9 it is cut to that, and what is no number is 0
 *         places  0 … 3
 * proof   tests/render/pdf_syntax_test.c */
void pdf_number_write(struct out *out, double value, unsigned places);

/* A whole number. */
void pdf_count_write(struct out *out, uint64_t count);

/* "12 0 R": the object of that number. */
void pdf_reference_write(struct out *out, uint32_t number);

/* A text that people read: "(Gaps)" when it is ASCII, else "<FEFF…>" in UTF-16.
 * takes   text  UTF-8; a malformed byte becomes U+FFFD
 * source  ISO 32000-1, 7.9.2.2
 * proof   tests/render/pdf_syntax_test.c */
void pdf_text_write(struct out *out, struct span text);

/* UTF-16 in hexadecimal digits, without a mark of order. */
void pdf_utf16_write(struct out *out, struct span text);

/* A name such as "/Open#20Sans": what is not plain is written by its number. */
void pdf_name_write(struct out *out, const char *name);

#endif
