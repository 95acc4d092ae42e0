/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/section.h"

#include <string.h>

#include "model/measure.h"
#include "model/shown.h"
#include "report/change_chart.h"
#include "report/differences.h"
#include "report/headline.h"
#include "report/signal_charts.h"
#include "report/telling.h"

/* What changed: since the older answers, and over waves and periods as signals with the name of the rule. */

#define PERIODS_TOLD 4u
#define CHANGES_TOLD 5u
#define BASELINE     20u /* periods that limits take */
#define WAVES_MOST   60u /* rows: of more waves only the signals are read */

/* A rule, the word that says it has signalled, and how that is told of the overall gap. */
struct signal {
    const char *measure, *column, *word, *key;
};

static const struct signal signals[] = {
    {"gap_trend", "signal", "ewma_low", "trend.ewma_low"},
    {"gap_trend", "signal", "ewma_high", "trend.ewma_high"},
    {"gap_trend", "cusum_signal", "cusum_low", "trend.cusum_low"},
    {"gap_trend", "cusum_signal", "cusum_high", "trend.cusum_high"},
    {"share_trend", "signal", "p_low", "trend.p_low"},
    {"share_trend", "signal", "p_high", "trend.p_high"},
    {"share_trend", "signal", "laney_low", "trend.laney_low"},
    {"share_trend", "signal", "laney_high", "trend.laney_high"},
};

/* The overall change, other changes and how many more; a sentence of each rule, and that its limits are provisional. */
#define TOLD_MOST (1 + CHANGES_TOLD + 1 + sizeof signals / sizeof *signals + 1)

/* The table of periods of a measure, when it has rows. */
static const struct released_table *periods_find(const struct report_tables *tables, const char *measure)
{
    for (uint32_t i = 0; i < tables->count; i++) {
        const struct table *table = released_table_view(tables->tables[i]);
        if (strcmp(table->measure->name, measure) == 0 && table->row_count)
            return tables->tables[i];
    }
    return NULL;
}

/* The periods in which a rule signals on the overall figure.
 * gives   *signalled, *known  how many signal, how many have an answer */
static enum status signal_tell(struct telling *telling, const struct table *table, const struct signal *signal,
                               uint32_t *signalled, uint32_t *known)
{
    struct ctx *ctx = telling->ctx;
    const struct document_head *head = &telling->document->head;
    const char **periods = arena_array(ctx->arena, table->row_count + 1u, sizeof *periods), *list = NULL;
    uint32_t count = 0;
    enum status status = periods ? STATUS_OK : ctx_no_memory(ctx);
    *known = 0;
    for (uint32_t r = 0; r < table->row_count && !status; r++) {
        const struct row *row = &table->rows[r];
        if (!row_is(table, row, "subject", "overall"))
            continue;
        *known += row_has(table, row, signal->column);
        if (row_is(table, row, signal->column, signal->word))
            status = shown_group(ctx, head, table, row, &periods[count++]);
    }
    *signalled += count;
    if (status || !count)
        return status;
    status = say_list(ctx, head, periods, count, PERIODS_TOLD, &list);
    const struct phrase_word words[] = {{"periods", list}, {NULL, NULL}};
    return status ? status : telling_say(telling, signal->key, words);
}

/* Every signal on the overall gap, or that there is none. */
static enum status signals_tell(struct telling *telling, const struct report_tables *tables)
{
    uint32_t signalled = 0, known = 0, most = 0;
    const char *count = NULL;
    enum status status = STATUS_OK;
    for (size_t i = 0; i < sizeof signals / sizeof *signals && !status; i++) {
        const struct released_table *released = periods_find(tables, signals[i].measure);
        if (released)
            status = signal_tell(telling, released_table_view(released), &signals[i], &signalled, &known);
        most = known > most ? known : most;
    }
    if (status || most < 2)
        return status;
    status = say_count(telling->ctx, most, &count);
    const struct phrase_word words[] = {{"count", count}, {NULL, NULL}};
    if (!status && !signalled)
        status = telling_say(telling, "trend.none", words);
    return status || most >= BASELINE ? status : telling_say(telling, "trend.provisional", words);
}

/* The overall change since the older answers, then other changes that are shown, and how many more there are. */
static enum status change_tell(struct telling *telling, const struct table *table)
{
    enum status status = STATUS_OK;
    uint32_t shown = 0;
    for (uint32_t r = 0; table && r < table->row_count && !status; r++) {
        if (row_is(table, &table->rows[r], "subject", "overall"))
            status = change_row_tell(telling, table, &table->rows[r]);
    }
    for (uint32_t r = 0; table && r < table->row_count && !status; r++) {
        const struct row *row = &table->rows[r];
        if (row_is(table, row, "subject", "overall") || !change_is_shown(telling, table, row))
            continue;
        if (shown++ < CHANGES_TOLD)
            status = change_row_tell(telling, table, row);
    }
    const char *more = NULL;
    if (!status && shown > CHANGES_TOLD)
        status = say_noun(telling->ctx, &telling->document->head, "change.more", shown - CHANGES_TOLD, &more);
    return status || !more ? status : telling_add(telling, more);
}

static enum status trends_build(struct ctx *ctx, const struct report_tables *tables, struct document *document)
{
    struct telling telling;
    enum status status = telling_begin(ctx, document, TOLD_MOST, &telling);
    if (!status)
        status = change_tell(&telling, table_told(tables, "gap_change"));
    if (!status)
        status = signals_tell(&telling, tables);
    if (status || !telling.count)
        return status;
    status = add_heading(ctx, document, 2, "heading.trends", NULL);
    if (!status)
        status = telling_end(&telling);
    if (!status)
        status = change_chart_add(ctx, document, report_table(tables, "gap_change"));
    if (!status)
        status = add_table(ctx, document, report_table(tables, "gap_change"), false);
    if (!status)
        status = wave_chart_add(ctx, document, periods_find(tables, "gap_waves"));
    if (!status)
        status = gap_signals_add(ctx, document, periods_find(tables, "gap_trend"));
    if (!status)
        status = add_table_folded(ctx, document, periods_find(tables, "gap_trend"));
    if (!status)
        status = share_signals_add(ctx, document, periods_find(tables, "share_trend"));
    if (!status)
        status = add_table_folded(ctx, document, periods_find(tables, "share_trend"));
    const struct released_table *waves = periods_find(tables, "gap_waves");
    bool readable = waves && released_table_view(waves)->row_count <= WAVES_MOST;
    return status || !readable ? status : add_table_folded(ctx, document, waves);
}

const struct section section_trends = {
    .name = "trends",
    .title = "heading.trends",
    .meaning = "What changed since the older answers, and signals over waves and periods with the name of their rule.",
    .measures = (const char *const[]){"gap_change", "gap_trend", "share_trend", "gap_waves", NULL},
    .order = 60,
    .build = trends_build,
};
