/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "measure/loss/loss_drawing.h"
#include "numeric/logistic_regression.h"

#define PATTERNS_MAX (1u << 20)

/* One covariate: levels that are frequent enough, and those that are not, together. */
struct covariate {
    uint32_t level_count;
    const uint32_t *of_level; /* [level of the stratifier] level of the covariate */
    const struct stratifier *stratifier;
};

/* The regression of what was drawn. */
struct regression_state {
    struct loss_drawn drawn;
    size_t patterns;
    uint32_t covariate_count;
    const struct covariate *covariates;
    const uint32_t *levels; /* [patterns × covariate_count] */
    bool *no_memory;        /* [workers] */
};

/* How many of each level left, and how many stayed.
 * takes   counts  [2 × levels] */
static void level_counts(const struct loss_cases *cases, const struct stratifier *stratifier, uint64_t *counts)
{
    for (size_t i = 0; i < cases->matrix.rows; i++)
        counts[2 * (size_t)stratifier->level[i] + loss_cell(cases, i) % 2]++;
}

/* Levels with too few who left or stayed become one; if that is too thin as well it joins the largest level.
 * fails   STATUS_MEMORY */
static enum status covariate_make(struct ctx *ctx, const struct loss_cases *cases, const struct stratifier *stratifier,
                                  struct covariate *out)
{
    uint32_t count = stratifier->level_count;
    uint64_t *counts = arena_array(ctx->arena, 2u * (size_t)count + 1, sizeof *counts), rest[2] = {0, 0};
    uint32_t *of_level = arena_array(ctx->arena, count + 1u, sizeof *of_level);
    if (!counts || !of_level)
        return ctx_no_memory(ctx);
    level_counts(cases, stratifier, counts);
    uint32_t kept = 0;
    size_t largest = 0;
    for (size_t l = 0; l < count; l++) {
        bool thin = counts[2 * l] < LEVEL_EVENTS_FEWEST || counts[2 * l + 1] < LEVEL_EVENTS_FEWEST;
        of_level[l] = thin ? UINT32_MAX : kept++;
        rest[0] += thin ? counts[2 * l] : 0;
        rest[1] += thin ? counts[2 * l + 1] : 0;
        if (!thin && (of_level[largest] == UINT32_MAX ||
                      counts[2 * l] + counts[2 * l + 1] > counts[2 * largest] + counts[2 * largest + 1]))
            largest = l;
    }
    bool own = rest[0] >= LEVEL_EVENTS_FEWEST && rest[1] >= LEVEL_EVENTS_FEWEST;
    uint32_t other = own || !kept ? kept++ : of_level[largest];
    for (uint32_t l = 0; l < count; l++)
        of_level[l] = of_level[l] == UINT32_MAX ? other : of_level[l];
    *out = (struct covariate){.level_count = kept, .of_level = of_level, .stratifier = stratifier};
    return STATUS_OK;
}

/* The pattern of each row: which level of each covariate, numbered in order of appearance.
 * gives   state->levels, patterns
 * fails   STATUS_MEMORY */
static enum status patterns_number(struct ctx *ctx, const struct loss_cases *cases, struct regression_state *state,
                                   uint32_t **pattern)
{
    size_t codes = 1, rows = cases->matrix.rows;
    for (uint32_t c = 0; c < state->covariate_count; c++)
        codes *= state->covariates[c].level_count;
    uint32_t *number = arena_array(ctx->arena, codes + 1, sizeof *number); /* + 1; 0 = not met yet */
    uint32_t *levels = arena_array(ctx->arena, (codes < rows ? codes : rows) * state->covariate_count + 1, sizeof *levels);
    *pattern = arena_array(ctx->arena, rows + 1, sizeof **pattern);
    if (!number || !levels || !*pattern)
        return ctx_no_memory(ctx);
    for (size_t i = 0; i < rows; i++) {
        size_t code = 0;
        for (uint32_t c = 0; c < state->covariate_count; c++) {
            const struct covariate *covariate = &state->covariates[c];
            code = code * covariate->level_count + covariate->of_level[covariate->stratifier->level[i]];
        }
        if (!number[code]) {
            uint32_t *at = levels + state->patterns * state->covariate_count;
            for (uint32_t c = 0; c < state->covariate_count; c++)
                at[c] = state->covariates[c].of_level[state->covariates[c].stratifier->level[i]];
            number[code] = (uint32_t)++state->patterns;
        }
        (*pattern)[i] = number[code] - 1;
    }
    state->levels = levels;
    return STATUS_OK;
}

