/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "render/chart/gap_chart.h"
#include "render/chart/layout.h"
#include "render/chart/row_frame.h"

/* Where things stand in a room. */
struct gap_frame {
    size_t label_letters;
    double scale_left, scale_right; /* expectation and perception */
    double gap_left, gap_right;     /* the interval's picture */
    double number_right, interval_right, verdict_left;
    double row_height;
    double plot_drop;            /* from the top of a row to its dots */
    double text_drop;            /* from the top of a row to the line of its numbers */
    double one_drop, first_drop; /* to the line of a label that has one, to the first of several */
    bool above;                  /* the label stands above its row */
};

static const struct gap_frame frames[ROOM_COUNT] = {
    [ROOM_WIDE] = {.label_letters = 35,
                   .scale_left = 256,
                   .scale_right = 418,
                   .gap_left = 436,
                   .gap_right = 530,
                   .number_right = 578,
                   .interval_right = 692,
                   .verdict_left = 702,
                   .row_height = 38,
                   .plot_drop = 19,
                   .text_drop = 23,
                   .one_drop = 23,
                   .first_drop = 16},
    [ROOM_NARROW] = {.label_letters = 46,
                     .scale_left = 10,
                     .scale_right = 180,
                     .gap_left = 206,
                     .gap_right = 350,
                     .number_right = 48,
                     .interval_right = 162,
                     .verdict_left = 172,
                     .row_height = 82,
                     .plot_drop = 70,
                     .text_drop = 50,
                     .one_drop = 30,
                     .first_drop = 14,
                     .above = true},
    [ROOM_PAPER] = {.label_letters = 30,
                    .scale_left = 224,
                    .scale_right = 366,
                    .gap_left = 382,
                    .gap_right = 466,
                    .number_right = 514,
                    .interval_right = 628,
                    .verdict_left = 638,
                    .row_height = 36,
                    .plot_drop = 18,
                    .text_drop = 22,
                    .one_drop = 22,
                    .first_drop = 15},
};

#define TOP_PX     46.0
#define LINE_PX    15.0
#define DOT_PX     5.0
#define HEADING_PX 26.0 /* of a dimension, above its first row */

struct gap_drawing {
    struct picture *picture;
    const struct gap_chart *chart;
    const struct gap_frame *frame;
    struct axis scale, gap;
    double bottom;
};

static enum tone tone_of(const char *verdict)
{
    if (strcmp(verdict, "short") == 0)
        return TONE_SHORT;
    return strcmp(verdict, "above") == 0 ? TONE_ABOVE : TONE_UNDECIDED;
}

/* Lines from top to bottom, except where the labels stand above the rows: there they would cross the words. */
static void tick_draw(const struct gap_drawing *drawing, enum tone tone, double x, const char *number)
{
    double top = TOP_PX - 6;
    (void)picture_line(drawing->picture, tone, 1, (struct point){x, top},
                       (struct point){x, drawing->frame->above ? top + 5 : drawing->bottom});
    const char *copy = arena_copy(drawing->picture->ctx->arena, span_of(number));
    drawing->picture->failed = drawing->picture->failed || !copy;
    (void)picture_text(drawing->picture, TONE_SOFT, (struct point){x, top - 6}, ANCHOR_MIDDLE, span_of(copy ? copy : ""));
}

static void ticks_draw(const struct gap_drawing *drawing)
{
    const struct gap_chart *chart = drawing->chart;
    double range = chart->most - chart->least;
    unsigned most = chart->least >= 0 && chart->most < 100 ? 11 : 6;
    struct tick ticks[32];
    /* Halves of a rating scale say nothing and crowd the axis. */
    if (range >= 3 && range < most - 1)
        most = (unsigned)range + 1;
    unsigned count = axis_ticks(&drawing->scale, most, ticks);
    for (unsigned i = 0; i < count; i++)
        tick_draw(drawing, TONE_GRID, axis_place(&drawing->scale, ticks[i].number), ticks[i].text);
    tick_draw(drawing, TONE_SOFT, axis_place(&drawing->gap, 0), "0");
}

static void heads_draw(const struct gap_drawing *drawing)
{
    const struct gap_frame *frame = drawing->frame;
    (void)picture_text(drawing->picture, TONE_SOFT, (struct point){(frame->scale_left + frame->scale_right) / 2, 12},
                       ANCHOR_MIDDLE, span_of(drawing->chart->means_head));
    (void)picture_text(drawing->picture, TONE_SOFT, (struct point){axis_place(&drawing->gap, 0), 12}, ANCHOR_MIDDLE,
                       span_of(drawing->chart->gap_head));
}

/* Where the label stands above its row, each row has its own axes. */
static void axes_draw(const struct gap_drawing *drawing, double y)
{
    const struct gap_frame *frame = drawing->frame;
    double zero = axis_place(&drawing->gap, 0);
    (void)picture_line(drawing->picture, TONE_GRID, 1, (struct point){frame->scale_left, y},
                       (struct point){frame->scale_right, y});
    (void)picture_line(drawing->picture, TONE_GRID, 1, (struct point){frame->gap_left, y}, (struct point){frame->gap_right, y});
    (void)picture_line(drawing->picture, TONE_SOFT, 1, (struct point){zero, y - 7}, (struct point){zero, y + 7});
}

