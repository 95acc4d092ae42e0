/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fonts of one PDF: which letters of which are used, what each stands for, and how text names them. */
#ifndef GAPMETER_RENDER_PDF_FONTS_H
#define GAPMETER_RENDER_PDF_FONTS_H

#include <hb.h>
#include <pango/pango.h>

#include "base/ctx.h"

/* Letters of one face that text names by a byte: fonts that are drawn, not embedded, hold that many each. */
#define PDF_DRAWN_MOST 255u

/* A letter of a face that is used. */
struct pdf_glyph {
    uint32_t glyph;   /* its number in the face */
    double width;     /* how far it moves the pen, in thousandths of the size */
    struct span text; /* what it stands for; empty = not known */
};

/* A face, as it is in the file. */
struct pdf_face {
    hb_face_t *face;
    hb_font_t *font; /* at a size of units_per_em */
    unsigned units_per_em;
    bool drawn;      /* it has no outlines of TrueType, or they vary: its letters are drawn one by one */
    uint32_t index;  /* in pdf_fonts */
    uint32_t *found; /* [glyph_count] 1 + where a letter stands in glyphs; 0 = not used */
    uint32_t glyph_count;
    struct pdf_glyph *glyphs; /* [used] in the order in which they came */
    uint32_t used, capacity;
};

/* A font as pango sets it: a face at a size. */
struct pdf_font {
    PangoFont *pango;
    struct pdf_face *face;
    double size;  /* points */
    double slant; /* of letters whose font has no italics: how far they lean, for each point of height */
    bool heavy;   /* of letters whose font has no bold: their outline is drawn, too */
};

struct pdf_fonts {
    struct ctx *ctx;
    struct pdf_face **faces; /* [face_count] */
    uint32_t face_count, face_capacity;
    struct pdf_font **fonts; /* [font_count] */
    uint32_t font_count, font_capacity;
};

/* None yet.
 * owns    the end of ctx->arena gives back what is added
 * fails   STATUS_MEMORY */
enum status pdf_fonts_create(struct ctx *ctx, struct pdf_fonts **out) MUST_USE;

/* The font that pango set a text with.
 * fails   STATUS_MEMORY */
enum status pdf_font_find(struct pdf_fonts *fonts, PangoFont *pango, const struct pdf_font **out) MUST_USE;

/* Notes that a letter is used, and what for.
 * takes   text  what it stands for here; empty when it cannot say it alone
 * gives   *at   where it stands in face->glyphs; *plain: whether whoever reads it there finds this text
 * fails   STATUS_MEMORY */
enum status pdf_glyph_use(struct pdf_fonts *fonts, struct pdf_face *face, uint32_t glyph, struct span text, uint32_t *at,
                          bool *plain) MUST_USE;

#endif
