/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/svg_picture.h"

#include "model/words.h"
#include "render/tone_colour.h"

/* Letters that the programs have in which pictures are placed. */
#define FAMILIES "Open Sans, Noto Sans, Segoe UI, Roboto, Helvetica, Arial, sans-serif"

static const char *const tone_classes[TONE_COUNT] = {
    [TONE_INK] = "ink",     [TONE_SOFT] = "soft",        [TONE_GRID] = "grid",   [TONE_SHORT] = "short",
    [TONE_ABOVE] = "above", [TONE_UNDECIDED] = "unsure", [TONE_BAND] = "band",   [TONE_PAPER] = "paper",
    [TONE_FIRST] = "first", [TONE_SECOND] = "second",    [TONE_THIRD] = "third", [TONE_FOURTH] = "fourth",
    [TONE_FIFTH] = "fifth", [TONE_SIXTH] = "sixth",
};

static const char *const anchor_classes[] = {[ANCHOR_START] = "", [ANCHOR_MIDDLE] = " middle", [ANCHOR_END] = " end"};

/* How the marks of a picture are written: their looks by class, or each with all of its own. */
struct svg_marks {
    struct markup *m;
    bool alone;
    bool leftward; /* alone: each text finds its own direction */
};

static void class_write(struct markup *m, const struct mark *mark)
{
    bool text = mark->kind == MARK_TEXT;
    const char *const classes[] = {tone_classes[mark->tone],
                                   mark->hollow ? " hollow" : "",
                                   mark->fine ? " fine" : "",
                                   mark->dashed ? " dashed" : "",
                                   mark->bold ? " bold" : "",
                                   text ? anchor_classes[mark->anchor] : "",
                                   text && mark->size > SMALL_PX ? " large" : "",
                                   NULL};
    markup_attribute_join(m, "class", classes);
}

static void colour_write(struct markup *m, const char *name, uint32_t colour)
{
    markup_attribute_format(m, name, "#%06x", (unsigned)colour);
}

static void text_look_write(const struct svg_marks *marks, const struct mark *mark)
{
    static const char *const anchors[] = {[ANCHOR_START] = NULL, [ANCHOR_MIDDLE] = "middle", [ANCHOR_END] = "end"};
    colour_write(marks->m, "fill", tone_text_colour(mark->tone));
    markup_number(marks->m, "font-size", mark->size);
    if (mark->bold)
        markup_attribute(marks->m, "font-weight", "600");
    if (anchors[mark->anchor])
        markup_attribute(marks->m, "text-anchor", anchors[mark->anchor]);
    if (marks->leftward)
        markup_attribute(marks->m, "unicode-bidi", "plaintext");
}

static void look_write(const struct svg_marks *marks, const struct mark *mark)
{
    bool line = mark->kind == MARK_LINE || (mark->kind == MARK_SHAPE && !mark->closed);
    if (mark->kind == MARK_TEXT) {
        text_look_write(marks, mark);
        return;
    }
    if (line)
        markup_attribute(marks->m, "fill", "none");
    else
        colour_write(marks->m, "fill", tone_colour(mark->hollow ? TONE_PAPER : mark->tone));
    if (line || mark->hollow) {
        colour_write(marks->m, "stroke", tone_colour(mark->tone));
        markup_number(marks->m, "stroke-width", line ? mark->size : mark->fine ? 1 : 2);
    }
    if (mark->dashed)
        markup_attribute(marks->m, "stroke-dasharray", "4 3");
    if (mark->kind == MARK_SHAPE)
        markup_attribute(marks->m, "stroke-linejoin", "round");
}

static void element_begin(const struct svg_marks *marks, const char *name, const struct mark *mark)
{
    markup_open(marks->m, name);
    if (marks->alone)
        look_write(marks, mark);
    else
        class_write(marks->m, mark);
}

static void width_write(const struct svg_marks *marks, const struct mark *mark)
{
    if (!marks->alone)
        markup_number(marks->m, "stroke-width", mark->size);
}

