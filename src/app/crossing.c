/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/crossing.h"

#include <string.h>

#include "base/intern.h"
#include "base/limits.h"

/* One crossing while its cells are counted. */
struct crossing_count {
    const struct answers *answers;
    const uint32_t *segments; /* [count] of the study */
    uint32_t count;
    struct intern *cells;   /* values -> number of the cell */
    struct intern *members; /* cell and respondent; NULL when everybody came once */
    uint64_t *people;       /* [cell] */
    uint32_t capacity;
};

static enum status people_grow(struct ctx *ctx, struct crossing_count *counting)
{
    uint32_t needed = intern_count(counting->cells);
    if (needed <= counting->capacity)
        return STATUS_OK;
    uint32_t capacity = counting->capacity ? counting->capacity * 2 : 256;
    uint64_t *grown = arena_array(ctx->arena, capacity, sizeof *grown);
    if (!grown)
        return ctx_no_memory(ctx);
    if (counting->people)
        memcpy(grown, counting->people, counting->capacity * sizeof *grown);
    counting->people = grown;
    counting->capacity = capacity;
    return STATUS_OK;
}

static enum status encounter_count(struct ctx *ctx, struct crossing_count *counting, uint32_t encounter)
{
    uint16_t values[BY_SET_SEGMENTS_MAX];
    const struct answers *answers = counting->answers;
    const uint16_t *all = answers->chunks[encounter / ANSWERS_CHUNK_ROWS].segments +
                          (size_t)(encounter % ANSWERS_CHUNK_ROWS) * answers->study->columns.segment_count;
    for (uint32_t i = 0; i < counting->count; i++)
        values[i] = all[counting->segments[i]];
    uint32_t cell = 0, member = 0;
    bool fresh = true;
    if (intern_add(counting->cells, (struct span){(const char *)values, counting->count * sizeof *values}, &cell, &fresh))
        return ctx_no_memory(ctx);
    enum status status = people_grow(ctx, counting);
    if (status)
        return status;
    const uint32_t key[2] = {cell, answers_respondent_of(answers, encounter)};
    fresh = true;
    if (counting->members && intern_add(counting->members, (struct span){(const char *)key, sizeof key}, &member, &fresh))
        return ctx_no_memory(ctx);
    counting->people[cell] += fresh;
    return STATUS_OK;
}

static enum status encounters_count(struct ctx *ctx, struct crossing_count *counting)
{
    const struct answers *answers = counting->answers;
    bool repeats = answers->respondent_count < answers->encounter_count;
    enum status status = intern_create(ctx, ENCOUNTERS_MAX, &counting->cells);
    if (!status && repeats)
        status = intern_create(ctx, ENCOUNTERS_MAX, &counting->members);
    for (uint32_t i = 0; i < answers->encounter_count && !status; i++) {
        status = encounter_count(ctx, counting, i);
        if (!status && i % ANSWERS_CHUNK_ROWS == 0)
            status = ctx_cancelled(ctx);
    }
    return status;
}

/* The text of a segment's value; NULL when the cell was empty. */
static const char *value_text_of(const struct answers *answers, uint32_t segment, uint16_t value)
{
    return value == NO_SEGMENT_VALUE ? NULL : answers->segment_values[segment][value];
}

/* Puts what was counted into words. */
static enum status crossing_write(struct ctx *ctx, const struct crossing_count *counting, struct crossing *out)
{
    uint32_t count = intern_count(counting->cells), segments = counting->count;
    struct crossing_cell *cells = arena_array(ctx->arena, count + 1u, sizeof *cells);
    const char **texts = arena_array(ctx->arena, ((size_t)count + 1u) * segments, sizeof *texts);
    if (!cells || !texts)
        return ctx_no_memory(ctx);
    for (uint32_t i = 0; i < segments; i++)
        texts[i] = counting->answers->study->columns.segments[counting->segments[i]].column;
    *out = (struct crossing){.segments = texts, .segment_count = segments, .cells = cells, .cell_count = count};
    for (uint32_t c = 0; c < count; c++) {
        uint16_t values[BY_SET_SEGMENTS_MAX];
        const char **at = texts + ((size_t)c + 1u) * segments;
        memcpy(values, intern_text(counting->cells, c).at, segments * sizeof *values);
        for (uint32_t i = 0; i < segments; i++)
            at[i] = value_text_of(counting->answers, counting->segments[i], values[i]);
        cells[c] = (struct crossing_cell){.values = at, .respondents = counting->people[c]};
    }
    return STATUS_OK;
}

static enum status crossing_count(struct ctx *ctx, const struct answers *answers, const uint32_t *segments, uint32_t count,
                                  struct crossing *out)
{
    struct crossing_count counting = {.answers = answers, .segments = segments, .count = count};
    enum status status = encounters_count(ctx, &counting);
    return status ? status : crossing_write(ctx, &counting, out);
}

/* The segments that any by-set names.
 * gives   how many */
static uint32_t segments_asked(const struct plan *plan, uint32_t *out)
{
    bool asked[SEGMENTS_MAX] = {false};
    uint32_t count = 0;
    for (uint32_t s = 0; s < plan->set_count; s++) {
        for (uint32_t i = 0; i < plan->sets[s].segment_count; i++)
            asked[plan->sets[s].segments[i]] = true;
    }
    for (uint32_t i = 0; i < SEGMENTS_MAX; i++) {
        if (asked[i])
            out[count++] = i;
    }
    return count;
}

enum status crossing_make(struct ctx *ctx, const struct answers *answers, const struct plan *plan, struct release_rule *rule)
{
    uint32_t segments[SEGMENTS_MAX];
    uint32_t count = segments_asked(plan, segments);
    if (count < 2)
        return STATUS_OK;
    struct crossing *crossings = arena_array(ctx->arena, (size_t)count * count, sizeof *crossings);
    if (!crossings)
        return ctx_no_memory(ctx);
    rule->crossings = crossings;
    rule->crossing_count = 1;
    enum status status = STATUS_OK;
    if (count <= BY_SET_SEGMENTS_MAX)
        status = crossing_count(ctx, answers, segments, count, crossings);
    if (status || (count <= BY_SET_SEGMENTS_MAX && (count == 2 || crossings->cell_count <= CROSSING_CELLS_MAX)))
        return status;
    rule->crossing_count = 0;
    for (uint32_t i = 0; i < count && !status; i++) {
        for (uint32_t j = i + 1; j < count && !status; j++)
            status =
                crossing_count(ctx, answers, (const uint32_t[]){segments[i], segments[j]}, 2, &crossings[rule->crossing_count++]);
    }
    return status;
}
