/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

struct span span_of(const char *text)
{
    return (struct span){text, text == NULL ? 0 : strlen(text)};
}

bool span_equal(struct span a, struct span b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.at, b.at, a.length) == 0);
}

bool span_is(struct span a, const char *text)
{
    return span_equal(a, span_of(text));
}

static char ascii_lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

bool span_equal_caseless(struct span a, struct span b)
{
    if (a.length != b.length)
        return false;
    for (size_t i = 0; i < a.length; i++)
        if (ascii_lower(a.at[i]) != ascii_lower(b.at[i]))
            return false;
    return true;
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

/* Bytes of white space at the beginning: 0, 1, or 2 for U+00A0. */
static size_t blank_before(struct span a)
{
    if (a.length > 0 && is_blank(a.at[0]))
        return 1;
    return a.length >= 2 && memcmp(a.at, TEXT_NO_BREAK_SPACE, 2) == 0 ? 2 : 0;
}

static size_t blank_after(struct span a)
{
    if (a.length > 0 && is_blank(a.at[a.length - 1]))
        return 1;
    return a.length >= 2 && memcmp(a.at + a.length - 2, TEXT_NO_BREAK_SPACE, 2) == 0 ? 2 : 0;
}

struct span span_trim(struct span a)
{
    for (size_t blank = blank_before(a); blank > 0; blank = blank_before(a)) {
        a.at += blank;
        a.length -= blank;
    }
    for (size_t blank = blank_after(a); blank > 0; blank = blank_after(a))
        a.length -= blank;
    return a;
}

int span_compare(struct span a, struct span b)
{
    size_t shared = a.length < b.length ? a.length : b.length;
    int order = shared == 0 ? 0 : memcmp(a.at, b.at, shared);
    if (order != 0)
        return order;
    return (a.length > b.length) - (a.length < b.length);
}

bool text_utf8_valid(struct span text, size_t *bad)
{
    size_t offset = 0;
    while (offset < text.length) {
        unsigned code_point;
        struct span rest = {text.at + offset, text.length - offset};
        size_t taken = (unsigned char)rest.at[0] < 0x80 ? 1 : text_utf8_decode(rest, &code_point);
        if (taken == 0)
            break;
        offset += taken;
    }
    *bad = offset;
    return offset == text.length;
}

size_t text_utf8_decode(struct span text, unsigned *code_point)
{
    if (text.length == 0)
        return 0;
    unsigned char first = (unsigned char)text.at[0];
    if (first < 0x80) {
        *code_point = first;
        return 1;
    }
    /* 0x80…0xC1 begin nothing: continuation bytes and overlong forms of ASCII; 0xF5 and above lie beyond U+10FFFF. */
    if (first < 0xC2 || first > 0xF4)
        return 0;
    size_t length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (text.length < length)
        return 0;
    unsigned value = first & (0xFFu >> (length + 1));
    for (size_t i = 1; i < length; i++) {
        unsigned char byte = (unsigned char)text.at[i];
        if ((byte & 0xC0u) != 0x80u)
            return 0;
        value = value << 6 | (byte & 0x3Fu);
    }
    static const unsigned smallest[5] = {0, 0, 0x80, 0x800, 0x10000};
    if (value < smallest[length] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
        return 0;
    *code_point = value;
    return length;
}

void text_join(const char *const *parts, char *into, size_t size)
{
    assert(size > 0);
    size_t used = 0;
    for (; *parts != NULL; parts++) {
        size_t length = strlen(*parts);
        length = length < size - used ? length : size - used - 1;
        memcpy(into + used, *parts, length);
        used += length;
    }
    into[used] = '\0';
}

/* Does this code point do something to the screen, or turn the direction of the text around it? */
static bool is_unprintable(unsigned code_point)
{
    return code_point < 0x20 || (code_point >= 0x7F && code_point <= 0x9F) || code_point == 0x61C ||
           (code_point >= 0x200E && code_point <= 0x200F) || (code_point >= 0x2028 && code_point <= 0x202E) ||
           (code_point >= 0x2066 && code_point <= 0x2069);
}

/* Writes the bytes as \xNN, four characters each. */
static void write_escaped(struct span bytes, char *into)
{
    static const char digits[] = "0123456789ABCDEF";
    for (size_t i = 0; i < bytes.length; i++) {
        unsigned char byte = (unsigned char)bytes.at[i];
        *into++ = '\\';
        *into++ = 'x';
        *into++ = digits[byte >> 4];
        *into++ = digits[byte & 0xFu];
    }
}

struct span path_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    return (struct span){path, slash == NULL ? 0 : (size_t)(slash - path) + 1};
}

void text_printable(struct span text, char *into, size_t size)
{
    static const char ellipsis[] = "\xE2\x80\xA6";
    assert(size >= 8);
    size_t length = 0;
    size_t cut_at = 0; /* where the ellipsis still fits */
    for (size_t offset = 0; offset < text.length;) {
        struct span rest = {text.at + offset, text.length - offset};
        unsigned code_point = 0;
        size_t taken = text_utf8_decode(rest, &code_point);
        bool escaped = taken == 0 || is_unprintable(code_point);
        taken += taken == 0;
        size_t room = escaped ? 4 * taken : taken;
        if (length + sizeof ellipsis <= size)
            cut_at = length;
        if (room >= size - length) {
            memcpy(into + cut_at, ellipsis, sizeof ellipsis);
            return;
        }
        if (escaped)
            write_escaped((struct span){rest.at, taken}, into + length);
        else
            memcpy(into + length, rest.at, taken);
        length += room;
        offset += taken;
    }
    into[length] = '\0';
}
