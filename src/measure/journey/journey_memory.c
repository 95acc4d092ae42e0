/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "measure/journey/journey_shapes.h"
#include "measure/working_room.h"
#include "numeric/cross_moments.h"
#include "numeric/cross_validation.h"
#include "numeric/relative_importance.h"

enum { MODEL, SUMMARY, N, R2, R2_ADJUSTED, R2_CV, AIC, AIC_DIFFERENCE, VERDICT, COEFFICIENT, LMG, LMG_SHARE, COLUMNS };

#define SHARE_OF_VARIANCE "share of variance"
static const struct column columns[COLUMNS] = {
    [MODEL] = {"model", "Model", "", "mean, peak_end, or shape: mean, best, worst, last moment and trend together.", 0,
               COLUMN_KEY, true, false},
    [SUMMARY] = {"summary", "Summary", "", "One summary of the model shape; blank in the row of a model.", 0, COLUMN_KEY, true,
                 false},
    [N] = {"n", "n", "journeys", "Journeys with two ratings or more and remembered satisfaction.", 0, COLUMN_COUNT, true, false},
    [R2] = {"r2", "Explained", SHARE_OF_VARIANCE, "Share of the variance of remembered satisfaction that the model explains.", 3,
            COLUMN_NUMBER, true, false},
    [R2_ADJUSTED] = {"r2_adjusted", "Adjusted", SHARE_OF_VARIANCE, "The same, less what any predictors would explain by chance.",
                     3, COLUMN_NUMBER, false, false},
    [R2_CV] =
        {"r2_cv", "Foretold", SHARE_OF_VARIANCE,
         "The same of journeys that the model has not seen (ten folds, ten times); below 0 it foretells worse than the mean.", 3,
         COLUMN_NUMBER, true, false},
    [AIC] = {"aic", "AIC", "units of information", "Akaike's criterion: smaller is better.", 1, COLUMN_NUMBER, false, false},
    [AIC_DIFFERENCE] = {"aic_difference", "Above the best", "units of information", "How far it lies above the smallest one.", 1,
                        COLUMN_NUMBER, true, false},
    [VERDICT] = {"verdict", "Verdict", "",
                 "best; as_good (AIC within 2 of the best); worse; or tells_nothing (foretells no better than the mean).", 0,
                 COLUMN_WORD, true, false},
    [COEFFICIENT] = {"coefficient", "Coefficient", "points per point", "Of this summary, the others held.", 3, COLUMN_NUMBER,
                     false, false},
    [LMG] = {"lmg", "Part", SHARE_OF_VARIANCE, "Its part of the variance explained, averaged over all orders of entry.", 3,
             COLUMN_NUMBER, true, false},
    [LMG_SHARE] = {"lmg_share", "Of that", "share", "The same as a share of what the model explains.", 2, COLUMN_NUMBER, true,
                   false},
};

#define PREDICTORS_MAX 5u
#define FOLDS          10u
#define REPEATS        10u
#define AIC_AS_GOOD    2.0
#define FOLD_STREAM    UINT64_C(0x6A6D656D6F7279) /* "jmemory" */

/* The models that are compared.
 * source  [F82] */
static const struct memory_model {
    const char *name;
    size_t count;
    enum shape shapes[PREDICTORS_MAX];
} models[] = {
    {"mean", 1, {SHAPE_MEAN}},
    {"peak_end", 1, {SHAPE_PEAK_END}},
    {"shape", 5, {SHAPE_MEAN, SHAPE_MAX, SHAPE_MIN, SHAPE_END, SHAPE_TREND}},
};

enum { MODELS = sizeof models / sizeof *models };

/* Everything known of one group. */
struct memory {
    enum reason blank;
    struct case_matrix matrix; /* column: remembered satisfaction */
    const double *x[SHAPE_COUNT];
    struct least_squares fit[MODELS];
    struct cross_validation validation[MODELS];
    enum undefined aic_undefined[MODELS];
    double aic[MODELS];
    enum undefined lmg_undefined;
    double lmg[PREDICTORS_MAX], r_squared;
};

/* The journeys that enter: two ratings or more, and remembered satisfaction.
 * fails   STATUS_MEMORY */
static enum status memory_gather(struct ctx *ctx, const struct measuring *measuring, const struct group *group,
                                 struct memory *out)
{
    struct journeys journeys;
    struct journey_shapes shapes;
    uint32_t outcome = study_outcome_of_role(measuring->pairs->study, OUTCOME_ROLE_SATISFACTION);
    enum status status = journeys_find(ctx, measuring, group, &journeys);
    if (!status)
        status = journey_shapes_find(ctx, measuring, &journeys, &shapes);
    if (status)
        return status;
    *out = (struct memory){.blank = shapes.blank[SHAPE_MEAN]};
    if (out->blank)
        return STATUS_OK;
    size_t rows = journeys.matrix.rows;
    bool *marks = arena_array(ctx->arena, rows + 1, sizeof *marks);
    double *satisfaction = arena_array(ctx->arena, rows + 1, sizeof *satisfaction);
    if (!marks || !satisfaction)
        return ctx_no_memory(ctx);
    for (size_t i = 0; i < rows; i++)
        marks[i] = shapes.rated[i] >= 2 && case_outcome(measuring, journeys.matrix.cases[i], outcome, &satisfaction[i]);
    status = marked_rows(ctx, measuring, &journeys.matrix, marks, satisfaction, &out->matrix);
    for (enum shape shape = 0; shape < SHAPE_DURATION && !status; shape++) {
        double *column = arena_array(ctx->arena, rows + 1, sizeof *column);
        if (!column)
            return ctx_no_memory(ctx);
        size_t at = 0;
        for (size_t i = 0; i < rows; i++) {
            if (marks[i])
                column[at++] = shapes.value[shape][i];
        }
        out->x[shape] = column;
    }
    return status;
}

