/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "measure/index/index_figures.h"
#include "measure/working_room.h"
#include "numeric/wilson.h"

enum { OUTCOME, N, VALUE, SE, CI_LOW, CI_HIGH, EASY_ANSWER, EASY, EASY_LOW, EASY_HIGH, HARD, INDEX, CHANGES };
#define COLUMNS (CHANGES + CHANGE_COLUMNS)

#define POINTS "scale points"
static const struct column columns[COLUMNS] = {
    [OUTCOME] = {"outcome", "Outcome", "", "The question: how easy it was.", 0, COLUMN_KEY, true, false},
    [N] = {"n", "n", "encounters", "Encounters with an answer.", 0, COLUMN_COUNT, true, false},
    [VALUE] = {"value", "Ease", POINTS, "Mean answer, turned where needed so that high means easy.", 2, COLUMN_NUMBER, true,
               false},
    [SE] = {"se", "Error", POINTS, "Standard error of it.", 2, COLUMN_NUMBER, false, false},
    [CI_LOW] = {"ci_low", "Low", POINTS, "Lower end of its interval.", 2, COLUMN_NUMBER, true, false},
    [CI_HIGH] = {"ci_high", "High", POINTS, "Upper end of its interval.", 2, COLUMN_NUMBER, true, false},
    [EASY_ANSWER] = {"easy_answer", "Easy is", "", "Which answer means easy as it was asked: high, or low (then it is turned).",
                     0, COLUMN_WORD, true, false},
    [EASY] = {"easy", "Easy", "share", "Share above the middle of the scale: it was easy.", 2, COLUMN_NUMBER, true, true},
    [EASY_LOW] = {"easy_low", "Low", "share", "Lower end of its interval (Wilson).", 2, COLUMN_NUMBER, false, true},
    [EASY_HIGH] = {"easy_high", "High", "share", "Upper end of its interval (Wilson).", 2, COLUMN_NUMBER, false, true},
    [HARD] = {"hard", "Hard", "share", "Share below the middle of the scale: it was hard.", 2, COLUMN_NUMBER, true, true},
    [INDEX] = {"index", "Index", "points of 100", "Mean ease, 0 at the lowest and 100 at the highest of the scale.", 1,
               COLUMN_NUMBER, false, false},
    CHANGE_COLUMN_ENTRIES(CHANGES, POINTS, 2),
};

/* The ease of a group, in points of the scale, high = easy. */
struct ces {
    struct index_answers answers; /* as they were given */
    struct case_mean easy, hard;
    struct index_figure figure;
};

/* The range of answers strictly on one side of the middle of the scale.
 * source  "share ≥ 5" of 1–7 [F51] */
static void side_of(const struct outcome *outcome, bool easy, double range[2])
{
    const struct scale *scale = &outcome->scale;
    uint32_t half = scale->steps / 2;
    bool top = easy != outcome->easy_low;
    range[0] = scale_value(scale, top ? scale->steps + 1 - half : 1);
    range[1] = scale_value(scale, top ? scale->steps : half);
}

/* Finds it.
 * fails   STATUS_MEMORY
 * source  [F51] */
static enum status ces_find(struct ctx *ctx, const struct measuring *measuring, const struct group *group, uint32_t outcome,
                            struct ces *out)
{
    const struct case_variable variable = {.of = CASE_OUTCOME, .index = outcome};
    const struct outcome *asked = &measuring->pairs->study->columns.outcomes[outcome];
    double easy[2], hard[2], low = scale_value(&asked->scale, 1), high = scale_value(&asked->scale, asked->scale.steps);
    side_of(asked, true, easy);
    side_of(asked, false, hard);
    *out = (struct ces){.figure = {.limit = 0}};
    enum status status = index_answers_find(ctx, measuring, group, &variable, &out->answers);
    if (!status)
        status = index_share_find(ctx, measuring, &out->answers.matrix, easy, &out->easy);
    if (!status)
        status = index_share_find(ctx, measuring, &out->answers.matrix, hard, &out->hard);
    if (status)
        return status;
    index_figure_of_mean(&out->answers, asked->easy_low ? -1 : 1, high - low, &out->figure);
    if (asked->easy_low)
        out->figure.value += low + high;
    return STATUS_OK;
}

