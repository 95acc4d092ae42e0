/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "measure/case_error.h"
#include "measure/loss/loss_cases.h"
#include "measure/resample_job.h"
#include "measure/working_room.h"
#include "numeric/wilson.h"

enum {
    CUSTOMERS,
    N,
    LEFT,
    LEFT_KNOWN,
    LEFT_SILENT,
    SILENT_SHARE,
    SILENT_LOW,
    SILENT_HIGH,
    DISSATISFIED_BY,
    DISSATISFIED,
    COMPLAINED,
    ICEBERG_RATIO,
    SPOKE_SHARE,
    SPOKE_LOW,
    SPOKE_HIGH,
    STAYED_DISSATISFIED,
    STAYED_LOW,
    STAYED_HIGH,
    COLUMNS
};

#define PEOPLE "customers"
static const struct column columns[COLUMNS] = {
    [CUSTOMERS] = {"customers", "Customers", "", "all; captive: those who cannot go elsewhere; free: those who can.", 0,
                   COLUMN_KEY, true, false},
    [N] = {"n", "n", "encounters", "Encounters of which it is known whether the customer left.", 0, COLUMN_COUNT, true, false},
    [LEFT] = {"left", "Left", PEOPLE, "Customers who left.", 0, COLUMN_COUNT, true, true},
    [LEFT_KNOWN] = {"left_known", "Known", PEOPLE, "Of those, of how many it is known whether they complained.", 0, COLUMN_COUNT,
                    true, true},
    [LEFT_SILENT] = {"left_silent", "Silent", PEOPLE, "Of these, how many had not complained.", 0, COLUMN_COUNT, true, true},
    [SILENT_SHARE] = {"silent_share", "Silent", "share", "Share of the known that had not complained.", 2, COLUMN_NUMBER, true,
                      true},
    [SILENT_LOW] = {"silent_low", "Low", "share", "Lower end of its interval (Wilson).", 2, COLUMN_NUMBER, false, true},
    [SILENT_HIGH] = {"silent_high", "High", "share", "Upper end of its interval (Wilson).", 2, COLUMN_NUMBER, false, true},
    [DISSATISFIED_BY] =
        {"dissatisfied_by", "Dissatisfied by", "",
         "What counts as dissatisfied: satisfaction (below the middle of its scale), bad_service, below_minimum or "
         "below_expectation.",
         0, COLUMN_WORD, false, false},
    [DISSATISFIED] = {"dissatisfied", "Dissatisfied", PEOPLE, "Customers who were dissatisfied.", 0, COLUMN_COUNT, true, true},
    [COMPLAINED] = {"complained", "Complained", PEOPLE, "Customers who complained.", 0, COLUMN_COUNT, false, true},
    [ICEBERG_RATIO] = {"iceberg_ratio", "Per complaint", PEOPLE, "Dissatisfied customers for each one who complained.", 1,
                       COLUMN_NUMBER, true, true},
    [SPOKE_SHARE] = {"spoke_share", "Spoke up", "share", "Share of the dissatisfied that complained.", 2, COLUMN_NUMBER, true,
                     true},
    [SPOKE_LOW] = {"spoke_low", "Low", "share", "Lower end of its interval (Wilson).", 2, COLUMN_NUMBER, false, true},
    [SPOKE_HIGH] = {"spoke_high", "High", "share", "Upper end of its interval (Wilson).", 2, COLUMN_NUMBER, false, true},
    [STAYED_DISSATISFIED] = {"stayed_dissatisfied", "Stayed though", "share", "Share of the dissatisfied that stayed.", 2,
                             COLUMN_NUMBER, true, true},
    [STAYED_LOW] = {"stayed_low", "Low", "share", "Lower end of its interval (Wilson).", 2, COLUMN_NUMBER, false, true},
    [STAYED_HIGH] = {"stayed_high", "High", "share", "Upper end of its interval (Wilson).", 2, COLUMN_NUMBER, false, true},
};

/* Who is in a row. */
enum captivity { EVERYBODY, CAPTIVE, FREE, CAPTIVITY_COUNT };

/* What is known of every case whose leaving is known. */
struct leavers {
    const struct measuring *measuring;
    struct case_matrix matrix;                              /* column: left */
    const signed char *complained, *dissatisfied, *captive; /* [rows] 1, 0, −1 not known; NULL not asked */
};

/* 1 for a case whose value is above the cut, 0 for others, −1 where it is missing; all rows of a matrix that lacks some.
 * takes   subset  in the same order as rows, fewer of them
 * fails   STATUS_MEMORY */
