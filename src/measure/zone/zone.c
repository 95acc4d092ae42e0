/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/family.h"
#include "measure/mean_error.h"
#include "measure/zone/zone_resampling.h"
#include "numeric/distribution.h"
#include "numeric/ratio_interval.h"

enum {
    ITEM,
    DIMENSION,
    N,
    MEAN_MINIMUM,
    MEAN_DESIRED,
    MEAN_PERCEPTION,
    ADEQUACY,
    ADEQUACY_CI_LOW,
    ADEQUACY_CI_HIGH,
    SUPERIORITY,
    SUPERIORITY_CI_LOW,
    SUPERIORITY_CI_HIGH,
    ZONE_WIDTH,
    ZONE_POSITION,
    INVERSIONS,
    STATUS,
    ZONE_POSITION_LOW,
    ZONE_POSITION_HIGH,
    INVERSION_SHARE,
    ADEQUACY_P,
    ADEQUACY_P_HOLM,
    SUPERIORITY_P,
    SUPERIORITY_P_HOLM,
    N_INCOMPLETE,
    COLUMNS
};

#define POINTS "scale points"
static const struct column columns[COLUMNS] = {
    [ITEM] = {"item", "Item", "", "The item.", 0, COLUMN_KEY, true, false},
    [DIMENSION] = {"dimension", "Dimension", "", "The dimension it belongs to.", 0, COLUMN_KEY, false, false},
    [N] = {"n", "n", "encounters", "Encounters with an answer on every standard that was asked.", 0, COLUMN_COUNT, false, false},
    [MEAN_MINIMUM] = {"mean_minimum", "Minimum", POINTS, "Mean of what customers would just accept.", 2, COLUMN_NUMBER, true,
                      false},
    [MEAN_DESIRED] = {"mean_desired", "Desired", POINTS, "Mean of what customers wish for.", 2, COLUMN_NUMBER, true, false},
    [MEAN_PERCEPTION] = {"mean_perception", "Got", POINTS, "Mean of what customers got.", 2, COLUMN_NUMBER, true, false},
    [ADEQUACY] = {"adequacy", "Adequacy", POINTS, "Mean of perception − minimum: below 0 is worse than customers accept.", 2,
                  COLUMN_NUMBER, true, false},
    [ADEQUACY_CI_LOW] = {"adequacy_ci_low", "Low", POINTS, "Lower end of its interval.", 2, COLUMN_NUMBER, false, false},
    [ADEQUACY_CI_HIGH] = {"adequacy_ci_high", "High", POINTS, "Upper end of its interval.", 2, COLUMN_NUMBER, false, false},
    [SUPERIORITY] = {"superiority", "Superiority", POINTS, "Mean of perception − desired: above 0 is better than wished for.", 2,
                     COLUMN_NUMBER, true, false},
    [SUPERIORITY_CI_LOW] = {"superiority_ci_low", "Low", POINTS, "Lower end of its interval.", 2, COLUMN_NUMBER, false, false},
    [SUPERIORITY_CI_HIGH] = {"superiority_ci_high", "High", POINTS, "Upper end of its interval.", 2, COLUMN_NUMBER, false, false},
    [ZONE_WIDTH] = {"zone_width", "Width", POINTS, "Mean of desired − minimum.", 2, COLUMN_NUMBER, false, false},
    [ZONE_POSITION] = {"zone_position", "Position", "percent of the zone",
                       "0 at the minimum, 100 at the desired level; from the means.", 0, COLUMN_NUMBER, false, false},
    [INVERSIONS] = {"inversions", "Inversions", "encounters", "Answers whose minimum is above the desired level.", 0,
                    COLUMN_COUNT, false, true},
    [STATUS] = {"status", "Status", "",
                "inverted, below, below_desired, above, within, at_least_minimum or uncertain, adjusted for all rows.", 0,
                COLUMN_WORD, true, false},
    [ZONE_POSITION_LOW] = {"zone_position_low", "Low", "percent of the zone",
                           "Lower end of the interval of the position (Fieller).", 0, COLUMN_NUMBER, false, false},
    [ZONE_POSITION_HIGH] = {"zone_position_high", "High", "percent of the zone",
                            "Upper end of the interval of the position (Fieller).", 0, COLUMN_NUMBER, false, false},
    [INVERSION_SHARE] = {"inversion_share", "Inverted", "share", "Share of answers whose minimum is above the desired level.", 2,
                         COLUMN_NUMBER, false, true},
    [ADEQUACY_P] = {"adequacy_p", "p", "probability", "Two-sided p of the adequacy being 0.", 3, COLUMN_NUMBER, false, false},
    [ADEQUACY_P_HOLM] = {"adequacy_p_holm", "p, all rows", "probability",
                         "The same, adjusted for all rows of the table, by segment of the group (Holm).", 3, COLUMN_NUMBER, false,
                         false},
    [SUPERIORITY_P] = {"superiority_p", "p", "probability", "Two-sided p of the superiority being 0.", 3, COLUMN_NUMBER, false,
                       false},
    [SUPERIORITY_P_HOLM] = {"superiority_p_holm", "p, all rows", "probability",
                            "The same, adjusted for all rows of the table, by segment of the group (Holm).", 3, COLUMN_NUMBER,
                            false, false},
    [N_INCOMPLETE] = {"n_incomplete", "Incomplete", "encounters", "Encounters that answered some of the standards, but not all.",
                      0, COLUMN_COUNT, false, true},
};

