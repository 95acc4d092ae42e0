/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/importance/importance_resampling.h"
#include "measure/mean_error.h"

#define UNIT (INT64_C(1) << 20) /* of struct importance_sum */

enum {
    ITEM,
    DIMENSION,
    N,
    WEIGHT,
    GAP,
    WEIGHTED,
    WEIGHTED_CI_LOW,
    WEIGHTED_CI_HIGH,
    RATING,
    PERFORMANCE,
    WEIGHTED_PERFORMANCE,
    RESCALED,
    REFUSED,
    COLUMNS
};

static const struct column columns[COLUMNS] = {
    [ITEM] = {"item", "Item", "", "The item, when importance was rated item by item.", 0, COLUMN_KEY, true, false},
    [DIMENSION] = {"dimension", "Dimension", "", "The dimension, or overall.", 0, COLUMN_KEY, true, false},
    [N] = {"n", "n", "encounters", "Encounters with a gap and a usable importance.", 0, COLUMN_COUNT, true, false},
    [WEIGHT] = {"weight", "Weight", "points of 100", "Mean importance, each customer's adding to 100.", 1, COLUMN_NUMBER, true,
                false},
    [GAP] = {"gap", "Gap", "scale points", "Mean gap of these customers, not weighted by importance.", 2, COLUMN_NUMBER, true,
             false},
    [WEIGHTED] = {"weighted", "Weighted", "scale points",
                  "Mean of each customer's own importance times gap; overall their sum, a gap on the scale.", 2, COLUMN_NUMBER,
                  true, false},
    [WEIGHTED_CI_LOW] = {"weighted_ci_low", "Low", "scale points", "Lower end of its interval.", 2, COLUMN_NUMBER, true, false},
    [WEIGHTED_CI_HIGH] = {"weighted_ci_high", "High", "scale points", "Upper end of its interval.", 2, COLUMN_NUMBER, true,
                          false},
    [RATING] = {"rating", "Rating", "points of the importance scale", "Mean rating of importance.", 2, COLUMN_NUMBER, false,
                false},
    [PERFORMANCE] = {"performance", "Got", "scale points", "Mean perception of these customers.", 2, COLUMN_NUMBER, false, false},
    [WEIGHTED_PERFORMANCE] = {"weighted_performance", "Got, weighted", "scale points",
                              "Mean of importance times perception; overall their sum, a point on the scale.", 2, COLUMN_NUMBER,
                              false, false},
    [RESCALED] = {"rescaled", "Rescaled", "encounters", "Points that added to 95–105 but not to 100, and were rescaled.", 0,
                  COLUMN_COUNT, false, true},
    [REFUSED] = {"refused", "Refused", "encounters",
                 "Importance that was given but could not be used: points far from 100, or too few parts answered.", 0,
                 COLUMN_COUNT, false, true},
};

/* A mean of Σw·x kept in units of 2^-20 of `step`.
 * blank   nobody -> no_pairs */
static struct value mean_of(const struct weight_sum *all, int128 sum, const struct exact_unit *unit)
{
    struct exact_sums sums = {.n = all->n, .w = wide_from(all->w), .ww = wide_from(all->ww), .wx = wide_from(sum)};
    double mean = 0;
    enum undefined undefined = exact_mean(&sums, unit, &mean);
    return value_of(undefined, mean);
}

/* The mean of importance × perception: min × mean share + step × mean of share × steps above min.
 * source  weighted SERVPERF, Cronin & Taylor 1992   [F4] */
static struct value weighted_performance(const struct importance_sum *sum)
{
    bool overflow = false;
    struct wide from_min = wide_multiply(wide_from(sum->share), wide_from(sum->scale->min.units), &overflow);
    struct wide from_step = wide_multiply(wide_from(sum->weighted_performance), wide_from(sum->scale->step.units), &overflow);
    struct wide top = wide_add(from_min, from_step, &overflow);
    struct wide bottom = wide_multiply(wide_from(sum->all.w), wide_from(UNIT), &overflow);
    bottom = wide_multiply(bottom, wide_ten_to(sum->scale->step.places, &overflow), &overflow);
    return overflow ? value_blank(REASON_OVERFLOW) : value_number(wide_ratio(top, bottom));
}

/* The weighted gap and its interval. */
static void fill_weighted(const struct measuring *measuring, const struct importance_sum *sum, const struct exact_unit *unit,
                          struct value *values)
{
    struct exact_sums sums = {.n = sum->all.n,
                              .w = wide_from(sum->all.w),
                              .ww = wide_from(sum->all.ww),
                              .wx = wide_from(sum->weighted),
                              .wxx = sum->wweighted2,
                              .wwx = sum->wwweighted,
                              .wwxx = sum->wwweighted2};
    double mean = 0;
    enum undefined undefined = exact_mean(&sums, unit, &mean);
    values[WEIGHTED] = value_of(undefined, mean);
    struct mean_error error;
    mean_error_find(measuring, &sums, &sum->difference, unit, &error);
    struct mean_cells cells = mean_cells_of(mean, &error, measuring->confidence);
    values[WEIGHTED_CI_LOW] = cells.low;
    values[WEIGHTED_CI_HIGH] = cells.high;
}

