/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/name_list.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

enum { COMPARED_BYTES = 48 };

uint32_t name_list_find(struct name_list names, const char *name)
{
    for (uint32_t i = 0; i < names.count; i++) {
        if (strcmp(names.at[i], name) == 0)
            return i;
    }
    return UINT32_MAX;
}

static unsigned char lower(char byte)
{
    return (unsigned char)(byte >= 'A' && byte <= 'Z' ? byte - 'A' + 'a' : byte);
}

static unsigned least(unsigned a, unsigned b, unsigned c)
{
    unsigned smaller = a < b ? a : b;
    return smaller < c ? smaller : c;
}

/* Edits (insert, delete, replace, swap of neighbours) that turn one name into the other; names too long to compare are far. */
static unsigned distance(const char *a, const char *b)
{
    size_t a_length = strlen(a), b_length = strlen(b);
    if (a_length > COMPARED_BYTES || b_length > COMPARED_BYTES)
        return COMPARED_BYTES;
    unsigned rows[3][COMPARED_BYTES + 1] = {0};
    unsigned *before = rows[0], *last = rows[1], *now = rows[2];
    for (unsigned j = 0; j <= b_length; j++)
        last[j] = j;
    for (unsigned i = 1; i <= a_length; i++) {
        now[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            bool differ = lower(a[i - 1]) != lower(b[j - 1]);
            now[j] = least(last[j] + 1, now[j - 1] + 1, last[j - 1] + differ);
            bool swapped = i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]);
            if (swapped && before[j - 2] + 1 < now[j])
                now[j] = before[j - 2] + 1;
        }
        unsigned *oldest = before;
        before = last;
        last = now;
        now = oldest;
    }
    return last[b_length];
}

const char *name_list_nearest(struct name_list names, const char *name)
{
    const char *nearest = NULL;
    unsigned smallest = (unsigned)((strlen(name) + 2) / 3) + 1;
    for (uint32_t i = 0; i < names.count; i++) {
        unsigned edits = distance(names.at[i], name);
        if (edits == smallest)
            nearest = NULL;
        if (edits < smallest) {
            smallest = edits;
            nearest = names.at[i];
        }
    }
    return nearest;
}

void name_list_format(struct name_list names, const char *wrong, char *into, size_t size)
{
    const char *nearest = wrong == NULL ? NULL : name_list_nearest(names, wrong);
    char guess[2 * COMPARED_BYTES + 24] = ".";
    if (nearest != NULL)
        (void)snprintf(guess, sizeof guess, ". Did you mean \"%s\"?", nearest);
    /* Room for the guess and for "and 4294967295 more". */
    size_t room = size - strlen(guess) - 24, length = 0;
    uint32_t shown = 0;
    into[0] = '\0';
    for (; shown < names.count; shown++) {
        assert(names.at[shown] != NULL);
        size_t wanted = strlen(names.at[shown]) + 2;
        if (length + wanted >= room)
            break;
        length += (size_t)snprintf(into + length, size - length, "%s%s", shown == 0 ? "" : ", ", names.at[shown]);
    }
    if (names.count == 0)
        length += (size_t)snprintf(into, size, "none");
    else if (shown < names.count)
        length += (size_t)snprintf(into + length, size - length, "%s%u more", shown == 0 ? "" : " and ", names.count - shown);
    (void)snprintf(into + length, size - length, "%s", guess);
}
