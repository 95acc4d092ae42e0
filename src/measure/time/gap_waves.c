/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/family.h"
#include "measure/mean_error.h"
#include "measure/time/change_cells.h"
#include "measure/time/period_series.h"

enum { SUBJECT, FROM, TO, KEYS };

static const struct column columns[] = {[SUBJECT] = {"subject", "About", "",
                                                     "The dimension, the item where items form no dimensions, or overall.", 0,
                                                     COLUMN_KEY, true, false},
                                        [FROM] = {"from", "From", "", "The earlier wave or period.", 0, COLUMN_KEY, true, false},
                                        [TO] = {"to", "To", "", "The next one.", 0, COLUMN_KEY, true, false},
                                        CHANGE_COLUMN_LIST};

/* One wave and the next on one subject.
 * takes   at  place of the earlier one among the points of the series
 * fails   STATUS_MEMORY */
static enum status wave_row(struct ctx *ctx, const struct measuring *measuring, const struct period_series *series, uint32_t at,
                            struct table *table)
{
    const struct line_means *line = series->line;
    uint32_t first = line->used[at], second = line->used[at + 1];
    const struct wave_side before = {measuring, &measuring->set->groups[first]},
                           after = {measuring, &measuring->set->groups[second]};
    struct wave_overlap overlap;
    struct row *row = NULL;
    const char *from = NULL, *to = NULL;
    enum status status = people_overlap(ctx, &before, &after, &line->subject, &overlap);
    if (!status)
        status = group_text(ctx, measuring, first, &from);
    if (!status)
        status = group_text(ctx, measuring, second, &to);
    if (!status)
        status = table_add_row(ctx, table, &row);
    if (status)
        return status;
    row_rest_on(row, line, line->used + at, 2);
    row->values[SUBJECT] = subject_key(measuring->pairs->study, &line->subject);
    row->values[FROM] = value_text(from);
    row->values[TO] = value_text(to);
    change_fill(measuring, &line->means[first], &line->means[second], &overlap, row->values + KEYS);
    return STATUS_OK;
}

/* All changes of one subject.
 * fails   STATUS_MEMORY, STATUS_CANCELLED */
static enum status subject_rows(struct ctx *ctx, const struct measuring *measuring, uint32_t subject, struct table *table)
{
    struct period_series series;
    enum status status = period_series_make(ctx, measuring, subject, USE_MEANS, &series);
    for (uint32_t i = 0; !status && i + 1 < series.count; i++) {
        status = ctx_cancelled(ctx);
        if (!status)
            status = wave_row(ctx, measuring, &series, i, table);
    }
    return status;
}

/* A row for each subject and each two neighbouring waves.
 * fails   STATUS_MEMORY, STATUS_CANCELLED
 * source  Kish 1965; Holm 1979   [F26, F114]
 * proof   tests/measure/time/gap_waves_test.c */
static enum status gap_waves_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    table->by_count = 0; /* a row is about two waves */
    enum status status = STATUS_OK;
    for (uint32_t s = 0; s < subject_count(measuring->pairs->study) && !status; s++)
        status = subject_rows(ctx, measuring, s, table);
    if (!status)
        status = family_adjust(ctx, table, KEYS + CHANGE_P, KEYS + CHANGE_P_HOLM);
    if (!status && !table->row_count)
        status = table_add_note(ctx, table, "note.waves.none", NULL);
    if (!status)
        status = table_add_note(ctx, table, "note.waves.order", NULL);
    if (!status)
        status = hidden_note(ctx, measuring, table);
    return status ? status : design_notes(ctx, measuring, table);
}

const struct measure measure_gap_waves = {
    .name = "gap_waves",
    .title = "Change from wave to wave",
    .meaning = "How far the mean gap moved from each wave or period to the next, and how sure that is; customers who answered in "
               "both make it surer.",
    .formula = "F26, F114",
    .source = "Kish 1965; Holm 1979",
    .example = "gapmeter analyze answers.csv --study study.json --table gap_waves",
    .needs = GROUP_MEANS_NEEDS | NEED_CASES,
    .standards = 1u << STANDARD_EXPECTATION | 1u << STANDARD_PERCEPTION,
    .minimum_n = 2,
    .by = BY_TIME,
    .order = 82,
    .columns = columns,
    .column_count = sizeof columns / sizeof *columns,
    .run = gap_waves_run,
};
