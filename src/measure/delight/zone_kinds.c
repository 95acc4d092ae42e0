/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/delight/zone_kinds.h"

#include <math.h>

#include "measure/mean_error.h"
#include "numeric/distribution.h"

enum zone_kind zone_kind_of(const struct measuring *measuring, uint32_t encounter, uint32_t item)
{
    double step = decimal_to_double(study_scale(measuring->pairs->study, STANDARD_PERCEPTION, item)->step);
    int64_t minimum = case_code(measuring, encounter, STANDARD_MINIMUM, item);
    int64_t desired = case_code(measuring, encounter, STANDARD_DESIRED, item);
    int64_t got = case_code(measuring, encounter, STANDARD_PERCEPTION, item);
    if (minimum > desired)
        return ZONE_INVERTED;
    if (got < minimum)
        return ZONE_FAILURE;
    if (got <= desired)
        return ZONE_SERVICE;
    return (double)(got - desired) * step >= 1 - 1e-9 ? ZONE_DELIGHT : ZONE_OTHER;
}

void zone_variables(uint32_t item, struct case_variable out[3])
{
    static const enum standard standards[] = {STANDARD_MINIMUM, STANDARD_DESIRED, STANDARD_PERCEPTION};
    for (size_t s = 0; s < 3; s++)
        out[s] = (struct case_variable){.of = CASE_ITEM, .index = item, .standard = standards[s]};
}

/* Counts the kinds over all who answered the three standards. */
static enum status kinds_count(struct ctx *ctx, const struct measuring *measuring, const struct group *group, uint32_t item,
                               struct zone_item *out)
{
    struct case_variable variables[3];
    struct case_matrix matrix;
    zone_variables(item, variables);
    enum status status = case_matrix_make(ctx, measuring, group, variables, 3, &matrix);
    if (status)
        return status;
    out->blank = matrix.blank;
    out->respondents = matrix.respondents;
    for (size_t i = 0; i < matrix.rows; i++) {
        enum zone_kind kind = zone_kind_of(measuring, matrix.cases[i], item);
        double weight = matrix.weights ? matrix.weights[i] : 1;
        out->counts[kind]++;
        out->weights[kind] += weight;
        out->squares += kind == ZONE_INVERTED ? 0 : weight * weight;
    }
    if (matrix.rows - out->counts[ZONE_INVERTED] < out->respondents)
        out->respondents = matrix.rows - out->counts[ZONE_INVERTED];
    if (!out->blank && !(out->squares > 0))
        out->blank = REASON_NO_PAIRS;
    return STATUS_OK;
}

/* The rows of a comparison: those that are failure, service or delight. */
struct zone_rows {
    double *y, *weights;
    signed char *levels;
    uint32_t *units, *strata;
    size_t count;
};

/* Keeps them, and sums the outcome of each kind. */
static enum status rows_keep(struct ctx *ctx, const struct measuring *measuring, const struct case_matrix *matrix, uint32_t item,
                             struct zone_rows *rows, struct zone_item *out)
{
    size_t room = matrix->rows + 1;
    *rows = (struct zone_rows){.y = arena_array(ctx->arena, room, sizeof *rows->y),
                               .weights = arena_array(ctx->arena, room, sizeof *rows->weights),
                               .levels = arena_array(ctx->arena, room, sizeof *rows->levels),
                               .units = arena_array(ctx->arena, room, sizeof *rows->units)};
    if (!rows->y || !rows->weights || !rows->levels || !rows->units)
        return ctx_no_memory(ctx);
    double sums[ZONE_OTHER] = {0}, all[ZONE_OTHER] = {0};
    for (size_t i = 0; i < matrix->rows; i++) {
        enum zone_kind kind = zone_kind_of(measuring, matrix->cases[i], item);
        if (kind >= ZONE_OTHER)
            continue;
        double weight = matrix->weights ? matrix->weights[i] : 1;
        rows->y[rows->count] = case_column(matrix, 0)[i];
        rows->weights[rows->count] = weight;
        rows->levels[rows->count] = (signed char)((int)kind - 1);
        rows->units[rows->count++] = matrix->units ? matrix->units[i] : (uint32_t)i;
        sums[kind] += weight * case_column(matrix, 0)[i];
        all[kind] += weight;
    }
    for (size_t k = 0; k < ZONE_OTHER; k++)
        out->means[k] = all[k] > 0 ? sums[k] / all[k] : 0;
    return STATUS_OK;
}

/* Renumbers the units of the rows that were kept, which may be fewer, with their strata. */
static enum status units_renumber(struct ctx *ctx, const struct case_matrix *matrix, struct zone_rows *rows, size_t *count)
{
    uint32_t *number = arena_array(ctx->arena, matrix->unit_count + 1, sizeof *number);
    rows->strata = arena_array(ctx->arena, matrix->unit_count + 1, sizeof *rows->strata);
    if (!number || !rows->strata)
        return ctx_no_memory(ctx);
    *count = 0;
    for (size_t i = 0; i < rows->count; i++) {
        uint32_t unit = rows->units[i], *mine = &number[unit];
        if (!*mine)
            *mine = (uint32_t)++ * count;
        rows->units[i] = *mine - 1;
        if (matrix->strata)
            rows->strata[*mine - 1] = matrix->strata[unit];
    }
    return STATUS_OK;
}

