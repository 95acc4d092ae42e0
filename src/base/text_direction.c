/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"

/* From Hebrew to Arabic with its forms for presentation, and the old scripts of both; a table ends with 0. */
static const unsigned leftward[][2] = {{0x590, 0x8FF},     {0xFB1D, 0xFDFF},   {0xFE70, 0xFEFF},
                                       {0x10800, 0x10FFF}, {0x1E800, 0x1EFFF}, {0, 0}};

/* Digits, marks and signs, which run as what stands around them. */
static const unsigned neutral[][2] = {
    {0, 0x40},    {0x5B, 0x60},     {0x7B, 0xA9},     {0xAB, 0xB4},     {0xB6, 0xB9},     {0xBB, 0xBF},     {0xD7, 0xD7},
    {0xF7, 0xF7}, {0x2000, 0x2BFF}, {0x3000, 0x3004}, {0x3008, 0x3020}, {0xFF01, 0xFF20}, {0xFFFD, 0xFFFD}, {0, 0}};

static bool in_range(unsigned code_point, const unsigned (*ranges)[2])
{
    for (; (*ranges)[1]; ranges++) {
        if (code_point >= (*ranges)[0] && code_point <= (*ranges)[1])
            return true;
    }
    return false;
}

bool letter_leftward(unsigned code_point)
{
    return in_range(code_point, leftward);
}

bool letter_rightward(unsigned code_point)
{
    return !in_range(code_point, leftward) && !in_range(code_point, neutral);
}

bool text_leftward(struct span text, bool otherwise)
{
    unsigned depth = 0, code_point = 0;
    for (size_t taken = text_utf8_decode(text, &code_point); taken; taken = text_utf8_decode(text, &code_point)) {
        text = (struct span){.at = text.at + taken, .length = text.length - taken};
        depth += code_point >= 0x2066 && code_point <= 0x2068;
        depth -= code_point == 0x2069 && depth;
        if (!depth && (letter_leftward(code_point) || letter_rightward(code_point)))
            return letter_leftward(code_point);
    }
    return otherwise;
}
