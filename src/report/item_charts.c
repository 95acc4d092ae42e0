/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/item_charts.h"

#include <math.h>
#include <string.h>

#include "model/measure.h"
#include "report/headline.h"
#include "report/telling.h"

#define MAP_FEWEST 3u
#define ROWS_ALL   30u /* up to so many items a chart shows all of them, */
#define ROWS_WORST 10u /* beyond it only the first */

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

/* One way to sort Kano's items. */
struct kano_way {
    const char *chart, *title, *base, *plain_base;
    const char *figure, *interval, *category, *certainty; /* columns */
};

/* How many items are of a category, of those that are clear when that is known. */
static uint32_t category_count(const struct table *table, const struct kano_way *way, const char *category)
{
    uint32_t count = 0;
    bool known = rows_with(table, way->certainty) > 0;
    for (uint32_t r = 0; r < table->row_count; r++) {
        const struct row *row = &table->rows[r];
        count += row_is(table, row, way->category, category) && (!known || row_is(table, row, way->certainty, "clear"));
    }
    return count;
}

static enum status way_add(struct ctx *ctx, const struct report_tables *tables, struct document *document,
                           const struct kano_way *way)
{
    const struct table *table = table_told(tables, "kano");
    struct document_block *chart = NULL;
    const char *must_be = NULL, *attractive = NULL, *items = NULL;
    if (!table || !rows_with(table, way->figure))
        return STATUS_OK;
    const char *base = rows_with(table, way->interval) ? way->base : way->plain_base;
    enum status status = chart_begin(ctx, document, report_table(tables, "kano"), base, &chart);
    if (!status)
        status = say_count(ctx, category_count(table, way, "must-be"), &must_be);
    if (!status)
        status = say_count(ctx, category_count(table, way, "attractive"), &attractive);
    if (!status)
        status = say_count(ctx, rows_with(table, way->figure), &items);
    if (status)
        return status;
    chart->chart = way->chart;
    const struct phrase_word words[] = {{"must_be", must_be}, {"attractive", attractive}, {"items", items}, {NULL, NULL}};
    return say(ctx, &document->head, way->title, words, &chart->text);
}

enum status kano_charts_add(struct ctx *ctx, const struct report_tables *tables, struct document *document)
{
    static const struct kano_way shares = {"kano_map", "chart.kano.title", "chart.kano.base", "chart.kano.base.plain",
                                           "better",   "better_low",       "category",        "certainty"};
    static const struct kano_way means = {
        "kano_means",      "chart.kano_means.title", "chart.kano_means.base", "chart.kano_means.base.plain",
        "functional_mean", "functional_low",         "continuous_category",   "continuous_certainty"};
    enum status status = way_add(ctx, tables, document, &shares);
    return status ? status : way_add(ctx, tables, document, &means);
}

/* Rows in the order of a figure, the lowest first; those without it last. */
struct row_order {
    const struct table *table;
    double (*figure)(const struct table *table, const struct row *row);
    uint32_t *rows; /* [table->row_count] */
    uint32_t count;
};

static void order_add(struct row_order *order, uint32_t index)
{
    uint32_t at = order->count++;
    double figure = order->figure(order->table, &order->table->rows[index]);
    for (; at > 0 && order->figure(order->table, &order->table->rows[order->rows[at - 1]]) > figure; at--)
        order->rows[at] = order->rows[at - 1];
    order->rows[at] = index;
}

static enum status order_begin(struct ctx *ctx, struct row_order *order)
{
    order->rows = arena_array(ctx->arena, order->table->row_count + 1u, sizeof *order->rows);
    return order->rows ? STATUS_OK : ctx_no_memory(ctx);
}

/* A side of an item whose interval lies on one side of zero; 0 otherwise. */
static double side_shown(const struct table *table, const struct row *row, const char *side, const char *low, const char *high)
{
    bool known = row_has(table, row, side) && row_has(table, row, low) && row_has(table, row, high);
    bool shown = known && (row_number(table, row, low, 0) > 0 || row_number(table, row, high, 0) < 0);
    return shown ? row_number(table, row, side, 0) : 0;
}

static double impact_order(const struct table *table, const struct row *row)
{
    return -fmax(fabs(row_number(table, row, "penalty", 0)), fabs(row_number(table, row, "reward", 0)));
}

/* The finding: the largest difference that is shown. */
static enum status impact_title(struct ctx *ctx, const struct document_head *head, const struct table *table, const char **out)
{
    const char *points = "", *key = "chart.impact.none", *outcome = told_outcome(head, table, &table->rows[0]);
    const struct row *largest = NULL;
    double most = 0;
    for (uint32_t i = 0; i < 2 * table->row_count; i++) {
        const struct row *row = &table->rows[i / 2];
        double shown = i % 2 ? side_shown(table, row, "reward", "reward_ci_low", "reward_ci_high")
                             : side_shown(table, row, "penalty", "penalty_ci_low", "penalty_ci_high");
        if (!row_is(table, row, "outcome", table_value(table, &table->rows[0], "outcome")->text) || fabs(shown) <= fabs(most))
            continue;
        most = shown;
        largest = row;
        key = i % 2 ? "chart.impact.high" : "chart.impact.low";
    }
    enum status status = say_signed(ctx, most, &points);
    const struct phrase_word words[] = {
        {"outcome", outcome}, {"points", points}, {"item", largest ? told_name(head, table, largest) : ""}, {NULL, NULL}};
    return status ? status : say(ctx, head, key, words, out);
}

