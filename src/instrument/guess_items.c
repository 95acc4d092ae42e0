/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/guess_items.h"

#include <string.h>

#include "base/limits.h"
#include "instrument/guess_texts.h"

#define FAMILIES_MOST     64u
#define PERCEPTIONS_LEAST 3u

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

/* The two questions of Kano are asked together. */
static bool is_kano(const struct guessed_item *item)
{
    return item->columns[STANDARD_FUNCTIONAL] != NO_COLUMN && item->columns[STANDARD_DYSFUNCTIONAL] != NO_COLUMN;
}

/* Items that only one standard was asked of, beside items with two, are other columns that look alike. */
static void lonely_drop(struct guessed_items *items)
{
    bool pairs = items_with(items, STANDARD_EXPECTATION) > 0;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < items->count; i++) {
        unsigned filled = 0;
        struct guessed_item *item = &items->items[i];
        if (!is_kano(item))
            item->columns[STANDARD_FUNCTIONAL] = item->columns[STANDARD_DYSFUNCTIONAL] = NO_COLUMN;
        for (unsigned s = 0; s < STANDARD_COUNT; s++)
            filled += item->columns[s] != NO_COLUMN;
        if (is_kano(item) || (item->columns[STANDARD_PERCEPTION] != NO_COLUMN && (filled > 1 || !pairs)))
            items->items[kept++] = *item;
    }
    items->count = kept;
}

/* One standard of one question alone is more likely to be a remark than a survey. */
static void remarks_drop(const struct column_profile *profiles, struct guessed_items *items)
{
    if (items_with(items, STANDARD_EXPECTATION) + items_with(items, STANDARD_MINIMUM) + items_with(items, STANDARD_DESIRED) > 0)
        return;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < items->count; i++) {
        const struct guessed_item *item = &items->items[i];
        if (is_kano(item) || profile_is_answers(&profiles[item->columns[STANDARD_PERCEPTION]]))
            items->items[kept++] = items->items[i];
    }
    items->count = kept > 1 ? kept : 0;
    items->by = items->count ? items->by : GUESSED_NOT;
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
    remarks_drop(profiles, out);
}

/* Columns that share what stands before their numbers. */
struct family {
    const char *lead;
    uint32_t size;
    uint32_t first;
};

struct families {
    struct family at[FAMILIES_MOST];
    uint32_t count;
    uint32_t largest; /* members of the largest */
    uint32_t large;   /* families with at least half of that */
};

static bool is_numbered(const struct column_profile *profile)
{
    if (profile->meaning == HEADER_FUNCTIONAL || profile->meaning == HEADER_DYSFUNCTIONAL)
        return false;
    bool silent = is_standard(profile->meaning) || profile->meaning == HEADER_NOTHING || profile->meaning == HEADER_ITEM ||
                  profile->meaning == HEADER_VALUE;
    return silent && profile->number > 0 && *profile->lead && !profile->unique && profile_is_answers(profile);
}

static void families_collect(const struct column_profile *profiles, uint32_t count, struct families *out)
{
    for (uint32_t c = 0; c < count; c++) {
        uint32_t f = 0;
        if (!is_numbered(&profiles[c]))
            continue;
        while (f < out->count && strcmp(out->at[f].lead, profiles[c].lead) != 0)
            f++;
        if (f == FAMILIES_MOST)
            continue;
        if (f == out->count)
            out->at[out->count++] = (struct family){.lead = profiles[c].lead, .first = c};
        out->at[f].size++;
        out->largest = out->at[f].size > out->largest ? out->at[f].size : out->largest;
    }
    uint32_t kept = 0;
    for (uint32_t f = 0; f < out->count; f++) {
        out->large += out->at[f].size * 2 >= out->largest && out->largest > 1;
        if (out->at[f].size >= 2)
            out->at[kept++] = out->at[f];
    }
    out->count = kept;
}

static uint32_t family_member(const struct column_profile *profiles, uint32_t count, const char *lead, uint64_t number)
{
    for (uint32_t c = 0; c < count; c++) {
        if (is_numbered(&profiles[c]) && profiles[c].number == number && strcmp(profiles[c].lead, lead) == 0)
            return c;
    }
    return NO_COLUMN;
}

