/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/journey/truth_moments.h"
#include "measure/working_room.h"

enum {
    TOUCHPOINT,
    N,
    RATERS,
    RATING,
    IMPORTANCE,
    LMG,
    RANK,
    TOP_SHARE,
    PENALTY,
    PENALTY_LOW,
    PENALTY_HIGH,
    REWARD,
    REWARD_LOW,
    REWARD_HIGH,
    IMPACT_RANGE,
    IMPACT_ASYMMETRY,
    VERDICT,
    COLUMNS
};

#define POINTS "points of satisfaction"
static const struct column columns[COLUMNS] = {
    [TOUCHPOINT] = {"touchpoint", "Touchpoint", "", "The moment of the journey.", 0, COLUMN_KEY, true, false},
    [N] = {"n", "n", "journeys", "Journeys that rated all moments compared and remember their satisfaction.", 0, COLUMN_COUNT,
           true, false},
    [RATERS] = {"raters", "Rated by", "journeys", "Journeys that rated this moment and remember their satisfaction.", 0,
                COLUMN_COUNT, false, false},
    [RATING] = {"rating", "Rating", "scale points", "Mean rating of the journeys compared.", 2, COLUMN_NUMBER, true, false},
    [IMPORTANCE] = {"importance", "Weight", "of 100", "Its part of what the moments together explain of satisfaction, of 100.", 0,
                    COLUMN_NUMBER, true, false},
    [LMG] = {"lmg", "Part", "share of variance", "The same as a share of all variance.", 3, COLUMN_NUMBER, false, false},
    [RANK] = {"rank", "Rank", "rank", "1 for the largest weight.", 0, COLUMN_COUNT, true, false},
    [TOP_SHARE] = {"top_share", "In front", "share",
                   "How often it is among the top quarter of the moments when journeys are drawn "
                   "again.",
                   2, COLUMN_NUMBER, true, false},
    [PENALTY] = {"penalty", "Penalty", POINTS, "Satisfaction where the moment was low, less where it was in between.", 2,
                 COLUMN_NUMBER, true, false},
    [PENALTY_LOW] = {"penalty_low", "Low", POINTS, "Lower end of its interval.", 2, COLUMN_NUMBER, false, false},
    [PENALTY_HIGH] = {"penalty_high", "High", POINTS, "Upper end of its interval.", 2, COLUMN_NUMBER, false, false},
    [REWARD] = {"reward", "Reward", POINTS, "Satisfaction where the moment was high, less where it was in between.", 2,
                COLUMN_NUMBER, true, false},
    [REWARD_LOW] = {"reward_low", "Low", POINTS, "Lower end of its interval.", 2, COLUMN_NUMBER, false, false},
    [REWARD_HIGH] = {"reward_high", "High", POINTS, "Upper end of its interval.", 2, COLUMN_NUMBER, false, false},
    [IMPACT_RANGE] = {"impact_range", "Range", POINTS, "Penalty and reward together.", 2, COLUMN_NUMBER, false, false},
    [IMPACT_ASYMMETRY] = {"impact_asymmetry", "Asymmetry", "−1 to 1", "−1 it only annoys … 1 it only delights.", 2, COLUMN_NUMBER,
                          false, false},
    [VERDICT] = {"verdict", "Verdict", "",
                 "moment_of_truth: a penalty or reward is shown, and it is in front in at least four of five samples; else "
                 "not_shown.",
                 0, COLUMN_WORD, true, false},
};

#define IN_FRONT 0.8

/* Penalty, reward and what they make together.
 * gives   is one of them shown: penalty below 0, or reward above 0? */
static bool fill_contrast(const struct measuring *measuring, const struct truth_moment *moment, struct value *values)
{
    const struct impact_contrast *contrast = &moment->contrast;
    enum undefined undefined = contrast->undefined ? contrast->undefined : moment->fit.undefined;
    if (undefined) {
        values_blank(values + PENALTY, IMPACT_ASYMMETRY - PENALTY + 1, reason_of(undefined));
        return false;
    }
    struct impact impact = impact_of(contrast->penalty, contrast->reward);
    values[PENALTY] = value_number(contrast->penalty);
    values[REWARD] = value_number(contrast->reward);
    values[IMPACT_RANGE] = value_number(impact.range);
    values[IMPACT_ASYMMETRY] = value_of(impact.asymmetry_undefined, impact.asymmetry);
    undefined = contrast->error_undefined;
    if (!undefined && !(moment->fit.df > 0))
        undefined = UNDEFINED_TOO_FEW;
    if (undefined) {
        values_blank(values + PENALTY_LOW, 2, reason_of(undefined));
        values_blank(values + REWARD_LOW, 2, reason_of(undefined));
        return false;
    }
    struct interval penalty =
        contrast_interval(contrast->penalty, contrast->penalty_variance, moment->fit.df, measuring->confidence);
    struct interval reward =
        contrast_interval(contrast->reward, contrast->reward_variance, moment->fit.df, measuring->confidence);
    values[PENALTY_LOW] = value_number(penalty.low);
    values[PENALTY_HIGH] = value_number(penalty.high);
    values[REWARD_LOW] = value_number(reward.low);
    values[REWARD_HIGH] = value_number(reward.high);
    return penalty.high < 0 || reward.low > 0;
}

