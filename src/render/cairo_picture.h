/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_RENDER_CAIRO_PICTURE_H
#define GAPMETER_RENDER_CAIRO_PICTURE_H

#include <pango/pangocairo.h>

#include "render/chart/picture.h"

/* Draws a picture on paper, its left top at the origin and a pixel a unit: the caller moves and scales. Colours are those of a light
 * page. Words that the font makes clearly wider than picture_text_width said are set smaller, so that nothing overlaps that
 * does not in the picture.
 * takes   words  a layout made for this cairo; its font's family is used, and it keeps its font
 * proof   tests/render/cairo_picture_test.c */
void cairo_picture_draw(cairo_t *cairo, PangoLayout *words, const struct picture *picture);

/* Sets the colour of a tone on paper, for whoever draws beside pictures. */
void cairo_tone_set(cairo_t *cairo, enum tone tone);

#endif
