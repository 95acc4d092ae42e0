/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "measure/mean_error.h"
#include "measure/validity/surface_model.h"
#include "numeric/wald_test.h"

enum { DIMENSION, OUTCOME, FIGURE, N, ESTIMATE, SE, CI_LOW, CI_HIGH, P, PLACE, WITHOUT, N_INFLUENTIAL, COLUMNS };

#define MIXED "as the figure"

static const struct column columns[COLUMNS] = {
    [DIMENSION] = {"dimension", "Dimension", "", "The dimension, or overall.", 0, COLUMN_KEY, true, false},
    [OUTCOME] = {"outcome", "Outcome", "", "What is explained.", 0, COLUMN_KEY, true, false},
    [FIGURE] = {"figure", "Figure", "",
                "b1 to b5: coefficients of expectation, perception, expectation², product, perception²; a1, a2: slope and "
                "curvature where both are equal; a3, a4: where one falls as the other rises; a5: b3 − b5; x0, y0: the stationary "
                "point; p10, p11, p20, p21: intercept and slope of the principal axes.",
                0, COLUMN_KEY, true, false},
    [N] = {"n", "n", "encounters", "Encounters with expectation, perception and outcome.", 0, COLUMN_COUNT, true, false},
    [ESTIMATE] = {"estimate", "Estimate", MIXED, "The figure.", 2, COLUMN_NUMBER, true, false},
    [SE] = {"se", "SE", MIXED, "Its standard error: HC3, with clusters CR1.", 3, COLUMN_NUMBER, true, false},
    [CI_LOW] = {"ci_low", "Low", MIXED, "Lower end of its interval; of point and axes by drawing again.", 2, COLUMN_NUMBER, true,
                false},
    [CI_HIGH] = {"ci_high", "High", MIXED, "Upper end of its interval; of point and axes by drawing again.", 2, COLUMN_NUMBER,
                 true, false},
    [P] = {"p", "p", "probability", "Two-sided p of the figure being 0.", 3, COLUMN_NUMBER, true, false},
    [PLACE] = {"place", "Where", "", "Of x0 and y0: inside or outside the scale.", 0, COLUMN_WORD, true, false},
    [WITHOUT] = {"without", "Without", MIXED, "The figure without the encounters that move the surface most (Cook > 4/n).", 2,
                 COLUMN_NUMBER, false, false},
    [N_INFLUENTIAL] = {"n_influential", "Influential", "encounters", "How many these are.", 0, COLUMN_COUNT, false, true},
};

enum { SLOPES = 5, SHAPES = 6, FIGURES = SLOPES + SURFACE_TESTS + SHAPES, FIRST_SHAPE = SLOPES + SURFACE_TESTS };

static const char *const figure_names[FIGURES] = {"b1", "b2", "b3", "b4", "b5",  "a1",  "a2",  "a3",
                                                  "a4", "a5", "x0", "y0", "p10", "p11", "p20", "p21"};

/* Every figure of a surface; those of its shape in points of the scale.
 * gives   estimates [FIGURES], undefined [FIGURES] */
static void figures_find(const double *coefficients, double centre, double *estimates, enum undefined *undefined)
{
    struct surface_shape shape;
    memcpy(estimates, coefficients + 1, SLOPES * sizeof *estimates);
    surface_slopes(coefficients, NULL, estimates + SLOPES, NULL);
    surface_shape_find(coefficients, &shape);
    const double shapes[SHAPES] = {shape.x0 + centre, shape.y0 + centre, shape.intercept1,
                                   shape.slope1,      shape.intercept2,  shape.slope2};
    for (size_t f = 0; f < FIGURES; f++)
        undefined[f] = f < FIRST_SHAPE ? DEFINED : f < FIRST_SHAPE + 2 ? shape.point_undefined : shape.axes_undefined;
    memcpy(estimates + FIRST_SHAPE, shapes, sizeof shapes);
}

/* One topic on its way. */
struct surface_figures {
    const struct surface_model *model;
    double estimates[FIGURES], without[FIGURES];
    enum undefined undefined[FIGURES], without_undefined[FIGURES];
    enum undefined influence_undefined; /* of `without` as a whole */
    uint64_t influential;
    bool curved; /* the curvature is more than noise */
    struct value ends[SHAPES][2];
};

/* Is the curvature real? Without it point and axes are noise.
 * source  [F73] */
static bool curvature_is_shown(const struct measuring *measuring, const struct surface_model *model)
{
    struct constraint_test test;
    const struct wald_hypothesis hypothesis = {
        .combinations = surface_linear_constraints, .count = 3, .parameters = SURFACE_PARAMETERS, .df2 = model->error.df};
    if (model->error.undefined || model->error.test_blank)
        return false;
    enum undefined undefined = wald_test(model->models.full.coefficients, model->error.covariance, &hypothesis, &test);
    return !undefined && test.p < 1 - measuring->confidence;
}

