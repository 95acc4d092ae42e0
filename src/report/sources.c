/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/section.h"

#include <stdlib.h>

#include "model/measure.h"
#include "model/shown.h"
#include "report/headline.h"
#include "report/telling.h"

/* Where expectations come from, and whether those who name a source expect more or were let down more. */

#define DIFFERENCES_MOST 6u

/* The source named most; NULL where no share is shown. */
static const struct row *most_named(const struct table *table)
{
    const struct row *most = NULL;
    for (uint32_t r = 0; table && r < table->row_count; r++) {
        const struct row *row = &table->rows[r];
        if (row_has(table, row, "share") && (!most || row_number(table, row, "share", 0) > row_number(table, most, "share", 0)))
            most = row;
    }
    return most;
}

static enum status difference_tell(struct telling *telling, const struct table *table, const struct row *row)
{
    bool gap = row_is(table, row, "figure", "gap");
    if (row_is(table, row, "verdict", "higher"))
        return telling_row(telling, gap ? "sources.gap.higher" : "sources.expectation.higher", table, row, NULL);
    if (row_is(table, row, "verdict", "lower"))
        return telling_row(telling, gap ? "sources.gap.lower" : "sources.expectation.lower", table, row, NULL);
    return STATUS_OK;
}

/* What is shown to differ, or that nothing is. */
static enum status differences_tell(struct telling *telling, const struct table *table)
{
    bool judged = false;
    uint32_t before = telling->count;
    enum status status = STATUS_OK;
    for (uint32_t r = 0; table && r < table->row_count && !status; r++) {
        judged |= row_has(table, &table->rows[r], "verdict");
        if (telling->count < before + DIFFERENCES_MOST)
            status = difference_tell(telling, table, &table->rows[r]);
    }
    if (!judged || status)
        return status;
    return telling_say(telling, telling->count == before ? "sources.undecided" : "sources.choice", NULL);
}

/* Rows of a table by a share that falls. */
struct share_row {
    double share;
    uint32_t row;
};

static int share_order(const void *a, const void *b)
{
    const struct share_row *x = a, *y = b;
    if (x->share != y->share)
        return x->share > y->share ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

/* The rows that have a share, the largest first.
 * gives   *out  [*count] */
static enum status rows_sort(struct ctx *ctx, const struct table *table, uint32_t **out, uint32_t *count)
{
    struct share_row *list = arena_array(ctx->arena, table->row_count + 1u, sizeof *list);
    uint32_t *rows = *out = arena_array(ctx->arena, table->row_count + 1u, sizeof *rows);
    *count = 0;
    if (!list || !rows)
        return ctx_no_memory(ctx);
    for (uint32_t r = 0; r < table->row_count; r++) {
        if (row_has(table, &table->rows[r], "share"))
            list[(*count)++] = (struct share_row){row_number(table, &table->rows[r], "share", 0), r};
    }
    qsort(list, *count, sizeof *list, share_order);
    for (uint32_t i = 0; i < *count; i++)
        rows[i] = list[i].row;
    return STATUS_OK;
}

static enum status chart_add(struct telling *telling, const struct report_tables *tables, const struct row *most)
{
    struct ctx *ctx = telling->ctx;
    const struct document_head *head = &telling->document->head;
    const struct released_table *released = report_table(tables, "expectation_sources");
    const struct table *table = released_table_view(released);
    struct document_block *chart = NULL;
    const char *n = NULL, *confidence = NULL;
    uint32_t *drawn = NULL, count = 0;
    enum status status = rows_sort(ctx, table, &drawn, &count);
    if (!status)
        status = say_count(ctx, row_count_of(table, most, "n"), &n);
    if (!status)
        status = say_confidence(ctx, head->confidence, &confidence);
    if (!status)
        status = document_add(ctx, telling->document, DOCUMENT_CHART, &chart);
    if (status)
        return status;
    chart->chart = "share_bars";
    chart->table = released;
    chart->drawn = drawn;
    chart->drawn_count = count;
    const struct phrase_word words[] = {{"n", n}, {"confidence", confidence}, {NULL, NULL}};
    status = say(ctx, head, "chart.sources.base", words, &chart->subtitle);
    return status ? status : row_say(telling, "chart.sources", table, most, NULL, &chart->text);
}

static enum status sources_build(struct ctx *ctx, const struct report_tables *tables, struct document *document)
{
    struct telling telling;
    const struct table *shares = table_told(tables, "expectation_sources"), *gaps = table_told(tables, "source_gaps");
    const struct row *most = most_named(shares);
    if (!most)
        return STATUS_OK;
    enum status status = telling_begin(ctx, document, DIFFERENCES_MOST + 2, &telling);
    if (!status)
        status = telling_row(&telling, "sources.most", shares, most, NULL);
    if (!status)
        status = differences_tell(&telling, gaps);
    if (!status)
        status = add_heading(ctx, document, 2, "heading.sources", NULL);
    if (!status)
        status = telling_end(&telling);
    if (!status)
        status = chart_add(&telling, tables, most);
    if (!status)
        status = add_table(ctx, document, report_table(tables, "expectation_sources"), false);
    return status ? status : add_table(ctx, document, report_table(tables, "source_gaps"), false);
}

const struct section section_sources = {
    .name = "sources",
    .title = "heading.sources",
    .meaning = "Where expectations come from, and whether those who name a source expect more or were let down more.",
    .measures = (const char *const[]){"expectation_sources", "source_gaps", NULL},
    .order = 32,
    .build = sources_build,
};