/* The figures of one part or of the overall. */
static void fill_part(const struct measuring *measuring, const struct importance_sum *sum, struct value *values)
{
    const struct study *study = measuring->pairs->study;
    values_blank(values + N, COLUMNS - N, sum->blank ? sum->blank : REASON_NO_PAIRS);
    bool overall = sum->index == UINT32_MAX;
    values[RESCALED] = overall ? value_count(sum->rescaled) : value_blank(REASON_NOT_APPLICABLE);
    values[REFUSED] = overall ? value_count(sum->refused) : value_blank(REASON_NOT_APPLICABLE);
    if (sum->blank)
        return;
    values[N] = value_count(sum->all.n);
    if (sum->all.n == 0)
        return;
    const struct exact_unit percent = {.step = {.units = 100}, .divisor = UNIT};
    struct exact_unit points = difference_unit(sum->scale, UNIT), score = score_unit(sum->scale, UNIT);
    values[WEIGHT] = mean_of(&sum->all, sum->share, &percent);
    values[GAP] = mean_of(&sum->all, sum->gap, &points);
    fill_weighted(measuring, sum, &points, values);
    values[RATING] = value_blank(REASON_NOT_APPLICABLE);
    if (!overall && study->columns.importance == IMPORTANCE_RATING) {
        struct exact_unit rating = score_unit(&study->scales[study->columns.importance_scale], 1);
        values[RATING] = mean_of(&sum->all, sum->rating, &rating);
    }
    values[PERFORMANCE] = mean_of(&sum->all, sum->performance, &score);
    values[WEIGHTED_PERFORMANCE] = weighted_performance(sum);
}

/* The plain figures stand in dimension_gap and item_gap over nearly the same people: beside each other the two would give
 * away the few who gave no usable importance. Groups therefore show them there alone. */
static void plain_leave_out(struct value *values)
{
    values[GAP] = value_blank(REASON_NOT_APPLICABLE);
    values[PERFORMANCE] = value_blank(REASON_NOT_APPLICABLE);
}

/* The keys of a part: points are given to dimensions, ratings to items. */
static void put_keys(const struct study *study, uint32_t index, struct value *values)
{
    if (index == UINT32_MAX) {
        values[DIMENSION] = value_text("overall");
    } else if (study->columns.importance == IMPORTANCE_RATING) {
        values[ITEM] = item_key(study, index);
        values[DIMENSION] = dimension_key(study, study->items[index].dimension);
    } else {
        values[DIMENSION] = dimension_key(study, index);
    }
}

/* One row per group and part, then the overall.
 * blank   nobody -> no_pairs; parts on different scales -> mixed_scales
 * source  [F3, F4] */
static enum status weighted_gap_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    const struct study *study = measuring->pairs->study;
    for (uint32_t g = 0; g < measuring->set->group_count; g++) {
        const struct group *group = &measuring->set->groups[g];
        for (uint32_t i = 0; i < group->importance_count; i++) {
            const struct importance_sum *sum = &group->importance[i];
            struct row *row = NULL;
            enum status status = group_row_add(ctx, measuring, table, g, i, &row);
            if (status)
                return status;
            put_keys(study, sum->index, row->values);
            row->support = sum->respondents;
            fill_part(measuring, sum, row->values);
            if (measuring->set->by.segment_count)
                plain_leave_out(row->values);
        }
    }
    enum status status = table_add_note(ctx, table, "note.weighted_gap.own", NULL);
    return status ? status : design_notes(ctx, measuring, table);
}

const struct measure measure_weighted_gap = {
    .name = "weighted_gap",
    .title = "Gaps weighted by importance",
    .meaning = "The gaps with what matters to each customer counted more: 100 points spread over the dimensions, or a rating of "
               "each item. Where the weighted gap is worse than the plain one, the shortfall lies on what matters.",
    .formula = "F3, F4, F20",
    .source = "Zeithaml, Parasuraman & Berry 1990; Parasuraman, Berry & Zeithaml 1991; Cronin & Taylor 1992",
    .example = "gapmeter analyze answers.csv --study study.json --table weighted_gap",
    .needs = NEED_IMPORTANCE,
    .standards = 1u << STANDARD_EXPECTATION | 1u << STANDARD_PERCEPTION,
    .importance = true,
    .minimum_n = 2,
    .by_default = true,
    .order = 60,
    .columns = columns,
    .column_count = COLUMNS,
    .run = weighted_gap_run,
    .resample = weighted_gap_resample,
};
