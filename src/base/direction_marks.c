/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/direction_marks.h"

/* U+2069, by its bytes, since compilers rightly mistrust such marks in a string. */
static const char isolate_end[] = {'\xE2', '\x81', '\xA9', '\0'};

bool direction_mark_stands(struct direction_marks *marks, unsigned code_point)
{
    if (code_point >= 0x202A && code_point <= 0x202E)
        return false;
    if (code_point == 0x2069 && !marks->open)
        return false;
    marks->open += code_point >= 0x2066 && code_point <= 0x2068;
    marks->open -= code_point == 0x2069;
    return true;
}

void direction_marks_end(struct direction_marks *marks, struct out *out)
{
    for (; marks->open; marks->open--)
        out_text(out, isolate_end);
}
