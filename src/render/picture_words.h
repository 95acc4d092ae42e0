/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_RENDER_PICTURE_WORDS_H
#define GAPMETER_RENDER_PICTURE_WORDS_H

#include <pango/pango.h>

#include "render/chart/picture.h"

/* Sets the words of a mark of a picture, in its pixels. Words that the font makes clearly wider than picture_text_width said are set
 * smaller, so that nothing overlaps that does not in the picture.
 * takes   words   a layout that is set anew for each mark
 *         family  the font, whose size and weight are those of the mark
 * gives   where its left top stands
 * proof   tests/render/cairo_picture_test.c */
struct point picture_words_set(PangoLayout *words, const PangoFontDescription *family, const struct mark *mark);

#endif
