/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/group_row.h"
#include "measure/time/period_series.h"
#include "numeric/control_chart.h"

enum { SUBJECT, PHASE, N, GAP, CENTRE, EWMA, LIMIT_LOW, LIMIT_HIGH, SIGNAL, CUSUM_ABOVE, CUSUM_BELOW, CUSUM_SIGNAL, COLUMNS };

#define POINTS "scale points"
static const struct column columns[COLUMNS] = {
    [SUBJECT] = {"subject", "About", "", "The dimension, the item where items form no dimensions, or overall.", 0, COLUMN_KEY,
                 true, false},
    [PHASE] = {"phase", "Phase", "", "baseline (phase I) or later (phase II).", 0, COLUMN_WORD, true, false},
    [N] = {"n", "n", "encounters", "Encounters of the period.", 0, COLUMN_COUNT, true, false},
    [GAP] = {"gap", "Gap", POINTS, "Mean gap of the period.", 2, COLUMN_NUMBER, true, false},
    [CENTRE] = {"centre", "Centre", POINTS, "Mean gap of the baseline.", 2, COLUMN_NUMBER, false, false},
    [EWMA] = {"ewma", "Average", POINTS, "Moving average: a fifth of this period, the rest of those before.", 2, COLUMN_NUMBER,
              true, false},
    [LIMIT_LOW] = {"limit_low", "Low", POINTS, "Lower limit of the moving average.", 2, COLUMN_NUMBER, true, false},
    [LIMIT_HIGH] = {"limit_high", "High", POINTS, "Upper limit of the moving average.", 2, COLUMN_NUMBER, true, false},
    [SIGNAL] = {"signal", "Signal", "", "ewma_low, ewma_high: the moving average left its limits; none.", 0, COLUMN_WORD, true,
                false},
    [CUSUM_ABOVE] = {"cusum_above", "Sum above", "standard errors", "Sum of what lies above the centre, less half an error each.",
                     2, COLUMN_NUMBER, false, false},
    [CUSUM_BELOW] = {"cusum_below", "Sum below", "standard errors", "Sum of what lies below the centre, less half an error each.",
                     2, COLUMN_NUMBER, false, false},
    [CUSUM_SIGNAL] = {"cusum_signal", "Sum signal", "", "cusum_low, cusum_high: a sum is above 5; none.", 0, COLUMN_WORD, true,
                      false},
};

/* One subject with its charts. */
struct trend {
    struct period_series series;
    enum reason blank; /* of the charts: REASON_NONE, too_few, no_variance */
    double centre, excess;
    struct chart_point *ewma;
    struct cusum_point *cusum;
};

/* Centre and variance of one answer, from the baseline.
 * gives   REASON_NONE, or why there are none
 * source  [F111] */
static enum reason baseline_find(const struct period_series *series, double *centre, double *variance)
{
    if (series->count < 2)
        return REASON_TOO_FEW;
    struct line_means baseline = *series->line;
    baseline.used_count = series->baseline;
    enum undefined undefined = pooled_variance(&baseline, variance);
    if (undefined)
        return reason_of(undefined);
    double all = 0;
    *centre = 0;
    for (uint32_t i = 0; i < series->baseline; i++)
        all += series->counts[i];
    for (uint32_t i = 0; i < series->baseline; i++)
        *centre += series->values[i] * (series->counts[i] / all);
    return REASON_NONE;
}

/* fails   STATUS_MEMORY
 * source  [F111, F112] */
static enum status trend_make(struct ctx *ctx, const struct measuring *measuring, uint32_t at, struct trend *out)
{
    struct period_series *series = &out->series;
    enum status status = period_series_make(ctx, measuring, at, USE_MEANS, series);
    if (status)
        return status;
    double *variances = arena_array(ctx->arena, series->count + 1u, sizeof *variances);
    out->ewma = arena_array(ctx->arena, series->count + 1u, sizeof *out->ewma);
    out->cusum = arena_array(ctx->arena, series->count + 1u, sizeof *out->cusum);
    if (!variances || !out->ewma || !out->cusum)
        return ctx_no_memory(ctx);
    double variance = 0;
    out->blank = baseline_find(series, &out->centre, &variance);
    if (out->blank)
        return STATUS_OK;
    for (uint32_t i = 0; i < series->count; i++)
        variances[i] = variance / series->counts[i];
    ewma_chart(series->values, variances, series->count, out->centre, &ewma_usual, out->ewma);
    cusum_chart(series->values, variances, series->count, out->centre, &cusum_usual, out->cusum);
    enum undefined undefined = chart_excess(series->values, variances, series->baseline, out->centre, &out->excess);
    if (undefined)
        out->excess = 0;
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
    values[GAP] = value_number(trend->series.values[place]);
    if (trend->blank) {
        values_blank(values + CENTRE, COLUMNS - CENTRE, trend->blank);
        return STATUS_OK;
    }
    const struct chart_point *ewma = &trend->ewma[place];
    const struct cusum_point *cusum = &trend->cusum[place];
    values[CENTRE] = value_number(trend->centre);
    values[EWMA] = value_number(ewma->value);
    values[LIMIT_LOW] = value_number(ewma->low);
    values[LIMIT_HIGH] = value_number(ewma->high);
    values[SIGNAL] = value_text(chart_signal_name(ewma->signal));
    values[CUSUM_ABOVE] = value_number(cusum->above);
    values[CUSUM_BELOW] = value_number(cusum->below);
    values[CUSUM_SIGNAL] = value_text(chart_signal_name(cusum->signal));
    return STATUS_OK;
}

/* Says where the limits are too narrow.
 * fails   STATUS_MEMORY */
static enum status excess_notes(struct ctx *ctx, const struct measuring *measuring, const struct trend *trends, uint32_t count,
                                struct table *table)
{
    enum status status = STATUS_OK;
    for (uint32_t s = 0; s < count && !status; s++) {
        const struct note_word words[] = {subject_word(measuring->pairs->study, &trends[s].series.line->subject),
                                          note_number("times", trends[s].excess, 1),
                                          {.name = NULL}};
        if (trends[s].excess > LANEY_SIGMA)
            status = table_add_note(ctx, table, "note.trend.excess", words);
    }
    return status;
}

/* One row for each period and subject.
 * blank   a period without a name, or hidden: no chart -> not_applicable; fewer than two periods -> too_few; all gaps of the
 *         baseline alike -> no_variance
 * fails   STATUS_MEMORY
 * source  Roberts 1959; Page 1954   [F111, F112]
 * proof   tests/measure/time/gap_trend_test.c */
static enum status gap_trend_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
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
    if (!status)
        status = excess_notes(ctx, measuring, trends, subjects, table);
    return status ? status : period_notes(ctx, measuring, table, longest);
}

const struct measure measure_gap_trend = {
    .name = "gap_trend",
    .title = "Gaps over time",
    .meaning = "The mean gap of each wave or period, and two charts that tell a lasting change from the ups and downs of chance: "
               "a moving average that notices drifts, and sums that notice small steps.",
    .formula = "F111, F112",
    .source = "Roberts 1959; Page 1954; Lucas & Saccucci 1990",
    .example = "gapmeter analyze answers.csv --study study.json --table gap_trend",
    .needs = GROUP_MEANS_NEEDS,
    .standards = 1u << STANDARD_EXPECTATION | 1u << STANDARD_PERCEPTION,
    .minimum_n = 2,
    .by = BY_TIME,
    .order = 80,
    .columns = columns,
    .column_count = COLUMNS,
    .run = gap_trend_run,
};