/* The regression of one model.
 * fails   STATUS_MEMORY */
static enum status regression_make(struct ctx *ctx, const struct memory *memory, const struct memory_model *model,
                                   struct regression *out)
{
    size_t rows = memory->matrix.rows;
    double *x = arena_array(ctx->arena, model->count * rows + 1, sizeof *x);
    if (!x)
        return ctx_no_memory(ctx);
    for (size_t j = 0; j < model->count; j++) {
        for (size_t i = 0; i < rows; i++)
            x[j * rows + i] = memory->x[model->shapes[j]][i];
    }
    *out = (struct regression){.rows = rows,
                               .columns = model->count,
                               .x = x,
                               .y = memory->matrix.values,
                               .weights = memory->matrix.weights,
                               .intercept = true};
    return STATUS_OK;
}

/* The parts of the model's R².
 * fails   STATUS_MEMORY
 * source  [F35] */
static enum status parts_find(struct ctx *ctx, const struct regression *regression, struct memory *memory)
{
    struct moment_rows rows;
    size_t count = regression->columns;
    double covariance[(PREDICTORS_MAX + 1) * (PREDICTORS_MAX + 1)], between[PREDICTORS_MAX * PREDICTORS_MAX];
    double outcome[PREDICTORS_MAX];
    double *room = arena_array(ctx->arena, cross_moments_room(count + 1) + importance_room(count), sizeof *room);
    if (!room)
        return ctx_no_memory(ctx);
    memory->lmg_undefined = UNDEFINED_TOO_FEW;
    enum status status = regression->rows ? moment_rows_make(ctx, regression, &rows) : STATUS_OK;
    if (status || !regression->rows)
        return status;
    cross_moments_gather(&rows, NULL, room, covariance);
    memory->lmg_undefined = correlations_make(covariance, count, between, outcome);
    const struct correlations correlations = {.count = count, .between = between, .outcome = outcome};
    if (!memory->lmg_undefined)
        memory->lmg_undefined = importance_lmg(&correlations, room, memory->lmg, &memory->r_squared);
    return STATUS_OK;
}

/* Fits one model and judges it.
 * fails   STATUS_MEMORY
 * source  [F82] */
static enum status model_find(struct ctx *ctx, const struct measuring *measuring, struct memory *memory, size_t m)
{
    struct regression regression;
    const struct fold_plan plan = {.folds = FOLDS,
                                   .repeats = REPEATS,
                                   .seed = measuring->seed,
                                   .stream = FOLD_STREAM,
                                   .units = memory->matrix.units,
                                   .unit_count = memory->matrix.unit_count};
    memory->aic_undefined[m] = memory->validation[m].undefined = UNDEFINED_TOO_FEW;
    enum status status = regression_make(ctx, memory, &models[m], &regression);
    if (!status)
        status = least_squares_fit(ctx, &regression, &memory->fit[m]);
    if (status || memory->fit[m].undefined)
        return status;
    memory->aic_undefined[m] = akaike(&regression, &memory->fit[m], &memory->aic[m]);
    status = cross_validate(ctx, &regression, &plan, &memory->validation[m]);
    return status || models[m].count < PREDICTORS_MAX ? status : parts_find(ctx, &regression, memory);
}

/* The smallest criterion; an infinity when there is none. */
static double least_aic(const struct memory *memory)
{
    double least = HUGE_VAL;
    for (size_t m = 0; m < MODELS; m++) {
        if (!memory->aic_undefined[m] && memory->aic[m] < least)
            least = memory->aic[m];
    }
    return least;
}

/* What a model is worth beside the others. */
static const char *verdict_of(const struct memory *memory, size_t m)
{
    if (!memory->validation[m].undefined && memory->validation[m].r_squared <= 0)
        return "tells_nothing";
    double above = memory->aic[m] - least_aic(memory);
    if (!(above > 0))
        return "best";
    return above <= AIC_AS_GOOD ? "as_good" : "worse";
}

