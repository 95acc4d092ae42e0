/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/delight/kano_items.h"

#include "measure/case_error.h"

/* Weighted counts, and the points of each row. */
struct kano_sums {
    double counts[KANO_CLASS_COUNT];
    double all, squares;
    double *functional, *dysfunctional; /* [rows] */
};

/* Adds the pairs of answers of every row.
 * gives   out->counts, and the points, as well */
static void sums_add(const struct measuring *measuring, const struct case_matrix *matrix, uint32_t item, struct kano_sums *sums,
                     struct kano_item *out)
{
    for (size_t i = 0; i < matrix->rows; i++) {
        double weight = matrix->weights ? matrix->weights[i] : 1;
        unsigned there = case_code(measuring, matrix->cases[i], STANDARD_FUNCTIONAL, item);
        unsigned missing = case_code(measuring, matrix->cases[i], STANDARD_DYSFUNCTIONAL, item);
        enum kano_class class = kano_cell(there, missing);
        out->counts[class]++;
        sums->counts[class] += weight;
        sums->all += weight;
        sums->squares += weight * weight;
        sums->functional[i] = kano_functional_points(there);
        sums->dysfunctional[i] = kano_dysfunctional_points(missing);
    }
}

/* The means of the points, and their errors by the design of the study.
 * source  DuMouchel in Berger et al. 1993   [F42, F20]
 * fails   STATUS_MEMORY */
static enum status means_find(struct ctx *ctx, const struct measuring *measuring, const struct case_matrix *matrix,
                              const struct kano_sums *sums, struct kano_item *out)
{
    struct case_mean functional, dysfunctional;
    enum status status = case_mean_find(ctx, measuring, matrix, sums->functional, &functional);
    if (!status)
        status = case_mean_find(ctx, measuring, matrix, sums->dysfunctional, &dysfunctional);
    if (status)
        return status;
    out->functional = functional.mean;
    out->functional_error = functional.error;
    out->dysfunctional = dysfunctional.mean;
    out->dysfunctional_error = dysfunctional.error;
    return STATUS_OK;
}

/* Gathers and computes.
 * takes   ctx  whose memory may go when the item is known */
static enum status item_compute(struct ctx *ctx, const struct measuring *measuring, const struct group *group, uint32_t item,
                                struct kano_item *out)
{
    const struct case_variable variables[] = {{.of = CASE_ITEM, .index = item, .standard = STANDARD_FUNCTIONAL},
                                              {.of = CASE_ITEM, .index = item, .standard = STANDARD_DYSFUNCTIONAL}};
    struct case_matrix matrix;
    *out = (struct kano_item){.blank = REASON_NO_PAIRS};
    enum status status = case_matrix_make(ctx, measuring, group, variables, 2, &matrix);
    if (status || matrix.blank) {
        out->blank = matrix.blank;
        return status;
    }
    struct kano_sums sums = {.functional = arena_array(ctx->arena, matrix.rows + 1, sizeof(double)),
                             .dysfunctional = arena_array(ctx->arena, matrix.rows + 1, sizeof(double))};
    if (!sums.functional || !sums.dysfunctional)
        return ctx_no_memory(ctx);
    out->n = matrix.rows;
    out->respondents = matrix.respondents;
    sums_add(measuring, &matrix, item, &sums, out);
    if (!(sums.all > 0))
        return STATUS_OK;
    for (size_t c = 0; c < KANO_CLASS_COUNT && matrix.weights; c++)
        sums.counts[c] *= sums.all / sums.squares;
    if (kano_summary(sums.counts, &out->kano) == DEFINED)
        out->blank = REASON_NONE;
    return means_find(ctx, measuring, &matrix, &sums, out);
}

enum status kano_item_find(struct ctx *ctx, const struct measuring *measuring, const struct group *group, uint32_t item,
                           struct kano_item *out)
{
    struct ctx room = *ctx;
    if (arena_create(ctx->arena, &room.arena))
        return ctx_no_memory(ctx);
    enum status status = item_compute(&room, measuring, group, item, out);
    if (status)
        ctx->error = room.error;
    arena_destroy(room.arena);
    return status;
}

enum service_kind kano_service(const struct kano_item *item)
{
    static const enum service_kind kinds[KANO_CLASS_COUNT] = {
        [KANO_MUST_BE] = SERVICE_BASIC,      [KANO_ONE_DIMENSIONAL] = SERVICE_PERFORMANCE,
        [KANO_ATTRACTIVE] = SERVICE_DELIGHT, [KANO_INDIFFERENT] = SERVICE_NONE,
        [KANO_REVERSE] = SERVICE_UNKNOWN,    [KANO_QUESTIONABLE] = SERVICE_UNKNOWN,
    };
    return item->blank ? SERVICE_UNKNOWN : kinds[item->kano.category];
}
