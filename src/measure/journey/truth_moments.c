/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/journey/truth_moments.h"

#include "measure/resample_job.h"
#include "numeric/cross_moments.h"
#include "numeric/relative_importance.h"
#include "numeric/resample.h"

#define RANK_STREAM UINT64_C(0x74727574685F6D6F) /* "truth_mo" */

/* The mean rating of a journey at a touchpoint, in steps; false when there is none. */
static bool rating_at(struct journey journey, uint32_t touchpoint, double *out)
{
    double sum = 0, count = 0;
    for (size_t t = 0; t < journey.count; t++) {
        if (journey.at[t].touchpoint == touchpoint && journey.at[t].code) {
            sum += journey.at[t].code - 1;
            count++;
        }
    }
    *out = count > 0 ? sum / count : 0;
    return count > 0;
}

/* The journeys with what is remembered of them. */
struct remembered {
    const struct case_matrix *all;
    double *satisfaction; /* [row] */
    bool *marks;          /* [row] is it known, and in the end: are all moments rated? */
};

/* Reads it.
 * fails   STATUS_MEMORY */
static enum status remembered_read(struct ctx *ctx, const struct measuring *measuring, struct remembered *out)
{
    uint32_t outcome = study_outcome_of_role(measuring->pairs->study, OUTCOME_ROLE_SATISFACTION);
    out->satisfaction = arena_array(ctx->arena, out->all->rows + 1, sizeof *out->satisfaction);
    out->marks = arena_array(ctx->arena, out->all->rows + 1, sizeof *out->marks);
    if (!out->satisfaction || !out->marks)
        return ctx_no_memory(ctx);
    for (size_t i = 0; i < out->all->rows; i++)
        out->marks[i] = case_outcome(measuring, out->all->cases[i], outcome, &out->satisfaction[i]);
    return STATUS_OK;
}

/* Counts who rated what.
 * gives   how many journeys have a remembered satisfaction */
static uint64_t raters_count(const struct measuring *measuring, const struct remembered *remembered, struct truth_moments *out)
{
    const struct case_matrix *matrix = remembered->all;
    const bool *marks = remembered->marks;
    uint64_t known = 0;
    double rating = 0;
    for (size_t i = 0; i < matrix->rows; i++) {
        known += marks[i];
        struct journey journey = journey_of(measuring, matrix->cases[i]);
        for (uint32_t t = 0; t < out->choice->count && marks[i]; t++)
            out->raters[out->choice->touchpoints[t]] += rating_at(journey, out->choice->touchpoints[t], &rating);
    }
    return known;
}

/* The touchpoints that are compared: rated by enough, the most rated first, then by name. */
static void moments_choose(uint64_t known, struct truth_moments *out)
{
    for (uint32_t c = 0; c < out->choice->count; c++) {
        uint32_t t = out->choice->touchpoints[c];
        if (!out->raters[t] || (double)out->raters[t] < RATED_SHARE * (double)known)
            continue;
        uint32_t at = out->count < MOMENTS_COMPARED ? out->count++ : MOMENTS_COMPARED;
        /* insertion: who was rated more often stands before */
        while (at > 0 && out->raters[out->moments[at - 1].touchpoint] < out->raters[t]) {
            if (at < MOMENTS_COMPARED)
                out->moments[at] = out->moments[at - 1];
            at--;
        }
        if (at < MOMENTS_COMPARED)
            out->moments[at] = (struct truth_moment){.touchpoint = t};
    }
}

/* The journeys that rated all of these, and their ratings.
 * gives   *x  [rows × count] column after column, in steps
 * fails   STATUS_MEMORY */
static enum status complete_gather(struct ctx *ctx, const struct measuring *measuring, struct remembered *remembered,
                                   struct truth_moments *out, double **x)
{
    const struct case_matrix *all = remembered->all;
    bool *marks = remembered->marks;
    double rating = 0;
    for (size_t i = 0; i < all->rows; i++) {
        struct journey journey = journey_of(measuring, all->cases[i]);
        for (uint32_t m = 0; m < out->count; m++)
            marks[i] = marks[i] && rating_at(journey, out->moments[m].touchpoint, &rating);
    }
    enum status status = marked_rows(ctx, measuring, all, marks, remembered->satisfaction, &out->matrix);
    size_t rows = out->matrix.rows;
    *x = status ? NULL : arena_array(ctx->arena, rows * out->count + 1, sizeof **x);
    if (!*x)
        return status ? status : ctx_no_memory(ctx);
    for (uint32_t m = 0; m < out->count; m++) {
        double w = 0, wx = 0;
        for (size_t i = 0; i < rows; i++) {
            double *at = &(*x)[m * rows + i], weight = out->matrix.weights ? out->matrix.weights[i] : 1;
            (void)rating_at(journey_of(measuring, out->matrix.cases[i]), out->moments[m].touchpoint, at);
            w += weight;
            wx += weight * *at;
        }
        out->moments[m].mean = rows ? wx / w : 0;
    }
    return STATUS_OK;
}

