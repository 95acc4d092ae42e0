/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/section.h"

#include <math.h>

#include "base/decimal.h"
#include "model/measure.h"
#include "model/shown.h"
#include "report/telling.h"

/* How the numbers were made, in sentences that a reader can check. */

static enum status level_words(struct ctx *ctx, struct document *document, const char *key)
{
    char alpha[32];
    const char *level = NULL;
    double confidence = document->head.confidence;
    number_format_shortest(round((1 - confidence) * 1e6) / 1e6, alpha, sizeof alpha);
    enum status status = say_confidence(ctx, confidence, &level);
    const struct phrase_word words[] = {{"alpha", alpha}, {"confidence", level}, {NULL, NULL}};
    return status ? status : add_paragraph(ctx, document, key, words);
}

static enum status design_words(struct ctx *ctx, struct document *document)
{
    const struct document_head *head = &document->head;
    const char *clusters = NULL, *strata = NULL;
    enum status status = say_count(ctx, head->clusters, &clusters);
    if (!status)
        status = say_count(ctx, head->strata, &strata);
    const struct phrase_word words[] = {{"clusters", clusters}, {"strata", strata}, {NULL, NULL}};
    if (!status && head->weighted)
        status = add_paragraph(ctx, document, "method.weights", NULL);
    if (!status && head->clusters)
        status = add_paragraph(ctx, document, head->clusters == 1 ? "method.clusters.one" : "method.clusters", words);
    if (!status && head->strata)
        status = add_paragraph(ctx, document, "method.strata", words);
    return status;
}

/* What a gap is and when it is short, above or met: for studies that asked what was expected. */
static enum status gap_words(struct ctx *ctx, struct document *document)
{
    enum status status = add_paragraph(ctx, document, "method.pairs", NULL);
    if (!status && document->head.study->dimension_count)
        status = add_paragraph(ctx, document, "method.dimensions", NULL);
    return status ? status : level_words(ctx, document, "method.verdict");
}

/* How many groups of each way of grouping had to be hidden. */
static enum status hidden_add(struct ctx *ctx, const struct report_tables *tables, struct document *document)
{
    struct telling telling;
    enum status status = telling_begin(ctx, document, tables->count, &telling);
    for (uint32_t i = 0; i < tables->count && !status; i++) {
        const struct released_table *released = tables->tables[i];
        const struct table *table = released_table_view(released);
        const char *hidden = NULL, *groups = NULL, *by = NULL;
        bool seen = !table->by_count || table->measure->by != BY_ANY;
        for (uint32_t j = 0; j < i && !seen; j++)
            seen = released_table_view(tables->tables[j])->measure->by == BY_ANY &&
                   same_by(released_table_view(tables->tables[j]), table);
        if (seen)
            continue;
        status = say_count(ctx, released_table_hidden_groups(released), &hidden);
        if (!status)
            status = say_count(ctx, released_table_groups(released), &groups);
        if (!status)
            status = say_by(ctx, table, &by);
        const struct phrase_word words[] = {{"hidden", hidden}, {"groups", groups}, {"segment", by}, {NULL, NULL}};
        if (!status)
            status = telling_say(&telling, "method.hidden", words);
    }
    return status ? status : telling_end(&telling);
}

/* The floor, what else is hidden for it, and what it does not protect from. */
static enum status protection_add(struct ctx *ctx, const struct report_tables *tables, struct document *document)
{
    const char *floor = NULL;
    enum status status = add_heading(ctx, document, 3, "heading.protection", NULL);
    if (!status)
        status = say_count(ctx, document->head.floor, &floor);
    const struct phrase_word words[] = {{"floor", floor}, {NULL, NULL}};
    if (status || document->head.floor <= 1)
        return status ? status : add_paragraph(ctx, document, "method.no_floor", NULL);
    status = add_paragraph(ctx, document, "method.floor", words);
    if (!status)
        status = add_paragraph(ctx, document, "method.floor.why", words);
    return status ? status : hidden_add(ctx, tables, document);
}

/* Which formulas made which table, and who found them. */
static enum status sources_add(struct ctx *ctx, const struct report_tables *tables, struct document *document)
{
    struct telling telling;
    enum status status = telling_begin(ctx, document, tables->count, &telling);
    for (uint32_t i = 0; i < tables->count && !status; i++) {
        const struct measure *measure = released_table_view(tables->tables[i])->measure;
        bool seen = !released_table_view(tables->tables[i])->row_count;
        for (uint32_t j = 0; j < i; j++)
            seen |=
                released_table_view(tables->tables[j])->row_count && released_table_view(tables->tables[j])->measure == measure;
        const char *text = arena_format(ctx->arena, "%s: %s. %s.", shown_table_title(&document->head, measure), measure->formula,
                                        measure->source);
        if (!text)
            return ctx_no_memory(ctx);
        if (!seen)
            status = telling_add(&telling, text);
    }
    if (!status && telling.count)
        status = add_heading(ctx, document, 3, "heading.formulas", NULL);
    return status ? status : telling_end(&telling);
}

static enum status method_build(struct ctx *ctx, const struct report_tables *tables, struct document *document)
{
    const struct study *study = document->head.study;
    bool gaps = study_asks_any(study, STANDARD_EXPECTATION) && study_asks_any(study, STANDARD_PERCEPTION);
    bool paired = document->head.pairing.pairs > 0;
    enum status status = add_heading(ctx, document, 2, "heading.method", NULL);
    if (!status && gaps)
        status = paired ? gap_words(ctx, document) : add_paragraph(ctx, document, "method.unpaired", NULL);
    bool minimum = study_asks_any(study, STANDARD_MINIMUM), desired = study_asks_any(study, STANDARD_DESIRED);
    if (!status && (minimum || desired))
        status = level_words(ctx, document, !desired ? "method.zone.minimum" : minimum ? "method.zone" : "method.zone.desired");
    if (!status)
        status = level_words(ctx, document, gaps && paired ? "method.intervals" : "method.intervals.plain");
    if (!status)
        status = design_words(ctx, document);
    if (!status)
        status = add_paragraph(ctx, document, "method.exact", NULL);
    if (!status)
        status = protection_add(ctx, tables, document);
    if (!status)
        status = sources_add(ctx, tables, document);
    return status ? status : add_paragraph(ctx, document, "method.formulas", NULL);
}

const struct section section_method = {
    .name = "method",
    .title = "heading.method",
    .meaning = "How the numbers were made and what the words mean.",
    .measures = (const char *const[]){NULL},
    .order = 95,
    .build = method_build,
};
