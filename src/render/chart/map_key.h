/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_RENDER_CHART_MAP_KEY_H
#define GAPMETER_RENDER_CHART_MAP_KEY_H

#include "render/chart/picture.h"

/* What the numbers on a picture stand for, below it: where labels are too long or too many to stand beside their marks. */
struct key_entry {
    const char *number; /* "12" */
    const char *label;  /* on two lines at most */
    enum tone tone;     /* of the number */
};

/* Writes a list in reading order, in two columns where there is room.
 * takes   top  in pixels
 * gives   where it ends
 * proof   tests/render/map_key_test.c */
double map_key_draw(struct picture *picture, double top, const struct key_entry *entries, uint32_t count);

/* How a tone is written as text: grey marks have words in ink. */
enum tone text_tone(enum tone tone);

#endif
