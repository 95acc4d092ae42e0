/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "measure/gap/gap_row.h"
#include "measure/mean_error.h"

enum { ITEM, DIMENSION, STANDARD, POINT, N, COUNT, SHARE, SHARE_LOW, SHARE_HIGH, COLUMNS };

static const struct column columns[COLUMNS] = {
    [ITEM] = {"item", "Item", "", "The item.", 0, COLUMN_KEY, true, false},
    [DIMENSION] = {"dimension", "Dimension", "", "The dimension it belongs to.", 0, COLUMN_KEY, false, false},
    [STANDARD] = {"standard", "Of", "", "What was answered: expectation or perception.", 0, COLUMN_KEY, true, false},
    [POINT] = {"point", "Answer", "", "A point of the scale, its middle, or all points below or above its middle.", 0, COLUMN_KEY,
               true, false},
    [N] = {"n", "n", "encounters", "Encounters with an answer; where expectations were asked too, with both.", 0, COLUMN_COUNT,
           false, false},
    [COUNT] = {"count", "Answers", "encounters", "How many gave this answer.", 0, COLUMN_COUNT, true, true},
    [SHARE] = {"share", "Share", "share", "Share who gave it.", 2, COLUMN_NUMBER, true, true},
    [SHARE_LOW] = {"share_low", "Share low", "share", "Lower end of its interval (Wilson).", 2, COLUMN_NUMBER, false, true},
    [SHARE_HIGH] = {"share_high", "Share high", "share", "Upper end of its interval (Wilson).", 2, COLUMN_NUMBER, false, true},
};

/* Longer scales have the sides of their middle only. */
#define POINTS_MOST 11u
#define LINES       (3u + POINTS_MOST) /* of one standard */

/* What one row counts: the codes from … to. */
struct answer_range {
    const char *name; /* NULL: the point itself */
    uint32_t from, to;
};

/* The rows of a scale: below, middle (where it has one), above, and each point.
 * takes   ranges  [LINES]
 * gives   how many */
static uint32_t ranges_find(const struct scale *scale, struct answer_range *ranges)
{
    uint32_t half = scale->steps / 2, count = 0;
    ranges[count++] = (struct answer_range){"below the middle", 1, half};
    if (scale->steps % 2)
        ranges[count++] = (struct answer_range){"middle", half + 1, half + 1};
    ranges[count++] = (struct answer_range){"above the middle", scale->steps - half + 1, scale->steps};
    for (uint32_t code = 1; code <= scale->steps && scale->steps <= POINTS_MOST; code++)
        ranges[count++] = (struct answer_range){NULL, code, code};
    return count;
}

/* Adds up the answers of one side of a tally that lie in a range, and all of them.
 * takes   side  0 expectation or the only one, 1 perception of pairs */
static void range_sum(const struct joint *joint, unsigned side, const struct answer_range *range, struct weight_sum *part,
                      struct weight_sum *all)
{
    *part = *all = (struct weight_sum){.n = 0};
    for (size_t i = 0; i < joint->cell_count; i++) {
        const struct joint_cell *cell = &joint->cells[i];
        bool whole = cell->code[0] && (joint->arity == 1 || cell->code[1]);
        if (!whole)
            continue;
        weight_sum_add(all, &cell->sum);
        if (cell->code[side] >= range->from && cell->code[side] <= range->to)
            weight_sum_add(part, &cell->sum);
    }
}

/* The words of a point: "3", "below the middle".
 * fails   STATUS_MEMORY */
static enum status point_name(struct ctx *ctx, const struct scale *scale, const struct answer_range *range, struct value *out)
{
    char number[40];
    (void)snprintf(number, sizeof number, "%.10g", scale_value(scale, range->from));
    const char *text = range->name ? range->name : arena_copy(ctx->arena, span_of(number));
    if (!text)
        return ctx_no_memory(ctx);
    *out = value_text(text);
    return STATUS_OK;
}

/* One answer of one standard in a group.
 * blank   nobody answered -> no_pairs; the interval within clusters or strata -> clustered, stratified
 * fails   STATUS_MEMORY */
static enum status range_fill(struct ctx *ctx, const struct measuring *measuring, const struct joint *joint, unsigned side,
                              const struct answer_range *range, struct row *row)
{
    struct weight_sum part, all;
    range_sum(joint, side, range, &part, &all);
    struct value *values = row->values;
    row->support = joint->respondents;
    values[STANDARD] = value_text(joint->arity == 1 || side == 1 ? "perception" : "expectation");
    values[N] = value_count(all.n);
    values[COUNT] = value_count(part.n);
    values[SHARE] = share_of(&part, &all);
    share_interval(measuring, &part, &all, &(struct cluster_sums){0}, &values[SHARE_LOW]);
    return point_name(ctx, joint->scale, range, &values[POINT]);
}

/* The rows of one standard of an item.
 * fails   STATUS_MEMORY */
static enum status standard_rows(struct ctx *ctx, const struct measuring *measuring, struct table *table, uint32_t group,
                                 uint32_t item, unsigned side)
{
    const struct study *study = measuring->pairs->study;
    const struct group *of = &measuring->set->groups[group];
    bool both = study_asks(study, STANDARD_EXPECTATION, item);
    const struct joint *joint = both ? &of->pairs[item] : &of->singles[item];
    struct answer_range ranges[LINES];
    uint32_t count = ranges_find(joint->scale, ranges);
    enum status status = STATUS_OK;
    for (uint32_t r = 0; r < count && !status; r++) {
        struct row *row = NULL;
        status = group_row_add(ctx, measuring, table, group, (2 * item + side) * LINES + r, &row);
        if (status)
            return status;
        row->values[ITEM] = item_key(study, item);
        row->values[DIMENSION] = dimension_key(study, study->items[item].dimension);
        status = range_fill(ctx, measuring, joint, side, &ranges[r], row);
    }
    return status;
}

/* Rows for each group, item and standard.
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
        status = standard_rows(ctx, measuring, table, group, item, 0);
        if (!status && study_asks(study, STANDARD_EXPECTATION, item))
            status = standard_rows(ctx, measuring, table, group, item, 1);
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
