/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/gap/perception_resampling.h"

static const char *const statistics[] = {"mean"};

/* Σw·x/Σw.
 * source  [F20] */
static enum undefined mean_figures(const struct drawn_sums *sums, double *out)
{
    if (!(sums->w > 0))
        return UNDEFINED_TOO_FEW;
    out[0] = sums->x[0] / sums->w;
    return DEFINED;
}

/* The tally of answers as a count table, in scale points.
 * fails   STATUS_MEMORY */
static enum status job_of_joint(struct ctx *ctx, const struct joint *joint, struct sum_source *source, struct resample_job *out)
{
    double *x = arena_array(ctx->arena, joint->cell_count + 1, sizeof *x);
    uint64_t *counts = arena_array(ctx->arena, joint->cell_count + 1, sizeof *counts);
    if (!x || !counts)
        return ctx_no_memory(ctx);
    for (size_t i = 0; i < joint->cell_count; i++) {
        counts[i] = joint->cells[i].sum.n;
        x[i] = scale_value(joint->scale, joint->cells[i].code[0]);
    }
    source->rows = joint->cell_count;
    source->x = x;
    enum status status = resample_job_of_cells(ctx, source, counts, out);
    out->respondents = joint->respondents;
    return status;
}

/* Makes one entry ready.
 * source  [F25] */
static enum status mean_job_make(struct ctx *ctx, const struct measuring *measuring, const struct resample_entry *entry,
                                 struct resample_job *out)
{
    const struct group *group = &measuring->set->groups[entry->group];
    struct sum_source source = {.columns = 1, .figure_count = 1, .figures = mean_figures};
    *out = (struct resample_job){.blank = REASON_NOT_ASKED};
    if (!study_asks(measuring->pairs->study, STANDARD_PERCEPTION, entry->index))
        return STATUS_OK;
    if (resample_by_cells(measuring))
        return job_of_joint(ctx, &group->singles[entry->index], &source, out);
    const struct case_variable answer = {.of = CASE_ITEM, .index = entry->index, .standard = STANDARD_PERCEPTION};
    struct case_matrix matrix;
    enum status status = case_matrix_make(ctx, measuring, group, &answer, 1, &matrix);
    source.rows = matrix.rows;
    source.x = matrix.values;
    return status ? status : resample_job_of_rows(ctx, &matrix, &source, out);
}

enum status perception_resample(struct ctx *ctx, const struct measuring *measuring, uint32_t group, struct resample_list *list)
{
    const struct study *study = measuring->pairs->study;
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < study->item_count && !status; i++) {
        const struct resample_entry entry = {.item = item_key(study, i),
                                             .dimension = dimension_key(study, study->items[i].dimension),
                                             .standard = value_blank(REASON_NOT_APPLICABLE),
                                             .statistics = statistics,
                                             .count = 1,
                                             .group = group,
                                             .index = i,
                                             .make = mean_job_make};
        status = resample_list_add(ctx, list, &entry);
    }
    return status;
}
