/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/delight/impact_items.h"

#include "measure/case_columns.h"
#include "measure/mean_error.h"

const struct impact_cuts impact_cuts_usual = {.mild = .2, .strong = .7};

struct level_cuts level_cuts_of(const struct study *study, uint32_t item)
{
    bool zone = study_asks(study, STANDARD_MINIMUM, item) && study_asks(study, STANDARD_DESIRED, item);
    uint32_t last = study_scale(study, STANDARD_PERCEPTION, item)->steps - 1;
    struct level_cuts cuts = {.zone = zone, .low = 1 + 5 * last / 9, .high = 1 + (8 * last + 8) / 9};
    if (cuts.high - cuts.low < 2 && cuts.low > 1)
        cuts.low--; /* three points: one for each level */
    return cuts;
}

/* Which variables an item adds to a matrix: the perception, with a zone its edges too. */
static size_t variables_add(const struct study *study, uint32_t item, struct case_variable *out)
{
    size_t count = 0;
    out[count++] = (struct case_variable){.of = CASE_ITEM, .index = item, .standard = STANDARD_PERCEPTION};
    if (level_cuts_of(study, item).zone) {
        out[count++] = (struct case_variable){.of = CASE_ITEM, .index = item, .standard = STANDARD_MINIMUM};
        out[count++] = (struct case_variable){.of = CASE_ITEM, .index = item, .standard = STANDARD_DESIRED};
    }
    return count;
}

/* The level of one answer. Below the minimum counts as low whatever the desired level is. */
static signed char level_of(const struct measuring *measuring, uint32_t encounter, uint32_t item)
{
    struct level_cuts cuts = level_cuts_of(measuring->pairs->study, item);
    uint32_t got = case_code(measuring, encounter, STANDARD_PERCEPTION, item);
    if (cuts.zone) {
        cuts.low = case_code(measuring, encounter, STANDARD_MINIMUM, item) - 1;
        cuts.high = case_code(measuring, encounter, STANDARD_DESIRED, item) + 1;
    }
    if (got <= cuts.low)
        return LEVEL_LOW;
    return got >= cuts.high ? LEVEL_HIGH : LEVEL_REFERENCE;
}

/* One regression: the items in it, their perceptions in scale points and their levels. */
struct impact_model {
    struct covariance_strata strata;
    struct case_matrix matrix;
    const uint32_t *items; /* [item_count] */
    uint32_t item_count;
    size_t *columns; /* [item_count] where the perception of each stands in the matrix */
    struct contrast_rows rows;
    struct impact_contrast *contrasts; /* [item_count] */
    struct contrast_fit fit;
};

/* The matrix of an outcome (column 0) and some items.
 * fails   STATUS_MEMORY */
static enum status model_gather(struct ctx *ctx, const struct measuring *measuring, const struct group *group, uint32_t outcome,
                                struct impact_model *model)
{
    struct case_variable *variables = arena_array(ctx->arena, 3 * model->item_count + 1u, sizeof *variables);
    model->columns = arena_array(ctx->arena, model->item_count + 1u, sizeof *model->columns);
    model->contrasts = arena_array(ctx->arena, model->item_count + 1u, sizeof *model->contrasts);
    if (!variables || !model->columns || !model->contrasts)
        return ctx_no_memory(ctx);
    size_t count = 1;
    variables[0] = (struct case_variable){.of = CASE_OUTCOME, .index = outcome};
    for (uint32_t j = 0; j < model->item_count; j++) {
        model->columns[j] = count;
        count += variables_add(measuring->pairs->study, model->items[j], variables + count);
    }
    return case_matrix_make(ctx, measuring, group, variables, count, &model->matrix);
}

