/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/id_list.h"

#include "base/intern.h"
#include "base/memory.h"

enum { DIGITS_MOST = 18 };

struct id_list {
    uint32_t ceiling;
    uint32_t count;
    uint64_t last;       /* the highest id */
    struct id_run *runs; /* on the heap, while ids rise */
    size_t run_count, run_capacity;
    struct intern *intern; /* NULL while ids rise */
};

static void id_list_free(void *resource)
{
    struct id_list *list = resource;
    memory_free(list->runs);
    list->runs = NULL;
    list->run_count = list->run_capacity = 0;
}

enum status id_list_create(struct ctx *ctx, uint32_t ceiling, struct id_list **out)
{
    struct id_list *list = arena_alloc(ctx->arena, sizeof *list);
    if (list == NULL)
        return ctx_no_memory(ctx);
    list->ceiling = ceiling;
    if (arena_defer(ctx->arena, id_list_free, list) != STATUS_OK)
        return ctx_no_memory(ctx);
    *out = list;
    return STATUS_OK;
}

/* The number that a text writes in the one way there is to write it: no sign, no leading 0. */
static bool is_whole(struct span id, uint64_t *value)
{
    if (id.length == 0 || id.length > DIGITS_MOST || (id.at[0] == '0' && id.length > 1))
        return false;
    *value = 0;
    for (size_t i = 0; i < id.length; i++) {
        unsigned digit = (unsigned)(id.at[i] - '0');
        if (digit > 9)
            return false;
        *value = *value * 10 + digit;
    }
    return true;
}

struct span id_list_write(uint64_t id, char into[ID_LIST_DIGITS])
{
    size_t at = ID_LIST_DIGITS;
    do {
        into[--at] = (char)('0' + id % 10);
        id /= 10;
    } while (id > 0);
    return (struct span){into + at, ID_LIST_DIGITS - at};
}

/* An id above all before it. */
static enum status add_higher(struct ctx *ctx, struct id_list *list, uint64_t id)
{
    if (list->count == list->ceiling)
        return STATUS_INVALID;
    if (list->run_count == 0 || id != list->last + 1) {
        if (list->run_count == list->run_capacity) {
            size_t capacity = list->run_capacity == 0 ? 16 : list->run_capacity * 2, bytes;
            struct id_run *runs = size_multiply(capacity, sizeof *runs, &bytes) ? memory_resize(list->runs, bytes) : NULL;
            if (runs == NULL)
                return ctx_no_memory(ctx);
            list->runs = runs;
            list->run_capacity = capacity;
        }
        list->runs[list->run_count++] = (struct id_run){id, 0, list->count};
    }
    list->runs[list->run_count - 1].count++;
    list->last = id;
    list->count++;
    return STATUS_OK;
}

/* From here on every id must be remembered as it is. */
static enum status become_intern(struct ctx *ctx, struct id_list *list)
{
    struct intern *intern;
    enum status status = intern_create(ctx, list->ceiling, &intern);
    for (size_t i = 0; i < list->run_count && status == STATUS_OK; i++) {
        for (uint32_t k = 0; k < list->runs[i].count && status == STATUS_OK; k++) {
            char text[ID_LIST_DIGITS];
            uint32_t number;
            bool fresh;
            status = intern_add(intern, id_list_write(list->runs[i].first + k, text), &number, &fresh);
        }
    }
    if (status != STATUS_OK)
        return ctx_no_memory(ctx);
    id_list_free(list);
    list->intern = intern;
    return STATUS_OK;
}

enum status id_list_add(struct ctx *ctx, struct id_list *list, struct span id, uint32_t *number, bool *fresh)
{
    uint64_t value;
    if (list->intern == NULL && is_whole(id, &value)) {
        bool again = list->count > 0 && value == list->last;
        bool higher = list->count == 0 || value > list->last;
        enum status status = higher ? add_higher(ctx, list, value) : STATUS_OK;
        if (again || higher) {
            *number = list->count - 1;
            *fresh = higher;
            return status;
        }
    }
    if (list->intern == NULL) {
        enum status status = become_intern(ctx, list);
        if (status != STATUS_OK)
            return status;
    }
    enum status status = intern_add(list->intern, id, number, fresh);
    list->count = intern_count(list->intern);
    return status;
}

enum status id_list_add_rising(struct ctx *ctx, struct id_list *list, const uint64_t *ids, uint32_t count, uint32_t *taken)
{
    enum status status = STATUS_OK;
    for (*taken = 0; *taken < count && list->intern == NULL; ++*taken) {
        const uint64_t id = ids[*taken];
        /* Most go on where the last run ended, one after another. */
        if (list->run_count > 0 && id == list->last + 1) {
            const uint32_t room = list->ceiling - list->count, most = count - *taken < room ? count - *taken : room;
            uint32_t many = 0;
            while (many < most && ids[*taken + many] == id + many)
                many++;
            list->runs[list->run_count - 1].count += many;
            list->last += many;
            list->count += many;
            if (many > 0) {
                *taken += many - 1;
                continue;
            }
        }
        if (list->count > 0 && id <= list->last)
            break;
        status = add_higher(ctx, list, id);
        if (status != STATUS_OK)
            break;
    }
    return status;
}

bool id_list_is_rising(const struct id_list *list)
{
    return list->intern == NULL;
}

const struct id_run *id_list_runs(const struct id_list *list, size_t *count)
{
    *count = list->run_count;
    return list->runs;
}

uint64_t id_runs_id(const struct id_run *runs, size_t count, uint32_t number)
{
    size_t low = 0, high = count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (runs[middle].number <= number)
            low = middle;
        else
            high = middle;
    }
    return runs[low].first + (number - runs[low].number);
}

struct span id_list_text(const struct id_list *list, uint32_t number, char into[ID_LIST_DIGITS])
{
    if (list->intern != NULL)
        return intern_text(list->intern, number);
    return id_list_write(id_runs_id(list->runs, list->run_count, number), into);
}

uint32_t id_list_count(const struct id_list *list)
{
    return list->count;
}
