/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "measure/case_error.h"
#include "measure/loss/loss_strata.h"
#include "measure/working_room.h"

enum {
    SCOPE,
    ALLOWING_FOR,
    N,
    EXPOSURE,
    FRACTION,
    CI_LOW,
    CI_HIGH,
    CUSTOMERS_LOST,
    LOST_LOW,
    LOST_HIGH,
    VERDICT,
    RISK_RATIO,
    EXPOSED_RISK,
    UNEXPOSED_RISK,
    EXPOSED_LEFT,
    EXPOSED_STAYED,
    UNEXPOSED_LEFT,
    UNEXPOSED_STAYED,
    METHOD,
    REPLICATES,
    COLUMNS
};

#define LEAVERS_FOR_INTERVAL 10 /* among those without bad service */
#define CUSTOMERS            "customers"
static const struct column columns[COLUMNS] = {
    [SCOPE] = {"scope", "Scope", "", "crude, stratified, or adjusted for all there is (a logistic regression).", 0, COLUMN_KEY,
               true, false},
    [ALLOWING_FOR] = {"allowing_for", "Allowing for", "", "What customers also differ in, that the figure allows for.", 0,
                      COLUMN_KEY, true, false},
    [N] = {"n", "n", "encounters", "Encounters of which it is known whether they met bad service and whether they left.", 0,
           COLUMN_COUNT, true, false},
    [EXPOSURE] = {"exposure", "Bad service is", "",
                  "What counts as bad service: bad_service, complained, below_minimum or below_expectation.", 0, COLUMN_WORD,
                  true, false},
    [FRACTION] =
        {"fraction", "Share of losses", "share",
         "Share of those who left that goes with bad service: had all met the risk of the others, they would be fewer by "
         "this.",
         2, COLUMN_NUMBER, true, true},
    [CI_LOW] = {"ci_low", "Low", "share", "Lower end of its interval.", 2, COLUMN_NUMBER, true, true},
    [CI_HIGH] = {"ci_high", "High", "share", "Upper end of its interval.", 2, COLUMN_NUMBER, true, true},
    [CUSTOMERS_LOST] = {"customers_lost", "Lost", CUSTOMERS, "That share of the customers here who left.", 0, COLUMN_NUMBER, true,
                        true},
    [LOST_LOW] = {"lost_low", "Low", CUSTOMERS, "Lower end of its interval, not below 0.", 0, COLUMN_NUMBER, false, true},
    [LOST_HIGH] = {"lost_high", "High", CUSTOMERS, "Upper end of its interval, not below 0.", 0, COLUMN_NUMBER, false, true},
    [VERDICT] = {"verdict", "Verdict", "", "loss (shown), undecided, or none (no loss attributable).", 0, COLUMN_WORD, true,
                 true},
    [RISK_RATIO] = {"risk_ratio", "Risk ratio", "times", "How many times as often customers leave after bad service.", 2,
                    COLUMN_NUMBER, true, true},
    [EXPOSED_RISK] = {"exposed_risk", "Leave, bad", "share", "Share that left of those who met bad service.", 2, COLUMN_NUMBER,
                      false, true},
    [UNEXPOSED_RISK] = {"unexposed_risk", "Leave, other", "share", "Share that left of those who did not.", 2, COLUMN_NUMBER,
                        false, true},
    [EXPOSED_LEFT] = {"exposed_left", "Bad, left", CUSTOMERS, "Met bad service and left.", 0, COLUMN_COUNT, false, true},
    [EXPOSED_STAYED] = {"exposed_stayed", "Bad, stayed", CUSTOMERS, "Met bad service and stayed.", 0, COLUMN_COUNT, false, true},
    [UNEXPOSED_LEFT] = {"unexposed_left", "Other, left", CUSTOMERS, "Met no bad service and left.", 0, COLUMN_COUNT, false, true},
    [UNEXPOSED_STAYED] = {"unexposed_stayed", "Other, stayed", CUSTOMERS, "Met no bad service and stayed.", 0, COLUMN_COUNT,
                          false, true},
    [METHOD] = {"method", "Interval by", "", "Where the interval comes from: formula, linearised or bootstrap.", 0, COLUMN_WORD,
                false, false},
    [REPLICATES] = {"replicates", "Drawn", "samples", "Samples drawn again that had the figure.", 0, COLUMN_COUNT, false, false},
};

/* The cells that follow from a fraction and its interval: customers, and the verdict.
 * blank   a fraction of 0 or less -> no_loss */
