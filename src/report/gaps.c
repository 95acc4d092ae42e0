/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/section.h"

#include "model/measure.h"
#include "report/headline.h"
#include "report/trust.h"
#include "report/wording.h"

/* The picture of the gaps and the tables behind it. */

#define ROWS_ALL   30u /* up to so many items the picture shows all of them, */
#define FEW_PAIRS  10u /* below it nothing is ranked */
#define ROWS_WORST 10u /* beyond it only those that fall short most */

/* Which sentence the picture proves. */
static const char *title_key(const struct headline *headline)
{
    if (headline->most_pairs < FEW_PAIRS || headline->constant) /* in what varies least there may be the largest gap */
        return "chart.plain";
    bool alone = headline->worst_is_short && headline->compared && !headline->tied_count;
    if (headline->short_count)
        return alone ? "chart.short" : "chart.short_many";
    if (headline->above_count)
        return "chart.above";
    if (headline->met_count)
        return headline->items == 1 ? "chart.met.one" : "chart.met";
    return "chart.none";
}

static enum status title_make(struct ctx *ctx, const struct document_head *head, const struct headline *headline,
                              const char **out)
{
    const struct row *row = headline->short_count ? headline->worst : headline->best;
    const char *gap = NULL, *counted = NULL, *items = NULL, *met = NULL;
    enum status status = say_signed(ctx, row ? row_number(headline->gaps, row, "gap", 0) : 0, &gap);
    if (!status)
        status = say_count(ctx, headline->short_count, &counted);
    if (!status)
        status = say_count(ctx, headline->met_count, &met);
    if (!status)
        status = say_count(ctx, headline->items, &items);
    const struct phrase_word words[] = {{"item", row ? row_item_name(head, headline->gaps, row) : ""},
                                        {"gap", gap},
                                        {"short", counted},
                                        {"items", items},
                                        {"met", met},
                                        {NULL, NULL}};
    return status ? status : say(ctx, head, title_key(headline), words, out);
}

/* "n = 412 pairs at most, scale 1–7, 95 % intervals", and which rows the picture leaves out. */
static enum status base_make(struct ctx *ctx, const struct document_head *head, const struct headline *headline, const char **out)
{
    const char *n = NULL, *scale = NULL, *level = NULL, *worst = NULL, *items = NULL;
    const struct scale *common = headline_scale(head, headline);
    bool cut = headline->gaps->row_count > ROWS_ALL && !head->by_dimension;
    enum status status = say_noun(ctx, head, "chart.pairs", headline->most_pairs, &n);
    if (!status)
        status = common ? say_scale(ctx, head, common, &scale) : say(ctx, head, "scale.mixed", NULL, &scale);
    if (!status)
        status = say_confidence(ctx, head->confidence, &level);
    if (!status)
        status = say_count(ctx, ROWS_WORST, &worst);
    if (!status)
        status = say_count(ctx, headline->gaps->row_count, &items);
    const struct phrase_word words[] = {{"n", n},         {"scale", scale}, {"confidence", level},
                                        {"worst", worst}, {"items", items}, {NULL, NULL}};
    return status ? status : say(ctx, head, cut ? "chart.base.worst" : "chart.base", words, out);
}

/* Where nobody answered both: the two groups, since there is no gap to show. */
static enum status groups_add(struct ctx *ctx, struct document *document, const struct released_table *unpaired)
{
    if (!unpaired || !released_table_view(unpaired)->row_count)
        return STATUS_OK;
    enum status status = add_heading(ctx, document, 2, "heading.unpaired", NULL);
    return status ? status : add_table(ctx, document, unpaired, false);
}

static enum status gaps_build(struct ctx *ctx, const struct report_tables *tables, struct document *document)
{
    struct headline headline;
    struct document_block *chart = NULL;
    const struct released_table *table = report_table(tables, "item_gap");
    enum status status = headline_make(ctx, &document->head, tables, &headline);
    if (!status && !document->head.pairing.pairs)
        return groups_add(ctx, document, report_table(tables, "unpaired"));
    if (status || (!headline.items && !headline.constant))
        return status;
    status = add_heading(ctx, document, 2, "heading.gaps", NULL);
    if (!status)
        status = document_add(ctx, document, DOCUMENT_CHART, &chart);
    if (status)
        return status;
    chart->chart = "gap_lollipop";
    chart->table = table;
    chart->rows_most = headline.gaps->row_count > ROWS_ALL && !document->head.by_dimension ? ROWS_WORST : 0;
    status = title_make(ctx, &document->head, &headline, &chart->text);
    if (!status)
        status = base_make(ctx, &document->head, &headline, &chart->subtitle);
    if (!status)
        status = trust_add(ctx, tables, document);
    if (!status)
        status = add_table(ctx, document, table, false);
    return status ? status : add_table(ctx, document, report_table(tables, "anytime_gap"), false);
}

const struct section section_gaps = {
    .name = "gaps",
    .title = "heading.gaps",
    .meaning = "Every item: what was expected, what was got, the gap and how sure it is.",
    .measures = (const char *const[]){"item_gap", "gap_contrasts", "unpaired", "dimension_gap", "overall_gap", "overall_item_gap",
                                      "gap_caution", "gap_validity", "anytime_gap", NULL},
    .order = 10,
    .build = gaps_build,
};
