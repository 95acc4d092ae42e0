/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/item_charts.h"

#include "model/measure.h"
#include "report/headline.h"
#include "report/telling.h"

#define MAP_FEWEST 3u

/* The most people behind a row. */
static uint64_t most_people(const struct table *table)
{
    uint64_t most = 0;
    for (uint32_t r = 0; r < table->row_count; r++) {
        uint64_t n = row_has(table, &table->rows[r], "n") ? row_count_of(table, &table->rows[r], "n") : 0;
        most = n > most ? n : most;
    }
    return most;
}

static uint32_t rows_with(const struct table *table, const char *column)
{
    uint32_t count = 0;
    for (uint32_t r = 0; r < table->row_count; r++)
        count += row_has(table, &table->rows[r], column);
    return count;
}

/* A chart with its base, "n = 100 at most, 95 % intervals". */
static enum status chart_begin(struct ctx *ctx, struct document *document, const struct released_table *table, const char *base,
                               struct document_block **out)
{
    const char *n = NULL, *confidence = NULL;
    enum status status = say_count(ctx, most_people(released_table_view(table)), &n);
    if (!status)
        status = say_confidence(ctx, document->head.confidence, &confidence);
    if (!status)
        status = document_add(ctx, document, DOCUMENT_CHART, out);
    if (status)
        return status;
    (*out)->table = table;
    const struct phrase_word words[] = {{"n", n}, {"confidence", confidence}, {NULL, NULL}};
    return say(ctx, &document->head, base, words, &(*out)->subtitle);
}

/* What the map of importance shows: items that have a place, and those among them that matter and are done less well, as far as
 * that is settled or nothing is known about it. */
struct map_finding {
    uint32_t placed, concerns;
    const struct row *concern; /* the last of them */
};

static struct map_finding map_find(const struct table *table)
{
    struct map_finding finding = {.placed = 0};
    bool known = rows_with(table, "settled") > 0;
    for (uint32_t r = 0; r < table->row_count; r++) {
        const struct row *row = &table->rows[r];
        if (!row_has(table, row, "quadrant") || !row_has(table, row, "performance") || !row_has(table, row, "importance"))
            continue;
        finding.placed++;
        if (!row_is(table, row, "quadrant", "concentrate here") || (known && !row_is(table, row, "settled", "settled")))
            continue;
        finding.concerns++;
        finding.concern = row;
    }
    return finding;
}

enum status importance_chart_add(struct ctx *ctx, const struct report_tables *tables, struct document *document)
{
    const struct table *table = table_told(tables, "importance_performance");
    struct map_finding finding = table ? map_find(table) : (struct map_finding){.placed = 0};
    struct document_block *chart = NULL;
    const char *count = NULL, *items = NULL;
    if (finding.placed < MAP_FEWEST)
        return STATUS_OK;
    enum status status = chart_begin(ctx, document, report_table(tables, "importance_performance"), "chart.ipm.base", &chart);
    if (!status)
        status = say_count(ctx, finding.concerns, &count);
    if (!status)
        status = say_count(ctx, finding.placed, &items);
    if (status)
        return status;
    chart->chart = "importance_performance_map";
    const char *item = finding.concern ? told_name(&document->head, table, finding.concern) : "";
    const struct phrase_word words[] = {{"count", count}, {"items", items}, {"item", item}, {NULL, NULL}};
    const char *key = finding.concerns == 0 ? "chart.ipm.none" : finding.concerns == 1 ? "chart.ipm.one" : "chart.ipm.many";
    return say(ctx, &document->head, key, words, &chart->text);
}

/* How many items are of a category, of those that are clear when that is known. */
static uint32_t category_count(const struct table *table, const char *category)
{
    uint32_t count = 0;
    bool known = rows_with(table, "certainty") > 0;
    for (uint32_t r = 0; r < table->row_count; r++) {
        const struct row *row = &table->rows[r];
        count += row_is(table, row, "category", category) && (!known || row_is(table, row, "certainty", "clear"));
    }
    return count;
}

enum status kano_chart_add(struct ctx *ctx, const struct report_tables *tables, struct document *document)
{
    const struct table *table = table_told(tables, "kano");
    struct document_block *chart = NULL;
    const char *must_be = NULL, *attractive = NULL, *items = NULL;
    if (!table || !rows_with(table, "better"))
        return STATUS_OK;
    bool intervals = rows_with(table, "better_low") > 0;
    enum status status =
        chart_begin(ctx, document, report_table(tables, "kano"), intervals ? "chart.kano.base" : "chart.kano.base.plain", &chart);
    if (!status)
        status = say_count(ctx, category_count(table, "must-be"), &must_be);
    if (!status)
        status = say_count(ctx, category_count(table, "attractive"), &attractive);
    if (!status)
        status = say_count(ctx, rows_with(table, "better"), &items);
    if (status)
        return status;
    chart->chart = "kano_map";
    const struct phrase_word words[] = {{"must_be", must_be}, {"attractive", attractive}, {"items", items}, {NULL, NULL}};
    return say(ctx, &document->head, "chart.kano.title", words, &chart->text);
}
