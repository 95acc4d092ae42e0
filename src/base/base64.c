/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/base64.h"

#include <sodium.h>

enum { PIECE = 3072 }; /* a multiple of three, so that only the last piece is padded */

void base64_write(struct out *out, struct span bytes)
{
    char text[PIECE / 3 * 4 + 1];
    for (size_t at = 0; at < bytes.length; at += PIECE) {
        size_t count = bytes.length - at < PIECE ? bytes.length - at : PIECE;
        out_text(out, sodium_bin2base64(text, sizeof text, (const unsigned char *)bytes.at + at, count,
                                        sodium_base64_VARIANT_ORIGINAL));
    }
}