/* Gathers and fits one regression. */
static enum status model_fit(struct ctx *ctx, const struct measuring *measuring, const struct group *group, uint32_t outcome,
                             struct impact_model *model)
{
    enum status status = model_gather(ctx, measuring, group, outcome, model);
    const struct case_matrix *matrix = &model->matrix;
    size_t rows = matrix->rows;
    signed char *levels = status ? NULL : arena_array(ctx->arena, rows * model->item_count + 1, sizeof *levels);
    if (!levels)
        return status ? status : ctx_no_memory(ctx);
    for (uint32_t j = 0; j < model->item_count; j++) {
        for (size_t i = 0; i < rows; i++)
            levels[j * rows + i] = level_of(measuring, matrix->cases[i], model->items[j]);
    }
    model->strata =
        (struct covariance_strata){.of = matrix->strata, .count = matrix->stratum_count, .units = matrix->stratum_units};
    model->rows = (struct contrast_rows){.rows = rows,
                                         .attributes = model->item_count,
                                         .levels = levels,
                                         .y = rows ? case_column(matrix, 0) : NULL,
                                         .weights = matrix->weights,
                                         .units = matrix->units,
                                         .unit_count = matrix->unit_count,
                                         .strata = matrix->strata ? &model->strata : NULL};
    return contrasts_fit(ctx, &model->rows, model->contrasts, &model->fit);
}

/* What one item of a fitted regression shows. */
static void item_read(const struct impact_model *model, uint32_t j, struct impact_item *out)
{
    const struct case_matrix *matrix = &model->matrix;
    *out = (struct impact_item){.n = out->n,
                                .rows = matrix->rows,
                                .respondents = matrix->respondents,
                                .contrast = model->contrasts[j],
                                .fit = model->fit,
                                .linear_undefined = UNDEFINED_TOO_FEW};
    size_t strata = matrix->strata ? covariance_strata_present(&model->strata, matrix->unit_count) : 1;
    out->few_units = matrix->units && matrix->unit_count < CLUSTERS_FOR_TEST + strata - 1;
    out->error_blank = out->contrast.error_undefined ? reason_of(out->contrast.error_undefined) : REASON_NONE;
    if (matrix->rows == 0) {
        out->blank = REASON_NO_PAIRS;
        return;
    }
    if (out->contrast.undefined || out->fit.undefined)
        out->blank = reason_of(out->contrast.undefined ? out->contrast.undefined : out->fit.undefined);
    out->linear_undefined = linear_asymmetry(case_column(matrix, model->columns[j]), model->rows.levels + j * matrix->rows,
                                             matrix->weights, matrix->rows, &out->linear);
}

/* How many gave a mark and the outcome, of each item that was asked. */
static enum status answers_count(struct ctx *ctx, const struct measuring *measuring, const struct group *group, uint32_t outcome,
                                 const struct impact_model *all, struct impact_items *out)
{
    enum status status = STATUS_OK;
    for (uint32_t j = 0; j < all->item_count && !status; j++) {
        struct impact_model one = {.items = &all->items[j], .item_count = 1};
        struct ctx room = *ctx;
        if (arena_create(ctx->arena, &room.arena))
            return ctx_no_memory(ctx);
        status = model_gather(&room, measuring, group, outcome, &one);
        if (status)
            ctx->error = room.error;
        arena_destroy(room.arena);
        out->items[all->items[j]].n = one.matrix.rows;
    }
    return status;
}

/* May the one regression of all items be shown, and if not, why not?
 * takes   answered  rows with the outcome */
static enum impact_apart apart_of(const struct impact_model *model, size_t answered)
{
    if (model->item_count < 2)
        return IMPACT_APART_ONLY_ONE;
    if (model->fit.undefined == UNDEFINED_SINGULAR)
        return IMPACT_APART_SINGULAR;
    if (model->fit.undefined == UNDEFINED_TOO_FEW)
        return IMPACT_APART_FEW;
    if (2 * model->matrix.rows < answered)
        return IMPACT_APART_INCOMPLETE;
    return model->fit.inflation > INFLATION_MAX ? IMPACT_APART_INFLATION : IMPACT_TOGETHER;
}

