/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pair/cell_store.h"

#include <assert.h>
#include <stdlib.h>

#define TABLE_CELLS_FIRST 64u

static uint64_t dense_cells(const struct cell_shape *shape, uint32_t owner)
{
    return shape->widths[owner] <= shape->dense_most ? shape->widths[owner] : 0;
}

static uint64_t dense_stride(const struct cell_shape *shape)
{
    uint64_t stride = 0;
    for (uint32_t owner = 0; owner < shape->owner_count; owner++) {
        stride += dense_cells(shape, owner);
    }
    uint64_t cell = shape->weighted ? sizeof(struct weight_sum) : sizeof(uint32_t);
    return stride * shape->group_count * cell <= shape->dense_bytes ? stride : 0;
}

uint64_t cell_shape_bytes(const struct cell_shape *shape)
{
    uint64_t cell = shape->weighted ? sizeof(struct weight_sum) : sizeof(uint32_t);
    return dense_stride(shape) * shape->group_count * cell + TABLE_CELLS_FIRST * sizeof(struct cell);
}

enum status cell_store_create(struct arena *arena, const struct cell_shape *shape, struct cell_store *out)
{
    uint64_t stride = dense_stride(shape);
    size_t cells = (size_t)stride * shape->group_count;
    *out = (struct cell_store){.arena = arena,
                               .group_count = shape->group_count,
                               .owner_count = shape->owner_count,
                               .weighted = shape->weighted,
                               .stride = (size_t)stride};
    out->offsets = arena_array(arena, (size_t)shape->owner_count + 1, sizeof *out->offsets);
    out->widths = arena_array(arena, (size_t)shape->owner_count + 1, sizeof *out->widths);
    if (out->offsets == NULL || out->widths == NULL) {
        return STATUS_MEMORY;
    }
    uint32_t next = 0;
    for (uint32_t owner = 0; owner < shape->owner_count; owner++) {
        uint32_t width = stride > 0 ? (uint32_t)dense_cells(shape, owner) : 0;
        out->widths[owner] = shape->widths[owner];
        out->offsets[owner] = width > 0 ? next : CELLS_SPARSE;
        next += width;
    }
    if (shape->weighted) {
        out->sums = arena_array(arena, cells + 1, sizeof *out->sums);
    } else {
        out->counts = arena_array(arena, cells + 1, sizeof *out->counts);
    }
    return out->sums == NULL && out->counts == NULL ? STATUS_MEMORY : STATUS_OK;
}