/* The exact sums of the complete answers to one item. */
struct zone_sums {
    bool has_minimum, has_desired; /* asked of this item */
    struct exact_sums minimum, desired, perception, adequacy, superiority, width;
    struct weight_sum all, inverted;
    uint64_t incomplete;
    bool overflow;
};

/* Adds one cell in which every standard that was asked is answered. */
static void zone_add(struct zone_sums *sums, const struct joint_cell *cell)
{
    struct exact_weight weight = exact_weight_of(&cell->sum);
    int64_t minimum = (int64_t)cell->code[0] - 1, desired = (int64_t)cell->code[1] - 1, perception = (int64_t)cell->code[2] - 1;
    weight_sum_add(&sums->all, &cell->sum);
    exact_sums_add(&sums->perception, &weight, perception, &sums->overflow);
    if (sums->has_minimum) {
        exact_sums_add(&sums->minimum, &weight, minimum, &sums->overflow);
        exact_sums_add(&sums->adequacy, &weight, perception - minimum, &sums->overflow);
    }
    if (sums->has_desired) {
        exact_sums_add(&sums->desired, &weight, desired, &sums->overflow);
        exact_sums_add(&sums->superiority, &weight, perception - desired, &sums->overflow);
    }
    if (sums->has_minimum && sums->has_desired) {
        exact_sums_add(&sums->width, &weight, desired - minimum, &sums->overflow);
        if (minimum > desired)
            weight_sum_add(&sums->inverted, &cell->sum);
    }
}

/* All means come from one sample: the answers that are complete on every standard asked. */
static void zone_sums_find(const struct study *study, uint32_t item, const struct joint *joint, struct zone_sums *sums)
{
    *sums = (struct zone_sums){.has_minimum = study_asks(study, STANDARD_MINIMUM, item),
                               .has_desired = study_asks(study, STANDARD_DESIRED, item)};
    for (size_t i = 0; i < joint->cell_count; i++) {
        const struct joint_cell *cell = &joint->cells[i];
        bool complete = cell->code[2] && (cell->code[0] || !sums->has_minimum) && (cell->code[1] || !sums->has_desired);
        if (complete)
            zone_add(sums, cell);
        else
            sums->incomplete += cell->sum.n;
    }
}

/* A mean, or why there is none. */
static struct value mean_value(bool asked, const struct exact_sums *sums, const struct exact_unit *unit)
{
    if (!asked)
        return value_blank(REASON_NOT_ASKED);
    double mean = 0;
    enum undefined undefined = exact_mean(sums, unit, &mean);
    return value_of(undefined, mean);
}

/* One distance from an edge of the zone: mean, interval and p, in that order at `at`, p at `p`. */
static void fill_distance(const struct measuring *measuring, const struct joint *joint, unsigned which,
                          const struct exact_sums *sums, struct value *values)
{
    unsigned at = which ? SUPERIORITY : ADEQUACY, p = which ? SUPERIORITY_P : ADEQUACY_P;
    struct exact_unit unit = difference_unit(joint->scale, 1);
    values[at] = mean_value(true, sums, &unit);
    struct mean_error error;
    mean_error_find(measuring, sums, &joint->difference[which], &unit, &error);
    struct mean_cells cells = mean_cells_of(values[at].number, &error, measuring->confidence);
    values[at + 1] = cells.low;
    values[at + 2] = cells.high;
    values[p] = cells.p;
}

/* Fieller's interval of the position. The covariance follows from the three squared errors, since
 * perception − desired = (perception − minimum) − (desired − minimum).
 * blank   the error of the width is not counted within clusters or strata -> clustered, stratified; the zone may have no width ->
 *         zone_too_narrow
 * source  [F10] */
