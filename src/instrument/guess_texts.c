/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/guess_texts.h"

#include <string.h>

/* Letters, and all bytes of other scripts. */
static bool is_letter(char byte)
{
    unsigned char value = (unsigned char)byte;
    return (value >= 'a' && value <= 'z') || (value >= 'A' && value <= 'Z') || value >= 0x80;
}

/* Signs that join a question to its standard. */
static bool is_joint(char byte)
{
    return strchr(" \t_-:;.,/|([", byte) != NULL;
}

static struct span joints_trim(struct span text)
{
    while (text.length && (is_joint(text.at[0]) || text.at[0] == ')' || text.at[0] == ']')) {
        text.at++;
        text.length--;
    }
    while (text.length && is_joint(text.at[text.length - 1]))
        text.length--;
    return text;
}

/* What two headers share at their end, whole words only. */
static struct span shared_end(struct span a, struct span b)
{
    size_t length = 0;
    while (length < a.length && length < b.length && a.at[a.length - 1 - length] == b.at[b.length - 1 - length])
        length++;
    bool whole = (length == a.length || !is_letter(a.at[a.length - 1 - length])) &&
                 (length == b.length || !is_letter(b.at[b.length - 1 - length]));
    while (!whole && length > 0 && is_letter(a.at[a.length - length]))
        length--;
    return joints_trim((struct span){a.at + a.length - length, length});
}

/* What two headers share at their beginning, whole words only. */
static struct span shared_beginning(struct span a, struct span b)
{
    size_t length = 0;
    while (length < a.length && length < b.length && a.at[length] == b.at[length])
        length++;
    bool whole = (length == a.length || !is_letter(a.at[length])) && (length == b.length || !is_letter(b.at[length]));
    while (!whole && length > 0 && is_letter(a.at[length - 1]))
        length--;
    return joints_trim((struct span){a.at, length});
}

static bool says_something(struct span text)
{
    for (size_t i = 0; i < text.length; i++) {
        if (is_letter(text.at[i]))
            return true;
    }
    return false;
}

static struct span item_text(const struct column_profile *profiles, const struct guessed_item *item)
{
    const struct column_profile *asked[STANDARD_COUNT] = {NULL};
    unsigned count = 0;
    for (unsigned s = 0; s < STANDARD_COUNT; s++) {
        if (item->columns[s] != NO_COLUMN)
            asked[count++] = &profiles[item->columns[s]];
    }
    if (count == 0)
        return (struct span){NULL, 0};
    if (asked[0]->part.length)
        return asked[0]->part;
    if (count == 1)
        return asked[0]->header;
    struct span end = shared_end(asked[0]->header, asked[1]->header);
    struct span beginning = shared_beginning(asked[0]->header, asked[1]->header);
    return beginning.length > end.length ? beginning : end;
}

enum status item_texts_find(struct ctx *ctx, const struct column_profile *profiles, struct guessed_items *items)
{
    for (uint32_t i = 0; i < items->count; i++) {
        struct span text = item_text(profiles, &items->items[i]);
        if (!says_something(text))
            continue;
        items->items[i].text = arena_copy(ctx->arena, text);
        if (!items->items[i].text)
            return ctx_no_memory(ctx);
    }
    return STATUS_OK;
}
