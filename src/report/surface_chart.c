/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/surface_chart.h"

#include <string.h>

#include "model/measure.h"
#include "report/headline.h"
#include "report/telling.h"

/* The rows of the overall surface and the first outcome.
 * takes   rows  [table->row_count]
 * gives   how many */
static uint32_t topic_find(const struct table *table, uint32_t *rows)
{
    uint32_t count = 0;
    const char *outcome = table_value(table, &table->rows[0], "outcome")->text;
    for (uint32_t r = 0; r < table->row_count; r++)
        if (row_is(table, &table->rows[r], "dimension", "overall") && row_is(table, &table->rows[r], "outcome", outcome))
            rows[count++] = r;
    return count;
}

/* The row of a figure of the topic that has an estimate; NULL when there is none. */
static const struct row *figure_find(const struct table *table, const struct document_block *chart, const char *figure)
{
    for (uint32_t i = 0; i < chart->drawn_count; i++) {
        const struct row *row = &table->rows[chart->drawn[i]];
        if (row_is(table, row, "figure", figure) && row_has(table, row, "estimate"))
            return row;
    }
    return NULL;
}

/* On which side of zero the interval of a figure lies; 0 when on both, or there is none. */
static int side_of(const struct table *table, const struct document_block *chart, const char *figure)
{
    const struct row *row = figure_find(table, chart, figure);
    if (!row || !row_has(table, row, "ci_low") || !row_has(table, row, "ci_high"))
        return 0;
    if (row_number(table, row, "ci_low", 0) > 0)
        return 1;
    return row_number(table, row, "ci_high", 0) < 0 ? -1 : 0;
}

/* The finding. a3 is the slope where expectation rises as experience falls: below zero, exceeding pleases. */
static const char *title_key(const struct table *table, const struct document_block *chart)
{
    int apart = side_of(table, chart, "a3"), equal = side_of(table, chart, "a1");
    if (apart)
        return apart < 0 ? "chart.surface.higher" : "chart.surface.lower";
    if (equal)
        return equal > 0 ? "chart.surface.both" : "chart.surface.neither";
    return "chart.surface.none";
}

enum status surface_chart_add(struct ctx *ctx, const struct report_tables *tables, struct document *document)
{
    const struct table *table = table_told(tables, "surface");
    uint32_t *rows = table ? arena_array(ctx->arena, table->row_count + 1u, sizeof *rows) : NULL;
    struct document_block block = {.kind = DOCUMENT_CHART, .chart = "response_surface_map", .drawn = rows}, *chart = NULL;
    const char *n = NULL, *level = NULL;
    if (!table)
        return STATUS_OK;
    if (!rows)
        return ctx_no_memory(ctx);
    block.table = report_table(tables, "surface");
    block.beside = report_table(tables, document->head.study->dimension_count ? "overall_gap" : "overall_item_gap");
    block.drawn_count = topic_find(table, rows);
    const struct row *first = figure_find(table, &block, "b1");
    if (!first)
        return STATUS_OK;
    enum status status = say_count(ctx, row_count_of(table, first, "n"), &n);
    if (!status)
        status = say_confidence(ctx, document->head.confidence, &level);
    const struct phrase_word words[] = {
        {"n", n}, {"confidence", level}, {"outcome", told_outcome(&document->head, table, first)}, {NULL, NULL}};
    if (!status)
        status = say(ctx, &document->head, title_key(table, &block), words, &block.text);
    if (!status)
        status = say(ctx, &document->head, "chart.surface.base", words, &block.subtitle);
    if (!status)
        status = document_add(ctx, document, DOCUMENT_CHART, &chart);
    if (status)
        return status;
    *chart = block;
    return add_table_folded(ctx, document, block.table);
}
