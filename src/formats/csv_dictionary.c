/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/csv_dictionary.h"

#include "base/intern.h"
#include "base/memory.h"

static void dictionary_free(void *resource)
{
    struct csv_dictionary *dictionary = resource;
    memory_free(dictionary->known);
    memory_free(dictionary->asked);
}

enum status csv_dictionary_create(struct ctx *ctx, uint32_t ceiling, struct csv_dictionary *out)
{
    *out = (struct csv_dictionary){.capacity = 0};
    enum status status = intern_create(ctx, ceiling, &out->texts);
    if (status != STATUS_OK)
        return status;
    if (arena_defer(ctx->arena, dictionary_free, out) != STATUS_OK)
        return ctx_no_memory(ctx);
    out->seen = arena_array(ctx->arena, CSV_SEEN, sizeof *out->seen);
    return out->seen == NULL ? ctx_no_memory(ctx) : STATUS_OK;
}

static bool grow(uint32_t **numbers, uint32_t capacity)
{
    uint32_t *grown = memory_resize(*numbers, (size_t)capacity * sizeof *grown);
    if (grown == NULL)
        return false;
    *numbers = grown;
    return true;
}

static bool reserve(struct csv_dictionary *dictionary)
{
    const uint32_t count = intern_count(dictionary->texts);
    if (count < dictionary->capacity)
        return true;
    const uint32_t capacity = count < 32 ? 64 : count > UINT32_MAX / 2 ? UINT32_MAX : count * 2;
    if (!grow(&dictionary->known, capacity) || !grow(&dictionary->asked, capacity))
        return false;
    dictionary->capacity = capacity;
    return true;
}

bool csv_dictionary_number(struct csv_dictionary *dictionary, struct span text, uint32_t *own)
{
    bool fresh;
    if (!reserve(dictionary) || intern_add(dictionary->texts, text, own, &fresh) != STATUS_OK)
        return false;
    if (fresh) {
        dictionary->known[*own] = CSV_NUMBER_UNKNOWN;
        dictionary->unknown++;
        dictionary->asked[*own] = 0;
    }
    return true;
}

struct span csv_dictionary_text(const struct csv_dictionary *dictionary, uint32_t own)
{
    return intern_text(dictionary->texts, own);
}
