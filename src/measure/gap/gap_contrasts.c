/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/family.h"
#include "measure/mean_error.h"

extern const struct measure measure_item_gap;

enum { ITEM, OTHER, N, DIFFERENCE, SE, CI_LOW, CI_HIGH, T, DF, P, P_HOLM, TIED, COLUMNS };

static const struct column columns[COLUMNS] = {
    [ITEM] = {"item", "Item", "", "The item.", 0, COLUMN_KEY, true, false},
    [OTHER] = {"other", "Worst item", "", "The item it is compared with: the one that falls short most in this group.", 0,
               COLUMN_WORD, true, false},
    [N] = {"n", "n", "encounters", "Encounters with a pair of both items.", 0, COLUMN_COUNT, false, false},
    [DIFFERENCE] = {"difference", "Difference", "scale points",
                    "Mean of the item's gap less the worst item's gap, same customers.", 2, COLUMN_NUMBER, true, false},
    [SE] = {"se", "SE", "scale points", "Standard error of the mean difference.", 3, COLUMN_NUMBER, false, false},
    [CI_LOW] = {"ci_low", "Low", "scale points", "Lower end of the interval of the difference.", 2, COLUMN_NUMBER, true, false},
    [CI_HIGH] = {"ci_high", "High", "scale points", "Upper end of the interval of the difference.", 2, COLUMN_NUMBER, true,
                 false},
    [T] = {"t", "t", "standard errors", "Difference over its standard error.", 2, COLUMN_NUMBER, false, false},
    [DF] = {"df", "df", "degrees of freedom", "Encounters − 1, or clusters − 1.", 0, COLUMN_COUNT, false, false},
    [P] = {"p", "p", "probability", "Two-sided p of no difference.", 3, COLUMN_NUMBER, false, false},
    [P_HOLM] = {"p_holm", "p, all rows", "probability", "p adjusted for all rows of the table, by segment of the group (Holm).",
                3, COLUMN_NUMBER, false, false},
    [TIED] = {"tied", "Tied", "", "yes when the item cannot be told apart from the worst one.", 0, COLUMN_WORD, true, false},
};

/* The respondents behind the gap of one item in one group. */
static uint64_t gap_support(const struct table *gaps, uint32_t group, uint32_t item)
{
    for (uint32_t r = 0; r < gaps->row_count; r++) {
        if (gaps->rows[r].group == group && gaps->rows[r].line == item)
            return gaps->rows[r].support;
    }
    return 0;
}

/* The item that falls short most: the lowest mean gap among the items that have an interval, or among all when none
 * has; of equal ones the first.
 * takes   gaps  the item_gap table of the same groups
 * gives   UINT32_MAX when no item has pairs */
static uint32_t worst_item(const struct table *gaps, uint32_t group)
{
    uint32_t worst = UINT32_MAX;
    bool worst_sure = false;
    double lowest = 0;
    for (uint32_t r = 0; r < gaps->row_count; r++) {
        const struct row *row = &gaps->rows[r];
        const struct value *gap = table_value(gaps, row, "gap");
        if (row->group != group || gap->kind != VALUE_NUMBER)
            continue;
        bool sure = table_value(gaps, row, "ci_simultaneous_low")->kind == VALUE_NUMBER;
        if (worst != UINT32_MAX && (sure != worst_sure ? worst_sure : gap->number >= lowest))
            continue;
        worst = row->line;
        worst_sure = sure;
        lowest = gap->number;
    }
    return worst;
}

/* The figures of one contrast, turned so that it reads item − worst item. */
static void fill_contrast(const struct measuring *measuring, const struct contrast *contrast, bool turned, struct value *values)
{
    const struct study *study = measuring->pairs->study;
    if (contrast->blank) {
        values_blank(values + N, COLUMNS - N, contrast->blank);
        return;
    }
    values_blank(values + N, COLUMNS - N, REASON_NO_PAIRS);
    values[N] = value_count(contrast->all.n);
    if (contrast->all.n == 0)
        return;
    struct exact_unit unit = difference_unit(study_scale(study, STANDARD_PERCEPTION, contrast->first), 1);
    struct exact_sums sums = {.n = contrast->all.n,
                              .w = wide_from(contrast->all.w),
                              .ww = wide_from(contrast->all.ww),
                              .wx = wide_from(contrast->wd),
                              .wxx = wide_from(contrast->wdd),
                              .wwx = wide_from(contrast->wwd),
                              .wwxx = wide_from(contrast->wwdd)};
    double mean = 0;
    enum undefined undefined = exact_mean(&sums, &unit, &mean);
    if (turned && contrast->wd != 0) /* no −0; the error is the same in both directions */
        mean = -mean;
    values[DIFFERENCE] = value_of(undefined, mean);
    struct mean_error error;
    mean_error_find(measuring, &sums, &contrast->difference, &unit, &error);
    struct mean_cells cells = mean_cells_of(mean, &error, measuring->confidence);
    values[SE] = cells.se;
    values[CI_LOW] = cells.low;
    values[CI_HIGH] = cells.high;
    values[T] = cells.t;
    values[DF] = cells.df;
    values[P] = cells.p;
}

