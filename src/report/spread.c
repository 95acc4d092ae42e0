/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/section.h"

#include "model/measure.h"
#include "report/headline.h"
#include "report/telling.h"

/* How the customers of each item are spread about what they expected: a mean gap can hide that some got much less and others more. */

#define ROWS_DRAWN 60u

/* Rows of a table, in the order in which they are drawn. */
struct row_list {
    uint32_t *rows;
    uint32_t count;
};

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

/* Adds a block of a chart with the rows to draw. */
static enum status block_begin(struct ctx *ctx, struct document *document, const struct released_table *released,
                               const char *chart, const struct row_list *list, struct document_block **out)
{
    enum status status = document_add(ctx, document, DOCUMENT_CHART, out);
    if (status)
        return status;
    (*out)->chart = chart;
    (*out)->table = released;
    (*out)->drawn = list->rows;
    (*out)->drawn_count = list->count;
    (*out)->rows_most = ROWS_DRAWN;
    return STATUS_OK;
}

/* How gaps are spread. */
static enum status gaps_chart_add(struct ctx *ctx, struct document *document, const struct released_table *released,
                                  const struct row_list *list)
{
    const struct table *table = released_table_view(released);
    struct document_block *chart = NULL;
    enum status status = block_begin(ctx, document, released, "gap_distribution", list, &chart);
    if (!status)
        status = title_make(ctx, &document->head, table, chart, &chart->text);
    if (!status)
        status = base_make(ctx, &document->head, table, &chart->subtitle);
    return status ? status : add_table_folded(ctx, document, released);
}

/* What was got on each item, the fewest answers above the middle first. */
static void answers_find(const struct table *table, struct row_list *list)
{
    for (uint32_t r = 0; r < table->row_count; r++) {
        if (!row_is(table, &table->rows[r], "standard", "perception") || !row_has(table, &table->rows[r], "above"))
            continue;
        double share = row_number(table, &table->rows[r], "above", 0);
        uint32_t at = list->count++;
        for (; at > 0 && row_number(table, &table->rows[list->rows[at - 1]], "above", 0) > share; at--)
            list->rows[at] = list->rows[at - 1];
        list->rows[at] = r;
    }
}

/* The scale that all rows share; NULL when they differ. */
static const struct scale *scale_find(const struct document_head *head, const struct table *table, const struct row_list *list)
{
    const struct scale *first = row_scale(head, table, &table->rows[list->rows[0]]);
    for (uint32_t i = 1; i < list->count; i++) {
        if (row_scale(head, table, &table->rows[list->rows[i]]) != first)
            return NULL;
    }
    return first;
}

/* How answers are spread over the scale. */
static enum status answers_chart_add(struct ctx *ctx, struct document *document, const struct released_table *released,
                                     const struct row_list *list)
{
    const struct table *table = released_table_view(released);
    const struct document_head *head = &document->head;
    const char *n = "", *percent = "", *level = "", *scale = "";
    struct document_block *chart = NULL;
    uint64_t most = 0;
    for (uint32_t i = 0; i < list->count; i++) {
        uint64_t answers = row_count_of(table, &table->rows[list->rows[i]], "n");
        most = answers > most ? answers : most;
    }
    const struct scale *common = scale_find(head, table, list);
    enum status status = block_begin(ctx, document, released, "answer_distribution", list, &chart);
    if (!status)
        status = say_number(ctx, row_number(table, &table->rows[list->rows[0]], "above", 0) * 100, 0, &percent);
    if (!status)
        status = say_count(ctx, most, &n);
    if (!status)
        status = say_confidence(ctx, head->confidence, &level);
    if (!status)
        status = common ? say_scale(ctx, head, common, &scale) : say(ctx, head, "scale.mixed", NULL, &scale);
    if (status)
        return status;
    const struct phrase_word words[] = {{"item", row_item_name(head, table, &table->rows[list->rows[0]])},
                                        {"percent", percent},
                                        {"n", n},
                                        {"scale", scale},
                                        {"confidence", level},
                                        {NULL, NULL}};
    status = say(ctx, head, "spread.answers", words, &chart->text);
    if (!status)
        status = say(ctx, head, "spread.answers.base", words, &chart->subtitle);
    return status ? status : add_table_folded(ctx, document, released);
}

/* Room for the rows to draw of a table.
 * gives   *list  without rows when there is no table */
static enum status list_begin(struct ctx *ctx, const struct table *table, struct row_list *list)
{
    *list = (struct row_list){.rows = arena_array(ctx->arena, table ? table->row_count + 1u : 1u, sizeof *list->rows)};
    return list->rows ? STATUS_OK : ctx_no_memory(ctx);
}

static enum status spread_build(struct ctx *ctx, const struct report_tables *tables, struct document *document)
{
    const struct table *gaps = table_told(tables, "gap_bands"), *answers = table_told(tables, "answer_shares");
    struct row_list of_gaps, of_answers;
    enum status status = list_begin(ctx, gaps, &of_gaps);
    if (!status)
        status = list_begin(ctx, answers, &of_answers);
    if (status)
        return status;
    if (gaps)
        of_gaps.count = drawn_find(gaps, of_gaps.rows);
    if (answers)
        answers_find(answers, &of_answers);
    if (of_gaps.count || of_answers.count)
        status = add_heading(ctx, document, 2, of_gaps.count ? "heading.spread" : "heading.answers", NULL);
    if (!status && of_gaps.count)
        status = gaps_chart_add(ctx, document, report_table(tables, "gap_bands"), &of_gaps);
    return status || !of_answers.count ? status
                                       : answers_chart_add(ctx, document, report_table(tables, "answer_shares"), &of_answers);
}

const struct section section_spread = {
    .name = "spread",
    .title = "heading.spread",
    .meaning = "How many customers got much less, less, the same, more or much more than they expected, and what they answered.",
    .measures = (const char *const[]){"gap_bands", "answer_shares", NULL},
    .order = 12,
    .build = spread_build,
};
