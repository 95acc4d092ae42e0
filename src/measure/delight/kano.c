/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/delight/delight_resampling.h"
#include "measure/delight/kano_items.h"
#include "measure/mean_error.h"
#include "numeric/wilson.h"

enum {
    ITEM,
    DIMENSION,
    N,
    CATEGORY,
    BETTER,
    WORSE,
    TOTAL_STRENGTH,
    CATEGORY_STRENGTH,
    CERTAINTY,
    N_MUST_BE,
    N_ONE_DIMENSIONAL,
    N_ATTRACTIVE,
    N_INDIFFERENT,
    N_REVERSE,
    N_QUESTIONABLE,
    MOST_FREQUENT,
    BETTER_LOW,
    BETTER_HIGH,
    WORSE_LOW,
    WORSE_HIGH,
    QUESTIONABLE_SHARE,
    FUNCTIONAL_MEAN,
    FUNCTIONAL_LOW,
    FUNCTIONAL_HIGH,
    DYSFUNCTIONAL_MEAN,
    DYSFUNCTIONAL_LOW,
    DYSFUNCTIONAL_HIGH,
    CONTINUOUS_CATEGORY,
    CONTINUOUS_CERTAINTY,
    COLUMNS
};

#define SHARE  "share"
#define PEOPLE "encounters"
#define POINTS "points from −2 to 4"
static const struct column columns[COLUMNS] = {
    [ITEM] = {"item", "Item", "", "The item.", 0, COLUMN_KEY, true, false},
    [DIMENSION] = {"dimension", "Dimension", "", "The dimension it belongs to.", 0, COLUMN_KEY, false, false},
    [N] = {"n", "n", PEOPLE, "Encounters that answered both questions.", 0, COLUMN_COUNT, true, false},
    [CATEGORY] =
        {"category", "Category", "",
         "must-be, one-dimensional, attractive, indifferent, reverse or questionable: the most frequent of the first three when "
         "they are more than half, otherwise of the rest.",
         0, COLUMN_WORD, true, false},
    [BETTER] = {"better", "Better", SHARE, "Share whom it pleases when it is there, of those who want it or do not care.", 2,
                COLUMN_NUMBER, true, true},
    [WORSE] = {"worse", "Worse", SHARE, "Minus the share whom it annoys when it is missing.", 2, COLUMN_NUMBER, true, true},
    [TOTAL_STRENGTH] = {"total_strength", "Strength", SHARE, "Share to whom it is must-be, one-dimensional or attractive.", 2,
                        COLUMN_NUMBER, true, true},
    [CATEGORY_STRENGTH] = {"category_strength", "Lead", SHARE, "By how much the most frequent category leads the second.", 2,
                           COLUMN_NUMBER, true, true},
    [CERTAINTY] =
        {"certainty", "Certainty", "",
         "mixed: the lead is below .06; undecided: the lead could be chance, or the category is not the most frequent one; "
         "clear: neither.",
         0, COLUMN_WORD, true, false},
    [N_MUST_BE] = {"n_must_be", "M", PEOPLE, "Must-be: taken for granted.", 0, COLUMN_COUNT, false, true},
    [N_ONE_DIMENSIONAL] = {"n_one_dimensional", "O", PEOPLE, "One-dimensional: the more the better.", 0, COLUMN_COUNT, false,
                           true},
    [N_ATTRACTIVE] = {"n_attractive", "A", PEOPLE, "Attractive: a pleasant surprise.", 0, COLUMN_COUNT, false, true},
    [N_INDIFFERENT] = {"n_indifferent", "I", PEOPLE, "Indifferent: they do not care.", 0, COLUMN_COUNT, false, true},
    [N_REVERSE] = {"n_reverse", "R", PEOPLE, "Reverse: they would rather not have it.", 0, COLUMN_COUNT, false, true},
    [N_QUESTIONABLE] = {"n_questionable", "Q", PEOPLE, "Questionable: the two answers contradict each other.", 0, COLUMN_COUNT,
                        false, true},
    [MOST_FREQUENT] = {"most_frequent", "Most", "", "The category with the most answers.", 0, COLUMN_WORD, false, false},
    [BETTER_LOW] = {"better_low", "Low", SHARE, "Lower end of the interval of better.", 2, COLUMN_NUMBER, false, true},
    [BETTER_HIGH] = {"better_high", "High", SHARE, "Upper end of the interval of better.", 2, COLUMN_NUMBER, false, true},
    [WORSE_LOW] = {"worse_low", "Low", SHARE, "Lower end of the interval of worse.", 2, COLUMN_NUMBER, false, true},
    [WORSE_HIGH] = {"worse_high", "High", SHARE, "Upper end of the interval of worse.", 2, COLUMN_NUMBER, false, true},
    [QUESTIONABLE_SHARE] = {"questionable_share", "Q share", SHARE, "Share of contradicting answers.", 2, COLUMN_NUMBER, false,
                            true},
    [FUNCTIONAL_MEAN] = {"functional_mean", "If there", POINTS, "Mean of 4 like, 2 must be, 0 neutral, −1 live with, −2 dislike.",
                         2, COLUMN_NUMBER, false, false},
    [FUNCTIONAL_LOW] = {"functional_low", "Low", POINTS, "Lower end of the interval of the mean if there.", 2, COLUMN_NUMBER,
                        false, false},
    [FUNCTIONAL_HIGH] = {"functional_high", "High", POINTS, "Upper end of the interval of the mean if there.", 2, COLUMN_NUMBER,
                         false, false},
    [DYSFUNCTIONAL_MEAN] = {"dysfunctional_mean", "If missing", POINTS,
                            "Mean of −2 like, −1 must be, 0 neutral, 2 live with, 4 dislike.", 2, COLUMN_NUMBER, false, false},
    [DYSFUNCTIONAL_LOW] = {"dysfunctional_low", "Low", POINTS, "Lower end of the interval of the mean if missing.", 2,
                           COLUMN_NUMBER, false, false},
    [DYSFUNCTIONAL_HIGH] = {"dysfunctional_high", "High", POINTS, "Upper end of the interval of the mean if missing.", 2,
                            COLUMN_NUMBER, false, false},
    [CONTINUOUS_CATEGORY] = {"continuous_category", "By means", "", "The category of these two means.", 0, COLUMN_WORD, false,
                             false},
    [CONTINUOUS_CERTAINTY] = {"continuous_certainty", "Certainty", "",
                              "clear: neither interval reaches over 2 into another category; undecided: one does.", 0,
                              COLUMN_WORD, false, false},
};

