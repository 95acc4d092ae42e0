/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/drivers/driver_model.h"

#include <math.h>

#define DRAWING_BUDGET 1.5e9 /* multiplications that the intervals of one model may take without --bootstrap */
#define FEWEST_DRAWS   100   /* below it no interval is shown without --bootstrap */
#define ORDER_PAIRS    100u  /* random orders, and as many reversed */

/* Were the answers of this kind asked of an item? */
static bool kind_is_asked(const struct study *study, enum driver_kind kind, uint32_t item)
{
    bool expectation = study_asks(study, STANDARD_EXPECTATION, item), perception = study_asks(study, STANDARD_PERCEPTION, item);
    return kind == DRIVERS_PERCEPTION ? perception : kind == DRIVERS_EXPECTATION ? expectation : expectation && perception;
}

/* Of any item of the dimension? */
static bool dimension_is_asked(const struct study *study, enum driver_kind kind, uint32_t dimension)
{
    for (uint32_t i = 0; i < study->item_count; i++) {
        if (study->items[i].dimension == dimension && kind_is_asked(study, kind, i))
            return true;
    }
    return false;
}

enum status driver_list_make(struct ctx *ctx, const struct study *study, enum driver_kind kind, struct driver_list *out)
{
    uint32_t *index = arena_array(ctx->arena, study->item_count + study->dimension_count + 1u, sizeof *index);
    if (!index)
        return ctx_no_memory(ctx);
    *out = (struct driver_list){.dimensions = study->dimension_count >= 2, .index = index};
    uint32_t all = out->dimensions ? study->dimension_count : study->item_count;
    for (uint32_t i = 0; i < all; i++) {
        if (out->dimensions ? dimension_is_asked(study, kind, i) : kind_is_asked(study, kind, i))
            index[out->count++] = i;
    }
    return STATUS_OK;
}

const char *driver_name(const struct study *study, const struct driver_list *list, uint32_t driver)
{
    uint32_t index = list->index[driver];
    return list->dimensions ? study->dimensions[index].id : study->items[index].id;
}

/* The answers: each driver, then the outcome.
 * fails   STATUS_MEMORY */
static enum status model_gather(struct ctx *ctx, const struct measuring *measuring, const struct driver_topic *topic,
                                struct driver_model *out)
{
    const struct driver_list *list = topic->list;
    struct case_variable *variables = arena_array(ctx->arena, list->count + 1u, sizeof *variables);
    if (!variables)
        return ctx_no_memory(ctx);
    for (uint32_t j = 0; j < list->count; j++)
        variables[j] =
            (struct case_variable){.of = list->dimensions ? CASE_DIMENSION : CASE_ITEM,
                                   .index = list->index[j],
                                   .standard = topic->kind == DRIVERS_EXPECTATION ? STANDARD_EXPECTATION : STANDARD_PERCEPTION,
                                   .gap = topic->kind == DRIVERS_GAP};
    variables[list->count] = (struct case_variable){.of = CASE_OUTCOME, .index = topic->outcome};
    const struct case_wish wish = {.variables = variables, .count = list->count + 1u};
    enum status status = case_matrix_pack(ctx, measuring, &measuring->set->groups[topic->group], &wish, &out->matrix);
    if (status)
        return status;
    out->blank = out->matrix.blank ? out->matrix.blank : !out->matrix.rows ? REASON_NO_PAIRS : REASON_NONE;
    if (!out->blank)
        out->regression = (struct regression){
            .rows = out->matrix.rows, .columns = list->count, .intercept = true, .read = case_row_read, .state = &out->matrix};
    return STATUS_OK;
}

/* The correlation of each driver with the outcome, which exists where the whole model may not.
 * gives   covariances [(count + 1)²] of them and the outcome
 * fails   STATUS_MEMORY */
static enum status correlations_find(struct ctx *ctx, struct driver_model *out, double **covariances)
{
    size_t count = out->regression.columns, side = count + 1;
    struct moment_groups groups;
    const struct moment_grouping grouping = {.units = out->matrix.units, .unit_count = out->matrix.unit_count};
    enum status status = moment_groups_of(ctx, &out->regression, &grouping, &groups);
    if (status)
        return status;
    double *room = arena_array(ctx->arena, moment_groups_room(side) + side * side, sizeof *room);
    out->r = arena_array(ctx->arena, count, sizeof *out->r);
    out->r_undefined = arena_array(ctx->arena, count, sizeof *out->r_undefined);
    if (!room || !out->r || !out->r_undefined)
        return ctx_no_memory(ctx);
    *covariances = room + moment_groups_room(side);
    (void)moment_groups_gather(&groups, NULL, room, *covariances);
    double own = (*covariances)[side * side - 1];
    for (size_t j = 0; j < count; j++) {
        double variance = (*covariances)[j * side + j];
        out->r_undefined[j] = out->matrix.rows < 2      ? UNDEFINED_TOO_FEW
                              : variance > 0 && own > 0 ? DEFINED
                                                        : UNDEFINED_NO_VARIANCE;
        if (!out->r_undefined[j])
            out->r[j] = fmax(-1, fmin(1, (*covariances)[j * side + count] / (sqrt(variance) * sqrt(own))));
    }
    return STATUS_OK;
}

