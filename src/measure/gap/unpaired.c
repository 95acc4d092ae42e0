/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/family.h"
#include "measure/mean_error.h"
#include "numeric/welch.h"

enum { ITEM, DIMENSION, N, N_E, MEAN_E, N_P, MEAN_P, DIFFERENCE, SE, CI_LOW, CI_HIGH, T, DF, P, P_HOLM, COLUMNS };

static const struct column columns[COLUMNS] = {
    [ITEM] = {"item", "Item", "", "The item.", 0, COLUMN_KEY, true, false},
    [DIMENSION] = {"dimension", "Dimension", "", "The dimension it belongs to.", 0, COLUMN_KEY, false, false},
    [N] = {"n", "n", "encounters", "Encounters that count on either side.", 0, COLUMN_COUNT, false, false},
    [N_E] = {"n_expectation", "n expected", "encounters", "Encounters with an expectation and no perception of the item.", 0,
             COLUMN_COUNT, true, true},
    [MEAN_E] = {"mean_expectation", "Expected", "scale points", "Their mean expectation.", 2, COLUMN_NUMBER, true, false},
    [N_P] = {"n_perception", "n got", "encounters", "Encounters with a perception and no expectation of the item.", 0,
             COLUMN_COUNT, true, true},
    [MEAN_P] = {"mean_perception", "Got", "scale points", "Their mean perception.", 2, COLUMN_NUMBER, true, false},
    [DIFFERENCE] = {"difference", "Difference", "scale points",
                    "Mean perception of the one group less mean expectation of the other.", 2, COLUMN_NUMBER, true, false},
    [SE] = {"se", "SE", "scale points", "Standard error of the difference.", 3, COLUMN_NUMBER, false, false},
    [CI_LOW] = {"ci_low", "Low", "scale points", "Lower end of the interval of the difference.", 2, COLUMN_NUMBER, true, false},
    [CI_HIGH] = {"ci_high", "High", "scale points", "Upper end of the interval of the difference.", 2, COLUMN_NUMBER, true,
                 false},
    [T] = {"t", "t", "standard errors", "Difference over its standard error.", 2, COLUMN_NUMBER, false, false},
    [DF] = {"df", "df", "degrees of freedom", "Degrees of freedom of Welch and Satterthwaite.", 1, COLUMN_NUMBER, false, false},
    [P] = {"p", "p", "probability", "Two-sided p of no difference.", 3, COLUMN_NUMBER, false, false},
    [P_HOLM] = {"p_holm", "p, all rows", "probability", "p adjusted for all rows of the table, by segment of the group (Holm).",
                3, COLUMN_NUMBER, false, false},
};

/* The mean of one side and how sure it is. */
struct side {
    struct exact_sums sums;
    bool overflow;
    double mean;
    struct mean_error error;
};

/* The answers to one standard of those who did not answer the other.
 * takes   place  of the standard among the codes of a cell: 0 expectation, 1 perception */
static void side_make(const struct measuring *measuring, const struct joint *joint, unsigned place, struct side *out)
{
    *out = (struct side){.error = {.blank = REASON_TOO_FEW}};
    for (size_t i = 0; i < joint->cell_count; i++) {
        const struct joint_cell *cell = &joint->cells[i];
        struct exact_weight weight = exact_weight_of(&cell->sum);
        if (cell->code[place] && !cell->code[1 - place])
            exact_sums_add(&out->sums, &weight, cell->code[place] - 1, &out->overflow);
    }
    if (!out->sums.n || out->overflow)
        return;
    struct exact_unit unit = score_unit(joint->scale, 1);
    out->overflow = exact_mean(&out->sums, &unit, &out->mean) != DEFINED;
    if (!design_blank(measuring))
        mean_error_find(measuring, &out->sums, NULL, &unit, &out->error);
}

/* Welch's test of two groups.
 * blank   n < 2 on a side -> too_few; both sides constant -> no_variance
 * source  Welch 1947; df as Satterthwaite 1946   [F27]
 * proof   tests/measure/gap/unpaired_test.c */
