/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/limits.h"
#include "base/memory.h"
#include "formats/csv_hand.h"

static void hand_end(void *resource)
{
    arena_destroy(resource);
}

bool csv_hand_suits(const struct csv_reader *reader)
{
    const struct study *study = reader->study;
    const struct csv_plan *plan = reader->plan;
    const uint32_t *slots = answers_builder_slots(reader->builder);
    uint32_t asked = 0;
    for (uint32_t i = 0; i < (uint32_t)STANDARD_COUNT * study->item_count; i++)
        asked += slots[i] != NO_SLOT;
    bool whole = asked == plan->answer_count;
    for (uint32_t i = 0; i < study->columns.segment_count; i++)
        whole = whole && plan->segments[i] != CSV_NO_COLUMN;
    for (uint32_t i = 0; i < study->columns.outcome_count; i++)
        whole = whole && plan->outcomes[i] != CSV_NO_COLUMN;
    whole = whole && plan->source_list == CSV_NO_COLUMN && plan->arm == CSV_NO_COLUMN;
    for (size_t i = 0; i < SOURCE_COUNT; i++)
        whole = whole && plan->sources[i] == CSV_NO_COLUMN;
    for (uint32_t i = 0; i < study->columns.comment_count; i++)
        whole = whole && plan->comments[i] == CSV_NO_COLUMN;
    /* Slots of runs rise, so that what is written beyond a run is written over next. */
    for (uint32_t i = 1; i < plan->answer_count; i++)
        whole = whole && plan->answers[i - 1].slot < plan->answers[i].slot;
    return whole;
}

static void want(struct csv_hand *hand, uint32_t column, enum csv_want what, uint32_t index)
{
    if (column == CSV_NO_COLUMN)
        return;
    uint32_t at = hand->wanted_count++;
    for (; at > 0 && hand->wanted[at - 1].column > column; at--)
        hand->wanted[at] = hand->wanted[at - 1];
    hand->wanted[at] = (struct csv_wanted){.column = column, .what = what, .index = index};
}

static enum status want_all(struct csv_hand *hand)
{
    const struct columns *columns = &hand->study->columns;
    const struct csv_plan *plan = hand->plan;
    const uint32_t points = columns->importance == IMPORTANCE_POINTS ? hand->study->dimension_count : 0;
    size_t most = (size_t)5 + columns->segment_count + columns->outcome_count + points;
    hand->wanted = arena_array(hand->ctx.arena, most, sizeof *hand->wanted);
    hand->ratings = arena_array(hand->ctx.arena, (size_t)columns->outcome_count + 1, sizeof *hand->ratings);
    if (hand->wanted == NULL || hand->ratings == NULL)
        return ctx_no_memory(&hand->ctx);
    want(hand, plan->respondent, CSV_WANT_RESPONDENT, 0);
    want(hand, plan->encounter, CSV_WANT_ENCOUNTER, 0);
    want(hand, plan->weight, CSV_WANT_WEIGHT, 0);
    want(hand, plan->cluster, CSV_WANT_CLUSTER, 0);
    want(hand, plan->stratum, CSV_WANT_STRATUM, 0);
    for (uint32_t i = 0; i < columns->segment_count; i++)
        want(hand, plan->segments[i], CSV_WANT_SEGMENT, i);
    for (uint32_t i = 0; i < columns->outcome_count; i++) {
        if (columns->outcomes[i].kind == OUTCOME_REAL)
            want(hand, plan->outcomes[i], CSV_WANT_NUMBER, i);
        else
            hand->ratings[hand->rating_count++] = (struct csv_rating){.column = plan->outcomes[i], .outcome = i};
    }
    for (uint32_t i = 0; i < points; i++)
        want(hand, plan->points[i], CSV_WANT_POINTS, i);
    for (uint32_t i = 0, passed = 0; i < hand->wanted_count; i++) {
        struct csv_wanted *wanted = &hand->wanted[i];
        wanted->again = i > 0 && wanted->column == wanted[-1].column;
        wanted->skip = wanted->again ? 0 : wanted->column - passed;
        passed = wanted->column + 1;
    }
    hand->places = arena_array(hand->ctx.arena, (size_t)hand->wanted_count * CSV_STRETCH + 1, sizeof *hand->places);
    return hand->places == NULL ? ctx_no_memory(&hand->ctx) : STATUS_OK;
}

/* Codes of classes: what csv_code gives for such cells, where that is a code of one byte. */
static enum status make_tables(struct csv_hand *hand)
{
    const struct study *study = hand->study;
    const size_t count = (size_t)study->scale_count + study->columns.outcome_count + 2;
    hand->tables = arena_array(hand->ctx.arena, count, sizeof *hand->tables);
    if (hand->tables == NULL)
        return ctx_no_memory(&hand->ctx);
    for (size_t i = 0; i < count; i++) {
        const struct csv_codes *codes = &hand->reading->scales[i];
        memset(hand->tables[i], 0xFF, sizeof hand->tables[i]);
        for (unsigned class = 0; codes->scale != NULL && class <= CSV_CLASS_EMPTY; class ++) {
            const unsigned code = csv_hand_code(codes, class);
            if (code <= 0x7F)
                hand->tables[i][class] = (uint8_t)code;
        }
    }
    return STATUS_OK;
}

