/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/priority/priority_cases.h"

#define POINTS_LEAST 95.0
#define POINTS_MOST  105.0

/* Which items or dimensions the study asks for, and how important they were said to be. */
static enum importance_source source_of(const struct study *study, uint32_t *outcome)
{
    if (study->columns.importance == IMPORTANCE_RATING)
        return IMPORTANCE_FROM_RATING;
    if (study->columns.importance == IMPORTANCE_POINTS)
        return IMPORTANCE_FROM_POINTS;
    for (uint32_t i = 0; i < study->columns.outcome_count; i++) {
        if (study->columns.outcomes[i].role == OUTCOME_ROLE_SATISFACTION) {
            *outcome = i;
            return IMPORTANCE_FROM_DRIVERS;
        }
    }
    return IMPORTANCE_FROM_NOTHING;
}

/* Gathering in progress. */
struct gathering {
    struct ctx *ctx; /* of what stays */
    const struct measuring *measuring;
    const struct group *group;
    struct priority_cases *cases;
    struct priority_part *parts;
    uint32_t *place;
    enum reason *blanks;
    struct priority_column *points; /* [dimension_count] of IMPORTANCE_FROM_POINTS */
};

/* Room for the sums of a column. */
static enum status column_make(struct ctx *ctx, const struct priority_cases *cases, double **sums, double **weights)
{
    *sums = arena_array(ctx->arena, (size_t)cases->bundles.count + 1, sizeof **sums);
    *weights = arena_array(ctx->arena, (size_t)cases->bundles.count + 1, sizeof **weights);
    return *sums && *weights ? STATUS_OK : ctx_no_memory(ctx);
}

/* Adds up one variable.
 * takes   room  whose memory may go afterwards */
static enum status column_add(struct ctx *room, const struct gathering *gathering, const struct case_variable *variable,
                              struct priority_column *out)
{
    struct case_matrix matrix;
    const uint32_t *places = NULL;
    double *sums = NULL, *weights = NULL;
    enum status status = case_matrix_make(room, gathering->measuring, gathering->group, variable, 1, &matrix);
    if (!status)
        status = priority_rows_place(room, gathering->group, &gathering->cases->bundles, &matrix, &places);
    if (!status)
        status = column_make(gathering->ctx, gathering->cases, &sums, &weights);
    if (status)
        return status;
    for (size_t i = 0; i < matrix.rows; i++) {
        double weight = matrix.weights ? matrix.weights[i] : 1;
        sums[places[i]] += weight * matrix.values[i];
        weights[places[i]] += weight;
    }
    *out = (struct priority_column){
        .blank = matrix.blank, .sums = sums, .weights = weights, .n = matrix.rows, .respondents = matrix.respondents};
    return STATUS_OK;
}

/* Reads one variable with its holes. */
static enum status column_read(const struct gathering *gathering, const struct case_variable *variable,
                               struct priority_column *out)
{
    struct ctx *ctx = gathering->ctx, room = *ctx;
    if (arena_create(ctx->arena, &room.arena))
        return ctx_no_memory(ctx);
    enum status status = column_add(&room, gathering, variable, out);
    if (status && !ctx->error.status)
        ctx->error = room.error;
    arena_destroy(room.arena);
    return status;
}

/* The points of one case, as shares of 100 when their sum is usable.
 * takes   points  [dimension × rows], below 0 missing
 * gives   false when the sum is not 95–105 */
static bool points_share(const double *points, size_t rows, uint32_t dimensions, size_t row, double *sum)
{
    *sum = 0;
    for (uint32_t d = 0; d < dimensions; d++) {
        double own = points[d * rows + row];
        *sum += own > 0 ? own : 0;
    }
    return *sum >= POINTS_LEAST && *sum <= POINTS_MOST;
}

/* All points of all cases.
 * gives   points  [dimension × cases], −1 where missing */