static const char *const class_words[KANO_CLASS_COUNT] = {"must-be",     "one-dimensional", "attractive",
                                                          "indifferent", "reverse",         "questionable"};

/* Wilson's interval of better and of worse.
 * blank   clusters, strata: their errors are not counted -> clustered, stratified */
static void fill_intervals(const struct measuring *measuring, const struct kano *kano, struct value *values)
{
    if (design_blank(measuring)) {
        values_blank(values + BETTER_LOW, 4, design_blank(measuring));
        return;
    }
    struct interval better, worse;
    enum undefined undefined = wilson_interval(kano->better, kano->effect_n, measuring->confidence, &better);
    if (!undefined)
        undefined = wilson_interval(-kano->worse, kano->effect_n, measuring->confidence, &worse);
    if (undefined) {
        values_blank(values + BETTER_LOW, 4, reason_of(undefined));
        return;
    }
    values[BETTER_LOW] = value_number(better.low);
    values[BETTER_HIGH] = value_number(better.high);
    values[WORSE_LOW] = value_number(0 - worse.high);
    values[WORSE_HIGH] = value_number(0 - worse.low);
}

/* Is the category what most customers say, beyond chance? */
static const char *certainty_of(const struct kano *kano)
{
    if (kano->mixed)
        return "mixed";
    return kano->distinct && kano->category == kano->mode ? "clear" : "undecided";
}

/* Do both ends of an interval lie on one side of the cut? */
static bool beside_cut(const struct mean_cells *cells)
{
    return (cells->low.number >= KANO_SQUARE_CUT) == (cells->high.number >= KANO_SQUARE_CUT);
}

/* The means of the points, with the intervals that the design gives them, and the category of both.
 * blank   one answer, or no degree of freedom -> too_few; all alike -> no_variance; lonely_stratum
 * source  DuMouchel in Berger et al. 1993   [F42, F20] */