/* The table of what was drawn: weight by pattern and cell.
 * gives   how many cells have weight */
static size_t cells_add(const struct regression_state *state, const uint32_t *times, double *cells)
{
    for (size_t i = 0; i < state->drawn.count; i++)
        cells[4 * (size_t)state->drawn.pattern[i] + state->drawn.cell[i]] += times[i] * state->drawn.weight[i];
    size_t rows = 0;
    for (size_t k = 0; k < 4 * state->patterns; k++)
        rows += cells[k] > 0;
    return rows;
}

/* The dummy columns of one covariate: one for each level that was drawn, but the first.
 * takes   kind  [rows] cell number of each row
 * gives   how many columns were written at x */
static size_t dummies_write(const struct regression_state *state, uint32_t c, const size_t *kind, size_t rows, double *x)
{
    size_t written = 0;
    bool first = true;
    for (uint32_t level = 0; level < state->covariates[c].level_count; level++) {
        double *column = x + written * rows;
        bool drawn = false;
        for (size_t r = 0; r < rows; r++) {
            column[r] = state->levels[kind[r] / 4 * state->covariate_count + c] == level;
            drawn = drawn || column[r] > 0;
        }
        if (drawn && !first)
            written++;
        first = first && !drawn;
    }
    return written;
}

/* Fills the regression of a table. */
static void regression_fill(const struct regression_state *state, const double *cells, size_t *kind, double *numbers,
                            struct regression *out)
{
    size_t rows = 0;
    for (size_t k = 0; k < 4 * state->patterns; k++) {
        if (cells[k] > 0)
            kind[rows++] = k;
    }
    double *y = numbers, *weights = numbers + rows, *x = numbers + 2 * rows;
    for (size_t r = 0; r < rows; r++) {
        y[r] = kind[r] % 2 == 0;
        weights[r] = cells[kind[r]];
        x[r] = kind[r] % 4 < 2;
    }
    *out = (struct regression){.rows = rows, .columns = 1, .x = x, .y = y, .weights = weights, .intercept = true};
    for (uint32_t c = 0; c < state->covariate_count; c++)
        out->columns += dummies_write(state, c, kind, rows, x + out->columns * rows);
}

/* How many columns the regression has at most, with room for one that is written and not kept. */
static size_t columns_most(const struct regression_state *state)
{
    size_t columns = 2;
    for (uint32_t c = 0; c < state->covariate_count; c++)
        columns += state->covariates[c].level_count;
    return columns;
}

/* The fraction of a fitted regression.
 * source  [F84] */
static enum undefined fraction_of_fit(const struct regression *regression, const struct logistic *fit, double *unexposed,
                                      double *out)
{
    for (size_t r = 0; r < regression->rows; r++) {
        double linear = fit->coefficients[0];
        for (size_t j = 1; j < regression->columns; j++)
            linear += fit->coefficients[j + 1] * regression->x[j * regression->rows + r];
        unexposed[r] = logistic_probability(linear);
    }
    return standardised_fraction(fit->fitted, unexposed, regression->weights, regression->rows, out);
}

/* Fits in memory of its own.
 * fails   STATUS_MEMORY */
