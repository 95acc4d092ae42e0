/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "measure/delight/delight_resampling.h"
#include "measure/delight/zone_kinds.h"
#include "measure/family.h"
#include "measure/mean_error.h"
#include "numeric/distribution.h"
#include "numeric/wilson.h"

enum {
    ITEM,
    DIMENSION,
    OUTCOME,
    N,
    DELIGHT_SHARE,
    SERVICE_SHARE,
    FAILURE_SHARE,
    LIFT,
    LOSS,
    KIND,
    DELIGHT_SHARE_LOW,
    DELIGHT_SHARE_HIGH,
    SERVICE_SHARE_LOW,
    SERVICE_SHARE_HIGH,
    FAILURE_SHARE_LOW,
    FAILURE_SHARE_HIGH,
    OTHER_SHARE,
    N_INVERTED,
    N_OUTCOME,
    MEAN_DELIGHT,
    MEAN_SERVICE,
    MEAN_FAILURE,
    LIFT_CI_LOW,
    LIFT_CI_HIGH,
    LIFT_P,
    LIFT_P_HOLM,
    LOSS_CI_LOW,
    LOSS_CI_HIGH,
    LOSS_P,
    LOSS_P_HOLM,
    COLUMNS
};

#define SHARE  "share"
#define POINTS "points of the outcome"
static const struct column columns[COLUMNS] = {
    [ITEM] = {"item", "Item", "", "The item.", 0, COLUMN_KEY, true, false},
    [DIMENSION] = {"dimension", "Dimension", "", "The dimension it belongs to.", 0, COLUMN_KEY, false, false},
    [OUTCOME] = {"outcome", "Outcome", "", "The outcome that the three are compared by.", 0, COLUMN_KEY, false, false},
    [N] = {"n", "n", "encounters", "Encounters that answered all three standards, without the inverted ones.", 0, COLUMN_COUNT,
           true, false},
    [DELIGHT_SHARE] = {"delight_share", "Delight", SHARE, "Share who got at least one point more than they wished for.", 2,
                       COLUMN_NUMBER, true, true},
    [SERVICE_SHARE] = {"service_share", "Service", SHARE, "Share who got what they accept, and no more than they wish for.", 2,
                       COLUMN_NUMBER, true, true},
    [FAILURE_SHARE] = {"failure_share", "Failure", SHARE, "Share who got less than they accept.", 2, COLUMN_NUMBER, true, true},
    [LIFT] = {"lift", "Lift", POINTS, "Mean outcome with delight less that with service.", 2, COLUMN_NUMBER, true, false},
    [LOSS] = {"loss", "Loss", POINTS, "Mean outcome with failure less that with service.", 2, COLUMN_NUMBER, true, false},
    [KIND] = {"kind", "Kind", "",
              "basic: only the loss is shown; delight: only the lift is; performance: both are; none: neither; allowing for the "
              "number of items.",
              0, COLUMN_WORD, true, false},
    [DELIGHT_SHARE_LOW] = {"delight_share_low", "Low", SHARE, "Lower end of its interval.", 2, COLUMN_NUMBER, false, true},
    [DELIGHT_SHARE_HIGH] = {"delight_share_high", "High", SHARE, "Upper end of its interval.", 2, COLUMN_NUMBER, false, true},
    [SERVICE_SHARE_LOW] = {"service_share_low", "Low", SHARE, "Lower end of its interval.", 2, COLUMN_NUMBER, false, true},
    [SERVICE_SHARE_HIGH] = {"service_share_high", "High", SHARE, "Upper end of its interval.", 2, COLUMN_NUMBER, false, true},
    [FAILURE_SHARE_LOW] = {"failure_share_low", "Low", SHARE, "Lower end of its interval.", 2, COLUMN_NUMBER, false, true},
    [FAILURE_SHARE_HIGH] = {"failure_share_high", "High", SHARE, "Upper end of its interval.", 2, COLUMN_NUMBER, false, true},
    [OTHER_SHARE] = {"other_share", "Rest", SHARE, "Share who got more than they wished for, but by less than one point.", 2,
                     COLUMN_NUMBER, false, true},
    [N_INVERTED] = {"n_inverted", "Inverted", "encounters", "Encounters whose minimum is above the desired level, left out.", 0,
                    COLUMN_COUNT, false, true},
    [N_OUTCOME] = {"n_outcome", "n", "encounters", "Encounters in the comparison of the outcome.", 0, COLUMN_COUNT, false, true},
    [MEAN_DELIGHT] = {"mean_delight", "With delight", POINTS, "Mean outcome of those who were delighted.", 2, COLUMN_NUMBER,
                      false, true},
    [MEAN_SERVICE] = {"mean_service", "With service", POINTS, "Mean outcome of those who got service.", 2, COLUMN_NUMBER, false,
                      true},
    [MEAN_FAILURE] = {"mean_failure", "With failure", POINTS, "Mean outcome of those who met failure.", 2, COLUMN_NUMBER, false,
                      true},
    [LIFT_CI_LOW] = {"lift_ci_low", "Low", POINTS, "Lower end of the interval of the lift.", 2, COLUMN_NUMBER, false, false},
    [LIFT_CI_HIGH] = {"lift_ci_high", "High", POINTS, "Upper end of the interval of the lift.", 2, COLUMN_NUMBER, false, false},
    [LIFT_P] = {"lift_p", "p", "probability", "Two-sided p of no lift.", 3, COLUMN_NUMBER, false, false},
    [LIFT_P_HOLM] = {"lift_p_holm", "p, all rows", "probability", "The same, adjusted for all rows of the group (Holm).", 3,
                     COLUMN_NUMBER, false, false},
    [LOSS_CI_LOW] = {"loss_ci_low", "Low", POINTS, "Lower end of the interval of the loss.", 2, COLUMN_NUMBER, false, false},
    [LOSS_CI_HIGH] = {"loss_ci_high", "High", POINTS, "Upper end of the interval of the loss.", 2, COLUMN_NUMBER, false, false},
    [LOSS_P] = {"loss_p", "p", "probability", "Two-sided p of no loss.", 3, COLUMN_NUMBER, false, false},
    [LOSS_P_HOLM] = {"loss_p_holm", "p, all rows", "probability", "The same, adjusted for all rows of the group (Holm).", 3,
                     COLUMN_NUMBER, false, false},
};

