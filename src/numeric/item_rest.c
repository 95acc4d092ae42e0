/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/item_rest.h"

#include <assert.h>

/* Moments over one denominator, which cancels. */
struct moments {
    struct wide item, total, rest;     /* variances of the item, of the sum of all, of the sum of the others */
    struct wide item_total, item_rest; /* covariances */
    struct wide rest_items;            /* Σ of the variances of the other items */
};

/* All of them for one item. */
static struct moments item_moments(const struct exact_block *block, size_t item, bool *overflow)
{
    struct moments m;
    m.rest_items = wide_from(0);
    for (size_t i = 0; i < block->count; i++)
        if (i != item)
            m.rest_items = wide_add(m.rest_items, exact_block_moment(block, i, i, overflow), overflow);
    m.item = exact_block_moment(block, item, item, overflow);
    m.total = exact_block_total(block, overflow);
    m.item_total = exact_block_moment_total(block, item, overflow);
    m.item_rest = wide_subtract(m.item_total, m.item, overflow);
    m.rest = wide_subtract(wide_subtract(m.total, m.item_total, overflow), m.item_rest, overflow);
    return m;
}

/* The correlation, where both vary. */
static enum undefined correlation(struct wide xy, struct wide xx, struct wide yy, double *out)
{
    if (wide_sign(xx) == 0 || wide_sign(yy) == 0)
        return UNDEFINED_NO_VARIANCE;
    *out = exact_moment_correlation(xy, xx, yy);
    return DEFINED;
}

/* Cronbach's alpha of the other items. */
static enum undefined rest_alpha(const struct moments *m, size_t count, double *out)
{
    if (count < 3)
        return UNDEFINED_TOO_FEW;
    if (wide_sign(m->rest) == 0)
        return UNDEFINED_NO_VARIANCE;
    bool overflow = false;
    int128 k = (int128)count - 1;
    struct wide above = wide_multiply(wide_from(k), wide_subtract(m->rest, m->rest_items, &overflow), &overflow);
    struct wide below = wide_multiply(wide_from(k - 1), m->rest, &overflow);
    if (overflow)
        return UNDEFINED_OVERFLOW;
    *out = wide_ratio(above, below);
    return DEFINED;
}

void item_rest(const struct exact_block *block, size_t item, struct item_rest *out)
{
    assert(item < block->count);
    *out = (struct item_rest){.total_undefined = UNDEFINED_TOO_FEW};
    out->rest_undefined = out->deleted_undefined = out->total_undefined;
    if (block->count < 2 || exact_block_too_few(block))
        return;
    bool overflow = false;
    struct moments m = item_moments(block, item, &overflow);
    if (overflow) {
        out->total_undefined = out->rest_undefined = out->deleted_undefined = UNDEFINED_OVERFLOW;
        return;
    }
    out->total_undefined = correlation(m.item_total, m.item, m.total, &out->total_r);
    out->rest_undefined = correlation(m.item_rest, m.item, m.rest, &out->rest_r);
    out->deleted_undefined = rest_alpha(&m, block->count, &out->alpha_if_deleted);
}
