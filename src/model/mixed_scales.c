/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/mixed_scales.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/text.h"

enum { PEOPLE_LEAST = 10, SHARE_LEAST = 20, SHARE_ABOVE_MOST = 10, CLIFF = 5 };

void answer_counts_add(struct answer_counts *counts, uint32_t code, uint64_t row)
{
    if (code > MIXED_POINTS_MOST)
        return;
    if (counts->times[code] < MIXED_ROWS)
        counts->rows[code][counts->times[code]] = row;
    counts->times[code]++;
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

void mixed_scales_format(const struct mixed_scales *mixed, const char *column, const struct scale *scale, char *into, size_t size)
{
    char name[96], rows[80] = "";
    size_t length = 0;
    text_printable(span_of(column), name, sizeof name);
    for (uint32_t i = 0; i < mixed->row_count && length < sizeof rows; i++)
        length += (size_t)snprintf(rows + length, sizeof rows - length, "%s%" PRIu64,
                                   i == 0                      ? ""
                                   : i + 1 == mixed->row_count ? " and "
                                                               : ", ",
                                   mixed->rows[i]);
    (void)snprintf(
        into, size,
        "Column \"%s\" seems to mix two scales: %" PRIu64 " answers lie on %.15g–%.15g and %" PRIu64
        " on %.15g–%.15g, first in row%s %s; bring all to one scale in the file, or leave one kind out, before a figure of "
        "it is believed.",
        name, mixed->short_count, scale_value(scale, 1), scale_value(scale, mixed->top), mixed->long_count,
        scale_value(scale, mixed->top + 1), scale_value(scale, scale->steps), mixed->row_count == 1 ? "" : "s", rows);
}
