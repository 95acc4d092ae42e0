/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/section.h"

#include "model/measure.h"
#include "report/headline.h"
#include "report/telling.h"

/* How the customers of each item are spread about what they expected: a mean gap can hide that some got much less and others more. */

#define ROWS_DRAWN 60u

/* The rows that somebody stands behind, the lowest net share first.
 * takes   list  [table->row_count]
 * gives   how many */
static uint32_t drawn_find(const struct table *table, uint32_t *list)
{
    uint32_t count = 0;
    for (uint32_t r = 0; r < table->row_count; r++) {
        if (!row_has(table, &table->rows[r], "net"))
            continue;
        double net = row_number(table, &table->rows[r], "net", 0);
        uint32_t at = count++;
        for (; at > 0 && row_number(table, &table->rows[list[at - 1]], "net", 0) > net; at--)
            list[at] = list[at - 1];
        list[at] = r;
    }
    return count;
}

/* Shares of several columns together, as percent. */
static enum status percent_make(struct ctx *ctx, const struct table *table, const struct row *row, const char *one,
                                const char *two, const char **out)
{
    return say_number(ctx, (row_number(table, row, one, 0) + row_number(table, row, two, 0)) * 100, 0, out);
}

/* The finding: the item with the lowest net share that is shown to be below 0, else the highest that is above. */
static enum status title_make(struct ctx *ctx, const struct document_head *head, const struct table *table,
                              const struct document_block *chart, const char **out)
{
    const struct row *first = &table->rows[chart->drawn[0]], *last = &table->rows[chart->drawn[chart->drawn_count - 1]];
    bool less = row_has(table, first, "net_high") && row_number(table, first, "net_high", 0) < 0;
    bool more = row_has(table, last, "net_low") && row_number(table, last, "net_low", 0) > 0;
    const struct row *row = less ? first : last;
    const char *below = "", *above = "";
    enum status status = percent_make(ctx, table, row, "share_two_below", "share_one_below", &below);
    if (!status)
        status = percent_make(ctx, table, row, "share_one_above", "share_two_above", &above);
    const struct phrase_word words[] = {
        {"item", row_item_name(head, table, row)}, {"less", below}, {"more", above}, {NULL, NULL}};
    return status ? status : say(ctx, head, less ? "spread.less" : more ? "spread.more" : "spread.even", words, out);
}

static enum status base_make(struct ctx *ctx, const struct document_head *head, const struct table *table, const char **out)
{
    const char *n = "", *level = "";
    uint64_t most = 0;
    for (uint32_t r = 0; r < table->row_count; r++)
        most = row_count_of(table, &table->rows[r], "n") > most ? row_count_of(table, &table->rows[r], "n") : most;
    enum status status = say_noun(ctx, head, "chart.pairs", most, &n);
    if (!status)
        status = say_confidence(ctx, head->confidence, &level);
    const struct phrase_word words[] = {{"n", n}, {"confidence", level}, {NULL, NULL}};
    return status ? status : say(ctx, head, "spread.base", words, out);
}

static enum status spread_build(struct ctx *ctx, const struct report_tables *tables, struct document *document)
{
    const struct table *table = table_told(tables, "gap_bands");
    struct document_block *chart = NULL;
    uint32_t *list = table ? arena_array(ctx->arena, table->row_count + 1u, sizeof *list) : NULL;
    if (!list)
        return table ? ctx_no_memory(ctx) : STATUS_OK;
    uint32_t count = drawn_find(table, list);
    if (!count)
        return STATUS_OK;
    enum status status = add_heading(ctx, document, 2, "heading.spread", NULL);
    if (!status)
        status = document_add(ctx, document, DOCUMENT_CHART, &chart);
    if (status)
        return status;
    chart->chart = "gap_distribution";
    chart->table = report_table(tables, "gap_bands");
    chart->drawn = list;
    chart->drawn_count = count;
    chart->rows_most = ROWS_DRAWN;
    status = title_make(ctx, &document->head, table, chart, &chart->text);
    if (!status)
        status = base_make(ctx, &document->head, table, &chart->subtitle);
    return status ? status : add_table_folded(ctx, document, chart->table);
}

const struct section section_spread = {
    .name = "spread",
    .title = "heading.spread",
    .meaning = "How many customers got much less, less, the same, more or much more than they expected.",
    .measures = (const char *const[]){"gap_bands", NULL},
    .order = 12,
    .build = spread_build,
};
