/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/gap/gap_resampling.h"

#include <math.h>

#include "measure/gap/difference_resampling.h"
#include "measure/gap/gap_row.h"

#define NEAR_ZERO 1e-9 /* of a step: a mean of scores that is 0 but for rounding */

/* Entries of a row: figures that always exist, dz, which may not, and the net share of the bands. */
enum kind { KIND_MEAN, KIND_EFFECT, KIND_NET, KIND_COUNT };
enum { GAP_COLUMNS = 2 };

static const char *const mean_statistics[] = {"gap", "share_short"};
static const char *const effect_statistics[] = {"dz"};
static const char *const net_statistics[] = {"net"};

/* Σw·g/Σw and Σw[g < 0]/Σw.
 * source  [F1, F2] */
static enum undefined mean_figures(const struct drawn_sums *sums, double *out)
{
    if (!(sums->w > 0))
        return UNDEFINED_TOO_FEW;
    out[0] = sums->x[0] / sums->w;
    out[1] = sums->x[1] / sums->w;
    return DEFINED;
}

/* Mean over standard deviation, from Σw·g and Σw·g²; with the factor n_eff/(n_eff − 1).
 * blank   fewer than two -> UNDEFINED_TOO_FEW; all gaps equal -> UNDEFINED_NO_VARIANCE
 * source  [F21] */
static enum undefined effect_figures(const struct drawn_sums *sums, double *out)
{
    double n = sums->ww > 0 ? sums->w * sums->w / sums->ww : 0;
    if (n < 1 + 1e-9)
        return UNDEFINED_TOO_FEW;
    double mean = sums->x[0] / sums->w, square = sums->x[1] / sums->w;
    double variance = (square - mean * mean) * (n / (n - 1));
    if (variance <= 1e-13 * square)
        return UNDEFINED_NO_VARIANCE;
    out[0] = mean / sqrt(variance);
    return DEFINED;
}

/* Σw·sign(g)/Σw.
 * source  [F6] */
static enum undefined net_figures(const struct drawn_sums *sums, double *out)
{
    if (!(sums->w > 0))
        return UNDEFINED_TOO_FEW;
    out[0] = sums->x[1] / sums->w;
    return DEFINED;
}

/* What is added up besides the gap itself: whether it is one, its square, or its sign.
 * takes   step  of the scale, in its points */
static double beside_gap(unsigned kind, double gap, double step)
{
    double near = NEAR_ZERO * step;
    if (kind == KIND_EFFECT)
        return gap * gap;
    return kind == KIND_MEAN ? gap < -near : (gap > near) - (gap < -near);
}

/* Room for the sums of so many rows or cells.
 * fails   STATUS_MEMORY */
static enum status source_make(struct ctx *ctx, const struct resample_entry *entry, size_t rows, struct sum_source *out,
                               double **x)
{
    *x = arena_array(ctx->arena, GAP_COLUMNS * rows + 1, sizeof **x);
    static enum undefined (*const figures[KIND_COUNT])(const struct drawn_sums *, double *) = {mean_figures, effect_figures,
                                                                                               net_figures};
    *out = (struct sum_source){
        .rows = rows, .columns = GAP_COLUMNS, .x = *x, .figure_count = entry->count, .figures = figures[entry->of % KIND_COUNT]};
    return *x ? STATUS_OK : ctx_no_memory(ctx);
}

/* The tally of gaps as a count table. */
static enum status job_of_composite(struct ctx *ctx, const struct resample_entry *entry, const struct composite *composite,
                                    struct resample_job *out)
{
    struct sum_source source;
    double *x = NULL;
    uint64_t *counts = arena_array(ctx->arena, composite->cell_count + 1, sizeof *counts);
    enum status status = counts ? source_make(ctx, entry, composite->cell_count, &source, &x) : ctx_no_memory(ctx);
    if (status)
        return status;
    double step = decimal_to_double(composite->scale->step), unit = step / (double)composite->denominator;
    for (size_t c = 0; c < composite->cell_count; c++) {
        counts[c] = composite->cells[c].sum.n;
        x[c] = (double)composite->cells[c].gap * unit;
        x[composite->cell_count + c] = beside_gap(entry->of % KIND_COUNT, x[c], step);
    }
    status = resample_job_of_cells(ctx, &source, counts, out);
    out->respondents = composite->respondents;
    return status;
}

/* The gaps of the persons, one by one.
 * takes   step  of the scale */
static enum status job_of_persons(struct ctx *ctx, const struct measuring *measuring, const struct resample_entry *entry,
                                  double step, struct resample_job *out)
{
    const struct case_variable gap = {.of = (enum case_of)(entry->of / KIND_COUNT), .index = entry->index, .gap = true};
    struct case_matrix matrix;
    struct sum_source source;
    double *x = NULL;
    enum status status = case_matrix_make(ctx, measuring, &measuring->set->groups[entry->group], &gap, 1, &matrix);
    if (!status)
        status = source_make(ctx, entry, matrix.rows, &source, &x);
    for (size_t i = 0; i < matrix.rows && !status; i++) {
        x[i] = matrix.values[i];
        x[matrix.rows + i] = beside_gap(entry->of % KIND_COUNT, x[i], step);
    }
    return status ? status : resample_job_of_rows(ctx, &matrix, &source, out);
}

