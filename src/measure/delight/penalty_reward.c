/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "measure/delight/impact_items.h"
#include "measure/family.h"
#include "measure/mean_error.h"

enum {
    ITEM,
    DIMENSION,
    OUTCOME,
    N,
    PENALTY,
    REWARD,
    IMPACT_RANGE,
    IMPACT_ASYMMETRY,
    CLASS,
    CLASS_SHARE,
    SETTLED,
    LINEAR_ASYMMETRY,
    PENALTY_SE,
    PENALTY_CI_LOW,
    PENALTY_CI_HIGH,
    REWARD_SE,
    REWARD_CI_LOW,
    REWARD_CI_HIGH,
    SYMMETRY_P,
    SYMMETRY_P_HOLM,
    R2,
    N_REGRESSION,
    N_LOW,
    N_REFERENCE,
    N_HIGH,
    CUT_LOW,
    CUT_HIGH,
    REGRESSION,
    COLUMNS
};

#define SETTLED_LEAST .80

#define POINTS "points of the outcome"
static const struct column columns[COLUMNS] = {
    [ITEM] = {"item", "Item", "", "The item.", 0, COLUMN_KEY, true, false},
    [DIMENSION] = {"dimension", "Dimension", "", "The dimension it belongs to.", 0, COLUMN_KEY, false, false},
    [OUTCOME] = {"outcome", "Outcome", "", "The outcome that is looked at.", 0, COLUMN_KEY, true, false},
    [N] = {"n", "n", "encounters", "Encounters with a mark and an outcome.", 0, COLUMN_COUNT, true, false},
    [N_REGRESSION] = {"n_regression", "In regression", "encounters", "Encounters in the regression.", 0, COLUMN_COUNT, false,
                      false},
    [N_LOW] = {"n_low", "Low", "encounters", "Encounters with a low mark.", 0, COLUMN_COUNT, false, true},
    [N_REFERENCE] = {"n_reference", "Between", "encounters",
                     "Encounters with a mark in between, to which the others are compared.", 0, COLUMN_COUNT, false, true},
    [N_HIGH] = {"n_high", "High", "encounters", "Encounters with a high mark.", 0, COLUMN_COUNT, false, true},
    [CUT_LOW] = {"cut_low", "Low to", "scale points", "The highest mark that counts as low.", 2, COLUMN_NUMBER, false, false},
    [CUT_HIGH] = {"cut_high", "High from", "scale points", "The lowest mark that counts as high.", 2, COLUMN_NUMBER, false,
                  false},
    [PENALTY] = {"penalty", "Penalty", POINTS, "How much lower the outcome is with a low mark than in between.", 2, COLUMN_NUMBER,
                 true, false},
    [PENALTY_SE] = {"penalty_se", "se", POINTS, "Its standard error.", 2, COLUMN_NUMBER, false, false},
    [PENALTY_CI_LOW] = {"penalty_ci_low", "Low", POINTS, "Lower end of its interval.", 2, COLUMN_NUMBER, false, false},
    [PENALTY_CI_HIGH] = {"penalty_ci_high", "High", POINTS, "Upper end of its interval.", 2, COLUMN_NUMBER, false, false},
    [REWARD] = {"reward", "Reward", POINTS, "How much higher the outcome is with a high mark than in between.", 2, COLUMN_NUMBER,
                true, false},
    [REWARD_SE] = {"reward_se", "se", POINTS, "Its standard error.", 2, COLUMN_NUMBER, false, false},
    [REWARD_CI_LOW] = {"reward_ci_low", "Low", POINTS, "Lower end of its interval.", 2, COLUMN_NUMBER, false, false},
    [REWARD_CI_HIGH] = {"reward_ci_high", "High", POINTS, "Upper end of its interval.", 2, COLUMN_NUMBER, false, false},
    [IMPACT_RANGE] = {"impact_range", "Range", POINTS, "From the lowest to the highest: penalty and reward together.", 2,
                      COLUMN_NUMBER, true, false},
    [IMPACT_ASYMMETRY] = {"impact_asymmetry", "Asymmetry", "from −1 to 1",
                          "Reward's part of the range less penalty's: below 0 the item annoys more than it pleases.", 2,
                          COLUMN_NUMBER, true, false},
    [LINEAR_ASYMMETRY] = {"linear_asymmetry", "Of a line", "from −1 to 1",
                          "The asymmetry that the cuts alone would make if the outcome followed the mark in a straight line.", 2,
                          COLUMN_NUMBER, true, false},
    [CLASS] = {"class", "Class", "", "delighter, satisfier, hybrid, dissatisfier, frustrator or no impact.", 0, COLUMN_WORD, true,
               false},
    [CLASS_SHARE] = {"class_share", "Sure", "share of draws",
                     "How often penalty and reward drawn within their errors fall into the same class.", 2, COLUMN_NUMBER, true,
                     false},
    [SETTLED] = {"settled", "Settled", "", "unsettled: the same class in fewer than 80 % of the draws.", 0, COLUMN_WORD, false,
                 false},
    [SYMMETRY_P] = {"symmetry_p", "p", "probability", "Two-sided p of penalty and reward being of equal size.", 3, COLUMN_NUMBER,
                    false, false},
    [SYMMETRY_P_HOLM] = {"symmetry_p_holm", "p, all rows", "probability", "The same, adjusted for all rows of the group (Holm).",
                         3, COLUMN_NUMBER, false, false},
    [R2] = {"r2", "R²", "share of variance", "What the regression explains of the outcome.", 2, COLUMN_NUMBER, false, false},
    [REGRESSION] = {"regression", "Regression", "", "joint: one for all items; single: one for this item alone.", 0, COLUMN_WORD,
                    false, false},
};

