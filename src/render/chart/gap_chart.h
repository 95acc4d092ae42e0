/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_RENDER_CHART_GAP_CHART_H
#define GAPMETER_RENDER_CHART_GAP_CHART_H

#include "render/chart/chart.h"

/* What the picture of the gap is, apart from who draws it. Two kinds share it: expectation and perception with the gap's interval,
 * and the zone of tolerance with the perceived level on it; where only the minimum or only the desired level was asked, that level
 * stands in place of the expectation. */
struct chart_row {
    const char *label;   /* the item's text, the dimension's title, the group */
    uint32_t dimension;  /* of an item, when rows stand under their dimensions */
    const char *heading; /* stands above the row: the title of its dimension, when it is the first of it; NULL = none */
    bool drawn;          /* the means exist */
    bool band;           /* from … to is a zone, else a gap */
    double from, to;     /* gap: expectation or the only edge, perception; zone: minimum, desired */
    double got;          /* the perceived level */
    bool has_interval;
    double gap, low, high; /* gap: P−E; zone: adequacy P−minimum; with a desired level alone: P−desired */
    const char *verdict;   /* "short", "above", "met", "undecided", "": its colour */
    const char *word;      /* the verdict, or the zone's status, as it stands in the picture */
    const char *number;    /* "−0.44", or the words of the blank */
    const char *interval;  /* "[−0.62, −0.26]"; "" where there is no number */
};

struct gap_chart {
    bool groups;                  /* a row is a group */
    const char *description;      /* the same in a sentence or two, for those who hear the page */
    const char *means_head;       /* what the dots are: "○ expected  ● got" */
    const char *gap_head;         /* what the interval is of */
    const struct chart_row *rows; /* worst first; groups in their own order, without those that are hidden */
    uint32_t row_count;
    uint32_t left_out;  /* rows beyond the most that were asked for */
    double least, most; /* the scale's ends */
    double reach;       /* the interval column spans −reach … +reach */
};

/* Reads the rows of a block's table.
 * takes   zone  minimum, desired and perceived level in place of expectation and perception
 * gives   *out   in ctx->arena; row_count 0 when nothing can be drawn */
enum status gap_chart_make(struct ctx *ctx, const struct document_head *head, const struct document_block *block, bool zone,
                           struct gap_chart *out) MUST_USE;

/* Draws the rows for a room.
 * takes   picture  begun
 * fails   STATUS_MEMORY
 * proof   tests/render/gap_chart_test.c */
enum status gap_chart_picture(const struct gap_chart *chart, enum chart_room room, struct picture *picture) MUST_USE;

#endif
