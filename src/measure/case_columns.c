/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/case_columns.h"

#include <string.h>

#include "measure/case_packing.h"
#include "measure/case_units.h"

uint32_t case_code(const struct measuring *measuring, uint32_t encounter, enum standard standard, uint32_t item)
{
    const struct answers *answers = measuring->pairs->answers;
    uint32_t slot = answers_slot(answers, standard, item);
    if (slot == NO_SLOT)
        return 0;
    uint32_t code = answers_code(answers, encounter, slot);
    const struct study *study = measuring->pairs->study;
    uint32_t turned = code ? case_turned(study, standard, item) : 0;
    return turned ? turned - code : code;
}

uint16_t case_segment(const struct measuring *measuring, uint32_t encounter, uint32_t segment)
{
    struct case_place at = case_place_of(measuring->pairs->answers, encounter);
    return at.chunk->segments[(size_t)at.row * measuring->pairs->study->columns.segment_count + segment];
}

unsigned case_sources(const struct measuring *measuring, uint32_t encounter)
{
    struct case_place at = case_place_of(measuring->pairs->answers, encounter);
    return at.chunk->sources ? at.chunk->sources[at.row] : 0;
}

enum drawn_arm case_arm(const struct measuring *measuring, uint32_t encounter)
{
    struct case_place at = case_place_of(measuring->pairs->answers, encounter);
    return at.chunk->arms ? (enum drawn_arm)at.chunk->arms[at.row] : DRAWN_NOT;
}

bool case_outcome(const struct measuring *measuring, uint32_t encounter, uint32_t outcome, double *out)
{
    return case_outcome_read(measuring->pairs->answers, encounter, outcome, out);
}

/* Fills the columns with the complete cases. */
static enum status rows_gather(struct ctx *ctx, const struct case_reading *reading, const struct group *group,
                               struct case_matrix *out)
{
    const size_t most = group->case_count;
    double *wide = arena_array(ctx->arena, reading->count * most + 1, sizeof *wide);
    uint32_t *cases = arena_array(ctx->arena, most + 1, sizeof *cases);
    if (!wide || !cases)
        return ctx_no_memory(ctx);
    out->rows = case_rows_read(reading, group->cases, most, most, wide, cases);
    for (size_t j = 1; j < reading->count && out->rows < most; j++)
        memmove(wide + j * out->rows, wide + j * most, out->rows * sizeof *wide);
    out->values = wide;
    out->cases = cases;
    out->left_out = most - out->rows;
    return ctx_cancelled(ctx);
}

/* The weights of the rows, when the design has some. */
static enum status weights_gather(struct ctx *ctx, const struct measuring *measuring, struct case_matrix *out)
{
    if (!measuring->pairs->plan->weighted)
        return STATUS_OK;
    double *weights = arena_array(ctx->arena, out->rows + 1, sizeof *weights);
    if (!weights)
        return ctx_no_memory(ctx);
    for (size_t i = 0; i < out->rows; i++)
        weights[i] = case_weight_of(measuring->pairs->answers, out->cases[i]);
    out->weights = weights;
    return STATUS_OK;
}

enum status case_respondents(struct ctx *ctx, const struct measuring *measuring, const struct case_matrix *matrix,
                             const bool *counts, uint64_t *out)
{
    const struct answers *answers = measuring->pairs->answers;
    bool *met = arena_array(ctx->arena, answers->respondent_count + 1u, sizeof *met);
    if (!met)
        return ctx_no_memory(ctx);
    *out = 0;
    for (size_t i = 0; i < matrix->rows; i++) {
        uint32_t respondent = answers_respondent_of(answers, matrix->cases[i]);
        *out += counts[i] && !met[respondent];
        met[respondent] |= counts[i];
    }
    return STATUS_OK;
}

/* What each variable is read from.
 * gives   *sources, out->blank
 * fails   STATUS_MEMORY */
static enum status sources_make(struct ctx *ctx, const struct measuring *measuring, const struct case_variable *variables,
                                size_t count, struct case_source **sources, struct case_matrix *out)
{
    *sources = arena_array(ctx->arena, count + 1, sizeof **sources);
    *out = (struct case_matrix){.columns = count};
    enum status status = *sources ? STATUS_OK : ctx_no_memory(ctx);
    for (size_t j = 0; j < count && !status; j++) {
        status = case_source_make(ctx, measuring->pairs->answers, &variables[j], &(*sources)[j]);
        if (!status && (*sources)[j].blank && !out->blank)
            out->blank = (*sources)[j].blank;
    }
    return status;
}

enum status case_matrix_make(struct ctx *ctx, const struct measuring *measuring, const struct group *group,
                             const struct case_variable *variables, size_t count, struct case_matrix *out)
{
    struct case_source *sources = NULL;
    enum status status = sources_make(ctx, measuring, variables, count, &sources, out);
    if (status || out->blank)
        return status;
    const struct case_reading reading = {measuring->pairs->answers, sources, count};
    status = rows_gather(ctx, &reading, group, out);
    if (!status)
        status = weights_gather(ctx, measuring, out);
    return status ? status : case_units_gather(ctx, measuring, out);
}

enum status case_matrix_pack(struct ctx *ctx, const struct measuring *measuring, const struct group *group,
                             const struct case_wish *wish, struct case_matrix *out)
{
    const struct pairs *pairs = measuring->pairs;
    struct case_source *sources = NULL;
    enum status status = sources_make(ctx, measuring, wish->variables, wish->count, &sources, out);
    if (status || out->blank)
        return status;
    const struct case_reading reading = {pairs->answers, sources, wish->count};
    /* What rows belong to is found by their cases. */
    bool with_cases = wish->with_cases || pairs->clustered || pairs->stratified;
    status = case_rows_pack(ctx, &reading, group, pairs->plan->weighted, with_cases, out);
    return status ? status : case_units_gather(ctx, measuring, out);
}

double case_row_read(const void *matrix, size_t row, double *out)
{
    const struct case_matrix *packed = matrix;
    for (size_t j = 0; j < packed->columns; j++)
        out[j] = number_at(&packed->packed[j], row);
    return case_weight(packed, row);
}
