/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_RENDER_TONE_COLOUR_H
#define GAPMETER_RENDER_TONE_COLOUR_H

#include "render/chart/picture.h"

/* The colour of a tone on paper and on light pages, 0xRRGGBB, as in assets/report.css. */
uint32_t tone_colour(enum tone tone);

/* The same of words: in a verdict's colour they are darker, to be read. */
uint32_t tone_text_colour(enum tone tone);

#endif