static void row_label_draw(const struct gap_drawing *drawing, const struct chart_row *row, double top)
{
    struct label_place place = {.at = {0, top + drawing->frame->one_drop},
                                .letters = drawing->frame->label_letters,
                                .lines = 2,
                                .line_px = LINE_PX,
                                .column = true};
    if (label_lines(row->label, &place) > 1)
        place.at.y = top + drawing->frame->first_drop;
    label_draw(drawing->picture, row->label, &place);
}

static void means_draw(const struct gap_drawing *drawing, const struct chart_row *row, double y)
{
    double from = axis_place(&drawing->scale, row->from), to = axis_place(&drawing->scale, row->to);
    enum tone tone = tone_of(row->verdict);
    if (row->band) {
        double left = fmin(from, to), right = fmax(fmax(from, to), left + 1);
        (void)picture_box(drawing->picture, TONE_BAND, (struct point){left, y - 7}, (struct point){right, y + 7});
    } else {
        (void)picture_line(drawing->picture, tone, 2.5, (struct point){from, y}, (struct point){to, y});
        picture_dot(drawing->picture, tone, DOT_PX, (struct point){from, y})->hollow = true;
    }
    (void)picture_dot(drawing->picture, tone, DOT_PX, (struct point){axis_place(&drawing->scale, row->got), y});
}

static void interval_draw(const struct gap_drawing *drawing, const struct chart_row *row, double y)
{
    enum tone tone = tone_of(row->verdict);
    if (row->has_interval)
        (void)picture_line(drawing->picture, tone, 2, (struct point){axis_place(&drawing->gap, row->low), y},
                           (struct point){axis_place(&drawing->gap, row->high), y});
    if (row->drawn)
        (void)picture_dot(drawing->picture, tone, 3.5, (struct point){axis_place(&drawing->gap, row->gap), y});
}

/* The gap, its interval and its verdict in words, in three columns of their own. A blank says why, across them. */
static void number_draw(const struct gap_drawing *drawing, const struct chart_row *row, double y)
{
    const struct gap_frame *frame = drawing->frame;
    struct picture *picture = drawing->picture;
    enum tone tone = tone_of(row->verdict), ink = tone == TONE_UNDECIDED ? TONE_INK : tone;
    if (!*row->interval) {
        struct point at = {frame->above ? 0 : frame->gap_right + 8, y};
        picture_text(picture, TONE_INK, at, ANCHOR_START, span_of(row->number))->size = TEXT_PX;
        return;
    }
    struct mark *number = picture_text(picture, ink, (struct point){frame->number_right, y}, ANCHOR_END, span_of(row->number));
    number->size = TEXT_PX;
    number->bold = ink != TONE_INK;
    (void)picture_text(picture, TONE_SOFT, (struct point){frame->interval_right, y}, ANCHOR_END, span_of(row->interval));
    struct mark *word = picture_text(picture, ink == TONE_INK ? TONE_SOFT : ink, (struct point){frame->verdict_left, y},
                                     ANCHOR_START, span_of(row->word));
    word->bold = ink != TONE_INK;
}

/* The top of a row, below the heading that stands above it; of the one after the last, the bottom of all. */
static double row_begin(const struct gap_chart *chart, const struct gap_frame *frame, uint32_t index)
{
    double top = TOP_PX + index * frame->row_height;
    for (uint32_t i = 0; i <= index && i < chart->row_count; i++)
        top += chart->rows[i].heading ? HEADING_PX : 0;
    return top;
}

static void heading_draw(const struct gap_drawing *drawing, const char *heading, double top)
{
    const struct gap_frame *frame = drawing->frame;
    struct mark *text = picture_text(
        drawing->picture, TONE_INK, (struct point){0, top - 7}, ANCHOR_START,
        text_within(drawing->picture, heading, TEXT_PX, frame->above ? drawing->picture->width : frame->scale_left - 8));
    text->size = TEXT_PX;
    text->bold = true;
}

static void row_draw(const struct gap_drawing *drawing, uint32_t index)
{
    const struct chart_row *row = &drawing->chart->rows[index];
    double top = row_begin(drawing->chart, drawing->frame, index), y = top + drawing->frame->plot_drop;
    if (row->heading)
        heading_draw(drawing, row->heading, top);
    row_label_draw(drawing, row, top);
    if (drawing->frame->above)
        axes_draw(drawing, y);
    if (row->drawn)
        means_draw(drawing, row, y);
    interval_draw(drawing, row, y);
    number_draw(drawing, row, top + drawing->frame->text_drop);
}

enum status gap_chart_picture(const struct gap_chart *chart, enum chart_room room, struct picture *picture)
{
    const struct gap_frame *frame = &frames[room];
    if (!chart->row_count)
        return picture_end(picture, 0);
    const struct gap_drawing drawing = {
        .picture = picture,
        .chart = chart,
        .frame = frame,
        .scale = {.least = chart->least, .most = chart->most, .from = frame->scale_left, .to = frame->scale_right},
        .gap = {.least = -chart->reach, .most = chart->reach, .from = frame->gap_left, .to = frame->gap_right},
        .bottom = row_begin(chart, frame, chart->row_count)};
    picture->description = chart->description;
    ticks_draw(&drawing);
    heads_draw(&drawing);
    for (uint32_t i = 0; i < chart->row_count; i++)
        row_draw(&drawing, i);
    return picture_end(picture, drawing.bottom + 8);
}
