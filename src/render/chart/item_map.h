/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_RENDER_CHART_ITEM_MAP_H
#define GAPMETER_RENDER_CHART_ITEM_MAP_H

#include "render/chart/chart.h"

/* Items as dots between two axes, with a line across each that makes four fields, each with its name. Labels stand beside the dots
 * when all of them are short and have room; otherwise numbers do, and a list below says what they stand for. */

struct map_item {
    const char *label;
    struct point at; /* numbers of the axes */
    bool has_interval;
    struct point low, high; /* ends of its intervals along both axes */
    enum tone tone;
    bool hollow;
    const char *tip;
};

/* The fields by where they lie. */
enum map_field { FIELD_LEFT_TOP, FIELD_RIGHT_TOP, FIELD_LEFT_BOTTOM, FIELD_RIGHT_BOTTOM, MAP_FIELDS };

struct item_map {
    const struct map_item *items;
    uint32_t count;
    struct point least, most; /* the ends of both axes */
    struct point lines;       /* where the lines stand */
    bool percent;             /* the axes are shares */
    const char *across, *up;  /* what the axes are */
    const char *fields[MAP_FIELDS];
    const char *legends[2]; /* what filled and hollow dots are; "" = nothing to say */
};

/* Draws it for a room.
 * takes   picture  begun
 * fails   STATUS_MEMORY
 * proof   tests/render/importance_performance_map_test.c, tests/render/kano_map_test.c */
enum status item_map_draw(const struct item_map *map, enum chart_room room, struct picture *picture) MUST_USE;

/* What the maps of importance and performance, and of Kano's answers by shares and by means, show: the rows of a block's table that have a place.
 * gives   *out   in ctx->arena; count 0 when there is none
 * fails   STATUS_MEMORY
 * proof   tests/render/importance_performance_map_test.c, tests/render/kano_map_test.c, tests/render/kano_means_test.c */
enum status importance_map_make(struct ctx *ctx, const struct document_head *head, const struct document_block *block,
                                struct item_map *out) MUST_USE;
enum status kano_map_make(struct ctx *ctx, const struct document_head *head, const struct document_block *block,
                          struct item_map *out) MUST_USE;
enum status kano_means_make(struct ctx *ctx, const struct document_head *head, const struct document_block *block,
                            struct item_map *out) MUST_USE;

/* The ends of an axis that shows all of so many numbers, with some room around them and never shorter than `shortest`.
 * takes   numbers  [count], count > 0 */
void map_ends(const double *numbers, uint32_t count, double shortest, double *least, double *most);

#endif
