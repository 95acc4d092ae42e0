/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/accepted_language.h"

#include <string.h>

enum { LANGUAGE_BYTES_MAX = 35, WEIGHT_WHOLE = 1000 };

/* Takes the text before the separator, and leaves what comes after it. */
static struct span cut_before(struct span *rest, char separator)
{
    const char *at = rest->length > 0 ? memchr(rest->at, separator, rest->length) : NULL;
    struct span before = {rest->at, at == NULL ? rest->length : (size_t)(at - rest->at)};
    size_t used = at == NULL ? rest->length : before.length + 1;
    *rest = (struct span){rest->at + used, rest->length - used};
    return before;
}

static bool is_tag(struct span tag)
{
    for (size_t i = 0; i < tag.length; i++) {
        char byte = tag.at[i];
        bool good = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') || byte == '-';
        if (!good)
            return false;
    }
    return tag.length > 0 && tag.length <= LANGUAGE_BYTES_MAX;
}

/* "q=0.85" as 850; nothing as the whole; anything else as nothing. */
static unsigned weight_of(struct span q)
{
    if (q.length == 0)
        return WEIGHT_WHOLE;
    if (q.length < 3 || (q.at[0] != 'q' && q.at[0] != 'Q') || q.at[1] != '=')
        return 0;
    if (q.at[2] == '1')
        return WEIGHT_WHOLE;
    unsigned weight = 0, place = WEIGHT_WHOLE / 10;
    for (size_t i = 4; i < q.length && q.at[i] >= '0' && q.at[i] <= '9'; i++, place /= 10)
        weight += (unsigned)(q.at[i] - '0') * place;
    return q.at[2] == '0' ? weight : 0;
}

const char *accepted_language(struct ctx *ctx, struct span list, bool (*speaks)(const void *state, struct span tag),
                              const void *state)
{
    struct span best = {"", 0};
    unsigned best_weight = 0;
    while (list.length > 0) {
        struct span range = cut_before(&list, ',');
        struct span tag = span_trim(cut_before(&range, ';'));
        unsigned weight = weight_of(span_trim(range));
        if (weight > best_weight && is_tag(tag) && (speaks == NULL || speaks(state, tag))) {
            best = tag;
            best_weight = weight;
        }
    }
    const char *copy = arena_copy(ctx->arena, best);
    return copy == NULL ? "" : copy;
}
