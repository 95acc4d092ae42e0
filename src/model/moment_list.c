/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/moment_list.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/intern.h"
#include "base/limits.h"
#include "base/memory.h"

/* A moment and its row, so that equal moments keep their order. */
struct filed_moment {
    struct moment moment;
    uint64_t row;
};

struct moment_list {
    struct filed_moment *at; /* on the heap */
    uint64_t count;
    size_t capacity;
    struct intern *touchpoints;
};

static void list_free(void *resource)
{
    struct moment_list *list = resource;
    memory_free(list->at);
    list->at = NULL;
}

enum status moment_list_create(struct ctx *ctx, struct moment_list **out)
{
    struct moment_list *list = arena_alloc(ctx->arena, sizeof *list);
    if (list == NULL || arena_defer(ctx->arena, list_free, list) != STATUS_OK)
        return ctx_no_memory(ctx);
    *out = list;
    return intern_create(ctx, TOUCHPOINTS_MAX, &list->touchpoints);
}

enum status moment_list_touchpoint(struct ctx *ctx, struct moment_list *list, struct span name, uint32_t *out)
{
    bool fresh;
    enum status status = intern_add(list->touchpoints, name, out, &fresh);
    if (status == STATUS_INVALID)
        return ctx_fail(ctx, STATUS_DATA, NULL,
                        "There are more than %u touchpoints; a touchpoint is a kind of moment, such as check-in.",
                        TOUCHPOINTS_MAX);
    return status == STATUS_OK ? STATUS_OK : ctx_no_memory(ctx);
}

enum status moment_list_add(struct ctx *ctx, struct moment_list *list, const struct moment *moment)
{
    if (list->count == list->capacity) {
        size_t capacity = list->capacity == 0 ? 64 : list->capacity * 2, bytes;
        struct filed_moment *at = size_multiply(capacity, sizeof *at, &bytes) ? memory_resize(list->at, bytes) : NULL;
        if (at == NULL)
            return ctx_no_memory(ctx);
        list->at = at;
        list->capacity = capacity;
    }
    list->at[list->count] = (struct filed_moment){*moment, list->count};
    list->count++;
    return STATUS_OK;
}

/* Negative, 0 or positive, by what places a moment in time. */
static int moment_compare(const struct moment *a, const struct moment *b)
{
    if (a->encounter != b->encounter)
        return a->encounter < b->encounter ? -1 : 1;
    if (a->time_ms != b->time_ms)
        return a->time_ms < b->time_ms ? -1 : 1;
    if (a->order != b->order)
        return a->order < b->order ? -1 : 1;
    return 0;
}

static int filed_compare(const void *left, const void *right)
{
    const struct filed_moment *a = left, *b = right;
    int order = moment_compare(&a->moment, &b->moment);
    return order != 0 ? order : a->row < b->row ? -1 : a->row > b->row;
}

static void list_sort(struct moment_list *list)
{
    bool sorted = true;
    for (uint64_t i = 1; i < list->count && sorted; i++)
        sorted = filed_compare(&list->at[i - 1], &list->at[i]) < 0;
    if (!sorted)
        qsort(list->at, (size_t)list->count, sizeof *list->at, filed_compare);
}

struct named_touchpoint {
    const char *name;
    uint32_t number;
};

static int name_compare(const void *left, const void *right)
{
    return strcmp(((const struct named_touchpoint *)left)->name, ((const struct named_touchpoint *)right)->name);
}

/* Sorts the names.
 * gives   *index  [number] where its name stands */
static enum status touchpoints_sort(struct ctx *ctx, const struct moment_list *list, struct arena *arena, uint32_t **index,
                                    struct moments *out)
{
    uint32_t count = intern_count(list->touchpoints);
    struct named_touchpoint *named = arena_array(ctx->arena, (size_t)count + 1, sizeof *named);
    const char **names = arena_array(arena, (size_t)count + 1, sizeof *names);
    *index = arena_array(ctx->arena, (size_t)count + 1, sizeof **index);
    if (named == NULL || names == NULL || *index == NULL)
        return ctx_no_memory(ctx);
    for (uint32_t i = 0; i < count; i++) {
        named[i] = (struct named_touchpoint){arena_copy(arena, intern_text(list->touchpoints, i)), i};
        if (named[i].name == NULL)
            return ctx_no_memory(ctx);
    }
    qsort(named, count, sizeof *named, name_compare);
    for (uint32_t i = 0; i < count; i++) {
        names[i] = named[i].name;
        (*index)[named[i].number] = i;
    }
    out->touchpoints = names;
    out->touchpoint_count = count;
    return STATUS_OK;
}

enum status moment_list_end(struct ctx *ctx, struct moment_list *list, struct arena *arena, uint32_t encounter_count,
                            struct moments *out)
{
    *out = (struct moments){.count = list->count};
    struct moment *at = arena_array(arena, (size_t)list->count + 1, sizeof *at);
    uint64_t *starts = arena_array(arena, (size_t)encounter_count + 1, sizeof *starts);
    uint32_t *index = NULL;
    if (at == NULL || starts == NULL)
        return ctx_no_memory(ctx);
    enum status status = touchpoints_sort(ctx, list, arena, &index, out);
    if (status != STATUS_OK)
        return status;
    list_sort(list);
    uint32_t begun = 0;
    for (uint64_t i = 0; i < list->count; i++) {
        at[i] = list->at[i].moment;
        assert(at[i].encounter < encounter_count);
        at[i].touchpoint = index[at[i].touchpoint];
        while (begun <= at[i].encounter)
            starts[begun++] = i;
        bool same_place = i > 0 && moment_compare(&at[i - 1], &at[i]) == 0;
        out->tied += same_place && (at[i - 1].touchpoint != at[i].touchpoint || at[i - 1].code != at[i].code);
    }
    while (begun <= encounter_count)
        starts[begun++] = list->count;
    out->at = at;
    out->starts = starts;
    return STATUS_OK;
}
