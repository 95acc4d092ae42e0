/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/section.h"

#include "base/decimal.h"
#include "model/measure.h"
#include "report/headline.h"
#include "report/wording.h"

/* The picture of the gaps and the tables behind it. */

static enum status title_make(struct ctx *ctx, const struct document_head *head, const struct headline *headline,
                              const char **out)
{
    const struct row *row = headline->short_count ? headline->worst : headline->best;
    if (!row)
        return say(ctx, head, "chart.none", NULL, out);
    const char *gap = NULL, *counted = NULL, *items = NULL;
    enum status status = say_signed(ctx, row_number(headline->gaps, row, "gap", 0), &gap);
    if (!status)
        status = say_count(ctx, headline->short_count, &counted);
    if (!status)
        status = say_count(ctx, headline->items, &items);
    const struct phrase_word words[] = {
        {"item", row_item_name(head, headline->gaps, row)}, {"gap", gap}, {"short", counted}, {"items", items}, {NULL, NULL}};
    bool alone = headline->worst_is_short && !headline->tied_count;
    const char *key = headline->short_count ? (alone ? "chart.short" : "chart.short_many") : "chart.above";
    return status ? status : say(ctx, head, key, words, out);
}

static enum status base_make(struct ctx *ctx, const struct document_head *head, const struct headline *headline, const char **out)
{
    const char *n = NULL, *scale = NULL;
    char level[32];
    number_format_shortest(head->confidence * 100, level, sizeof level);
    enum status status = say_count(ctx, headline->most_pairs, &n);
    const struct scale *first = row_scale(head, headline->gaps, &headline->gaps->rows[0]);
    if (!status)
        status = say_scale(ctx, first, &scale);
    const struct phrase_word words[] = {{"n", n}, {"scale", scale}, {"confidence", level}, {NULL, NULL}};
    return status ? status : say(ctx, head, "chart.base", words, out);
}

static enum status gaps_build(struct ctx *ctx, const struct report_tables *tables, struct document *document)
{
    struct headline headline;
    struct document_block *chart = NULL;
    const struct released_table *table = report_table(tables, "item_gap");
    enum status status = headline_make(ctx, &document->head, tables, &headline);
    if (status || !headline.items || !document->head.pairing.pairs)
        return status;
    status = add_heading(ctx, document, 2, "heading.gaps", NULL);
    if (!status)
        status = document_add(ctx, document, DOCUMENT_CHART, &chart);
    if (status)
        return status;
    chart->chart = CHART_GAP_LOLLIPOP;
    chart->table = table;
    status = title_make(ctx, &document->head, &headline, &chart->text);
    if (!status)
        status = base_make(ctx, &document->head, &headline, &chart->subtitle);
    return status ? status : add_table(ctx, document, table, false);
}

const struct section section_gaps = {
    .name = "gaps",
    .title = "heading.gaps",
    .meaning = "Every item: what was expected, what was got, the gap and how sure it is.",
    .measures = (const char *const[]){"item_gap", "gap_contrasts", NULL},
    .order = 10,
    .build = gaps_build,
};
