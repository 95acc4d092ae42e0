/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pair/pair_ranks.h"

#include <stdlib.h>
#include <string.h>

#include "pair/pair_row.h"
#include "pair/pair_strata.h"

/* How many buckets encounters are dealt out to at most before they are sorted: their ends fit a near cache. */
#define BUCKETS_MAX 65536u

/* An encounter beside the first bytes of its content that may differ, so that most comparisons touch nothing else. */
struct ranked {
    uint64_t prefix;
    uint32_t encounter;
};

/* What comparing needs. */
struct ranking {
    const struct pair_frame *frame;
    const uint16_t *const *places; /* [segment][number of the value] its place among the sorted texts */
};

static const uint8_t *codes_at(const struct answers *answers, uint32_t encounter)
{
    const struct answers_chunk *chunk = &answers->chunks[encounter / ANSWERS_CHUNK_ROWS];
    size_t bytes = (size_t)answers->slot_count * answers->code_bytes;
    return chunk->codes == NULL ? NULL : (const uint8_t *)chunk->codes + bytes * (encounter % ANSWERS_CHUNK_ROWS);
}

static int rows_compare(const void *all_a, const void *all_b, const uint32_t at[2], size_t row_bytes)
{
    if (all_a == NULL || all_b == NULL || row_bytes == 0) {
        return 0;
    }
    return memcmp((const uint8_t *)all_a + at[0] * row_bytes, (const uint8_t *)all_b + at[1] * row_bytes, row_bytes);
}

static uint32_t segment_place(const struct ranking *ranking, const struct answers_chunk *chunk, uint32_t row, uint32_t segment)
{
    uint16_t value = chunk->segments[(size_t)row * ranking->frame->study->columns.segment_count + segment];
    return value == NO_SEGMENT_VALUE ? NO_SEGMENT_VALUE : ranking->places[segment][value];
}

static int segments_compare(const struct ranking *ranking, const struct answers_chunk *a, const struct answers_chunk *b,
                            const uint32_t at[2])
{
    for (uint32_t s = 0; s < ranking->frame->study->columns.segment_count; s++) {
        uint32_t x = segment_place(ranking, a, at[0], s);
        uint32_t y = segment_place(ranking, b, at[1], s);
        if (x != y) {
            return x < y ? -1 : 1;
        }
    }
    return 0;
}

/* One moment beside another, whatever journeys they belong to. */
static int moment_compare(const struct moment *a, const struct moment *b)
{
    if (a->touchpoint != b->touchpoint) {
        return a->touchpoint < b->touchpoint ? -1 : 1;
    }
    if (a->time_ms != b->time_ms) {
        return a->time_ms < b->time_ms ? -1 : 1;
    }
    if (a->order != b->order) {
        return a->order < b->order ? -1 : 1;
    }
    return a->code < b->code ? -1 : a->code > b->code;
}

/* By the moments of two journeys, the shorter one first. */
static int moments_compare(const struct answers *answers, uint32_t a, uint32_t b)
{
    if (answers->moments == NULL) {
        return 0;
    }
    const uint64_t *starts = answers->moment_starts;
    uint64_t count_a = starts[a + 1] - starts[a], count_b = starts[b + 1] - starts[b];
    if (count_a != count_b) {
        return count_a < count_b ? -1 : 1;
    }
    int order = 0;
    for (uint64_t i = 0; i < count_a && order == 0; i++) {
        order = moment_compare(&answers->moments[starts[a] + i], &answers->moments[starts[b] + i]);
    }
    return order;
}

/* By everything that was answered; 0 when nothing tells them apart. */
static int content_compare(const struct ranking *ranking, uint32_t a, uint32_t b)
{
    const struct pair_frame *frame = ranking->frame;
    const struct answers *answers = frame->answers;
    const struct answers_chunk *ca = &answers->chunks[a / ANSWERS_CHUNK_ROWS];
    const struct answers_chunk *cb = &answers->chunks[b / ANSWERS_CHUNK_ROWS];
    const uint32_t at[2] = {a % ANSWERS_CHUNK_ROWS, b % ANSWERS_CHUNK_ROWS};
    const uint8_t *codes_a = codes_at(answers, a);
    const uint8_t *codes_b = codes_at(answers, b);
    size_t bytes = (size_t)answers->slot_count * answers->code_bytes;
    int order = codes_a == NULL || codes_b == NULL || bytes == 0 ? 0 : memcmp(codes_a, codes_b, bytes);
    if (order == 0) {
        order = rows_compare(ca->outcomes, cb->outcomes, at, answers->outcome_bytes);
    }
    if (order == 0) {
        order = rows_compare(ca->points, cb->points, at, frame->study->dimension_count * sizeof *ca->points);
    }
    if (order == 0) {
        order = rows_compare(ca->weights, cb->weights, at, sizeof *ca->weights);
    }
    if (order == 0 && frame->stratified) {
        uint32_t x = pair_stratum(frame, a);
        uint32_t y = pair_stratum(frame, b);
        order = x < y ? -1 : x > y;
    }
    if (order == 0) {
        order = segments_compare(ranking, ca, cb, at);
    }
    return order != 0 ? order : moments_compare(answers, a, b);
}

