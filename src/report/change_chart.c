/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/change_chart.h"

#include "report/headline.h"
#include "report/telling.h"

#define STEPS_DRAWN 60u

/* The rows with a change, of one subject or of all.
 * takes   list  [table->row_count]
 * gives   how many */
static uint32_t drawn_find(const struct table *table, const char *subject, uint32_t *list)
{
    uint32_t count = 0;
    for (uint32_t r = 0; r < table->row_count; r++) {
        const struct row *row = &table->rows[r];
        if (row_has(table, row, "change") && (!subject || row_is(table, row, "subject", subject)))
            list[count++] = r;
    }
    return count;
}

/* A new block of the chart with the rows to draw; *out stays NULL when there are none, or too many to read. */
static enum status block_begin(struct ctx *ctx, struct document *document, const struct released_table *released,
                               const char *subject, struct document_block **out)
{
    const struct table *table = released_table_view(released);
    uint32_t *list = arena_array(ctx->arena, table->row_count + 1u, sizeof *list);
    *out = NULL;
    if (!list)
        return ctx_no_memory(ctx);
    uint32_t count = drawn_find(table, subject, list);
    if (!count || count > STEPS_DRAWN)
        return STATUS_OK;
    enum status status = document_add(ctx, document, DOCUMENT_CHART, out);
    if (status)
        return status;
    (*out)->chart = "gap_changes";
    (*out)->table = released;
    (*out)->drawn = list;
    (*out)->drawn_count = count;
    return STATUS_OK;
}

static bool change_shown(const struct document_head *head, const struct table *table, const struct row *row)
{
    return row_number(table, row, "p_holm", 1) < 1 - head->confidence;
}

/* The finding about the overall gap, or how many subjects changed where there is none. */
static enum status change_title(struct ctx *ctx, const struct document_head *head, const struct table *table,
                                const struct document_block *chart, const char **out)
{
    const struct row *overall = NULL;
    const char *change = "", *changed = "", *rows = "";
    uint32_t shown = 0;
    for (uint32_t i = 0; i < chart->drawn_count; i++) {
        const struct row *row = &table->rows[chart->drawn[i]];
        shown += change_shown(head, table, row);
        overall = row_is(table, row, "subject", "overall") ? row : overall;
    }
    enum status status = say_signed(ctx, overall ? row_number(table, overall, "change", 0) : 0, &change);
    if (!status)
        status = say_count(ctx, shown, &changed);
    if (!status)
        status = say_count(ctx, chart->drawn_count, &rows);
    const struct phrase_word words[] = {{"change", change}, {"changed", changed}, {"rows", rows}, {NULL, NULL}};
    const char *key = !overall                                      ? "change.chart.rows"
                      : !change_shown(head, table, overall)         ? "change.chart.none"
                      : row_number(table, overall, "change", 0) < 0 ? "change.chart.worse"
                                                                    : "change.chart.better";
    return status ? status : say(ctx, head, key, words, out);
}

/* How many answered before and now, at most. */
static enum status change_base(struct ctx *ctx, const struct document_head *head, const struct table *table,
                               const struct document_block *chart, const char **out)
{
    uint64_t most_old = 0, most_new = 0;
    const char *before = "", *now = "", *level = "";
    for (uint32_t i = 0; i < chart->drawn_count; i++) {
        uint64_t n_old = row_count_of(table, &table->rows[chart->drawn[i]], "n_old");
        uint64_t n_new = row_count_of(table, &table->rows[chart->drawn[i]], "n_new");
        most_old = n_old > most_old ? n_old : most_old;
        most_new = n_new > most_new ? n_new : most_new;
    }
    enum status status = say_count(ctx, most_old, &before);
    if (!status)
        status = say_count(ctx, most_new, &now);
    if (!status)
        status = say_confidence(ctx, head->confidence, &level);
    const struct phrase_word words[] = {{"before", before}, {"now", now}, {"confidence", level}, {NULL, NULL}};
    return status ? status : say(ctx, head, "change.chart.base", words, out);
}

enum status change_chart_add(struct ctx *ctx, struct document *document, const struct released_table *released)
{
    struct document_block *chart = NULL;
    enum status status = released ? block_begin(ctx, document, released, NULL, &chart) : STATUS_OK;
    if (status || !chart)
        return status;
    const struct table *table = released_table_view(released);
    status = change_title(ctx, &document->head, table, chart, &chart->text);
    return status ? status : change_base(ctx, &document->head, table, chart, &chart->subtitle);
}

/* The finding: the only step that shows a change, or how many do. */
static enum status wave_title(struct ctx *ctx, const struct document_head *head, const struct table *table,
                              const struct document_block *chart, const char **out)
{
    const struct row *last = NULL;
    const char *change = "", *changed = "", *steps = "";
    uint32_t shown = 0;
    for (uint32_t i = 0; i < chart->drawn_count; i++) {
        const struct row *row = &table->rows[chart->drawn[i]];
        if (!change_shown(head, table, row))
            continue;
        shown++;
        last = row;
    }
    enum status status = say_signed(ctx, last ? row_number(table, last, "change", 0) : 0, &change);
    if (!status)
        status = say_count(ctx, shown, &changed);
    if (!status)
        status = say_count(ctx, chart->drawn_count, &steps);
    const struct phrase_word words[] = {{"from", last ? table_value(table, last, "from")->text : ""},
                                        {"to", last ? table_value(table, last, "to")->text : ""},
                                        {"change", change},
                                        {"changed", changed},
                                        {"steps", steps},
                                        {NULL, NULL}};
    const char *key = shown == 0 ? "trend.chart.none" : shown == 1 ? "trend.chart.one" : "trend.chart.many";
    return status ? status : say(ctx, head, key, words, out);
}

enum status wave_chart_add(struct ctx *ctx, struct document *document, const struct released_table *released)
{
    struct document_block *chart = NULL;
    enum status status = released ? block_begin(ctx, document, released, "overall", &chart) : STATUS_OK;
    if (status || !chart)
        return status;
    const char *level = "";
    status = wave_title(ctx, &document->head, released_table_view(released), chart, &chart->text);
    if (!status)
        status = say_confidence(ctx, document->head.confidence, &level);
    const struct phrase_word words[] = {{"confidence", level}, {NULL, NULL}};
    return status ? status : say(ctx, &document->head, "trend.chart.base", words, &chart->subtitle);
}