/* The members of two families that share a number become items. */
static enum status families_join(struct ctx *ctx, const struct column_profile *profiles, uint32_t count,
                                 const struct family *pair, struct guessed_items *out)
{
    enum header_meaning meanings[] = {profiles[pair[0].first].meaning, profiles[pair[1].first].meaning};
    bool turned = meanings[0] == HEADER_PERCEPTION || (meanings[1] == HEADER_EXPECTATION && meanings[0] != HEADER_EXPECTATION);
    for (uint32_t c = 0; c < count && out->count < ITEMS_MAX; c++) {
        bool member = is_numbered(&profiles[c]) && strcmp(profiles[c].lead, pair[turned].lead) == 0;
        uint32_t twin = member ? family_member(profiles, count, pair[!turned].lead, profiles[c].number) : NO_COLUMN;
        if (twin == NO_COLUMN)
            continue;
        const char *key = arena_format(ctx->arena, "%llu", (unsigned long long)profiles[c].number);
        if (!key)
            return ctx_no_memory(ctx);
        struct guessed_item *item = item_of_key(out, key);
        item->columns[STANDARD_EXPECTATION] = c;
        item->columns[STANDARD_PERCEPTION] = twin;
    }
    out->half_known = meanings[turned] == HEADER_EXPECTATION || meanings[!turned] == HEADER_PERCEPTION;
    out->by = out->count ? GUESSED_BY_ORDER : GUESSED_NOT;
    return STATUS_OK;
}

/* All numbered columns, as perceptions. */
static enum status families_list(struct ctx *ctx, const struct column_profile *profiles, uint32_t count,
                                 const struct families *families, struct guessed_items *out)
{
    for (uint32_t c = 0; c < count && out->count < ITEMS_MAX; c++) {
        bool member = false;
        for (uint32_t f = 0; f < families->count && is_numbered(&profiles[c]); f++)
            member = member || strcmp(profiles[c].lead, families->at[f].lead) == 0;
        if (!member)
            continue;
        const char *key = arena_copy(ctx->arena, profiles[c].header);
        if (!key)
            return ctx_no_memory(ctx);
        item_of_key(out, key)->columns[STANDARD_PERCEPTION] = c;
    }
    out->by = out->count >= PERCEPTIONS_LEAST ? GUESSED_PERCEPTIONS : GUESSED_NOT;
    return STATUS_OK;
}