static void fill_position_interval(const struct measuring *measuring, const struct zone_sums *sums, struct value ends[2])
{
    enum reason unknown = sums->all.n < 2 ? REASON_TOO_FEW : design_blank(measuring);
    if (unknown) {
        values_blank(ends, 2, unknown);
        return;
    }
    const struct exact_unit step = {.step = {.units = 1}, .divisor = 1};
    struct mean_error adequacy, superiority, width;
    mean_error_find(measuring, &sums->adequacy, NULL, &step, &adequacy);
    mean_error_find(measuring, &sums->superiority, NULL, &step, &superiority);
    mean_error_find(measuring, &sums->width, NULL, &step, &width);
    struct ratio_parts parts = {.numerator_variance = adequacy.se * adequacy.se, .denominator_variance = width.se * width.se};
    parts.covariance = (parts.numerator_variance + parts.denominator_variance - superiority.se * superiority.se) / 2;
    enum reason blank = adequacy.blank ? adequacy.blank : width.blank;
    if (blank) {
        values_blank(ends, 2, blank);
        return;
    }
    enum undefined undefined = exact_mean(&sums->adequacy, &step, &parts.numerator);
    if (!undefined)
        undefined = exact_mean(&sums->width, &step, &parts.denominator);
    struct interval interval = {0};
    if (!undefined)
        undefined = fieller_interval(&parts, t_quantile_upper((1 - measuring->confidence) / 2, (double)width.df), &interval);
    if (undefined == UNDEFINED_UNBOUNDED) {
        values_blank(ends, 2, REASON_ZONE_TOO_NARROW);
        return;
    }
    ends[0] = value_of(undefined, 100 * interval.low);
    ends[1] = value_of(undefined, 100 * interval.high);
}

/* Width, position and inversions, for items asked on both edges. */
static void fill_zone(const struct measuring *measuring, const struct zone_sums *sums, const struct exact_unit *unit,
                      struct value *values)
{
    values[ZONE_WIDTH] = mean_value(true, &sums->width, unit);
    values[INVERSIONS] = value_count(sums->inverted.n);
    values[INVERSION_SHARE] = share_of(&sums->inverted, &sums->all);
    if (wide_sign(sums->width.wx) <= 0) {
        values[ZONE_POSITION] = values[ZONE_POSITION_LOW] = values[ZONE_POSITION_HIGH] = value_blank(REASON_ZONE_TOO_NARROW);
        return;
    }
    bool overflow = false;
    struct wide hundredfold = wide_multiply(sums->adequacy.wx, wide_from(100), &overflow);
    values[ZONE_POSITION] = overflow ? value_blank(REASON_OVERFLOW) : value_number(wide_ratio(hundredfold, sums->width.wx));
    fill_position_interval(measuring, sums, &values[ZONE_POSITION_LOW]);
}

/* The figures of one item; p-values and status wait for the whole table. */
static void fill_item(const struct measuring *measuring, const struct joint *joint, const struct zone_sums *sums,
                      struct value *values)
{
    values[N] = value_count(sums->all.n);
    values[N_INCOMPLETE] = value_count(sums->incomplete);
    if (sums->all.n == 0 || sums->overflow) {
        values_blank(values + MEAN_MINIMUM, N_INCOMPLETE - MEAN_MINIMUM, sums->overflow ? REASON_OVERFLOW : REASON_NO_PAIRS);
        return;
    }
    values_blank(values + MEAN_MINIMUM, N_INCOMPLETE - MEAN_MINIMUM, REASON_NOT_ASKED);
    struct exact_unit score = score_unit(joint->scale, 1), difference = difference_unit(joint->scale, 1);
    values[MEAN_MINIMUM] = mean_value(sums->has_minimum, &sums->minimum, &score);
    values[MEAN_DESIRED] = mean_value(sums->has_desired, &sums->desired, &score);
    values[MEAN_PERCEPTION] = mean_value(true, &sums->perception, &score);
    if (sums->has_minimum)
        fill_distance(measuring, joint, 0, &sums->adequacy, values);
    if (sums->has_desired)
        fill_distance(measuring, joint, 1, &sums->superiority, values);
    if (sums->has_minimum && sums->has_desired)
        fill_zone(measuring, sums, &difference, values);
}

/* One row: one item of one group. */
static enum status row_make(struct ctx *ctx, const struct measuring *measuring, struct table *table, uint32_t group,
                            uint32_t item)
{
    const struct study *study = measuring->pairs->study;
    const struct joint *joint = &measuring->set->groups[group].zones[item];
    struct row *row = NULL;
    enum status status = item_row_add(ctx, measuring, table, group, item, &row);
    if (status)
        return status;
    row->support = joint->respondents;
    struct zone_sums sums;
    zone_sums_find(study, item, joint, &sums);
    if (study_asks(study, STANDARD_PERCEPTION, item) && (sums.has_minimum || sums.has_desired))
        fill_item(measuring, joint, &sums, row->values);
    else
        values_blank(row->values + N, COLUMNS - N, REASON_NOT_ASKED);
    return STATUS_OK;
}

