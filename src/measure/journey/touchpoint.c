/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/case_error.h"
#include "measure/working_room.h"

enum { FIGURE, N, VALUE, SE, CI_LOW, CI_HIGH, SHARE_SHORT, COLUMNS };

#define POINTS "scale points"
static const struct column columns[COLUMNS] = {
    [FIGURE] = {"figure", "Figure", "", "gap (perception − expectation), rating (perception), or satisfaction.", 0, COLUMN_KEY,
                true, false},
    [N] = {"n", "n", "encounters", "Encounters with an answer: of items, to at least half of them.", 0, COLUMN_COUNT, true,
           false},
    [VALUE] = {"value", "Mean", POINTS, "Its mean here; of items, the mean of each customer's items.", 2, COLUMN_NUMBER, true,
               false},
    [SE] = {"se", "Error", POINTS, "Standard error of it.", 2, COLUMN_NUMBER, false, false},
    [CI_LOW] = {"ci_low", "Low", POINTS, "Lower end of its interval.", 2, COLUMN_NUMBER, true, false},
    [CI_HIGH] = {"ci_high", "High", POINTS, "Upper end of its interval.", 2, COLUMN_NUMBER, true, false},
    [SHARE_SHORT] = {"share_short", "Short", "share", "Share of customers whose items fall short of expectation on average.", 2,
                     COLUMN_NUMBER, true, true},
};

/* What a row is about. */
enum figure { FIGURE_GAP, FIGURE_RATING, FIGURE_SATISFACTION, FIGURE_COUNT };

/* Has the study this figure, and what is it of a case? */
static bool figure_variable(const struct study *study, enum figure figure, struct case_variable *out)
{
    bool perception = study_asks_any(study, STANDARD_PERCEPTION);
    uint32_t satisfaction = study_outcome_of_role(study, OUTCOME_ROLE_SATISFACTION);
    if (figure == FIGURE_SATISFACTION) {
        *out = (struct case_variable){.of = CASE_OUTCOME, .index = satisfaction};
        return satisfaction != UINT32_MAX;
    }
    *out = (struct case_variable){.of = CASE_ITEMS_MEAN, .standard = STANDARD_PERCEPTION, .gap = figure == FIGURE_GAP};
    return perception && (figure == FIGURE_RATING || study_asks_any(study, STANDARD_EXPECTATION));
}

/* The weighted share of values below 0. */
static struct value share_below(const struct case_matrix *matrix)
{
    double w = 0, below = 0;
    for (size_t i = 0; i < matrix->rows; i++) {
        double weight = matrix->weights ? matrix->weights[i] : 1;
        w += weight;
        below += matrix->values[i] < 0 ? weight : 0;
    }
    return value_number(below / w);
}

/* The cells of one row.
 * blank   items on different scales -> mixed_scales; nobody -> too_few
 * fails   STATUS_MEMORY */
static enum status fill_row(struct ctx *room, const struct measuring *measuring, const struct group *group,
                            const struct case_variable *variable, struct row *row)
{
    struct case_matrix matrix;
    struct case_mean mean;
    enum status status = case_matrix_make(room, measuring, group, variable, 1, &matrix);
    if (!status)
        status = case_mean_find(room, measuring, &matrix, matrix.values, &mean);
    if (status)
        return status;
    row->support = matrix.respondents;
    enum reason blank = matrix.blank ? matrix.blank : mean.undefined ? reason_of(mean.undefined) : REASON_NONE;
    values_blank(row->values + N, COLUMNS - N, blank ? blank : REASON_NOT_APPLICABLE);
    if (!matrix.blank)
        row->values[N] = value_count(mean.n);
    if (blank)
        return STATUS_OK;
    struct mean_cells cells = mean_cells_of(mean.mean, &mean.error, measuring->confidence);
    row->values[VALUE] = value_number(mean.mean);
    row->values[SE] = cells.se;
    row->values[CI_LOW] = cells.low;
    row->values[CI_HIGH] = cells.high;
    if (variable->gap)
        row->values[SHARE_SHORT] = share_below(&matrix);
    return STATUS_OK;
}

/* One row; none of a figure that the study does not have.
 * fails   STATUS_MEMORY */
static enum status row_make(struct ctx *ctx, const struct measuring *measuring, struct table *table, uint32_t group,
                            enum figure figure)
{
    static const char *const names[FIGURE_COUNT] = {"gap", "rating", "satisfaction"};
    struct case_variable variable;
    struct ctx room;
    struct row *row = NULL;
    if (!figure_variable(measuring->pairs->study, figure, &variable))
        return STATUS_OK;
    enum status status = group_row_add(ctx, measuring, table, group, figure, &row);
    if (!status)
        status = room_open(ctx, &room);
    if (status)
        return status;
    row->values[FIGURE] = value_text(names[figure]);
    return room_close(ctx, &room, fill_row(&room, measuring, &measuring->set->groups[group], &variable, row));
}

/* One row per touchpoint and channel, and figure.
 * source  [F2, F20] */
static enum status touchpoint_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    for (uint32_t g = 0; g < measuring->set->group_count; g++) {
        for (enum figure figure = 0; figure < FIGURE_COUNT; figure++) {
            enum status status = row_make(ctx, measuring, table, g, figure);
            if (status)
                return status;
        }
    }
    return design_notes(ctx, measuring, table);
}

const struct measure measure_touchpoint = {
    .name = "touchpoint",
    .title = "Touchpoints and channels",
    .meaning =
        "Where customers are served well and where not: gap, rating and satisfaction at each touchpoint and in each channel.",
    .formula = "F2, F20",
    .source = "Parasuraman, Zeithaml & Berry 1988; Student 1908",
    .example = "gapmeter analyze answers.csv --study study.json --table touchpoint",
    .needs = NEED_CASES,
    .by = BY_TOUCHPOINT,
    .minimum_n = 2,
    .by_default = true,
    .order = 219,
    .columns = columns,
    .column_count = COLUMNS,
    .run = touchpoint_run,
};