static void fill_means(const struct measuring *measuring, const struct kano_item *item, struct value *values)
{
    struct mean_cells there = mean_cells_of(item->functional, &item->functional_error, measuring->confidence);
    struct mean_cells missing = mean_cells_of(item->dysfunctional, &item->dysfunctional_error, measuring->confidence);
    values[FUNCTIONAL_MEAN] = value_number(item->functional);
    values[FUNCTIONAL_LOW] = there.low;
    values[FUNCTIONAL_HIGH] = there.high;
    values[DYSFUNCTIONAL_MEAN] = value_number(item->dysfunctional);
    values[DYSFUNCTIONAL_LOW] = missing.low;
    values[DYSFUNCTIONAL_HIGH] = missing.high;
    values[CONTINUOUS_CATEGORY] = value_text(class_words[kano_quarter(item->functional, item->dysfunctional)]);
    if (there.low.kind == VALUE_BLANK || missing.low.kind == VALUE_BLANK)
        values[CONTINUOUS_CERTAINTY] = there.low.kind == VALUE_BLANK ? there.low : missing.low;
    else
        values[CONTINUOUS_CERTAINTY] = value_text(beside_cut(&there) && beside_cut(&missing) ? "clear" : "undecided");
}

/* The cells of one item. */
static void fill_item(const struct measuring *measuring, const struct kano_item *item, struct value *values)
{
    const struct kano *kano = &item->kano;
    if (item->blank)
        values_blank(values + N, COLUMNS - N, item->blank);
    if (item->blank != REASON_NOT_ASKED)
        values[N] = value_count(item->n);
    if (item->blank)
        return;
    for (size_t c = 0; c < KANO_CLASS_COUNT; c++)
        values[N_MUST_BE + c] = value_count(item->counts[c]);
    values[CATEGORY] = value_text(class_words[kano->category]);
    values[MOST_FREQUENT] = value_text(class_words[kano->mode]);
    values[TOTAL_STRENGTH] = value_number(kano->total_strength);
    values[CATEGORY_STRENGTH] = value_number(kano->category_strength);
    values[CERTAINTY] = design_blank(measuring) ? value_blank(design_blank(measuring)) : value_text(certainty_of(kano));
    values[QUESTIONABLE_SHARE] = value_number(kano->questionable_share);
    fill_means(measuring, item, values);
    if (kano->effect_undefined) {
        values[BETTER] = values[WORSE] = value_blank(reason_of(kano->effect_undefined));
        values_blank(values + BETTER_LOW, 4, reason_of(kano->effect_undefined));
        return;
    }
    values[BETTER] = value_number(kano->better);
    values[WORSE] = value_number(kano->worse);
    fill_intervals(measuring, kano, values);
}

/* Items whose two questions many customers answered against each other; over everyone only, so that no group is given away. */
static enum status doubt_note(struct ctx *ctx, const struct measuring *measuring, struct table *table, uint32_t item,
                              const struct kano_item *found)
{
    if (found->blank || !found->kano.doubtful || table->by_count)
        return STATUS_OK;
    const struct note_word words[] = {note_text("item", measuring->pairs->study->items[item].id),
                                      note_number("percent", 100 * found->kano.questionable_share, 0),
                                      {.name = NULL}};
    return table_add_note(ctx, table, "note.kano.contradict", words);
}

/* One row per group and item.
 * blank   nobody answered both -> no_pairs; nobody wants it or does not care -> no_variance
 * source  [F40–F42] */
static enum status kano_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    enum status status = STATUS_OK;
    for (uint32_t g = 0; g < measuring->set->group_count; g++) {
        for (uint32_t i = 0; i < measuring->pairs->study->item_count && !status; i++) {
            struct kano_item item = {.blank = REASON_NOT_ASKED};
            struct row *row = NULL;
            status = kano_item_find(ctx, measuring, &measuring->set->groups[g], i, &item);
            if (!status)
                status = item_row_add(ctx, measuring, table, g, i, &row);
            if (status)
                return status;
            row->support = item.respondents;
            fill_item(measuring, &item, row->values);
            status = doubt_note(ctx, measuring, table, i, &item);
        }
    }
    if (!status)
        status = table_add_note(ctx, table, "note.kano.today", NULL);
    return status ? status : design_notes(ctx, measuring, table);
}

const struct measure measure_kano = {
    .name = "kano",
    .title = "Service or delight, by Kano's questions",
    .meaning = "What customers would feel with and without each item: what they take for granted, what is the better the more "
               "there is, what delights them, and what leaves them cold.",
    .formula = "F40–F42, F20, F29",
    .source = "Kano 1984; Berger et al. 1993; Lee & Newcomb 1997; the bound behind certainty: our own",
    .example = "gapmeter analyze answers.csv --study study.json --table kano",
    .needs = NEED_CASES,
    .standards = 1u << STANDARD_FUNCTIONAL | 1u << STANDARD_DYSFUNCTIONAL,
    .minimum_n = 1,
    .by_default = true,
    .order = 260,
    .columns = columns,
    .column_count = COLUMNS,
    .run = kano_run,
    .resample = kano_resample,
};
