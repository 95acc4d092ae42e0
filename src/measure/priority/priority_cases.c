/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/priority/priority_cases.h"

#include "base/limits.h"

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

/* Scatters a column of complete cases over all cases; both stand in canonical order.
 * fails   STATUS_MEMORY */
static enum status column_scatter(struct ctx *ctx, const struct case_matrix *base, const struct case_matrix *matrix,
                                  struct priority_column *out)
{
    double *values = arena_array(ctx->arena, base->rows + 1, sizeof *values);
    bool *there = arena_array(ctx->arena, base->rows + 1, sizeof *there);
    if (!values || !there)
        return ctx_no_memory(ctx);
    size_t at = 0;
    for (size_t i = 0; i < base->rows && at < matrix->rows; i++) {
        if (base->cases[i] != matrix->cases[at])
            continue;
        values[i] = matrix->values[at++];
        there[i] = true;
    }
    *out = (struct priority_column){
        .blank = matrix->blank, .values = values, .there = there, .n = matrix->rows, .respondents = matrix->respondents};
    return STATUS_OK;
}

/* Reads one variable with its holes. */
static enum status column_read(struct ctx *ctx, const struct measuring *measuring, const struct group *group,
                               const struct case_matrix *base, const struct case_variable *variable, struct priority_column *out)
{
    struct case_matrix matrix;
    enum status status = case_matrix_make(ctx, measuring, group, variable, 1, &matrix);
    return status ? status : column_scatter(ctx, base, &matrix, out);
}

/* The points of every dimension as shares of 100, of those whose points add to 95–105; a missing cell among them is 0.
 * gives   columns  [dimension_count]
 * source  [F3] */
static enum status points_read(struct ctx *ctx, const struct measuring *measuring, const struct group *group,
                               const struct case_matrix *base, struct priority_column *columns)
{
    uint32_t count = measuring->pairs->study->dimension_count;
    double *sums = arena_array(ctx->arena, base->rows + 1, sizeof *sums);
    if (!sums)
        return ctx_no_memory(ctx);
    for (uint32_t d = 0; d < count; d++) {
        const struct case_variable points = {.of = CASE_POINTS, .index = d};
        enum status status = column_read(ctx, measuring, group, base, &points, &columns[d]);
        if (status)
            return status;
        for (size_t i = 0; i < base->rows; i++)
            sums[i] += columns[d].there[i] ? columns[d].values[i] : 0;
    }
    for (uint32_t d = 0; d < count; d++) {
        double *shares = arena_array(ctx->arena, base->rows + 1, sizeof *shares);
        bool *usable = arena_array(ctx->arena, base->rows + 1, sizeof *usable);
        if (!shares || !usable)
            return ctx_no_memory(ctx);
        uint64_t n = 0;
        for (size_t i = 0; i < base->rows; i++) {
            usable[i] = sums[i] >= POINTS_LEAST && sums[i] <= POINTS_MOST;
            shares[i] = usable[i] && columns[d].there[i] ? 100 * columns[d].values[i] / sums[i] : 0;
            n += usable[i];
        }
        columns[d] = (struct priority_column){
            .values = shares, .there = usable, .n = n, .respondents = n < base->respondents ? n : base->respondents};
    }
    return STATUS_OK;
}

/* Gathering in progress. */
struct gathering {
    const struct measuring *measuring;
    const struct group *group;
    struct priority_cases *cases;
    struct priority_part *parts;
    uint32_t *place;
    enum reason *blanks;
    struct priority_column *points; /* [dimension_count] of IMPORTANCE_FROM_POINTS */
};

/* The scale that the perceptions of an item or dimension are on. */
static const struct scale *part_scale(const struct study *study, bool by_dimension, uint32_t index)
{
    uint32_t item = by_dimension ? study->dimensions[index].items[0] : index;
    return study_scale(study, STANDARD_PERCEPTION, item);
}