static int ranked_compare(const void *a, const void *b, void *ranking)
{
    const struct ranked *x = a;
    const struct ranked *y = b;
    if (x->prefix != y->prefix) {
        return x->prefix < y->prefix ? -1 : 1;
    }
    return content_compare(ranking, x->encounter, y->encounter);
}

/* A value of a segment, to be sorted by its text. */
struct named_value {
    const char *text;
    uint16_t number;
};

static int named_compare(const void *a, const void *b)
{
    const struct named_value *x = a;
    const struct named_value *y = b;
    return strcmp(x->text, y->text);
}

/* The place of every value of every segment among the sorted texts; NULL without memory. */
static const uint16_t **places_make(struct arena *scratch, const struct answers *answers)
{
    uint32_t segments = answers->study->columns.segment_count;
    const uint16_t **places = arena_array(scratch, (size_t)segments + 1, sizeof *places);
    for (uint32_t s = 0; s < segments && places != NULL; s++) {
        uint32_t count = answers->segment_value_count[s];
        struct named_value *values = arena_array(scratch, (size_t)count + 1, sizeof *values);
        uint16_t *own = arena_array(scratch, (size_t)count + 1, sizeof *own);
        if (values == NULL || own == NULL) {
            return NULL;
        }
        for (uint32_t i = 0; i < count; i++) {
            values[i] = (struct named_value){.text = answers->segment_values[s][i], .number = (uint16_t)i};
        }
        qsort(values, count, sizeof *values, named_compare);
        for (uint32_t i = 0; i < count; i++) {
            own[values[i].number] = (uint16_t)i;
        }
        places[s] = own;
    }
    return places;
}

/* Encounters dealt out by the first bytes of their codes, so that few are sorted at a time: a bucket for each combination of
 * bytes that can come. Buckets stand in the order of their bytes. */
struct bucketing {
    const struct answers *answers;
    const uint8_t *tops; /* [row bytes] the largest that comes */
    size_t bytes;        /* so many tell buckets apart */
    uint32_t count;
    uint32_t *ends; /* [count + 1] */
};

static size_t row_bytes(const struct answers *answers)
{
    return (size_t)answers->slot_count * answers->code_bytes;
}

/* Eight bytes of the codes, after those that are known to be alike, as one number that sorts as they do. */
static uint64_t prefix_of(const struct answers *answers, uint32_t encounter, size_t from)
{
    const uint8_t *codes = codes_at(answers, encounter);
    size_t bytes = row_bytes(answers);
    uint64_t prefix = 0;
    for (size_t i = from; i < from + 8 && codes != NULL; i++) {
        prefix = prefix << 8 | (i < bytes ? codes[i] : 0u);
    }
    return prefix;
}

/* The usable encounters in the order of the file, and the largest bytes of their codes. */
static enum status usable_list(struct ctx *ctx, struct arena *room, const struct pair_frame *frame, uint32_t *list, uint8_t *tops,
                               uint32_t *count)
{
    struct pair_row row;
    size_t bytes = row_bytes(frame->answers);
    *count = 0;
    if (pair_row_create(room, frame, &row) != STATUS_OK) {
        return ctx_no_memory(ctx);
    }
    for (uint32_t i = 0; i < frame->answers->encounter_count; i++) {
        pair_row_load(frame, i, &row);
        pair_row_prepare(frame, &row);
        if (!row.usable) {
            continue;
        }
        const uint8_t *codes = codes_at(frame->answers, i);
        list[(*count)++] = i;
        for (size_t b = 0; b < bytes && codes != NULL; b++) {
            tops[b] = codes[b] > tops[b] ? codes[b] : tops[b];
        }
    }
    return ctx_cancelled(ctx);
}

static uint32_t bucket_of(const struct bucketing *bucketing, uint32_t encounter)
{
    const uint8_t *codes = codes_at(bucketing->answers, encounter);
    uint32_t bucket = 0;
    for (size_t i = 0; i < bucketing->bytes; i++) {
        bucket = bucket * (bucketing->tops[i] + 1u) + codes[i];
    }
    return bucket;
}

/* Deals encounters out to buckets, those of each in the order they had.
 * takes   list    [count]
 * gives   sorted  [count] bucket after bucket; bucketing->ends */
