/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/packed_values.h"

#include <stdlib.h>
#include <string.h>

enum { SLOTS_FIRST = 1024, SLOTS_PER_VALUE = 2 };

#define SCATTER 0x9E3779B97F4A7C15u

struct packed_values {
    struct arena *arena;
    int64_t least, most; /* of those that are not missing */
    bool any;
    bool many;       /* more than PACKED_PLACES_MAX: no longer told apart */
    uint32_t count;  /* different ones, the missing one too */
    uint32_t slots;  /* a power of two */
    int64_t *values; /* [slot] */
    bool *used;      /* [slot] */
    int64_t last;    /* the same value often comes again */
};

static bool slots_make(struct packed_values *seen, uint32_t slots)
{
    seen->values = arena_array(seen->arena, slots, sizeof *seen->values);
    seen->used = arena_array(seen->arena, slots, sizeof *seen->used);
    seen->slots = slots;
    return seen->values != NULL && seen->used != NULL;
}

enum status packed_values_create(struct ctx *ctx, struct packed_values **out)
{
    struct packed_values *seen = arena_alloc(ctx->arena, sizeof *seen);
    if (seen == NULL || arena_create_apart(ctx->arena, &seen->arena) != STATUS_OK || !slots_make(seen, SLOTS_FIRST))
        return ctx_no_memory(ctx);
    *out = seen;
    return STATUS_OK;
}

/* Puts a value where it belongs. */
static void value_put(struct packed_values *seen, int64_t value)
{
    uint32_t slot = (uint32_t)(((uint64_t)value * SCATTER) >> 32) & (seen->slots - 1);
    while (seen->used[slot] && seen->values[slot] != value)
        slot = (slot + 1) & (seen->slots - 1);
    seen->count += !seen->used[slot];
    seen->used[slot] = true;
    seen->values[slot] = value;
}

static enum status slots_double(struct packed_values *seen)
{
    const uint32_t slots = seen->slots;
    const int64_t *values = seen->values;
    const bool *used = seen->used;
    if (!slots_make(seen, 2 * slots))
        return STATUS_MEMORY;
    seen->count = 0;
    for (uint32_t i = 0; i < slots; i++) {
        if (used[i])
            value_put(seen, values[i]);
    }
    return STATUS_OK;
}

static enum status value_note(struct packed_values *seen, int64_t value)
{
    if (seen->many || (seen->count > 0 && value == seen->last))
        return STATUS_OK;
    seen->last = value;
    value_put(seen, value);
    seen->many = seen->count > PACKED_PLACES_MAX;
    return !seen->many && seen->count * SLOTS_PER_VALUE > seen->slots ? slots_double(seen) : STATUS_OK;
}

enum status packed_values_add(struct packed_values *seen, const int64_t *values, uint32_t count,
                              const struct packed_column *column)
{
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < count && status == STATUS_OK; i++) {
        const int64_t value = values[i];
        status = value_note(seen, value);
        if (column->may_miss && value == column->missing)
            continue;
        if (value < column->low || value > column->high)
            return STATUS_INVALID;
        seen->least = seen->any && seen->least < value ? seen->least : value;
        seen->most = seen->any && seen->most > value ? seen->most : value;
        seen->any = true;
    }
    return status;
}

static int value_order(const void *left, const void *right)
{
    const int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
    return (a > b) - (a < b);
}

static enum status values_list(struct packed_values *seen, struct packed_column *column)
{
    int64_t *list = arena_array(seen->arena, seen->count, sizeof *list);
    if (list == NULL)
        return STATUS_MEMORY;
    for (uint32_t i = 0; i < seen->slots; i++) {
        if (seen->used[i])
            list[column->value_count++] = seen->values[i];
    }
    qsort(list, column->value_count, sizeof *list, value_order);
    column->values = list;
    return STATUS_OK;
}

enum status packed_values_choose(struct packed_values *seen, uint64_t rows, struct packed_column *column)
{
    const uint64_t range = seen->any ? (uint64_t)seen->most - (uint64_t)seen->least : 0;
    const unsigned by_place = seen->count <= 256 ? 1 : 2;
    column->base = seen->any ? seen->least : column->low;
    column->value_count = 0;
    /* All bits set are the missing value, so an offset lies below. */
    column->width = range < UINT8_MAX ? 1 : range < UINT16_MAX ? 2 : range < UINT32_MAX ? 4 : 8;
    if (seen->many || by_place >= column->width || (column->width - by_place) * rows <= seen->count * sizeof(int64_t))
        return STATUS_OK;
    column->width = by_place;
    return values_list(seen, column);
}

uint32_t packed_values_place(const struct packed_column *column, int64_t value)
{
    const int64_t *found = bsearch(&value, column->values, column->value_count, sizeof value, value_order);
    return found == NULL ? 0 : (uint32_t)(found - column->values);
}
