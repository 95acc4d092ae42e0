/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/multiplicity.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

/* A p-value that remembers where it came from. */
struct ranked {
    double p;
    size_t place;
};

/* Ascending; equal ones by place, so that the order is the same everywhere. */
static int ranked_compare(const void *a, const void *b)
{
    const struct ranked *left = a, *right = b;
    if (left->p != right->p)
        return left->p < right->p ? -1 : 1;
    return left->place < right->place ? -1 : left->place > right->place;
}

/* The p-values in ascending order. */
static enum status rank_all(struct ctx *ctx, const double *p, size_t count, struct ranked **out)
{
    struct ranked *ranked = arena_array(ctx->arena, count, sizeof *ranked);
    if (ranked == NULL)
        return ctx_no_memory(ctx);
    for (size_t i = 0; i < count; i++) {
        assert(p[i] >= 0 && p[i] <= 1);
        ranked[i] = (struct ranked){p[i], i};
    }
    qsort(ranked, count, sizeof *ranked, ranked_compare);
    *out = ranked;
    return STATUS_OK;
}

enum status holm_adjust(struct ctx *ctx, const double *p, size_t count, double *adjusted)
{
    if (count == 0)
        return STATUS_OK;
    struct ranked *ranked = NULL;
    enum status status = rank_all(ctx, p, count, &ranked);
    if (status != STATUS_OK)
        return status;
    assert(ranked != NULL);
    double largest = 0;
    for (size_t i = 0; i < count; i++) {
        largest = fmax(largest, fmin(1, (double)(count - i) * ranked[i].p));
        adjusted[ranked[i].place] = largest;
    }
    return STATUS_OK;
}

/* p̃_(i) = min over k >= i of min(1, factor × m × p_(k) / k). */
static enum status step_up(struct ctx *ctx, const double *p, size_t count, double factor, double *adjusted)
{
    if (count == 0)
        return STATUS_OK;
    struct ranked *ranked = NULL;
    enum status status = rank_all(ctx, p, count, &ranked);
    if (status != STATUS_OK)
        return status;
    double smallest = 1;
    for (size_t i = count; i-- > 0;) {
        smallest = fmin(smallest, factor * (double)count / (double)(i + 1) * ranked[i].p);
        adjusted[ranked[i].place] = smallest;
    }
    return STATUS_OK;
}

enum status benjamini_hochberg_adjust(struct ctx *ctx, const double *p, size_t count, double *adjusted)
{
    return step_up(ctx, p, count, 1, adjusted);
}

enum status benjamini_yekutieli_adjust(struct ctx *ctx, const double *p, size_t count, double *adjusted)
{
    double harmonic = 0;
    for (size_t k = count; k > 0; k--)
        harmonic += 1 / (double)k;
    return step_up(ctx, p, count, harmonic, adjusted);
}