/* A figure of the errors: an estimate's standard error and interval. */
static void fill_error(const struct measuring *measuring, const struct impact_item *item, double estimate, double variance,
                       struct value *cells)
{
    struct interval interval = contrast_interval(estimate, variance, item->fit.df, measuring->confidence);
    cells[0] = value_number(sqrt(variance));
    cells[1] = value_number(interval.low);
    cells[2] = value_number(interval.high);
}

/* Class and how sure it is.
 * blank   no asymmetry -> no_variance, unless both intervals cover 0: no impact */
static void fill_class(const struct measuring *measuring, const struct impact_item *item, const struct impact *impact,
                       uint64_t stream, struct value *values)
{
    static const char *const words[IMPACT_CLASS_COUNT] = {"delighter", "satisfier", "hybrid", "dissatisfier", "frustrator"};
    if (impact_is_none(item, measuring->confidence)) {
        values[CLASS] = value_text("no impact");
        values[CLASS_SHARE] = values[SETTLED] = value_blank(REASON_NOT_APPLICABLE);
        return;
    }
    if (impact->asymmetry_undefined)
        return;
    values[CLASS] = value_text(words[impact_class_of(impact->asymmetry, &impact_cuts_usual)]);
    double share = 0;
    enum undefined undefined = impact_class_share(&item->contrast, &impact_cuts_usual, measuring->seed, stream, &share);
    values[CLASS_SHARE] = value_of(undefined, share);
    values[SETTLED] = undefined ? values[CLASS_SHARE] : value_text(share < SETTLED_LEAST ? "unsettled" : "settled");
}

/* The estimates of one item that could be estimated. */
static void fill_estimates(const struct measuring *measuring, const struct impact_item *item, uint64_t stream,
                           struct value *values)
{
    const struct impact_contrast *c = &item->contrast;
    struct impact impact = impact_of(c->penalty, c->reward);
    values[PENALTY] = value_number(c->penalty);
    values[REWARD] = value_number(c->reward);
    values[IMPACT_RANGE] = value_number(impact.range);
    values[IMPACT_ASYMMETRY] = value_of(impact.asymmetry_undefined, impact.asymmetry);
    values[R2] = value_number(item->fit.r_squared);
    if (item->error_blank) {
        enum reason reason = item->error_blank;
        values_blank(values + PENALTY_SE, 3, reason);
        values_blank(values + REWARD_SE, 3, reason);
        values[CLASS] = values[CLASS_SHARE] = values[SETTLED] = values[SYMMETRY_P] = value_blank(reason);
        return;
    }
    fill_error(measuring, item, c->penalty, c->penalty_variance, values + PENALTY_SE);
    fill_error(measuring, item, c->reward, c->reward_variance, values + REWARD_SE);
    values[SYMMETRY_P] = item->few_units ? value_blank(REASON_FEW_CLUSTERS) : value_number(contrast_symmetry_p(c, item->fit.df));
    values[CLASS] = values[CLASS_SHARE] = values[SETTLED] = value_blank(REASON_NO_VARIANCE);
    fill_class(measuring, item, &impact, stream, values);
}

/* The cells of one item. */
static void fill_item(const struct measuring *measuring, uint32_t index, const struct impact_items *items, uint64_t stream,
                      struct value *values)
{
    const struct study *study = measuring->pairs->study;
    const struct impact_item *item = &items->items[index];
    if (item->blank)
        values_blank(values + PENALTY, REGRESSION - PENALTY, item->blank);
    if (item->blank == REASON_NOT_ASKED) {
        values_blank(values + N, COLUMNS - N, item->blank);
        return;
    }
    values[N] = value_count(item->n);
    values[N_REGRESSION] = value_count(item->rows);
    values[N_LOW] = value_count(item->contrast.level_count[0]);
    values[N_REFERENCE] = value_count(item->contrast.level_count[1]);
    values[N_HIGH] = value_count(item->contrast.level_count[2]);
    struct level_cuts cuts = level_cuts_of(study, index);
    values[CUT_LOW] = values[CUT_HIGH] = value_blank(REASON_NOT_APPLICABLE);
    if (!cuts.zone) {
        const struct scale *scale = study_scale(study, STANDARD_PERCEPTION, index);
        values[CUT_LOW] = value_number(scale_value(scale, cuts.low));
        values[CUT_HIGH] = value_number(scale_value(scale, cuts.high));
    }
    values[LINEAR_ASYMMETRY] = value_of(item->linear_undefined, item->linear);
    values[REGRESSION] = value_text(items->apart == IMPACT_TOGETHER ? "joint" : "single");
    if (!item->blank)
        fill_estimates(measuring, item, stream, values);
}

