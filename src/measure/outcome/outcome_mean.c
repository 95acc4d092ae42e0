/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "measure/case_error.h"

enum { OUTCOME, N, N_MISSING, MEAN, SD, SE, CI_LOW, CI_HIGH, DF, COLUMNS };

#define POINTS "units of the outcome"
static const struct column columns[COLUMNS] = {
    [OUTCOME] = {"outcome", "Outcome", "", "The outcome.", 0, COLUMN_KEY, true, false},
    [N] = {"n", "n", "encounters", "Encounters with an answer.", 0, COLUMN_COUNT, true, false},
    [N_MISSING] = {"n_missing", "Missing", "encounters", "Encounters without one.", 0, COLUMN_COUNT, false, true},
    [MEAN] = {"mean", "Mean", POINTS, "Mean, weighted where the study has weights.", 2, COLUMN_NUMBER, true, false},
    [SD] = {"sd", "SD", POINTS, "Standard deviation.", 2, COLUMN_NUMBER, false, false},
    [SE] = {"se", "Error", POINTS, "Standard error of the mean, as the design of the study gives it.", 3, COLUMN_NUMBER, false,
            false},
    [CI_LOW] = {"ci_low", "Low", POINTS, "Lower end of the interval of the mean.", 2, COLUMN_NUMBER, true, false},
    [CI_HIGH] = {"ci_high", "High", POINTS, "Upper end of the interval of the mean.", 2, COLUMN_NUMBER, true, false},
    [DF] = {"df", "df", "degrees of freedom", "Encounters − 1, clusters − 1, or with strata either less the strata.", 0,
            COLUMN_COUNT, false, false},
};

/* Kish's effective number of the rows. */
static double effective_count(const struct case_matrix *matrix)
{
    double w = 0, ww = 0;
    for (size_t i = 0; i < matrix->rows; i++) {
        double weight = matrix->weights ? matrix->weights[i] : 1;
        w += weight;
        ww += weight * weight;
    }
    return w * (w / ww);
}

/* The cells of an outcome that somebody answered.
 * blank   one answer: sd and what follows -> too_few */
static void fill_figures(const struct measuring *measuring, const struct case_matrix *matrix, const struct case_mean *mean,
                         struct value *values)
{
    double n = effective_count(matrix);
    struct mean_cells cells = mean_cells_of(mean->mean, &mean->error, measuring->confidence);
    values[MEAN] = value_number(mean->mean);
    values[SD] = matrix->rows < 2 ? value_blank(REASON_TOO_FEW) : value_number(sqrt(mean->spread * (n / (n - 1))));
    values[SE] = cells.se;
    values[CI_LOW] = cells.low;
    values[CI_HIGH] = cells.high;
    values[DF] = cells.df;
}

/* One row: one outcome of one group. */
static enum status row_make(struct ctx *ctx, const struct measuring *measuring, struct table *table, uint32_t group,
                            uint32_t outcome)
{
    const struct case_variable variable = {.of = CASE_OUTCOME, .index = outcome};
    struct case_matrix matrix;
    struct case_mean mean;
    struct row *row = NULL;
    enum status status = group_row_add(ctx, measuring, table, group, outcome, &row);
    if (!status)
        status = case_matrix_make(ctx, measuring, &measuring->set->groups[group], &variable, 1, &matrix);
    if (!status)
        status = case_mean_find(ctx, measuring, &matrix, matrix.values, &mean);
    if (status)
        return status;
    row->support = matrix.respondents;
    row->values[OUTCOME] = value_text(measuring->pairs->study->columns.outcomes[outcome].name);
    row->values[N] = value_count(matrix.rows);
    row->values[N_MISSING] = value_count(matrix.left_out);
    if (matrix.rows)
        fill_figures(measuring, &matrix, &mean, row->values);
    else
        values_blank(row->values + MEAN, COLUMNS - MEAN, REASON_TOO_FEW);
    return STATUS_OK;
}

/* One row per group and outcome.
 * blank   nobody answered, one answer -> too_few; all equal: interval -> no_variance; a stratum of one unit -> lonely_stratum
 * source  [F20] */
static enum status outcome_mean_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    enum status status = STATUS_OK;
    for (uint32_t g = 0; g < measuring->set->group_count; g++) {
        for (uint32_t o = 0; o < measuring->pairs->study->columns.outcome_count && !status; o++)
            status = row_make(ctx, measuring, table, g, o);
    }
    return status ? status : design_notes(ctx, measuring, table);
}

const struct measure measure_outcome_mean = {
    .name = "outcome_mean",
    .title = "Means of outcomes",
    .meaning =
        "The mean of each outcome, such as satisfaction or spending, with an interval that allows for weights, clusters and "
        "strata.",
    .formula = "F20",
    .source = "Linearised errors of means in samples by design: Lumley 2004",
    .example = "gapmeter analyze answers.csv --study study.json --table outcome_mean",
    .needs = NEED_CASES,
    .unless_standards = (1u << STANDARD_COUNT) - 1,
    .minimum_n = 2,
    .by_default = true,
    .outcomes = true,
    .order = 240,
    .columns = columns,
    .column_count = COLUMNS,
    .run = outcome_mean_run,
};
