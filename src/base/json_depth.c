/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json_depth.h"

bool json_depth_fits(struct span text, unsigned most, size_t *at)
{
    unsigned depth = 0;
    bool quoted = false;
    for (size_t i = 0; i < text.length; i++) {
        char byte = text.at[i];
        *at = i;
        if (quoted && byte == '\\')
            i++;
        else if (byte == '"')
            quoted = !quoted;
        else if (!quoted && (byte == '[' || byte == '{') && ++depth > most)
            return false;
        else if (!quoted && (byte == ']' || byte == '}') && depth > 0)
            depth--;
    }
    return true;
}
