/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_RENDER_SVG_PICTURE_H
#define GAPMETER_RENDER_SVG_PICTURE_H

#include "base/markup.h"
#include "render/chart/picture.h"

/* Which of the pictures of a page. */
struct svg_place {
    const char *class; /* "chart wide": says when it is shown */
    const char *id;    /* "1", "1n": unique in the page */
};

/* Writes a picture as inline SVG: real text, title and description; colours by class, which the page's stylesheet knows.
 * proof   tests/render/svg_picture_test.c */
void svg_picture_write(struct markup *m, const struct picture *picture, const struct svg_place *place);

/* Writes a picture as an SVG file of its own, whose colours and letters stand at each mark: many programs that place pictures know no
 * stylesheets.
 * takes   m  without an open element
 *         language  of title and description: "en"
 * proof   tests/render/svg_picture_test.c */
void svg_file_write(struct markup *m, const struct picture *picture, const char *language);

#endif
