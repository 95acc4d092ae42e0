/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/part_difference.h"

#include "measure/case_error.h"
#include "numeric/welch.h"

/* Sums over one part. */
struct part_sums {
    double w, wx, squares; /* Σw, Σwx, Σw(x − x̄)² */
};

/* The weight of a row; 1 in a study without weights. */
static double weight_of(const struct case_matrix *matrix, size_t row)
{
    return matrix->weights ? matrix->weights[row] : 1;
}

/* The means of both parts, and how far their answers lie from them.
 * takes   sums  [0] rest, [1] first, zeroed */
static void parts_sum(const struct case_matrix *matrix, const double *values, const double *part, struct part_sums sums[2],
                      struct part_mean *means[2])
{
    for (size_t i = 0; i < matrix->rows; i++) {
        struct part_sums *of = &sums[part[i] > 0];
        of->w += weight_of(matrix, i);
        of->wx += weight_of(matrix, i) * values[i];
        means[part[i] > 0]->n++;
    }
    for (unsigned p = 0; p < 2; p++)
        means[p]->mean = means[p]->n ? sums[p].wx / sums[p].w : 0;
    for (size_t i = 0; i < matrix->rows; i++) {
        double off = values[i] - means[part[i] > 0]->mean;
        sums[part[i] > 0].squares += weight_of(matrix, i) * off * off;
    }
}

/* Distinct respondents of both parts. */
static enum status respondents_count(struct ctx *ctx, const struct measuring *measuring, const struct case_matrix *matrix,
                                     const double *part, struct part_mean *means[2])
{
    bool *counts = arena_array(ctx->arena, matrix->rows + 1, sizeof *counts);
    enum status status = counts ? STATUS_OK : ctx_no_memory(ctx);
    for (unsigned p = 0; p < 2 && !status; p++) {
        for (size_t i = 0; i < matrix->rows; i++)
            counts[i] = (part[i] > 0) == (p == 1);
        status = case_respondents(ctx, measuring, matrix, counts, &means[p]->respondents);
    }
    return status;
}

/* The error where every answer stands alone and counts as one.
 * source  Welch 1947   [F27] */
static void plain_error(const struct part_sums sums[2], struct part_difference *out)
{
    const struct part_mean *means[2] = {&out->rest, &out->first};
    struct mean_estimate estimates[2];
    struct mean_comparison found;
    for (unsigned p = 0; p < 2; p++) {
        double n = (double)means[p]->n;
        if (means[p]->n < 2) {
            out->error_blank = REASON_TOO_FEW;
            return;
        }
        estimates[p] = (struct mean_estimate){.mean = means[p]->mean, .variance = sums[p].squares / (n * (n - 1)), .df = n - 1};
    }
    enum undefined undefined = welch_t_test(&estimates[0], &estimates[1], 0.5, &found);
    if (undefined) {
        out->error_blank = reason_of(undefined);
        return;
    }
    out->se = found.se;
    out->df = found.df;
}

/* The error by design, from what each row adds to the difference.
 * source  Lumley 2004   [F20]
 * fails   STATUS_MEMORY */
static enum status design_error(struct ctx *ctx, const struct measuring *measuring, const struct case_matrix *matrix,
                                const struct part_sums sums[2], const double *influences, struct part_difference *out)
{
    struct mean_error error;
    enum status status = case_error_find(ctx, measuring, matrix, influences, &error);
    if (status)
        return status;
    out->error_blank = error.blank;
    if (!out->error_blank && (out->first.n < 2 || out->rest.n < 2))
        out->error_blank = REASON_TOO_FEW;
    if (!out->error_blank && sums[0].squares + sums[1].squares <= 0)
        out->error_blank = REASON_NO_VARIANCE;
    out->se = error.se;
    out->df = (double)error.df;
    out->test_blank = error.test_blank;
    return STATUS_OK;
}

/* What each row adds to the difference of the means.
 * gives   [rows]; NULL without memory */
static double *influences_make(struct ctx *ctx, const struct case_matrix *matrix, const double *values, const double *part,
                               const struct part_sums sums[2])
{
    double *influences = arena_array(ctx->arena, matrix->rows + 1, sizeof *influences);
    for (size_t i = 0; i < matrix->rows && influences; i++) {
        const struct part_sums *of = &sums[part[i] > 0];
        double off = weight_of(matrix, i) * (values[i] - of->wx / of->w) / of->w;
        influences[i] = part[i] > 0 ? off : -off;
    }
    return influences;
}