/* Fills the row of an item that is compared with another; the worst one itself, and an item where there is no worst one,
 * have no figures. */
static void fill_row(const struct measuring *measuring, const struct contrast *contrast, uint32_t worst, struct row *row)
{
    struct value *values = row->values;
    bool alone = row->line == worst || worst == UINT32_MAX;
    values_blank(values + OTHER, COLUMNS - OTHER, worst == UINT32_MAX ? REASON_NO_PAIRS : REASON_NOT_APPLICABLE);
    if (worst != UINT32_MAX)
        values[OTHER] = item_key(measuring->pairs->study, worst);
    if (alone || !contrast)
        return;
    row->support = contrast->respondents;
    fill_contrast(measuring, contrast, contrast->first == worst, values);
}

/* One row per item of one group, in study order; the worst item has one too, so that the rows which are there do not name it
 * when the figures are hidden. */
static enum status group_rows(struct ctx *ctx, const struct measuring *measuring, const struct table *gaps, struct table *table,
                              uint32_t group_index)
{
    const struct study *study = measuring->pairs->study;
    const struct group *group = &measuring->set->groups[group_index];
    uint32_t worst = worst_item(gaps, group_index);
    const struct contrast **with_worst = arena_array(ctx->arena, study->item_count + 1u, sizeof *with_worst);
    if (!with_worst)
        return ctx_no_memory(ctx);
    for (uint32_t c = 0; c < group->contrast_count; c++) {
        const struct contrast *contrast = &group->contrasts[c];
        if (contrast->first == worst || contrast->second == worst)
            with_worst[contrast->first == worst ? contrast->second : contrast->first] = contrast;
    }
    enum status status = STATUS_OK;
    for (uint32_t item = 0; item < study->item_count && !status; item++) {
        struct row *row = NULL;
        status = group_row_add(ctx, measuring, table, group_index, item, &row);
        if (status)
            break;
        row->values[ITEM] = item_key(study, item);
        row->support = gap_support(gaps, group_index, item);
        fill_row(measuring, with_worst[item], worst, row);
    }
    return status;
}

/* One row per group and item.
 * blank   the worst item itself -> not_applicable; no test -> tied is blank for the same reason
 * source  paired t of the difference of two gaps [F20, F26] */
static enum status gap_contrasts_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    struct table *gaps = NULL;
    enum status status = table_create(ctx, &measure_item_gap, table->by, table->by_count, &gaps);
    if (!status)
        status = measure_item_gap.run(ctx, measuring, gaps);
    for (uint32_t g = 0; g < measuring->set->group_count && !status; g++)
        status = group_rows(ctx, measuring, gaps, table, g);
    if (!status)
        status = family_adjust(ctx, table, P, P_HOLM);
    for (uint32_t r = 0; r < table->row_count && !status; r++) {
        struct value *values = table->rows[r].values;
        bool tested = values[P_HOLM].kind == VALUE_NUMBER;
        values[TIED] = tested ? value_text(values[P_HOLM].number < 1 - measuring->confidence ? "no" : "yes") : values[P_HOLM];
    }
    if (!status && table->by_count)
        status = table_add_note(ctx, table, FAMILY_NOTE, NULL);
    return status ? status : design_notes(ctx, measuring, table);
}

const struct measure measure_gap_contrasts = {
    .name = "gap_contrasts",
    .title = "Gaps against the worst one",
    .meaning = "Which items cannot be told apart from the one that falls short most: the same customers' gaps on both items, "
               "compared.",
    .formula = "F1, F20, F26",
    .source = "Student 1908; Holm 1979",
    .example = "gapmeter analyze answers.csv --study study.json --table gap_contrasts",
    .needs = NEED_PAIRS | NEED_CONTRASTS,
    .standards = 1u << STANDARD_EXPECTATION | 1u << STANDARD_PERCEPTION,
    .minimum_n = 2,
    .by_default = false,
    .order = 41,
    .columns = columns,
    .column_count = COLUMNS,
    .run = gap_contrasts_run,
};
