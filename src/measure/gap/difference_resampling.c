/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/gap/difference_resampling.h"

#include "numeric/alpha.h"
#include "numeric/difference_reliability.h"

/* What is added up: of those who have the score, their number, both sides and the gap with their squares … */
enum { SCORED, FIRST, FIRST_SQUARE, SECOND, SECOND_SQUARE, GAP, GAP_SQUARE, SCORE_COLUMNS };

/* … then, of each side, of those who answered all its items: their number, T², Σx² and each answer. */
enum { COMPLETE, SQUARED_TOTAL, SQUARES, ANSWERS };

enum { SIDES = 2 };

static const char *const statistics[] = {"difference_reliability"};

/* How many items each side has. */
struct sides {
    size_t k[SIDES];
};

/* The columns of all persons, and who has what. */
struct difference_columns {
    const struct measuring *measuring;
    const struct group *group;
    size_t persons;
    double *x;
    bool *any; /* [persons] has a score or a side */
};

/* The variance of one of the score's columns; all over the same denominator, which cancels. */
static double variance_of(const struct drawn_sums *sums, size_t column)
{
    double mean = sums->x[column] / sums->x[SCORED];
    double variance = sums->x[column + 1] / sums->x[SCORED] - mean * mean;
    return variance > 0 ? variance : 0;
}

/* Johns' formula from the sums.
 * blank   nobody has a score -> UNDEFINED_TOO_FEW; a side or the difference has no variance -> UNDEFINED_NO_VARIANCE
 * source  [F16] */
static enum undefined difference_figures(const struct drawn_sums *sums, double *out)
{
    const struct sides *sides = sums->about;
    if (!(sums->x[SCORED] > 0))
        return UNDEFINED_TOO_FEW;
    double alphas[SIDES];
    const double *x = sums->x + SCORE_COLUMNS;
    for (unsigned side = 0; side < SIDES; side++) {
        const struct alpha_sums of_side = {.w = x[COMPLETE],
                                           .squared_total = x[SQUARED_TOTAL],
                                           .squares = x[SQUARES],
                                           .answers = x + ANSWERS,
                                           .k = sides->k[side]};
        enum undefined undefined = alpha_of_sums(&of_side, &alphas[side]);
        if (undefined)
            return undefined;
        x += ANSWERS + sides->k[side];
    }
    const struct difference_parts parts = {.first_variance = variance_of(sums, FIRST),
                                           .first_reliability = alphas[0],
                                           .second_variance = variance_of(sums, SECOND),
                                           .second_reliability = alphas[1],
                                           .difference_variance = variance_of(sums, GAP)};
    if (parts.difference_variance <= 1e-13 * sums->x[GAP_SQUARE] / sums->x[SCORED])
        return UNDEFINED_NO_VARIANCE;
    return difference_reliability(&parts, out);
}

/* The columns of the score.
 * fails   STATUS_MEMORY */
static enum status score_lay_out(struct ctx *ctx, const struct difference_columns *layout, enum case_of of, uint32_t index)
{
    static const enum standard standards[SIDES] = {STANDARD_EXPECTATION, STANDARD_PERCEPTION};
    size_t n = layout->persons;
    bool *has = arena_array(ctx->arena, n + 1, sizeof *has);
    if (!has)
        return ctx_no_memory(ctx);
    enum status status = STATUS_OK;
    for (unsigned side = 0; side < SIDES && !status; side++) {
        const struct case_variable score = {.of = of, .index = index, .standard = standards[side], .paired = true};
        status =
            resample_variable_read(ctx, layout->measuring, layout->group, &score, layout->x + (side ? SECOND : FIRST) * n, has);
    }
    for (size_t i = 0; i < n && !status; i++) {
        double *x = layout->x + i, gap = has[i] ? x[SECOND * n] - x[FIRST * n] : 0;
        x[SCORED * n] = has[i];
        x[FIRST_SQUARE * n] = x[FIRST * n] * x[FIRST * n];
        x[SECOND_SQUARE * n] = x[SECOND * n] * x[SECOND * n];
        x[GAP * n] = gap;
        x[GAP_SQUARE * n] = gap * gap;
        layout->any[i] |= has[i];
    }
    return status;
}

/* The columns of one side.
 * takes   x  where they begin
 * fails   STATUS_MEMORY */