static void fill_loss(const struct loss_cases *cases, double left_share, double fraction, struct value *values)
{
    double leavers = left_share * (double)cases->matrix.rows;
    bool interval = values[CI_LOW].kind == VALUE_NUMBER;
    values[FRACTION] = fraction > 0 ? value_number(fraction) : value_blank(REASON_NO_LOSS);
    values[CUSTOMERS_LOST] = fraction > 0 ? value_number(fraction * leavers) : value_blank(REASON_NO_LOSS);
    values[LOST_LOW] = interval ? value_number(fmax(0, values[CI_LOW].number) * leavers) : values[CI_LOW];
    values[LOST_HIGH] = interval ? value_number(fmax(0, values[CI_HIGH].number) * leavers) : values[CI_HIGH];
    if (fraction <= 0)
        values[VERDICT] = value_text("none");
    else if (interval)
        values[VERDICT] = value_text(values[CI_LOW].number > 0 ? "loss" : "undecided");
    else
        values[VERDICT] = values[CI_LOW];
}

/* The weighted share of a group that left. */
static double left_share_of(const struct exposure_table *table)
{
    double left = table->exposed_event + table->unexposed_event;
    return left / (left + table->exposed_none + table->unexposed_none);
}

/* The table in effective numbers: with weights (Σw)²/Σw² people in the same shares. */
static struct exposure_table effective_table(const struct loss_cases *cases, const struct exposure_table *table)
{
    double w = 0, ww = 0;
    for (size_t i = 0; i < cases->matrix.rows; i++) {
        double weight = cases->matrix.weights ? cases->matrix.weights[i] : 1;
        w += weight;
        ww += weight * weight;
    }
    double factor = w / ww;
    return (struct exposure_table){factor * table->exposed_event, factor * table->exposed_none, factor * table->unexposed_event,
                                   factor * table->unexposed_none};
}

/* The interval where people have weights, or come in clusters or strata: linearised.
 * fails   STATUS_MEMORY
 * source  [F84, F20] */
static enum status fill_linearised(struct ctx *ctx, const struct measuring *measuring, const struct loss_cases *cases,
                                   const struct exposure_table *table, double fraction, struct value *values)
{
    double *influences = arena_array(ctx->arena, cases->matrix.rows + 1, sizeof *influences);
    if (!influences)
        return ctx_no_memory(ctx);
    for (size_t i = 0; i < cases->matrix.rows; i++) {
        unsigned cell = loss_cell(cases, i);
        double weight = cases->matrix.weights ? cases->matrix.weights[i] : 1;
        influences[i] = weight * attributable_influence(table, cell < 2, cell % 2 == 0);
    }
    struct mean_error error;
    enum status status = case_error_find(ctx, measuring, &cases->matrix, influences, &error);
    enum reason blank = error.blank ? error.blank : error.test_blank;
    struct interval interval = {0, 0};
    if (!blank)
        interval = attributable_interval(fraction, error.se, measuring->confidence);
    values[CI_LOW] = blank ? value_blank(blank) : value_number(interval.low);
    values[CI_HIGH] = blank ? value_blank(blank) : value_number(interval.high);
    values[METHOD] = value_text("linearised");
    return status;
}

/* The counts of the four cells, as they are, whatever the weights. */
static void fill_counts(const struct loss_cases *cases, struct value *values)
{
    uint64_t counts[4] = {0};
    for (size_t i = 0; i < cases->matrix.rows; i++)
        counts[loss_cell(cases, i)]++;
    for (unsigned cell = 0; cell < 4; cell++)
        values[EXPOSED_LEFT + cell] = value_count(counts[cell]);
}

/* The crude row.
 * gives   *corrected  nobody unexposed left
 * fails   STATUS_MEMORY
 * source  [F84] */
static enum status fill_crude(struct ctx *ctx, const struct measuring *measuring, const struct loss_cases *cases,
                              struct value *values, bool *corrected)
{
    struct exposure_table table = loss_table(cases);
    fill_counts(cases, values);
    struct attributable_fraction loss = {.corrected = false};
    struct exposure_table effective = cases->matrix.rows ? effective_table(cases, &table) : table;
    enum undefined undefined = attributable_fraction(&effective, measuring->confidence, &loss);
    if (undefined) {
        values_blank(values + FRACTION, UNEXPOSED_RISK - FRACTION + 1, reason_of(undefined));
        return STATUS_OK;
    }
    *corrected = loss.corrected;
    values[RISK_RATIO] = value_number(loss.ratio);
    values[EXPOSED_RISK] = value_number(loss.exposed_risk);
    values[UNEXPOSED_RISK] = value_number(loss.unexposed_risk);
    values[CI_LOW] = value_number(loss.interval.low);
    values[CI_HIGH] = value_number(loss.interval.high);
    values[METHOD] = value_text("formula");
    enum status status = STATUS_OK;
    if (!loss.corrected && (cases->matrix.weights || design_blank(measuring)))
        status = fill_linearised(ctx, measuring, cases, &table, loss.fraction, values);
    else if (design_blank(measuring))
        values_blank(values + CI_LOW, 2, design_blank(measuring));
    fill_loss(cases, left_share_of(&table), loss.fraction, values);
    return status;
}

