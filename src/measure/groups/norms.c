/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/group_row.h"
#include "measure/groups/group_means.h"
#include "numeric/percentile_rank.h"

enum { SUBJECT, N, GAP, UNITS, PERCENTILE, COLUMNS };

static const struct column columns[COLUMNS] = {
    [SUBJECT] = {"subject", "About", "", "The dimension, the item where items form no dimensions, or overall.", 0, COLUMN_KEY,
                 true, false},
    [N] = {"n", "n", "encounters", "Encounters of the unit.", 0, COLUMN_COUNT, true, false},
    [GAP] = {"gap", "Gap", "scale points", "Mean gap of the unit.", 2, COLUMN_NUMBER, true, false},
    [UNITS] = {"units", "Units", "units", "How many units it stands among.", 0, COLUMN_COUNT, false, false},
    [PERCENTILE] = {"percentile_rank", "Percentile", "percent of units",
                    "Share of units below it, half of its equals and itself counted, in percent.", 0, COLUMN_NUMBER, true, false},
};

/* One subject: the units that have a gap, and where each stands. */
struct norm {
    struct line_means *line;
    enum reason blank; /* of the ranks */
    double *ranks;     /* [line->used_count] */
};

/* fails   STATUS_MEMORY
 * source  [F120] */
static enum status norm_make(struct ctx *ctx, const struct measuring *measuring, uint32_t at, struct norm *out)
{
    enum status status = line_means_find(ctx, measuring, at, USE_MEANS, &out->line);
    if (status)
        return status;
    uint32_t count = out->line->used_count;
    double *gaps = arena_array(ctx->arena, count + 1u, sizeof *gaps);
    out->ranks = arena_array(ctx->arena, count + 1u, sizeof *out->ranks);
    if (!gaps || !out->ranks)
        return ctx_no_memory(ctx);
    for (uint32_t i = 0; i < count; i++)
        gaps[i] = out->line->means[out->line->used[i]].estimate.mean;
    enum undefined undefined = percentile_ranks(gaps, count, out->ranks);
    out->blank = undefined ? reason_of(undefined) : REASON_NONE;
    return STATUS_OK;
}

/* One unit on one subject as a row.
 * fails   STATUS_MEMORY */
static enum status norm_row(struct ctx *ctx, const struct measuring *measuring, const struct norm *norm, uint32_t group,
                            struct table *table)
{
    const struct line_means *line = norm->line;
    const struct group_mean *mean = &line->means[group];
    struct row *row = NULL;
    enum status status = group_row_add(ctx, measuring, table, group, line->line, &row);
    if (status)
        return status;
    uint32_t place = 0;
    while (place < line->used_count && line->used[place] != group)
        place++;
    bool used = place < line->used_count;
    row_rest_on(row, line, line->used, used ? line->used_count : 0);
    if (!used)
        row->support = mean->respondents;
    struct value *values = row->values;
    values[SUBJECT] = subject_key(measuring->pairs->study, &line->subject);
    values_blank(values + N, COLUMNS - N, mean->blank ? mean->blank : REASON_TOO_FEW);
    if (mean->blank && mean->blank != REASON_NO_PAIRS)
        return STATUS_OK;
    values[N] = value_count(mean->n);
    values[UNITS] = value_count(line->used_count);
    if (!mean->blank)
        values[GAP] = value_number(mean->estimate.mean);
    if (used && !norm->blank)
        values[PERCENTILE] = value_number(norm->ranks[place]);
    return STATUS_OK;
}

/* One row for each group and subject.
 * blank   fewer than NORM_UNITS_MIN units with a gap -> too_few
 * fails   STATUS_MEMORY
 * source  [F120]
 * proof   tests/measure/groups/norms_test.c */
static enum status norms_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    uint32_t subjects = subject_count(measuring->pairs->study), fewest = UINT32_MAX;
    struct norm *norms = arena_array(ctx->arena, subjects, sizeof *norms);
    enum status status = norms ? STATUS_OK : ctx_no_memory(ctx);
    for (uint32_t s = 0; s < subjects && !status; s++) {
        status = norm_make(ctx, measuring, s, &norms[s]);
        if (!status && norms[s].line->used_count < fewest)
            fewest = norms[s].line->used_count;
    }
    for (uint32_t at = 0; at < measuring->set->group_count * subjects && !status; at++)
        status = norm_row(ctx, measuring, &norms[at % subjects], at / subjects, table);
    if (!status && fewest < NORM_UNITS_MIN)
        status = table_add_note(ctx, table, "note.norms.few",
                                (const struct note_word[]){note_count("units", NORM_UNITS_MIN), {.name = NULL}});
    if (!status)
        status = table_add_note(ctx, table, "note.norms.place", NULL);
    return status ? status : comparison_notes(ctx, measuring, table);
}

const struct measure measure_norms = {
    .name = "norms",
    .title = "Where each unit stands",
    .meaning = "The percentile rank of each unit's gap among the units of the study, when there are 30 or more.",
    .formula = "F120",
    .source = "Percentile rank with half of the equals, as in Crocker & Algina 1986",
    .example = "gapmeter analyze answers.csv --study study.json --table norms --by branch",
    .needs = GROUP_MEANS_NEEDS,
    .standards = 1u << STANDARD_EXPECTATION | 1u << STANDARD_PERCEPTION,
    .minimum_n = 2,
    .by = BY_GROUPS,
    .order = 66,
    .columns = columns,
    .column_count = COLUMNS,
    .run = norms_run,
};
