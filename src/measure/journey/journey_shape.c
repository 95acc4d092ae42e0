/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/journey/journey_cases.h"
#include "measure/journey/journey_shapes.h"
#include "measure/working_room.h"

enum { SUMMARY, N, VALUE, SE, CI_LOW, CI_HIGH, UNIT, COLUMNS };

static const struct column columns[COLUMNS] = {
    [SUMMARY] =
        {"summary", "Summary", "",
         "mean, start, end, peak (farthest from the middle of the scale), peak_end, max, min, prominence_up (max − mean), "
         "prominence_down (mean − min), trend (over the whole journey), slope (per moment), final_step, or duration.",
         0, COLUMN_KEY, true, false},
    [N] = {"n", "Journeys", "journeys", "Journeys that have it: trend, slope and final_step need two ratings.", 0, COLUMN_COUNT,
           true, false},
    [VALUE] = {"value", "Mean", "in its unit", "Mean over the journeys.", 2, COLUMN_NUMBER, true, false},
    [SE] = {"se", "Error", "in its unit", "Standard error of it.", 2, COLUMN_NUMBER, false, false},
    [CI_LOW] = {"ci_low", "Low", "in its unit", "Lower end of its interval.", 2, COLUMN_NUMBER, true, false},
    [CI_HIGH] = {"ci_high", "High", "in its unit", "Upper end of its interval.", 2, COLUMN_NUMBER, true, false},
    [UNIT] = {"unit", "Unit", "", "points of the rating scale, or hours.", 0, COLUMN_WORD, true, false},
};

/* The mean of one summary over the journeys that have it.
 * blank   no journey has it -> too_few; moments are not rated, have no times -> not_asked
 * fails   STATUS_MEMORY */
static enum status fill_summary(struct ctx *ctx, const struct measuring *measuring, const struct journey_shapes *shapes,
                                enum shape shape, struct row *row)
{
    struct case_matrix with;
    struct case_mean mean;
    if (shapes->blank[shape]) {
        values_blank(row->values + N, UNIT - N, shapes->blank[shape]);
        return STATUS_OK;
    }
    enum status status = marked_rows(ctx, measuring, shapes->matrix, shapes->has[shape], shapes->value[shape], &with);
    if (!status)
        status = case_mean_find(ctx, measuring, &with, with.values, &mean);
    if (status)
        return status;
    row->support = with.respondents;
    row->values[N] = value_count(with.rows);
    if (mean.undefined) {
        values_blank(row->values + VALUE, CI_HIGH - VALUE + 1, reason_of(mean.undefined));
        return STATUS_OK;
    }
    struct mean_cells cells = mean_cells_of(mean.mean, &mean.error, measuring->confidence);
    row->values[VALUE] = value_number(mean.mean);
    row->values[SE] = cells.se;
    row->values[CI_LOW] = cells.low;
    row->values[CI_HIGH] = cells.high;
    return STATUS_OK;
}

/* The rows of one group.
 * takes   ctx   of the table
 *         room  for what is given back
 * fails   STATUS_MEMORY */
static enum status group_rows(struct ctx *ctx, struct ctx *room, const struct measuring *measuring, struct table *table,
                              uint32_t group)
{
    struct journeys journeys;
    struct journey_shapes shapes;
    enum status status = journeys_find(room, measuring, &measuring->set->groups[group], &journeys);
    if (!status)
        status = journey_shapes_find(room, measuring, &journeys, &shapes);
    for (enum shape shape = 0; shape < SHAPE_COUNT && !status; shape++) {
        struct row *row = NULL;
        status = group_row_add(ctx, measuring, table, group, shape, &row);
        if (status)
            return status;
        row->values[SUMMARY] = value_text(shape_name(shape));
        row->values[UNIT] = value_text(shape == SHAPE_DURATION ? "hours" : "points");
        status = fill_summary(room, measuring, &shapes, shape, row);
    }
    return status;
}

/* One row per group and summary.
 * source  [F81, F20] */
static enum status journey_shape_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    for (uint32_t g = 0; g < measuring->set->group_count; g++) {
        struct ctx room;
        enum status status = room_open(ctx, &room);
        if (!status)
            status = room_close(ctx, &room, group_rows(ctx, &room, measuring, table, g));
        if (status)
            return status;
    }
    return design_notes(ctx, measuring, table);
}

const struct measure measure_journey_shape = {
    .name = "journey_shape",
    .title = "The shape of the journeys",
    .meaning = "How the ratings of a journey run: where it starts and ends, its best and worst moment, the one that stands out "
               "most, and whether it gets better.",
    .formula = "F81, F20",
    .source = "Kahneman, Fredrickson, Schreiber & Redelmeier 1993; Redelmeier & Kahneman 1996; Student 1908",
    .example = "gapmeter analyze log.csv --study study.json --table journey_shape",
    .needs = NEED_CASES,
    .journeys = true,
    .minimum_n = 2,
    .by_default = true,
    .order = 222,
    .columns = columns,
    .column_count = COLUMNS,
    .run = journey_shape_run,
};
