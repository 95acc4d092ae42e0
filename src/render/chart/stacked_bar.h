/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_RENDER_CHART_STACKED_BAR_H
#define GAPMETER_RENDER_CHART_STACKED_BAR_H

#include "render/chart/row_frame.h"

/* Bars of shares one after another, to either side of a middle: what charts of distributions have in common. */

/* Where things stand: the bar, beside it a figure with its interval. */
extern const struct row_frame stacked_frames[ROOM_COUNT];

#define STACKED_LABEL_PX 40.0 /* room for a share at either end of a bar */

/* One part of a bar. */
struct stacked_part {
    double share;
    enum tone tone;
    bool hollow;
    const char *name; /* what it counts: "−1", "3" */
};

/* Draws parts from `start` to the right; each says its name and share to a pointer.
 * takes   axis  of shares */
void stacked_bar_draw(struct picture *picture, const struct axis *axis, double start, const struct stacked_part *parts,
                      size_t count, double y);

/* What a bar says in numbers: at its left end, in its middle where there is room, and at its right end. */
struct stacked_sums {
    double start, left, middle, right; /* where it starts; shares of the three */
    enum tone left_tone, right_tone;
};

/* Writes them as percent. */
void stacked_sums_draw(struct picture *picture, const struct axis *axis, const struct stacked_sums *sums, double y);

/* Writes what lies to the left, in the middle and to the right above the bars. */
void stacked_heads_draw(struct picture *picture, const struct row_frame *frame, const struct axis *axis,
                        const char *const words[3], const struct stacked_sums *tones);

#endif
