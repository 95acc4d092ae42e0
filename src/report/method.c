/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/section.h"

#include <math.h>

#include "base/decimal.h"
#include "report/wording.h"

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
    const char *clusters = NULL, *strata = NULL, *floor = NULL;
    enum status status = say_count(ctx, head->clusters, &clusters);
    if (!status)
        status = say_count(ctx, head->strata, &strata);
    if (!status)
        status = say_count(ctx, head->floor, &floor);
    const struct phrase_word words[] = {{"clusters", clusters}, {"strata", strata}, {"floor", floor}, {NULL, NULL}};
    if (!status && head->weighted)
        status = add_paragraph(ctx, document, "method.weights", NULL);
    if (!status && head->clusters)
        status = add_paragraph(ctx, document, head->clusters == 1 ? "method.clusters.one" : "method.clusters", words);
    if (!status && head->strata)
        status = add_paragraph(ctx, document, "method.strata", words);
    return status ? status : add_paragraph(ctx, document, head->floor > 1 ? "method.floor" : "method.no_floor", words);
}

/* What a gap is and when it is short, above or met: for studies that asked what was expected. */
static enum status gap_words(struct ctx *ctx, struct document *document)
{
    enum status status = add_paragraph(ctx, document, "method.pairs", NULL);
    if (!status && document->head.study->dimension_count)
        status = add_paragraph(ctx, document, "method.dimensions", NULL);
    return status ? status : level_words(ctx, document, "method.verdict");
}

static enum status method_build(struct ctx *ctx, const struct report_tables *tables, struct document *document)
{
    const struct study *study = document->head.study;
    bool gaps = study_asks_any(study, STANDARD_EXPECTATION) && study_asks_any(study, STANDARD_PERCEPTION);
    bool paired = document->head.pairing.pairs > 0;
    (void)tables;
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
