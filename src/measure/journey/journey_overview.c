/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "measure/journey/journey_cases.h"
#include "measure/working_room.h"

enum {
    SCOPE,
    N,
    MOMENTS,
    TOUCHPOINTS,
    VARIANTS,
    MOMENTS_MEAN,
    MOMENTS_MEDIAN,
    DURATION_MEAN,
    DURATION_Q1,
    DURATION_MEDIAN,
    DURATION_Q3,
    RATED,
    MOMENTS_RATED,
    COLUMNS
};

#define HOURS "hours"
static const struct column columns[COLUMNS] = {
    [SCOPE] = {"scope", "Scope", "", "all: every journey.", 0, COLUMN_KEY, false, false},
    [N] = {"n", "Journeys", "journeys", "How many journeys.", 0, COLUMN_COUNT, true, false},
    [MOMENTS] = {"moments", "Moments", "moments", "Moments of all of them.", 0, COLUMN_COUNT, true, false},
    [TOUCHPOINTS] = {"touchpoints", "Touchpoints", "touchpoints", "Different touchpoints that were met.", 0, COLUMN_COUNT, true,
                     false},
    [VARIANTS] = {"variants", "Variants", "orders", "Different orders of touchpoints.", 0, COLUMN_COUNT, true, false},
    [MOMENTS_MEAN] = {"moments_mean", "Mean length", "moments", "Mean number of moments of a journey.", 1, COLUMN_NUMBER, true,
                      false},
    [MOMENTS_MEDIAN] = {"moments_median", "Median length", "moments", "Median number of moments of a journey.", 1, COLUMN_NUMBER,
                        true, false},
    [DURATION_MEAN] = {"duration_mean", "Mean time", HOURS, "Mean time from the first moment to the last.", 1, COLUMN_NUMBER,
                       false, false},
    [DURATION_Q1] = {"duration_q1", "Lower quarter", HOURS, "A quarter of the journeys take at most this long.", 1, COLUMN_NUMBER,
                     false, false},
    [DURATION_MEDIAN] = {"duration_median", "Median time", HOURS, "Half of the journeys take at most this long.", 1,
                         COLUMN_NUMBER, true, false},
    [DURATION_Q3] = {"duration_q3", "Upper quarter", HOURS, "Three quarters of the journeys take at most this long.", 1,
                     COLUMN_NUMBER, false, false},
    [RATED] = {"rated", "Rated", "journeys", "Journeys with at least one rating.", 0, COLUMN_COUNT, false, false},
    [MOMENTS_RATED] = {"moments_rated", "Rated moments", "moments", "Moments with a rating.", 0, COLUMN_COUNT, false, false},
};

/* The moments that a comparison of journeys reads. */
struct variant {
    struct journey journey;
};

/* By touchpoints, in order; the shorter first. */
static int variants_compare(const void *a, const void *b)
{
    const struct variant *x = a, *y = b;
    if (x->journey.count != y->journey.count)
        return x->journey.count < y->journey.count ? -1 : 1;
    for (size_t t = 0; t < x->journey.count; t++) {
        if (x->journey.at[t].touchpoint != y->journey.at[t].touchpoint)
            return x->journey.at[t].touchpoint < y->journey.at[t].touchpoint ? -1 : 1;
    }
    return 0;
}

/* How many different orders of touchpoints there are.
 * fails   STATUS_MEMORY
 * cost    time journeys × log journeys × their length */
static enum status variants_count(struct ctx *ctx, const struct measuring *measuring, const struct journeys *journeys,
                                  uint64_t *out)
{
    size_t rows = journeys->matrix.rows;
    struct variant *all = arena_array(ctx->arena, rows + 1, sizeof *all);
    if (!all)
        return ctx_no_memory(ctx);
    for (size_t i = 0; i < rows; i++)
        all[i].journey = journey_of(measuring, journeys->matrix.cases[i]);
    qsort(all, rows, sizeof *all, variants_compare);
    *out = 0;
    for (size_t i = 0; i < rows; i++)
        *out += i == 0 || variants_compare(&all[i - 1], &all[i]) != 0;
    return STATUS_OK;
}

/* Counts of moments, touchpoints and ratings.
 * fails   STATUS_MEMORY */
static enum status fill_counts(struct ctx *ctx, const struct measuring *measuring, const struct journeys *journeys,
                               struct value *values)
{
    uint64_t moments = 0, touchpoints = 0, rated = 0, moments_rated = 0, variants = 0;
    bool *met = arena_array(ctx->arena, measuring->pairs->answers->touchpoint_count + 1u, sizeof *met);
    if (!met)
        return ctx_no_memory(ctx);
    for (size_t i = 0; i < journeys->matrix.rows; i++) {
        struct journey journey = journey_of(measuring, journeys->matrix.cases[i]);
        uint64_t before = moments_rated;
        moments += journey.count;
        for (size_t t = 0; t < journey.count; t++) {
            touchpoints += !met[journey.at[t].touchpoint];
            met[journey.at[t].touchpoint] = true;
            moments_rated += journey.at[t].code != 0;
        }
        rated += moments_rated > before;
    }
    enum status status = variants_count(ctx, measuring, journeys, &variants);
    values[N] = value_count(journeys->matrix.rows);
    values[MOMENTS] = value_count(moments);
    values[TOUCHPOINTS] = value_count(touchpoints);
    values[VARIANTS] = value_count(variants);
    if (journey_scale(measuring->pairs->study)) {
        values[RATED] = value_count(rated);
        values[MOMENTS_RATED] = value_count(moments_rated);
    } else {
        values_blank(values + RATED, 2, REASON_NOT_ASKED);
    }
    return status;
}