/* "n = 100 at most …", or that these are the largest of more, and how many items have no figures.
 * takes   blank  items that are not drawn */
static enum status impact_base(struct ctx *ctx, const struct document_head *head, const struct table *table, uint32_t blank,
                               struct document_block *chart)
{
    const char *left = NULL;
    const char *n = NULL, *confidence = NULL, *worst = NULL, *items = NULL;
    enum status status = say_count(ctx, most_people(table), &n);
    if (!status)
        status = say_confidence(ctx, head->confidence, &confidence);
    if (!status)
        status = say_count(ctx, ROWS_WORST, &worst);
    if (!status)
        status = say_count(ctx, chart->drawn_count, &items);
    const struct phrase_word words[] = {{"n", n}, {"confidence", confidence}, {"worst", worst}, {"items", items}, {NULL, NULL}};
    if (!status)
        status = say(ctx, head, chart->rows_most ? "chart.impact.base.worst" : "chart.impact.base", words, &chart->subtitle);
    if (status || !blank)
        return status;
    status = say_count(ctx, blank, &left);
    const struct phrase_word more[] = {{"base", chart->subtitle}, {"count", left}, {NULL, NULL}};
    return status ? status : say(ctx, head, "chart.impact.left", more, &chart->subtitle);
}

enum status penalty_chart_add(struct ctx *ctx, const struct report_tables *tables, struct document *document)
{
    const struct table *table = table_told(tables, "penalty_reward");
    struct row_order order = {.table = table, .figure = impact_order};
    struct document_block *chart = NULL;
    uint32_t blank = 0;
    if (!table)
        return STATUS_OK;
    enum status status = order_begin(ctx, &order);
    for (uint32_t r = 0; r < table->row_count && !status; r++) {
        const struct row *row = &table->rows[r];
        if (!row_is(table, row, "outcome", table_value(table, &table->rows[0], "outcome")->text))
            continue;
        if (row_has(table, row, "penalty") && row_has(table, row, "reward"))
            order_add(&order, r);
        else
            blank++;
    }
    if (!status && !order.count)
        return STATUS_OK;
    if (!status)
        status = document_add(ctx, document, DOCUMENT_CHART, &chart);
    if (status)
        return status;
    *chart = (struct document_block){.kind = DOCUMENT_CHART,
                                     .chart = "penalty_reward_bars",
                                     .table = report_table(tables, "penalty_reward"),
                                     .drawn = order.rows,
                                     .drawn_count = order.count,
                                     .rows_most = order.count > ROWS_ALL ? ROWS_WORST : 0};
    status = impact_base(ctx, &document->head, table, blank, chart);
    return status ? status : impact_title(ctx, &document->head, table, &chart->text);
}

static double gap_order(const struct table *table, const struct row *row)
{
    return row_number(table, row, "gap", HUGE_VAL);
}

/* The finding: how many fall short and which is lowest; else which is highest of those above; else that nothing could be shown. */
static enum status dimension_title(struct ctx *ctx, const struct document_head *head, const struct row_order *order,
                                   const char **out)
{
    const struct table *table = order->table;
    const char *fallen = NULL, *met = NULL, *count = NULL, *gap = NULL;
    const struct row *lowest = NULL, *highest = NULL;
    uint32_t short_count = 0, met_count = 0;
    for (uint32_t i = 0; i < order->count; i++) {
        const struct row *row = &table->rows[order->rows[i]];
        bool falls = row_is(table, row, "verdict", "short");
        lowest = falls && !lowest ? row : lowest;
        highest = row_is(table, row, "verdict", "above") ? row : highest;
        short_count += falls;
        met_count += row_is(table, row, "verdict", "met");
    }
    const struct row *told = lowest ? lowest : highest;
    enum status status = say_count(ctx, short_count, &fallen);
    if (!status)
        status = say_count(ctx, met_count, &met);
    if (!status)
        status = say_count(ctx, order->count, &count);
    if (!status)
        status = say_signed(ctx, told ? row_number(table, told, "gap", 0) : 0, &gap);
    const struct phrase_word words[] = {
        {"short", fallen}, {"met", met}, {"count", count}, {"gap", gap}, {"name", told ? told_name(head, table, told) : ""},
        {NULL, NULL}};
    const char *key = lowest      ? "chart.dimensions.short"
                      : highest   ? "chart.dimensions.above"
                      : met_count ? "chart.dimensions.met"
                                  : "chart.dimensions.none";
    return status ? status : say(ctx, head, key, words, out);
}

enum status dimension_chart_add(struct ctx *ctx, const struct released_table *table, struct document *document)
{
    struct row_order order = {.table = released_table_view(table), .figure = gap_order};
    struct document_block *chart = NULL;
    enum status status = order_begin(ctx, &order);
    for (uint32_t r = 0; r < order.table->row_count && !status; r++)
        order_add(&order, r);
    if (!status)
        status = chart_begin(ctx, document, table, "chart.dimensions.base", &chart);
    if (status)
        return status;
    chart->chart = "dimension_bars";
    chart->drawn = order.rows;
    chart->drawn_count = order.count;
    return dimension_title(ctx, &document->head, &order, &chart->text);
}
