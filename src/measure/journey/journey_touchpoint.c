/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "measure/journey/journey_cases.h"
#include "measure/working_room.h"

enum {
    TOUCHPOINT,
    N,
    SHARE,
    VISITS,
    FIRST,
    LAST,
    RATINGS,
    RATING,
    SE,
    CI_LOW,
    CI_HIGH,
    WAITS,
    WAIT_MEDIAN,
    WAIT_MEAN,
    PLACE,
    COLUMNS
};

#define TOUCHPOINTS_SHOWN 200u

#define POINTS "scale points"
#define HOURS  "hours"
static const struct column columns[COLUMNS] = {
    [TOUCHPOINT] = {"touchpoint", "Touchpoint", "", "The touchpoint.", 0, COLUMN_KEY, true, false},
    [N] = {"n", "Journeys", "journeys", "Journeys that came past it.", 0, COLUMN_COUNT, true, false},
    [SHARE] = {"share", "Share", "share", "Share of all journeys that came past it.", 2, COLUMN_NUMBER, true, true},
    [VISITS] = {"visits", "Visits", "visits", "Moments at this touchpoint, repeats included.", 0, COLUMN_COUNT, true, false},
    [FIRST] = {"first", "First", "journeys", "Journeys that begin here.", 0, COLUMN_COUNT, false, true},
    [LAST] = {"last", "Last", "journeys", "Journeys that end here.", 0, COLUMN_COUNT, false, true},
    [RATINGS] = {"ratings", "Ratings", "ratings", "Visits that were rated.", 0, COLUMN_COUNT, false, false},
    [RATING] = {"rating", "Rating", POINTS, "Mean rating of these visits.", 2, COLUMN_NUMBER, true, false},
    [SE] = {"se", "Error", POINTS, "Standard error of it, several visits of a journey taken together.", 2, COLUMN_NUMBER, false,
            false},
    [CI_LOW] = {"ci_low", "Low", POINTS, "Lower end of its interval.", 2, COLUMN_NUMBER, true, false},
    [CI_HIGH] = {"ci_high", "High", POINTS, "Upper end of its interval.", 2, COLUMN_NUMBER, true, false},
    [WAITS] = {"waits", "Waits", "visits", "Visits with a moment before them.", 0, COLUMN_COUNT, false, false},
    [WAIT_MEDIAN] = {"wait_median", "Median wait", HOURS, "Median time since the moment before.", 2, COLUMN_NUMBER, true, false},
    [WAIT_MEAN] = {"wait_mean", "Mean wait", HOURS, "Mean time since the moment before.", 2, COLUMN_NUMBER, false, false},
    [PLACE] =
        {"place", "Place", "of the journey",
         "Where in their journeys these visits are on average: 0 at the start, 1 at the end; without journeys of one moment.", 2,
         COLUMN_NUMBER, false, false},
};

/* What is known of one touchpoint in a group. */
struct touchpoint_sums {
    uint64_t journeys, visits, first, last, ratings, waits;
    double weight;    /* of the journeys that came past */
    const bool *came; /* [row] */
    double *wait;     /* [waits] hours */
    double waited;    /* Σw × hours */
    double wait_weight;
    double placed; /* Σw × place */
    double place_weight;
};

/* Room for all waits of a touchpoint.
 * fails   STATUS_MEMORY */
static enum status sums_begin(struct ctx *ctx, const struct measuring *measuring, const struct case_matrix *matrix,
                              uint32_t touchpoint, struct touchpoint_sums *out)
{
    uint64_t visits = 0;
    for (size_t i = 0; i < matrix->rows; i++) {
        struct journey journey = journey_of(measuring, matrix->cases[i]);
        for (size_t t = 0; t < journey.count; t++)
            visits += journey.at[t].touchpoint == touchpoint;
    }
    *out = (struct touchpoint_sums){.visits = visits};
    out->wait = arena_array(ctx->arena, visits + 1, sizeof *out->wait);
    return out->wait ? STATUS_OK : ctx_no_memory(ctx);
}

/* Adds one visit. */
static void visit_add(struct touchpoint_sums *sums, struct journey journey, size_t t, double weight)
{
    sums->first += t == 0;
    sums->last += t + 1 == journey.count;
    sums->ratings += journey.at[t].code != 0;
    if (journey.count > 1) {
        sums->placed += weight * ((double)t / (double)(journey.count - 1));
        sums->place_weight += weight;
    }
    if (t == 0 || journey.at[t].time_ms == MOMENT_NO_TIME)
        return;
    double hours = (double)(journey.at[t].time_ms - journey.at[t - 1].time_ms) / MS_PER_HOUR;
    sums->wait[sums->waits++] = hours;
    sums->waited += weight * hours;
    sums->wait_weight += weight;
}