/* The same as a figure that can change. */
static enum status ces_estimate(struct ctx *ctx, const struct measuring *measuring, const struct group *group, const void *what,
                                struct index_figure *out)
{
    struct ces ces;
    enum status status = ces_find(ctx, measuring, group, *(const uint32_t *)what, &ces);
    *out = ces.figure;
    return status;
}

/* Wilson's interval of the easy, or why there is none. */
static void fill_easy(const struct measuring *measuring, const struct ces *ces, struct value *values)
{
    enum reason blank = case_interval_blank(measuring, &ces->easy);
    struct interval interval = {0, 0};
    enum undefined undefined = wilson_interval(fmin(ces->easy.mean, 1), ces->easy.count, measuring->confidence, &interval);
    values[EASY] = value_number(ces->easy.mean);
    values[HARD] = value_number(ces->hard.mean);
    if (!blank && undefined)
        blank = reason_of(undefined);
    values[EASY_LOW] = blank ? value_blank(blank) : value_number(interval.low);
    values[EASY_HIGH] = blank ? value_blank(blank) : value_number(interval.high);
}

/* The cells of a group that answered. */
static void fill_figures(const struct measuring *measuring, const struct outcome *asked, const struct ces *ces,
                         struct value *values)
{
    double low = scale_value(&asked->scale, 1), high = scale_value(&asked->scale, asked->scale.steps);
    double mean = asked->easy_low ? low + high - ces->answers.mean.mean : ces->answers.mean.mean;
    struct mean_cells cells = mean_cells_of(mean, &ces->answers.mean.error, measuring->confidence);
    values[VALUE] = value_number(mean);
    values[SE] = cells.se;
    values[CI_LOW] = cells.low;
    values[CI_HIGH] = cells.high;
    values[INDEX] = value_number(100 * (mean - low) / (high - low));
    fill_easy(measuring, ces, values);
}

/* The row of one group, in memory that is given back.
 * fails   STATUS_MEMORY */
static enum status ces_row(const struct group_room *at)
{
    const struct measuring *measuring = at->measuring;
    uint32_t outcome = *(const uint32_t *)at->what;
    struct row *row = NULL;
    const struct outcome *asked = &measuring->pairs->study->columns.outcomes[outcome];
    struct ces ces;
    const struct index_kind kind = {.what = &outcome, .estimate = ces_estimate, .now = &ces.figure};
    enum status status = ces_find(at->room, measuring, &measuring->set->groups[at->group], outcome, &ces);
    if (!status)
        status = group_row_add(at->ctx, measuring, at->table, at->group, 0, &row);
    if (status)
        return status;
    row->values[OUTCOME] = value_text(asked->name);
    row->values[N] = value_count(ces.answers.mean.n);
    row->support = ces.figure.respondents;
    if (ces.answers.mean.undefined)
        values_blank(row->values + VALUE, CHANGES - VALUE, reason_of(ces.answers.mean.undefined));
    else
        fill_figures(measuring, asked, &ces, row->values);
    row->values[EASY_ANSWER] = value_text(asked->easy_low ? "low" : "high");
    return index_change_find(at->room, measuring, at->group, &kind, row->values + CHANGES, &row->support);
}

/* One row per group.
 * blank   nobody answered -> too_few; one answer: no error -> too_few
 * source  [F51] */
static enum status ces_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    uint32_t outcome = study_outcome_of_role(measuring->pairs->study, OUTCOME_ROLE_EFFORT);
    enum status status = group_rooms_each(ctx, measuring, table, ces_row, &outcome);
    if (!status)
        status = table_add_note(ctx, table, "note.ces.source", NULL);
    return status ? status : index_notes(ctx, measuring, table);
}

const struct measure measure_ces = {
    .name = "ces",
    .title = "Customer effort",
    .meaning = "How easy customers found it to get what they came for: mean, and share above the middle of the scale. Answers in "
               "which low means easy are turned, so high is always easy.",
    .formula = "F51, F20, F29",
    .source = "Dixon, Freeman & Toman 2010; Wilson 1927",
    .example = "gapmeter analyze answers.csv --study study.json --table ces",
    .needs = NEED_CASES,
    .outcome_roles = 1u << OUTCOME_ROLE_EFFORT,
    .minimum_n = 2,
    .by_default = true,
    .order = 202,
    .columns = columns,
    .column_count = COLUMNS,
    .run = ces_run,
};
