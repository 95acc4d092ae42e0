/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/pdf_picture.h"

#include <math.h>

#include "render/pdf_text.h"
#include "render/picture_words.h"
#include "render/tone_colour.h"

#define BELOW_LINE 0.35 /* of its size a text reaches below its base line */
#define NEARLY     1e-6 /* px: where a picture is cut, nothing of what ends there is seen */

/* Ends an area: filled, or hollow. */
static void area_paint(struct pdf_canvas *canvas, const struct mark *mark)
{
    pdf_path_paint(canvas, mark->hollow ? "B" : "f");
}

/* What an area is drawn with; to be said before its path begins. */
static void area_begin(struct pdf_canvas *canvas, const struct mark *mark)
{
    pdf_fill_set(canvas, tone_colour(mark->hollow ? TONE_PAPER : mark->tone));
    if (mark->hollow)
        pdf_stroke_set(canvas, tone_colour(mark->tone), mark->fine ? 1 : 2, mark->dashed);
}

static void line_begin(struct pdf_canvas *canvas, const struct mark *mark)
{
    pdf_stroke_set(canvas, tone_colour(mark->tone), mark->size, mark->dashed);
}

static void shape_draw(struct pdf_canvas *canvas, const struct mark *mark)
{
    if (!mark->point_count)
        return;
    if (mark->closed)
        area_begin(canvas, mark);
    else
        line_begin(canvas, mark);
    pdf_path_move(canvas, mark->points[0]);
    for (size_t i = 1; i < mark->point_count; i++)
        pdf_path_line(canvas, mark->points[i]);
    if (mark->closed)
        pdf_path_paint(canvas, mark->hollow ? "b" : "f");
    else
        pdf_path_paint(canvas, "S");
}

static enum status text_draw(struct pdf_canvas *canvas, PangoLayout *words, const PangoFontDescription *family,
                             const struct mark *mark)
{
    struct point left_top = picture_words_set(words, family, mark);
    PangoLayoutIter *iter = pango_layout_get_iter(words);
    enum status status = STATUS_OK;
    do {
        PangoRectangle logical;
        pango_layout_iter_get_line_extents(iter, NULL, &logical);
        struct pdf_line line = {.runs = pango_layout_iter_get_line_readonly(iter)->runs,
                                .text = pango_layout_get_text(words),
                                .at = {left_top.x + (double)logical.x / PANGO_SCALE,
                                       left_top.y + (double)pango_layout_iter_get_baseline(iter) / PANGO_SCALE},
                                .colour = tone_text_colour(mark->tone)};
        status = pdf_line_draw(canvas, &line);
    } while (!status && pango_layout_iter_next_line(iter));
    pango_layout_iter_free(iter);
    return status;
}

/* How far a mark reaches from above to below; texts and dots as far as pdf_chart.c says, which cuts between them. */
static void mark_reach(const struct mark *mark, double *top, double *bottom)
{
    *top = fmin(mark->at.y, mark->to.y) - mark->size;
    *bottom = fmax(mark->at.y, mark->to.y) + mark->size;
    if (mark->kind == MARK_DOT || mark->kind == MARK_TEXT) {
        *top = mark->at.y - mark->size;
        *bottom = mark->at.y + (mark->kind == MARK_TEXT ? BELOW_LINE * mark->size : mark->size);
    }
    if (mark->kind == MARK_SHAPE) {
        *top = HUGE_VAL;
        *bottom = -HUGE_VAL;
    }
    for (size_t i = 0; mark->kind == MARK_SHAPE && i < mark->point_count; i++) {
        *top = fmin(*top, mark->points[i].y - mark->size - 2);
        *bottom = fmax(*bottom, mark->points[i].y + mark->size + 2);
    }
}

static enum status mark_draw(struct pdf_canvas *canvas, PangoLayout *words, const PangoFontDescription *family,
                             const struct mark *mark)
{
    switch (mark->kind) {
    case MARK_LINE:
        line_begin(canvas, mark);
        pdf_path_move(canvas, mark->at);
        pdf_path_line(canvas, mark->to);
        pdf_path_paint(canvas, "S");
        break;
    case MARK_BOX:
        area_begin(canvas, mark);
        pdf_path_box(canvas, mark->at, mark->to);
        area_paint(canvas, mark);
        break;
    case MARK_DOT:
        area_begin(canvas, mark);
        pdf_path_circle(canvas, mark->at, mark->size);
        area_paint(canvas, mark);
        break;
    case MARK_SHAPE:
        shape_draw(canvas, mark);
        break;
    case MARK_TEXT:
    default:
        return text_draw(canvas, words, family, mark);
    }
    return STATUS_OK;
}

enum status pdf_picture_draw(struct pdf_canvas *canvas, PangoLayout *words, const struct pdf_cutting *cutting)
{
    const PangoFontDescription *own = pango_layout_get_font_description(words);
    PangoFontDescription *family = own ? pango_font_description_copy(own) : pango_font_description_new();
    const struct picture *picture = cutting->picture;
    double end = cutting->from + cutting->height / cutting->scale, top = 0, bottom = 0;
    enum status status = STATUS_OK;
    pdf_frame_begin(canvas, (struct point){0, cutting->at.y}, (struct point){cutting->width, cutting->at.y + cutting->height},
                    (struct point){cutting->at.x, cutting->at.y - cutting->from * cutting->scale}, cutting->scale);
    for (size_t i = 0; i < picture->mark_count && !status; i++) {
        mark_reach(&picture->marks[i], &top, &bottom);
        if (bottom > cutting->from + NEARLY && top < end - NEARLY)
            status = mark_draw(canvas, words, family, &picture->marks[i]);
    }
    pdf_frame_end(canvas);
    pango_font_description_free(family);
    return status;
}
