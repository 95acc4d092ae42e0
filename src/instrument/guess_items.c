/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/guess_items.h"

#include <string.h>

#include "base/limits.h"

uint32_t items_with(const struct guessed_items *items, enum standard standard)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < items->count; i++)
        count += items->items[i].columns[standard] != NO_COLUMN;
    return count;
}

static struct guessed_item *item_of_key(struct guessed_items *items, const char *key)
{
    for (uint32_t i = 0; i < items->count; i++) {
        if (strcmp(items->items[i].key, key) == 0)
            return &items->items[i];
    }
    struct guessed_item *item = &items->items[items->count++];
    item->key = key;
    for (unsigned s = 0; s < STANDARD_COUNT; s++)
        item->columns[s] = NO_COLUMN;
    return item;
}

static bool is_standard(enum header_meaning meaning)
{
    return (unsigned)meaning < STANDARD_COUNT;
}

/* Items that only one standard was asked of, beside items with two, are other columns that look alike. */
static void lonely_drop(struct guessed_items *items)
{
    bool pairs = items_with(items, STANDARD_EXPECTATION) > 0;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < items->count; i++) {
        unsigned filled = 0;
        for (unsigned s = 0; s < STANDARD_COUNT; s++)
            filled += items->items[i].columns[s] != NO_COLUMN;
        if (items->items[i].columns[STANDARD_PERCEPTION] != NO_COLUMN && (filled > 1 || !pairs))
            items->items[kept++] = items->items[i];
    }
    items->count = kept;
}

static void by_words(const struct column_profile *profiles, uint32_t count, struct guessed_items *out)
{
    for (uint32_t c = 0; c < count && out->count < ITEMS_MAX; c++) {
        const struct column_profile *profile = &profiles[c];
        if (!is_standard(profile->meaning) || profile->whole_header)
            continue;
        struct guessed_item *item = item_of_key(out, profile->rest);
        enum standard standard = (enum standard)profile->meaning;
        if (item->columns[standard] == NO_COLUMN)
            item->columns[standard] = c;
        if (*profile->language)
            out->language = profile->language;
    }
    lonely_drop(out);
    out->by = out->count ? GUESSED_BY_WORDS : GUESSED_NOT;
}

/* Is this a numbered column of answers whose name says nothing? */
static bool is_numbered(const struct column_profile *profile)
{
    return profile->meaning == HEADER_NOTHING && profile->number > 0 && profile->numbers > 0 && !profile->unique;
}

static uint32_t family_size(const struct column_profile *profiles, uint32_t count, const char *prefix)
{
    uint32_t size = 0;
    for (uint32_t c = 0; c < count; c++)
        size += is_numbered(&profiles[c]) && strcmp(profiles[c].prefix, prefix) == 0;
    return size;
}

static uint32_t family_member(const struct column_profile *profiles, uint32_t count, const char *prefix, uint64_t number)
{
    for (uint32_t c = 0; c < count; c++) {
        if (is_numbered(&profiles[c]) && profiles[c].number == number && strcmp(profiles[c].prefix, prefix) == 0)
            return c;
    }
    return NO_COLUMN;
}

/* The members of two families that share a number become items. */
static void families_join(const struct column_profile *profiles, uint32_t count, const char *first, const char *second,
                          struct guessed_items *out)
{
    for (uint32_t c = 0; c < count && out->count < ITEMS_MAX; c++) {
        bool member = is_numbered(&profiles[c]) && strcmp(profiles[c].prefix, first) == 0;
        uint32_t twin = member ? family_member(profiles, count, second, profiles[c].number) : NO_COLUMN;
        if (twin == NO_COLUMN)
            continue;
        struct guessed_item *item = item_of_key(out, profiles[c].rest);
        item->columns[STANDARD_EXPECTATION] = c;
        item->columns[STANDARD_PERCEPTION] = twin;
    }
    out->by = GUESSED_BY_ORDER;
}

/* The first two families of numbered columns with the same size, at least two each. */
static void by_order(const struct column_profile *profiles, uint32_t count, struct guessed_items *out)
{
    for (uint32_t a = 0; a < count && out->by == GUESSED_NOT; a++) {
        uint32_t size = is_numbered(&profiles[a]) ? family_size(profiles, count, profiles[a].prefix) : 0;
        for (uint32_t b = a + 1; b < count && size >= 2 && out->by == GUESSED_NOT; b++) {
            bool other = is_numbered(&profiles[b]) && strcmp(profiles[a].prefix, profiles[b].prefix) != 0;
            if (other && family_size(profiles, count, profiles[b].prefix) == size)
                families_join(profiles, count, profiles[a].prefix, profiles[b].prefix, out);
        }
    }
}

/* The column that names the item in each row: by its name, else one whose values repeat. */
static uint32_t item_column_find(const struct column_profile *profiles, uint32_t count)
{
    for (uint32_t c = 0; c < count; c++) {
        if (profiles[c].meaning == HEADER_ITEM && profiles[c].value_count > 1 && profiles[c].value_count <= VALUES_KEPT)
            return c;
    }
    return NO_COLUMN;
}

/* A column for each standard and one that names the item: long layout. */
static enum status by_rows(struct ctx *ctx, const struct column_profile *profiles, uint32_t count, struct guessed_items *out)
{
    uint32_t columns[STANDARD_COUNT];
    for (unsigned s = 0; s < STANDARD_COUNT; s++)
        columns[s] = NO_COLUMN;
    for (uint32_t c = 0; c < count; c++) {
        if (is_standard(profiles[c].meaning) && profiles[c].whole_header)
            columns[profiles[c].meaning] = c;
    }
    uint32_t item_column = item_column_find(profiles, count);
    if (item_column == NO_COLUMN || columns[STANDARD_PERCEPTION] == NO_COLUMN)
        return STATUS_OK;
    out->item_column = item_column;
    out->by = GUESSED_LONG;
    for (uint32_t v = 0; v < profiles[item_column].value_count; v++) {
        const char *key = arena_copy(ctx->arena, profiles[item_column].values[v]);
        if (!key)
            return ctx_no_memory(ctx);
        struct guessed_item *item = item_of_key(out, key);
        memcpy(item->columns, columns, sizeof columns);
    }
    return STATUS_OK;
}

enum status items_guess(struct ctx *ctx, const struct sample *sample, const struct column_profile *profiles,
                        struct guessed_items *out)
{
    *out = (struct guessed_items){.by = GUESSED_NOT, .item_column = NO_COLUMN, .language = ""};
    size_t most = sample->column_count > VALUES_KEPT ? sample->column_count : VALUES_KEPT;
    out->items = arena_array(ctx->arena, most + 1u, sizeof *out->items);
    if (!out->items)
        return ctx_no_memory(ctx);
    enum status status = by_rows(ctx, profiles, sample->column_count, out);
    if (!status && out->by == GUESSED_NOT)
        by_words(profiles, sample->column_count, out);
    bool pairs = out->by != GUESSED_NOT && items_with(out, STANDARD_EXPECTATION) + items_with(out, STANDARD_MINIMUM) > 0;
    if (!status && !pairs && out->by != GUESSED_LONG) {
        struct guessed_items ordered = {.by = GUESSED_NOT, .item_column = NO_COLUMN, .language = ""};
        ordered.items = arena_array(ctx->arena, most + 1u, sizeof *ordered.items);
        if (!ordered.items)
            return ctx_no_memory(ctx);
        by_order(profiles, sample->column_count, &ordered);
        if (ordered.by == GUESSED_BY_ORDER)
            *out = ordered;
    }
    return status;
}
