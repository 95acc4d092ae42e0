/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/chart/period_plot.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "model/phrase.h"
#include "model/shown.h"

/* Where things stand in a room. */
struct period_frame {
    double left, right; /* of the plot; the axis' numbers stand before it, the words of lines behind it */
    double bottom;
    double label_most; /* the widest label of a period */
};

static const struct period_frame frames[ROOM_COUNT] = {
    [ROOM_WIDE] = {.left = 54, .right = 684, .bottom = 276, .label_most = 110},
    [ROOM_NARROW] = {.left = 44, .right = 292, .bottom = 276, .label_most = 90},
    [ROOM_PAPER] = {.left = 54, .right = 622, .bottom = 256, .label_most = 104},
};

#define TOP_PX    34.0
#define LINE_PX   15.0 /* between texts one above the other */
#define DOT_PX    4.0
#define SIGNAL_PX 6.5
#define TICKS     6u

struct period_drawing {
    struct ctx *ctx;
    const struct period_plot *plot;
    const struct period_frame *frame;
    struct picture *picture;
    struct axis axis;
    uint32_t count;
};

static double point_x(const struct period_drawing *drawing, uint32_t index)
{
    double width = drawing->frame->right - drawing->frame->left;
    return drawing->frame->left + width * (index + 0.5) / drawing->count;
}

static double step_px(const struct period_drawing *drawing)
{
    return (drawing->frame->right - drawing->frame->left) / drawing->count;
}

static void range_take(double number, double *least, double *most)
{
    *least = fmin(*least, number);
    *most = fmax(*most, number);
}

static void point_range(const struct period_point *point, double *least, double *most)
{
    if (point->has_value)
        range_take(point->value, least, most);
    if (point->has_raw)
        range_take(point->raw, least, most);
    if (!point->has_limits)
        return;
    range_take(point->low, least, most);
    range_take(point->high, least, most);
}

/* Everything that is drawn, and room above and below for the words of signals. */
static void axis_find(struct period_drawing *drawing)
{
    double least = HUGE_VAL, most = -HUGE_VAL;
    for (uint32_t l = 0; l < drawing->plot->line_count; l++) {
        for (uint32_t i = 0; i < drawing->count; i++)
            point_range(&drawing->plot->lines[l].points[i], &least, &most);
    }
    if (drawing->plot->has_centre)
        range_take(drawing->plot->centre, &least, &most);
    if (!(most > least)) {
        least -= 0.5;
        most = least + 1;
    }
    double edge = (most - least) * 0.13;
    drawing->axis = (struct axis){least - edge, most + edge, drawing->frame->bottom, TOP_PX};
}

static double place(const struct period_drawing *drawing, double number)
{
    return axis_place(&drawing->axis, number);
}

/* The axis that goes up, its pale lines and what it is of. */
static void axis_draw(const struct period_drawing *drawing)
{
    struct tick ticks[32];
    struct axis axis = drawing->axis;
    axis.least *= drawing->plot->percent ? 100 : 1;
    axis.most *= drawing->plot->percent ? 100 : 1;
    unsigned count = axis_ticks(&axis, TICKS, ticks);
    for (unsigned i = 0; i < count; i++) {
        double y = axis_place(&axis, ticks[i].number);
        char *text = arena_copy(drawing->ctx->arena, span_of(ticks[i].text));
        drawing->picture->failed = drawing->picture->failed || !text;
        (void)picture_line(drawing->picture, TONE_GRID, 1, (struct point){drawing->frame->left, y},
                           (struct point){drawing->frame->right, y});
        (void)picture_text(drawing->picture, TONE_SOFT, (struct point){drawing->frame->left - 8, y + 4}, ANCHOR_END,
                           span_of(text));
    }
    (void)picture_text(drawing->picture, TONE_SOFT, (struct point){0, 12}, ANCHOR_START,
                       text_within(drawing->picture, drawing->plot->title, SMALL_PX, drawing->picture->width));
}

/* Labels of periods from the last one backwards, each far enough from the one before. */
static void labels_draw(const struct period_drawing *drawing)
{
    const struct period_point *points = drawing->plot->lines[0].points;
    double free_to = drawing->picture->width, y = drawing->frame->bottom + 18;
    for (uint32_t i = drawing->count; i-- > 0;) {
        double x = point_x(drawing, i);
        struct span text = text_within(drawing->picture, points[i].label, SMALL_PX, drawing->frame->label_most);
        double half = picture_text_width(text, SMALL_PX) / 2, middle = fmax(fmin(x, drawing->picture->width - half), half);
        if (middle + half > free_to)
            continue;
        free_to = middle - half - 10;
        (void)picture_line(drawing->picture, TONE_SOFT, 1, (struct point){x, drawing->frame->bottom},
                           (struct point){x, drawing->frame->bottom + 5});
        (void)picture_text(drawing->picture, TONE_SOFT, (struct point){middle, y}, ANCHOR_MIDDLE, text);
    }
}