static enum status marks_make(struct ctx *ctx, const struct case_matrix *all, const struct case_matrix *subset, double cut,
                              const signed char **out)
{
    signed char *marks = arena_array(ctx->arena, all->rows + 1, sizeof *marks);
    if (!marks)
        return ctx_no_memory(ctx);
    size_t at = 0;
    for (size_t i = 0; i < all->rows; i++) {
        bool there = at < subset->rows && subset->cases[at] == all->cases[i];
        marks[i] = there ? (signed char)(subset->values[at] > cut) : -1;
        at += there;
    }
    *out = marks;
    return STATUS_OK;
}

/* The marks of one variable among the cases of a group.
 * gives   *out  NULL when the study does not have it
 * fails   STATUS_MEMORY */
static enum status variable_marks(struct ctx *ctx, const struct leavers *leavers, const struct group *group,
                                  const struct case_variable *variable, const signed char **out)
{
    /* leaving comes first, so that rows without it are left out and both matrices stand in one order */
    const struct study *study = leavers->measuring->pairs->study;
    const struct case_variable both[2] = {*variable,
                                          {.of = CASE_OUTCOME, .index = study_outcome_of_role(study, OUTCOME_ROLE_LEFT)}};
    struct case_matrix subset;
    enum status status = case_matrix_make(ctx, leavers->measuring, group, both, 2, &subset);
    return status ? status : marks_make(ctx, &leavers->matrix, &subset, 0.5, out);
}

/* Marks of the dissatisfied: satisfaction below the middle of its scale, else whoever met bad service.
 * gives   *word  what they are judged by; NULL when nothing tells
 * fails   STATUS_MEMORY */
static enum status dissatisfied_marks(struct ctx *ctx, struct leavers *leavers, const struct group *group)
{
    const struct study *study = leavers->measuring->pairs->study;
    uint32_t satisfaction = study_outcome_of_role(study, OUTCOME_ROLE_SATISFACTION);
    if (satisfaction == UINT32_MAX) {
        enum exposure_source source = exposure_find(study, false);
        struct case_variable exposure = {.of = CASE_OUTCOME};
        if (source == EXPOSURE_NONE)
            return STATUS_OK;
        exposure = exposure_variable(study, source);
        return variable_marks(ctx, leavers, group, &exposure, &leavers->dissatisfied);
    }
    const struct scale *scale = &study->columns.outcomes[satisfaction].scale;
    double middle = (scale_value(scale, 1) + scale_value(scale, scale->steps)) / 2;
    signed char *marks = arena_array(ctx->arena, leavers->matrix.rows + 1, sizeof *marks);
    if (!marks)
        return ctx_no_memory(ctx);
    for (size_t i = 0; i < leavers->matrix.rows; i++) {
        double value = 0;
        bool there = case_outcome(leavers->measuring, leavers->matrix.cases[i], satisfaction, &value);
        marks[i] = there ? (signed char)(value < middle) : -1;
    }
    leavers->dissatisfied = marks;
    return STATUS_OK;
}

/* What the dissatisfied are judged by. */
static struct value dissatisfied_word(const struct study *study)
{
    if (study_outcome_of_role(study, OUTCOME_ROLE_SATISFACTION) != UINT32_MAX)
        return value_text("satisfaction");
    enum exposure_source source = exposure_find(study, false);
    return source == EXPOSURE_NONE ? value_blank(REASON_NOT_ASKED) : value_text(exposure_word(source));
}

/* The marks of an outcome that has a role; none when there is no such outcome.
 * fails   STATUS_MEMORY */
static enum status role_marks(struct ctx *ctx, const struct leavers *leavers, const struct group *group, enum outcome_role role,
                              const signed char **out)
{
    const struct case_variable variable = {.of = CASE_OUTCOME,
                                           .index = study_outcome_of_role(leavers->measuring->pairs->study, role)};
    return variable.index == UINT32_MAX ? STATUS_OK : variable_marks(ctx, leavers, group, &variable, out);
}

/* Everything about a group.
 * fails   STATUS_MEMORY */
static enum status leavers_find(struct ctx *ctx, const struct measuring *measuring, const struct group *group,
                                struct leavers *out)
{
    *out = (struct leavers){.measuring = measuring};
    const struct case_variable left = {.of = CASE_OUTCOME,
                                       .index = study_outcome_of_role(measuring->pairs->study, OUTCOME_ROLE_LEFT)};
    enum status status = case_matrix_make(ctx, measuring, group, &left, 1, &out->matrix);
    if (!status)
        status = role_marks(ctx, out, group, OUTCOME_ROLE_COMPLAINED, &out->complained);
    if (!status)
        status = role_marks(ctx, out, group, OUTCOME_ROLE_CAPTIVE, &out->captive);
    return status ? status : dissatisfied_marks(ctx, out, group);
}

