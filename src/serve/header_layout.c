/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/header_layout.h"

#include <stdint.h>

/* Addresses as numbers: pieces that do not stand in one buffer may not be compared as pointers. */
static uintptr_t address(const char *at)
{
    return (uintptr_t)at;
}

static uintptr_t end_of(struct span piece)
{
    return (uintptr_t)piece.at + piece.length;
}

/* "Name:" and blanks before the value. */
static bool name_meets_value(const struct wire_header *header, size_t header_bytes)
{
    uintptr_t colon = end_of(header->name), value = address(header->value.at);
    if (value <= colon || value - colon > header_bytes)
        return false;
    for (const char *at = header->name.at + header->name.length + 1; at < header->value.at; at++) {
        if (*at != ' ' && *at != '\t')
            return false;
    }
    return true;
}

bool header_layout_is_plain(const struct wire_head *head, struct span target, size_t header_bytes)
{
    const uintptr_t line_end = 2;
    uintptr_t end = end_of(head->version);
    if (address(target.at) != end_of(head->method) + 1 || address(head->version.at) != end_of(target) + 1)
        return false;
    for (size_t i = 0; i < head->header_count; i++) {
        const struct wire_header *header = &head->headers[i];
        if (address(header->name.at) != end + line_end || !name_meets_value(header, header_bytes))
            return false;
        end = end_of(header->value);
    }
    return end + 2 * line_end == address(head->method.at) + header_bytes;
}