/* One limit as steps, broken where it is not known. */
static void limit_draw(const struct period_drawing *drawing, const struct period_line *line, bool upper)
{
    double half = step_px(drawing) / 2;
    struct point *steps = arena_array(drawing->ctx->arena, 2u * (size_t)drawing->count + 1, sizeof *steps);
    size_t count = 0;
    drawing->picture->failed = drawing->picture->failed || !steps;
    for (uint32_t i = 0; i <= drawing->count && steps; i++) {
        if (i < drawing->count && line->points[i].has_limits) {
            double x = point_x(drawing, i), y = place(drawing, upper ? line->points[i].high : line->points[i].low);
            steps[count++] = (struct point){x - half, y};
            steps[count++] = (struct point){x + half, y};
            continue;
        }
        if (count)
            picture_shape(drawing->picture, TONE_SOFT, steps, count)->dashed = true;
        count = 0;
    }
}

/* The line through the points, broken where a period has none. */
static void line_draw(const struct period_drawing *drawing, const struct period_line *line)
{
    struct point *points = arena_array(drawing->ctx->arena, (size_t)drawing->count + 1, sizeof *points);
    size_t count = 0;
    drawing->picture->failed = drawing->picture->failed || !points;
    for (uint32_t i = 0; i <= drawing->count && points; i++) {
        if (i < drawing->count && line->points[i].has_value) {
            points[count++] = (struct point){point_x(drawing, i), place(drawing, line->points[i].value)};
            continue;
        }
        if (count > 1)
            picture_shape(drawing->picture, TONE_FIRST, points, count)->size = 1.5;
        count = 0;
    }
}

static const char *tip_make(const struct period_drawing *drawing, const struct period_point *point)
{
    char number[64];
    double value = point->value * (drawing->plot->percent ? 100 : 1);
    shown_number(value, drawing->plot->percent ? 0 : 2, true, number, sizeof number);
    return arena_format(drawing->ctx->arena, "%s: %s%s", point->label, number, drawing->plot->percent ? " %" : "");
}

/* A dot, or the diamond of a signal. */
static void point_draw(const struct period_drawing *drawing, const struct period_line *line, uint32_t index)
{
    const struct period_point *point = &line->points[index];
    double x = point_x(drawing, index), small = fmax(fmin(DOT_PX, step_px(drawing) * 0.35), 1.5);
    if (point->has_raw)
        picture_dot(drawing->picture, TONE_SOFT, fmin(small, 3), (struct point){x, place(drawing, point->raw)})->hollow = true;
    if (!point->has_value)
        return;
    double y = place(drawing, point->value), far = fmax(fmin(SIGNAL_PX, step_px(drawing) * 0.6), 4);
    const struct point corners[] = {{x, y - far}, {x + far, y}, {x, y + far}, {x - far, y}};
    struct mark *mark = NULL;
    if (point->side) {
        mark = picture_shape(drawing->picture, point->side < 0 ? line->low : line->high, corners, 4);
        mark->closed = true;
    } else {
        mark = picture_dot(drawing->picture, TONE_FIRST, small, (struct point){x, y});
    }
    mark->tip = tip_make(drawing, point);
}

/* Where a word may stand: from … to across. */
struct word_place {
    double from, to;
    int side; /* −1: below the dots */
};

/* Is the small dot of a period in the way of a word at this height? */
static bool raw_in_way(const struct period_drawing *drawing, const struct period_point *point, double y)
{
    return point->has_raw && fabs(place(drawing, point->raw) - (y - 4)) < 9;
}

/* Where the line is at a place between two periods; false where it is not. */
static bool line_y(const struct period_drawing *drawing, const struct period_line *line, double x, double *out)
{
    double at = (x - point_x(drawing, 0)) / step_px(drawing);
    if (at < 0 || at + 1 >= drawing->count)
        return false;
    const struct period_point *before = &line->points[(uint32_t)at], *after = before + 1;
    double share = at - floor(at);
    *out = place(drawing, before->value + share * (after->value - before->value));
    return before->has_value && after->has_value;
}

/* The height at which a word is clear of the line beside it: above its highest point, or below its lowest, and moved on where small
 * dots are in its way. */
static double clear_y(const struct period_drawing *drawing, const struct period_line *line, const struct word_place *word)
{
    double y = word->side < 0 ? 0 : HUGE_VAL;
    uint32_t first = drawing->count, last = 0;
    for (uint32_t i = 0; i < drawing->count; i++) {
        double x = point_x(drawing, i);
        if (x < word->from - SIGNAL_PX || x > word->to + SIGNAL_PX)
            continue;
        first = first < i ? first : i;
        last = i;
        if (line->points[i].has_value)
            y = word->side < 0 ? fmax(y, place(drawing, line->points[i].value)) : fmin(y, place(drawing, line->points[i].value));
    }
    double ends[2] = {y, y};
    if (line_y(drawing, line, word->from, &ends[0]))
        y = word->side < 0 ? fmax(y, ends[0]) : fmin(y, ends[0]);
    if (line_y(drawing, line, word->to, &ends[1]))
        y = word->side < 0 ? fmax(y, ends[1]) : fmin(y, ends[1]);
    y += word->side < 0 ? 20 : -11;
    for (uint32_t i = first; i <= last && i < drawing->count; i++) {
        if (!raw_in_way(drawing, &line->points[i], y))
            continue;
        y = place(drawing, line->points[i].raw) + (word->side < 0 ? 17 : -8);
        y = fmax(fmin(y, drawing->frame->bottom - 3), TOP_PX + 6);
    }
    return y;
}

