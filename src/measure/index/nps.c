/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "measure/index/index_figures.h"
#include "measure/working_room.h"
#include "numeric/net_promoter.h"

enum { OUTCOME, N, VALUE, SE, CI_LOW, CI_HIGH, PROMOTERS, PASSIVES, DETRACTORS, WALD_LOW, WALD_HIGH, N_EFFECTIVE, CHANGES };
#define COLUMNS (CHANGES + CHANGE_COLUMNS)

#define POINTS "points"
static const struct column columns[COLUMNS] = {
    [OUTCOME] = {"outcome", "Outcome", "", "The question: how likely they are to recommend.", 0, COLUMN_KEY, true, false},
    [N] = {"n", "n", "encounters", "Encounters with an answer.", 0, COLUMN_COUNT, true, false},
    [VALUE] = {"value", "NPS", POINTS, "100 × (share of promoters − share of detractors).", 1, COLUMN_NUMBER, true, true},
    [SE] = {"se", "Error", POINTS, "Standard error of the score.", 1, COLUMN_NUMBER, false, true},
    [CI_LOW] = {"ci_low", "Low", POINTS, "Lower end of its interval (adjusted).", 1, COLUMN_NUMBER, true, true},
    [CI_HIGH] = {"ci_high", "High", POINTS, "Upper end of its interval (adjusted).", 1, COLUMN_NUMBER, true, true},
    [PROMOTERS] = {"promoters", "Promoters", "share", "Share that answered 9 or 10.", 2, COLUMN_NUMBER, true, true},
    [PASSIVES] = {"passives", "Passives", "share", "Share that answered 7 or 8.", 2, COLUMN_NUMBER, true, true},
    [DETRACTORS] = {"detractors", "Detractors", "share", "Share that answered 0 to 6.", 2, COLUMN_NUMBER, true, true},
    [WALD_LOW] = {"wald_low", "Low, plain", POINTS, "Lower end of the plain interval.", 1, COLUMN_NUMBER, false, true},
    [WALD_HIGH] = {"wald_high", "High, plain", POINTS, "Upper end of the plain interval.", 1, COLUMN_NUMBER, false, true},
    [N_EFFECTIVE] = {"n_effective", "Worth", "answers", "How many independent answers of equal weight would be as certain.", 1,
                     COLUMN_NUMBER, false, true},
    CHANGE_COLUMN_ENTRIES(CHANGES, POINTS, 1),
};

/* Who counts as what, in answers of 0 … 10. */
static const double promoter_range[2] = {9, 10}, detractor_range[2] = {0, 6};

/* The score of a group. */
struct nps {
    struct index_answers answers;
    double promoters, detractors, count;
    struct net_promoter score;
    struct index_figure figure;
};

/* 1 for a promoter, −1 for a detractor, else 0. */
static double class_of(const void *state, double answer)
{
    (void)state;
    return (answer >= promoter_range[0]) - (answer <= detractor_range[1]);
}

/* How many independent answers give the score the certainty it has.
 * source  Kish 1965; with clusters from the linearised error, as for a share [F29, F54] */
static enum status nps_count(struct ctx *ctx, const struct measuring *measuring, struct nps *nps)
{
    const struct case_matrix *matrix = &nps->answers.matrix;
    struct case_mean mean = {.undefined = UNDEFINED_TOO_FEW, .error = {.blank = REASON_TOO_FEW}};
    const struct case_figures figures = {.numbers = index_panel_of(matrix, 1, NULL, NULL).numbers, .of = class_of};
    enum status status = case_mean_of(ctx, measuring, matrix, &figures, &mean);
    nps->count = mean.count;
    nps->figure.test_blank = case_interval_blank(measuring, &mean);
    return status;
}

/* Finds it.
 * fails   STATUS_MEMORY
 * source  [F52, F54] */
static enum status nps_find(struct ctx *ctx, const struct measuring *measuring, const struct group *group, uint32_t outcome,
                            struct nps *out)
{
    const struct case_variable variable = {.of = CASE_OUTCOME, .index = outcome};
    struct case_mean promoters = {.n = 0}, detractors = {.n = 0};
    *out = (struct nps){.count = 0};
    enum status status = index_answers_find(ctx, measuring, group, &variable, &out->answers);
    if (!status)
        status = index_share_find(ctx, measuring, &out->answers.matrix, promoter_range, &promoters);
    if (!status)
        status = index_share_find(ctx, measuring, &out->answers.matrix, detractor_range, &detractors);
    if (!status)
        status = nps_count(ctx, measuring, out);
    if (status)
        return status;
    out->figure.panel = index_panel_of(&out->answers.matrix, 100, promoter_range, detractor_range);
    out->figure.respondents = out->answers.matrix.respondents;
    out->figure.limit = 200;
    enum undefined undefined = promoters.undefined;
    if (!undefined) {
        out->promoters = promoters.mean;
        out->detractors = detractors.mean;
        undefined = net_promoter_score(promoters.mean, detractors.mean, out->count, measuring->confidence, &out->score);
    }
    out->figure.blank = undefined ? reason_of(undefined) : REASON_NONE;
    out->figure.value = out->score.value;
    out->figure.se = out->score.se;
    return STATUS_OK;
}

