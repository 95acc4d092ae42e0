/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/section.h"

#include <string.h>

#include "model/measure.h"
#include "report/advice.h"
#include "report/differences.h"
#include "report/sentences.h"
#include "report/telling.h"

/* Page one: the three sentences, who answered, and how many got less than expected on the worst items. */

#define WORST_MOST       3u
#define DIFFERENCES_MOST 4u

static enum status sentences_add(struct ctx *ctx, const struct report_tables *tables, struct document *document,
                                 const struct headline *headline)
{
    const struct document_head *head = &document->head;
    struct cautions cautions;
    const char **texts = arena_array(ctx->arena, 3, sizeof *texts);
    struct document_block *block = NULL;
    const char *second = NULL;
    if (!texts)
        return ctx_no_memory(ctx);
    enum status status = cautions_find(ctx, head, tables, headline, &cautions);
    if (!status)
        status = sentence_first(ctx, head, tables, headline, &texts[0]);
    if (!status)
        status = sentence_second(ctx, head, tables, headline, &second);
    uint32_t count = 1;
    if (second)
        texts[count++] = second;
    if (!status)
        status = sentence_third(ctx, head, &cautions, &texts[count++]);
    if (!status)
        status = document_add(ctx, document, DOCUMENT_SENTENCES, &block);
    if (status)
        return status;
    block->texts = texts;
    block->text_count = count;
    return STATUS_OK;
}

static enum status answered_add(struct ctx *ctx, struct document *document)
{
    const struct pairing *pairing = &document->head.pairing;
    const uint64_t counts[4] = {pairing->encounters, pairing->both, pairing->expectation_only, pairing->perception_only};
    const char *numbers[4] = {NULL}, *customers = NULL, *visits = NULL, *respondents = NULL, *pairs = NULL;
    enum status status = say_noun(ctx, &document->head, "people.customers", pairing->encounters, &customers);
    if (!status)
        status = say_noun(ctx, &document->head, "people.visit_count", pairing->encounters, &visits);
    for (unsigned i = 0; i < 4 && !status; i++)
        status = say_count(ctx, counts[i], &numbers[i]);
    if (!status)
        status = say_noun(ctx, &document->head, "people.respondents", pairing->respondents, &respondents);
    if (!status)
        status = say_noun(ctx, &document->head, "facts.pairs", pairing->pairs, &pairs);
    const struct phrase_word words[] = {
        {"respondents", respondents},    {"customers", customers}, {"both", numbers[1]}, {"expectation_only", numbers[2]},
        {"perception_only", numbers[3]}, {"pairs", pairs},         {"visits", visits},   {NULL, NULL}};
    bool expected = study_asks_any(document->head.study, STANDARD_EXPECTATION);
    const char *key = document->head.repeats ? "facts.answered.visits" : "facts.answered";
    if (status || !expected)
        return status ? status : add_paragraph(ctx, document, "facts.answered.experience", words);
    struct document_block *block = NULL;
    status = document_add(ctx, document, DOCUMENT_PARAGRAPH, &block);
    return status ? status : say_times(ctx, &document->head, key, words, &block->text);
}

/* A day, "2026-03-09", in every language. */
static enum status day_text(struct ctx *ctx, int64_t ms, const char **out)
{
    struct date date;
    char text[PERIOD_BYTES];
    date_of_ms(ms, &date);
    period_format(&date, PERIOD_DAY, text);
    *out = arena_copy(ctx->arena, span_of(text));
    return *out ? STATUS_OK : ctx_no_memory(ctx);
}

/* "Of 120 who were invited, 80 are among the answers (67 %).": of live studies. */
static enum status invited_tell(struct telling *telling, const struct fieldwork *fieldwork)
{
    struct ctx *ctx = telling->ctx;
    const char *invited = NULL, *answered = NULL, *rate = NULL;
    if (!fieldwork->invited)
        return STATUS_OK;
    enum status status = say_count(ctx, fieldwork->invited, &invited);
    if (!status)
        status = say_count(ctx, fieldwork->invited_answered, &answered);
    if (!status)
        status = say_number(ctx, 100 * (double)fieldwork->invited_answered / (double)fieldwork->invited, 0, &rate);
    const struct phrase_word words[] = {{"invited", invited}, {"answered", answered}, {"rate", rate}, {NULL, NULL}};
    return status ? status : telling_say(telling, "facts.invited", words);
}

/* Between which days; nothing of fewer people than a group must have. */
static enum status dates_tell(struct telling *telling, const struct fieldwork *fieldwork)
{
    const struct document_head *head = &telling->document->head;
    const char *first = NULL, *last = NULL;
    if (!fieldwork->dated || head->pairing.respondents < head->floor)
        return STATUS_OK;
    enum status status = day_text(telling->ctx, fieldwork->first_ms, &first);
    if (!status)
        status = day_text(telling->ctx, fieldwork->last_ms, &last);
    if (status)
        return status;
    const struct phrase_word words[] = {{"first", first}, {"last", last}, {NULL, NULL}};
    return telling_say(telling, strcmp(first, last) == 0 ? "facts.dates.one" : "facts.dates", words);
}