/* Finalizer of splitmix64 over both words. */
static uint64_t cell_hash(uint64_t place, uint64_t value)
{
    uint64_t x = place * UINT64_C(0x9e3779b97f4a7c15) + value;
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

static struct cell *cell_find(struct cell *cells, size_t capacity, uint64_t place, uint64_t value)
{
    size_t at = (size_t)cell_hash(place, value) & (capacity - 1);
    while (cells[at].sum.n != 0 && (cells[at].place != place || cells[at].value != value)) {
        at = (at + 1) & (capacity - 1);
    }
    return &cells[at];
}

static enum status table_grow(struct cell_store *store)
{
    size_t capacity = store->capacity == 0 ? TABLE_CELLS_FIRST : store->capacity * 2;
    struct arena *table;
    if (arena_create(store->arena, &table) != STATUS_OK) {
        return STATUS_MEMORY;
    }
    struct cell *cells = arena_array(table, capacity, sizeof *cells);
    if (cells == NULL) {
        return STATUS_MEMORY;
    }
    for (size_t i = 0; i < store->capacity; i++) {
        if (store->cells[i].sum.n != 0) {
            *cell_find(cells, capacity, store->cells[i].place, store->cells[i].value) = store->cells[i];
        }
    }
    arena_destroy(store->table);
    store->table = table;
    store->cells = cells;
    store->capacity = capacity;
    return STATUS_OK;
}

static void weight_sum_merge(struct weight_sum *into, const struct weight_sum *from)
{
    into->n += from->n;
    into->w += from->w;
    into->ww += from->ww;
}

enum status cell_store_add_sparse(struct cell_store *store, uint64_t place, uint64_t value, const struct weight_sum *sum)
{
    if (store->used + 1 > store->capacity - store->capacity / 4 && table_grow(store) != STATUS_OK) {
        return STATUS_MEMORY;
    }
    struct cell *cell = cell_find(store->cells, store->capacity, place, value);
    if (cell->sum.n == 0) {
        cell->place = place;
        cell->value = value;
        store->used++;
    }
    weight_sum_merge(&cell->sum, sum);
    return STATUS_OK;
}

/* Arrays of both, where both have them. */
static void dense_merge(struct cell_store *into, const struct cell_store *from, const uint32_t *map)
{
    for (uint32_t group = 0; group < from->group_count; group++) {
        size_t to = (map == NULL ? group : map[group]) * into->stride;
        size_t at = group * from->stride;
        for (size_t i = 0; i < into->stride; i++) {
            if (into->weighted) {
                weight_sum_merge(&into->sums[to + i], &from->sums[at + i]);
            } else {
                into->counts[to + i] += from->counts[at + i];
            }
        }
    }
}

/* Adds a cell to an owner that is an array here, or has its place in the table. */
static enum status cell_merge(struct cell_store *into, uint64_t place, uint64_t value, const struct weight_sum *sum)
{
    uint32_t offset = into->offsets[(uint32_t)place];
    size_t index = (size_t)(place >> 32) * into->stride + offset + (size_t)value;
    if (offset == CELLS_SPARSE) {
        return cell_store_add_sparse(into, place, value, sum);
    }
    if (into->weighted) {
        weight_sum_merge(&into->sums[index], sum);
    } else {
        into->counts[index] += (uint32_t)sum->n;
    }
    return STATUS_OK;
}

enum status cell_store_merge(struct cell_store *into, const struct cell_store *from, const uint32_t *map)
{
    assert(into->weighted == from->weighted && (into->stride == from->stride || from->stride == 0));
    if (from->stride > 0) {
        dense_merge(into, from, map);
    }
    for (size_t i = 0; i < from->capacity; i++) {
        const struct cell *cell = &from->cells[i];
        if (cell->sum.n == 0) {
            continue;
        }
        uint64_t place = map == NULL ? cell->place : (uint64_t)map[cell->place >> 32] << 32 | (uint32_t)cell->place;
        if (cell_merge(into, place, cell->value, &cell->sum) != STATUS_OK) {
            return STATUS_MEMORY;
        }
    }
    return STATUS_OK;
}

static int cell_compare(const void *a, const void *b)
{
    const struct cell *left = a;
    const struct cell *right = b;
    if (left->place != right->place) {
        return left->place < right->place ? -1 : 1;
    }
    return left->value < right->value ? -1 : left->value > right->value;
}

void cell_store_seal(struct cell_store *store)
{
    size_t next = 0;
    for (size_t i = 0; i < store->capacity; i++) {
        if (store->cells[i].sum.n != 0) {
            store->cells[next++] = store->cells[i];
        }
    }
    if (next > 1) {
        qsort(store->cells, next, sizeof *store->cells, cell_compare);
    }
}

/* The first sorted cell whose place is not below the one asked for. */
static size_t sealed_begin(const struct cell_store *store, uint64_t place)
{
    size_t low = 0;
    size_t high = store->used;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (store->cells[middle].place < place) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static struct weight_sum dense_sum(const struct cell_store *store, size_t index)
{
    if (store->weighted) {
        return store->sums[index];
    }
    uint32_t n = store->counts[index];
    return (struct weight_sum){.n = n, .w = n, .ww = n};
}

static size_t cells_present(const struct cell_store *store, uint32_t group, uint32_t owner)
{
    uint64_t place = (uint64_t)group << 32 | owner;
    if (store->offsets[owner] == CELLS_SPARSE) {
        return sealed_begin(store, place + 1) - sealed_begin(store, place);
    }
    size_t first = group * store->stride + store->offsets[owner];
    size_t count = 0;
    for (size_t value = 0; value < store->widths[owner]; value++) {
        count += dense_sum(store, first + value).n > 0;
    }
    return count;
}

static enum status list_hold(struct arena *scratch, size_t count, struct cell_list *list)
{
    list->count = 0;
    if (count <= list->capacity) {
        return STATUS_OK;
    }
    size_t capacity = count * 2;
    list->values = arena_array(scratch, capacity, sizeof *list->values);
    list->sums = arena_array(scratch, capacity, sizeof *list->sums);
    list->capacity = list->values != NULL && list->sums != NULL ? capacity : 0;
    return list->capacity == 0 ? STATUS_MEMORY : STATUS_OK;
}

static void list_add(struct cell_list *list, uint64_t value, const struct weight_sum *sum)
{
    list->values[list->count] = value;
    list->sums[list->count++] = *sum;
}

enum status cell_store_read(const struct cell_store *store, uint32_t group, uint32_t owner, struct arena *scratch,
                            struct cell_list *list)
{
    if (list_hold(scratch, cells_present(store, group, owner), list) != STATUS_OK) {
        return STATUS_MEMORY;
    }
    if (store->offsets[owner] == CELLS_SPARSE) {
        uint64_t place = (uint64_t)group << 32 | owner;
        for (size_t i = sealed_begin(store, place); i < store->used && store->cells[i].place == place; i++) {
            struct weight_sum sum = store->cells[i].sum;
            sum = store->weighted ? sum : (struct weight_sum){.n = sum.n, .w = (int128)sum.n, .ww = (int128)sum.n};
            list_add(list, store->cells[i].value, &sum);
        }
        return STATUS_OK;
    }
    size_t first = group * store->stride + store->offsets[owner];
    for (size_t value = 0; value < store->widths[owner]; value++) {
        struct weight_sum sum = dense_sum(store, first + value);
        if (sum.n > 0) {
            list_add(list, value, &sum);
        }
    }
    return STATUS_OK;
}