static enum status make_runs(struct csv_hand *hand)
{
    const struct csv_plan *plan = hand->plan;
    hand->runs = arena_array(hand->ctx.arena, (size_t)plan->run_count + 1, sizeof *hand->runs);
    if (hand->runs == NULL)
        return ctx_no_memory(&hand->ctx);
    for (uint32_t i = 0; i < plan->run_count; i++) {
        const struct csv_answer_column *first = &plan->answers[plan->runs[i].first];
        hand->runs[i] = (struct csv_run){hand->tables[first->scale], first->column, first->slot, plan->runs[i].count};
    }
    for (uint32_t i = 0; i < hand->rating_count; i++) {
        struct csv_rating *rating = &hand->ratings[i];
        const struct csv_codes *codes = &hand->reading->scales[hand->study->scale_count + rating->outcome];
        memset(rating->codes, 0xFF, sizeof rating->codes);
        for (unsigned class = 0; class <= CSV_CLASS_EMPTY; class ++) {
            const unsigned code = csv_hand_code(codes, class);
            if (code <= 0x7F)
                rating->codes[class] = (uint8_t)code;
            else if (code >= CSV_CODE_MISSING && code != CSV_CODE_BAD)
                rating->codes[class] = 0;
        }
    }
    return STATUS_OK;
}

static void asked_free(void *resource)
{
    struct csv_list *asked = resource;
    memory_free(asked->at);
}

static enum status make_dictionaries(struct csv_hand *hand)
{
    const uint32_t segments = hand->study->columns.segment_count;
    struct ctx *ctx = &hand->ctx;
    enum status status = arena_defer(ctx->arena, asked_free, &hand->asked) == STATUS_OK ? STATUS_OK : ctx_no_memory(ctx);
    hand->dictionaries = arena_array(ctx->arena, (size_t)segments + 2, sizeof *hand->dictionaries);
    if (hand->dictionaries == NULL)
        return ctx_no_memory(ctx);
    for (uint32_t i = 0; i < segments + 2 && status == STATUS_OK; i++)
        status = csv_dictionary_create(ctx, i < segments ? SEGMENT_VALUES_MAX : ENCOUNTERS_MAX, &hand->dictionaries[i]);
    return status;
}

static enum status make_rooms(struct csv_hand *hand, const struct csv_reader *reader, uint32_t capacity)
{
    struct ctx *ctx = &hand->ctx;
    const struct csv_naming naming = {hand->plan->respondent != CSV_NO_COLUMN, hand->plan->encounter != CSV_NO_COLUMN};
    enum status status = csv_blocks_create(ctx, capacity, &hand->blocks);
    if (status == STATUS_OK)
        status = csv_index_create(ctx, hand->column_count, &hand->index);
    if (status == STATUS_OK)
        status = csv_batch_create(ctx, reader->builder, hand->study, naming, &hand->batch);
    hand->ends = arena_array(ctx->arena, (size_t)hand->column_count + 1, sizeof *hand->ends);
    hand->counts = arena_array(ctx->arena, (size_t)hand->study->columns.outcome_count + 1, sizeof *hand->counts);
    if (status == STATUS_OK && (hand->ends == NULL || hand->counts == NULL))
        return ctx_no_memory(ctx);
    return status;
}

static enum status hand_fill(struct csv_hand *hand, const struct csv_reader *reader, uint32_t capacity)
{
    enum status status = csv_reading_copy(&hand->ctx, reader->reading, capacity, &hand->reading);
    if (status == STATUS_OK)
        status = want_all(hand);
    if (status == STATUS_OK)
        status = make_tables(hand);
    if (status == STATUS_OK)
        status = make_runs(hand);
    if (status == STATUS_OK)
        status = make_dictionaries(hand);
    return status == STATUS_OK ? make_rooms(hand, reader, capacity) : status;
}

enum status csv_hand_create(struct csv_reader *reader, uint32_t capacity, struct csv_hand **out)
{
    struct ctx ctx = {0};
    if (arena_create(NULL, &ctx.arena) != STATUS_OK || arena_defer(reader->ctx->arena, hand_end, ctx.arena) != STATUS_OK)
        return ctx_no_memory(reader->ctx);
    struct csv_hand *hand = arena_alloc(ctx.arena, sizeof *hand);
    if (hand == NULL)
        return ctx_no_memory(reader->ctx);
    *hand = (struct csv_hand){.ctx = ctx,
                              .study = reader->study,
                              .plan = reader->plan,
                              .column_count = reader->head->column_count,
                              .delimiter = reader->head->dialect.delimiter,
                              .kernel = csv_kernel(kernel_current()),
                              .days_are_enough = true};
    /* A missing code may be as long as a day. */
    for (uint32_t i = 0; i < hand->study->missing_count; i++)
        hand->days_are_enough = hand->days_are_enough && strlen(hand->study->missing[i].text) < sizeof "2024-03-09" - 1;
    enum status status = hand_fill(hand, reader, capacity);
    if (status != STATUS_OK)
        return ctx_fail(reader->ctx, status, NULL, "%s", hand->ctx.error.sentence);
    *out = hand;
    return STATUS_OK;
}