/* A share of the encounters that are not inverted, and Wilson's interval.
 * blank   clusters, strata: its error is not counted -> clustered, stratified */
static void fill_share(const struct measuring *measuring, const struct zone_item *item, enum zone_kind kind, double all,
                       struct value *share, struct value ends[2])
{
    double part = item->weights[kind] / all;
    *share = value_number(part);
    if (design_blank(measuring)) {
        values_blank(ends, 2, design_blank(measuring));
        return;
    }
    struct interval interval;
    enum undefined undefined = wilson_interval(part, all * all / item->squares, measuring->confidence, &interval);
    ends[0] = value_of(undefined, interval.low);
    ends[1] = value_of(undefined, interval.high);
}

/* The three shares and the rest. */
static void fill_shares(const struct measuring *measuring, const struct zone_item *item, struct value *values)
{
    double all = 0;
    uint64_t n = 0;
    for (enum zone_kind k = ZONE_FAILURE; k <= ZONE_OTHER; k++) {
        all += item->weights[k];
        n += item->counts[k];
    }
    values[N] = value_count(n);
    fill_share(measuring, item, ZONE_DELIGHT, all, &values[DELIGHT_SHARE], values + DELIGHT_SHARE_LOW);
    fill_share(measuring, item, ZONE_SERVICE, all, &values[SERVICE_SHARE], values + SERVICE_SHARE_LOW);
    fill_share(measuring, item, ZONE_FAILURE, all, &values[FAILURE_SHARE], values + FAILURE_SHARE_LOW);
    values[OTHER_SHARE] = value_number(item->weights[ZONE_OTHER] / all);
}

/* One difference of the outcome from that of service: interval and p.
 * blank   constant within the three -> no_variance; few clusters: no p */
static void fill_difference(const struct measuring *measuring, const struct zone_item *item, double estimate, double variance,
                            struct value cells[3])
{
    if (item->error_blank || !(variance > 0)) {
        values_blank(cells, 3, item->error_blank ? item->error_blank : REASON_NO_VARIANCE);
        return;
    }
    struct interval interval = contrast_interval(estimate, variance, item->fit.df, measuring->confidence);
    cells[0] = value_number(interval.low);
    cells[1] = value_number(interval.high);
    cells[2] =
        item->few_units ? value_blank(REASON_FEW_CLUSTERS) : value_number(t_two_sided(estimate / sqrt(variance), item->fit.df));
}

