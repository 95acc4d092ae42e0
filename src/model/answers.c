/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/answers_inside.h"

#include <assert.h>
#include <string.h>

#include "base/limits.h"
#include "base/memory.h"

/* Memory that is not written takes no page, so there may be a lot of it; in large pages it comes several times as fast. */
enum { SLAB_FROM_CHUNKS = 4, SLAB_BYTES = 64 << 20 };

#define WEIGHT_ONE (INT64_C(1) << WEIGHT_FRACTION_BITS)
#define NOTES_MAX  (sizeof((struct answers *)0)->notes / sizeof(struct note))

static void growing_free(void *resource)
{
    struct growing *growing = resource;
    memory_free(growing->at);
    growing->at = NULL;
    growing->capacity = 0;
}

enum status growing_reserve(struct ctx *ctx, struct growing *growing, size_t count, size_t size_bytes)
{
    if (count < growing->capacity)
        return STATUS_OK;
    size_t capacity = growing->capacity == 0 ? 64 : growing->capacity * 2;
    size_t bytes;
    void *at = size_multiply(capacity, size_bytes, &bytes) ? memory_resize(growing->at, bytes) : NULL;
    if (at == NULL)
        return ctx_no_memory(ctx);
    growing->at = at;
    growing->capacity = capacity;
    return STATUS_OK;
}

static enum status lay_out_slots(struct ctx *ctx, const struct study *study, struct answers *answers)
{
    uint32_t *slots = arena_array(ctx->arena, (size_t)STANDARD_COUNT * study->item_count + 1, sizeof *slots);
    if (slots == NULL)
        return ctx_no_memory(ctx);
    uint32_t next = 0;
    for (uint32_t standard = 0; standard < STANDARD_COUNT; standard++) {
        for (uint32_t item = 0; item < study->item_count; item++) {
            bool asked = study_asks(study, (enum standard)standard, item);
            slots[standard * study->item_count + item] = asked ? next++ : NO_SLOT;
        }
    }
    answers->slots = slots;
    answers->slot_count = next;
    return STATUS_OK;
}

static uint32_t outcome_bytes_of(const struct outcome *outcome)
{
    return outcome->kind == OUTCOME_REAL ? sizeof(int64_t) : outcome->scale.steps <= UINT8_MAX ? 1 : sizeof(uint16_t);
}

static enum status lay_out_outcomes(struct ctx *ctx, const struct study *study, struct answers *answers)
{
    const struct columns *columns = &study->columns;
    struct outcome_place *places = arena_array(ctx->arena, (size_t)columns->outcome_count + 1, sizeof *places);
    if (places == NULL)
        return ctx_no_memory(ctx);
    for (uint32_t i = 0; i < columns->outcome_count; i++) {
        places[i] = (struct outcome_place){answers->outcome_bytes, outcome_bytes_of(&columns->outcomes[i])};
        answers->outcome_bytes += places[i].bytes;
    }
    answers->outcome_places = places;
    return STATUS_OK;
}