/* Who was invited, when they answered, and who answers for the study, in one paragraph. */
static enum status fieldwork_tell(struct ctx *ctx, struct document *document)
{
    const char *owner = document->head.study->owner, *text = "";
    const struct phrase_word words[] = {{"owner", owner}, {NULL, NULL}};
    struct telling telling;
    struct document_block *block = NULL;
    enum status status = telling_begin(ctx, document, 3, &telling);
    if (!status)
        status = invited_tell(&telling, &document->head.fieldwork);
    if (!status)
        status = dates_tell(&telling, &document->head.fieldwork);
    if (!status && owner)
        status = telling_say(&telling, "facts.owner", words);
    for (uint32_t i = 0; i < telling.count && !status; i++) {
        text = arena_format(ctx->arena, "%s%s%s", text, i ? " " : "", telling.texts[i]);
        status = text ? STATUS_OK : ctx_no_memory(ctx);
    }
    if (status || !telling.count)
        return status;
    status = document_add(ctx, document, DOCUMENT_PARAGRAPH, &block);
    if (!status)
        block->text = text;
    return status;
}

static enum status kind_add(struct ctx *ctx, struct document *document)
{
    const struct study *study = document->head.study;
    if (!study_asks_any(study, STANDARD_EXPECTATION))
        return STATUS_OK;
    const char *kind = NULL, *asked = NULL;
    const char *kind_key = arena_format(ctx->arena, "kind.%s", expectation_kind_name(study->expectation));
    const char *asked_key = arena_format(ctx->arena, "asked.%s", asked_name(study->asked));
    if (!kind_key || !asked_key)
        return ctx_no_memory(ctx);
    enum status status = say(ctx, &document->head, kind_key, NULL, &kind);
    if (!status)
        status = say(ctx, &document->head, asked_key, NULL, &asked);
    const struct phrase_word words[] = {{"kind", kind}, {"asked", asked}, {NULL, NULL}};
    return status ? status : add_paragraph(ctx, document, "facts.kind", words);
}

/* " Its importance is rated 6.20.": of the item, or of its dimension where points were given; "" when neither was asked. */
static enum status importance_text(struct ctx *ctx, const struct document_head *head, const struct report_tables *tables,
                                   const struct table *gaps, const struct row *row, const char **out)
{
    const struct released_table *released = report_table(tables, "weighted_gap");
    const struct table *weighted = released ? released_table_view(released) : NULL;
    const struct value *item = table_value(gaps, row, "item"), *dimension = table_value(gaps, row, "dimension");
    const char *rating = NULL, *weight = NULL;
    *out = "";
    for (uint32_t r = 0; weighted && r < weighted->row_count; r++) {
        const struct row *at = &weighted->rows[r];
        bool rated = item->kind == VALUE_TEXT && row_is(weighted, at, "item", item->text);
        bool pointed = dimension->kind == VALUE_TEXT && table_value(weighted, at, "item")->kind != VALUE_TEXT &&
                       row_is(weighted, at, "dimension", dimension->text);
        if (table_value(weighted, at, rated ? "rating" : "weight")->kind != VALUE_NUMBER || (!rated && !pointed))
            continue;
        enum status status = say_number(ctx, row_number(weighted, at, "rating", 0), 1, &rating);
        if (!status)
            status = say_number(ctx, row_number(weighted, at, "weight", 0), 0, &weight);
        const struct phrase_word words[] = {{"rating", rating}, {"weight", weight}, {NULL, NULL}};
        return status ? status : say(ctx, head, rated ? "facts.worst.rating" : "facts.worst.points", words, out);
    }
    return STATUS_OK;
}

/* "4 of 10 customers got less than expected on X: 44 % [35, 54]." */
static enum status worst_text(struct ctx *ctx, const struct document_head *head, const struct table *gaps, const struct row *row,
                              const char **out)
{
    const char *tenths = NULL, *text = NULL, *low = NULL, *high = NULL;
    double share = row_number(gaps, row, "share_short", 0);
    enum status status = say_number(ctx, share * 10, 0, &tenths);
    if (!status)
        status = say_number(ctx, share * 100, 0, &text);
    if (!status)
        status = say_number(ctx, row_number(gaps, row, "share_short_low", 0) * 100, 0, &low);
    if (!status)
        status = say_number(ctx, row_number(gaps, row, "share_short_high", 0) * 100, 0, &high);
    const struct phrase_word words[] = {{"people_short", tenths}, {"item", row_item_name(head, gaps, row)},
                                        {"share", text},          {"low", low},
                                        {"high", high},           {NULL, NULL}};
    const char *key = share < 0.05 ? "facts.worst.few" : share >= 0.95 && share < 1 ? "facts.worst.most" : "facts.worst";
    return status ? status : say_people(ctx, head, key, words, out);
}

