/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/number_column.h"

#include <assert.h>
#include <string.h>

/* Each form tells sixteen times as many numbers apart as the one before, so that few are looked for in a near cache. */
enum { NARROW_DISTINCT = 256, FORM_GROWS = 16, WIDE_DISTINCT = 65536 };

/* How a column is held at a time; a wider one takes the place of a narrower one, which is given back. */
struct number_packing {
    struct arena *around; /* holds the arena of each form */
    struct arena *arena;  /* of the arrays below */
    size_t rows, filled;
    size_t distinct, most; /* numbers met, and how many this form can tell apart */
    double *values;        /* [most] distinct ones; [rows] the numbers themselves when nothing tells them apart */
    uint8_t *narrow;       /* [rows] */
    uint16_t *wide;        /* [rows] */
    uint32_t *slots;       /* [slot_count] place among the distinct + 1, found by hashing; 0 = free */
    size_t slot_count;     /* a power of 2, at least twice as many as there are distinct */
};

/* What tells numbers apart. */
static uint64_t bits_of(double number)
{
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    return bits;
}

/* The slot of a number: its own, or the free one where it belongs. Numbers are the same when their bits are. */
static size_t slot_of(const struct number_packing *packing, double number)
{
    const uint64_t bits = bits_of(number);
    size_t slot = (size_t)((bits * UINT64_C(0x9E3779B97F4A7C15)) >> 32) & (packing->slot_count - 1);
    while (packing->slots[slot] && bits_of(packing->values[packing->slots[slot] - 1]) != bits)
        slot = (slot + 1) & (packing->slot_count - 1);
    return slot;
}

/* Makes room for a form.
 * takes   most  distinct numbers; 0: the numbers themselves
 * fails   STATUS_MEMORY */
static enum status form_take(struct number_packing *packing, size_t most)
{
    struct arena *arena;
    if (arena_create(packing->around, &arena))
        return STATUS_MEMORY;
    packing->arena = arena;
    packing->narrow = NULL;
    packing->wide = NULL;
    packing->most = most;
    packing->values = arena_array(arena, most ? most : packing->rows + 1, sizeof *packing->values);
    packing->slot_count = 2 * most;
    packing->slots = arena_array(arena, packing->slot_count, sizeof *packing->slots);
    if (most == NARROW_DISTINCT)
        packing->narrow = arena_array(arena, packing->rows, sizeof *packing->narrow);
    else if (most)
        packing->wide = arena_array(arena, packing->rows, sizeof *packing->wide);
    bool taken = packing->values && packing->slots && (!most || packing->narrow || packing->wide);
    return taken ? STATUS_OK : STATUS_MEMORY;
}

enum status number_packing_open(struct ctx *ctx, size_t rows, struct number_packing **out)
{
    struct arena *around = NULL;
    struct number_packing *packing = arena_alloc(ctx->arena, sizeof *packing);
    *out = packing;
    if (!packing || arena_create_apart(ctx->arena, &around))
        return ctx_no_memory(ctx);
    *packing = (struct number_packing){.around = around, .rows = rows};
    return form_take(packing, NARROW_DISTINCT) ? ctx_no_memory(ctx) : STATUS_OK;
}

/* Goes over to the next wider form.
 * fails   STATUS_MEMORY */
static enum status form_widen(struct number_packing *packing)
{
    const struct number_packing before = *packing;
    const struct number_column column = number_packing_column(&before);
    enum status status = form_take(packing, packing->most < WIDE_DISTINCT ? packing->most * FORM_GROWS : 0);
    if (status)
        return status;
    for (size_t place = 0; place < before.distinct && packing->most; place++) {
        packing->values[place] = before.values[place];
        packing->slots[slot_of(packing, before.values[place])] = (uint32_t)place + 1;
    }
    for (size_t row = 0; row < before.filled; row++) {
        if (packing->wide)
            packing->wide[row] = before.narrow ? before.narrow[row] : before.wide[row];
        else
            packing->values[row] = number_at(&column, row);
    }
    arena_destroy(before.arena);
    return STATUS_OK;
}

/* The place of a number among the distinct ones, where it is put when it is new.
 * gives   packing->most when there is no room for one more */
static inline size_t place_of(struct number_packing *packing, double number)
{
    size_t slot = slot_of(packing, number);
    if (packing->slots[slot])
        return packing->slots[slot] - 1;
    if (packing->distinct == packing->most)
        return packing->most;
    packing->values[packing->distinct] = number;
    packing->slots[slot] = (uint32_t)packing->distinct + 1;
    return packing->distinct++;
}

/* Adds numbers as long as they can be told apart.
 * gives   how many were added */
static size_t places_add(struct number_packing *packing, const double *numbers, size_t count)
{
    uint8_t *restrict narrow = packing->narrow ? packing->narrow + packing->filled : NULL;
    uint16_t *restrict wide = packing->wide ? packing->wide + packing->filled : NULL;
    size_t added = 0;
    assert(narrow || wide);
    for (; added < count; added++) {
        size_t place = place_of(packing, numbers[added]);
        if (place == packing->most)
            break;
        if (narrow)
            narrow[added] = (uint8_t)place;
        else
            wide[added] = (uint16_t)place;
    }
    packing->filled += added;
    return added;
}

enum status number_packing_add(struct number_packing *packing, const double *numbers, size_t count)
{
    assert(count <= packing->rows - packing->filled);
    while (count > 0 && packing->most) {
        size_t added = places_add(packing, numbers, count);
        numbers += added;
        count -= added;
        if (count > 0 && form_widen(packing))
            return STATUS_MEMORY;
    }
    if (count > 0) {
        memcpy(packing->values + packing->filled, numbers, count * sizeof *numbers);
        packing->filled += count;
    }
    return STATUS_OK;
}

struct number_column number_packing_column(const struct number_packing *packing)
{
    return (struct number_column){.values = packing->values, .narrow = packing->narrow, .wide = packing->wide};
}
