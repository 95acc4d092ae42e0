/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/signal_charts.h"

#include <math.h>

#include "model/shown.h"
#include "report/headline.h"
#include "report/telling.h"

#define PERIODS_TOLD 3u
#define LANEY_EXCESS 1.3 /* sigma_z from which limits are Laney's (F113) */

/* A chart, what signals in it are called, and what its title says. */
struct signal_chart {
    const char *chart, *value, *signal;
    const char *low[2], *high[2];      /* words of signals */
    const char *keys[4], *base, *wide; /* no signal, low ones, high ones, both; the base, and that with Laney's limits */
};

static const struct signal_chart charts[] = {
    {.chart = "ewma_chart",
     .value = "ewma",
     .signal = "signal",
     .low = {"ewma_low", "ewma_low"},
     .high = {"ewma_high", "ewma_high"},
     .keys = {"control.ewma.none", "control.ewma.low", "control.ewma.high", "control.ewma.both"},
     .base = "control.ewma.base",
     .wide = "control.ewma.base"},
    {.chart = "cusum_chart",
     .value = "cusum_above",
     .signal = "cusum_signal",
     .low = {"cusum_low", "cusum_low"},
     .high = {"cusum_high", "cusum_high"},
     .keys = {"control.cusum.none", "control.cusum.low", "control.cusum.high", "control.cusum.both"},
     .base = "control.cusum.base",
     .wide = "control.cusum.base"},
    {.chart = "share_chart",
     .value = "limit_high",
     .signal = "signal",
     .low = {"p_low", "laney_low"},
     .high = {"p_high", "laney_high"},
     .keys = {"control.share.none", "control.share.low", "control.share.high", "control.share.both"},
     .base = "control.share.base",
     .wide = "control.laney.base"},
};
enum { EWMA, CUSUM, SHARE };

/* The periods of the overall figure, in their order.
 * takes   list  [table->row_count]
 * gives   how many; *known  how many of them have an answer */
static uint32_t drawn_find(const struct table *table, const struct signal_chart *kind, uint32_t *list, uint32_t *known)
{
    uint32_t count = 0;
    *known = 0;
    for (uint32_t r = 0; r < table->row_count; r++) {
        if (!row_is(table, &table->rows[r], "subject", "overall"))
            continue;
        list[count++] = r;
        *known += row_has(table, &table->rows[r], kind->value);
    }
    return count;
}

static bool signals_on(const struct table *table, const struct row *row, const struct signal_chart *kind,
                       const char *const *words)
{
    return row_is(table, row, kind->signal, words[0]) || row_is(table, row, kind->signal, words[1]);
}

/* The finding: in which periods there is a signal, and on which side. */
static enum status title_make(struct ctx *ctx, const struct document_head *head, const struct document_block *chart,
                              const struct signal_chart *kind, const char **out)
{
    const struct table *table = released_table_view(chart->table);
    const char **names = arena_array(ctx->arena, chart->drawn_count + 1u, sizeof *names), *list = "", *periods = "";
    enum status status = names ? STATUS_OK : ctx_no_memory(ctx);
    uint32_t count = 0;
    bool low = false, high = false;
    for (uint32_t i = 0; i < chart->drawn_count && !status; i++) {
        const struct row *row = &table->rows[chart->drawn[i]];
        bool below = signals_on(table, row, kind, kind->low), above = signals_on(table, row, kind, kind->high);
        low = low || below;
        high = high || above;
        if (below || above)
            status = shown_group(ctx, head, table, row, &names[count++]);
    }
    if (!status && count)
        status = say_list(ctx, head, names, count, PERIODS_TOLD, &list);
    if (!status)
        status = say_count(ctx, chart->drawn_count, &periods);
    const struct phrase_word words[] = {{"periods", list}, {"count", periods}, {NULL, NULL}};
    return status ? status : say(ctx, head, kind->keys[low + 2 * high], words, out);
}

/* How many answers and periods, and what the lines are. */
static enum status base_make(struct ctx *ctx, const struct document_head *head, const struct document_block *chart,
                             const struct signal_chart *kind, const char **out)
{
    const struct table *table = released_table_view(chart->table);
    const char *n = "", *periods = "", *times = "";
    uint64_t answers = 0;
    double excess = 0;
    for (uint32_t i = 0; i < chart->drawn_count; i++) {
        const struct row *row = &table->rows[chart->drawn[i]];
        answers += row_count_of(table, row, "n");
        if (kind->wide != kind->base)
            excess = fmax(excess, row_number(table, row, "sigma_z", 0));
    }
    enum status status = say_count(ctx, answers, &n);
    if (!status)
        status = say_count(ctx, chart->drawn_count, &periods);
    if (!status)
        status = say_number(ctx, excess, 1, &times);
    const struct phrase_word words[] = {{"n", n}, {"count", periods}, {"times", times}, {NULL, NULL}};
    return status ? status : say(ctx, head, excess > LANEY_EXCESS ? kind->wide : kind->base, words, out);
}

static enum status chart_add(struct ctx *ctx, struct document *document, const struct released_table *released,
                             const struct signal_chart *kind)
{
    const struct table *table = released_table_view(released);
    uint32_t *list = arena_array(ctx->arena, table->row_count + 1u, sizeof *list), known = 0;
    struct document_block *chart = NULL;
    if (!list)
        return ctx_no_memory(ctx);
    uint32_t count = drawn_find(table, kind, list, &known);
    if (known < 2)
        return STATUS_OK;
    enum status status = document_add(ctx, document, DOCUMENT_CHART, &chart);
    if (status)
        return status;
    chart->chart = kind->chart;
    chart->table = released;
    chart->drawn = list;
    chart->drawn_count = count;
    status = title_make(ctx, &document->head, chart, kind, &chart->text);
    return status ? status : base_make(ctx, &document->head, chart, kind, &chart->subtitle);
}

enum status gap_signals_add(struct ctx *ctx, struct document *document, const struct released_table *released)
{
    enum status status = released ? chart_add(ctx, document, released, &charts[EWMA]) : STATUS_OK;
    return status || !released ? status : chart_add(ctx, document, released, &charts[CUSUM]);
}

enum status share_signals_add(struct ctx *ctx, struct document *document, const struct released_table *released)
{
    return released ? chart_add(ctx, document, released, &charts[SHARE]) : STATUS_OK;
}