/* The same as a figure that can change. */
static enum status nps_estimate(struct ctx *ctx, const struct measuring *measuring, const struct group *group, const void *what,
                                struct index_figure *out)
{
    struct nps nps;
    enum status status = nps_find(ctx, measuring, group, *(const uint32_t *)what, &nps);
    *out = nps.figure;
    return status;
}

/* The cells of a score that exists. */
static void fill_score(const struct nps *nps, struct value *values)
{
    values[VALUE] = value_number(nps->score.value);
    values[SE] = value_number(nps->score.se);
    values[PROMOTERS] = value_number(nps->promoters);
    values[PASSIVES] = value_number(fmax(0, 1 - nps->promoters - nps->detractors));
    values[DETRACTORS] = value_number(nps->detractors);
    values[N_EFFECTIVE] = value_number(nps->count);
    values[CI_LOW] = value_number(nps->score.adjusted.low);
    values[CI_HIGH] = value_number(nps->score.adjusted.high);
    values[WALD_LOW] = value_number(nps->score.wald.low);
    values[WALD_HIGH] = value_number(nps->score.wald.high);
    if (!nps->figure.test_blank)
        return;
    values_blank(values + CI_LOW, 2, nps->figure.test_blank);
    values_blank(values + WALD_LOW, 2, nps->figure.test_blank);
    if (nps->figure.test_blank == REASON_LONELY_STRATUM)
        values[SE] = values[N_EFFECTIVE] = value_blank(REASON_LONELY_STRATUM);
}

/* The row of one group, in memory that is given back.
 * fails   STATUS_MEMORY */
static enum status nps_row(const struct group_room *at)
{
    const struct measuring *measuring = at->measuring;
    uint32_t outcome = *(const uint32_t *)at->what;
    struct row *row = NULL;
    const struct study *study = measuring->pairs->study;
    struct nps nps;
    const struct index_kind kind = {.what = &outcome, .estimate = nps_estimate, .now = &nps.figure};
    enum status status = nps_find(at->room, measuring, &measuring->set->groups[at->group], outcome, &nps);
    if (!status)
        status = group_row_add(at->ctx, measuring, at->table, at->group, 0, &row);
    if (status)
        return status;
    row->values[OUTCOME] = value_text(study->columns.outcomes[outcome].name);
    row->values[N] = value_count(nps.answers.mean.n);
    row->support = nps.figure.respondents;
    if (nps.figure.blank)
        values_blank(row->values + VALUE, CHANGES - VALUE, nps.figure.blank);
    else
        fill_score(&nps, row->values);
    return index_change_find(at->room, measuring, at->group, &kind, row->values + CHANGES, &row->support);
}

/* One row per group.
 * blank   nobody answered -> too_few; fewer than CLUSTERS_FOR_TEST clusters: intervals -> few_clusters
 * source  [F52, F54] */
static enum status nps_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    uint32_t outcome = study_outcome_of_role(measuring->pairs->study, OUTCOME_ROLE_RECOMMEND);
    enum status status = group_rooms_each(ctx, measuring, table, nps_row, &outcome);
    if (!status)
        status = table_add_note(ctx, table, "note.nps.marks", NULL);
    return status ? status : index_notes(ctx, measuring, table);
}

const struct measure measure_nps = {
    .name = "nps",
    .title = "Net Promoter Score®",
    .meaning =
        "Of those asked on 0 to 10 how likely they are to recommend: the share of 9 and 10 less the share of 0 to 6, times "
        "100. A single figure that swings more than a mean: read it with its interval.",
    .formula = "F52, F54",
    .source = "Reichheld 2003; Rocks 2016",
    .example = "gapmeter analyze answers.csv --study study.json --table nps",
    .needs = NEED_CASES,
    .outcome_roles = 1u << OUTCOME_ROLE_RECOMMEND,
    .minimum_n = 1,
    .by_default = true,
    .order = 200,
    .columns = columns,
    .column_count = COLUMNS,
    .run = nps_run,
};
