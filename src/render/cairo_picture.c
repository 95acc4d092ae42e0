/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/cairo_picture.h"

#include <math.h>

#include "render/font_leaks.h"
#include "render/picture_words.h"
#include "render/tone_colour.h"

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

static void text_draw(cairo_t *cairo, PangoLayout *words, const PangoFontDescription *family, const struct mark *mark)
{
    struct point left_top = picture_words_set(words, family, mark);
    colour_set(cairo, tone_text_colour(mark->tone));
    cairo_move_to(cairo, left_top.x, left_top.y);
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
