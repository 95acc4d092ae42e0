/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "measure/case_error.h"
#include "measure/group_row.h"
#include "numeric/wilson.h"

enum { SOURCE, N, NAMED, SHARE, SHARE_LOW, SHARE_HIGH, COLUMNS };

static const struct column columns[COLUMNS] = {
    [SOURCE] = {"source", "Source", "", "Where an expectation may come from.", 0, COLUMN_KEY, true, false},
    [N] = {"n", "n", "encounters", "Encounters of which at least one source was named.", 0, COLUMN_COUNT, true, false},
    [NAMED] = {"named", "Named", "encounters", "Of these, those of which this one was named.", 0, COLUMN_COUNT, true, true},
    [SHARE] = {"share", "Share", "share", "Share of them; several sources may be named, so the shares add up to more than 1.", 2,
               COLUMN_NUMBER, true, true},
    [SHARE_LOW] = {"share_low", "Low", "share", "Lower end of the interval of the share (Wilson).", 2, COLUMN_NUMBER, true, true},
    [SHARE_HIGH] = {"share_high", "High", "share", "Upper end of the interval of the share (Wilson).", 2, COLUMN_NUMBER, true,
                    true},
};

/* The rows of everybody who named something, a column for each source. */
static enum status named_gather(struct ctx *ctx, const struct measuring *measuring, const struct group *group,
                                struct case_matrix *out)
{
    struct case_variable variables[SOURCE_COUNT];
    for (unsigned i = 0; i < SOURCE_COUNT; i++)
        variables[i] = (struct case_variable){.of = CASE_SOURCE, .index = i};
    return case_matrix_make(ctx, measuring, group, variables, SOURCE_COUNT, out);
}

/* A share with its interval.
 * blank   nobody named anything -> too_few; fewer than ten clusters: the interval -> few_clusters; a stratum of one unit ->
 *         lonely_stratum
 * source  Wilson 1927   [F29] */
static void share_fill(const struct measuring *measuring, const struct case_mean *mean, struct value *values)
{
    struct interval interval = {0, 0};
    enum reason blank = case_interval_blank(measuring, mean);
    values[SHARE] = mean->undefined ? value_blank(reason_of(mean->undefined)) : value_number(mean->mean);
    if (!blank) {
        enum undefined undefined = wilson_interval(fmin(mean->mean, 1), mean->count, measuring->confidence, &interval);
        blank = undefined ? reason_of(undefined) : REASON_NONE;
    }
    values[SHARE_LOW] = blank ? value_blank(blank) : value_number(interval.low);
    values[SHARE_HIGH] = blank ? value_blank(blank) : value_number(interval.high);
}

/* The row of one source.
 * fails   STATUS_MEMORY */
static enum status source_row(struct ctx *ctx, const struct measuring *measuring, struct table *table, uint32_t group,
                              const struct case_matrix *matrix, enum expectation_source source)
{
    struct case_mean mean;
    struct row *row = NULL;
    uint64_t named = 0;
    enum status status = case_mean_find(ctx, measuring, matrix, case_column(matrix, source), &mean);
    if (!status)
        status = group_row_add(ctx, measuring, table, group, source, &row);
    if (status)
        return status;
    for (size_t i = 0; i < matrix->rows; i++)
        named += case_column(matrix, source)[i] > 0;
    row->support = matrix->respondents;
    row->values[SOURCE] = value_text(expectation_source_name(source));
    row->values[N] = value_count(matrix->rows);
    row->values[NAMED] = value_count(named);
    share_fill(measuring, &mean, row->values);
    return STATUS_OK;
}

/* A row for each group and source that was asked.
 * source  Wilson 1927   [F29]
 * fails   STATUS_MEMORY
 * proof   tests/measure/source/expectation_sources_test.c */
static enum status expectation_sources_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    const struct study *study = measuring->pairs->study;
    enum status status = STATUS_OK;
    for (uint32_t g = 0; g < measuring->set->group_count && !status; g++) {
        struct case_matrix matrix;
        status = named_gather(ctx, measuring, &measuring->set->groups[g], &matrix);
        for (enum expectation_source i = 0; i < SOURCE_COUNT && !status; i++) {
            if (study_asks_source(study, i))
                status = source_row(ctx, measuring, table, g, &matrix, i);
        }
    }
    return status ? status : design_notes(ctx, measuring, table);
}

const struct measure measure_expectation_sources = {
    .name = "expectation_sources",
    .title = "Sources of expectations",
    .meaning = "How many of those who say where their expectations come from name each source: advertising, staff, friends and "
               "so on. Several may be named.",
    .formula = "F29",
    .source = "Wilson 1927; sources of expectations: Zeithaml, Berry & Parasuraman 1993",
    .example = "gapmeter analyze answers.csv --study study.json --table expectation_sources",
    .needs = NEED_CASES,
    .sources = true,
    .minimum_n = 1,
    .by_default = true,
    .order = 250,
    .columns = columns,
    .column_count = COLUMNS,
    .run = expectation_sources_run,
};
