/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MEASURE_CASE_READING_H
#define GAPMETER_MEASURE_CASE_READING_H

#include "measure/case_source.h"

/* Persons' values of variables, read from where their answers stand. Private to case_columns.c and case_packing.c. */

/* Where one case stands. */
struct case_place {
    const struct answers_chunk *chunk;
    uint32_t row, encounter;
    const uint8_t *codes; /* its slots, of one byte each … */
    bool wide;            /* … or of two */
};

/* Where an encounter stands. */
static inline struct case_place case_place_of(const struct answers *answers, uint32_t encounter)
{
    const struct answers_chunk *chunk = &answers->chunks[encounter / ANSWERS_CHUNK_ROWS];
    uint32_t row = encounter % ANSWERS_CHUNK_ROWS;
    size_t first = (size_t)row * answers->slot_count * answers->code_bytes;
    return (struct case_place){.chunk = chunk,
                               .row = row,
                               .encounter = encounter,
                               .codes = answers->slot_count ? (const uint8_t *)chunk->codes + first : NULL,
                               .wide = answers->code_bytes != 1};
}

/* An outcome of an encounter in its own points; false when it is missing. */
bool case_outcome_read(const struct answers *answers, uint32_t encounter, uint32_t index, double *out);

/* An encounter's weight.
 * needs   answers with weights */
double case_weight_of(const struct answers *answers, uint32_t encounter);

/* What is read of each case. */
struct case_reading {
    const struct answers *answers;
    const struct case_source *sources; /* [count] */
    size_t count;
};

/* Reads the variables of some cases; those that lack none move up.
 * takes   cases   [count] encounters
 *         stride  of columns, at least count
 * gives   values  variable j of the k-th complete case: values[j × stride + k]
 *         kept    [count] the encounters of complete cases
 *         how many there are
 * proof   tests/measure/case_columns_test.c */
size_t case_rows_read(const struct case_reading *reading, const uint32_t *cases, size_t count, size_t stride, double *values,
                      uint32_t *kept);

#endif