/* The rows with the lowest gaps that have a share with its interval. */
static uint32_t worst_rows(const struct table *gaps, const struct row **list)
{
    uint32_t count = 0;
    for (uint32_t r = 0; r < gaps->row_count; r++) {
        const struct row *row = &gaps->rows[r];
        if (table_value(gaps, row, "share_short_low")->kind != VALUE_NUMBER)
            continue;
        uint32_t at = count < WORST_MOST ? count++ : WORST_MOST;
        double gap = row_number(gaps, row, "gap", 0);
        if (at == WORST_MOST && gap >= row_number(gaps, list[WORST_MOST - 1], "gap", 0))
            continue;
        at = at == WORST_MOST ? WORST_MOST - 1 : at;
        for (; at > 0 && gap < row_number(gaps, list[at - 1], "gap", 0); at--)
            list[at] = list[at - 1];
        list[at] = row;
    }
    return count;
}

static enum status worst_add(struct ctx *ctx, const struct report_tables *tables, struct document *document,
                             const struct headline *headline)
{
    const struct row *rows[WORST_MOST] = {NULL};
    uint32_t count = headline->gaps && headline->most_pairs >= 10 ? worst_rows(headline->gaps, rows) : 0;
    if (!count)
        return STATUS_OK;
    const char **texts = arena_array(ctx->arena, count, sizeof *texts);
    struct document_block *block = NULL;
    if (!texts)
        return ctx_no_memory(ctx);
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < count && !status; i++) {
        const char *importance = NULL, *text = NULL;
        status = worst_text(ctx, &document->head, headline->gaps, rows[i], &text);
        if (!status)
            status = importance_text(ctx, &document->head, tables, headline->gaps, rows[i], &importance);
        if (!status && !(texts[i] = arena_format(ctx->arena, "%s%s", text, importance)))
            status = ctx_no_memory(ctx);
    }
    if (!status)
        status = document_add(ctx, document, DOCUMENT_LIST, &block);
    if (status)
        return status;
    block->texts = texts;
    block->text_count = count;
    return STATUS_OK;
}

/* Change since the older answers, and the two groups of each segment that differ most, where a difference is shown. */
static enum status differences_add(struct ctx *ctx, const struct report_tables *tables, struct document *document)
{
    struct telling telling;
    const struct table *change = table_told(tables, "gap_change");
    enum status status = telling_begin(ctx, document, DIFFERENCES_MOST, &telling);
    for (uint32_t r = 0; change && r < change->row_count && !status; r++) {
        if (row_is(change, &change->rows[r], "subject", "overall"))
            status = change_row_tell(&telling, change, &change->rows[r]);
    }
    for (uint32_t i = 0; i < tables->count && !status; i++) {
        const struct table *table = released_table_view(tables->tables[i]);
        if (strcmp(table->measure->name, "group_pairs") == 0)
            status = pairs_tell(&telling, table, 1);
    }
    return status ? status : telling_end(&telling);
}

/* What not to conclude, and the next step, in one paragraph. */
static enum status advice_add(struct ctx *ctx, const struct report_tables *tables, struct document *document,
                              const struct headline *headline)
{
    const char *never = NULL, *next = NULL;
    struct document_block *block = NULL;
    if (!document->head.pairing.pairs || headline->most_pairs < 10)
        return STATUS_OK;
    enum status status = advice_not(ctx, &document->head, tables, headline, &never);
    if (!status)
        status = advice_next(ctx, &document->head, headline, &next);
    if (!status)
        status = document_add(ctx, document, DOCUMENT_PARAGRAPH, &block);
    if (status)
        return status;
    block->text = arena_format(ctx->arena, "%s %s", never, next);
    return block->text ? STATUS_OK : ctx_no_memory(ctx);
}

static enum status opening_build(struct ctx *ctx, const struct report_tables *tables, struct document *document)
{
    struct headline headline;
    enum status status = headline_make(ctx, &document->head, tables, &headline);
    if (!status)
        status = sentences_add(ctx, tables, document, &headline);
    if (!status)
        status = worst_add(ctx, tables, document, &headline);
    if (!status)
        status = differences_add(ctx, tables, document);
    if (!status)
        status = advice_add(ctx, tables, document, &headline);
    if (!status)
        status = answered_add(ctx, document);
    if (!status)
        status = fieldwork_tell(ctx, document);
    return status ? status : kind_add(ctx, document);
}

const struct section section_opening = {
    .name = "opening",
    .meaning = "The three sentences, the worst items as customers out of ten, and who answered.",
    .measures = (const char *const[]){"item_gap", "gap_contrasts", "dimension_gap", "zone", "perception", "weighted_gap",
                                      "gap_validity", "straight_lining", "gap_change", NULL},
    .by_measures = (const char *const[]){"overall_gap", "overall_item_gap", "group_pairs", NULL}, /* how many groups are hidden */
    .order = 0,
    .build = opening_build,
};