static enum status fraction_fit(struct ctx *ctx, const struct regression_state *state, const uint32_t *times, double *out,
                                enum undefined *undefined)
{
    double *cells = arena_array(ctx->arena, 4 * state->patterns + 1, sizeof *cells);
    size_t *kind = arena_array(ctx->arena, 4 * state->patterns + 1, sizeof *kind);
    if (!cells || !kind)
        return ctx_no_memory(ctx);
    size_t rows = cells_add(state, times, cells);
    double *numbers = arena_array(ctx->arena, (columns_most(state) + 3) * rows + 1, sizeof *numbers);
    if (!numbers)
        return ctx_no_memory(ctx);
    struct regression regression;
    struct logistic fit = {.undefined = DEFINED};
    regression_fill(state, cells, kind, numbers, &regression);
    enum status status = logistic_fit(ctx, &regression, &fit);
    *undefined = fit.undefined == UNDEFINED_UNBOUNDED ? UNDEFINED_NOT_CONVERGED : fit.undefined;
    if (!status && !*undefined)
        *undefined = fraction_of_fit(&regression, &fit, numbers + (columns_most(state) + 2) * rows, out);
    return status;
}

/* The fraction of what was drawn: the engine's compute(). */
static enum undefined regression_compute(void *state, unsigned worker, const uint32_t *times, double *out)
{
    const struct regression_state *all = state;
    struct ctx own = {.threads = 1};
    enum undefined undefined = UNDEFINED_NOT_CONVERGED;
    enum status status = arena_create(NULL, &own.arena);
    if (!status)
        status = fraction_fit(&own, all, times, out, &undefined);
    arena_destroy(own.arena);
    all->no_memory[worker] |= status != STATUS_OK;
    return status ? UNDEFINED_NOT_CONVERGED : undefined;
}

/* The covariates of a model: stratifiers with more than one level and not too many.
 * fails   STATUS_MEMORY */
static enum status covariates_make(struct ctx *ctx, const struct loss_cases *cases, const struct stratifiers *stratifiers,
                                   struct regression_state *state)
{
    struct covariate *covariates = arena_array(ctx->arena, stratifiers->count + 1u, sizeof *covariates);
    if (!covariates)
        return ctx_no_memory(ctx);
    state->covariates = covariates;
    size_t codes = 1;
    for (uint32_t s = 0; s < stratifiers->count; s++) {
        if (stratifiers->each[s].level_count > ADJUSTED_LEVELS_MAX)
            continue;
        struct covariate *covariate = &covariates[state->covariate_count];
        enum status status = covariate_make(ctx, cases, &stratifiers->each[s], covariate);
        if (status)
            return status;
        if (covariate->level_count < 2 || codes * covariate->level_count > PATTERNS_MAX)
            continue;
        codes *= covariate->level_count;
        state->covariate_count++;
    }
    return STATUS_OK;
}

/* Are there people enough for so many parameters? */
static bool events_suffice(const struct loss_cases *cases, const struct regression_state *state)
{
    uint64_t parameters = 2, stayed = cases->matrix.rows - cases->left;
    for (uint32_t c = 0; c < state->covariate_count; c++)
        parameters += state->covariates[c].level_count - 1;
    return (cases->left < stayed ? cases->left : stayed) >= ADJUSTED_EVENTS * parameters;
}

enum status regression_loss(struct ctx *ctx, const struct measuring *measuring, const struct loss_cases *cases,
                            const struct stratifiers *stratifiers, struct adjusted_loss *out)
{
    struct regression_state state = {.patterns = 0};
    uint32_t *pattern = NULL;
    out->undefined = UNDEFINED_TOO_FEW;
    state.no_memory = arena_array(ctx->arena, resample_workers(ctx) + 1, sizeof *state.no_memory);
    enum status status = state.no_memory ? covariates_make(ctx, cases, stratifiers, &state) : ctx_no_memory(ctx);
    if (status || !events_suffice(cases, &state))
        return status;
    status = patterns_number(ctx, cases, &state, &pattern);
    if (!status)
        status = loss_drawn_make(ctx, measuring, cases, pattern, &state.drawn);
    const struct resample_figures figures = {.state = &state, .count = 1, .compute = regression_compute};
    if (!status)
        status = loss_draw(ctx, measuring, &state.drawn, &figures, "regression", out);
    for (unsigned w = 0; w < resample_workers(ctx) && !status; w++)
        status = state.no_memory[w] ? ctx_no_memory(ctx) : STATUS_OK;
    return status;
}
