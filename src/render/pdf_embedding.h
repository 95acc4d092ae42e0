/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_RENDER_PDF_EMBEDDING_H
#define GAPMETER_RENDER_PDF_EMBEDDING_H

#include "render/pdf_file.h"
#include "render/pdf_fonts.h"

/* Writes all fonts that are used, with the letters that are used, and adds to a dictionary of resources which object is which:
 * "/F0 12 0 R". Faces of TrueType are cut to their letters by HarfBuzz, which keep their numbers; others are drawn.
 * fails   STATUS_MEMORY; STATUS_FAILURE when HarfBuzz cannot cut a font
 * source  ISO 32000-1: 9.7 composite fonts, 9.9 embedding, 9.10.3 what letters stand for
 * proof   tests/render/pdf_embedding_test.c */
enum status pdf_fonts_write(struct pdf_fonts *fonts, struct pdf_file *file, struct out *resources) MUST_USE;

/* Writes what the letters of a face stand for, from one that was used first to another.
 * takes   by_number  codes are the numbers of letters, of two bytes; else they count from 0, of one byte
 * gives   *number  of the object */
enum status pdf_meanings_write(struct ctx *ctx, const struct pdf_face *face, struct pdf_file *file, uint32_t from, uint32_t count,
                               uint32_t *number) MUST_USE;

#endif