/* The rows whose Cook's distance is at most 4/n.
 * gives   kept [rows], *count of them; blank as least_squares_cook */
static enum undefined rows_keep(const struct surface_models *models, uint32_t *kept, size_t *count)
{
    const struct regression *regression = &models->regression;
    size_t n = regression->rows;
    double room[SURFACE_PARAMETERS + 1], cook = 0;
    *count = 0;
    for (size_t i = 0; i < n; i++) {
        enum undefined undefined = least_squares_cook(regression, &models->full, i, room, &cook);
        if (undefined)
            return undefined;
        if (!(cook > 4 / (double)n))
            kept[(*count)++] = (uint32_t)i;
    }
    return DEFINED;
}

/* The surface without the rows whose Cook's distance is above 4/n.
 * fails   STATUS_MEMORY
 * source  [F76] */
static enum status influence_find(struct ctx *ctx, struct surface_figures *figures)
{
    const struct surface_model *model = figures->model;
    struct surface_rows rows = model->rows;
    uint32_t *kept = arena_array(ctx->arena, rows.rows, sizeof *kept);
    if (!kept)
        return ctx_no_memory(ctx);
    figures->influence_undefined = rows_keep(&model->models, kept, &rows.rows);
    if (figures->influence_undefined)
        return STATUS_OK;
    rows.chosen = kept;
    figures->influential = model->rows.rows - rows.rows;
    struct surface_models models;
    enum status status = surface_fit(ctx, &rows, &models);
    if (status)
        return status;
    figures->influence_undefined = models.full.undefined;
    if (!models.full.undefined)
        figures_find(models.full.coefficients, model->centre, figures->without, figures->without_undefined);
    return STATUS_OK;
}

/* Point and axes of one draw.
 * takes   state  the centre */
static enum undefined shape_compute(const void *state, const double *covariance, double rows, double *room, double *out)
{
    double coefficients[SURFACE_PARAMETERS] = {0}, estimates[FIGURES], r_squared = 0;
    enum undefined undefined[FIGURES];
    const struct moment_model model = {.covariance = covariance, .columns = SURFACE_PARAMETERS, .count = SURFACE_PARAMETERS - 1};
    if (!(rows > SURFACE_PARAMETERS))
        return UNDEFINED_TOO_FEW;
    enum undefined failed = moment_regression(&model, room, coefficients + 1, &r_squared);
    if (failed)
        return failed;
    figures_find(coefficients, *(const double *)state, estimates, undefined);
    memcpy(out, estimates + FIRST_SHAPE, SHAPES * sizeof *out);
    return undefined[FIGURES - 1];
}

/* The intervals of point and axes.
 * fails   STATUS_MEMORY, STATUS_CANCELLED
 * source  [F25, F73] */
static enum status shape_intervals(struct ctx *ctx, const struct measuring *measuring, const struct surface_topic *topic,
                                   const char *const names[3], struct surface_figures *figures)
{
    const struct moment_figures wanted = {.state = &figures->model->centre,
                                          .count = SHAPES,
                                          .room = moment_regression_room(SURFACE_PARAMETERS),
                                          .compute = shape_compute};
    const struct moment_draw draw = {.regression = &figures->model->models.regression,
                                     .figures = &wanted,
                                     .stream = draw_stream(measuring, topic->group, names, 3),
                                     .replicates = measuring->replicates ? measuring->replicates : MOMENT_REPLICATES};
    struct moment_drawn drawn;
    enum status status = moment_draw_run(ctx, measuring, &figures->model->matrix, &draw, &drawn);
    for (size_t f = 0; f < SHAPES && !status; f++)
        status = moment_interval_find(ctx, measuring, &drawn, f, false, figures->ends[f]);
    return status;
}

/* The variance of b1 … b5 and a1 … a5. */
static void variances_find(const struct surface_model *model, double *variances)
{
    double a[SURFACE_TESTS], se[SURFACE_TESTS];
    surface_slopes(model->models.full.coefficients, model->error.covariance, a, se);
    for (size_t f = 0; f < SLOPES; f++) {
        variances[f] = model->error.covariance[(f + 1) * (SURFACE_PARAMETERS + 1)];
        variances[SLOPES + f] = se[f] * se[f];
    }
}

/* The cells of one figure of a surface that was fitted.
 * takes   variance  of b and a */