/* Why the items have regressions of their own, as a sentence. */
static enum status apart_note(struct ctx *ctx, struct table *table, const struct impact_items *items)
{
    const struct note_word limit[] = {note_number("limit", INFLATION_MAX, 0), {.name = NULL}};
    switch (items->apart) {
    case IMPACT_TOGETHER:
    case IMPACT_APART_ONLY_ONE:
        break;
    case IMPACT_APART_INFLATION:
        return table_add_note(ctx, table, "note.impact.inflation", limit);
    case IMPACT_APART_SINGULAR:
        return table_add_note(ctx, table, "note.impact.singular", NULL);
    case IMPACT_APART_FEW:
        return table_add_note(ctx, table, "note.impact.few", NULL);
    case IMPACT_APART_INCOMPLETE:
        return table_add_note(ctx, table, "note.impact.incomplete", NULL);
    }
    return STATUS_OK;
}

/* What the table needs to be read. */
static enum status notes_add(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    const struct study *study = measuring->pairs->study;
    const struct note_word fewest[] = {
        note_count("fewest", LEVEL_FEWEST), note_number("percent", 100 * LEVEL_FEWEST_SHARE, 0), {.name = NULL}};
    bool zone = false, scale = false;
    for (uint32_t i = 0; i < study->item_count; i++) {
        bool by_zone = level_cuts_of(study, i).zone;
        zone |= study_asks(study, STANDARD_PERCEPTION, i) && by_zone;
        scale |= study_asks(study, STANDARD_PERCEPTION, i) && !by_zone;
    }
    enum status status = STATUS_OK;
    if (scale)
        status = table_add_note(ctx, table, "note.impact.levels", NULL);
    if (zone && !status)
        status = table_add_note(ctx, table, "note.impact.levels_zone", NULL);
    if (!status)
        status = table_add_note(ctx, table, "note.impact.blank", fewest);
    if (!status)
        status = table_add_note(ctx, table, "note.impact.same_time", NULL);
    if (!status && table->by_count)
        status = table_add_note(ctx, table, "note.impact.family", NULL);
    return status ? status : design_notes(ctx, measuring, table);
}

/* The rows of one outcome in one group. */
static enum status rows_make(struct ctx *ctx, const struct measuring *measuring, struct table *table, uint32_t group,
                             uint32_t outcome)
{
    const struct study *study = measuring->pairs->study;
    struct impact_items items;
    enum status status = impact_items_find(ctx, measuring, &measuring->set->groups[group], outcome, &items);
    if (!status)
        status = apart_note(ctx, table, &items);
    for (uint32_t i = 0; i < study->item_count && !status; i++) {
        struct row *row = NULL;
        status = item_row_add(ctx, measuring, table, group, i, &row);
        if (status)
            return status;
        row->line = outcome * study->item_count + i;
        row->support = items.items[i].respondents;
        row->values[OUTCOME] = value_text(study->columns.outcomes[outcome].name);
        fill_item(measuring, i, &items, row->line, row->values);
        table_rests_on_model(table, (uint32_t)items.items[i].fit.parameters);
    }
    return status;
}

/* One row per group, outcome and item.
 * blank   thin levels -> too_few; constant outcome -> no_variance
 * source  [F43, F44] */
static enum status penalty_reward_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    uint32_t outcomes[OUTCOMES_CHOSEN_MAX];
    uint32_t count = outcomes_of_satisfaction(measuring->pairs->study, false, outcomes);
    enum status status = STATUS_OK;
    table->needs_whole_model = true;
    for (uint32_t g = 0; g < measuring->set->group_count; g++) {
        for (uint32_t o = 0; o < count && !status; o++)
            status = rows_make(ctx, measuring, table, g, outcomes[o]);
    }
    if (!status)
        status = family_adjust(ctx, table, SYMMETRY_P, SYMMETRY_P_HOLM);
    return status ? status : notes_add(ctx, measuring, table);
}

const struct measure measure_penalty_reward = {
    .name = "penalty_reward",
    .title = "Penalty and reward",
    .meaning = "Which items only annoy when they fail, which only please when they shine, and which do both: how the outcome "
               "differs where the mark is low, and where it is high, from where it is in between.",
    .formula = "F43, F44, F26",
    .source = "Brandt 1987; Matzler & Sauerwein 2002; Mikulić & Prebežac 2008",
    .example = "gapmeter analyze answers.csv --study study.json --table penalty_reward",
    .needs = NEED_CASES,
    .standards = 1u << STANDARD_PERCEPTION,
    .outcome_roles = OUTCOME_ROLES_USED,
    .minimum_n = 2,
    .columns = columns,
    .column_count = COLUMNS,
    .run = penalty_reward_run,
};