static void fill_welch(const struct side *expectation, const struct side *perception, double confidence, struct value *values)
{
    if (expectation->error.blank || perception->error.blank)
        return;
    double e = expectation->error.se, p = perception->error.se;
    const struct mean_estimate first = {expectation->mean, e * e, (double)expectation->error.df};
    const struct mean_estimate second = {perception->mean, p * p, (double)perception->error.df};
    struct mean_comparison test;
    enum undefined undefined = welch_t_test(&first, &second, confidence, &test);
    values[SE] = value_number(undefined ? 0 : test.se);
    if (undefined) {
        values_blank(values + CI_LOW, COLUMNS - CI_LOW, reason_of(undefined));
        return;
    }
    values[CI_LOW] = value_number(test.interval.low);
    values[CI_HIGH] = value_number(test.interval.high);
    values[T] = value_number(test.statistic);
    values[DF] = value_number(test.df);
    values[P] = value_number(test.p);
}

/* The figures of one item.
 * gives   the fewest encounters behind a figure of the row */
static uint64_t fill_row(const struct measuring *measuring, const struct joint *joint, struct value *values)
{
    struct side expectation, perception;
    side_make(measuring, joint, 0, &expectation);
    side_make(measuring, joint, 1, &perception);
    uint64_t e = expectation.sums.n, p = perception.sums.n;
    values_blank(values + N, COLUMNS - N, REASON_TOO_FEW);
    values[N] = value_count(e + p);
    values[N_E] = value_count(e);
    values[N_P] = value_count(p);
    if (e)
        values[MEAN_E] = expectation.overflow ? value_blank(REASON_OVERFLOW) : value_number(expectation.mean);
    if (p)
        values[MEAN_P] = perception.overflow ? value_blank(REASON_OVERFLOW) : value_number(perception.mean);
    if (e && p && !expectation.overflow && !perception.overflow) {
        values[DIFFERENCE] = value_number(perception.mean - expectation.mean);
        if (design_blank(measuring))
            values_blank(values + SE, COLUMNS - SE, design_blank(measuring));
        fill_welch(&expectation, &perception, measuring->confidence, values);
    }
    if (!e || !p)
        return e + p;
    return e < p ? e : p;
}

/* One row per group and item, in study order.
 * blank   respondents who come more than once -> clustered, as they may stand on both sides
 * source  two groups of different people, as opposed to F1; Holm over the rows [F26] */
static enum status unpaired_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    const struct study *study = measuring->pairs->study;
    enum status status = STATUS_OK;
    for (uint32_t at = 0; at < measuring->set->group_count * study->item_count && !status; at++) {
        uint32_t g = at / study->item_count, i = at % study->item_count;
        const struct group *group = &measuring->set->groups[g];
        struct row *row = NULL;
        status = group_row_add(ctx, measuring, table, g, i, &row);
        if (status)
            return status;
        row->values[ITEM] = item_key(study, i);
        row->values[DIMENSION] = dimension_key(study, study->items[i].dimension);
        row->support = group->respondents;
        bool asked = study_asks(study, STANDARD_EXPECTATION, i) && study_asks(study, STANDARD_PERCEPTION, i);
        if (!asked || measuring->pairs->repeats)
            values_blank(row->values + N, COLUMNS - N, asked ? REASON_CLUSTERED : REASON_NOT_ASKED);
        else
            row->support = fill_row(measuring, &group->pairs[i], row->values);
    }
    if (!status)
        status = family_adjust(ctx, table, P, P_HOLM);
    if (!status)
        status = table_add_note(ctx, table, "note.gap.unpaired", NULL);
    return status ? status : design_notes(ctx, measuring, table);
}

const struct measure measure_unpaired = {
    .name = "unpaired",
    .title = "Expectations and experience of different people",
    .meaning = "Those who only said what they expected beside those who only said what they got, item by item. Two groups are "
               "compared; nobody's gap is known.",
    .formula = "F1, F26, F27",
    .source = "Welch 1947; Holm 1979",
    .example = "gapmeter analyze answers.csv --study study.json --table unpaired",
    .needs = NEED_PAIRS,
    .standards = 1u << STANDARD_EXPECTATION | 1u << STANDARD_PERCEPTION,
    .minimum_n = 2,
    .by_default = false,
    .order = 12,
    .columns = columns,
    .column_count = COLUMNS,
    .run = unpaired_run,
};