/* The sums of one touchpoint.
 * fails   STATUS_MEMORY
 * cost    time moments */
static enum status sums_find(struct ctx *ctx, const struct measuring *measuring, const struct case_matrix *matrix,
                             uint32_t touchpoint, struct touchpoint_sums *out)
{
    enum status status = sums_begin(ctx, measuring, matrix, touchpoint, out);
    bool *came = status ? NULL : arena_array(ctx->arena, matrix->rows + 1, sizeof *came);
    if (!came)
        return status ? status : ctx_no_memory(ctx);
    for (size_t i = 0; i < matrix->rows; i++) {
        struct journey journey = journey_of(measuring, matrix->cases[i]);
        double weight = matrix->weights ? matrix->weights[i] : 1;
        for (size_t t = 0; t < journey.count; t++) {
            if (journey.at[t].touchpoint != touchpoint)
                continue;
            visit_add(out, journey, t, weight);
            came[i] = true;
        }
        out->journeys += came[i];
        out->weight += came[i] ? weight : 0;
    }
    out->came = came;
    return STATUS_OK;
}

/* Rated visits of a journey and the sum of their steps. */
static void rated_of(struct journey journey, uint32_t touchpoint, double *count, double *sum)
{
    *count = *sum = 0;
    for (size_t t = 0; t < journey.count; t++) {
        if (journey.at[t].touchpoint == touchpoint && journey.at[t].code) {
            *count += 1;
            *sum += journey.at[t].code - 1;
        }
    }
}

/* The mean rating in steps, and what each journey adds to its error.
 * takes   influences  [rows]
 * gives   *raters  journeys with a rating here
 * source  a ratio of totals, linearised [F20] */
static double rating_find(const struct measuring *measuring, const struct case_matrix *matrix, uint32_t touchpoint,
                          double *influences, uint64_t *raters)
{
    double weights = 0, sums = 0, count = 0, sum = 0;
    *raters = 0;
    for (size_t i = 0; i < matrix->rows; i++) {
        double weight = matrix->weights ? matrix->weights[i] : 1;
        rated_of(journey_of(measuring, matrix->cases[i]), touchpoint, &count, &sum);
        weights += weight * count;
        sums += weight * sum;
        *raters += count > 0;
    }
    double mean = sums / weights;
    for (size_t i = 0; i < matrix->rows; i++) {
        double weight = matrix->weights ? matrix->weights[i] : 1;
        rated_of(journey_of(measuring, matrix->cases[i]), touchpoint, &count, &sum);
        influences[i] = weight * (sum - mean * count) / weights;
    }
    return mean;
}

/* The rating cells.
 * blank   not rated in this study -> not_asked; no rating here -> too_few
 * fails   STATUS_MEMORY */
static enum status fill_rating(struct ctx *ctx, const struct measuring *measuring, const struct case_matrix *matrix,
                               uint32_t touchpoint, const struct touchpoint_sums *sums, struct value *values)
{
    const struct scale *scale = journey_scale(measuring->pairs->study);
    values_blank(values + RATINGS, CI_HIGH - RATINGS + 1, scale ? REASON_TOO_FEW : REASON_NOT_ASKED);
    if (!scale)
        return STATUS_OK;
    values[RATINGS] = value_count(sums->ratings);
    double *influences = arena_array(ctx->arena, matrix->rows + 1, sizeof *influences);
    if (!influences)
        return ctx_no_memory(ctx);
    if (!sums->ratings)
        return STATUS_OK;
    uint64_t raters = 0;
    struct mean_error error;
    double step = decimal_to_double(scale->step);
    double mean = rating_find(measuring, matrix, touchpoint, influences, &raters);
    enum status status = case_error_find(ctx, measuring, matrix, influences, &error);
    error.se *= step;
    error.df = raters && raters - 1 < error.df ? raters - 1 : error.df;
    if (raters < 2)
        error.blank = REASON_TOO_FEW;
    double rating = scale_value(scale, 1) + step * mean;
    struct mean_cells cells = mean_cells_of(rating, &error, measuring->confidence);
    values[RATING] = value_number(rating);
    values[SE] = cells.se;
    values[CI_LOW] = cells.low;
    values[CI_HIGH] = cells.high;
    return status;
}

