/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_RENDER_PDF_DRAWN_FACE_H
#define GAPMETER_RENDER_PDF_DRAWN_FACE_H

#include "render/pdf_file.h"
#include "render/pdf_fonts.h"

/* Writes a part of a face whose outlines are not those of plain TrueType (PostScript's, or variable ones): each letter is drawn as a
 * small picture.
 * takes   part    its letters from part × PDF_DRAWN_MOST on, as many as one part holds
 *         number  of the object of the font
 * fails   STATUS_MEMORY
 * source  ISO 32000-1, 9.6.5 Type 3 fonts
 * proof   tests/render/pdf_embedding_test.c */
enum status pdf_drawn_face_write(struct ctx *ctx, const struct pdf_face *face, struct pdf_file *file, uint32_t part,
                                 uint32_t number) MUST_USE;

#endif