static enum status points_gather(struct ctx *room, const struct gathering *gathering, double *points)
{
    const struct group *group = gathering->group;
    for (uint32_t d = 0; d < gathering->measuring->pairs->study->dimension_count; d++) {
        const struct case_variable variable = {.of = CASE_POINTS, .index = d};
        struct case_matrix matrix;
        enum status status = case_matrix_make(room, gathering->measuring, group, &variable, 1, &matrix);
        if (status)
            return status;
        size_t at = 0;
        for (uint32_t i = 0; i < group->case_count; i++) {
            bool there = at < matrix.rows && matrix.cases[at] == group->cases[i];
            points[(size_t)d * group->case_count + i] = there ? matrix.values[at] : -1;
            at += there;
        }
    }
    return STATUS_OK;
}

/* The points of every dimension as shares of 100, of those whose points add to 95–105; a missing cell among them is 0.
 * source  [F3] */
static enum status points_add(struct ctx *room, const struct gathering *gathering)
{
    const struct group *group = gathering->group;
    uint32_t dimensions = gathering->measuring->pairs->study->dimension_count;
    struct case_matrix base;
    double *points = arena_array(room->arena, (size_t)dimensions * group->case_count + 1, sizeof *points), sum = 0;
    enum status status = points ? points_gather(room, gathering, points) : ctx_no_memory(room);
    if (!status)
        status = case_matrix_make(room, gathering->measuring, group, NULL, 0, &base);
    for (uint32_t d = 0; d < dimensions && !status; d++) {
        double *sums = NULL, *weights = NULL;
        struct priority_column *out = &gathering->points[d];
        status = column_make(gathering->ctx, gathering->cases, &sums, &weights);
        *out = (struct priority_column){.sums = sums, .weights = weights};
        for (uint32_t i = 0; i < group->case_count && !status; i++) {
            if (!points_share(points, group->case_count, dimensions, i, &sum))
                continue;
            double weight = base.weights ? base.weights[i] : 1, own = points[(size_t)d * group->case_count + i];
            sums[gathering->cases->bundles.of_case[i]] += weight * 100 * (own > 0 ? own : 0) / sum;
            weights[gathering->cases->bundles.of_case[i]] += weight;
            out->n++;
        }
        out->respondents = out->n < group->respondents ? out->n : group->respondents;
    }
    return status;
}

/* The scale that the perceptions of an item or dimension are on. */
static const struct scale *part_scale(const struct study *study, bool by_dimension, uint32_t index)
{
    uint32_t item = by_dimension ? study->dimensions[index].items[0] : index;
    return study_scale(study, STANDARD_PERCEPTION, item);
}

/* The columns of a part. */
static enum status part_read(const struct gathering *gathering, uint32_t index, struct priority_part *part)
{
    const struct priority_cases *cases = gathering->cases;
    enum case_of of = cases->by_dimension ? CASE_DIMENSION : CASE_ITEM;
    const struct case_variable got = {.of = of, .index = index, .standard = STANDARD_PERCEPTION};
    const struct case_variable gap = {.of = of, .index = index, .standard = STANDARD_PERCEPTION, .gap = true};
    const struct case_variable rating = {.of = CASE_ITEM, .index = index, .standard = STANDARD_IMPORTANCE};
    *part = (struct priority_part){.index = index,
                                   .scale = part_scale(gathering->measuring->pairs->study, cases->by_dimension, index)};
    enum status status = column_read(gathering, &got, &part->performance);
    if (!status)
        status = column_read(gathering, &gap, &part->gap);
    if (!status && cases->source == IMPORTANCE_FROM_RATING)
        status = column_read(gathering, &rating, &part->importance);
    if (!status && cases->source == IMPORTANCE_FROM_POINTS)
        part->importance = gathering->points[index];
    return status;
}

/* Reads one candidate; it becomes a part when somebody answered. */
static enum status candidate_read(struct gathering *gathering, uint32_t candidate)
{
    struct priority_cases *cases = gathering->cases;
    struct priority_part *part = &gathering->parts[cases->part_count];
    enum status status = part_read(gathering, cases->candidates[candidate], part);
    if (status)
        return status;
    bool asked = cases->source == IMPORTANCE_FROM_RATING || cases->source == IMPORTANCE_FROM_POINTS;
    bool stands = part->performance.n > 0 && (part->importance.n > 0 || !asked) && (part->gap.n > 0 || !cases->gaps_only);
    gathering->place[candidate] = stands ? cases->part_count : UINT32_MAX;
    gathering->blanks[candidate] = part->performance.blank ? part->performance.blank : REASON_NO_PAIRS;
    cases->part_count += stands;
    if (stands) {
        cases->expected = cases->expected && part->gap.n > 0;
        cases->mixed = cases->mixed || !scale_same(part->scale, gathering->parts[0].scale);
    }
    return STATUS_OK;
}