/* The tally that a table's row is made of. */
static enum status composite_find(struct ctx *ctx, const struct measuring *measuring, const struct resample_entry *entry,
                                  struct composite *out)
{
    const struct group *group = &measuring->set->groups[entry->group];
    const struct study *study = measuring->pairs->study;
    switch (entry->of / KIND_COUNT) {
    case CASE_ITEM:
        return composite_of_joint(
            ctx, &group->pairs[entry->index],
            study_asks(study, STANDARD_EXPECTATION, entry->index) && study_asks(study, STANDARD_PERCEPTION, entry->index), out);
    case CASE_DIMENSION:
        *out = group->dimensions[entry->index];
        return STATUS_OK;
    case CASE_OVERALL:
        *out = *group->overall;
        return STATUS_OK;
    default:
        *out = *group->items_mean;
        return STATUS_OK;
    }
}

/* Makes one entry ready.
 * source  [F25] */
static enum status gap_job_make(struct ctx *ctx, const struct measuring *measuring, const struct resample_entry *entry,
                                struct resample_job *out)
{
    struct composite composite;
    enum status status = composite_find(ctx, measuring, entry, &composite);
    if (status)
        return status;
    if (composite.blank) {
        *out = (struct resample_job){.blank = composite.blank, .respondents = composite.respondents};
        return STATUS_OK;
    }
    if (resample_by_cells(measuring))
        return job_of_composite(ctx, entry, &composite, out);
    return job_of_persons(ctx, measuring, entry, decimal_to_double(composite.scale->step), out);
}

/* Lists the entries of one row.
 * fails   STATUS_MEMORY */
static enum status row_list(struct ctx *ctx, struct resample_list *list, const struct resample_entry *about, enum case_of of)
{
    struct resample_entry entry = *about;
    entry.make = gap_job_make;
    entry.of = of * KIND_COUNT + KIND_MEAN;
    entry.statistics = mean_statistics;
    entry.count = 2;
    enum status status = resample_list_add(ctx, list, &entry);
    entry.of = of * KIND_COUNT + KIND_EFFECT;
    entry.statistics = effect_statistics;
    entry.count = 1;
    if (!status)
        status = resample_list_add(ctx, list, &entry);
    return status || of == CASE_ITEM ? status : difference_entry_add(ctx, list, about, of);
}

/* An entry without keys. */
static struct resample_entry entry_of(uint32_t group, uint32_t index)
{
    struct value none = value_blank(REASON_NOT_APPLICABLE);
    return (struct resample_entry){.item = none, .dimension = none, .standard = none, .group = group, .index = index};
}

enum status item_gap_resample(struct ctx *ctx, const struct measuring *measuring, uint32_t group, struct resample_list *list)
{
    const struct study *study = measuring->pairs->study;
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < study->item_count && !status; i++) {
        struct resample_entry entry = entry_of(group, i);
        entry.item = item_key(study, i);
        entry.dimension = dimension_key(study, study->items[i].dimension);
        status = row_list(ctx, list, &entry, CASE_ITEM);
    }
    return status;
}

enum status dimension_gap_resample(struct ctx *ctx, const struct measuring *measuring, uint32_t group, struct resample_list *list)
{
    const struct study *study = measuring->pairs->study;
    enum status status = STATUS_OK;
    for (uint32_t d = 0; d < study->dimension_count && !status; d++) {
        struct resample_entry entry = entry_of(group, d);
        entry.dimension = dimension_key(study, d);
        status = row_list(ctx, list, &entry, CASE_DIMENSION);
    }
    return status;
}

enum status overall_gap_resample(struct ctx *ctx, const struct measuring *measuring, uint32_t group, struct resample_list *list)
{
    (void)measuring;
    const struct resample_entry entry = entry_of(group, UINT32_MAX);
    return row_list(ctx, list, &entry, CASE_OVERALL);
}

enum status overall_item_gap_resample(struct ctx *ctx, const struct measuring *measuring, uint32_t group,
                                      struct resample_list *list)
{
    (void)measuring;
    const struct resample_entry entry = entry_of(group, UINT32_MAX);
    return row_list(ctx, list, &entry, CASE_ITEMS_MEAN);
}

enum status gap_bands_resample(struct ctx *ctx, const struct measuring *measuring, uint32_t group, struct resample_list *list)
{
    const struct study *study = measuring->pairs->study;
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < study->item_count && !status; i++) {
        struct resample_entry entry = entry_of(group, i);
        entry.item = item_key(study, i);
        entry.dimension = dimension_key(study, study->items[i].dimension);
        entry.make = gap_job_make;
        entry.of = CASE_ITEM * KIND_COUNT + KIND_NET;
        entry.statistics = net_statistics;
        entry.count = 1;
        status = resample_list_add(ctx, list, &entry);
    }
    return status;
}
