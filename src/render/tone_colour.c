/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/tone_colour.h"

uint32_t tone_colour(enum tone tone)
{
    static const uint32_t colours[TONE_COUNT] = {
        [TONE_INK] = 0x1a1d21,   [TONE_SOFT] = 0x565d66,      [TONE_GRID] = 0xe6e9ec,  [TONE_SHORT] = 0xd55e00,
        [TONE_ABOVE] = 0x0072b2, [TONE_UNDECIDED] = 0x6b7280, [TONE_BAND] = 0xcfe3f1,  [TONE_PAPER] = 0xffffff,
        [TONE_FIRST] = 0x0072b2, [TONE_SECOND] = 0xd55e00,    [TONE_THIRD] = 0x009e73, [TONE_FOURTH] = 0xcc79a7,
        [TONE_FIFTH] = 0xe69f00, [TONE_SIXTH] = 0x56b4e9,
    };
    return colours[tone];
}

uint32_t tone_text_colour(enum tone tone)
{
    if (tone == TONE_SHORT)
        return 0xb04a00;
    return tone == TONE_ABOVE ? 0x00639c : tone_colour(tone);
}