/* What the outcome says. */
static void fill_outcome(const struct measuring *measuring, const struct zone_item *item, struct value *values)
{
    static const unsigned means[ZONE_OTHER] = {MEAN_FAILURE, MEAN_SERVICE, MEAN_DELIGHT};
    values[N_OUTCOME] = value_count(item->outcome_n);
    if (item->outcome_blank)
        return;
    for (size_t k = 0; k < ZONE_OTHER; k++)
        values[means[k]] = value_number(item->means[k]);
    values[LIFT] = value_number(item->contrast.reward);
    values[LOSS] = value_number(item->contrast.penalty);
    fill_difference(measuring, item, item->contrast.reward, item->contrast.reward_variance, values + LIFT_CI_LOW);
    fill_difference(measuring, item, item->contrast.penalty, item->contrast.penalty_variance, values + LOSS_CI_LOW);
    enum reason unknown = item->few_units ? REASON_FEW_CLUSTERS : values[LIFT_P].reason;
    values[KIND] = service_word(zone_service(item, zone_alpha(measuring)), unknown);
}

/* One row: one item of one group. */
static enum status row_make(struct ctx *ctx, const struct measuring *measuring, struct table *table, uint32_t group,
                            uint32_t index, uint32_t outcome)
{
    struct zone_item item;
    struct row *row = NULL;
    enum status status = zone_item_find(ctx, measuring, &measuring->set->groups[group], index, outcome, &item);
    if (!status)
        status = item_row_add(ctx, measuring, table, group, index, &row);
    if (status)
        return status;
    row->support = item.respondents;
    if (item.outcome_n && item.outcome_respondents < row->support)
        row->support = item.outcome_respondents;
    struct value *values = row->values;
    if (item.blank || item.outcome_blank)
        values_blank(values + N, COLUMNS - N, item.blank ? item.blank : item.outcome_blank);
    bool compared = outcome != UINT32_MAX;
    values[OUTCOME] =
        compared ? value_text(measuring->pairs->study->columns.outcomes[outcome].name) : value_blank(REASON_NOT_ASKED);
    if (item.blank != REASON_NOT_ASKED)
        values[N_INVERTED] = value_count(item.counts[ZONE_INVERTED]);
    if (item.blank)
        return STATUS_OK;
    fill_shares(measuring, &item, values);
    if (compared)
        fill_outcome(measuring, &item, values);
    return STATUS_OK;
}

/* One row per group and item.
 * blank   nobody answered all three standards -> no_pairs; failure, service or delight too thin for a comparison -> too_few
 * source  [F46] */
static enum status zone_delight_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    uint32_t outcome = UINT32_MAX;
    if (!outcome_of_loyalty(measuring->pairs->study, &outcome))
        outcome = UINT32_MAX;
    enum status status = STATUS_OK;
    for (uint32_t g = 0; g < measuring->set->group_count; g++) {
        for (uint32_t i = 0; i < measuring->pairs->study->item_count && !status; i++)
            status = row_make(ctx, measuring, table, g, i, outcome);
    }
    if (!status)
        status = family_adjust(ctx, table, LIFT_P, LIFT_P_HOLM);
    if (!status)
        status = family_adjust(ctx, table, LOSS_P, LOSS_P_HOLM);
    const struct note_word fewest[] = {
        note_count("fewest", LEVEL_FEWEST), note_number("percent", 100 * LEVEL_FEWEST_SHARE, 0), {.name = NULL}};
    if (!status)
        status = table_add_note(ctx, table, "note.zone_delight.bands", NULL);
    if (!status && outcome != UINT32_MAX)
        status = table_add_note(ctx, table, "note.zone_delight.differences", fewest);
    return status ? status : design_notes(ctx, measuring, table);
}

const struct measure measure_zone_delight = {
    .name = "zone_delight",
    .title = "Failure, service and delight",
    .meaning = "How many customers got less than they accept, what they accept, or more than they wish for, and how loyal each "
               "of the three are: whether it pays to delight, or to stop failing.",
    .formula = "F46, F29, F26",
    .source = "our own, from the zone of tolerance of Parasuraman, Zeithaml & Berry 1994",
    .example = "gapmeter analyze answers.csv --study study.json --table zone_delight",
    .needs = NEED_CASES,
    .standards = 1u << STANDARD_PERCEPTION | 1u << STANDARD_DESIRED | 1u << STANDARD_MINIMUM,
    .minimum_n = 2,
    .columns = columns,
    .column_count = COLUMNS,
    .run = zone_delight_run,
    .resample = zone_delight_resample,
};
