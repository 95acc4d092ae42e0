/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/picture_words.h"

#include <math.h>

#define SIZE_STEP 0.25 /* px */
/* How much wider than its room a text may be: some of that, and less than a letter's height, since that much is free beside it. Short
 * words of wide letters are not set smaller than those around them. */
#define OVER_SHARE 0.25
#define OVER_PX    0.8

static void font_set(PangoLayout *words, const PangoFontDescription *family, const struct mark *mark, double size)
{
    PangoFontDescription *font = pango_font_description_copy(family);
    pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
    pango_font_description_set_weight(font, mark->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(words, font);
    pango_font_description_free(font);
}

static double layout_width(PangoLayout *words)
{
    int width = 0;
    pango_layout_get_size(words, &width, NULL);
    return (double)width / PANGO_SCALE;
}

struct point picture_words_set(PangoLayout *words, const PangoFontDescription *family, const struct mark *mark)
{
    char printable[1024];
    size_t bad = 0;
    double most = picture_text_width(mark->text, mark->size);
    bool well_formed = text_utf8_valid(mark->text, &bad);
    if (!well_formed) /* pango would warn, and a file would be refused */
        text_printable(mark->text, printable, sizeof printable);
    pango_layout_set_text(words, well_formed ? mark->text.at : printable, well_formed ? (int)mark->text.length : -1);
    font_set(words, family, mark, mark->size);
    double width = layout_width(words);
    most += fmin(OVER_SHARE * most, OVER_PX * mark->size);
    if (width > most) {
        /* In steps, since every size is a font to find and to load. */
        font_set(words, family, mark, floor(mark->size * most / width / SIZE_STEP) * SIZE_STEP);
        width = layout_width(words);
    }
    double left = mark->anchor == ANCHOR_END      ? mark->at.x - width
                  : mark->anchor == ANCHOR_MIDDLE ? mark->at.x - width / 2
                                                  : mark->at.x;
    return (struct point){left, mark->at.y - (double)pango_layout_get_baseline(words) / PANGO_SCALE};
}
