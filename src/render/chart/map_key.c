/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/chart/map_key.h"

#include "render/chart/layout.h"

#define NUMBER_PX  22.0 /* room for the number and the gap behind it */
#define BETWEEN_PX 24.0 /* between columns */
#define LINE_PX    16.0
#define APART_PX   3.0   /* between entries */
#define COLUMN_PX  300.0 /* the narrowest column when there are two */

/* Columns of a line that hold so many pixels. */
static size_t letters_of(double width, double size)
{
    double letter = picture_text_width(span_of("n"), size);
    return width > letter ? (size_t)(width / letter) : 1;
}

enum tone text_tone(enum tone tone)
{
    return tone == TONE_UNDECIDED ? TONE_INK : tone;
}

/* One entry.
 * gives   where the next begins */
static double entry_draw(struct picture *picture, struct point at, double width, const struct key_entry *entry)
{
    const struct label_place place = {.at = {at.x + NUMBER_PX, at.y + TEXT_PX},
                                      .letters = letters_of(width - NUMBER_PX, TEXT_PX),
                                      .lines = 2,
                                      .line_px = LINE_PX,
                                      .column = true};
    struct mark *number = picture_text(picture, text_tone(entry->tone), (struct point){at.x + NUMBER_PX - 6, at.y + TEXT_PX},
                                       ANCHOR_END, span_of(entry->number));
    number->bold = true;
    label_draw(picture, entry->label, &place);
    return at.y + LINE_PX * label_lines(entry->label, &place) + APART_PX;
}

double map_key_draw(struct picture *picture, double top, const struct key_entry *entries, uint32_t count)
{
    uint32_t columns = picture->width >= 2 * COLUMN_PX + BETWEEN_PX && count > 1 ? 2 : 1, each = (count + columns - 1) / columns;
    double width = (picture->width - BETWEEN_PX * (columns - 1)) / columns, bottom = top, y = top;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t column = i / each;
        if (i % each == 0)
            y = top;
        y = entry_draw(picture, (struct point){column * (width + BETWEEN_PX), y}, width, &entries[i]);
        bottom = y > bottom ? y : bottom;
    }
    return bottom;
}
