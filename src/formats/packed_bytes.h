/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers and texts as they stand in a pack: written one after another, and read with every length held against what is left. */
#ifndef GAPMETER_FORMATS_PACKED_BYTES_H
#define GAPMETER_FORMATS_PACKED_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/out.h"

/* Writes a number into so many bytes, the lowest first. */
static inline void little_put(unsigned char *into, uint64_t value, unsigned width)
{
    for (unsigned i = 0; i < width; i++)
        into[i] = (unsigned char)(value >> (8 * i));
}

/* Reads one. */
static inline uint64_t little_get(const unsigned char *from, unsigned width)
{
    uint64_t value = 0;
    for (unsigned i = 0; i < width; i++)
        value |= (uint64_t)from[i] << (8 * i);
    return value;
}

/* A number of `width` bytes; a text, NULL being told from "". */
void packed_put(struct out *out, uint64_t value, unsigned width);
void packed_put_text(struct out *out, const char *text);

/* What is left to be read. */
struct packed_cursor {
    const unsigned char *at;
    size_t left;
    bool bad; /* something did not fit: everything read since is 0 or NULL */
};

/* A number of `width` bytes, at most `most`. */
uint64_t packed_take(struct packed_cursor *cursor, unsigned width, uint64_t most);

/* A count of things that each take at least `bytes_each` bytes of what is left, which is not 0. */
uint64_t packed_take_count(struct packed_cursor *cursor, uint64_t bytes_each);

/* A text, or NULL for one that was NULL; well-formed UTF-8 without a zero in it. It stays within the bytes that are read. */
const char *packed_take_text(struct packed_cursor *cursor);

/* The same; NULL is bad and read as "". */
const char *packed_take_some_text(struct packed_cursor *cursor);

/* So many bytes as they are, or NULL. */
const unsigned char *packed_take_bytes(struct packed_cursor *cursor, size_t length);

#endif
