/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "measure/index/index_figures.h"
#include "measure/working_room.h"
#include "numeric/wilson.h"

enum {
    OUTCOME,
    N,
    VALUE,
    SE,
    CI_LOW,
    CI_HIGH,
    CUT,
    SATISFIED,
    BETWEEN,
    DISSATISFIED,
    MEAN,
    INDEX,
    INDEX_SE,
    INDEX_LOW,
    INDEX_HIGH,
    CHANGES
};
#define COLUMNS (CHANGES + CHANGE_COLUMNS)

#define PERCENT "percent of customers"
#define INDEXED "points of 100"
static const struct column columns[COLUMNS] = {
    [OUTCOME] = {"outcome", "Outcome", "", "The question: how satisfied they are.", 0, COLUMN_KEY, true, false},
    [N] = {"n", "n", "encounters", "Encounters with an answer.", 0, COLUMN_COUNT, true, false},
    [VALUE] = {"value", "Satisfied", PERCENT, "Customers whose answer is at least the cut.", 1, COLUMN_NUMBER, true, true},
    [SE] = {"se", "Error", PERCENT, "Standard error of it.", 1, COLUMN_NUMBER, false, true},
    [CI_LOW] = {"ci_low", "Low", PERCENT, "Lower end of its interval (Wilson).", 1, COLUMN_NUMBER, true, true},
    [CI_HIGH] = {"ci_high", "High", PERCENT, "Upper end of its interval (Wilson).", 1, COLUMN_NUMBER, true, true},
    [CUT] = {"cut", "From", "scale points", "The least answer that counts as satisfied: three quarters up the scale.", 0,
             COLUMN_NUMBER, true, false},
    [SATISFIED] = {"satisfied", "Satisfied", "share", "The same as a share.", 2, COLUMN_NUMBER, false, true},
    [BETWEEN] = {"between", "Between", "share", "Share between satisfied and dissatisfied.", 2, COLUMN_NUMBER, false, true},
    [DISSATISFIED] = {"dissatisfied", "Dissatisfied", "share",
                      "Share in the mirror of satisfied: a quarter up the scale or less.", 2, COLUMN_NUMBER, true, true},
    [MEAN] = {"mean", "Mean", "scale points", "Mean answer.", 2, COLUMN_NUMBER, true, false},
    [INDEX] = {"index", "Index", INDEXED, "Mean answer, 0 at the lowest and 100 at the highest of the scale.", 1, COLUMN_NUMBER,
               true, false},
    [INDEX_SE] = {"index_se", "Error", INDEXED, "Standard error of the index.", 1, COLUMN_NUMBER, false, false},
    [INDEX_LOW] = {"index_low", "Low", INDEXED, "Lower end of the interval of the index.", 1, COLUMN_NUMBER, false, false},
    [INDEX_HIGH] = {"index_high", "High", INDEXED, "Upper end of the interval of the index.", 1, COLUMN_NUMBER, false, false},
    CHANGE_COLUMN_ENTRIES(CHANGES, PERCENT, 1),
};

/* What the figures of a group are about. */
struct csat_question {
    uint32_t outcome;
    const struct scale *scale;
    double satisfied[2], dissatisfied[2]; /* ranges of answers, both ends included */
};

/* Satisfied is the top of the scale from three quarters up: 4 of 5, 6 of 7, 8 of 10; dissatisfied its mirror image.
 * source  [F50] */
static struct csat_question question_of(const struct study *study, uint32_t outcome)
{
    const struct scale *scale = &study->columns.outcomes[outcome].scale;
    /* the code ⌈1 + ¾ (steps − 1)⌉ */
    uint32_t cut = 1 + (3 * (scale->steps - 1) + 3) / 4;
    return (struct csat_question){.outcome = outcome,
                                  .scale = scale,
                                  .satisfied = {scale_value(scale, cut), scale_value(scale, scale->steps)},
                                  .dissatisfied = {scale_value(scale, 1), scale_value(scale, scale->steps + 1 - cut)}};
}

struct csat {
    struct index_answers answers;
    struct case_mean satisfied, dissatisfied;
    struct index_figure figure; /* percent satisfied */
};

/* The shares and the mean of a group.
 * fails   STATUS_MEMORY
 * source  [F50, F29] */
static enum status csat_find(struct ctx *ctx, const struct measuring *measuring, const struct group *group,
                             const struct csat_question *question, struct csat *out)
{
    const struct case_variable variable = {.of = CASE_OUTCOME, .index = question->outcome};
    *out = (struct csat){.figure = {.limit = 100}};
    enum status status = index_answers_find(ctx, measuring, group, &variable, &out->answers);
    if (!status)
        status = index_share_find(ctx, measuring, &out->answers.matrix, question->satisfied, &out->satisfied);
    if (!status)
        status = index_share_find(ctx, measuring, &out->answers.matrix, question->dissatisfied, &out->dissatisfied);
    if (status)
        return status;
    out->figure.respondents = out->answers.matrix.respondents;
    out->figure.blank = out->satisfied.undefined ? reason_of(out->satisfied.undefined) : REASON_NONE;
    out->figure.test_blank = case_interval_blank(measuring, &out->satisfied);
    if (out->figure.blank)
        return STATUS_OK;
    out->figure.panel = index_panel_of(&out->answers.matrix, 100, question->satisfied, NULL);
    out->figure.value = 100 * out->satisfied.mean;
    out->figure.se = 100 * sqrt(out->satisfied.spread / out->satisfied.count);
    return STATUS_OK;
}