/* Reads one candidate; it becomes a part when somebody answered. */
static enum status candidate_read(struct ctx *ctx, struct gathering *gathering, uint32_t candidate)
{
    struct priority_cases *cases = gathering->cases;
    const struct study *study = gathering->measuring->pairs->study;
    uint32_t index = cases->candidates[candidate];
    enum case_of of = cases->by_dimension ? CASE_DIMENSION : CASE_ITEM;
    struct priority_part *part = &gathering->parts[cases->part_count];
    *part = (struct priority_part){.index = index, .scale = part_scale(study, cases->by_dimension, index)};
    const struct case_variable got = {.of = of, .index = index, .standard = STANDARD_PERCEPTION};
    const struct case_variable gap = {.of = of, .index = index, .standard = STANDARD_PERCEPTION, .gap = true};
    const struct case_variable rating = {.of = CASE_ITEM, .index = index, .standard = STANDARD_IMPORTANCE};
    enum status status = column_read(ctx, gathering->measuring, gathering->group, &cases->base, &got, &part->performance);
    if (!status)
        status = column_read(ctx, gathering->measuring, gathering->group, &cases->base, &gap, &part->gap);
    if (!status && cases->source == IMPORTANCE_FROM_RATING)
        status = column_read(ctx, gathering->measuring, gathering->group, &cases->base, &rating, &part->importance);
    if (!status && cases->source == IMPORTANCE_FROM_POINTS)
        part->importance = gathering->points[index];
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

/* The rows that are complete on all performances and satisfaction. */
static enum status drivers_gather(struct ctx *ctx, const struct measuring *measuring, const struct group *group,
                                  struct priority_cases *out)
{
    const struct case_variable variable = {.of = CASE_OUTCOME, .index = out->outcome};
    struct priority_column outcome;
    enum status status = column_read(ctx, measuring, group, &out->base, &variable, &outcome);
    if (status)
        return status;
    uint32_t *rows = arena_array(ctx->arena, out->base.rows + 1, sizeof *rows);
    double *values = arena_array(ctx->arena, out->base.rows + 1, sizeof *values);
    if (!rows || !values)
        return ctx_no_memory(ctx);
    for (size_t i = 0; i < out->base.rows; i++) {
        bool complete = outcome.there[i];
        for (uint32_t j = 0; j < out->part_count && complete; j++)
            complete = out->parts[j].performance.there[i];
        if (!complete)
            continue;
        values[out->driver_rows] = outcome.values[i];
        rows[out->driver_rows++] = (uint32_t)i;
    }
    out->driver_row = rows;
    out->outcome_values = values;
    out->driver_respondents = out->driver_rows < out->base.respondents ? out->driver_rows : out->base.respondents;
    return STATUS_OK;
}

enum status priority_cases_make(struct ctx *ctx, const struct measuring *measuring, uint32_t index, bool gaps_only,
                                struct priority_cases *out)
{
    const struct study *study = measuring->pairs->study;
    const struct group *group = &measuring->set->groups[index];
    *out = (struct priority_cases){.group = index, .expected = true, .gaps_only = gaps_only};
    out->source = source_of(study, &out->outcome);
    out->by_dimension = out->source == IMPORTANCE_FROM_POINTS;
    enum status status = case_matrix_make(ctx, measuring, group, NULL, 0, &out->base);
    if (!status)
        status = candidates_list(ctx, study, out);
    if (status)
        return status;
    struct gathering gathering = {
        .measuring = measuring,
        .group = group,
        .cases = out,
        .parts = arena_array(ctx->arena, out->candidate_count + 1u, sizeof *gathering.parts),
        .place = arena_array(ctx->arena, out->candidate_count + 1u, sizeof *gathering.place),
        .blanks = arena_array(ctx->arena, out->candidate_count + 1u, sizeof *gathering.blanks),
        .points = arena_array(ctx->arena, study->dimension_count + 1u, sizeof *gathering.points),
    };
    if (!gathering.parts || !gathering.place || !gathering.blanks || !gathering.points)
        return ctx_no_memory(ctx);
    out->parts = gathering.parts;
    out->place = gathering.place;
    out->blanks = gathering.blanks;
    if (out->by_dimension)
        status = points_read(ctx, measuring, group, &out->base, gathering.points);
    for (uint32_t c = 0; c < out->candidate_count && !status; c++)
        status = candidate_read(ctx, &gathering, c);
    if (!status && out->source == IMPORTANCE_FROM_DRIVERS)
        status = drivers_gather(ctx, measuring, group, out);
    out->expected = out->expected && out->part_count > 0;
    return status;
}
