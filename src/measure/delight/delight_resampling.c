/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/delight/delight_resampling.h"

#include <assert.h>

#include "measure/delight/zone_kinds.h"
#include "numeric/kano_class.h"

/* What is added up of Kano's answers: an indicator of each class, then the points of both answers. */
enum { FUNCTIONAL = KANO_CLASS_COUNT, DYSFUNCTIONAL, KANO_COLUMNS };

enum { KINDS_MOST = KANO_ANSWERS * KANO_ANSWERS };

/* Better and worse.
 * blank   nobody wants it or does not care -> UNDEFINED_NO_VARIANCE
 * source  [F41] */
static enum undefined effect_figures(const struct drawn_sums *sums, double *out)
{
    const double *x = sums->x;
    double all = x[KANO_ATTRACTIVE] + x[KANO_ONE_DIMENSIONAL] + x[KANO_MUST_BE] + x[KANO_INDIFFERENT];
    if (!(all > 0))
        return UNDEFINED_NO_VARIANCE;
    out[0] = (x[KANO_ATTRACTIVE] + x[KANO_ONE_DIMENSIONAL]) / all;
    out[1] = 0 - (x[KANO_ONE_DIMENSIONAL] + x[KANO_MUST_BE]) / all;
    return DEFINED;
}

/* The total strength and the means of the points.
 * source  [F41, F42] */
static enum undefined strength_figures(const struct drawn_sums *sums, double *out)
{
    const double *x = sums->x;
    if (!(sums->w > 0))
        return UNDEFINED_TOO_FEW;
    out[0] = (x[KANO_ATTRACTIVE] + x[KANO_ONE_DIMENSIONAL] + x[KANO_MUST_BE]) / sums->w;
    out[1] = x[FUNCTIONAL] / sums->w;
    out[2] = x[DYSFUNCTIONAL] / sums->w;
    return DEFINED;
}

/* The shares of delight, service and failure.
 * source  [F46] */
static enum undefined zone_figures(const struct drawn_sums *sums, double *out)
{
    if (!(sums->w > 0))
        return UNDEFINED_TOO_FEW;
    out[0] = sums->x[ZONE_DELIGHT] / sums->w;
    out[1] = sums->x[ZONE_SERVICE] / sums->w;
    out[2] = sums->x[ZONE_FAILURE] / sums->w;
    return DEFINED;
}

/* Rows that are sorted into kinds, each of which adds the same to the sums. */
struct sorted_rows {
    const struct case_matrix *matrix;
    const uint32_t *kinds; /* [matrix->rows] */
    uint32_t kind_count;   /* at most KINDS_MOST */
    size_t columns;
    void (*add)(uint32_t kind, double *line); /* writes what a row of the kind adds, [columns], which are 0 */
};

/* The count table of the kinds: all that a multinomial draw needs.
 * fails   STATUS_MEMORY */
static enum status job_of_kinds(struct ctx *ctx, const struct sorted_rows *rows, struct sum_source *source,
                                struct resample_job *out)
{
    uint64_t all[KINDS_MOST] = {0};
    assert(rows->kind_count <= KINDS_MOST);
    for (size_t i = 0; i < rows->matrix->rows; i++)
        all[rows->kinds[i]]++;
    source->rows = 0;
    for (uint32_t k = 0; k < rows->kind_count; k++)
        source->rows += all[k] > 0;
    double *x = arena_array(ctx->arena, source->rows * rows->columns + 1, sizeof *x);
    double *line = arena_array(ctx->arena, rows->columns, sizeof *line);
    uint64_t *counts = arena_array(ctx->arena, source->rows + 1, sizeof *counts);
    if (!x || !line || !counts)
        return ctx_no_memory(ctx);
    size_t row = 0;
    for (uint32_t k = 0; k < rows->kind_count; k++) {
        if (!all[k])
            continue;
        for (size_t c = 0; c < rows->columns; c++)
            line[c] = 0;
        rows->add(k, line);
        for (size_t c = 0; c < rows->columns; c++)
            x[c * source->rows + row] = line[c];
        counts[row++] = all[k];
    }
    source->x = x;
    enum status status = resample_job_of_cells(ctx, source, counts, out);
    out->respondents = rows->matrix->respondents;
    return status;
}

/* The rows one by one, for weights, clusters and strata.
 * fails   STATUS_MEMORY */
static enum status job_of_persons(struct ctx *ctx, const struct sorted_rows *rows, struct sum_source *source,
                                  struct resample_job *out)
{
    size_t n = rows->matrix->rows;
    double *x = arena_array(ctx->arena, n * rows->columns + 1, sizeof *x);
    double *line = arena_array(ctx->arena, rows->columns, sizeof *line);
    if (!x || !line)
        return ctx_no_memory(ctx);
    for (size_t i = 0; i < n; i++) {
        for (size_t c = 0; c < rows->columns; c++)
            line[c] = 0;
        rows->add(rows->kinds[i], line);
        for (size_t c = 0; c < rows->columns; c++)
            x[c * n + i] = line[c];
    }
    source->rows = n;
    source->x = x;
    return resample_job_of_rows(ctx, rows->matrix, source, out);
}

/* One pair of answers: its class, and its points. */
static void kano_add(uint32_t kind, double *line)
{
    unsigned there = kind / KANO_ANSWERS + 1, missing = kind % KANO_ANSWERS + 1;
    line[kano_cell(there, missing)] = 1;
    line[FUNCTIONAL] = kano_functional_points(there);
    line[DYSFUNCTIONAL] = kano_dysfunctional_points(missing);
}

