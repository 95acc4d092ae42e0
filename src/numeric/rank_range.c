/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/rank_range.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>

/* One drawn value and whose it is. */
struct drawn {
    double value;
    uint32_t unit;
};

/* Largest first; of equal values the first unit. */
static int drawn_compare(const void *a, const void *b)
{
    const struct drawn *first = a, *second = b;
    if (first->value != second->value)
        return first->value > second->value ? -1 : 1;
    return (first->unit > second->unit) - (first->unit < second->unit);
}

/* Orders ranks. */
static int rank_compare(const void *a, const void *b)
{
    const uint32_t *first = a, *second = b;
    return (*first > *second) - (*first < *second);
}

/* Rank of every unit in every draw.
 * gives   ranks[unit × draws + draw] */
static void ranks_draw(const struct rank_draws *how, double *values, struct drawn *order, uint32_t *ranks)
{
    for (uint32_t d = 0; d < how->draws; d++) {
        how->draw(how->context, d, values);
        for (size_t i = 0; i < how->count; i++)
            order[i] = (struct drawn){values[i], (uint32_t)i};
        qsort(order, how->count, sizeof *order, drawn_compare);
        for (size_t i = 0; i < how->count; i++)
            ranks[(size_t)order[i].unit * how->draws + d] = (uint32_t)i + 1;
    }
}

/* What the draws of one unit say.
 * takes   ranks  [draws]; they are sorted here */
static struct rank_range range_of(const struct rank_draws *how, uint32_t *ranks)
{
    uint32_t draws = how->draws;
    qsort(ranks, draws, sizeof *ranks, rank_compare);
    size_t fifth = how->count / 5 ? how->count / 5 : 1;
    uint32_t lowest = 0;
    for (uint32_t d = 0; d < draws; d++)
        lowest += ranks[d] > how->count - fifth;
    uint32_t below = (draws - 1) / 2;
    uint32_t left_out = (uint32_t)(0.5 * (1 - how->confidence) * draws);
    return (struct rank_range){.median = 0.5 * ((double)ranks[below] + (double)ranks[draws - 1 - below]),
                               .low = ranks[left_out],
                               .high = ranks[draws - 1 - left_out],
                               .low_fifth = (double)lowest / draws};
}

enum status rank_ranges_find(struct ctx *ctx, const struct rank_draws *how, struct rank_range *ranks)
{
    assert(how->draws >= 40 && how->count >= 1 && how->count <= UINT32_MAX);
    struct arena *scratch = NULL; /* a thousand draws of every line of a long table would be much to keep */
    enum status status = arena_create(ctx->arena, &scratch);
    if (status)
        return ctx_no_memory(ctx);
    double *values = arena_array(scratch, how->count, sizeof *values);
    struct drawn *order = arena_array(scratch, how->count, sizeof *order);
    uint32_t *all = arena_array(scratch, how->count * how->draws, sizeof *all);
    bool made = values && order && all;
    if (made)
        ranks_draw(how, values, order, all);
    for (size_t i = 0; made && i < how->count; i++)
        ranks[i] = range_of(how, all + i * how->draws);
    arena_destroy(scratch);
    return made ? STATUS_OK : ctx_no_memory(ctx);
}
