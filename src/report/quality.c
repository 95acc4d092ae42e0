/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/section.h"

#include "model/measure.h"
#include "report/sentences.h"
#include "report/wording.h"

/* Quality of the answers and of the measurement: every caution, straight-lining, missing answers, reliability. */

static enum status cautions_add(struct ctx *ctx, const struct report_tables *tables, struct document *document)
{
    struct headline headline;
    struct document_block *block = NULL;
    struct cautions *cautions = arena_alloc(ctx->arena, sizeof *cautions);
    if (!cautions)
        return ctx_no_memory(ctx);
    enum status status = headline_make(ctx, &document->head, tables, &headline);
    if (!status)
        status = cautions_find(ctx, &document->head, tables, &headline, cautions);
    if (status || !cautions->count)
        return status;
    status = document_add(ctx, document, DOCUMENT_LIST, &block);
    if (status)
        return status;
    block->texts = cautions->texts;
    block->text_count = cautions->count;
    return STATUS_OK;
}

static enum status straight_add(struct ctx *ctx, struct document *document)
{
    const struct pairing *pairing = &document->head.pairing;
    bool expected = study_asks_any(document->head.study, STANDARD_EXPECTATION);
    const char *expectation = NULL, *perception = NULL, *both = NULL, *encounters = NULL;
    enum status status = say_count(ctx, pairing->straight_expectation, &expectation);
    if (!status)
        status = say_count(ctx, pairing->straight_perception, &perception);
    if (!status)
        status = say_count(ctx, pairing->straight_both, &both);
    if (!status)
        status = say_noun(ctx, &document->head, "people.encounters", pairing->encounters, &encounters);
    const struct phrase_word words[] = {
        {"expectation", expectation}, {"perception", perception}, {"both", both}, {"encounters", encounters}, {NULL, NULL}};
    return status ? status : add_paragraph(ctx, document, expected ? "quality.straight" : "quality.straight.experience", words);
}

/* Every gap with and without straight-liners, where there are some. */
static enum status sensitivity_add(struct ctx *ctx, const struct report_tables *tables, struct document *document)
{
    const struct pairing *pairing = &document->head.pairing;
    const struct released_table *table = report_table(tables, "straight_lining");
    bool some = pairing->straight_expectation > 0 || pairing->straight_perception > 0;
    return table && some ? add_table_folded(ctx, document, table) : STATUS_OK;
}

static const char *const missing_keys[STANDARD_COUNT] = {
    [STANDARD_EXPECTATION] = "quality.missing.expectation",
    [STANDARD_PERCEPTION] = "quality.missing.perception",
    [STANDARD_MINIMUM] = "quality.missing.minimum",
    [STANDARD_DESIRED] = "quality.missing.desired",
    [STANDARD_IMPORTANCE] = "quality.missing.importance",
    [STANDARD_FUNCTIONAL] = "quality.missing.functional",
    [STANDARD_DYSFUNCTIONAL] = "quality.missing.dysfunctional",
};

static enum status missing_add(struct ctx *ctx, struct document *document, enum standard standard)
{
    const struct pairing *pairing = &document->head.pairing;
    const uint64_t *missing = pairing->missing[standard];
    if (!(missing[MISSING_SKIPPED] + missing[MISSING_NOT_ASKED] + missing[MISSING_DECLARED]))
        return STATUS_OK;
    const char *skipped = NULL, *not_asked = NULL, *declared = NULL, *asked = NULL;
    enum status status = say_count(ctx, missing[MISSING_SKIPPED], &skipped);
    if (!status)
        status = say_count(ctx, missing[MISSING_NOT_ASKED], &not_asked);
    if (!status)
        status = say_count(ctx, missing[MISSING_DECLARED], &declared);
    if (!status)
        status = say_count(ctx, pairing->asked[standard], &asked);
    const struct phrase_word words[] = {
        {"skipped", skipped}, {"not_asked", not_asked}, {"declared", declared}, {"asked", asked}, {NULL, NULL}};
    return status ? status : add_paragraph(ctx, document, missing_keys[standard], words);
}

static enum status notes_add(struct ctx *ctx, struct document *document)
{
    struct document_block *block = NULL;
    if (!document->head.note_count)
        return STATUS_OK;
    enum status status = add_heading(ctx, document, 3, "quality.notes", NULL);
    if (!status)
        status = document_add(ctx, document, DOCUMENT_LIST, &block);
    if (status)
        return status;
    block->text_count = document->head.note_count;
    return notes_say(ctx, document->head.language, document->head.notes, document->head.note_count, &block->texts);
}

static enum status quality_build(struct ctx *ctx, const struct report_tables *tables, struct document *document)
{
    enum status status = add_heading(ctx, document, 2, "heading.quality", NULL);
    if (!status)
        status = cautions_add(ctx, tables, document);
    if (!status)
        status = straight_add(ctx, document);
    if (!status)
        status = sensitivity_add(ctx, tables, document);
    for (unsigned standard = 0; standard < STANDARD_COUNT && !status; standard++)
        status = missing_add(ctx, document, (enum standard)standard);
    if (!status)
        status = add_table(ctx, document, report_table(tables, "reliability"), false);
    if (!status)
        status = add_table_folded(ctx, document, report_table(tables, "bootstrap"));
    return status ? status : notes_add(ctx, document);
}

const struct section section_quality = {
    .name = "quality",
    .title = "heading.quality",
    .meaning = "Every reason for caution, missing answers, straight-lining and the reliability of the scores.",
    .measures =
        (const char *const[]){"reliability", "item_gap", "dimension_gap", "gap_validity", "straight_lining", "bootstrap", NULL},
    .by_measures = (const char *const[]){"overall_gap", "overall_item_gap", NULL}, /* how many groups are hidden */
    .order = 90,
    .build = quality_build,
};
