/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/packed_bytes.h"

#include <string.h>

enum { NUMBER_BYTES = 8, LENGTH_BYTES = 4 };

#define NO_TEXT UINT32_MAX

void packed_put(struct out *out, uint64_t value, unsigned width)
{
    unsigned char bytes[NUMBER_BYTES];
    little_put(bytes, value, width);
    out_write(out, bytes, width);
}

void packed_put_text(struct out *out, const char *text)
{
    if (text == NULL) {
        packed_put(out, NO_TEXT, LENGTH_BYTES);
        return;
    }
    size_t length = strlen(text);
    packed_put(out, length, LENGTH_BYTES);
    out_write(out, text, length + 1);
}

const unsigned char *packed_take_bytes(struct packed_cursor *cursor, size_t length)
{
    if (cursor->bad || length > cursor->left) {
        cursor->bad = true;
        return NULL;
    }
    const unsigned char *at = cursor->at;
    cursor->at += length;
    cursor->left -= length;
    return at;
}

uint64_t packed_take(struct packed_cursor *cursor, unsigned width, uint64_t most)
{
    const unsigned char *at = packed_take_bytes(cursor, width);
    uint64_t value = at == NULL ? 0 : little_get(at, width);
    cursor->bad = cursor->bad || value > most;
    return cursor->bad ? 0 : value;
}

uint64_t packed_take_count(struct packed_cursor *cursor, uint64_t bytes_each)
{
    uint64_t count = packed_take(cursor, NUMBER_BYTES, UINT64_MAX);
    cursor->bad = cursor->bad || count > cursor->left / bytes_each;
    return cursor->bad ? 0 : count;
}

const char *packed_take_text(struct packed_cursor *cursor)
{
    uint64_t length = packed_take(cursor, LENGTH_BYTES, UINT32_MAX);
    size_t bad;
    if (cursor->bad || length == NO_TEXT)
        return NULL;
    const char *text = (const char *)packed_take_bytes(cursor, (size_t)length + 1);
    if (text == NULL)
        return NULL;
    cursor->bad = strnlen(text, (size_t)length + 1) != length || !text_utf8_valid((struct span){text, (size_t)length}, &bad);
    return cursor->bad ? NULL : text;
}

const char *packed_take_some_text(struct packed_cursor *cursor)
{
    const char *text = packed_take_text(cursor);
    cursor->bad = cursor->bad || text == NULL;
    return text == NULL ? "" : text;
}
