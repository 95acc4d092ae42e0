/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/delight/tetraclasse_items.h"

#include "measure/case_columns.h"

/* −1 below the middle of a scale, 0 on it, 1 above. */
static int side_of(const struct scale *scale, double value)
{
    double middle = 0.5 * (scale_value(scale, 1) + scale_value(scale, scale->steps));
    double half = 0.25 * decimal_to_double(scale->step); /* values are points of the scale, up to rounding */
    if (value > middle + half)
        return 1;
    return value < middle - half ? -1 : 0;
}

/* Counts the marks of one item over those whose outcome has a side. */
static void marks_count(const struct study *study, const struct case_matrix *matrix, uint32_t item, uint32_t outcome,
                        struct tetraclasse_item *out)
{
    const struct scale *marks = study_scale(study, STANDARD_PERCEPTION, item);
    const struct scale *outcomes = &study->columns.outcomes[outcome].scale;
    for (size_t i = 0; i < matrix->rows; i++) {
        int happy = side_of(outcomes, case_column(matrix, 0)[i]), mark = side_of(marks, case_column(matrix, 1)[i]);
        double weight = matrix->weights ? matrix->weights[i] : 1;
        if (happy == 0)
            continue;
        if (mark == 0)
            out->middle++;
        else if (mark > 0) {
            out->good++;
            out->counts.good_all += weight;
            out->counts.good_happy += happy > 0 ? weight : 0;
        } else {
            out->bad++;
            out->counts.bad_all += weight;
            out->counts.bad_happy += happy > 0 ? weight : 0;
        }
    }
    out->n = out->good + out->bad;
}

/* The counts of one item.
 * takes   ctx  whose memory may go when they are known */
static enum status item_count(struct ctx *ctx, const struct measuring *measuring, const struct group *group, uint32_t outcome,
                              uint32_t item, struct tetraclasse_item *out)
{
    const struct case_variable variables[] = {{.of = CASE_OUTCOME, .index = outcome},
                                              {.of = CASE_ITEM, .index = item, .standard = STANDARD_PERCEPTION}};
    struct case_matrix matrix;
    enum status status = case_matrix_make(ctx, measuring, group, variables, 2, &matrix);
    if (status)
        return status;
    *out = (struct tetraclasse_item){.blank = matrix.blank, .respondents = matrix.respondents};
    if (matrix.blank)
        return STATUS_OK;
    marks_count(measuring->pairs->study, &matrix, item, outcome, out);
    if (out->n < out->respondents)
        out->respondents = out->n;
    if (out->good < TETRACLASSE_FEWEST || out->bad < TETRACLASSE_FEWEST)
        out->blank = out->n ? REASON_TOO_FEW : REASON_NO_PAIRS;
    return STATUS_OK;
}

/* The counts of every item, each in memory of its own. */
static enum status counts_gather(struct ctx *ctx, const struct measuring *measuring, const struct group *group, uint32_t outcome,
                                 struct tetraclasse_item *items)
{
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < measuring->pairs->study->item_count && !status; i++) {
        struct ctx room = *ctx;
        if (arena_create(ctx->arena, &room.arena))
            return ctx_no_memory(ctx);
        status = item_count(&room, measuring, group, outcome, i, &items[i]);
        if (status)
            ctx->error = room.error;
        arena_destroy(room.arena);
    }
    return status;
}

/* Puts the points of the items that were asked in their places. */
static void points_read(const struct study *study, const struct tetraclasse_point *points, struct tetraclasse_items *out)
{
    for (uint32_t i = 0, at = 0; i < study->item_count; i++) {
        struct tetraclasse_item *item = &out->items[i];
        if (item->blank)
            continue;
        enum undefined undefined = out->undefined ? out->undefined : points[at].undefined;
        item->point = points[at++];
        item->blank = undefined ? reason_of(undefined) : REASON_NONE;
    }
}

enum status tetraclasse_items_find(struct ctx *ctx, const struct measuring *measuring, const struct group *group,
                                   uint32_t outcome, struct tetraclasse_items *out)
{
    const struct study *study = measuring->pairs->study;
    size_t room = study->item_count + 1u;
    struct tetraclasse_counts *counts = arena_array(ctx->arena, room, sizeof *counts);
    struct tetraclasse_point *points = arena_array(ctx->arena, room, sizeof *points);
    *out = (struct tetraclasse_items){.undefined = UNDEFINED_TOO_FEW, .items = arena_array(ctx->arena, room, sizeof *out->items)};
    if (!counts || !points || !out->items)
        return ctx_no_memory(ctx);
    enum status status = counts_gather(ctx, measuring, group, outcome, out->items);
    if (status)
        return status;
    size_t asked = 0;
    for (uint32_t i = 0; i < study->item_count; i++) {
        if (!out->items[i].blank)
            counts[asked++] = out->items[i].counts;
    }
    if (asked)
        out->undefined = tetraclasse_place(counts, asked, points, &out->axis);
    points_read(study, points, out);
    return STATUS_OK;
}

enum service_kind tetraclasse_service(const struct tetraclasse_item *item)
{
    static const enum service_kind kinds[TETRACLASSE_CLASS_COUNT] = {[TETRACLASSE_KEY] = SERVICE_PERFORMANCE,
                                                                     [TETRACLASSE_PLUS] = SERVICE_DELIGHT,
                                                                     [TETRACLASSE_BASIC] = SERVICE_BASIC,
                                                                     [TETRACLASSE_SECONDARY] = SERVICE_NONE};
    return item->blank ? SERVICE_UNKNOWN : kinds[item->point.of];
}
