/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/gap/gap_row.h"
#include "measure/mean_error.h"

/* Longer scales have the sides of their middle only. */
#define POINTS_MOST 11u

enum { ITEM, DIMENSION, STANDARD, N, BELOW, MIDDLE, ABOVE, ABOVE_LOW, ABOVE_HIGH, POINT, COLUMNS = POINT + POINTS_MOST };

static const struct column columns[COLUMNS] = {
    [ITEM] = {"item", "Item", "", "The item.", 0, COLUMN_KEY, true, false},
    [DIMENSION] = {"dimension", "Dimension", "", "The dimension it belongs to.", 0, COLUMN_KEY, false, false},
    [STANDARD] = {"standard", "Of", "", "What was answered: expectation or perception.", 0, COLUMN_KEY, true, false},
    [N] = {"n", "n", "encounters", "Encounters with an answer; where expectations were asked too, with both.", 0, COLUMN_COUNT,
           true, false},
    [BELOW] = {"below", "Below", "share", "Share of the answers below the middle of the scale.", 2, COLUMN_NUMBER, true, true},
    [MIDDLE] = {"middle", "Middle", "share", "Share of the answers at its middle; a scale of an even number of points has none.",
                2, COLUMN_NUMBER, true, true},
    [ABOVE] = {"above", "Above", "share", "Share of the answers above its middle.", 2, COLUMN_NUMBER, true, true},
    [ABOVE_LOW] = {"above_low", "Above low", "share", "Lower end of the interval of the share above (Wilson).", 2, COLUMN_NUMBER,
                   true, true},
    [ABOVE_HIGH] = {"above_high", "Above high", "share", "Upper end of the interval of the share above (Wilson).", 2,
                    COLUMN_NUMBER, true, true},
    [POINT + 0] = {"point_1", "#1", "share", "Share who gave the first point of the scale.", 2, COLUMN_NUMBER, false, true},
    [POINT + 1] = {"point_2", "#2", "share", "Share who gave the second point of the scale.", 2, COLUMN_NUMBER, false, true},
    [POINT + 2] = {"point_3", "#3", "share", "Share who gave the third point of the scale.", 2, COLUMN_NUMBER, false, true},
    [POINT + 3] = {"point_4", "#4", "share", "Share who gave the fourth point of the scale.", 2, COLUMN_NUMBER, false, true},
    [POINT + 4] = {"point_5", "#5", "share", "Share who gave the fifth point of the scale.", 2, COLUMN_NUMBER, false, true},
    [POINT + 5] = {"point_6", "#6", "share", "Share who gave the sixth point of the scale.", 2, COLUMN_NUMBER, false, true},
    [POINT + 6] = {"point_7", "#7", "share", "Share who gave the seventh point of the scale.", 2, COLUMN_NUMBER, false, true},
    [POINT + 7] = {"point_8", "#8", "share", "Share who gave the eighth point of the scale.", 2, COLUMN_NUMBER, false, true},
    [POINT + 8] = {"point_9", "#9", "share", "Share who gave the ninth point of the scale.", 2, COLUMN_NUMBER, false, true},
    [POINT + 9] = {"point_10", "#10", "share", "Share who gave the tenth point of the scale.", 2, COLUMN_NUMBER, false, true},
    [POINT + 10] = {"point_11", "#11", "share", "Share who gave the eleventh point of the scale.", 2, COLUMN_NUMBER, false, true},
};

/* Adds up the answers of one side of a tally whose codes lie from … to, and all of them.
 * takes   side  0 expectation or the only one, 1 perception of pairs */
static struct weight_sum range_sum(const struct joint *joint, unsigned side, uint32_t from, uint32_t to)
{
    struct weight_sum part = {.n = 0};
    for (size_t i = 0; i < joint->cell_count; i++) {
        const struct joint_cell *cell = &joint->cells[i];
        bool whole = cell->code[0] && (joint->arity == 1 || cell->code[1]);
        if (whole && cell->code[side] >= from && cell->code[side] <= to)
            weight_sum_add(&part, &cell->sum);
    }
    return part;
}

/* The shares of one standard of an item.
 * blank   nobody answered -> no_pairs; the interval within clusters or strata -> clustered, stratified; what the scale does not have
 *         -> not_applicable */
static void shares_fill(const struct measuring *measuring, const struct joint *joint, unsigned side, struct value *values)
{
    uint32_t steps = joint->scale->steps, half = steps / 2;
    struct weight_sum all = range_sum(joint, side, 1, steps), below = range_sum(joint, side, 1, half);
    struct weight_sum above = range_sum(joint, side, steps - half + 1, steps);
    values[N] = value_count(all.n);
    values[BELOW] = share_of(&below, &all);
    values[ABOVE] = share_of(&above, &all);
    share_interval(measuring, &above, &all, &(struct cluster_sums){0}, &values[ABOVE_LOW]);
    if (steps % 2) {
        struct weight_sum middle = range_sum(joint, side, half + 1, half + 1);
        values[MIDDLE] = share_of(&middle, &all);
    }
    for (uint32_t code = 1; code <= steps && steps <= POINTS_MOST; code++) {
        struct weight_sum point = range_sum(joint, side, code, code);
        values[POINT + code - 1] = share_of(&point, &all);
    }
}

/* The row of one standard of an item.
 * fails   STATUS_MEMORY */
static enum status standard_row(struct ctx *ctx, const struct measuring *measuring, struct table *table, uint32_t group,
                                uint32_t item, unsigned side)
{
    const struct study *study = measuring->pairs->study;
    const struct group *of = &measuring->set->groups[group];
    bool both = study_asks(study, STANDARD_EXPECTATION, item);
    const struct joint *joint = both ? &of->pairs[item] : &of->singles[item];
    struct row *row = NULL;
    enum status status = group_row_add(ctx, measuring, table, group, 2 * item + side, &row);
    if (status)
        return status;
    row->support = joint->respondents;
    row->values[ITEM] = item_key(study, item);
    row->values[DIMENSION] = dimension_key(study, study->items[item].dimension);
    row->values[STANDARD] = value_text(both && side == 0 ? "expectation" : "perception");
    shares_fill(measuring, joint, side, row->values);
    return STATUS_OK;
}

/* A row for each group, item and standard.
 * source  Wilson 1927   [F29]
 * fails   STATUS_MEMORY
 * proof   tests/measure/gap/answer_shares_test.c */
static enum status answer_shares_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    const struct study *study = measuring->pairs->study;
    enum status status = STATUS_OK;
    for (uint32_t at = 0; at < measuring->set->group_count * study->item_count && !status; at++) {
        uint32_t group = at / study->item_count, item = at % study->item_count;
        if (!study_asks(study, STANDARD_PERCEPTION, item))
            continue;
        status = standard_row(ctx, measuring, table, group, item, 0);
        if (!status && study_asks(study, STANDARD_EXPECTATION, item))
            status = standard_row(ctx, measuring, table, group, item, 1);
    }
    return status ? status : design_notes(ctx, measuring, table);
}

const struct measure measure_answer_shares = {
    .name = "answer_shares",
    .title = "Answers",
    .meaning =
        "How many customers chose each point of the scale, and how many lie below, at and above its middle: what they expected "
        "and what they got.",
    .formula = "F29",
    .source = "Wilson 1927",
    .example = "gapmeter analyze answers.csv --study study.json --table answer_shares",
    .needs = NEED_PAIRS | NEED_SINGLES,
    .standards = 1u << STANDARD_PERCEPTION,
    .minimum_n = 1,
    .by_default = false,
    .order = 41,
    .columns = columns,
    .column_count = COLUMNS,
    .run = answer_shares_run,
};
