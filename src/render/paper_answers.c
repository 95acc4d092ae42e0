/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/paper_answers.h"

#include "base/decimal.h"
#include "render/chart/layout.h"

#define RADIUS       7.5
#define NUMBER_PT    8.0
#define WORDS_PT     7.5
#define WORDS_LINES  3u
#define WORDS_STEP   9.0
#define POINTS_WIDTH 186.0 /* the circles; the rest is for "does not apply" */
#define STEP_MOST    27.0
#define DECLINED_X   (PAPER_ANSWER_WIDTH - 18.0)
#define STROKE       0.8

static enum status picture_make(struct ctx *ctx, double width, struct picture **out)
{
    *out = arena_alloc(ctx->arena, sizeof **out);
    if (!*out)
        return ctx_no_memory(ctx);
    picture_begin(*out, ctx, width);
    return STATUS_OK;
}

/* The points stand in the middle of their room. */
static double point_x(const struct scale *scale, uint32_t code)
{
    double between = scale->steps > 1 ? (POINTS_WIDTH - 2 * RADIUS - 2) / (scale->steps - 1) : 0;
    double step = between < STEP_MOST ? between : STEP_MOST;
    return POINTS_WIDTH / 2 + step * (code - 1 - (scale->steps - 1) / 2.0);
}

static void box_draw(struct picture *picture, double x, double y)
{
    struct mark *box = picture_box(picture, TONE_INK, (struct point){x, y}, (struct point){x + PAPER_BOX, y + PAPER_BOX});
    box->hollow = box->fine = true;
}

/* A circle with its number; fine, for a pen shall stand out from it. */
static void circle_draw(struct picture *picture, double x, double y, const char *number)
{
    struct mark *circle = picture_dot(picture, TONE_INK, RADIUS, (struct point){x, y});
    circle->hollow = circle->fine = true;
    picture_text(picture, TONE_SOFT, (struct point){x, y + 0.36 * NUMBER_PT}, ANCHOR_MIDDLE, span_of(number))->size = NUMBER_PT;
}

static void points_draw(struct picture *picture, const struct scale *scale)
{
    for (uint32_t code = 1; code <= scale->steps; code++) {
        char number[32];
        number_format_shortest(scale_value(scale, code), number, sizeof number);
        const char *copy = arena_copy(picture->ctx->arena, span_of(number));
        picture->failed = picture->failed || !copy;
        circle_draw(picture, point_x(scale, code), PAPER_ROW_HEIGHT / 2, copy ? copy : "");
    }
}

static void number_draw(struct picture *picture, const struct scale *scale)
{
    char ends[64];
    scale_format(scale, ends, sizeof ends);
    const char *copy = arena_format(picture->ctx->arena, "(%s)", ends);
    picture->failed = picture->failed || !copy;
    (void)picture_line(picture, TONE_INK, STROKE, (struct point){POINTS_WIDTH / 2 - 40, PAPER_ROW_HEIGHT - 3},
                       (struct point){POINTS_WIDTH / 2 + 20, PAPER_ROW_HEIGHT - 3});
    picture_text(picture, TONE_SOFT, (struct point){POINTS_WIDTH / 2 + 26, PAPER_ROW_HEIGHT - 5}, ANCHOR_START,
                 span_of(copy ? copy : ""))
        ->size = NUMBER_PT;
}

enum status paper_scale_picture(struct ctx *ctx, const struct scale *scale, bool declines, struct picture **out)
{
    enum status status = picture_make(ctx, PAPER_ANSWER_WIDTH, out);
    if (status)
        return status;
    if (scale->steps <= PAPER_POINTS_MOST)
        points_draw(*out, scale);
    else
        number_draw(*out, scale);
    if (declines)
        box_draw(*out, DECLINED_X - PAPER_BOX / 2, (PAPER_ROW_HEIGHT - PAPER_BOX) / 2);
    return picture_end(*out, PAPER_ROW_HEIGHT);
}

static const char *label_of(const struct scale *scale, uint32_t code)
{
    for (uint32_t i = 0; i < scale->label_count; i++)
        if (scale->labels[i].code == code)
            return scale->labels[i].text;
    return NULL;
}

/* How many letters of the small words fit a width. */
static size_t letters_of(double width)
{
    size_t letters = 1;
    while (picture_text_width((struct span){"nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn", letters + 1}, WORDS_PT) <=
               width &&
           letters < 49)
        letters++;
    return letters;
}

/* Words that end at the same line, whatever their number of lines. */
static void words_draw(struct picture *picture, const char *words, double x, double width, enum anchor anchor)
{
    struct label_place place = {
        .letters = letters_of(width), .lines = WORDS_LINES, .line_px = WORDS_STEP, .anchor = anchor, .at = {x, 0}};
    if (!words)
        return;
    size_t first = picture->mark_count;
    unsigned lines = label_lines(words, &place);
    place.at.y = WORDS_STEP * (WORDS_LINES - lines + 1) - 1;
    label_draw(picture, words, &place);
    for (size_t i = first; i < picture->mark_count; i++) {
        picture->marks[i].size = WORDS_PT;
        picture->marks[i].tone = TONE_SOFT;
    }
}

enum status paper_ends_picture(struct ctx *ctx, const struct scale *scale, const char *declined, struct picture **out)
{
    enum status status = picture_make(ctx, PAPER_ANSWER_WIDTH, out);
    if (status)
        return status;
    double left = point_x(scale, 1) - RADIUS, right = point_x(scale, scale->steps) + RADIUS, width = (right - left) / 2 - 4;
    if (scale->steps <= PAPER_POINTS_MOST) {
        words_draw(*out, label_of(scale, 1), left, width, ANCHOR_START);
        words_draw(*out, label_of(scale, scale->steps), right, width, ANCHOR_END);
    }
    words_draw(*out, declined, PAPER_ANSWER_WIDTH, PAPER_ANSWER_WIDTH - POINTS_WIDTH - 4, ANCHOR_END);
    return picture_end(*out, WORDS_LINES * WORDS_STEP + 2);
}

enum status paper_box_picture(struct ctx *ctx, struct picture **out)
{
    enum status status = picture_make(ctx, PAPER_BOX + 2, out);
    if (status)
        return status;
    box_draw(*out, 1, 1);
    return picture_end(*out, PAPER_BOX + 2);
}

enum status paper_lines_picture(struct ctx *ctx, double width, unsigned lines, struct picture **out)
{
    enum status status = picture_make(ctx, width, out);
    if (status)
        return status;
    for (unsigned i = 1; i <= lines; i++)
        (void)picture_line(*out, TONE_SOFT, 0.5, (struct point){0, i * PAPER_LINE_HEIGHT - 2},
                           (struct point){width, i * PAPER_LINE_HEIGHT - 2});
    return picture_end(*out, lines * PAPER_LINE_HEIGHT);
}

void paper_picture_mirror(struct picture *picture)
{
    for (size_t i = 0; i < picture->mark_count; i++) {
        struct mark *mark = &picture->marks[i];
        struct point at = mark->at;
        mark->at.x = picture->width - (mark->kind == MARK_BOX ? mark->to.x : at.x);
        mark->to.x = picture->width - (mark->kind == MARK_BOX ? at.x : mark->to.x);
        mark->anchor = mark->anchor == ANCHOR_MIDDLE ? ANCHOR_MIDDLE : mark->anchor == ANCHOR_START ? ANCHOR_END : ANCHOR_START;
    }
}
