/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/zone/zone_resampling.h"

/* What is added up: perception − minimum, perception − desired. */
enum { ADEQUACY, SUPERIORITY, COLUMNS };

/* The mean distance from the minimum.
 * source  [F9] */
static enum undefined adequacy_figures(const struct drawn_sums *sums, double *out)
{
    if (!(sums->w > 0))
        return UNDEFINED_TOO_FEW;
    out[0] = sums->x[ADEQUACY] / sums->w;
    return DEFINED;
}

/* The mean distance from the desired level.
 * source  [F9] */
static enum undefined superiority_figures(const struct drawn_sums *sums, double *out)
{
    if (!(sums->w > 0))
        return UNDEFINED_TOO_FEW;
    out[0] = sums->x[SUPERIORITY] / sums->w;
    return DEFINED;
}

/* 100 × mean adequacy over mean width; width = adequacy − superiority.
 * blank   the mean width is not above 0 -> UNDEFINED_NO_VARIANCE
 * source  [F10] */
static enum undefined position_figures(const struct drawn_sums *sums, double *out)
{
    double width = sums->x[ADEQUACY] - sums->x[SUPERIORITY];
    if (!(width > 1e-12 * sums->w))
        return UNDEFINED_NO_VARIANCE;
    out[0] = 100 * sums->x[ADEQUACY] / width;
    return DEFINED;
}

/* What there is to resample, and which edges it needs. */
static const struct kind {
    const char *statistic;
    enum undefined (*figures)(const struct drawn_sums *, double *);
    bool minimum, desired;
} kinds[] = {{"adequacy", adequacy_figures, true, false},
             {"superiority", superiority_figures, false, true},
             {"zone_position", position_figures, true, true}};

enum { KINDS = sizeof kinds / sizeof *kinds };

/* Which edges were asked of an item. */
struct edges {
    bool minimum, desired;
};

/* By what the study file lists. */
static struct edges edges_of(const struct study *study, uint32_t item)
{
    return (struct edges){study_asks(study, STANDARD_MINIMUM, item), study_asks(study, STANDARD_DESIRED, item)};
}

/* Was every standard answered that was asked? */
static bool cell_is_complete(const struct joint_cell *cell, struct edges edges)
{
    return cell->code[2] && (cell->code[0] || !edges.minimum) && (cell->code[1] || !edges.desired);
}

/* The tally of complete answers as a count table, in scale points.
 * fails   STATUS_MEMORY */
static enum status job_of_joint(struct ctx *ctx, const struct joint *joint, struct edges edges, struct sum_source *source,
                                struct resample_job *out)
{
    double *x = arena_array(ctx->arena, joint->cell_count * COLUMNS + 1, sizeof *x);
    uint64_t *counts = arena_array(ctx->arena, joint->cell_count + 1, sizeof *counts);
    if (!x || !counts)
        return ctx_no_memory(ctx);
    double step = decimal_to_double(joint->scale->step);
    for (size_t i = 0; i < joint->cell_count; i++)
        source->rows += cell_is_complete(&joint->cells[i], edges);
    for (size_t i = 0, row = 0; i < joint->cell_count; i++) {
        const struct joint_cell *cell = &joint->cells[i];
        if (!cell_is_complete(cell, edges))
            continue;
        counts[row] = cell->sum.n;
        x[ADEQUACY * source->rows + row] = step * ((int)cell->code[2] - (int)cell->code[0]);
        x[SUPERIORITY * source->rows + row] = step * ((int)cell->code[2] - (int)cell->code[1]);
        row++;
    }
    source->x = x;
    enum status status = resample_job_of_cells(ctx, source, counts, out);
    out->respondents = joint->respondents;
    return status;
}

/* The persons who answered every standard asked, one by one.
 * fails   STATUS_MEMORY */
static enum status job_of_persons(struct ctx *ctx, const struct measuring *measuring, const struct resample_entry *entry,
                                  struct sum_source *source, struct resample_job *out)
{
    struct edges edges = edges_of(measuring->pairs->study, entry->index);
    struct case_variable variables[3] = {{.of = CASE_ITEM, .index = entry->index, .standard = STANDARD_PERCEPTION}};
    size_t count = 1, minimum = edges.minimum ? count++ : 0, desired = edges.desired ? count++ : 0;
    variables[minimum] = (struct case_variable){
        .of = CASE_ITEM, .index = entry->index, .standard = minimum ? STANDARD_MINIMUM : STANDARD_PERCEPTION};
    variables[desired] = (struct case_variable){
        .of = CASE_ITEM, .index = entry->index, .standard = desired ? STANDARD_DESIRED : STANDARD_PERCEPTION};
    struct case_matrix matrix;
    enum status status = case_matrix_make(ctx, measuring, &measuring->set->groups[entry->group], variables, count, &matrix);
    double *x = status ? NULL : arena_array(ctx->arena, matrix.rows * COLUMNS + 1, sizeof *x);
    if (status || !x)
        return status ? status : ctx_no_memory(ctx);
    for (size_t i = 0; i < matrix.rows; i++) {
        x[ADEQUACY * matrix.rows + i] = case_column(&matrix, 0)[i] - case_column(&matrix, minimum)[i];
        x[SUPERIORITY * matrix.rows + i] = case_column(&matrix, 0)[i] - case_column(&matrix, desired)[i];
    }
    source->rows = matrix.rows;
    source->x = x;
    return resample_job_of_rows(ctx, &matrix, source, out);
}

/* Makes one entry ready.
 * source  [F25] */
static enum status zone_job_make(struct ctx *ctx, const struct measuring *measuring, const struct resample_entry *entry,
                                 struct resample_job *out)
{
    const struct study *study = measuring->pairs->study;
    struct edges edges = edges_of(study, entry->index);
    const struct kind *kind = &kinds[entry->of];
    *out = (struct resample_job){.blank = REASON_NOT_ASKED};
    if (!study_asks(study, STANDARD_PERCEPTION, entry->index) || (kind->minimum && !edges.minimum) ||
        (kind->desired && !edges.desired))
        return STATUS_OK;
    struct sum_source source = {.columns = COLUMNS, .figure_count = 1, .figures = kind->figures};
    if (resample_by_cells(measuring))
        return job_of_joint(ctx, &measuring->set->groups[entry->group].zones[entry->index], edges, &source, out);
    return job_of_persons(ctx, measuring, entry, &source, out);
}

enum status zone_resample(struct ctx *ctx, const struct measuring *measuring, uint32_t group, struct resample_list *list)
{
    const struct study *study = measuring->pairs->study;
    enum status status = STATUS_OK;
    for (uint32_t line = 0; line < study->item_count * KINDS && !status; line++) {
        uint32_t item = line / KINDS;
        const struct kind *kind = &kinds[line % KINDS];
        struct resample_entry entry = {.item = item_key(study, item),
                                       .dimension = dimension_key(study, study->items[item].dimension),
                                       .standard = value_blank(REASON_NOT_APPLICABLE),
                                       .statistics = &kind->statistic,
                                       .count = 1,
                                       .group = group,
                                       .index = item,
                                       .of = line % KINDS,
                                       .no_figure = REASON_ZONE_TOO_NARROW,
                                       .make = zone_job_make};
        struct edges edges = edges_of(study, item);
        if ((!kind->minimum || edges.minimum) && (!kind->desired || edges.desired))
            status = resample_list_add(ctx, list, &entry);
    }
    return status;
}