/* The same as a figure that can change. */
static enum status csat_estimate(struct ctx *ctx, const struct measuring *measuring, const struct group *group, const void *what,
                                 struct index_figure *out)
{
    struct csat csat;
    enum status status = csat_find(ctx, measuring, group, what, &csat);
    *out = csat.figure;
    return status;
}

/* Wilson's interval in percent, or the reasons why there is none. */
static void fill_interval(const struct measuring *measuring, const struct csat *csat, struct value *values)
{
    struct interval interval = {0, 0};
    enum undefined undefined =
        wilson_interval(fmin(csat->satisfied.mean, 1), csat->satisfied.count, measuring->confidence, &interval);
    if (csat->figure.test_blank || undefined) {
        values_blank(values + CI_LOW, 2, csat->figure.test_blank ? csat->figure.test_blank : reason_of(undefined));
        if (csat->figure.test_blank == REASON_LONELY_STRATUM)
            values[SE] = value_blank(REASON_LONELY_STRATUM);
        return;
    }
    values[CI_LOW] = value_number(100 * interval.low);
    values[CI_HIGH] = value_number(100 * interval.high);
}

/* The cells of a group that answered. */
static void fill_figures(const struct measuring *measuring, const struct csat_question *question, const struct csat *csat,
                         struct value *values)
{
    double low = scale_value(question->scale, 1), factor = 100 / (scale_value(question->scale, question->scale->steps) - low);
    values[VALUE] = value_number(csat->figure.value);
    values[SE] = value_number(csat->figure.se);
    fill_interval(measuring, csat, values);
    values[SATISFIED] = value_number(csat->satisfied.mean);
    values[DISSATISFIED] = value_number(csat->dissatisfied.mean);
    values[BETWEEN] = value_number(fmax(0, 1 - csat->satisfied.mean - csat->dissatisfied.mean));
    const struct case_mean *mean = &csat->answers.mean;
    values[MEAN] = value_number(mean->mean);
    double index = factor * (mean->mean - low);
    struct mean_error error = mean->error;
    error.se *= factor;
    struct mean_cells cells = mean_cells_of(index, &error, measuring->confidence);
    values[INDEX] = value_number(index);
    values[INDEX_SE] = cells.se;
    values[INDEX_LOW] = cells.low;
    values[INDEX_HIGH] = cells.high;
}

/* The row of one group, in memory that is given back.
 * fails   STATUS_MEMORY */
static enum status csat_row(const struct group_room *at)
{
    const struct measuring *measuring = at->measuring;
    const struct csat_question *question = at->what;
    struct row *row = NULL;
    const struct study *study = measuring->pairs->study;
    struct csat csat;
    const struct index_kind kind = {.what = question, .estimate = csat_estimate, .now = &csat.figure};
    enum status status = csat_find(at->room, measuring, &measuring->set->groups[at->group], question, &csat);
    if (!status)
        status = group_row_add(at->ctx, measuring, at->table, at->group, 0, &row);
    if (status)
        return status;
    row->values[OUTCOME] = value_text(study->columns.outcomes[question->outcome].name);
    row->values[N] = value_count(csat.answers.mean.n);
    row->support = csat.figure.respondents;
    if (csat.figure.blank)
        values_blank(row->values + VALUE, CHANGES - VALUE, csat.figure.blank);
    else
        fill_figures(measuring, question, &csat, row->values);
    row->values[CUT] = value_number(question->satisfied[0]);
    return index_change_find(at->room, measuring, at->group, &kind, row->values + CHANGES, &row->support);
}

/* One row per group.
 * blank   nobody answered -> too_few; fewer than CLUSTERS_FOR_TEST clusters: the interval -> few_clusters
 * source  [F50] */
static enum status csat_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    const struct study *study = measuring->pairs->study;
    const struct csat_question question = question_of(study, study_outcome_of_role(study, OUTCOME_ROLE_SATISFACTION));
    enum status status = group_rooms_each(ctx, measuring, table, csat_row, &question);
    return status ? status : index_notes(ctx, measuring, table);
}

const struct measure measure_csat = {
    .name = "csat",
    .title = "Customer satisfaction",
    .meaning = "The share of customers whose overall satisfaction lies three quarters up the scale or higher (4 of 5, 6 of 7, 8 "
               "of 10), and the mean on 0 to 100.",
    .formula = "F50, F29, F20",
    .source = "Wilson 1927; Student 1908; the cut is ours",
    .example = "gapmeter analyze answers.csv --study study.json --table csat",
    .needs = NEED_CASES,
    .outcome_roles = 1u << OUTCOME_ROLE_SATISFACTION,
    .minimum_n = 1,
    .by_default = true,
    .order = 201,
    .columns = columns,
    .column_count = COLUMNS,
    .run = csat_run,
};