/* The cells of a loss that allows for something. */
static void fill_adjusted(const struct loss_cases *cases, const struct adjusted_loss *loss, struct value *values)
{
    if (loss->undefined) {
        enum undefined undefined = loss->undefined == UNDEFINED_UNBOUNDED ? UNDEFINED_TOO_FEW : loss->undefined;
        values_blank(values + FRACTION, VERDICT - FRACTION + 1, reason_of(undefined));
        if (loss->has_ratio)
            values[RISK_RATIO] = value_blank(reason_of(undefined));
        return;
    }
    struct exposure_table table = loss_table(cases);
    values[CI_LOW] = loss->interval_blank ? value_blank(loss->interval_blank) : value_number(loss->interval.low);
    values[CI_HIGH] = loss->interval_blank ? value_blank(loss->interval_blank) : value_number(loss->interval.high);
    values[METHOD] = value_text("bootstrap");
    values[REPLICATES] = value_count(loss->kept);
    if (loss->has_ratio)
        values[RISK_RATIO] = value_number(loss->ratio);
    fill_loss(cases, left_share_of(&table), loss->fraction, values);
}

/* What the rows of a table are made with. */
struct loss_rows {
    struct ctx *lasting; /* of the table; figures are found in memory that is given back */
    const struct measuring *measuring;
    struct table *table;
    uint32_t group;
    bool corrected, many_failed;
};

/* Which row of a group: the same number for the same thing in every table. */
struct loss_line {
    const char *scope, *allowing_for;
    uint32_t line;
};

/* The lines of a group: crude, captivity, each segment of the study, adjusted. */
static struct loss_line line_of(const struct study *study, const struct stratifier *stratifier)
{
    if (!stratifier)
        return (struct loss_line){"adjusted", NULL, study->columns.segment_count + 2};
    bool captivity = stratifier->segment == UINT32_MAX;
    return (struct loss_line){"stratified", stratifier->name, captivity ? 1 : stratifier->segment + 2};
}

/* A row with what is the same in all rows of a group.
 * fails   STATUS_MEMORY */
static enum status row_add(struct loss_rows *rows, const struct loss_cases *cases, struct loss_line line, struct row **out)
{
    enum status status = group_row_add(rows->lasting, rows->measuring, rows->table, rows->group, line.line, out);
    if (status)
        return status;
    (*out)->values[SCOPE] = value_text(line.scope);
    if (line.allowing_for)
        (*out)->values[ALLOWING_FOR] = value_text(line.allowing_for);
    (*out)->values[N] = value_count(cases->matrix.rows);
    (*out)->values[EXPOSURE] =
        cases->source == EXPOSURE_NONE ? value_blank(REASON_NOT_ASKED) : value_text(exposure_word(cases->source));
    (*out)->support = cases->support;
    return STATUS_OK;
}

/* The rows that allow for something: one for each stratifier, then one for all.
 * fails   STATUS_MEMORY, STATUS_CANCELLED */
static enum status adjusted_rows(struct ctx *ctx, struct loss_rows *rows, const struct loss_cases *cases)
{
    struct stratifiers stratifiers;
    enum status status = stratifiers_find(ctx, rows->measuring, cases, &stratifiers);
    for (uint32_t s = 0; s <= stratifiers.count && stratifiers.count && !status; s++) {
        bool all = s == stratifiers.count;
        struct adjusted_loss loss = {.kept = 0};
        struct row *row = NULL;
        struct loss_line line = line_of(rows->measuring->pairs->study, all ? NULL : &stratifiers.each[s]);
        status = row_add(rows, cases, line, &row);
        if (!status)
            status = all ? regression_loss(ctx, rows->measuring, cases, &stratifiers, &loss)
                         : stratified_loss(ctx, rows->measuring, cases, &stratifiers.each[s], &loss);
        if (status)
            return status;
        fill_adjusted(cases, &loss, row->values);
        rows->many_failed |= loss.many_failed;
    }
    return status;
}

