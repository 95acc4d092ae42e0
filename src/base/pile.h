/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_BASE_PILE_H
#define GAPMETER_BASE_PILE_H

#include <stddef.h>

#include "base/arena.h"

/* Many things of one size whose number nobody knows before. They lie in shares, so none is moved when there are more: a list that
 * doubles leaves its old places behind, and each page of memory that is touched costs more than writing to it. */
struct pile {
    void **shares;
    size_t count, share_capacity;
};

/* Adds a thing, all of it 0.
 * takes   size_bytes  of each, always the same
 * gives   the thing, which stays where it is as long as the arena lives; NULL without memory, when nothing is added
 * proof   tests/base/pile_test.c */
void *pile_add(struct arena *arena, struct pile *pile, size_t size_bytes);

/* A thing by its number.
 * needs   at < pile->count */
void *pile_at(const struct pile *pile, size_t size_bytes, size_t at);

#endif
