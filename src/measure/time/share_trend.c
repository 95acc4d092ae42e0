/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/mean_error.h"
#include "measure/time/period_series.h"
#include "numeric/control_chart.h"

enum { SUBJECT, PHASE, N, SHARE, CENTRE, LIMIT_LOW, LIMIT_HIGH, SIGNAL, SIGMA_Z, COLUMNS };

static const struct column columns[COLUMNS] = {
    [SUBJECT] = {"subject", "About", "", "The dimension, the item where items form no dimensions, or overall.", 0, COLUMN_KEY,
                 true, false},
    [PHASE] = {"phase", "Phase", "", "baseline (phase I) or later (phase II).", 0, COLUMN_WORD, true, false},
    [N] = {"n", "n", "encounters", "Encounters of the period.", 0, COLUMN_COUNT, true, false},
    [SHARE] = {"share_short", "Short", "share", "Share of the period's gaps that are below 0.", 2, COLUMN_NUMBER, true, true},
    [CENTRE] = {"centre", "Centre", "share", "Share of the baseline.", 2, COLUMN_NUMBER, true, true},
    [LIMIT_LOW] = {"limit_low", "Low", "share", "Lower limit of a period of this size.", 2, COLUMN_NUMBER, true, true},
    [LIMIT_HIGH] = {"limit_high", "High", "share", "Upper limit of a period of this size.", 2, COLUMN_NUMBER, true, true},
    [SIGNAL] = {"signal", "Signal", "", "p_low, p_high: beyond three errors; laney_low, laney_high: of Laney's width; none.", 0,
                COLUMN_WORD, true, true},
    [SIGMA_Z] = {"sigma_z", "Excess", "ratio",
                 "How many times more the baseline varies than chance; above 1.3 the limits are wider.", 2, COLUMN_NUMBER, false,
                 true},
};

/* One subject with its chart. */
struct trend {
    struct period_series series;
    enum reason blank; /* of the chart: REASON_NONE, too_few, no_variance, clustered, … */
    struct share_baseline baseline;
    struct chart_point *points;
};

/* fails   STATUS_MEMORY
 * source  [F113] */
static enum status trend_make(struct ctx *ctx, const struct measuring *measuring, uint32_t at, struct trend *out)
{
    struct period_series *series = &out->series;
    enum status status = period_series_make(ctx, measuring, at, USE_SHARES, series);
    if (status)
        return status;
    out->points = arena_array(ctx->arena, series->count + 1u, sizeof *out->points);
    if (!out->points)
        return ctx_no_memory(ctx);
    for (uint32_t i = 0; i < series->count; i++)
        series->values[i] = series->line->means[series->line->used[i]].share_short;
    out->blank = series->count < 2 ? REASON_TOO_FEW : design_blank(measuring);
    if (out->blank)
        return STATUS_OK;
    enum undefined undefined = share_baseline_find(series->values, series->counts, series->baseline, &out->baseline);
    out->blank = undefined ? reason_of(undefined) : REASON_NONE;
    if (!out->blank)
        share_chart(series->values, series->counts, series->count, &out->baseline, out->points);
    return STATUS_OK;
}

/* One period on one subject.
 * fails   STATUS_MEMORY */
static enum status trend_row(struct ctx *ctx, const struct measuring *measuring, const struct trend *trend, uint32_t group,
                             struct table *table)
{
    struct row *row = NULL;
    enum status status = period_row_add(ctx, measuring, &trend->series, table, group, &row);
    uint32_t place = period_place(&trend->series, group);
    if (status || place == UINT32_MAX)
        return status;
    struct value *values = row->values;
    values[SHARE] = value_number(trend->series.values[place]);
    if (trend->blank) {
        values_blank(values + CENTRE, COLUMNS - CENTRE, trend->blank);
        return STATUS_OK;
    }
    const struct chart_point *point = &trend->points[place];
    values[CENTRE] = value_number(trend->baseline.centre);
    values[LIMIT_LOW] = value_number(point->low);
    values[LIMIT_HIGH] = value_number(point->high);
    values[SIGNAL] = value_text(chart_signal_name(point->signal));
    values[SIGMA_Z] = value_of(trend->baseline.sigma_z_undefined, trend->baseline.sigma_z);
    return STATUS_OK;
}

/* One row for each period and subject.
 * blank   as gap_trend; clusters and strata, which it cannot honour; nobody or everybody short in the baseline -> no_variance
 * fails   STATUS_MEMORY
 * source  Shewhart 1931; Laney 2002   [F113]
 * proof   tests/measure/time/share_trend_test.c */
static enum status share_trend_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    uint32_t subjects = subject_count(measuring->pairs->study), longest = 0;
    struct trend *trends = arena_array(ctx->arena, subjects, sizeof *trends);
    enum status status = trends ? STATUS_OK : ctx_no_memory(ctx);
    for (uint32_t s = 0; s < subjects && !status; s++) {
        status = trend_make(ctx, measuring, s, &trends[s]);
        longest = trends[s].series.count > longest ? trends[s].series.count : longest;
    }
    for (uint32_t at = 0; at < measuring->set->group_count * subjects && !status; at++)
        status = trend_row(ctx, measuring, &trends[at % subjects], at / subjects, table);
    return status ? status : period_notes(ctx, measuring, table, longest);
}

const struct measure measure_share_trend = {
    .name = "share_trend",
    .title = "Share of customers let down, over time",
    .meaning = "The share of customers who got less than they expected in each wave or period, with limits that chance seldom "
               "leaves; wider ones where periods are so large that they vary more than chance.",
    .formula = "F113",
    .source = "Shewhart 1931; Laney 2002",
    .example = "gapmeter analyze answers.csv --study study.json --table share_trend",
    .needs = GROUP_MEANS_NEEDS,
    .standards = 1u << STANDARD_EXPECTATION | 1u << STANDARD_PERCEPTION,
    .minimum_n = 2,
    .by = BY_TIME,
    .order = 81,
    .columns = columns,
    .column_count = COLUMNS,
    .run = share_trend_run,
};