/* LMG from rows gathered again and again. */
struct parts_state {
    struct moment_rows rows;
    size_t count, stride;
    double *room; /* [workers × stride] */
};

/* Doubles that one worker needs. */
static size_t parts_room(size_t count)
{
    size_t columns = count + 1;
    return cross_moments_room(columns) + importance_room(count) + columns * columns + count * count + count + 8;
}

/* The parts of R² of what was drawn, and R² last: the engine's compute().
 * source  [F35] */
static enum undefined parts_compute(void *state, unsigned worker, const uint32_t *times, double *out)
{
    const struct parts_state *all = state;
    size_t columns = all->count + 1;
    double *covariance = all->room + worker * all->stride, *between = covariance + columns * columns;
    double *outcome = between + all->count * all->count, *room = outcome + all->count;
    cross_moments_gather(&all->rows, times, room, covariance);
    enum undefined undefined = correlations_make(covariance, all->count, between, outcome);
    const struct correlations correlations = {.count = all->count, .between = between, .outcome = outcome};
    return undefined ? undefined : importance_lmg(&correlations, room, out, &out[all->count]);
}

/* The rank of one part among all: 1 + how many are larger; of equal ones the first named comes first. */
static uint32_t rank_of(const double *parts, size_t count, size_t which)
{
    uint32_t rank = 1;
    for (size_t j = 0; j < count; j++)
        rank += parts[j] > parts[which] || (j < which && parts[j] == parts[which]);
    return rank;
}

/* How often each moment is among the top quarter of the samples drawn again.
 * fails   STATUS_MEMORY, STATUS_CANCELLED */
static enum status ranks_draw(struct ctx *ctx, const struct measuring *measuring, const struct resample_design *design,
                              const struct resample_figures *figures, struct truth_moments *out)
{
    const struct resample_plan plan = {.replicates = measuring->replicates ? measuring->replicates : RANK_REPLICATES,
                                       .seed = measuring->seed,
                                       .stream = RANK_STREAM,
                                       .what = "Ranking moments again"};
    struct resampled resampled;
    out->top_blank = out->matrix.units && out->matrix.unit_count < CLUSTERS_FOR_TEST ? REASON_FEW_CLUSTERS : REASON_NONE;
    enum status status = resample_strata_check(ctx, &out->matrix, &out->top_blank);
    if (status || out->top_blank)
        return status;
    status = resample_bootstrap(ctx, design, figures, &plan, &resampled);
    if (!status && !resampled.kept)
        out->top_blank = REASON_TOO_FEW;
    if (status || out->top_blank)
        return status;
    out->kept = resampled.kept;
    out->many_failed = resampled.many_failed;
    for (size_t r = 0; r < resampled.kept; r++) {
        const double *parts = resampled.values + r * resampled.count;
        for (uint32_t m = 0; m < out->count; m++)
            out->moments[m].top_share += rank_of(parts, out->count, m) <= out->top;
    }
    for (uint32_t m = 0; m < out->count; m++)
        out->moments[m].top_share /= (double)resampled.kept;
    return STATUS_OK;
}

/* Parts, ranks and how stable they are.
 * fails   STATUS_MEMORY, STATUS_CANCELLED */
static enum status parts_find(struct ctx *ctx, const struct measuring *measuring, const double *x, struct truth_moments *out)
{
    const struct case_matrix *matrix = &out->matrix;
    const struct regression regression = {
        .rows = matrix->rows, .columns = out->count, .x = x, .y = matrix->values, .weights = matrix->weights, .intercept = true};
    struct parts_state state = {.count = out->count, .stride = parts_room(out->count)};
    double parts[MOMENTS_COMPARED + 1] = {0};
    state.room = arena_array(ctx->arena, resample_workers(ctx) * state.stride, sizeof *state.room);
    out->undefined = UNDEFINED_TOO_FEW;
    out->top_blank = REASON_TOO_FEW;
    if (!state.room)
        return ctx_no_memory(ctx);
    if (matrix->rows < out->count + 2u)
        return STATUS_OK;
    const struct resample_design design = {.row_count = matrix->rows,
                                           .units = matrix->units,
                                           .unit_count = matrix->unit_count,
                                           .strata = matrix->strata,
                                           .stratum_count = matrix->stratum_count};
    const struct resample_figures figures = {.state = &state, .count = out->count + 1u, .compute = parts_compute};
    enum status status = moment_rows_make(ctx, &regression, &state.rows);
    if (!status)
        status = resample_original(ctx, &design, &figures, parts, &out->undefined);
    if (status || out->undefined)
        return status;
    out->r_squared = parts[out->count];
    out->top = (out->count + 3) / 4;
    for (uint32_t m = 0; m < out->count; m++) {
        out->moments[m].lmg = parts[m];
        out->moments[m].share = out->r_squared > 0 ? parts[m] / out->r_squared : 0;
        out->moments[m].rank = rank_of(parts, out->count, m);
    }
    return ranks_draw(ctx, measuring, &design, &figures, out);
}