/* Two families of the same size are expectations and perceptions; others are perceptions alone. */
static enum status by_order(struct ctx *ctx, const struct column_profile *profiles, uint32_t count, struct guessed_items *out)
{
    struct families *families = arena_alloc(ctx->arena, sizeof *families);
    if (!families)
        return ctx_no_memory(ctx);
    families_collect(profiles, count, families);
    struct family pair[2];
    uint32_t alike = 0;
    for (uint32_t f = 0; f < families->count && families->large == 2; f++) {
        if (families->at[f].size == families->largest && alike < 2)
            pair[alike++] = families->at[f];
    }
    if (alike == 2)
        return families_join(ctx, profiles, count, pair, out);
    bool expectations = families->count == 1 && is_standard(profiles[families->at[0].first].meaning) &&
                        profiles[families->at[0].first].meaning != HEADER_PERCEPTION;
    return families->count && !expectations ? families_list(ctx, profiles, count, families, out) : STATUS_OK;
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

static enum status rows_take(struct ctx *ctx, const struct column_profile *profiles, const uint32_t *columns,
                             struct guessed_items *out)
{
    const struct column_profile *names = &profiles[out->item_column];
    out->by = GUESSED_LONG;
    for (uint32_t v = 0; v < names->value_count; v++) {
        const char *key = arena_copy(ctx->arena, names->values[v]);
        if (!key)
            return ctx_no_memory(ctx);
        struct guessed_item *item = item_of_key(out, key);
        item->text = key;
        memcpy(item->columns, columns, STANDARD_COUNT * sizeof *columns);
    }
    return STATUS_OK;
}

/* A cell that names a standard: "expectation", "E", "harapan". */
static enum header_meaning cell_meaning(struct span cell)
{
    struct span found;
    const char *language;
    enum header_meaning meaning = header_word_meaning(cell, &found, &language);
    return meaning == HEADER_NOTHING ? header_letter_meaning(cell, &language) : meaning;
}

/* Does every cell name a standard, each standard in one way, and one of them perception? */
static bool names_standards(const struct column_profile *profile)
{
    bool seen[STANDARD_COUNT] = {false};
    for (uint32_t v = 0; v < profile->value_count && v < VALUES_KEPT; v++) {
        enum header_meaning meaning = cell_meaning(profile->values[v]);
        if (!is_standard(meaning) || meaning == HEADER_IMPORTANCE || seen[meaning])
            return false;
        seen[meaning] = true;
    }
    return seen[STANDARD_PERCEPTION] && profile->value_count > 1;
}

/* A column names the item, one the standard, and one holds the answer: long layout. */
static enum status by_cells(struct ctx *ctx, const struct column_profile *profiles, uint32_t count, struct guessed_items *out)
{
    uint32_t columns[STANDARD_COUNT];
    uint32_t value = NO_COLUMN;
    out->item_column = item_column_find(profiles, count);
    for (uint32_t c = 0; c < count; c++) {
        if (out->standard_column == NO_COLUMN && names_standards(&profiles[c]))
            out->standard_column = c;
        if (value == NO_COLUMN && profiles[c].meaning == HEADER_VALUE && profile_is_answers(&profiles[c]))
            value = c;
    }
    if (out->item_column == NO_COLUMN || out->standard_column == NO_COLUMN || value == NO_COLUMN)
        return STATUS_OK;
    const struct column_profile *names = &profiles[out->standard_column];
    for (unsigned s = 0; s < STANDARD_COUNT; s++)
        columns[s] = NO_COLUMN;
    for (uint32_t v = 0; v < names->value_count; v++) {
        enum header_meaning meaning = cell_meaning(names->values[v]);
        columns[meaning] = value;
        out->words[meaning] = arena_copy(ctx->arena, names->values[v]);
        if (!out->words[meaning])
            return ctx_no_memory(ctx);
    }
    return rows_take(ctx, profiles, columns, out);
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
    out->item_column = item_column_find(profiles, count);
    if (out->item_column == NO_COLUMN || columns[STANDARD_PERCEPTION] == NO_COLUMN)
        return STATUS_OK;
    return rows_take(ctx, profiles, columns, out);
}

static struct guessed_items no_items(struct guessed_item *room)
{
    return (struct guessed_items){
        .by = GUESSED_NOT, .items = room, .item_column = NO_COLUMN, .standard_column = NO_COLUMN, .language = ""};
}

enum status items_guess(struct ctx *ctx, const struct sample *sample, const struct column_profile *profiles,
                        struct guessed_items *out)
{
    size_t most = sample->column_count > VALUES_KEPT ? sample->column_count : VALUES_KEPT;
    struct guessed_item *room = arena_array(ctx->arena, most + 1u, sizeof *room);
    struct guessed_item *other = arena_array(ctx->arena, most + 1u, sizeof *other);
    *out = no_items(room);
    if (!room || !other)
        return ctx_no_memory(ctx);
    enum status status = by_rows(ctx, profiles, sample->column_count, out);
    if (!status && out->by == GUESSED_NOT)
        status = by_cells(ctx, profiles, sample->column_count, out);
    if (status || out->by == GUESSED_LONG)
        return status;
    *out = no_items(room);
    by_words(profiles, sample->column_count, out);
    if (out->by == GUESSED_NOT || items_with(out, STANDARD_EXPECTATION) + items_with(out, STANDARD_MINIMUM) == 0) {
        struct guessed_items ordered = no_items(other);
        status = by_order(ctx, profiles, sample->column_count, &ordered);
        if (ordered.by == GUESSED_BY_ORDER || (out->by == GUESSED_NOT && ordered.by != GUESSED_NOT))
            *out = ordered;
    }
    return status ? status : item_texts_find(ctx, profiles, out);
}
