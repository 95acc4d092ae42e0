/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/csv_batch.h"

#include <string.h>

#include "base/memory.h"

/* Vectors write beyond the codes of a row. */
enum { LIST_FIRST = 64, ROWS_FIRST = 1024, MARGIN_BYTES = 64 };

/* An array of a batch: where it is held, and how much of it is a row's. */
struct array {
    void *holder; /* a pointer to the array */
    size_t row_bytes;
};

enum { ARRAYS = 13 };

void *csv_list_add(struct csv_list *list, size_t size_bytes)
{
    if (list->count == list->capacity) {
        const uint32_t capacity = list->capacity == 0 ? LIST_FIRST : list->capacity * 2;
        size_t bytes;
        void *grown = size_multiply(capacity, size_bytes, &bytes) ? memory_resize(list->at, bytes) : NULL;
        if (grown == NULL)
            return NULL;
        list->at = grown;
        list->capacity = capacity;
    }
    return (char *)list->at + (size_t)list->count++ * size_bytes;
}

static void batch_arrays(struct csv_batch *batch, struct array arrays[ARRAYS])
{
    const struct columns *columns = &batch->study->columns;
    const size_t points = columns->importance == IMPORTANCE_POINTS ? batch->study->dimension_count : 0;
    const struct array all[ARRAYS] = {
        {&batch->codes, (size_t)batch->slot_count * batch->code_bytes},
        {&batch->segments, columns->segment_count * sizeof *batch->segments},
        {&batch->weights, columns->weight != NULL ? sizeof *batch->weights : 0},
        {&batch->clusters, columns->cluster != NULL ? sizeof *batch->clusters : 0},
        {&batch->strata, columns->strata != NULL ? sizeof *batch->strata : 0},
        {&batch->points, points * sizeof *batch->points},
        {&batch->outcomes, batch->outcome_bytes},
        {&batch->starts, sizeof *batch->starts},
        {&batch->row_lines, sizeof *batch->row_lines},
        {&batch->ids, batch->naming.respondent ? sizeof *batch->ids : 0},
        {&batch->names[0], batch->naming.respondent ? sizeof *batch->names[0] : 0},
        {&batch->names[1], batch->naming.encounter ? sizeof *batch->names[1] : 0},
        {&batch->respondents, sizeof *batch->respondents},
    };
    memcpy(arrays, all, sizeof all);
}

static void batch_free(void *resource)
{
    struct csv_batch *batch = resource;
    struct array arrays[ARRAYS];
    batch_arrays(batch, arrays);
    for (size_t i = 0; i < ARRAYS; i++) {
        void *at;
        memcpy(&at, arrays[i].holder, sizeof at);
        memory_free(at);
    }
    struct csv_list *const lists[] = {&batch->marks, &batch->asked, &batch->odd, &batch->placed};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        memory_free(lists[i]->at);
}

enum status csv_batch_create(struct ctx *ctx, const struct answers_builder *builder, const struct study *study,
                             struct csv_naming naming, struct csv_batch *out)
{
    *out = (struct csv_batch){.study = study, .naming = naming, .code_bytes = study_code_bytes(study)};
    const uint32_t *slots = answers_builder_slots(builder);
    out->outcome_places = answers_builder_outcomes(builder, &out->outcome_bytes);
    for (uint32_t i = 0; i < (uint32_t)STANDARD_COUNT * study->item_count; i++)
        out->slot_count += slots[i] != NO_SLOT;
    return arena_defer(ctx->arena, batch_free, out) == STATUS_OK ? STATUS_OK : ctx_no_memory(ctx);
}

void csv_batch_begin(struct csv_batch *batch)
{
    batch->serial++;
    batch->count = batch->end = batch->lines = 0;
    batch->marks.count = batch->asked.count = batch->odd.count = batch->placed.count = 0;
    batch->whole = true;
    batch->own_numbers = true;
}

bool csv_batch_grow(struct csv_batch *batch)
{
    struct array arrays[ARRAYS];
    const uint32_t capacity = batch->capacity == 0 ? ROWS_FIRST : batch->capacity * 2;
    batch_arrays(batch, arrays);
    for (size_t i = 0; i < ARRAYS; i++) {
        size_t bytes;
        void *at;
        if (arrays[i].row_bytes == 0)
            continue;
        memcpy(&at, arrays[i].holder, sizeof at);
        if (!size_multiply(capacity, arrays[i].row_bytes, &bytes) || !size_add(bytes, MARGIN_BYTES, &bytes))
            return false;
        at = memory_resize(at, bytes);
        if (at == NULL)
            return false;
        memcpy(arrays[i].holder, &at, sizeof at);
    }
    batch->capacity = capacity;
    return true;
}

/* Rows of a 32-bit array, with the numbers that a dictionary knows. */
static void copy_numbers(uint32_t *to, const uint32_t *from, uint32_t count, const struct csv_dictionary *dictionary)
{
    for (uint32_t i = 0; i < count; i++)
        to[i] = dictionary->known[from[i]];
}

