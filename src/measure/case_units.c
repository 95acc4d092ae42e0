/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/case_units.h"

#include <stdlib.h>

/* Where an encounter stands. */
static const struct answers_chunk *chunk_of(const struct answers *answers, uint32_t encounter)
{
    return &answers->chunks[encounter / ANSWERS_CHUNK_ROWS];
}

/* The stratum of a case; 0 without strata. */
static uint32_t stratum_of(const struct pairs *pairs, uint32_t encounter)
{
    if (!pairs->stratified)
        return 0;
    return pairs->stratum_places[chunk_of(pairs->answers, encounter)->strata[encounter % ANSWERS_CHUNK_ROWS]];
}

/* A row beside what it belongs to. */
struct unit_row {
    uint64_t key;
    uint32_t row;
};

/* By what they belong to, then in their order. */
static int unit_row_compare(const void *a, const void *b)
{
    const struct unit_row *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

/* Numbers what the rows belong to in order of appearance.
 * takes   clusters  or respondents
 *         apart     by strata
 * gives   [rows], or NULL without memory; *count  how many there are */
static uint32_t *units_number(struct ctx *ctx, const struct measuring *measuring, const struct case_matrix *matrix, bool clusters,
                              bool apart, size_t *count)
{
    struct arena *room;
    *count = 0;
    uint32_t *units = arena_array(ctx->arena, matrix->rows + 1, sizeof *units);
    if (!units || arena_create(ctx->arena, &room))
        return NULL;
    struct unit_row *list = arena_array(room, matrix->rows + 1, sizeof *list);
    if (!list)
        return NULL;
    for (size_t i = 0; i < matrix->rows; i++) {
        const struct answers *answers = measuring->pairs->answers;
        uint32_t encounter = matrix->cases[i];
        uint64_t stratum = apart ? stratum_of(measuring->pairs, encounter) : 0;
        list[i].key = stratum << 32 | (clusters ? chunk_of(answers, encounter)->clusters[encounter % ANSWERS_CHUNK_ROWS]
                                                : answers_respondent_of(answers, encounter));
        list[i].row = (uint32_t)i;
    }
    qsort(list, matrix->rows, sizeof *list, unit_row_compare);
    /* The first row of each points at itself, the others at the first; then numbers are given in order. */
    for (size_t i = 0; i < matrix->rows; i++)
        units[list[i].row] = i > 0 && list[i].key == list[i - 1].key ? units[list[i - 1].row] : list[i].row;
    for (size_t i = 0; i < matrix->rows; i++)
        units[i] = units[i] == i ? (uint32_t)(*count)++ : units[units[i]];
    arena_destroy(room);
    return units;
}

/* The stratum of each unit, or of each row. */
static enum status strata_gather(struct ctx *ctx, const struct measuring *measuring, struct case_matrix *out)
{
    const struct pairs *pairs = measuring->pairs;
    if (!pairs->stratified)
        return STATUS_OK;
    uint32_t *strata = arena_array(ctx->arena, out->unit_count + 1, sizeof *strata);
    if (!strata)
        return ctx_no_memory(ctx);
    uint64_t *sizes = arena_array(ctx->arena, pairs->stratum_count + 1u, sizeof *sizes);
    if (!sizes)
        return ctx_no_memory(ctx);
    for (size_t i = 0; i < out->rows; i++)
        strata[out->units ? out->units[i] : i] = stratum_of(pairs, out->cases[i]);
    for (uint32_t h = 0; h < pairs->stratum_count; h++)
        sizes[h] = pairs->strata[h].units;
    out->strata = strata;
    out->stratum_units = sizes;
    out->stratum_count = pairs->stratum_count;
    return STATUS_OK;
}

enum status case_units_gather(struct ctx *ctx, const struct measuring *measuring, struct case_matrix *out)
{
    const struct pairs *pairs = measuring->pairs;
    out->respondents = out->unit_count = out->rows;
    if (pairs->repeats) {
        size_t count = 0;
        out->units = units_number(ctx, measuring, out, false, false, &count);
        if (!out->units)
            return ctx_no_memory(ctx);
        out->respondents = out->unit_count = count;
    }
    if (pairs->study->columns.cluster || (pairs->repeats && pairs->stratified)) {
        out->units =
            units_number(ctx, measuring, out, pairs->study->columns.cluster != NULL, pairs->stratified, &out->unit_count);
        if (!out->units)
            return ctx_no_memory(ctx);
    }
    return strata_gather(ctx, measuring, out);
}