/* A weighted mean of one number for each journey. */
static struct value weighted_mean(const struct case_matrix *matrix, const double *numbers)
{
    double w = 0, wx = 0;
    for (size_t i = 0; i < matrix->rows; i++) {
        double weight = matrix->weights ? matrix->weights[i] : 1;
        w += weight;
        wx += weight * numbers[i];
    }
    return value_number(wx / w);
}

/* Means and quartiles of length and duration.
 * needs   a journey
 * blank   quantiles with weights -> weighted; no times -> not_asked
 * fails   STATUS_MEMORY */
static enum status fill_extents(struct ctx *ctx, const struct measuring *measuring, const struct journeys *journeys,
                                struct value *values)
{
    const struct case_matrix *matrix = &journeys->matrix;
    double *lengths = arena_array(ctx->arena, matrix->rows, sizeof *lengths);
    double *hours = arena_array(ctx->arena, matrix->rows, sizeof *hours);
    if (!lengths || !hours)
        return ctx_no_memory(ctx);
    bool timed = journeys_timed(measuring->pairs->study);
    for (size_t i = 0; i < matrix->rows; i++) {
        struct journey journey = journey_of(measuring, matrix->cases[i]);
        lengths[i] = (double)journey.count;
        hours[i] = timed ? journey_hours(journey) : 0;
    }
    values[MOMENTS_MEAN] = weighted_mean(matrix, lengths);
    values[DURATION_MEAN] = weighted_mean(matrix, hours);
    numbers_sort(lengths, matrix->rows);
    numbers_sort(hours, matrix->rows);
    values[MOMENTS_MEDIAN] = value_number(sorted_quantile(lengths, matrix->rows, 0.5));
    values[DURATION_Q1] = value_number(sorted_quantile(hours, matrix->rows, 0.25));
    values[DURATION_MEDIAN] = value_number(sorted_quantile(hours, matrix->rows, 0.5));
    values[DURATION_Q3] = value_number(sorted_quantile(hours, matrix->rows, 0.75));
    if (matrix->weights) {
        values[MOMENTS_MEDIAN] = value_blank(REASON_WEIGHTED);
        values_blank(values + DURATION_Q1, 3, REASON_WEIGHTED);
    }
    if (!timed)
        values_blank(values + DURATION_MEAN, 4, REASON_NOT_ASKED);
    return STATUS_OK;
}

/* The cells of one group.
 * fails   STATUS_MEMORY */
static enum status fill_row(struct ctx *room, const struct measuring *measuring, const struct group *group, struct row *row)
{
    struct journeys journeys;
    enum status status = journeys_find(room, measuring, group, &journeys);
    if (!status)
        status = fill_counts(room, measuring, &journeys, row->values);
    if (status)
        return status;
    row->values[SCOPE] = value_text("all");
    row->support = journeys.matrix.respondents;
    if (journeys.matrix.rows)
        return fill_extents(room, measuring, &journeys, row->values);
    values_blank(row->values + MOMENTS_MEAN, DURATION_Q3 - MOMENTS_MEAN + 1, REASON_TOO_FEW);
    return STATUS_OK;
}

/* One row per group.
 * blank   no journey -> too_few
 * source  counts of an event log (van der Aalst 2016); quantiles Hyndman & Fan 1996   [F81] */
static enum status journey_overview_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    for (uint32_t g = 0; g < measuring->set->group_count; g++) {
        struct ctx room;
        struct row *row = NULL;
        enum status status = group_row_add(ctx, measuring, table, g, 0, &row);
        if (!status)
            status = room_open(ctx, &room);
        if (!status)
            status = room_close(ctx, &room, fill_row(&room, measuring, &measuring->set->groups[g], row));
        if (status)
            return status;
    }
    return design_notes(ctx, measuring, table);
}

const struct measure measure_journey_overview = {
    .name = "journey_overview",
    .title = "Journeys",
    .meaning = "How many journeys there are, how many moments and touchpoints they have, in how many different orders, and how "
               "long they take.",
    .formula = "F81",
    .source = "van der Aalst 2016; Hyndman & Fan 1996",
    .example = "gapmeter analyze log.csv --study study.json --table journey_overview",
    .needs = NEED_CASES,
    .journeys = true,
    .minimum_n = 1,
    .by_default = true,
    .order = 220,
    .columns = columns,
    .column_count = COLUMNS,
    .run = journey_overview_run,
};
