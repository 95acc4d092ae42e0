/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_RENDER_PDF_LOGO_H
#define GAPMETER_RENDER_PDF_LOGO_H

#include "render/pdf_file.h"

/* An image as it is in the file. */
struct pdf_logo {
    uint32_t number;      /* of its object; 0: there is none */
    double width, height; /* pixels */
};

/* Writes the image of a PNG: its colours, and how much of the paper each pixel covers where not all do so wholly.
 * takes   png  its bytes
 * gives   *out  with the number 0 when it cannot be read: the numbers of a report matter more
 * fails   STATUS_MEMORY
 * source  ISO 32000-1: 8.9.5 images, 11.6.5.3 soft masks
 * proof   tests/render/pdf_logo_test.c */
enum status pdf_logo_write(struct ctx *ctx, struct span png, struct pdf_file *file, struct pdf_logo *out) MUST_USE;

#endif