static void fill_figure(const struct measuring *measuring, const struct surface_figures *figures, size_t f, double variance,
                        struct value *values)
{
    const struct surface_model *model = figures->model;
    enum undefined without = figures->influence_undefined;
    values[N_INFLUENTIAL] = without ? value_blank(reason_of(without)) : value_count(figures->influential);
    if (f >= FIRST_SHAPE && !figures->curved)
        return;
    values[ESTIMATE] = value_of(figures->undefined[f], figures->estimates[f]);
    if (!without)
        without = figures->without_undefined[f];
    values[WITHOUT] = value_of(without, figures->without[f]);
    if (f < FIRST_SHAPE) {
        struct estimate_cells cells = estimate_cells_of(figures->estimates[f], variance, &model->error, measuring->confidence);
        values[SE] = cells.se;
        values[CI_LOW] = cells.low;
        values[CI_HIGH] = cells.high;
        values[P] = cells.p;
        return;
    }
    values[CI_LOW] = figures->undefined[f] ? values[ESTIMATE] : figures->ends[f - FIRST_SHAPE][0];
    values[CI_HIGH] = figures->undefined[f] ? values[ESTIMATE] : figures->ends[f - FIRST_SHAPE][1];
    if (f >= FIRST_SHAPE + 2 || figures->undefined[f])
        return;
    bool inside = figures->estimates[f] >= decimal_to_double(model->scale->min) &&
                  figures->estimates[f] <= decimal_to_double(model->scale->max);
    values[PLACE] = value_text(inside ? "inside" : "outside");
}

/* Everything about a topic that could be fitted.
 * fails   STATUS_MEMORY, STATUS_CANCELLED */
static enum status figures_make(struct ctx *ctx, const struct measuring *measuring, const struct surface_topic *topic,
                                struct surface_figures *figures)
{
    const struct study *study = measuring->pairs->study;
    const struct surface_model *model = figures->model;
    figures_find(model->models.full.coefficients, model->centre, figures->estimates, figures->undefined);
    figures->curved = curvature_is_shown(measuring, model);
    enum status status = influence_find(ctx, figures);
    if (status || !figures->curved)
        return status;
    const char *const names[] = {"surface", surface_key(study, topic).text, study->columns.outcomes[topic->outcome].name};
    return shape_intervals(ctx, measuring, topic, names, figures);
}

/* The rows of one topic. */
static enum status rows_make(struct ctx *room, const struct surface_rows_of *of, const struct surface_topic *topic)
{
    const struct study *study = of->measuring->pairs->study;
    struct surface_model model;
    struct surface_figures figures = {.model = &model};
    double variances[FIGURES] = {0};
    enum status status = surface_model_make(room, of->measuring, topic, &model);
    if (!status)
        status = surface_error_find(room, &model);
    enum reason blank = model.blank;
    if (!blank && model.models.full.undefined)
        blank = reason_of(model.models.full.undefined);
    if (!status && !blank)
        status = figures_make(room, of->measuring, topic, &figures);
    if (!status && !blank && !model.error.undefined)
        variances_find(&model, variances);
    uint32_t scope = topic->dimension == UINT32_MAX ? study->dimension_count : topic->dimension;
    for (uint32_t f = 0; f < FIGURES && !status; f++) {
        struct row *row = NULL;
        uint32_t line = (topic->outcome * (study->dimension_count + 1) + scope) * FIGURES + f;
        status = group_row_add(of->outer, of->measuring, of->table, topic->group, line, &row);
        if (status)
            return status;
        row->support = model.matrix.respondents;
        row->values[DIMENSION] = surface_key(study, topic);
        row->values[OUTCOME] = value_text(study->columns.outcomes[topic->outcome].name);
        row->values[FIGURE] = value_text(figure_names[f]);
        values_blank(row->values + ESTIMATE, COLUMNS - ESTIMATE, blank ? blank : REASON_NOT_APPLICABLE);
        row->values[N] = value_count(model.matrix.rows);
        if (!blank)
            fill_figure(of->measuring, &figures, f, variances[f], row->values);
    }
    return status;
}

/* Sixteen rows per group, outcome and dimension (then overall).
 * fails   STATUS_MEMORY, STATUS_CANCELLED
 * blank   too few for the surface -> too_few; no curvature shown -> no point and axes, not_applicable
 * source  [F71–F73, F76] */
static enum status surface_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    enum status status = surface_topics_each(ctx, measuring, table, rows_make);
    if (!status)
        status = table_add_note(ctx, table, "note.surface.middle", NULL);
    if (!status)
        status = table_add_note(ctx, table, "note.surface.without", NULL);
    return status ? status : design_notes(ctx, measuring, table);
}

const struct measure measure_surface = {
    .name = "surface",
    .title = "Surface of expectation and perception",
    .meaning = "How the outcome goes with expectation and perception together: whether it is best where both agree, whether more "
               "always pleases more, and where exceeding turns.",
    .formula = "F71–F73, F76, F25, F34",
    .source = "Edwards & Parry 1993; Shanock et al. 2010; Humberg, Nestler & Back 2019; Cook 1977",
    .example = "gapmeter analyze answers.csv --study study.json --table surface",
    .needs = NEED_CASES,
    .standards = 1u << STANDARD_EXPECTATION | 1u << STANDARD_PERCEPTION,
    .outcomes = true,
    .minimum_n = SURFACE_PARAMETERS + 1,
    .order = 76,
    .columns = columns,
    .column_count = COLUMNS,
    .run = surface_run,
};
