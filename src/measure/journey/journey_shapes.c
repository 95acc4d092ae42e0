/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/journey/journey_shapes.h"

#include <assert.h>

#include "numeric/journey_summary.h"

const char *shape_name(enum shape shape)
{
    static const char *const names[SHAPE_COUNT] = {
        "mean",          "start",           "end",   "peak",  "peak_end",   "max",     "min",
        "prominence_up", "prominence_down", "trend", "slope", "final_step", "duration"};
    assert(shape < SHAPE_COUNT);
    return names[shape];
}

/* Is it a level of the scale, or a distance on it? */
static bool shape_is_level(enum shape shape)
{
    return shape <= SHAPE_MIN;
}

/* Does it need two ratings? */
static bool shape_is_trend(enum shape shape)
{
    return shape == SHAPE_TREND || shape == SHAPE_SLOPE || shape == SHAPE_FINAL_STEP;
}

/* One summary in steps of the scale. */
static double summary_steps(const struct journey_summary *summary, enum shape shape)
{
    const double steps[SHAPE_DURATION] = {
        summary->mean,  summary->start,         summary->end,
        summary->peak,  summary->peak_end,      summary->max,
        summary->min,   summary->prominence_up, summary->prominence_down,
        summary->trend, summary->slope,         summary->final_slope,
    };
    assert(shape < SHAPE_DURATION);
    return steps[shape];
}

/* Room for every summary that the study has.
 * fails   STATUS_MEMORY */
static enum status room_make(struct ctx *ctx, const struct study *study, size_t rows, bool *has[SHAPE_COUNT],
                             double *value[SHAPE_COUNT], struct journey_shapes *out)
{
    for (enum shape shape = 0; shape < SHAPE_COUNT; shape++) {
        bool asked = shape == SHAPE_DURATION ? journeys_timed(study) : journey_scale(study) != NULL;
        out->blank[shape] = asked ? REASON_NONE : REASON_NOT_ASKED;
        if (!asked)
            continue;
        out->has[shape] = has[shape] = arena_array(ctx->arena, rows + 1, sizeof(bool));
        out->value[shape] = value[shape] = arena_array(ctx->arena, rows + 1, sizeof(double));
        if (!has[shape] || !value[shape])
            return ctx_no_memory(ctx);
    }
    return STATUS_OK;
}

/* The summaries of one rated journey, in points. Neutral is the middle of the scale.
 * needs   count >= 1 */
static void shapes_fill(const struct scale *scale, const double *ratings, size_t count, size_t row, bool *const has[SHAPE_COUNT],
                        double *const value[SHAPE_COUNT])
{
    struct journey_summary summary = {.mean = 0};
    double low = scale_value(scale, 1), step = decimal_to_double(scale->step);
    if (journey_summarise(ratings, count, (double)(scale->steps - 1) / 2, &summary))
        return;
    for (enum shape shape = 0; shape < SHAPE_DURATION; shape++) {
        if (shape_is_trend(shape) && summary.trend_undefined)
            continue;
        has[shape][row] = true;
        value[shape][row] = (shape_is_level(shape) ? low : 0) + step * summary_steps(&summary, shape);
    }
}

enum status journey_shapes_find(struct ctx *ctx, const struct measuring *measuring, const struct journeys *journeys,
                                struct journey_shapes *out)
{
    const struct study *study = measuring->pairs->study;
    const struct scale *scale = journey_scale(study);
    const struct case_matrix *matrix = &journeys->matrix;
    bool *has[SHAPE_COUNT] = {NULL};
    double *value[SHAPE_COUNT] = {NULL};
    *out = (struct journey_shapes){.matrix = matrix};
    enum status status = room_make(ctx, study, matrix->rows, has, value, out);
    double *ratings = status ? NULL : arena_array(ctx->arena, journeys->longest + 1, sizeof *ratings);
    uint32_t *rated = status ? NULL : arena_array(ctx->arena, matrix->rows + 1, sizeof *rated);
    if (!ratings || !rated)
        return status ? status : ctx_no_memory(ctx);
    for (size_t i = 0; i < matrix->rows; i++) {
        struct journey journey = journey_of(measuring, matrix->cases[i]);
        if (value[SHAPE_DURATION]) {
            has[SHAPE_DURATION][i] = true;
            value[SHAPE_DURATION][i] = journey_hours(journey);
        }
        size_t count = scale ? journey_ratings(journey, ratings) : 0;
        rated[i] = (uint32_t)count;
        if (count)
            shapes_fill(scale, ratings, count, i, has, value);
    }
    out->rated = scale ? rated : NULL;
    return STATUS_OK;
}