/* Items, or with points dimensions, of which perceptions were asked, and a rating where importance is rated.
 * fails   STATUS_MEMORY */
static enum status candidates_list(struct ctx *ctx, const struct study *study, struct priority_cases *out)
{
    uint32_t room = out->by_dimension ? study->dimension_count : study->item_count;
    uint32_t *candidates = arena_array(ctx->arena, room + 1u, sizeof *candidates);
    if (!candidates)
        return ctx_no_memory(ctx);
    for (uint32_t i = 0; i < room; i++) {
        bool asked = out->by_dimension ? study->dimensions[i].item_count > 0 : study_asks(study, STANDARD_PERCEPTION, i);
        if (out->gaps_only && !out->by_dimension)
            asked = asked && study_asks(study, STANDARD_EXPECTATION, i);
        if (out->source == IMPORTANCE_FROM_RATING)
            asked = asked && study_asks(study, STANDARD_IMPORTANCE, i);
        if (asked)
            candidates[out->candidate_count++] = i;
    }
    out->candidates = candidates;
    return STATUS_OK;
}

/* Gathers the points in memory that goes again. */
static enum status points_read(const struct gathering *gathering)
{
    struct ctx *ctx = gathering->ctx, room = *ctx;
    if (arena_create(ctx->arena, &room.arena))
        return ctx_no_memory(ctx);
    enum status status = points_add(&room, gathering);
    if (status && !ctx->error.status)
        ctx->error = room.error;
    arena_destroy(room.arena);
    return status;
}

/* Room for what is gathered. */
static enum status gathering_make(struct ctx *ctx, struct gathering *gathering)
{
    struct priority_cases *cases = gathering->cases;
    uint32_t dimensions = gathering->measuring->pairs->study->dimension_count;
    gathering->parts = arena_array(ctx->arena, cases->candidate_count + 1u, sizeof *gathering->parts);
    gathering->place = arena_array(ctx->arena, cases->candidate_count + 1u, sizeof *gathering->place);
    gathering->blanks = arena_array(ctx->arena, cases->candidate_count + 1u, sizeof *gathering->blanks);
    gathering->points = arena_array(ctx->arena, dimensions + 1u, sizeof *gathering->points);
    cases->parts = gathering->parts;
    cases->place = gathering->place;
    cases->blanks = gathering->blanks;
    bool all = gathering->parts && gathering->place && gathering->blanks && gathering->points;
    return all ? STATUS_OK : ctx_no_memory(ctx);
}

enum status priority_cases_make(struct ctx *ctx, const struct measuring *measuring, uint32_t index, bool gaps_only,
                                struct priority_cases *out)
{
    const struct study *study = measuring->pairs->study;
    struct gathering gathering = {.ctx = ctx, .measuring = measuring, .group = &measuring->set->groups[index], .cases = out};
    *out = (struct priority_cases){.group = index, .expected = true, .gaps_only = gaps_only};
    out->source = source_of(study, &out->outcome);
    out->by_dimension = out->source == IMPORTANCE_FROM_POINTS;
    enum status status = candidates_list(ctx, study, out);
    if (!status)
        status = gathering_make(ctx, &gathering);
    if (!status)
        status = priority_bundles_make(ctx, measuring, index, &out->bundles);
    if (!status && out->by_dimension)
        status = points_read(&gathering);
    for (uint32_t c = 0; c < out->candidate_count && !status; c++)
        status = candidate_read(&gathering, c);
    if (!status && out->source == IMPORTANCE_FROM_DRIVERS && out->part_count)
        status = priority_drivers_make(ctx, measuring, out);
    out->expected = out->expected && out->part_count > 0;
    return status;
}
