/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/reliability/reliability_resampling.h"

#include "measure/reliability/block_rows.h"
#include "numeric/alpha.h"

/* What is added up of a person: the square of the sum of the answers, the sum of their squares, then each answer. */
enum { SQUARED_SUM, SUM_OF_SQUARES, ANSWERS };

static const char *const statistics[] = {"alpha"};

/* Alpha of what was drawn.
 * source  [F13] */
static enum undefined alpha_figures(const struct drawn_sums *sums, double *out)
{
    return alpha_of_sums(&(struct alpha_sums){.w = sums->w,
                                              .squared_total = sums->x[SQUARED_SUM],
                                              .squares = sums->x[SUM_OF_SQUARES],
                                              .answers = sums->x + ANSWERS,
                                              .k = sums->columns - ANSWERS},
                         out);
}

/* The standard that a block is of; of the gap, perception. */
static enum standard standard_of(enum block_of of)
{
    static const enum standard standards[BLOCK_OF_COUNT] = {[BLOCK_EXPECTATION] = STANDARD_EXPECTATION,
                                                            [BLOCK_PERCEPTION] = STANDARD_PERCEPTION,
                                                            [BLOCK_DESIRED] = STANDARD_DESIRED,
                                                            [BLOCK_MINIMUM] = STANDARD_MINIMUM,
                                                            [BLOCK_GAP] = STANDARD_PERCEPTION};
    return standards[of];
}

/* The persons who answered all items of a block.
 * fails   STATUS_MEMORY */
static enum status block_matrix(struct ctx *ctx, const struct measuring *measuring, const struct resample_entry *entry,
                                const struct block *block, struct case_matrix *out)
{
    struct case_variable *variables = arena_array(ctx->arena, block->item_count, sizeof *variables);
    if (!variables)
        return ctx_no_memory(ctx);
    for (uint32_t j = 0; j < block->item_count; j++)
        variables[j] = (struct case_variable){
            .of = CASE_ITEM, .index = block->items[j], .standard = standard_of(block->of), .gap = block->of == BLOCK_GAP};
    return case_matrix_make(ctx, measuring, &measuring->set->groups[entry->group], variables, block->item_count, out);
}

/* Column after column: what alpha_figures adds up. Answers count from the first person's, so that little cancels.
 * fails   STATUS_MEMORY */
static enum status sums_lay_out(struct ctx *ctx, const struct case_matrix *matrix, const double **out)
{
    size_t rows = matrix->rows;
    double *x = arena_array(ctx->arena, rows * (matrix->columns + ANSWERS) + 1, sizeof *x);
    if (!x)
        return ctx_no_memory(ctx);
    double *sums = x + SQUARED_SUM * rows, *squares = x + SUM_OF_SQUARES * rows;
    for (size_t j = 0; j < matrix->columns; j++) {
        double *answers = x + (ANSWERS + j) * rows;
        for (size_t i = 0; i < rows; i++) {
            answers[i] = case_column(matrix, j)[i] - case_column(matrix, j)[0];
            squares[i] += answers[i] * answers[i];
            sums[i] += answers[i];
        }
    }
    for (size_t i = 0; i < rows; i++)
        sums[i] *= sums[i];
    *out = x;
    return STATUS_OK;
}

/* Makes one entry ready.
 * source  [F25] */
static enum status alpha_job_make(struct ctx *ctx, const struct measuring *measuring, const struct resample_entry *entry,
                                  struct resample_job *out)
{
    const struct block *block = group_block(&measuring->set->groups[entry->group], entry->index, (enum block_of)entry->of);
    *out = (struct resample_job){.blank = REASON_NOT_ASKED};
    if (!block)
        return STATUS_OK;
    *out = (struct resample_job){.blank = block->blank, .respondents = block->respondents};
    if (!out->blank && block->item_count < 2)
        out->blank = REASON_ONE_ITEM;
    if (out->blank)
        return STATUS_OK;
    struct case_matrix matrix;
    enum status status = block_matrix(ctx, measuring, entry, block, &matrix);
    struct sum_source source = {.columns = block->item_count + ANSWERS, .figure_count = 1, .figures = alpha_figures};
    if (status)
        return status;
    source.rows = matrix.rows;
    status = sums_lay_out(ctx, &matrix, &source.x);
    return status ? status : resample_job_of_rows(ctx, &matrix, &source, out);
}

enum status reliability_resample(struct ctx *ctx, const struct measuring *measuring, uint32_t group, struct resample_list *list)
{
    const struct study *study = measuring->pairs->study;
    enum status status = STATUS_OK;
    for (uint32_t line = 0; line < (study->dimension_count + 1) * BLOCK_OF_COUNT && !status; line++) {
        uint32_t d = line / BLOCK_OF_COUNT;
        bool overall = d == study->dimension_count;
        struct resample_entry entry = {.item = value_blank(REASON_NOT_APPLICABLE),
                                       .statistics = statistics,
                                       .count = 1,
                                       .group = group,
                                       .index = overall ? UINT32_MAX : d,
                                       .of = line % BLOCK_OF_COUNT,
                                       .make = alpha_job_make};
        entry.dimension = overall ? value_text("overall") : dimension_key(study, d);
        entry.standard = value_text(block_of_name((enum block_of)entry.of));
        if (group_block(&measuring->set->groups[group], entry.index, (enum block_of)entry.of))
            status = resample_list_add(ctx, list, &entry);
    }
    return status;
}
