/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/svg_picture.h"

static const char *const tone_classes[TONE_COUNT] = {
    [TONE_INK] = "ink",     [TONE_SOFT] = "soft",        [TONE_GRID] = "grid",   [TONE_SHORT] = "short",
    [TONE_ABOVE] = "above", [TONE_UNDECIDED] = "unsure", [TONE_BAND] = "band",   [TONE_PAPER] = "paper",
    [TONE_FIRST] = "first", [TONE_SECOND] = "second",    [TONE_THIRD] = "third", [TONE_FOURTH] = "fourth",
    [TONE_FIFTH] = "fifth", [TONE_SIXTH] = "sixth",
};

static const char *const anchor_classes[] = {[ANCHOR_START] = "", [ANCHOR_MIDDLE] = " middle", [ANCHOR_END] = " end"};

static void class_write(struct markup *m, const struct mark *mark)
{
    bool text = mark->kind == MARK_TEXT;
    markup_attribute_format(m, "class", "%s%s%s%s%s%s%s", tone_classes[mark->tone], mark->hollow ? " hollow" : "",
                            mark->fine ? " fine" : "", mark->dashed ? " dashed" : "", mark->bold ? " bold" : "",
                            text ? anchor_classes[mark->anchor] : "", text && mark->size > SMALL_PX ? " large" : "");
}

static void element_begin(struct markup *m, const char *name, const struct mark *mark)
{
    markup_open(m, name);
    class_write(m, mark);
}

static const char *mark_begin(struct markup *m, const struct mark *mark)
{
    switch (mark->kind) {
    case MARK_LINE:
        element_begin(m, "line", mark);
        markup_number(m, "x1", mark->at.x);
        markup_number(m, "y1", mark->at.y);
        markup_number(m, "x2", mark->to.x);
        markup_number(m, "y2", mark->to.y);
        markup_number(m, "stroke-width", mark->size);
        return "line";
    case MARK_BOX:
        element_begin(m, "rect", mark);
        markup_number(m, "x", mark->at.x);
        markup_number(m, "y", mark->at.y);
        markup_number(m, "width", mark->to.x - mark->at.x);
        markup_number(m, "height", mark->to.y - mark->at.y);
        return "rect";
    case MARK_DOT:
        element_begin(m, "circle", mark);
        markup_number(m, "cx", mark->at.x);
        markup_number(m, "cy", mark->at.y);
        markup_number(m, "r", mark->size);
        return "circle";
    case MARK_SHAPE:
        element_begin(m, mark->closed ? "polygon" : "polyline", mark);
        markup_numbers(m, "points", &mark->points->x, 2 * mark->point_count);
        markup_number(m, "stroke-width", mark->size);
        return mark->closed ? "polygon" : "polyline";
    case MARK_TEXT:
    default:
        element_begin(m, "text", mark);
        markup_number(m, "x", mark->at.x);
        markup_number(m, "y", mark->at.y);
        return "text";
    }
}

/* Consecutive texts and marks on lines of their own would make the page longer and no easier to read: a line per text. */
static void mark_write(struct markup *m, const struct mark *mark)
{
    if (mark->kind == MARK_SHAPE && mark->point_count == 0)
        return;
    const char *name = mark_begin(m, mark);
    if (mark->tip)
        markup_element(m, "title", mark->tip);
    if (mark->kind == MARK_TEXT)
        markup_text_span(m, mark->text);
    markup_close(m, name);
    if (mark->kind == MARK_TEXT)
        markup_newline(m);
}

void svg_picture_write(struct markup *m, const struct picture *picture, const struct svg_place *place)
{
    markup_open(m, "svg");
    markup_attribute(m, "xmlns", "http://www.w3.org/2000/svg");
    markup_attribute(m, "class", place->class);
    markup_attribute_format(m, "viewBox", "0 0 %.0f %.0f", picture->width, picture->height);
    markup_attribute(m, "role", "img");
    markup_attribute_format(m, "aria-labelledby", "t%s d%s", place->id, place->id);
    markup_open(m, "title");
    markup_attribute_format(m, "id", "t%s", place->id);
    markup_text(m, picture->title);
    markup_close(m, "title");
    markup_open(m, "desc");
    markup_attribute_format(m, "id", "d%s", place->id);
    markup_text(m, picture->description);
    markup_close(m, "desc");
    markup_newline(m);
    for (size_t i = 0; i < picture->mark_count; i++)
        mark_write(m, &picture->marks[i]);
    markup_close(m, "svg");
    markup_newline(m);
}
