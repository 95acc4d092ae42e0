/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text_fault.h"

static bool is_control(unsigned char byte, bool one_line)
{
    bool break_or_tab = byte == '\n' || byte == '\t' || byte == '\r';
    return (byte < 0x20 || byte == 0x7f) && (one_line || !break_or_tab);
}

enum text_fault text_fault_find(struct span text, size_t most, bool one_line, size_t *at)
{
    if (text.length == 0)
        return TEXT_EMPTY;
    if (text.length > most)
        return TEXT_TOO_LONG;
    for (*at = 0; *at < text.length; ++*at) {
        if (is_control((unsigned char)text.at[*at], one_line))
            return TEXT_CONTROL;
    }
    return TEXT_SOUND;
}