/* The wait cells.
 * blank   no times -> not_asked; nothing before any visit -> too_few; the median with weights -> weighted */
static void fill_waits(const struct measuring *measuring, struct touchpoint_sums *sums, struct value *values)
{
    bool timed = journeys_timed(measuring->pairs->study);
    values_blank(values + WAITS, 3, timed ? REASON_TOO_FEW : REASON_NOT_ASKED);
    if (!timed)
        return;
    values[WAITS] = value_count(sums->waits);
    if (!sums->waits)
        return;
    numbers_sort(sums->wait, sums->waits);
    values[WAIT_MEDIAN] = measuring->pairs->plan->weighted ? value_blank(REASON_WEIGHTED)
                                                           : value_number(sorted_quantile(sums->wait, sums->waits, 0.5));
    values[WAIT_MEAN] = value_number(sums->waited / sums->wait_weight);
}

/* The cells of one touchpoint.
 * fails   STATUS_MEMORY */
static enum status fill_row(struct ctx *ctx, const struct measuring *measuring, const struct case_matrix *matrix,
                            uint32_t touchpoint, struct row *row)
{
    struct touchpoint_sums sums;
    enum status status = sums_find(ctx, measuring, matrix, touchpoint, &sums);
    if (!status)
        status = case_respondents(ctx, measuring, matrix, sums.came, &row->support);
    if (status)
        return status;
    double all = 0;
    for (size_t i = 0; i < matrix->rows; i++)
        all += matrix->weights ? matrix->weights[i] : 1;
    row->values[TOUCHPOINT] = value_text(measuring->pairs->answers->touchpoint_names[touchpoint]);
    row->values[N] = value_count(sums.journeys);
    row->values[SHARE] = all > 0 ? value_number(sums.weight / all) : value_blank(REASON_TOO_FEW);
    row->values[VISITS] = value_count(sums.visits);
    row->values[FIRST] = value_count(sums.first);
    row->values[LAST] = value_count(sums.last);
    row->values[PLACE] = sums.place_weight > 0 ? value_number(sums.placed / sums.place_weight) : value_blank(REASON_TOO_FEW);
    fill_waits(measuring, &sums, row->values);
    return fill_rating(ctx, measuring, matrix, touchpoint, &sums, row->values);
}

/* The rows of one group.
 * takes   ctx   of the table
 *         room  for what is given back
 * fails   STATUS_MEMORY */
static enum status group_rows(struct ctx *ctx, struct ctx *room, const struct measuring *measuring, struct table *table,
                              uint32_t group, const struct touchpoint_choice *choice)
{
    struct journeys journeys;
    enum status status = journeys_find(room, measuring, &measuring->set->groups[group], &journeys);
    for (uint32_t t = 0; t < choice->count && !status; t++) {
        struct ctx own;
        struct row *row = NULL;
        status = group_row_add(ctx, measuring, table, group, t, &row);
        if (!status)
            status = room_open(room, &own);
        if (!status)
            status = room_close(room, &own, fill_row(&own, measuring, &journeys.matrix, choice->touchpoints[t], row));
    }
    return status;
}

/* One row per group and touchpoint.
 * source  [F81, F20] */
static enum status journey_touchpoint_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    struct touchpoint_choice choice;
    enum status status = touchpoints_choose(ctx, measuring, TOUCHPOINTS_SHOWN, &choice);
    for (uint32_t g = 0; g < measuring->set->group_count && !status; g++) {
        struct ctx room;
        status = room_open(ctx, &room);
        if (!status)
            status = room_close(ctx, &room, group_rows(ctx, &room, measuring, table, g, &choice));
    }
    if (!status)
        status = touchpoints_note(ctx, &choice, table);
    return status ? status : design_notes(ctx, measuring, table);
}

const struct measure measure_journey_touchpoint = {
    .name = "journey_touchpoint",
    .title = "Touchpoints of the journeys",
    .meaning = "For each touchpoint: how many journeys come past it, how often, how it is rated there, and how long customers "
               "waited before it.",
    .formula = "F81, F20",
    .source = "Student 1908; van der Aalst 2016",
    .example = "gapmeter analyze log.csv --study study.json --table journey_touchpoint",
    .needs = NEED_CASES,
    .journeys = true,
    .minimum_n = 2,
    .by_default = true,
    .order = 221,
    .columns = columns,
    .column_count = COLUMNS,
    .run = journey_touchpoint_run,
};