/* Compares the outcome of failure and of delight with that of service. */
static enum status outcome_compare(struct ctx *ctx, const struct measuring *measuring, const struct group *group, uint32_t item,
                                   uint32_t outcome, struct zone_item *out)
{
    struct case_variable variables[4] = {{.of = CASE_OUTCOME, .index = outcome}};
    struct case_matrix matrix;
    struct zone_rows rows = {.count = 0};
    zone_variables(item, variables + 1);
    enum status status = case_matrix_make(ctx, measuring, group, variables, 4, &matrix);
    if (!status)
        status = rows_keep(ctx, measuring, &matrix, item, &rows, out);
    size_t unit_count = 0;
    if (!status)
        status = units_renumber(ctx, &matrix, &rows, &unit_count);
    if (status)
        return status;
    const struct covariance_strata strata = {.of = rows.strata, .count = matrix.stratum_count, .units = matrix.stratum_units};
    const struct contrast_rows contrast = {.rows = rows.count,
                                           .attributes = 1,
                                           .levels = rows.levels,
                                           .y = rows.y,
                                           .weights = matrix.weights ? rows.weights : NULL,
                                           .units = matrix.units ? rows.units : NULL,
                                           .unit_count = unit_count,
                                           .strata = matrix.strata ? &strata : NULL};
    out->outcome_n = rows.count;
    out->outcome_respondents = matrix.respondents < rows.count ? matrix.respondents : rows.count;
    size_t present = matrix.strata ? covariance_strata_present(&strata, unit_count) : 1;
    out->few_units = matrix.units && unit_count < CLUSTERS_FOR_TEST + present - 1;
    status = contrasts_fit(ctx, &contrast, &out->contrast, &out->fit);
    if (status)
        return status;
    enum undefined undefined = out->contrast.undefined ? out->contrast.undefined : out->fit.undefined;
    out->outcome_blank = undefined ? reason_of(undefined) : REASON_NONE;
    out->error_blank = out->contrast.error_undefined ? reason_of(out->contrast.error_undefined) : REASON_NONE;
    return STATUS_OK;
}

/* Gathers and computes.
 * takes   ctx  whose memory may go when the item is known */
static enum status item_compute(struct ctx *ctx, const struct measuring *measuring, const struct group *group, uint32_t item,
                                uint32_t outcome, struct zone_item *out)
{
    *out = (struct zone_item){.outcome_blank = REASON_NOT_ASKED};
    enum status status = kinds_count(ctx, measuring, group, item, out);
    if (status || out->blank) {
        out->outcome_blank = out->blank;
        return status;
    }
    return outcome == UINT32_MAX ? STATUS_OK : outcome_compare(ctx, measuring, group, item, outcome, out);
}

enum status zone_item_find(struct ctx *ctx, const struct measuring *measuring, const struct group *group, uint32_t item,
                           uint32_t outcome, struct zone_item *out)
{
    struct ctx room = *ctx;
    if (arena_create(ctx->arena, &room.arena))
        return ctx_no_memory(ctx);
    enum status status = item_compute(&room, measuring, group, item, outcome, out);
    if (status)
        ctx->error = room.error;
    arena_destroy(room.arena);
    return status;
}

/* Is an estimate shown to be other than 0? */
static bool is_shown(double estimate, double variance, double df, double alpha)
{
    if (!(variance > 0))
        return false;
    return t_two_sided(estimate / sqrt(variance), df) < alpha;
}

double zone_alpha(const struct measuring *measuring)
{
    const struct study *study = measuring->pairs->study;
    uint32_t asked = 0;
    for (uint32_t i = 0; i < study->item_count; i++)
        asked += study_asks(study, STANDARD_MINIMUM, i) && study_asks(study, STANDARD_DESIRED, i);
    return (1 - measuring->confidence) / (asked ? asked : 1);
}

enum service_kind zone_service(const struct zone_item *item, double alpha)
{
    const struct impact_contrast *c = &item->contrast;
    if (item->blank || item->outcome_blank || item->error_blank || item->few_units)
        return SERVICE_UNKNOWN;
    bool loss = c->penalty < 0 && is_shown(c->penalty, c->penalty_variance, item->fit.df, alpha);
    bool lift = c->reward > 0 && is_shown(c->reward, c->reward_variance, item->fit.df, alpha);
    if (lift)
        return loss ? SERVICE_PERFORMANCE : SERVICE_DELIGHT;
    return loss ? SERVICE_BASIC : SERVICE_NONE;
}