static enum status buckets_deal(struct ctx *ctx, struct arena *room, struct bucketing *bucketing, const uint32_t *list,
                                uint32_t count, uint32_t *sorted)
{
    const uint32_t most = count < BUCKETS_MAX ? count : BUCKETS_MAX;
    size_t bytes = row_bytes(bucketing->answers);
    bucketing->count = 1;
    for (; bucketing->bytes < bytes; bucketing->bytes++) {
        uint32_t base = bucketing->tops[bucketing->bytes] + 1u;
        if (bucketing->count * base > most) {
            break;
        }
        bucketing->count *= base;
    }
    uint32_t *ends = arena_array(room, (size_t)bucketing->count + 1, sizeof *ends);
    if (ends == NULL) {
        return ctx_no_memory(ctx);
    }
    for (uint32_t i = 0; i < count; i++) {
        ends[bucket_of(bucketing, list[i]) + 1]++;
    }
    for (uint32_t b = 0; b < bucketing->count; b++) {
        ends[b + 1] += ends[b];
    }
    for (uint32_t i = 0; i < count; i++) {
        sorted[ends[bucket_of(bucketing, list[i])]++] = list[i];
    }
    bucketing->ends = ends;
    return STATUS_OK;
}

/* Sorts the encounters of one bucket and ranks them.
 * takes   first  of the bucket in out->sorted
 *         list   [count] room */
static void bucket_sort(struct ranking *ranking, size_t alike, uint32_t first, uint32_t count, struct ranked *list,
                        struct pair_ranks *out)
{
    for (uint32_t i = 0; i < count; i++) {
        uint32_t encounter = out->sorted[first + i];
        list[i] = (struct ranked){.prefix = prefix_of(ranking->frame->answers, encounter, alike), .encounter = encounter};
    }
    qsort_r(list, count, sizeof *list, ranked_compare, ranking);
    for (uint32_t i = 0; i < count; i++) {
        out->sorted[first + i] = list[i].encounter;
    }
    for (uint32_t i = 0; i < count && out->ranks != NULL; i++) {
        bool same = i > 0 && ranked_compare(&list[i - 1], &list[i], ranking) == 0;
        out->ranks[list[i].encounter] = same ? out->ranks[list[i - 1].encounter] : first + i;
    }
}

static enum status buckets_sort(struct ctx *ctx, struct arena *room, struct ranking *ranking, const struct bucketing *bucketing,
                                struct pair_ranks *out)
{
    uint32_t most = 0;
    for (uint32_t b = 0; b < bucketing->count; b++) {
        uint32_t count = bucketing->ends[b] - (b == 0 ? 0 : bucketing->ends[b - 1]);
        most = count > most ? count : most;
    }
    struct ranked *list = arena_array(room, (size_t)most + 1, sizeof *list);
    if (list == NULL) {
        return ctx_no_memory(ctx);
    }
    for (uint32_t b = 0; b < bucketing->count; b++) {
        uint32_t first = b == 0 ? 0 : bucketing->ends[b - 1];
        bucket_sort(ranking, bucketing->bytes, first, bucketing->ends[b] - first, list, out);
    }
    return ctx_cancelled(ctx);
}

/* The usable encounters, dealt out to buckets; the list that they are dealt from is given back. */
static enum status encounters_deal(struct ctx *ctx, struct arena *scratch, const struct pair_frame *frame,
                                   struct bucketing *bucketing, struct pair_ranks *out)
{
    struct arena *room;
    if (arena_create(scratch, &room) != STATUS_OK) {
        return ctx_no_memory(ctx);
    }
    uint32_t *list = arena_array(room, (size_t)frame->answers->encounter_count + 1, sizeof *list);
    uint8_t *tops = arena_array(scratch, row_bytes(frame->answers) + 1, sizeof *tops);
    enum status status =
        list == NULL || tops == NULL ? ctx_no_memory(ctx) : usable_list(ctx, room, frame, list, tops, &out->count);
    bucketing->tops = tops;
    if (status == STATUS_OK) {
        status = buckets_deal(ctx, scratch, bucketing, list, out->count, out->sorted);
    }
    arena_destroy(room);
    return status;
}

enum status pair_ranks_make(struct ctx *ctx, struct arena *scratch, const struct pair_frame *frame, struct pair_ranks *out)
{
    size_t encounters = frame->answers->encounter_count;
    struct ranking ranking = {.frame = frame, .places = places_make(scratch, frame->answers)};
    struct bucketing bucketing = {.answers = frame->answers};
    struct arena *room;
    *out = (struct pair_ranks){.sorted = arena_array(ctx->arena, encounters + 1, sizeof *out->sorted)};
    if (frame->clustered) {
        out->ranks = arena_array(ctx->arena, encounters + 1, sizeof *out->ranks);
    }
    if (out->sorted == NULL || (frame->clustered && out->ranks == NULL) || ranking.places == NULL ||
        arena_create(scratch, &room) != STATUS_OK) {
        return ctx_no_memory(ctx);
    }
    if (out->ranks != NULL) {
        memset(out->ranks, 0xff, encounters * sizeof *out->ranks);
    }
    enum status status = encounters_deal(ctx, room, frame, &bucketing, out);
    if (status == STATUS_OK) {
        status = buckets_sort(ctx, room, &ranking, &bucketing, out);
    }
    arena_destroy(room);
    return status;
}