/* How LMG is drawn. */
struct lmg_state {
    size_t count;
    struct importance_draw orders; /* above LMG_EXACT_MAX */
};

/* Doubles of room that lmg_compute needs. */
static size_t lmg_room(size_t count)
{
    size_t own = count <= LMG_EXACT_MAX ? importance_room(count) : importance_sampled_room(count) + count;
    return count * count + count + own;
}

/* LMG of one draw.
 * source  [F35] */
static enum undefined lmg_compute(const void *state, const double *covariance, double rows, double *room, double *out)
{
    const struct lmg_state *lmg = state;
    size_t count = lmg->count;
    double *between = room, *outcome = between + count * count, *rest = outcome + count, r_squared = 0;
    if (!(rows > (double)count + 1))
        return UNDEFINED_TOO_FEW;
    enum undefined undefined = correlations_make(covariance, count, between, outcome);
    if (undefined)
        return undefined;
    const struct correlations correlations = {.count = count, .between = between, .outcome = outcome};
    if (count <= LMG_EXACT_MAX)
        return importance_lmg(&correlations, rest, out, &r_squared);
    return importance_lmg_sampled(&correlations, &lmg->orders, rest + count, out, rest, &r_squared);
}

/* How often to draw when the user did not say: as often as the budget allows, and not for each of many groups. */
static uint32_t draws_allowed(const struct measuring *measuring, const struct driver_model *model)
{
    if (measuring->set->by.segment_count)
        return 0;
    double p = (double)model->regression.columns, rows = fmin((double)model->matrix.rows, MOMENT_GROUPS_MAX);
    double own = p <= LMG_EXACT_MAX ? 8 * ldexp(1, (int)p) : 2. / 3 * ORDER_PAIRS * p * p * p;
    double draws = floor(DRAWING_BUDGET / (own + .5 * rows * (p + 2) * (p + 2)));
    if (draws < FEWEST_DRAWS)
        return 0;
    return draws < MOMENT_REPLICATES ? (uint32_t)draws : MOMENT_REPLICATES;
}

/* LMG with its draws, and Johnson's weights.
 * fails   STATUS_MEMORY, STATUS_CANCELLED */
static enum status importance_find(struct ctx *ctx, const struct measuring *measuring, const struct driver_topic *topic,
                                   const double *covariances, struct driver_model *out)
{
    static const char *const kinds[DRIVER_KIND_COUNT] = {"perception", "expectation", "gap"};
    const struct study *study = measuring->pairs->study;
    const char *const names[] = {"drivers", study->columns.outcomes[topic->outcome].name, kinds[topic->kind]};
    size_t count = out->regression.columns;
    out->replicates = measuring->replicates ? measuring->replicates : draws_allowed(measuring, out);
    out->sampled = count > LMG_EXACT_MAX;
    out->importance = true;
    const uint64_t stream = draw_stream(measuring, topic->group, names, 3);
    const struct lmg_state state = {.count = count, .orders = {.seed = measuring->seed, .stream = ~stream, .pairs = ORDER_PAIRS}};
    const struct moment_figures figures = {.state = &state, .count = count, .room = lmg_room(count), .compute = lmg_compute};
    const struct moment_draw draw = {
        .regression = &out->regression, .figures = &figures, .stream = stream, .replicates = out->replicates};
    enum status status = moment_draw_run(ctx, measuring, &out->matrix, &draw, &out->lmg);
    if (status)
        return status;
    out->johnson = arena_array(ctx->arena, count, sizeof *out->johnson);
    double *room = arena_array(ctx->arena, count * count + count + importance_johnson_room(count), sizeof *room);
    if (!out->johnson || !room)
        return ctx_no_memory(ctx);
    const struct correlations correlations = {.count = count, .between = room, .outcome = room + count * count};
    out->johnson_undefined = correlations_make(covariances, count, room, room + count * count);
    if (!out->johnson_undefined)
        out->johnson_undefined = importance_johnson(&correlations, room + count * count + count, out->johnson);
    return STATUS_OK;
}

enum status driver_model_make(struct ctx *ctx, const struct measuring *measuring, const struct driver_topic *topic,
                              struct driver_model *out)
{
    *out = (struct driver_model){.blank = REASON_NONE};
    if (topic->list->count > DRIVERS_MAX) {
        out->blank = REASON_NOT_APPLICABLE;
        return STATUS_OK;
    }
    double *covariances = NULL;
    enum status status = model_gather(ctx, measuring, topic, out);
    if (status || out->blank)
        return status;
    status = correlations_find(ctx, out, &covariances);
    if (!status)
        status = least_squares_fit(ctx, &out->regression, &out->fit);
    if (status || out->fit.undefined)
        return status;
    status = design_error_find(ctx, &out->matrix, &out->regression, &out->fit, &out->error);
    return status ? status : importance_find(ctx, measuring, topic, covariances, out);
}
