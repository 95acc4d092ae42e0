/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/nearest.h"

#include <stdint.h>
#include <string.h>

#define WORD_MAX 63u

static char letter_fold(char letter)
{
    return letter >= 'A' && letter <= 'Z' ? (char)(letter - 'A' + 'a') : letter;
}

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* Optimal string alignment distance, three rows at a time.
 * needs   both at most WORD_MAX bytes */
static unsigned slips(struct span a, struct span b)
{
    unsigned rows[3][WORD_MAX + 1];
    for (unsigned j = 0; j <= b.length; j++)
        rows[0][j] = j;
    for (unsigned i = 1; i <= a.length; i++) {
        unsigned *now = rows[i % 3], *last = rows[(i - 1) % 3];
        const unsigned *before = rows[(i + 1) % 3];
        now[0] = i;
        for (unsigned j = 1; j <= b.length; j++) {
            char x = letter_fold(a.at[i - 1]), y = letter_fold(b.at[j - 1]);
            now[j] = least(least(last[j], now[j - 1]) + 1, last[j - 1] + (x == y ? 0u : 1u));
            bool swapped = i > 1 && j > 1 && x == letter_fold(b.at[j - 2]) && y == letter_fold(a.at[i - 2]);
            if (swapped)
                now[j] = least(now[j], before[j - 2] + 1);
        }
    }
    return rows[a.length % 3][b.length];
}

const char *nearest_name(struct span word, const char *const *names, size_t count)
{
    const char *found = NULL;
    unsigned fewest = UINT32_MAX;
    for (size_t i = 0; i < count; i++) {
        struct span name = span_of(names[i]);
        if (!name.length || name.length > WORD_MAX || word.length > WORD_MAX)
            continue;
        unsigned needed = slips(word, name);
        size_t longer = name.length > word.length ? name.length : word.length;
        unsigned allowed = longer < 6 ? 1u : (unsigned)(longer / 3);
        if (needed <= allowed && needed < fewest) {
            fewest = needed;
            found = names[i];
        }
    }
    return found;
}
