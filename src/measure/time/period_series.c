/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/time/period_series.h"

#include "measure/group_row.h"
#include "numeric/control_chart.h"

/* Has the period a name? Answers without a date or wave belong to none. */
static bool period_is_named(const struct line_means *line, uint32_t group)
{
    for (uint32_t s = 0; s < line->groups.segment_count; s++) {
        if (!line->groups.by[group][s])
            return false;
    }
    return true;
}

enum status period_series_make(struct ctx *ctx, const struct measuring *measuring, uint32_t at, enum line_use use,
                               struct period_series *out)
{
    *out = (struct period_series){.count = 0};
    enum status status = line_means_find(ctx, measuring, at, use, &out->line);
    if (status)
        return status;
    struct line_means *line = out->line;
    out->values = arena_array(ctx->arena, line->used_count + 1u, sizeof *out->values);
    out->counts = arena_array(ctx->arena, line->used_count + 1u, sizeof *out->counts);
    if (!out->values || !out->counts)
        return ctx_no_memory(ctx);
    for (uint32_t i = 0; i < line->used_count; i++) {
        uint32_t group = line->used[i];
        if (!period_is_named(line, group))
            continue;
        out->values[out->count] = line->means[group].estimate.mean;
        out->counts[out->count] = line->means[group].n_effective;
        line->used[out->count++] = group;
    }
    line->used_count = out->count;
    out->baseline = (uint32_t)chart_baseline(out->count);
    return STATUS_OK;
}

uint32_t period_place(const struct period_series *series, uint32_t group)
{
    for (uint32_t i = 0; i < series->count; i++) {
        if (series->line->used[i] == group)
            return i;
    }
    return UINT32_MAX;
}

enum status period_row_add(struct ctx *ctx, const struct measuring *measuring, const struct period_series *series,
                           struct table *table, uint32_t group, struct row **out)
{
    const struct line_means *line = series->line;
    const struct group_mean *mean = &line->means[group];
    enum status status = group_row_add(ctx, measuring, table, group, line->line, out);
    if (status)
        return status;
    struct row *row = *out;
    uint32_t place = period_place(series, group);
    bool charted = place != UINT32_MAX;
    uint32_t known = charted && place >= series->baseline ? place + 1 : series->baseline;
    row_rest_on(row, line, line->used, charted ? known : 0);
    if (!charted)
        row->support = mean->respondents;
    values_blank(row->values + 1, table->column_count - 1, mean->blank ? mean->blank : REASON_NOT_APPLICABLE);
    row->values[0] = subject_key(measuring->pairs->study, &line->subject);
    if (charted)
        row->values[1] = value_text(place < series->baseline ? "baseline" : "later");
    if (!mean->blank || mean->blank == REASON_NO_PAIRS)
        row->values[2] = value_count(mean->n);
    return STATUS_OK;
}

enum status period_notes(struct ctx *ctx, const struct measuring *measuring, struct table *table, uint32_t longest)
{
    const struct note_word words[] = {
        note_count("periods", longest), note_count("baseline", CHART_BASELINE_POINTS), {.name = NULL}};
    enum status status = STATUS_OK;
    if (longest < 2)
        status = table_add_note(ctx, table, "note.periods.single", NULL);
    else if (longest < CHART_BASELINE_POINTS)
        status = table_add_note(ctx, table, "note.periods.provisional", words);
    else if (longest > CHART_BASELINE_POINTS)
        status = table_add_note(ctx, table, "note.periods.baseline", words);
    if (!status && longest >= 2)
        status = table_add_note(ctx, table, "note.periods.order", NULL);
    return status ? status : comparison_notes(ctx, measuring, table);
}