enum status part_difference_find(struct ctx *ctx, const struct measuring *measuring, const struct case_matrix *matrix,
                                 const double *values, const double *part, struct part_difference *out)
{
    struct part_sums sums[2] = {{0}};
    *out = (struct part_difference){.blank = REASON_NONE};
    struct part_mean *means[2] = {&out->rest, &out->first};
    parts_sum(matrix, values, part, sums, means);
    enum status status = respondents_count(ctx, measuring, matrix, part, means);
    if (status)
        return status;
    if (!out->first.n || !out->rest.n) {
        out->blank = out->error_blank = REASON_TOO_FEW;
        return STATUS_OK;
    }
    out->difference = out->first.mean - out->rest.mean;
    if (!matrix->weights && !matrix->units && !matrix->strata) {
        plain_error(sums, out);
        return STATUS_OK;
    }
    const double *influences = influences_make(ctx, matrix, values, part, sums);
    return influences ? design_error(ctx, measuring, matrix, sums, influences, out) : ctx_no_memory(ctx);
}

/* The test of the difference, or why there is none. */
static enum reason test_find(const struct part_difference *found, double confidence, struct paired_t *test)
{
    enum undefined undefined = paired_t_test(found->difference, found->se, found->df, confidence, test);
    return undefined ? reason_of(undefined) : REASON_NONE;
}

struct part_cells part_cells_of(const struct part_difference *found, double confidence)
{
    struct part_cells cells;
    struct paired_t test = {0};
    enum reason blank = found->blank ? found->blank : found->error_blank;
    cells.mean_first = found->first.n ? value_number(found->first.mean) : value_blank(REASON_TOO_FEW);
    cells.mean_rest = found->rest.n ? value_number(found->rest.mean) : value_blank(REASON_TOO_FEW);
    cells.difference = found->blank ? value_blank(found->blank) : value_number(found->difference);
    cells.se = blank ? value_blank(blank) : value_number(found->se);
    cells.df = blank ? value_blank(blank) : value_number(found->df);
    if (!blank)
        blank = test_find(found, confidence, &test);
    cells.low = blank ? value_blank(blank) : value_number(test.interval.low);
    cells.high = blank ? value_blank(blank) : value_number(test.interval.high);
    blank = blank ? blank : found->test_blank;
    cells.p = blank ? value_blank(blank) : value_number(test.p);
    return cells;
}

uint64_t part_support(const struct part_difference *found, uint64_t others)
{
    uint64_t least = found->first.respondents < found->rest.respondents ? found->first.respondents : found->rest.respondents;
    return others && others < least ? others : least;
}

enum status part_others(struct ctx *ctx, const struct measuring *measuring, const struct case_variable *variable,
                        bool (*in_part)(const struct measuring *measuring, uint32_t encounter), uint64_t *out)
{
    struct case_matrix all;
    *out = 0;
    enum status status = case_matrix_make(ctx, measuring, &measuring->set->groups[0], variable, 1, &all);
    bool *counts = arena_array(ctx->arena, all.rows + 1, sizeof *counts);
    if (!status && !counts)
        status = ctx_no_memory(ctx);
    for (size_t i = 0; i < all.rows && !status; i++)
        counts[i] = !in_part(measuring, all.cases[i]);
    return status ? status : case_respondents(ctx, measuring, &all, counts, out);
}

/* What the adjusted p says of one row. */
static struct value verdict_of(const struct value *p, const struct value *difference, double confidence)
{
    if (p->kind != VALUE_NUMBER)
        return *p;
    if (p->number >= 1 - confidence)
        return value_text("undecided");
    return value_text(difference->number > 0 ? "higher" : "lower");
}

void part_verdicts_fill(const struct measuring *measuring, struct table *table, uint32_t p, uint32_t difference, uint32_t verdict)
{
    for (uint32_t r = 0; r < table->row_count; r++) {
        struct value *values = table->rows[r].values;
        values[verdict] = verdict_of(&values[p], &values[difference], measuring->confidence);
    }
}