/* Rows of the captivity asked for. */
static bool row_is_meant(const struct leavers *leavers, enum captivity captivity, size_t row)
{
    if (captivity == EVERYBODY)
        return true;
    return leavers->captive[row] == (captivity == CAPTIVE);
}

/* Which share. */
enum share_of_what { SHARE_SILENT, SHARE_SPOKE, SHARE_STAYED };

/* Does a row count for a share, and does it hold?
 * gives   −1 it does not count */
static int row_share(const struct leavers *leavers, enum share_of_what what, size_t row)
{
    bool left = leavers->matrix.values[row] > 0.5;
    if (what == SHARE_SILENT)
        return left && leavers->complained[row] >= 0 ? leavers->complained[row] == 0 : -1;
    if (leavers->dissatisfied[row] != 1)
        return -1;
    if (what == SHARE_STAYED)
        return !left;
    return leavers->complained[row];
}

/* Gathers the rows of a share: 1 where it holds, 0 where it does not.
 * gives   *holds  for how many it does
 * fails   STATUS_MEMORY */
static enum status share_gather(struct ctx *ctx, const struct leavers *leavers, enum captivity captivity, enum share_of_what what,
                                struct case_matrix *out, uint64_t *holds)
{
    const struct case_matrix *whole = &leavers->matrix;
    bool *counts = arena_array(ctx->arena, whole->rows + 1, sizeof *counts);
    double *part = arena_array(ctx->arena, whole->rows + 1, sizeof *part);
    if (!counts || !part)
        return ctx_no_memory(ctx);
    size_t rows = 0;
    *holds = 0;
    for (size_t i = 0; i < whole->rows; i++) {
        int share = row_is_meant(leavers, captivity, i) ? row_share(leavers, what, i) : -1;
        counts[i] = share >= 0;
        if (share < 0)
            continue;
        part[rows++] = share;
        *holds += share > 0;
    }
    enum status status = resample_matrix_keep(ctx, whole, counts, out);
    out->values = part;
    return status;
}

/* A share with its interval in three cells.
 * gives   *base, *holds  how many count, and for how many it holds
 * fails   STATUS_MEMORY
 * blank   nobody counts -> too_few; few clusters: the interval
 * source  [F84, F29] */
static enum status fill_share(struct ctx *ctx, const struct leavers *leavers, enum captivity captivity, enum share_of_what what,
                              struct value cells[3], uint64_t counts[2])
{
    struct case_matrix share;
    struct case_mean mean;
    enum status status = share_gather(ctx, leavers, captivity, what, &share, &counts[1]);
    if (!status)
        status = case_mean_find(ctx, leavers->measuring, &share, share.values, &mean);
    if (status)
        return status;
    counts[0] = share.rows;
    if (mean.undefined) {
        values_blank(cells, 3, reason_of(mean.undefined));
        return STATUS_OK;
    }
    struct interval interval = {0, 0};
    enum undefined undefined = wilson_interval(fmin(mean.mean, 1), mean.count, leavers->measuring->confidence, &interval);
    enum reason blank = case_interval_blank(leavers->measuring, &mean);
    cells[0] = value_number(mean.mean);
    cells[1] = blank ? value_blank(blank) : value_of(undefined, interval.low);
    cells[2] = blank ? value_blank(blank) : value_of(undefined, interval.high);
    return STATUS_OK;
}

/* How many rows of a captivity are marked. */
static uint64_t marked(const struct leavers *leavers, enum captivity captivity, const signed char *marks)
{
    uint64_t count = 0;
    for (size_t i = 0; i < leavers->matrix.rows; i++)
        count += row_is_meant(leavers, captivity, i) && marks[i] == 1;
    return count;
}

/* The weights of the marked over those of others marked, both known. */
static struct value iceberg_ratio(const struct leavers *leavers, enum captivity captivity)
{
    double below = 0, spoke = 0;
    for (size_t i = 0; i < leavers->matrix.rows; i++) {
        if (!row_is_meant(leavers, captivity, i) || leavers->dissatisfied[i] < 0 || leavers->complained[i] < 0)
            continue;
        double weight = leavers->matrix.weights ? leavers->matrix.weights[i] : 1;
        below += weight * leavers->dissatisfied[i];
        spoke += weight * leavers->complained[i];
    }
    return spoke > 0 ? value_number(below / spoke) : value_blank(REASON_TOO_FEW);
}

/* The figures of one row.
 * fails   STATUS_MEMORY */