/* One place against the zone. */
static void zone_add(uint32_t kind, double *line)
{
    line[kind] = 1;
}

/* Makes an entry of kano ready.
 * source  [F25] */
static enum status kano_job_make(struct ctx *ctx, const struct measuring *measuring, const struct resample_entry *entry,
                                 struct resample_job *out)
{
    const struct case_variable variables[] = {{.of = CASE_ITEM, .index = entry->index, .standard = STANDARD_FUNCTIONAL},
                                              {.of = CASE_ITEM, .index = entry->index, .standard = STANDARD_DYSFUNCTIONAL}};
    struct case_matrix matrix;
    enum status status = case_matrix_make(ctx, measuring, &measuring->set->groups[entry->group], variables, 2, &matrix);
    uint32_t *kinds = status ? NULL : arena_array(ctx->arena, matrix.rows + 1, sizeof *kinds);
    if (!kinds)
        return status ? status : ctx_no_memory(ctx);
    for (size_t i = 0; i < matrix.rows; i++)
        kinds[i] = (case_code(measuring, matrix.cases[i], STANDARD_FUNCTIONAL, entry->index) - 1) * KANO_ANSWERS +
                   case_code(measuring, matrix.cases[i], STANDARD_DYSFUNCTIONAL, entry->index) - 1;
    const struct sorted_rows rows = {
        .matrix = &matrix, .kinds = kinds, .kind_count = KINDS_MOST, .columns = KANO_COLUMNS, .add = kano_add};
    struct sum_source source = {
        .columns = KANO_COLUMNS, .figure_count = entry->count, .figures = entry->of ? strength_figures : effect_figures};
    return resample_by_cells(measuring) ? job_of_kinds(ctx, &rows, &source, out) : job_of_persons(ctx, &rows, &source, out);
}

/* Makes an entry of zone_delight ready: inverted answers are left out.
 * source  [F25] */
static enum status zone_job_make(struct ctx *ctx, const struct measuring *measuring, const struct resample_entry *entry,
                                 struct resample_job *out)
{
    struct case_variable variables[3];
    struct case_matrix all, *matrix = arena_alloc(ctx->arena, sizeof *matrix);
    zone_variables(entry->index, variables);
    enum status status = case_matrix_make(ctx, measuring, &measuring->set->groups[entry->group], variables, 3, &all);
    bool *keep = status ? NULL : arena_array(ctx->arena, all.rows + 1, sizeof *keep);
    uint32_t *kinds = status ? NULL : arena_array(ctx->arena, all.rows + 1, sizeof *kinds);
    if (!matrix || !keep || !kinds)
        return status ? status : ctx_no_memory(ctx);
    size_t kept = 0;
    for (size_t i = 0; i < all.rows; i++) {
        enum zone_kind kind = zone_kind_of(measuring, all.cases[i], entry->index);
        keep[i] = kind != ZONE_INVERTED;
        if (keep[i])
            kinds[kept++] = kind;
    }
    status = resample_matrix_keep(ctx, &all, keep, matrix);
    if (status)
        return status;
    matrix->respondents = all.respondents < kept ? all.respondents : kept;
    const struct sorted_rows rows = {
        .matrix = matrix, .kinds = kinds, .kind_count = ZONE_INVERTED, .columns = ZONE_INVERTED, .add = zone_add};
    struct sum_source source = {.columns = ZONE_INVERTED, .figure_count = entry->count, .figures = zone_figures};
    return resample_by_cells(measuring) ? job_of_kinds(ctx, &rows, &source, out) : job_of_persons(ctx, &rows, &source, out);
}

/* An entry about an item. */
static struct resample_entry entry_of(const struct study *study, uint32_t group, uint32_t item)
{
    return (struct resample_entry){.item = item_key(study, item),
                                   .dimension = dimension_key(study, study->items[item].dimension),
                                   .standard = value_blank(REASON_NOT_APPLICABLE),
                                   .group = group,
                                   .index = item};
}

enum status kano_resample(struct ctx *ctx, const struct measuring *measuring, uint32_t group, struct resample_list *list)
{
    static const char *const effect[] = {"better", "worse"};
    static const char *const strength[] = {"total_strength", "functional_mean", "dysfunctional_mean"};
    const struct study *study = measuring->pairs->study;
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < study->item_count && !status; i++) {
        if (!study_asks(study, STANDARD_FUNCTIONAL, i) || !study_asks(study, STANDARD_DYSFUNCTIONAL, i))
            continue;
        struct resample_entry entry = entry_of(study, group, i);
        entry.make = kano_job_make;
        entry.statistics = effect;
        entry.count = 2;
        status = resample_list_add(ctx, list, &entry);
        entry.statistics = strength;
        entry.count = 3;
        entry.of = 1;
        if (!status)
            status = resample_list_add(ctx, list, &entry);
    }
    return status;
}

enum status zone_delight_resample(struct ctx *ctx, const struct measuring *measuring, uint32_t group, struct resample_list *list)
{
    static const char *const shares[] = {"delight_share", "service_share", "failure_share"};
    const struct study *study = measuring->pairs->study;
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < study->item_count && !status; i++) {
        if (!study_asks(study, STANDARD_MINIMUM, i) || !study_asks(study, STANDARD_DESIRED, i) ||
            !study_asks(study, STANDARD_PERCEPTION, i))
            continue;
        struct resample_entry entry = entry_of(study, group, i);
        entry.make = zone_job_make;
        entry.statistics = shares;
        entry.count = 3;
        status = resample_list_add(ctx, list, &entry);
    }
    return status;
}