/* Where a rating is low and high: up to five ninths of the scale, and its top ninth.
 * source  as of items [F43] */
static signed char level_of(const struct scale *scale, double steps)
{
    uint32_t last = scale->steps - 1, low = 5 * last / 9, high = (8 * last + 8) / 9;
    if (high - low < 2 && low > 0)
        low--; /* three points: one for each level */
    if (steps <= low)
        return LEVEL_LOW;
    return steps >= high ? LEVEL_HIGH : LEVEL_REFERENCE;
}

/* The contrasts of some moments in one regression.
 * takes   first, count  which
 * fails   STATUS_MEMORY */
static enum status contrasts_of(struct ctx *ctx, const signed char *levels, uint32_t first, uint32_t count,
                                struct truth_moments *out)
{
    const struct case_matrix *matrix = &out->matrix;
    const struct covariance_strata strata = {
        .of = matrix->strata, .count = matrix->stratum_count, .units = matrix->stratum_units};
    const struct contrast_rows rows = {.rows = matrix->rows,
                                       .attributes = count,
                                       .levels = levels + first * matrix->rows,
                                       .y = matrix->values,
                                       .weights = matrix->weights,
                                       .units = matrix->units,
                                       .unit_count = matrix->unit_count,
                                       .strata = matrix->strata ? &strata : NULL};
    struct impact_contrast contrasts[MOMENTS_COMPARED];
    struct contrast_fit fit;
    enum status status = contrasts_fit(ctx, &rows, contrasts, &fit);
    for (uint32_t m = 0; m < count && !status; m++) {
        out->moments[first + m].contrast = contrasts[m];
        out->moments[first + m].fit = fit;
    }
    return status;
}

/* Penalty and reward of each moment: together, or apart where they cannot be told apart.
 * fails   STATUS_MEMORY
 * source  [F43] */
static enum status contrasts_find(struct ctx *ctx, const struct scale *scale, const double *x, struct truth_moments *out)
{
    size_t rows = out->matrix.rows;
    signed char *levels = arena_array(ctx->arena, rows * out->count + 1, sizeof *levels);
    if (!levels)
        return ctx_no_memory(ctx);
    for (size_t i = 0; i < rows * out->count; i++)
        levels[i] = level_of(scale, x[i]);
    enum status status = contrasts_of(ctx, levels, 0, out->count, out);
    if (status || (!out->moments[0].fit.undefined && !(out->moments[0].fit.inflation > INFLATION_MAX)))
        return status;
    for (uint32_t m = 0; m < out->count && !status; m++) {
        status = contrasts_of(ctx, levels, m, 1, out);
        out->apart = out->apart || !(out->moments[m].fit.undefined || out->moments[m].contrast.undefined);
    }
    return status;
}

enum status truth_moments_find(struct ctx *ctx, const struct measuring *measuring, const struct group *group,
                               const struct touchpoint_choice *choice, struct truth_moments *out)
{
    const struct scale *scale = journey_scale(measuring->pairs->study);
    struct journeys journeys;
    struct remembered remembered = {.all = &journeys.matrix};
    double *x = NULL;
    *out =
        (struct truth_moments){.blank = scale ? REASON_NONE : REASON_NOT_ASKED, .choice = choice, .undefined = UNDEFINED_TOO_FEW};
    out->raters = arena_array(ctx->arena, measuring->pairs->answers->touchpoint_count + 1u, sizeof *out->raters);
    enum status status = out->raters ? journeys_find(ctx, measuring, group, &journeys) : ctx_no_memory(ctx);
    if (!status)
        status = remembered_read(ctx, measuring, &remembered);
    if (status || !scale)
        return status;
    uint64_t known = raters_count(measuring, &remembered, out);
    moments_choose(known, out);
    status = complete_gather(ctx, measuring, &remembered, out, &x);
    if (status || !out->count)
        return status;
    status = parts_find(ctx, measuring, x, out);
    return status ? status : contrasts_find(ctx, scale, x, out);
}
