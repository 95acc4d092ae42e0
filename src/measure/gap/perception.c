/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/gap/perception_resampling.h"
#include "measure/mean_error.h"

enum { ITEM, DIMENSION, N, MEAN, SD, SE, CI_LOW, CI_HIGH, COLUMNS };

static const struct column columns[COLUMNS] = {
    [ITEM] = {"item", "Item", "", "The item.", 0, COLUMN_KEY, true, false},
    [DIMENSION] = {"dimension", "Dimension", "", "The dimension it belongs to.", 0, COLUMN_KEY, false, false},
    [N] = {"n", "n", "encounters", "Encounters with a perception of the item.", 0, COLUMN_COUNT, true, false},
    [MEAN] = {"mean", "Mean", "scale points", "Mean perception.", 2, COLUMN_NUMBER, true, false},
    [SD] = {"sd", "SD", "scale points", "Standard deviation of the perceptions.", 2, COLUMN_NUMBER, true, false},
    [SE] = {"se", "SE", "scale points", "Standard error of the mean.", 3, COLUMN_NUMBER, false, false},
    [CI_LOW] = {"ci_low", "Low", "scale points", "Lower end of the interval of the mean.", 2, COLUMN_NUMBER, true, false},
    [CI_HIGH] = {"ci_high", "High", "scale points", "Upper end of the interval of the mean.", 2, COLUMN_NUMBER, true, false},
};

/* The figures of one item's perceptions. */
static void fill_perception(const struct measuring *measuring, const struct joint *joint, struct value *values)
{
    struct exact_sums sums = {0};
    bool overflow = false;
    for (size_t i = 0; i < joint->cell_count; i++) {
        struct exact_weight weight = exact_weight_of(&joint->cells[i].sum);
        exact_sums_add(&sums, &weight, joint->cells[i].code[0] - 1, &overflow);
    }
    values_blank(values + N, COLUMNS - N, overflow ? REASON_OVERFLOW : REASON_TOO_FEW);
    values[N] = value_count(sums.n);
    if (sums.n == 0 || overflow)
        return;
    struct exact_unit unit = score_unit(joint->scale, 1);
    double mean = 0, deviation = 0;
    enum undefined undefined = exact_mean(&sums, &unit, &mean);
    values[MEAN] = value_of(undefined, mean);
    undefined = exact_deviation(&sums, &unit, &deviation);
    values[SD] = value_of(undefined, deviation);
    struct mean_error error;
    mean_error_find(measuring, &sums, &joint->difference[0], &unit, &error);
    struct mean_cells cells = mean_cells_of(mean, &error, measuring->confidence);
    values[SE] = cells.se;
    values[CI_LOW] = cells.low;
    values[CI_HIGH] = cells.high;
}

/* One row per group and item, in study order.
 * blank   one answer -> too_few; all equal -> no_variance
 * source  [F20] */
static enum status perception_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    const struct study *study = measuring->pairs->study;
    for (uint32_t g = 0; g < measuring->set->group_count; g++) {
        for (uint32_t i = 0; i < study->item_count; i++) {
            const struct joint *joint = &measuring->set->groups[g].singles[i];
            struct row *row = NULL;
            enum status status = item_row_add(ctx, measuring, table, g, i, &row);
            if (status)
                return status;
            row->support = joint->respondents;
            if (study_asks(study, STANDARD_PERCEPTION, i))
                fill_perception(measuring, joint, row->values);
            else
                values_blank(row->values + N, COLUMNS - N, REASON_NOT_ASKED);
        }
    }
    return design_notes(ctx, measuring, table);
}

const struct measure measure_perception = {
    .name = "perception",
    .title = "Perception per item",
    .meaning = "What customers say they got, item by item. It ranks experience only: without expectations there is no gap.",
    .formula = "F4, F20",
    .source = "Cronin & Taylor 1992",
    .example = "gapmeter analyze answers.csv --study study.json --table perception",
    .needs = NEED_SINGLES,
    .standards = 1u << STANDARD_PERCEPTION,
    .minimum_n = 2,
    .by_default = true,
    .unless_standards = 1u << STANDARD_EXPECTATION | 1u << STANDARD_DESIRED | 1u << STANDARD_MINIMUM,
    .order = 15,
    .columns = columns,
    .column_count = COLUMNS,
    .run = perception_run,
    .resample = perception_resample,
};
