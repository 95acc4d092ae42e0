/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/base64.h"

#include <stdint.h>

void base64_write(struct out *out, struct span bytes)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t at = 0; at < bytes.length; at += 3) {
        size_t given = bytes.length - at < 3 ? bytes.length - at : 3;
        uint32_t three = 0;
        for (size_t i = 0; i < 3; i++)
            three = three << 8 | (i < given ? (unsigned char)bytes.at[at + i] : 0u);
        for (size_t i = 0; i < 4; i++)
            out_char(out, i > given ? '=' : digits[three >> (18 - 6 * i) & 63u]);
    }
}