static void copy_segments(const struct csv_batch *batch, const struct csv_placed *placed,
                          const struct csv_dictionary *dictionaries)
{
    const uint32_t segments = batch->study->columns.segment_count;
    const uint16_t *from = batch->segments + (size_t)placed->row * segments;
    uint16_t *to = placed->piece.chunk.segments + (size_t)placed->piece.at * segments;
    for (uint32_t i = 0; i < placed->piece.count; i++) {
        for (uint32_t s = 0; s < segments; s++, from++, to++)
            *to = *from == NO_SEGMENT_VALUE ? NO_SEGMENT_VALUE : (uint16_t)dictionaries[s].known[*from];
    }
}

static void copy_respondents(const struct csv_batch *batch, const struct csv_placed *placed)
{
    uint32_t *to = placed->piece.chunk.respondents + placed->piece.at;
    for (uint32_t i = 0; i < placed->piece.count; i++)
        to[i] = batch->own_numbers ? placed->piece.encounter + i : batch->respondents[placed->row + i];
}

/* Rows of an array that both sides lay out alike; either may be NULL. */
static void copy_rows(void *to, const void *from, const struct csv_placed *placed, size_t row_bytes)
{
    if (to != NULL && from != NULL && row_bytes > 0)
        memcpy((char *)to + placed->piece.at * row_bytes, (const char *)from + placed->row * row_bytes,
               placed->piece.count * row_bytes);
}

static void copy_placed(const struct csv_batch *batch, const struct csv_placed *placed, const struct csv_dictionary *dictionaries)
{
    const struct study *study = batch->study;
    const struct answers_chunk *chunk = &placed->piece.chunk;
    const struct csv_dictionary *design = dictionaries + study->columns.segment_count;
    copy_rows(chunk->codes, batch->codes, placed, (size_t)batch->slot_count * batch->code_bytes);
    copy_rows(chunk->weights, batch->weights, placed, sizeof *chunk->weights);
    copy_rows(chunk->points, batch->points, placed, study->dimension_count * sizeof *chunk->points);
    copy_rows(chunk->outcomes, batch->outcomes, placed, batch->outcome_bytes);
    copy_respondents(batch, placed);
    if (chunk->segments != NULL)
        copy_segments(batch, placed, dictionaries);
    if (chunk->clusters != NULL)
        copy_numbers(chunk->clusters + placed->piece.at, batch->clusters + placed->row, placed->piece.count, &design[0]);
    if (chunk->strata != NULL)
        copy_numbers(chunk->strata + placed->piece.at, batch->strata + placed->row, placed->piece.count, &design[1]);
}

void csv_batch_copy(const struct csv_batch *batch, const struct csv_dictionary *dictionaries)
{
    const struct csv_placed *placed = batch->placed.at;
    for (uint32_t i = 0; i < batch->placed.count; i++)
        copy_placed(batch, &placed[i], dictionaries);
}

/* Counts one outcome of rows that follow on each other. */
static void count_outcome(const struct csv_batch *batch, uint32_t outcome, const struct csv_placed *placed, uint64_t line,
                          struct answer_counts *counts)
{
    const struct outcome_place place = batch->outcome_places[outcome];
    const uint8_t *at = batch->outcomes + (size_t)placed->row * batch->outcome_bytes;
    uint32_t times[MIXED_POINTS_MOST + 1] = {0};
    bool few = place.bytes != 1;
    for (uint32_t i = 0; i < placed->piece.count && !few; i++) {
        const uint8_t code = at[(size_t)i * batch->outcome_bytes + place.at];
        times[code <= MIXED_POINTS_MOST ? code : 0]++;
    }
    for (uint32_t code = 1; code <= MIXED_POINTS_MOST; code++)
        few = few || (times[code] > 0 && counts->times[code] < MIXED_ROWS);
    for (uint32_t code = 1; code <= MIXED_POINTS_MOST && !few; code++)
        counts->times[code] += times[code];
    /* Only the first rows of a code must be known. */
    for (uint32_t i = 0; i < placed->piece.count && few; i++) {
        const int64_t code = outcome_get(at + (size_t)i * batch->outcome_bytes, place);
        if (code != INT64_MIN)
            answer_counts_add(counts, (uint32_t)code, line + batch->row_lines[placed->row + i]);
    }
}

void csv_batch_count(const struct csv_batch *batch, uint64_t line, struct answer_counts *counts)
{
    const struct columns *columns = &batch->study->columns;
    const struct csv_placed *placed = batch->placed.at;
    for (uint32_t i = 0; i < batch->placed.count; i++) {
        for (uint32_t o = 0; o < columns->outcome_count; o++) {
            if (columns->outcomes[o].kind == OUTCOME_SCALE)
                count_outcome(batch, o, &placed[i], line, &counts[o]);
        }
    }
}