/* The words of signals, one for each run of them: below those that are low and above those that are high, as far as they have room. */
static void words_draw(const struct period_drawing *drawing, const struct period_line *line, int side)
{
    double free_from = 0;
    int before = 0;
    for (uint32_t i = 0; i < drawing->count; i++) {
        const struct period_point *point = &line->points[i];
        bool begins = point->side == side && before != side && point->has_value;
        before = point->side;
        struct span word = text_within(drawing->picture, begins ? point->word : "", SMALL_PX, drawing->frame->label_most);
        double half = picture_text_width(word, SMALL_PX) / 2;
        double x = fmax(fmin(point_x(drawing, i), drawing->frame->right - half), drawing->frame->left + half);
        if (!begins || x - half < free_from)
            continue;
        free_from = x + half + 6;
        double y = clear_y(drawing, line, &(struct word_place){x - half, x + half, side});
        picture_text(drawing->picture, side < 0 ? line->low : line->high, (struct point){x, y}, ANCHOR_MIDDLE, word)->bold = true;
    }
}

/* What the lines are called, at their right ends, moved apart where they would touch. */
static void ends_draw(const struct period_drawing *drawing)
{
    double at[3] = {0, 0, 0};
    const char *words[3] = {drawing->plot->limit_word, drawing->plot->centre_word, drawing->plot->limit_word};
    bool known[3] = {false, drawing->plot->has_centre, false};
    const struct period_line *line = &drawing->plot->lines[0];
    if (drawing->plot->has_centre)
        at[1] = place(drawing, drawing->plot->centre);
    for (uint32_t i = 0; i < drawing->count; i++) {
        if (!line->points[i].has_limits)
            continue;
        at[0] = place(drawing, line->points[i].high);
        at[2] = place(drawing, line->points[i].low);
        known[0] = known[2] = true;
    }
    if (known[0] && known[1]) {
        at[0] = fmin(at[0], at[1] - LINE_PX);
        at[2] = fmax(at[2], at[1] + LINE_PX);
    } else if (known[0] && at[2] - at[0] < LINE_PX) {
        at[2] = at[0] + LINE_PX;
    }
    for (size_t i = 0; i < 3; i++) {
        if (known[i])
            (void)picture_text(
                drawing->picture, TONE_SOFT, (struct point){drawing->frame->right + 6, at[i] + 4}, ANCHOR_START,
                text_within(drawing->picture, words[i], SMALL_PX, drawing->picture->width - drawing->frame->right - 6));
    }
}

static enum status describe(struct period_drawing *drawing)
{
    const struct period_point *points = drawing->plot->lines[0].points;
    char periods[32], signals[32];
    uint32_t signalled = 0;
    for (uint32_t i = 0; i < drawing->count; i++) {
        bool any = false;
        for (uint32_t l = 0; l < drawing->plot->line_count; l++)
            any = any || drawing->plot->lines[l].points[i].side;
        signalled += any;
    }
    (void)snprintf(periods, sizeof periods, "%u", drawing->count);
    (void)snprintf(signals, sizeof signals, "%u", signalled);
    const struct phrase_word words[] = {{"periods", periods},
                                        {"signals", signals},
                                        {"first", points[0].label},
                                        {"last", points[drawing->count - 1].label},
                                        {NULL, NULL}};
    return phrase_make(drawing->ctx, drawing->plot->head->language, "chart.description.periods", words,
                       &drawing->picture->description);
}

enum status period_plot_draw(struct ctx *ctx, const struct period_plot *plot, enum chart_room room, struct picture *out)
{
    struct period_drawing drawing = {
        .ctx = ctx, .plot = plot, .frame = &frames[room], .picture = out, .count = plot->lines[0].count};
    if (!drawing.count)
        return picture_end(out, 0);
    axis_find(&drawing);
    axis_draw(&drawing);
    labels_draw(&drawing);
    if (plot->has_centre)
        (void)picture_line(out, TONE_SOFT, 1, (struct point){drawing.frame->left, place(&drawing, plot->centre)},
                           (struct point){drawing.frame->right, place(&drawing, plot->centre)});
    for (uint32_t l = 0; l < plot->line_count; l++) {
        limit_draw(&drawing, &plot->lines[l], false);
        limit_draw(&drawing, &plot->lines[l], true);
        line_draw(&drawing, &plot->lines[l]);
        for (uint32_t i = 0; i < drawing.count; i++)
            point_draw(&drawing, &plot->lines[l], i);
        words_draw(&drawing, &plot->lines[l], -1);
        words_draw(&drawing, &plot->lines[l], 1);
    }
    ends_draw(&drawing);
    enum status status = describe(&drawing);
    return status ? status : picture_end(out, drawing.frame->bottom + 28);
}
