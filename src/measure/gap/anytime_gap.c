/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/gap/gap_row.h"
#include "measure/mean_error.h"
#include "numeric/anytime_interval.h"

enum { ITEM, DIMENSION, N, OFF_MODE, GAP, SD_GAP, LOW, HIGH, COLUMNS };

static const struct column columns[COLUMNS] = {
    [ITEM] = {"item", "Item", "", "The item; blank where the row is about a dimension or everything.", 0, COLUMN_KEY, true,
              false},
    [DIMENSION] = {"dimension", "Dimension", "", "The dimension it belongs to, or overall.", 0, COLUMN_KEY, true, false},
    [N] = {"n", "n", "pairs", "Pairs: encounters with an expectation and a perception of the same.", 0, COLUMN_COUNT, true,
           false},
    [OFF_MODE] = {"n_off_mode", "n off mode", "pairs", "Pairs whose gap is not the most frequent one.", 0, COLUMN_COUNT, false,
                  true},
    [GAP] = {"gap", "Gap", "scale points", "Mean of perception − expectation; negative means worse than expected.", 2,
             COLUMN_NUMBER, true, false},
    [SD_GAP] = {"sd_gap", "SD gap", "scale points", "Standard deviation of the gaps.", 2, COLUMN_NUMBER, false, false},
    [LOW] = {"anytime_low", "Low, any time", "scale points",
             "Lower end of the interval that holds however often one looks while answers come in.", 2, COLUMN_NUMBER, true,
             false},
    [HIGH] = {"anytime_high", "High, any time", "scale points",
              "Upper end of the interval that holds however often one looks while answers come in.", 2, COLUMN_NUMBER, true,
              false},
};

/* Sums of the gaps of a score, and how many gaps are the most frequent one. */
static uint64_t gaps_add(const struct composite *composite, struct exact_sums *sums, bool *overflow)
{
    uint64_t mode = 0;
    for (size_t i = 0; i < composite->cell_count; i++) {
        const struct composite_cell *cell = &composite->cells[i];
        struct exact_weight weight = exact_weight_of(&cell->sum);
        exact_sums_add(sums, &weight, cell->gap, overflow);
        mode = cell->sum.n > mode ? cell->sum.n : mode;
    }
    return mode;
}

/* The interval of a row whose mean and deviation are known.
 * blank   weights, clusters, respondents who come again, strata -> their reasons: it is of single persons that arrive one by one */
static void fill_interval(const struct measuring *measuring, struct value *values)
{
    enum reason blank = measuring->pairs->plan->weighted ? REASON_WEIGHTED : design_blank(measuring);
    if (!blank && values[SD_GAP].kind == VALUE_BLANK)
        blank = values[SD_GAP].reason;
    struct interval interval = {0};
    if (!blank) {
        const struct anytime_sample sample = {.mean = values[GAP].number,
                                              .deviation = values[SD_GAP].number,
                                              .n = (uint64_t)values[N].count,
                                              .off_mode = (uint64_t)values[OFF_MODE].count};
        enum undefined undefined = anytime_interval(&sample, measuring->confidence, ANYTIME_TIGHTEST, &interval);
        blank = undefined ? reason_of(undefined) : REASON_NONE;
    }
    values[LOW] = blank ? value_blank(blank) : value_number(interval.low);
    values[HIGH] = blank ? value_blank(blank) : value_number(interval.high);
}

/* The figures of one score.
 * blank   no pairs -> no_pairs; fewer than 50 pairs, or 20 off the mode -> no interval, too_few */
static void fill_row(const struct measuring *measuring, const struct composite *composite, struct value *values)
{
    values_blank(values + N, COLUMNS - N, composite->blank ? composite->blank : REASON_NO_PAIRS);
    if (composite->blank)
        return;
    struct exact_sums sums = {0};
    bool overflow = false;
    uint64_t mode = gaps_add(composite, &sums, &overflow);
    values[N] = value_count(composite->all.n);
    if (!composite->all.n)
        return;
    values[OFF_MODE] = value_count(composite->all.n - mode);
    struct exact_unit unit = difference_unit(composite->scale, composite->denominator);
    double mean = 0, deviation = 0;
    enum undefined undefined = overflow ? UNDEFINED_OVERFLOW : exact_mean(&sums, &unit, &mean);
    values[GAP] = value_of(undefined, mean);
    if (!undefined)
        undefined = exact_deviation(&sums, &unit, &deviation);
    values[SD_GAP] = value_of(undefined, deviation);
    fill_interval(measuring, values);
}

static enum status row_make(struct ctx *ctx, const struct measuring *measuring, struct table *table, uint32_t group,
                            uint32_t line)
{
    const struct study *study = measuring->pairs->study;
    const struct group *of = &measuring->set->groups[group];
    uint32_t items = study->item_count, d = line - items;
    struct row *row = NULL;
    struct composite item;
    const struct composite *composite = &item;
    enum status status = group_row_add(ctx, measuring, table, group, line, &row);
    if (status)
        return status;
    if (line < items) {
        bool asked = study_asks(study, STANDARD_EXPECTATION, line) && study_asks(study, STANDARD_PERCEPTION, line);
        status = composite_of_joint(ctx, &of->pairs[line], asked, &item);
        row->values[ITEM] = item_key(study, line);
        row->values[DIMENSION] = dimension_key(study, study->items[line].dimension);
    } else {
        bool overall = d >= study->dimension_count;
        composite = !overall ? &of->dimensions[d] : study->dimension_count ? of->overall : of->items_mean;
        row->values[ITEM] = value_blank(REASON_NOT_APPLICABLE);
        row->values[DIMENSION] = overall ? value_text("overall") : dimension_key(study, d);
    }
    if (status)
        return status;
    row->support = composite->respondents;
    fill_row(measuring, composite, row->values);
    return STATUS_OK;
}

/* Per group a row for each item, each dimension, and everything (the mean of dimensions; of items in a study without them).
 * blank   as fill_row
 * source  [F121]
 * proof   tests/measure/gap/anytime_gap_test.c */
static enum status anytime_gap_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    const struct study *study = measuring->pairs->study;
    uint32_t lines = study->item_count + study->dimension_count + 1;
    enum status status = STATUS_OK;
    for (uint32_t g = 0; g < measuring->set->group_count; g++) {
        for (uint32_t line = 0; line < lines && !status; line++)
            status = row_make(ctx, measuring, table, g, line);
    }
    const struct note_word words[] = {note_count("pairs", ANYTIME_N_LEAST), {.name = NULL}};
    if (!status)
        status = table_add_note(ctx, table, "note.gap.anytime", words);
    return status ? status : design_notes(ctx, measuring, table);
}

const struct measure measure_anytime_gap = {
    .name = "anytime_gap",
    .title = "Gaps that may be looked at any time",
    .meaning =
        "The gap of each item, each dimension and everything, with an interval that keeps its promise however often one looks "
        "while answers are still coming in. Wider than that of a single look.",
    .formula = "F1, F2, F121",
    .source = "Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas 2024; Howard, Ramdas, McAuliffe & Sekhon 2021",
    .example = "gapmeter analyze answers.csv --study study.json --table anytime_gap",
    .needs = NEED_PAIRS | NEED_COMPOSITES,
    .standards = 1u << STANDARD_EXPECTATION | 1u << STANDARD_PERCEPTION,
    .minimum_n = ANYTIME_N_LEAST,
    .by_default = false,
    .anytime = true,
    .order = 33,
    .columns = columns,
    .column_count = COLUMNS,
    .run = anytime_gap_run,
};