static const char *mark_begin(const struct svg_marks *marks, const struct mark *mark)
{
    struct markup *m = marks->m;
    switch (mark->kind) {
    case MARK_LINE:
        element_begin(marks, "line", mark);
        markup_number(m, "x1", mark->at.x);
        markup_number(m, "y1", mark->at.y);
        markup_number(m, "x2", mark->to.x);
        markup_number(m, "y2", mark->to.y);
        width_write(marks, mark);
        return "line";
    case MARK_BOX:
        element_begin(marks, "rect", mark);
        markup_number(m, "x", mark->at.x);
        markup_number(m, "y", mark->at.y);
        markup_number(m, "width", mark->to.x - mark->at.x);
        markup_number(m, "height", mark->to.y - mark->at.y);
        return "rect";
    case MARK_DOT:
        element_begin(marks, "circle", mark);
        markup_number(m, "cx", mark->at.x);
        markup_number(m, "cy", mark->at.y);
        markup_number(m, "r", mark->size);
        return "circle";
    case MARK_SHAPE:
        element_begin(marks, mark->closed ? "polygon" : "polyline", mark);
        markup_numbers(m, "points", &mark->points->x, 2 * mark->point_count);
        width_write(marks, mark);
        return mark->closed ? "polygon" : "polyline";
    case MARK_TEXT:
    default:
        element_begin(marks, "text", mark);
        markup_number(m, "x", mark->at.x);
        markup_number(m, "y", mark->at.y);
        return "text";
    }
}

/* Consecutive texts and marks on lines of their own would make the page longer and no easier to read: a line per text. */
static void mark_write(const struct svg_marks *marks, const struct mark *mark)
{
    struct markup *m = marks->m;
    if (mark->kind == MARK_SHAPE && mark->point_count == 0)
        return;
    const char *name = mark_begin(marks, mark);
    if (mark->tip)
        markup_element(m, "title", mark->tip);
    if (mark->kind == MARK_TEXT)
        markup_text_span(m, mark->text);
    markup_close(m, name);
    if (mark->kind == MARK_TEXT)
        markup_newline(m);
}

/* What the picture is called and shows, and all of it. */
static void inside_write(const struct svg_marks *marks, const struct picture *picture, const char *id)
{
    struct markup *m = marks->m;
    markup_attribute_format(m, "viewBox", "0 0 %.0f %.0f", picture->width, picture->height);
    markup_attribute(m, "role", "img");
    markup_attribute_format(m, "aria-labelledby", "t%s d%s", id, id);
    markup_open(m, "title");
    markup_attribute_format(m, "id", "t%s", id);
    markup_text(m, picture->title);
    markup_close(m, "title");
    markup_open(m, "desc");
    markup_attribute_format(m, "id", "d%s", id);
    markup_text(m, picture->description);
    markup_close(m, "desc");
    markup_newline(m);
    for (size_t i = 0; i < picture->mark_count; i++)
        mark_write(marks, &picture->marks[i]);
    markup_close(m, "svg");
    markup_newline(m);
}

void svg_picture_write(struct markup *m, const struct picture *picture, const struct svg_place *place)
{
    markup_open(m, "svg");
    markup_attribute(m, "xmlns", "http://www.w3.org/2000/svg");
    markup_attribute(m, "class", place->class);
    inside_write(&(struct svg_marks){.m = m}, picture, place->id);
}

void svg_file_write(struct markup *m, const struct picture *picture, const char *language)
{
    markup_open(m, "svg");
    markup_attribute(m, "xmlns", "http://www.w3.org/2000/svg");
    markup_attribute(m, "xml:lang", language);
    markup_attribute_format(m, "width", "%.0f", picture->width);
    markup_attribute_format(m, "height", "%.0f", picture->height);
    markup_attribute(m, "font-family", FAMILIES);
    inside_write(&(struct svg_marks){.m = m, .alone = true, .leftward = language_is_right_to_left(language)}, picture, "1");
}