static enum status side_lay_out(struct ctx *ctx, const struct difference_columns *layout, const struct block *block,
                                enum standard standard, double *x)
{
    struct case_variable *variables = arena_array(ctx->arena, block->item_count, sizeof *variables);
    if (!variables)
        return ctx_no_memory(ctx);
    for (uint32_t j = 0; j < block->item_count; j++)
        variables[j] = (struct case_variable){.of = CASE_ITEM, .index = block->items[j], .standard = standard};
    struct case_matrix matrix;
    enum status status = case_matrix_make(ctx, layout->measuring, layout->group, variables, block->item_count, &matrix);
    for (size_t i = 0, next = 0; i < layout->persons && !status && next < matrix.rows; i++) {
        if (matrix.cases[next] != layout->group->cases[i])
            continue;
        double total = 0;
        for (size_t j = 0; j < block->item_count; j++) {
            double answer = case_column(&matrix, j)[next] - case_column(&matrix, j)[0];
            x[(ANSWERS + j) * layout->persons + i] = answer;
            x[SQUARES * layout->persons + i] += answer * answer;
            total += answer;
        }
        x[COMPLETE * layout->persons + i] = 1;
        x[SQUARED_TOTAL * layout->persons + i] = total * total;
        layout->any[i] = true;
        next++;
    }
    return status;
}

/* Only those who have something are drawn: the columns move together.
 * gives   how many there are */
static size_t columns_keep(const struct difference_columns *layout, size_t columns)
{
    size_t kept = 0, at = 0;
    for (size_t i = 0; i < layout->persons; i++)
        kept += layout->any[i];
    for (size_t j = 0; j < columns; j++) {
        for (size_t i = 0; i < layout->persons; i++) {
            if (layout->any[i])
                layout->x[at++] = layout->x[j * layout->persons + i];
        }
    }
    return kept;
}

/* The blocks of both sides, or why there is no alpha of one.
 * source  as the cell difference_reliability of gap_row */
static enum reason sides_find(const struct group *group, uint32_t index, const struct block *blocks[SIDES])
{
    blocks[0] = group_block(group, index, BLOCK_EXPECTATION);
    blocks[1] = group_block(group, index, BLOCK_PERCEPTION);
    for (unsigned side = 0; side < SIDES; side++) {
        if (!blocks[side])
            return REASON_NOT_APPLICABLE;
        if (blocks[side]->blank)
            return blocks[side]->blank;
        if (blocks[side]->item_count < 2)
            return REASON_ONE_ITEM;
    }
    return REASON_NONE;
}

/* Reads the score and both sides.
 * fails   STATUS_MEMORY */
static enum status columns_lay_out(struct ctx *ctx, const struct difference_columns *layout, const struct resample_entry *entry,
                                   const struct block *const blocks[SIDES])
{
    double *x = layout->x + SCORE_COLUMNS * layout->persons;
    enum status status = score_lay_out(ctx, layout, (enum case_of)entry->of, entry->index);
    if (!status)
        status = side_lay_out(ctx, layout, blocks[0], STANDARD_EXPECTATION, x);
    x += (ANSWERS + blocks[0]->item_count) * layout->persons;
    return status ? status : side_lay_out(ctx, layout, blocks[1], STANDARD_PERCEPTION, x);
}

/* Makes one entry ready.
 * source  [F25] */
static enum status difference_job_make(struct ctx *ctx, const struct measuring *measuring, const struct resample_entry *entry,
                                       struct resample_job *out)
{
    const struct group *group = &measuring->set->groups[entry->group];
    const struct block *blocks[SIDES];
    *out = (struct resample_job){.blank = sides_find(group, entry->index, blocks)};
    if (out->blank)
        return STATUS_OK;
    struct sides *sides = arena_alloc(ctx->arena, sizeof *sides);
    size_t columns = SCORE_COLUMNS + 2 * ANSWERS + blocks[0]->item_count + blocks[1]->item_count;
    struct difference_columns layout = {.measuring = measuring, .group = group, .persons = group->case_count};
    layout.x = arena_array(ctx->arena, columns * layout.persons + 1, sizeof *layout.x);
    layout.any = arena_array(ctx->arena, layout.persons + 1, sizeof *layout.any);
    if (!sides || !layout.x || !layout.any)
        return ctx_no_memory(ctx);
    *sides = (struct sides){{blocks[0]->item_count, blocks[1]->item_count}};
    struct case_matrix all, kept;
    enum status status = columns_lay_out(ctx, &layout, entry, blocks);
    if (!status)
        status = case_matrix_make(ctx, measuring, group, NULL, 0, &all);
    if (!status)
        status = resample_matrix_keep(ctx, &all, layout.any, &kept);
    if (status)
        return status;
    const struct sum_source source = {.rows = columns_keep(&layout, columns),
                                      .columns = columns,
                                      .x = layout.x,
                                      .figure_count = 1,
                                      .about = sides,
                                      .figures = difference_figures};
    status = resample_job_of_rows(ctx, &kept, &source, out);
    uint64_t fewer = blocks[0]->respondents < blocks[1]->respondents ? blocks[0]->respondents : blocks[1]->respondents;
    out->respondents = fewer;
    return status;
}

enum status difference_entry_add(struct ctx *ctx, struct resample_list *list, const struct resample_entry *about, enum case_of of)
{
    struct resample_entry entry = *about;
    entry.make = difference_job_make;
    entry.of = of;
    entry.statistics = statistics;
    entry.count = 1;
    return resample_list_add(ctx, list, &entry);
}