/* −1, 0 or 1: is the distance shown to be below or above 0?
 * needs   p is a number */
static int direction(const struct value *mean, const struct value *p, double alpha)
{
    if (p->number >= alpha)
        return 0;
    return mean->number < 0 ? -1 : 1;
}

/* The status of one item from its adjusted p-values. An item whose zone is upside down is judged by nothing else;
 * only where no minimum was asked can it be below what is desired, since a zone lies below it by nature.
 * blank   a distance that was asked has no test -> its reason
 * source  [F12] */
static struct value status_of(const struct value *values, double alpha)
{
    if (values[ZONE_WIDTH].kind == VALUE_NUMBER && values[ZONE_WIDTH].number < 0)
        return value_text("inverted");
    const struct value *adequacy_p = &values[ADEQUACY_P_HOLM], *superiority_p = &values[SUPERIORITY_P_HOLM];
    bool adequacy_tested = adequacy_p->kind == VALUE_NUMBER, superiority_tested = superiority_p->kind == VALUE_NUMBER;
    if (!adequacy_tested && adequacy_p->reason != REASON_NOT_ASKED)
        return *adequacy_p;
    if (!superiority_tested && superiority_p->reason != REASON_NOT_ASKED)
        return *superiority_p;
    int adequacy = adequacy_tested ? direction(&values[ADEQUACY], adequacy_p, alpha) : 0;
    int superiority = superiority_tested ? direction(&values[SUPERIORITY], superiority_p, alpha) : 0;
    if (adequacy < 0)
        return value_text("below");
    if (superiority > 0)
        return value_text("above");
    if (superiority < 0 && !adequacy_tested)
        return value_text("below_desired");
    if (adequacy > 0)
        return value_text(superiority < 0 ? "within" : "at_least_minimum");
    return adequacy_tested || superiority_tested ? value_text("uncertain") : *adequacy_p;
}

/* Adjustments over the family, statuses and notes.
 * fails   STATUS_MEMORY */
static enum status zone_finish(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    enum status status = family_adjust(ctx, table, ADEQUACY_P, ADEQUACY_P_HOLM);
    if (!status)
        status = family_adjust(ctx, table, SUPERIORITY_P, SUPERIORITY_P_HOLM);
    for (uint32_t r = 0; r < table->row_count && !status; r++)
        table->rows[r].values[STATUS] = status_of(table->rows[r].values, 1 - measuring->confidence);
    if (!status)
        status = table_add_note(ctx, table, table->by_count ? "note.zone.family_groups" : "note.zone.family", NULL);
    if (!status && study_asks_any(measuring->pairs->study, STANDARD_MINIMUM) &&
        study_asks_any(measuring->pairs->study, STANDARD_DESIRED))
        status = table_add_note(ctx, table, "note.zone.inversions", NULL);
    return status ? status : design_notes(ctx, measuring, table);
}

/* One row per group and item.
 * blank   an edge that was not asked -> not_asked; otherwise as the gap tables
 * source  [F9–F12] */
static enum status zone_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    enum status status = STATUS_OK;
    for (uint32_t g = 0; g < measuring->set->group_count; g++) {
        for (uint32_t i = 0; i < measuring->pairs->study->item_count && !status; i++)
            status = row_make(ctx, measuring, table, g, i);
    }
    return status ? status : zone_finish(ctx, measuring, table);
}

const struct measure measure_zone = {
    .name = "zone",
    .title = "Zone of tolerance",
    .meaning =
        "Whether customers got at least what they would just accept (adequacy) and as much as they wish for (superiority), "
        "and where in between they stand.",
    .formula = "F9–F12, F20, F26",
    .source = "Parasuraman, Zeithaml & Berry 1994; Fieller 1954; inversions and screening: LibQUAL+; status: our own definition",
    .example = "gapmeter analyze answers.csv --study study.json --table zone",
    .needs = NEED_ZONES,
    .standards = 1u << STANDARD_PERCEPTION,
    .any_standards = 1u << STANDARD_DESIRED | 1u << STANDARD_MINIMUM,
    .minimum_n = 2,
    .by_default = true,
    .order = 50,
    .columns = columns,
    .column_count = COLUMNS,
    .run = zone_run,
    .resample = zone_resample,
};
