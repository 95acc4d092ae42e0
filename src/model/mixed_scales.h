/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MODEL_MIXED_SCALES_H
#define GAPMETER_MODEL_MIXED_SCALES_H

#include <stddef.h>

#include "model/note.h"
#include "model/scale.h"

#define MIXED_POINTS_MOST 16u
#define MIXED_ROWS        3u

/* How often each point of a scale was answered in a column, and in which rows first. */
struct answer_counts {
    uint64_t times[MIXED_POINTS_MOST + 1]; /* [code] */
    uint64_t rows[MIXED_POINTS_MOST + 1][MIXED_ROWS];
};

/* Counts one answer; codes above MIXED_POINTS_MOST are passed over. */
static inline void answer_counts_add(struct answer_counts *counts, uint32_t code, uint64_t row)
{
    if (code > MIXED_POINTS_MOST)
        return;
    if (counts->times[code] < MIXED_ROWS)
        counts->rows[code][counts->times[code]] = row;
    counts->times[code]++;
}

/* Adds counts of other rows of the column, before or after. */
void answer_counts_merge(struct answer_counts *into, const struct answer_counts *from);

/* A column that seems to hold the answers of a shorter scale and some of the longer one. */
struct mixed_scales {
    uint32_t top;              /* code of the shorter scale's last point */
    uint64_t short_count;      /* answers up to it */
    uint64_t long_count;       /* and above it */
    uint64_t rows[MIXED_ROWS]; /* where the latter begin */
    uint32_t row_count;
};

/* Do answers pile up at 5 or 7, the ends of usual scales, with only a few far apart above? So they do when a questionnaire
 * changed from 1–5 to 1–10 and both went into one column: at most a tenth lie above, the last point of the shorter scale was
 * answered five times as often as the next one, as often as all above together, and by a twentieth of all and ten people at
 * least.
 * needs   counts of all answers of the column
 * proof   tests/model/mixed_scales_test.c */
bool mixed_scales_find(const struct scale *scale, const struct answer_counts *counts, struct mixed_scales *out);

/* The sentence about it: how many, which rows begin, what to do.
 * fails   STATUS_MEMORY */
enum status mixed_scales_note(struct ctx *ctx, const struct mixed_scales *mixed, const char *column, const struct scale *scale,
                              struct note *out) MUST_USE;

#endif
