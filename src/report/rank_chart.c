/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/rank_chart.h"

#include "model/measure.h"
#include "model/shown.h"
#include "report/headline.h"
#include "report/telling.h"

#define GROUPS_DRAWN 60u
#define UNITS_TOLD   3u

/* The groups with an overall gap and a rank, the best first.
 * takes   list  [table->row_count]
 * gives   how many */
static uint32_t drawn_find(const struct table *table, uint32_t *list)
{
    uint32_t count = 0;
    for (uint32_t r = 0; r < table->row_count; r++) {
        const struct row *row = &table->rows[r];
        if (!row_is(table, row, "subject", "overall") || !row_has(table, row, "shrunken_gap") || !row_has(table, row, "rank_low"))
            continue;
        double gap = row_number(table, row, "shrunken_gap", 0);
        uint32_t at = count++;
        for (; at > 0 && row_number(table, &table->rows[list[at - 1]], "shrunken_gap", 0) < gap; at--)
            list[at] = list[at - 1];
        list[at] = r;
    }
    return count;
}

/* The finding: which groups lie beyond what chance does to groups of their size. */
static enum status title_make(struct ctx *ctx, const struct document_head *head, const struct table *table,
                              const struct document_block *chart, const char *by, const char **out)
{
    const char **names = arena_array(ctx->arena, chart->drawn_count + 1u, sizeof *names), *units = "";
    enum status status = names ? STATUS_OK : ctx_no_memory(ctx);
    uint32_t count = 0;
    for (uint32_t i = 0; i < chart->drawn_count && !status; i++) {
        const struct row *row = &table->rows[chart->drawn[i]];
        if (row_is(table, row, "funnel", "below") || row_is(table, row, "funnel", "above"))
            status = shown_group(ctx, head, table, row, &names[count++]);
    }
    if (!status && count)
        status = say_list(ctx, head, names, count, UNITS_TOLD, &units);
    const struct phrase_word words[] = {{"segment", by}, {"units", units}, {NULL, NULL}};
    return status ? status : say(ctx, head, count ? "groups.chart" : "groups.chart.none", words, out);
}

static enum status base_make(struct ctx *ctx, const struct document_head *head, const struct released_table *league,
                             const char **out)
{
    const char *groups = "", *hidden = "", *level = "";
    uint32_t count = released_table_hidden_groups(league);
    enum status status = say_count(ctx, released_table_groups(league) - count, &groups);
    if (!status)
        status = say_count(ctx, count, &hidden);
    if (!status)
        status = say_confidence(ctx, head->confidence, &level);
    const struct phrase_word words[] = {{"groups", groups}, {"hidden", hidden}, {"confidence", level}, {NULL, NULL}};
    return status ? status : say(ctx, head, count ? "groups.chart.base.hidden" : "groups.chart.base", words, out);
}

enum status rank_chart_add(struct ctx *ctx, struct document *document, const struct released_table *league, const char *by)
{
    const struct table *table = released_table_view(league);
    uint32_t *list = arena_array(ctx->arena, table->row_count + 1u, sizeof *list);
    struct document_block *chart = NULL;
    if (!list)
        return ctx_no_memory(ctx);
    uint32_t count = drawn_find(table, list);
    if (count < 2 || count > GROUPS_DRAWN)
        return STATUS_OK;
    enum status status = document_add(ctx, document, DOCUMENT_CHART, &chart);
    if (status)
        return status;
    chart->chart = "league_ranks";
    chart->table = league;
    chart->drawn = list;
    chart->drawn_count = count;
    status = title_make(ctx, &document->head, table, chart, by, &chart->text);
    return status ? status : base_make(ctx, &document->head, league, &chart->subtitle);
}