/* The cells of one moment that is compared. */
static void fill_moment(const struct measuring *measuring, const struct truth_moments *truth, const struct truth_moment *moment,
                        struct value *values)
{
    const struct scale *scale = journey_scale(measuring->pairs->study);
    values[N] = value_count(truth->matrix.rows);
    values[RATING] = truth->matrix.rows ? value_number(scale_value(scale, 1) + decimal_to_double(scale->step) * moment->mean)
                                        : value_blank(REASON_TOO_FEW);
    values[IMPORTANCE] = value_of(truth->undefined, 100 * moment->share);
    values[LMG] = value_of(truth->undefined, moment->lmg);
    values[RANK] = truth->undefined ? value_blank(reason_of(truth->undefined)) : value_count(moment->rank);
    values[TOP_SHARE] = truth->top_blank ? value_blank(truth->top_blank) : value_of(truth->undefined, moment->top_share);
    bool shown = fill_contrast(measuring, moment, values);
    if (values[TOP_SHARE].kind == VALUE_NUMBER && values[PENALTY].kind == VALUE_NUMBER)
        values[VERDICT] = value_text(shown && moment->top_share >= IN_FRONT ? "moment_of_truth" : "not_shown");
    else
        values[VERDICT] = values[TOP_SHARE].kind == VALUE_NUMBER ? values[PENALTY] : values[TOP_SHARE];
}

/* The moment of a touchpoint among those compared; NULL when it is not. */
static const struct truth_moment *moment_find(const struct truth_moments *truth, uint32_t touchpoint)
{
    for (uint32_t m = 0; m < truth->count; m++) {
        if (truth->moments[m].touchpoint == touchpoint)
            return &truth->moments[m];
    }
    return NULL;
}

/* The rows of one group, a touchpoint each.
 * takes   room   whose memory is given back in the end
 * gives   truth  what the notes need of it
 * fails   STATUS_MEMORY, STATUS_CANCELLED */
static enum status group_rows(struct ctx *ctx, struct ctx *room, const struct measuring *measuring, struct table *table,
                              uint32_t group, struct truth_moments *truth)
{
    const struct touchpoint_choice *choice = truth->choice;
    enum status found = truth_moments_find(room, measuring, &measuring->set->groups[group], choice, truth);
    if (found)
        return found;
    for (uint32_t c = 0; c < choice->count; c++) {
        uint32_t t = choice->touchpoints[c];
        struct row *row = NULL;
        enum status status = group_row_add(ctx, measuring, table, group, c, &row);
        if (status)
            return status;
        const struct truth_moment *moment = moment_find(truth, t);
        row->values[TOUCHPOINT] = value_text(measuring->pairs->answers->touchpoint_names[t]);
        values_blank(row->values + N, COLUMNS - N, truth->blank ? truth->blank : REASON_TOO_FEW);
        row->support = truth->matrix.respondents;
        if (truth->blank)
            continue;
        row->values[RATERS] = value_count(truth->raters[t]);
        if (moment)
            fill_moment(measuring, truth, moment, row->values);
    }
    return STATUS_OK;
}

/* What the table must say.
 * fails   STATUS_MEMORY */
static enum status truth_notes(struct ctx *ctx, const struct measuring *measuring, struct table *table,
                               const struct truth_moments *all)
{
    const struct note_word most[] = {note_count("most", MOMENTS_COMPARED), {.name = NULL}};
    enum status status = table_add_note(ctx, table, "note.moments.compared", most);
    if (!status && all->apart && !table->by_count)
        status = table_add_note(ctx, table, "note.moments.apart", NULL);
    if (!status && all->many_failed && !table->by_count)
        status = table_add_note(ctx, table, "note.moments.failed", NULL);
    return status ? status : design_notes(ctx, measuring, table);
}

/* One row per group and touchpoint.
 * blank   moments are not rated -> not_asked; rated by too few -> too_few; moments that follow from each other -> singular
 * source  [F83, F35, F43] */
static enum status moment_of_truth_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    struct touchpoint_choice choice;
    struct truth_moments last = {.choice = &choice};
    enum status status = touchpoints_choose(ctx, measuring, TOUCHPOINTS_LOOKED_AT, &choice);
    table->needs_whole_model = true;
    table->parameters = MOMENTS_COMPARED + 1;
    for (uint32_t g = 0; g < measuring->set->group_count && !status; g++) {
        struct ctx room;
        status = room_open(ctx, &room);
        if (!status)
            status = room_close(ctx, &room, group_rows(ctx, &room, measuring, table, g, &last));
    }
    if (!status)
        status = touchpoints_note(ctx, &choice, table);
    return status ? status : truth_notes(ctx, measuring, table, &last);
}

const struct measure measure_moment_of_truth = {
    .name = "moment_of_truth",
    .title = "Moments of truth",
    .meaning = "Which moments of the journey count most for the satisfaction that is remembered, how sure their rank is, and "
               "whether they only annoy or can delight.",
    .formula = "F83, F35, F43, F44, F25",
    .source = "The index is ours; Lindeman, Merenda & Gold 1980; Brandt 1987; Efron 1979",
    .example = "gapmeter analyze log.csv --study study.json --table moment_of_truth",
    .needs = NEED_CASES,
    .outcome_roles = 1u << OUTCOME_ROLE_SATISFACTION,
    .journeys = true,
    .minimum_n = 4,
    .by_default = true,
    .order = 224,
    .columns = columns,
    .column_count = COLUMNS,
    .run = moment_of_truth_run,
};
