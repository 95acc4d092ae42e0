/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/chart/stacked_bar.h"

#include <math.h>

#include "model/shown.h"

const struct row_frame stacked_frames[ROOM_COUNT] = {
    [ROOM_WIDE] = {.label_letters = 30,
                   .plot_left = 224,
                   .plot_right = 544,
                   .side_left = 562,
                   .side_right = 632,
                   .number_right = 676,
                   .interval_right = 766,
                   .word_left = 768,
                   .word_right = 768,
                   .top = 46,
                   .height = 38,
                   .plot_drop = 19,
                   .side_drop = 19,
                   .text_drop = 23},
    [ROOM_NARROW] = {.label_letters = 48,
                     .plot_left = 0,
                     .plot_right = 360,
                     .side_left = 216,
                     .side_right = 352,
                     .number_right = 44,
                     .interval_right = 150,
                     .word_left = 160,
                     .word_right = 160,
                     .top = 46,
                     .height = 86,
                     .plot_drop = 70,
                     .side_drop = 46,
                     .text_drop = 50,
                     .stacked = true},
    [ROOM_PAPER] = {.label_letters = 27,
                    .plot_left = 204,
                    .plot_right = 492,
                    .side_left = 508,
                    .side_right = 570,
                    .number_right = 612,
                    .interval_right = 702,
                    .word_left = 704,
                    .word_right = 704,
                    .top = 46,
                    .height = 36,
                    .plot_drop = 18,
                    .side_drop = 18,
                    .text_drop = 22},
};

#define BAR_PX 8.0 /* half its height */

/* "44 %" of a share. */
static const char *percent_text(struct picture *picture, double share)
{
    char number[64];
    shown_number(share * 100, 0, true, number, sizeof number);
    const char *text = arena_format(picture->ctx->arena, "%s %%", number);
    picture->failed = picture->failed || !text;
    return text ? text : "";
}

/* Neighbours do not cover each other: half the outline of hollow parts stays inside. */
static void part_draw(struct picture *picture, const struct axis *axis, double start, const struct stacked_part *part, double y)
{
    double inset = part->hollow ? 1 : 0, left = axis_place(axis, start) + inset;
    double right = axis_place(axis, start + part->share) - inset;
    struct mark *box = picture_box(picture, part->tone, (struct point){left, y - BAR_PX + inset},
                                   (struct point){fmax(right, left + 0.5), y + BAR_PX - inset});
    box->hollow = part->hollow;
    box->tip = arena_format(picture->ctx->arena, "%s: %s", part->name, percent_text(picture, part->share));
}

void stacked_bar_draw(struct picture *picture, const struct axis *axis, double start, const struct stacked_part *parts,
                      size_t count, double y)
{
    for (size_t i = 0; i < count; i++) {
        if (parts[i].share > 0)
            part_draw(picture, axis, start, &parts[i], y);
        start += parts[i].share;
        bool follows = i + 1 < count && parts[i].share > 0 && !parts[i].hollow && !parts[i + 1].hollow;
        if (follows && parts[i].tone == parts[i + 1].tone) /* filled alike: a line of paper tells them apart */
            (void)picture_line(picture, TONE_PAPER, 1, (struct point){axis_place(axis, start), y - BAR_PX},
                               (struct point){axis_place(axis, start), y + BAR_PX});
    }
}

void stacked_sums_draw(struct picture *picture, const struct axis *axis, const struct stacked_sums *sums, double y)
{
    double end = sums->start + sums->left + sums->middle + sums->right;
    (void)picture_text(picture, sums->left_tone, (struct point){axis_place(axis, sums->start) - 5, y + 4}, ANCHOR_END,
                       span_of(percent_text(picture, sums->left)));
    (void)picture_text(picture, sums->right_tone, (struct point){axis_place(axis, end) + 5, y + 4}, ANCHOR_START,
                       span_of(percent_text(picture, sums->right)));
    double from = axis_place(axis, sums->start + sums->left), to = axis_place(axis, sums->start + sums->left + sums->middle);
    struct span middle = span_of(percent_text(picture, sums->middle));
    if (picture_text_width(middle, SMALL_PX) + 4 <= to - from)
        (void)picture_text(picture, TONE_INK, (struct point){(from + to) / 2, y + 4}, ANCHOR_MIDDLE, middle);
}

void stacked_heads_draw(struct picture *picture, const struct row_frame *frame, const struct axis *axis,
                        const char *const words[3], const struct stacked_sums *tones)
{
    double y = frame->top - 12, middle = axis_place(axis, 0);
    (void)picture_text(picture, tones->left_tone, (struct point){frame->plot_left, y}, ANCHOR_START,
                       text_within(picture, words[0], SMALL_PX, middle - 30 - frame->plot_left));
    (void)picture_text(picture, TONE_SOFT, (struct point){middle, y}, ANCHOR_MIDDLE,
                       text_within(picture, words[1], SMALL_PX, 56));
    (void)picture_text(picture, tones->right_tone, (struct point){frame->plot_right, y}, ANCHOR_END,
                       text_within(picture, words[2], SMALL_PX, frame->plot_right - middle - 30));
}