static enum status fill_row(struct ctx *ctx, const struct leavers *leavers, enum captivity captivity, struct value *values)
{
    uint64_t n = 0, left = 0, counts[2] = {0, 0};
    for (size_t i = 0; i < leavers->matrix.rows; i++) {
        bool meant = row_is_meant(leavers, captivity, i);
        n += meant;
        left += meant && leavers->matrix.values[i] > 0.5;
    }
    values_blank(values + N, COLUMNS - N, REASON_NOT_ASKED);
    values[N] = value_count(n);
    values[LEFT] = value_count(left);
    values[DISSATISFIED_BY] = dissatisfied_word(leavers->measuring->pairs->study);
    enum status status = STATUS_OK;
    if (leavers->complained) {
        status = fill_share(ctx, leavers, captivity, SHARE_SILENT, values + SILENT_SHARE, counts);
        values[LEFT_KNOWN] = value_count(counts[0]);
        values[LEFT_SILENT] = value_count(counts[1]);
        values[COMPLAINED] = value_count(marked(leavers, captivity, leavers->complained));
    }
    if (leavers->dissatisfied) {
        values[DISSATISFIED] = value_count(marked(leavers, captivity, leavers->dissatisfied));
        if (!status)
            status = fill_share(ctx, leavers, captivity, SHARE_STAYED, values + STAYED_DISSATISFIED, counts);
    }
    if (leavers->complained && leavers->dissatisfied && !status) {
        values[ICEBERG_RATIO] = iceberg_ratio(leavers, captivity);
        status = fill_share(ctx, leavers, captivity, SHARE_SPOKE, values + SPOKE_SHARE, counts);
    }
    return status;
}

/* The fewest respondents behind a figure of a row: all, those who left, the dissatisfied.
 * fails   STATUS_MEMORY */
static enum status support_find(struct ctx *ctx, const struct leavers *leavers, enum captivity captivity, uint64_t *out)
{
    bool *counts = arena_array(ctx->arena, leavers->matrix.rows + 1, sizeof *counts);
    enum status status = counts ? STATUS_OK : ctx_no_memory(ctx);
    *out = UINT64_MAX;
    for (unsigned base = 0; base < 3 && !status; base++) {
        if (base == 2 && !leavers->dissatisfied)
            continue;
        for (size_t i = 0; i < leavers->matrix.rows; i++)
            counts[i] = row_is_meant(leavers, captivity, i) && (base != 1 || leavers->matrix.values[i] > 0.5) &&
                        (base != 2 || leavers->dissatisfied[i] == 1);
        uint64_t respondents = 0;
        status = case_respondents(ctx, leavers->measuring, &leavers->matrix, counts, &respondents);
        if (base == 0 || (respondents && respondents < *out))
            *out = respondents;
    }
    return status;
}

/* The rows of one group.
 * takes   ctx   of the table
 *         room  for what is given back
 * fails   STATUS_MEMORY */
static enum status group_rows(struct ctx *ctx, struct ctx *room, const struct measuring *measuring, struct table *table,
                              uint32_t group)
{
    static const char *const names[] = {"all", "captive", "free"};
    struct leavers leavers;
    enum status status = leavers_find(room, measuring, &measuring->set->groups[group], &leavers);
    /* by segment the parts of a group would give away each other */
    unsigned count = leavers.captive && !table->by_count ? CAPTIVITY_COUNT : 1;
    for (unsigned c = 0; c < count && !status; c++) {
        struct row *row = NULL;
        status = group_row_add(ctx, measuring, table, group, c, &row);
        if (status)
            return status;
        row->values[CUSTOMERS] = value_text(names[c]);
        status = support_find(room, &leavers, (enum captivity)c, &row->support);
        if (!status)
            status = fill_row(room, &leavers, (enum captivity)c, row->values);
    }
    return status;
}

/* One row per group; over everyone, where captivity is known, one more for the captive and one for the others.
 * blank   what the study does not tell -> not_asked; nobody left, nobody dissatisfied -> too_few
 * source  [F84, F29] */
static enum status silent_leavers_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    for (uint32_t g = 0; g < measuring->set->group_count; g++) {
        struct ctx room;
        enum status status = room_open(ctx, &room);
        if (!status)
            status = room_close(ctx, &room, group_rows(ctx, &room, measuring, table, g));
        if (status)
            return status;
    }
    return design_notes(ctx, measuring, table);
}

const struct measure measure_silent_leavers = {
    .name = "silent_leavers",
    .title = "Silent leavers",
    .meaning =
        "How many customers left without a complaint, how many are dissatisfied for each one who complains, and how many of "
        "the dissatisfied stay: those who cannot go elsewhere apart from those who can.",
    .formula = "F84, F29",
    .source = "Hirschman 1970; Wilson 1927",
    .example = "gapmeter analyze answers.csv --study study.json --table silent_leavers",
    .needs = NEED_CASES,
    .outcome_roles = 1u << OUTCOME_ROLE_LEFT,
    .minimum_n = 1,
    .by_default = true,
    .order = 211,
    .columns = columns,
    .column_count = COLUMNS,
    .run = silent_leavers_run,
};
