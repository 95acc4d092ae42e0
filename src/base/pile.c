/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/pile.h"

#include <string.h>

#define TOGETHER     ((size_t)256) /* in a share */
#define SHARES_FIRST ((size_t)16)

/* Room for things behind those that there are; NULL without memory. */
static void *share_add(struct arena *arena, struct pile *pile, size_t size_bytes)
{
    size_t count = pile->count / TOGETHER;
    void *share = arena_array(arena, TOGETHER, size_bytes);
    if (share && count == pile->share_capacity) {
        size_t capacity = count ? 2 * count : SHARES_FIRST;
        void **shares = arena_array(arena, capacity, sizeof *shares);
        if (!shares)
            return NULL;
        if (count)
            memcpy(shares, pile->shares, count * sizeof *shares);
        pile->shares = shares;
        pile->share_capacity = capacity;
    }
    if (share)
        pile->shares[count] = share;
    return share;
}

void *pile_add(struct arena *arena, struct pile *pile, size_t size_bytes)
{
    if (pile->count % TOGETHER == 0 && !share_add(arena, pile, size_bytes))
        return NULL;
    return pile_at(pile, size_bytes, pile->count++);
}

void *pile_at(const struct pile *pile, size_t size_bytes, size_t at)
{
    return (unsigned char *)pile->shares[at / TOGETHER] + at % TOGETHER * size_bytes;
}