/* Has an interval by the formula too few leavers to go by? Simulated: docs/coverage.md. */
static bool leavers_are_few(const struct table *table)
{
    for (uint32_t r = 0; r < table->row_count; r++) {
        const struct value *values = table->rows[r].values;
        if (values[CI_LOW].kind == VALUE_NUMBER && values[UNEXPOSED_LEFT].kind == VALUE_COUNT &&
            values[UNEXPOSED_LEFT].count < LEAVERS_FOR_INTERVAL)
            return true;
    }
    return false;
}

/* What the table must say about its figures.
 * fails   STATUS_MEMORY */
static enum status loss_notes(struct ctx *ctx, const struct loss_rows *rows)
{
    static const char *const keys[] = {
        [EXPOSURE_STATED] = "note.loss.stated",
        [EXPOSURE_COMPLAINT] = "note.loss.complaint",
        [EXPOSURE_BELOW_MINIMUM] = "note.loss.below_minimum",
        [EXPOSURE_BELOW_EXPECTATION] = "note.loss.below_expectation",
        [EXPOSURE_NONE] = "note.loss.nothing",
    };
    const struct note_word fewest[] = {note_count("fewest", LEAVERS_FOR_INTERVAL), {.name = NULL}};
    struct table *table = rows->table;
    enum status status = table_add_note(ctx, table, keys[exposure_find(rows->measuring->pairs->study, true)], NULL);
    if (!status)
        status = table_add_note(ctx, table, "note.loss.cause", NULL);
    if (!status && rows->corrected && !table->by_count)
        status = table_add_note(ctx, table, "note.loss.corrected", NULL);
    if (!status && rows->many_failed && !table->by_count)
        status = table_add_note(ctx, table, "note.loss.failed", NULL);
    if (!status && !table->by_count && leavers_are_few(table))
        status = table_add_note(ctx, table, "note.loss.few", fewest);
    return status ? status : design_notes(ctx, rows->measuring, table);
}

/* The rows of one group.
 * fails   STATUS_MEMORY, STATUS_CANCELLED */
static enum status group_rows(struct ctx *room, struct loss_rows *rows)
{
    struct loss_cases cases;
    struct row *row = NULL;
    enum status status = loss_cases_find(room, rows->measuring, &rows->measuring->set->groups[rows->group], &cases);
    if (!status)
        status = row_add(rows, &cases, (struct loss_line){"crude", NULL, 0}, &row);
    if (!status && cases.source == EXPOSURE_NONE)
        values_blank(row->values + FRACTION, UNEXPOSED_STAYED - FRACTION + 1, REASON_NOT_ASKED);
    else if (!status)
        status = fill_crude(room, rows->measuring, &cases, row->values, &rows->corrected);
    if (!status && cases.source != EXPOSURE_NONE)
        status = adjusted_rows(room, rows, &cases);
    return status;
}

/* One crude row per group, then one for each thing that customers also differ in, then one for all of these.
 * blank   nobody exposed, nobody unexposed, nobody left -> too_few; a fraction of 0 or less -> no_loss
 * source  [F84] */
static enum status attributable_loss_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    struct loss_rows rows = {.lasting = ctx, .measuring = measuring, .table = table};
    for (rows.group = 0; rows.group < measuring->set->group_count; rows.group++) {
        struct ctx room;
        enum status status = room_open(ctx, &room);
        if (!status)
            status = room_close(ctx, &room, group_rows(&room, &rows));
        if (status)
            return status;
    }
    return loss_notes(ctx, &rows);
}

const struct measure measure_attributable_loss = {
    .name = "attributable_loss",
    .title = "Customers lost with bad service",
    .meaning = "Of the customers who left, the share that would have stayed if those who met bad service had left no more often "
               "than the others; crude, and allowing for what customers also differ in.",
    .formula = "F84, F25",
    .source = "Levin 1953; Miettinen 1974; Walter 1976; Greenland & Drescher 1993; Mantel & Haenszel 1959",
    .example = "gapmeter analyze answers.csv --study study.json --table attributable_loss",
    .needs = NEED_CASES,
    .outcome_roles = 1u << OUTCOME_ROLE_LEFT,
    .minimum_n = 1,
    .by_default = true,
    .order = 210,
    .columns = columns,
    .column_count = COLUMNS,
    .run = attributable_loss_run,
};