static enum status open_interns(struct ctx *ctx, struct answers_builder *builder)
{
    const struct columns *columns = &builder->answers.study->columns;
    if (columns->segment_count > 0) {
        builder->segments = arena_array(ctx->arena, columns->segment_count, sizeof *builder->segments);
        if (builder->segments == NULL)
            return ctx_no_memory(ctx);
    }
    for (uint32_t i = 0; i < columns->segment_count; i++) {
        enum status status = intern_create(ctx, SEGMENT_VALUES_MAX, &builder->segments[i]);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

enum status answers_begin(struct ctx *ctx, const struct study *study, struct answers_builder **out)
{
    struct answers_builder *builder = arena_alloc(ctx->arena, sizeof *builder);
    if (builder == NULL)
        return ctx_no_memory(ctx);
    builder->arena = builder->slab.arena = ctx->arena;
    builder->answers.study = study;
    builder->answers.code_bytes = study_code_bytes(study);
    if (arena_create(ctx->arena, &builder->people.arena) != STATUS_OK ||
        arena_defer(ctx->arena, growing_free, &builder->chunks) != STATUS_OK ||
        arena_defer(ctx->arena, growing_free, &builder->marks) != STATUS_OK ||
        arena_defer(ctx->arena, growing_free, &builder->missing) != STATUS_OK ||
        arena_defer(ctx->arena, growing_free, &builder->texts) != STATUS_OK)
        return ctx_no_memory(ctx);
    enum status status = lay_out_slots(ctx, study, &builder->answers);
    if (status == STATUS_OK)
        status = lay_out_outcomes(ctx, study, &builder->answers);
    if (status == STATUS_OK)
        status = open_interns(ctx, builder);
    if (status != STATUS_OK)
        return status;
    *out = builder;
    return STATUS_OK;
}

const uint32_t *answers_builder_slots(const struct answers_builder *builder)
{
    return builder->answers.slots;
}

const struct outcome_place *answers_builder_outcomes(const struct answers_builder *builder, uint32_t *row_bytes)
{
    *row_bytes = builder->answers.outcome_bytes;
    return builder->answers.outcome_places;
}

/* Room for several chunks at once, when there are many already: few large pieces of memory cost less than many small ones. */
static void slab_reserve(const struct answers_builder *builder, struct slab *slab)
{
    const uint32_t chunks = builder->answers.chunk_count;
    if (chunks < SLAB_FROM_CHUNKS || slab->left >= slab->chunk_bytes)
        return;
    /* Without such a slab chunks are taken one by one. */
    slab->at = slab->chunk_bytes > SLAB_BYTES ? NULL : arena_alloc(slab->arena, SLAB_BYTES);
    slab->left = slab->at == NULL ? 0 : SLAB_BYTES;
}

/* An array of one chunk; a study without a use for it gets NULL. */
static enum status slab_array(struct ctx *ctx, const struct answers_builder *builder, struct slab *slab, size_t per_row,
                              size_t size_bytes, void *out)
{
    const size_t bytes = per_row * ANSWERS_CHUNK_ROWS * size_bytes;
    void *at = NULL;
    if (bytes > 0 && bytes <= slab->left) {
        at = slab->at;
        slab->at += bytes;
        slab->left -= bytes;
    } else if (bytes > 0) {
        at = arena_alloc(slab->arena, bytes);
        if (at == NULL)
            return ctx_no_memory(ctx);
    }
    slab->chunk_bytes += builder->answers.chunk_count == 0 ? bytes : 0;
    memcpy(out, &at, sizeof at);
    return STATUS_OK;
}

static enum status chunk_array(struct ctx *ctx, struct answers_builder *builder, size_t per_row, size_t size_bytes, void *out)
{
    return slab_array(ctx, builder, &builder->slab, per_row, size_bytes, out);
}

static enum status chunk_fill(struct ctx *ctx, struct answers_builder *builder, struct answers_chunk *chunk)
{
    const struct answers *answers = &builder->answers;
    const struct columns *columns = &answers->study->columns;
    size_t points = columns->importance == IMPORTANCE_POINTS ? answers->study->dimension_count : 0;
    enum status status = chunk_array(ctx, builder, answers->slot_count, answers->code_bytes, &chunk->codes);
    if (status == STATUS_OK)
        status = chunk_array(ctx, builder, columns->segment_count, sizeof *chunk->segments, &chunk->segments);
    if (status == STATUS_OK)
        status = chunk_array(ctx, builder, columns->weight == NULL ? 0 : 1, sizeof *chunk->weights, &chunk->weights);
    if (status == STATUS_OK)
        status = slab_array(ctx, builder, &builder->people, 1, sizeof *chunk->respondents, &chunk->respondents);
    if (status == STATUS_OK)
        status = chunk_array(ctx, builder, columns->cluster == NULL ? 0 : 1, sizeof *chunk->clusters, &chunk->clusters);
    if (status == STATUS_OK)
        status = chunk_array(ctx, builder, columns->strata == NULL ? 0 : 1, sizeof *chunk->strata, &chunk->strata);
    if (status == STATUS_OK)
        status = chunk_array(ctx, builder, points, sizeof *chunk->points, &chunk->points);
    if (status == STATUS_OK)
        status = chunk_array(ctx, builder, answers->outcome_bytes, 1, &chunk->outcomes);
    if (status == STATUS_OK)
        status = chunk_array(ctx, builder, columns->arm != NULL, sizeof *chunk->arms, &chunk->arms);
    if (status == STATUS_OK)
        status = chunk_array(ctx, builder, study_asks_sources(answers->study), sizeof *chunk->sources, &chunk->sources);
    return status;
}

static enum status chunk_add(struct ctx *ctx, struct answers_builder *builder)
{
    struct answers *answers = &builder->answers;
    enum status status = growing_reserve(ctx, &builder->chunks, answers->chunk_count, sizeof(struct answers_chunk));
    if (status != STATUS_OK)
        return status;
    answers->chunks = builder->chunks.at;
    struct answers_chunk chunk = {0};
    slab_reserve(builder, &builder->slab);
    slab_reserve(builder, &builder->people);
    status = chunk_fill(ctx, builder, &chunk);
    if (status != STATUS_OK)
        return status;
    answers->chunks[answers->chunk_count++] = chunk;
    return STATUS_OK;
}

/* A chunk with room for another row.
 * fails   STATUS_DATA, STATUS_MEMORY */
static enum status row_reserve(struct ctx *ctx, struct answers_builder *builder)
{
    struct answers *answers = &builder->answers;
    if (answers->encounter_count == ENCOUNTERS_MAX)
        return ctx_fail(ctx, STATUS_DATA, NULL, "There are more than %u encounters; split the file.", ENCOUNTERS_MAX);
    return answers->encounter_count % ANSWERS_CHUNK_ROWS == 0 ? chunk_add(ctx, builder) : STATUS_OK;
}

/* What stands in a row of which nothing is known yet. */
static void row_blank(const struct answers *answers, const struct answers_row *row)
{
    const struct columns *columns = &answers->study->columns;
    *row->respondent = row->encounter;
    for (uint32_t i = 0; row->segments != NULL && i < columns->segment_count; i++)
        row->segments[i] = NO_SEGMENT_VALUE;
    if (row->weight != NULL)
        *row->weight = WEIGHT_ONE;
    for (uint32_t i = 0; row->points != NULL && i < answers->study->dimension_count; i++)
        row->points[i] = -1;
    for (uint32_t i = 0; row->outcomes != NULL && i < columns->outcome_count; i++)
        outcome_set(row->outcomes, row->outcome_places[i], INT64_MIN);
}

enum status answers_add(struct ctx *ctx, struct answers_builder *builder, struct answers_row *out)
{
    enum status status = row_reserve(ctx, builder);
    if (status != STATUS_OK)
        return status;
    answers_at(builder, builder->answers.encounter_count++, out);
    row_blank(&builder->answers, out);
    return STATUS_OK;
}

enum status answers_append(struct ctx *ctx, struct answers_builder *builder, uint32_t most, struct answers_piece *out)
{
    struct answers *answers = &builder->answers;
    enum status status = row_reserve(ctx, builder);
    if (status != STATUS_OK)
        return status;
    const uint32_t first = answers->encounter_count, at = first % ANSWERS_CHUNK_ROWS;
    uint32_t count = most < ANSWERS_CHUNK_ROWS - at ? most : ANSWERS_CHUNK_ROWS - at;
    count = count < ENCOUNTERS_MAX - first ? count : ENCOUNTERS_MAX - first;
    *out = (struct answers_piece){answers->chunks[first / ANSWERS_CHUNK_ROWS], at, count, first};
    answers->encounter_count += count;
    return STATUS_OK;
}

void answers_at(struct answers_builder *builder, uint32_t encounter, struct answers_row *out)
{
    const struct answers *answers = &builder->answers;
    const struct study *study = answers->study;
    assert(encounter < answers->encounter_count);
    const struct answers_chunk *chunk = &answers->chunks[encounter / ANSWERS_CHUNK_ROWS];
    size_t at = encounter % ANSWERS_CHUNK_ROWS;
    *out = (struct answers_row){
        .encounter = encounter,
        .code_bytes = answers->code_bytes,
        .respondent = chunk->respondents + at,
        .codes = chunk->codes == NULL ? NULL : (char *)chunk->codes + at * answers->slot_count * answers->code_bytes,
        .segments = chunk->segments == NULL ? NULL : chunk->segments + at * study->columns.segment_count,
        .weight = chunk->weights == NULL ? NULL : chunk->weights + at,
        .cluster = chunk->clusters == NULL ? NULL : chunk->clusters + at,
        .stratum = chunk->strata == NULL ? NULL : chunk->strata + at,
        .points = chunk->points == NULL ? NULL : chunk->points + at * study->dimension_count,
        .outcomes = chunk->outcomes == NULL ? NULL : chunk->outcomes + at * answers->outcome_bytes,
        .outcome_places = answers->outcome_places,
        .arm = chunk->arms == NULL ? NULL : chunk->arms + at,
        .sources = chunk->sources == NULL ? NULL : chunk->sources + at,
    };
}

void answers_row_set(const struct answers_row *row, uint32_t slot, uint32_t code)
{
    if (row->code_bytes == 1)
        ((uint8_t *)row->codes)[slot] = (uint8_t)code;
    else
        ((uint16_t *)row->codes)[slot] = (uint16_t)code;
}

uint32_t answers_row_get(const struct answers_row *row, uint32_t slot)
{
    return row->code_bytes == 1 ? ((const uint8_t *)row->codes)[slot] : ((const uint16_t *)row->codes)[slot];
}

enum status answers_mark_missing(struct ctx *ctx, struct answers_builder *builder, uint32_t encounter, uint32_t slot,
                                 enum missing kind)
{
    if (kind == MISSING_SKIPPED)
        return STATUS_OK;
    struct answers *answers = &builder->answers;
    enum status status = growing_reserve(ctx, &builder->missing, (size_t)answers->missing_count, sizeof(struct missing_mark));
    if (status != STATUS_OK)
        return status;
    struct missing_mark *marks = builder->missing.at;
    marks[answers->missing_count++] =
        (struct missing_mark){.encounter = encounter, .slot = (uint16_t)slot, .kind = (uint16_t)kind};
    return STATUS_OK;
}

enum status answers_segment_value(struct ctx *ctx, struct answers_builder *builder, uint32_t segment, struct span text,
                                  uint16_t *out)
{
    uint32_t number = 0;
    bool fresh;
    enum status status = intern_add(builder->segments[segment], text, &number, &fresh);
    if (status == STATUS_INVALID)
        return ctx_fail(ctx, STATUS_DATA, NULL,
                        "Column \"%s\" has more than %u different values; a segment needs fewer, such as branches or age groups.",
                        builder->answers.study->columns.segments[segment].column, SEGMENT_VALUES_MAX);
    if (status != STATUS_OK)
        return ctx_no_memory(ctx);
    *out = (uint16_t)number;
    return STATUS_OK;
}

/* What becomes of a status of intern_add or id_list_add. */
static enum status told_apart(struct ctx *ctx, enum status status)
{
    if (status == STATUS_INVALID)
        return ctx_fail(ctx, STATUS_DATA, NULL, "There are more than %u different texts to tell apart; split the file.",
                        ENCOUNTERS_MAX);
    return status == STATUS_OK ? STATUS_OK : ctx_no_memory(ctx);
}

/* The number of a text in an intern that is made when it is first needed. */
static enum status number_of(struct ctx *ctx, struct intern **intern, struct span text, uint32_t *out, bool *fresh)
{
    if (*intern == NULL) {
        enum status status = intern_create(ctx, ENCOUNTERS_MAX, intern);
        if (status != STATUS_OK)
            return status;
    }
    return told_apart(ctx, intern_add(*intern, text, out, fresh));
}

static enum status respondents_open(struct ctx *ctx, struct answers_builder *builder)
{
    return builder->respondents != NULL ? STATUS_OK : id_list_create(ctx, ENCOUNTERS_MAX, &builder->respondents);
}

enum status answers_respondent(struct ctx *ctx, struct answers_builder *builder, struct span id, uint32_t *out, bool *fresh)
{
    enum status status = respondents_open(ctx, builder);
    if (status != STATUS_OK)
        return status;
    status = told_apart(ctx, id_list_add(ctx, builder->respondents, id, out, fresh));
    return status == STATUS_OK && !id_list_is_rising(builder->respondents) ? respondents_mark(ctx, builder) : status;
}

enum status answers_respondents_rising(struct ctx *ctx, struct answers_builder *builder, const uint64_t *ids, uint32_t count,
                                       uint32_t *taken)
{
    *taken = 0;
    enum status status = respondents_open(ctx, builder);
    return status == STATUS_OK ? told_apart(ctx, id_list_add_rising(ctx, builder->respondents, ids, count, taken)) : status;
}

enum status answers_cluster(struct ctx *ctx, struct answers_builder *builder, struct span id, uint32_t *out)
{
    bool fresh;
    return number_of(ctx, &builder->clusters, id, out, &fresh);
}

enum status answers_stratum(struct ctx *ctx, struct answers_builder *builder, struct span id, uint32_t *out)
{
    bool fresh;
    return number_of(ctx, &builder->strata, id, out, &fresh);
}

enum status answers_key(struct ctx *ctx, struct answers_builder *builder, struct span key, uint32_t *out, bool *fresh)
{
    return number_of(ctx, &builder->keys, key, out, fresh);
}

static enum status moments_open(struct ctx *ctx, struct answers_builder *builder)
{
    return builder->moments != NULL ? STATUS_OK : moment_list_create(ctx, &builder->moments);
}

enum status answers_touchpoint(struct ctx *ctx, struct answers_builder *builder, struct span name, uint32_t *out)
{
    enum status status = moments_open(ctx, builder);
    return status == STATUS_OK ? moment_list_touchpoint(ctx, builder->moments, name, out) : status;
}

enum status answers_moment(struct ctx *ctx, struct answers_builder *builder, const struct moment *moment)
{
    enum status status = moments_open(ctx, builder);
    return status == STATUS_OK ? moment_list_add(ctx, builder->moments, moment) : status;
}

enum status answers_note(struct ctx *ctx, struct answers_builder *builder, const char *key, const struct note_word *words)
{
    struct answers *answers = &builder->answers;
    struct ctx keeping = {.arena = builder->arena};
    struct note note;
    if (note_make(&keeping, key, words, &note) != STATUS_OK)
        return ctx_no_memory(ctx);
    for (uint32_t i = 0; i < answers->note_count; i++) {
        if (strcmp(answers->notes[i].english, note.english) == 0)
            return STATUS_OK;
    }
    assert(answers->note_count < NOTES_MAX);
    answers->notes[answers->note_count++] = note;
    return STATUS_OK;
}

enum status answers_text(struct ctx *ctx, struct answers_builder *builder, uint32_t encounter, const char *field,
                         struct span text)
{
    struct answers *answers = &builder->answers;
    enum status status = growing_reserve(ctx, &builder->texts, answers->text_count, sizeof *answers->texts);
    if (status != STATUS_OK)
        return status;
    struct answer_text added = {
        .encounter = encounter, .field = arena_copy(builder->arena, span_of(field)), .text = arena_copy(builder->arena, text)};
    if (added.field == NULL || added.text == NULL)
        return ctx_no_memory(ctx);
    ((struct answer_text *)builder->texts.at)[answers->text_count++] = added;
    return STATUS_OK;
}

uint32_t answers_slot(const struct answers *answers, enum standard standard, uint32_t item)
{
    return answers->slots[(uint32_t)standard * answers->study->item_count + item];
}

uint32_t answers_code(const struct answers *answers, uint32_t encounter, uint32_t slot)
{
    assert(encounter < answers->encounter_count && slot < answers->slot_count);
    const void *codes = answers->chunks[encounter / ANSWERS_CHUNK_ROWS].codes;
    size_t at = (size_t)(encounter % ANSWERS_CHUNK_ROWS) * answers->slot_count + slot;
    return answers->code_bytes == 1 ? ((const uint8_t *)codes)[at] : ((const uint16_t *)codes)[at];
}