/* A regression for each item alone, over all who answered it. */
static enum status items_fit_apart(struct ctx *ctx, const struct measuring *measuring, const struct group *group,
                                   uint32_t outcome, const struct impact_model *all, struct impact_items *out)
{
    enum status status = STATUS_OK;
    for (uint32_t j = 0; j < all->item_count && !status; j++) {
        struct impact_model one = {.items = &all->items[j], .item_count = 1};
        status = model_fit(ctx, measuring, group, outcome, &one);
        if (!status)
            item_read(&one, 0, &out->items[all->items[j]]);
    }
    return status;
}

/* Counts, fits and reads.
 * takes   ctx    whose memory may go when the items are known
 *         model  with the items that were asked, at least one */
static enum status items_compute(struct ctx *ctx, const struct measuring *measuring, const struct group *group, uint32_t outcome,
                                 struct impact_model *model, struct impact_items *out)
{
    const struct case_variable variable = {.of = CASE_OUTCOME, .index = outcome};
    struct case_matrix answered;
    enum status status = answers_count(ctx, measuring, group, outcome, model, out);
    if (!status)
        status = model_fit(ctx, measuring, group, outcome, model);
    if (!status)
        status = case_matrix_make(ctx, measuring, group, &variable, 1, &answered);
    if (status)
        return status;
    out->apart = apart_of(model, answered.rows);
    out->inflation = model->fit.inflation;
    if (out->apart != IMPACT_TOGETHER)
        return items_fit_apart(ctx, measuring, group, outcome, model, out);
    for (uint32_t j = 0; j < model->item_count; j++)
        item_read(model, j, &out->items[model->items[j]]);
    return STATUS_OK;
}

enum status impact_items_find(struct ctx *ctx, const struct measuring *measuring, const struct group *group, uint32_t outcome,
                              struct impact_items *out)
{
    const struct study *study = measuring->pairs->study;
    *out = (struct impact_items){.items = arena_array(ctx->arena, study->item_count + 1u, sizeof *out->items)};
    struct ctx room = *ctx;
    if (!out->items || arena_create(ctx->arena, &room.arena))
        return ctx_no_memory(ctx);
    uint32_t *asked = arena_array(room.arena, study->item_count + 1u, sizeof *asked);
    struct impact_model model = {.items = asked};
    for (uint32_t i = 0; i < study->item_count && asked; i++) {
        out->items[i] = (struct impact_item){.blank = REASON_NOT_ASKED};
        if (study_asks(study, STANDARD_PERCEPTION, i))
            asked[model.item_count++] = i;
    }
    enum status status = asked ? STATUS_OK : ctx_no_memory(&room);
    if (!status && model.item_count)
        status = items_compute(&room, measuring, group, outcome, &model, out);
    if (status)
        ctx->error = room.error;
    arena_destroy(room.arena);
    return status;
}

/* Is 0 inside the interval of an estimate? */
static bool covers_zero(double estimate, double variance, double df, double confidence)
{
    struct interval interval = contrast_interval(estimate, variance, df, confidence);
    return interval.low <= 0 && interval.high >= 0;
}

bool impact_is_none(const struct impact_item *item, double confidence)
{
    const struct impact_contrast *c = &item->contrast;
    return covers_zero(c->penalty, c->penalty_variance, item->fit.df, confidence) &&
           covers_zero(c->reward, c->reward_variance, item->fit.df, confidence);
}

enum service_kind impact_service(const struct impact_item *item, double confidence)
{
    static const enum service_kind kinds[IMPACT_CLASS_COUNT] = {
        [IMPACT_DELIGHTER] = SERVICE_DELIGHT,  [IMPACT_SATISFIER] = SERVICE_DELIGHT, [IMPACT_HYBRID] = SERVICE_PERFORMANCE,
        [IMPACT_DISSATISFIER] = SERVICE_BASIC, [IMPACT_FRUSTRATOR] = SERVICE_BASIC,
    };
    if (item->blank || item->error_blank)
        return SERVICE_UNKNOWN;
    if (impact_is_none(item, confidence))
        return SERVICE_NONE;
    struct impact impact = impact_of(item->contrast.penalty, item->contrast.reward);
    return impact.asymmetry_undefined ? SERVICE_NONE : kinds[impact_class_of(impact.asymmetry, &impact_cuts_usual)];
}
