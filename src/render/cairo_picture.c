/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/cairo_picture.h"

#include <math.h>

#include "render/font_leaks.h"
#include "render/tone_colour.h"

#define SIZE_STEP 0.25 /* px */
/* How much wider than its room a text may be: some of that, and less than a letter's height, since that much is free beside it. Short
 * words of wide letters are not set smaller than those around them. */
#define OVER_SHARE 0.25
#define OVER_PX    0.8

static void colour_set(cairo_t *cairo, uint32_t colour)
{
    cairo_set_source_rgb(cairo, (colour >> 16) / 255.0, (colour >> 8 & 255u) / 255.0, (colour & 255u) / 255.0);
}

void cairo_tone_set(cairo_t *cairo, enum tone tone)
{
    colour_set(cairo, tone_colour(tone));
}

/* An outline, or a line, of the mark's own width. */
static void outline_draw(cairo_t *cairo, const struct mark *mark, double width)
{
    static const double dashes[] = {4, 3};
    cairo_set_line_width(cairo, width);
    cairo_set_dash(cairo, dashes, mark->dashed ? 2 : 0, 0);
    cairo_tone_set(cairo, mark->tone);
    cairo_stroke(cairo);
}

/* An area: filled, or hollow. */
static void area_draw(cairo_t *cairo, const struct mark *mark)
{
    cairo_tone_set(cairo, mark->hollow ? TONE_PAPER : mark->tone);
    if (!mark->hollow) {
        cairo_fill(cairo);
        return;
    }
    cairo_fill_preserve(cairo);
    outline_draw(cairo, mark, mark->fine ? 1 : 2);
}

static void shape_draw(cairo_t *cairo, const struct mark *mark)
{
    for (size_t i = 0; i < mark->point_count; i++)
        cairo_line_to(cairo, mark->points[i].x, mark->points[i].y);
    if (!mark->closed) {
        outline_draw(cairo, mark, mark->size);
        return;
    }
    cairo_close_path(cairo);
    area_draw(cairo, mark);
}

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

static void text_draw(cairo_t *cairo, PangoLayout *words, const PangoFontDescription *family, const struct mark *mark)
{
    char printable[1024];
    size_t bad = 0;
    double most = picture_text_width(mark->text, mark->size);
    bool well_formed = text_utf8_valid(mark->text, &bad);
    if (!well_formed) /* cairo would refuse the whole page */
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
    colour_set(cairo, tone_text_colour(mark->tone));
    cairo_move_to(cairo, left, mark->at.y - (double)pango_layout_get_baseline(words) / PANGO_SCALE);
    pango_cairo_show_layout(cairo, words);
    cairo_new_path(cairo);
}

static void mark_draw(cairo_t *cairo, PangoLayout *words, const PangoFontDescription *family, const struct mark *mark)
{
    switch (mark->kind) {
    case MARK_LINE:
        cairo_move_to(cairo, mark->at.x, mark->at.y);
        cairo_line_to(cairo, mark->to.x, mark->to.y);
        outline_draw(cairo, mark, mark->size);
        break;
    case MARK_BOX:
        cairo_rectangle(cairo, mark->at.x, mark->at.y, mark->to.x - mark->at.x, mark->to.y - mark->at.y);
        area_draw(cairo, mark);
        break;
    case MARK_DOT:
        cairo_arc(cairo, mark->at.x, mark->at.y, mark->size, 0, 2 * acos(-1));
        area_draw(cairo, mark);
        break;
    case MARK_SHAPE:
        shape_draw(cairo, mark);
        break;
    case MARK_TEXT:
    default:
        text_draw(cairo, words, family, mark);
        break;
    }
}

void cairo_picture_draw(cairo_t *cairo, PangoLayout *words, const struct picture *picture)
{
    font_leaks_known();
    const PangoFontDescription *own = pango_layout_get_font_description(words);
    PangoFontDescription *family = own ? pango_font_description_copy(own) : pango_font_description_new();
    cairo_save(cairo);
    cairo_new_path(cairo); /* whatever the caller drew before */
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
    for (size_t i = 0; i < picture->mark_count; i++)
        mark_draw(cairo, words, family, &picture->marks[i]);
    cairo_restore(cairo);
    pango_layout_set_font_description(words, own ? family : NULL);
    pango_font_description_free(family);
}
