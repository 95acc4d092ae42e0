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
    const char *clusters = NULL, *floor = NULL;
    enum status status = say_count(ctx, head->clusters, &clusters);
    if (!status)
        status = say_count(ctx, head->floor, &floor);
    const struct phrase_word words[] = {{"clusters", clusters}, {"floor", floor}, {NULL, NULL}};
    if (!status && head->weighted)
        status = add_paragraph(ctx, document, "method.weights", NULL);
    if (!status && head->clusters)
        status = add_paragraph(ctx, document, "method.clusters", words);
    return status ? status : add_paragraph(ctx, document, "method.floor", words);
}

static enum status method_build(struct ctx *ctx, const struct report_tables *tables, struct document *document)
{
    (void)tables;
    static const char *const plain[] = {"method.pairs", "method.dimensions", "method.exact", "method.formulas"};
    enum status status = add_heading(ctx, document, 2, "heading.method", NULL);
    for (size_t i = 0; i < 2 && !status; i++)
        status = add_paragraph(ctx, document, plain[i], NULL);
    if (!status)
        status = level_words(ctx, document, "method.verdict");
    if (!status)
        status = level_words(ctx, document, "method.intervals");
    if (!status)
        status = design_words(ctx, document);
    for (size_t i = 2; i < 4 && !status; i++)
        status = add_paragraph(ctx, document, plain[i], NULL);
    return status;
}

const struct section section_method = {
    .name = "method",
    .title = "heading.method",
    .meaning = "How the numbers were made and what the words mean.",
    .measures = (const char *const[]){NULL},
    .order = 95,
    .build = method_build,
};
