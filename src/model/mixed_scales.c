/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/mixed_scales.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/text.h"

enum { PEOPLE_LEAST = 10, SHARE_LEAST = 20, SHARE_ABOVE_MOST = 10, CLIFF = 5 };

/* Puts a row among the first ones of a point, of which `count` are known. */
static void row_place(uint64_t rows[MIXED_ROWS], uint64_t count, uint64_t row)
{
    size_t at = count < MIXED_ROWS ? (size_t)count : MIXED_ROWS;
    for (; at > 0 && rows[at - 1] > row; at--) {
        if (at < MIXED_ROWS)
            rows[at] = rows[at - 1];
    }
    if (at < MIXED_ROWS)
        rows[at] = row;
}

void answer_counts_merge(struct answer_counts *into, const struct answer_counts *from)
{
    for (uint32_t code = 0; code <= MIXED_POINTS_MOST; code++) {
        for (uint64_t i = 0; i < from->times[code] && i < MIXED_ROWS; i++)
            row_place(into->rows[code], into->times[code] + i, from->rows[code][i]);
        into->times[code] += from->times[code];
    }
}

/* The first rows of all answers above a code. */
static void rows_find(const struct answer_counts *counts, uint32_t steps, struct mixed_scales *out)
{
    uint64_t after = 0;
    out->row_count = 0;
    while (out->row_count < MIXED_ROWS && out->row_count < out->long_count) {
        uint64_t next = UINT64_MAX;
        for (uint32_t code = out->top + 1; code <= steps; code++) {
            for (uint32_t i = 0; i < MIXED_ROWS && i < counts->times[code]; i++) {
                uint64_t row = counts->rows[code][i];
                next = row > after && row < next ? row : next;
            }
        }
        if (next == UINT64_MAX)
            return;
        out->rows[out->row_count++] = after = next;
    }
}

static bool mixed_at(const struct answer_counts *counts, uint32_t steps, uint32_t top, struct mixed_scales *out)
{
    *out = (struct mixed_scales){.top = top};
    for (uint32_t code = 1; code <= steps; code++)
        *(code <= top ? &out->short_count : &out->long_count) += counts->times[code];
    const uint64_t all = out->short_count + out->long_count, last = counts->times[top];
    if (out->long_count == 0 || out->long_count * SHARE_ABOVE_MOST > all)
        return false;
    return last >= PEOPLE_LEAST && last * SHARE_LEAST >= all && last >= CLIFF * counts->times[top + 1] && last >= out->long_count;
}

bool mixed_scales_find(const struct scale *scale, const struct answer_counts *counts, struct mixed_scales *out)
{
    static const int64_t tops[] = {5, 7};
    if (scale->steps > MIXED_POINTS_MOST)
        return false;
    for (size_t i = 0; i < sizeof tops / sizeof *tops; i++) {
        uint32_t top = scale_code(scale, (struct decimal){tops[i], 0});
        /* three points below and two above make two scales */
        if (top < 4 || top + 2 > scale->steps || !mixed_at(counts, scale->steps, top, out))
            continue;
        rows_find(counts, scale->steps, out);
        return true;
    }
    return false;
}

enum status mixed_scales_note(struct ctx *ctx, const struct mixed_scales *mixed, const char *column, const struct scale *scale,
                              struct note *out)
{
    char name[96], short_scale[64], long_scale[64], rows[MIXED_ROWS][24];
    const char *texts[MIXED_ROWS + 1] = {NULL};
    text_printable(span_of(column), name, sizeof name);
    (void)snprintf(short_scale, sizeof short_scale, "%.15g–%.15g", scale_value(scale, 1), scale_value(scale, mixed->top));
    (void)snprintf(long_scale, sizeof long_scale, "%.15g–%.15g", scale_value(scale, mixed->top + 1),
                   scale_value(scale, scale->steps));
    for (uint32_t i = 0; i < mixed->row_count; i++) {
        (void)snprintf(rows[i], sizeof rows[i], "%" PRIu64, mixed->rows[i]);
        texts[i] = rows[i];
    }
    const struct note_word words[] = {note_text("column", name),
                                      note_count("short", mixed->short_count),
                                      note_text("short_scale", short_scale),
                                      note_count("long", mixed->long_count),
                                      note_text("long_scale", long_scale),
                                      note_all("rows", texts),
                                      {.name = NULL}};
    return note_make(ctx, mixed->row_count == 1 ? "note.reading.mixed.one" : "note.reading.mixed", words, out);
}