/* The cells of one model. */
static void fill_model(const struct memory *memory, size_t m, struct value *values)
{
    const struct least_squares *fit = &memory->fit[m];
    values[R2] = value_of(fit->undefined, fit->r_squared);
    values[R2_ADJUSTED] = value_of(fit->undefined, fit->adjusted_r_squared);
    enum undefined undefined = fit->undefined ? fit->undefined : memory->validation[m].undefined;
    values[R2_CV] = value_of(undefined, memory->validation[m].r_squared);
    undefined = fit->undefined ? fit->undefined : memory->aic_undefined[m];
    values[AIC] = value_of(undefined, memory->aic[m]);
    values[AIC_DIFFERENCE] = undefined ? value_blank(reason_of(undefined)) : value_number(memory->aic[m] - least_aic(memory));
    values[VERDICT] = undefined ? value_blank(reason_of(undefined)) : value_text(verdict_of(memory, m));
}

/* The cells of one summary of the last model. */
static void fill_part(const struct memory *memory, size_t j, struct value *values)
{
    const struct least_squares *fit = &memory->fit[MODELS - 1];
    enum undefined undefined = fit->undefined ? fit->undefined : memory->lmg_undefined;
    values[COEFFICIENT] = fit->undefined ? value_blank(reason_of(fit->undefined)) : value_number(fit->coefficients[j + 1]);
    values[LMG] = value_of(undefined, memory->lmg[j]);
    if (!undefined && !(memory->r_squared > 0))
        undefined = UNDEFINED_NO_VARIANCE;
    values[LMG_SHARE] = undefined ? value_blank(reason_of(undefined)) : value_number(memory->lmg[j] / memory->r_squared);
}

/* A row of one model (part SIZE_MAX) or of one of its summaries.
 * fails   STATUS_MEMORY */
static enum status row_make(struct ctx *ctx, const struct measuring *measuring, struct table *table, uint32_t group,
                            const struct memory *memory, const size_t which[2])
{
    bool part = which[1] != SIZE_MAX;
    struct row *row = NULL;
    uint32_t line = (uint32_t)(part ? MODELS + which[1] : which[0]);
    enum status status = group_row_add(ctx, measuring, table, group, line, &row);
    if (status)
        return status;
    row->values[MODEL] = value_text(models[which[0]].name);
    if (part)
        row->values[SUMMARY] = value_text(shape_name(models[which[0]].shapes[which[1]]));
    row->support = memory->matrix.respondents;
    row->values[N] = value_count(memory->matrix.rows);
    if (memory->blank)
        values_blank(row->values + N, COLUMNS - N, memory->blank);
    else if (part)
        fill_part(memory, which[1], row->values);
    else
        fill_model(memory, which[0], row->values);
    return STATUS_OK;
}

/* The rows of one group.
 * takes   ctx   of the table
 *         room  for what is given back
 * fails   STATUS_MEMORY */
static enum status group_rows(struct ctx *ctx, struct ctx *room, const struct measuring *measuring, struct table *table,
                              uint32_t group)
{
    struct memory memory;
    enum status status = memory_gather(room, measuring, &measuring->set->groups[group], &memory);
    for (size_t m = 0; m < MODELS && !status && !memory.blank; m++)
        status = model_find(room, measuring, &memory, m);
    for (size_t m = 0; m < MODELS && !status; m++)
        status = row_make(ctx, measuring, table, group, &memory, (const size_t[2]){m, SIZE_MAX});
    for (size_t j = 0; j < models[MODELS - 1].count && !status; j++)
        status = row_make(ctx, measuring, table, group, &memory, (const size_t[2]){MODELS - 1, j});
    return status;
}

/* Three models per group, and the parts of the last.
 * blank   moments are not rated -> not_asked; too few journeys -> too_few; all alike -> no_variance; summaries that follow from
 * each other, as in journeys of two moments -> singular
 * source  [F82, F35] */
static enum status journey_memory_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    enum status status = STATUS_OK;
    table->needs_whole_model = true;
    table->parameters = PREDICTORS_MAX + 1;
    for (uint32_t g = 0; g < measuring->set->group_count && !status; g++) {
        struct ctx room;
        status = room_open(ctx, &room);
        if (!status)
            status = room_close(ctx, &room, group_rows(ctx, &room, measuring, table, g));
    }
    if (!status)
        status = table_add_note(ctx, table, "note.journey.cause", NULL);
    return status ? status : design_notes(ctx, measuring, table);
}

const struct measure measure_journey_memory = {
    .name = "journey_memory",
    .title = "What customers remember of a journey",
    .meaning =
        "Which summary of a journey goes best with the satisfaction that is remembered: its mean, its peak and end, or its "
        "whole shape. No rule is taken for granted: it differs between services.",
    .formula = "F82, F81, F35",
    .source = "Kahneman, Fredrickson, Schreiber & Redelmeier 1993; Verhoef, Antonides & de Hoog 2004; Akaike 1974; Stone 1974",
    .example = "gapmeter analyze log.csv --study study.json --table journey_memory",
    .needs = NEED_CASES,
    .outcome_roles = 1u << OUTCOME_ROLE_SATISFACTION,
    .journeys = true,
    .minimum_n = PREDICTORS_MAX + 2,
    .by_default = true,
    .order = 223,
    .columns = columns,
    .column_count = COLUMNS,
    .run = journey_memory_run,
};
