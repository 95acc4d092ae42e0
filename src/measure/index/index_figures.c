/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/index/index_figures.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "numeric/distribution.h"

/* Are two groups about the same segment values? Numbers of values differ between files, their texts do not. */
static bool group_same(const struct pairs *pairs, const struct group_set *set, const struct group *group,
                       const struct pairs *other_pairs, const struct group *other)
{
    for (uint32_t s = 0; s < set->by.segment_count; s++) {
        const char *text = pairs_value_text(pairs, set, group, s), *other_text = pairs_value_text(other_pairs, set, other, s);
        if ((text == NULL) != (other_text == NULL) || (text && strcmp(text, other_text) != 0))
            return false;
    }
    return true;
}

/* The same group among the older answers, which are paired by the same plan; NULL when it had nobody. */
static const struct group *older_group(const struct measuring *measuring, uint32_t group, struct measuring *older)
{
    const struct pairs *pairs = measuring->pairs, *before = measuring->before;
    const struct group_set *set = &before->sets[measuring->set - pairs->sets];
    *older = *measuring;
    older->pairs = before;
    older->set = set;
    older->before = NULL;
    older->compared = NULL;
    for (uint32_t g = 0; g < set->group_count; g++) {
        if (group_same(pairs, measuring->set, &measuring->set->groups[group], before, &set->groups[g]))
            return &set->groups[g];
    }
    return NULL;
}

/* The quantile of a change in units of its error.
 * takes   df  0: the normal distribution */
static double change_quantile(double df, double tail)
{
    return df > 0 ? t_quantile_upper(tail, df) : normal_quantile_upper(tail);
}

/* Its two-sided p. */
static double change_p(double df, double t)
{
    return df > 0 ? t_two_sided(t, df) : normal_two_sided(t);
}

/* Welch's degrees of freedom, with customers in both the smaller; 0 when the figures take the normal distribution. */
static double change_df(const struct index_figure *before, const struct index_figure *now, double covariance)
{
    double a = before->se * before->se, b = now->se * now->se;
    if (!(before->df > 0 && now->df > 0))
        return 0;
    if (covariance != 0)
        return fmin(before->df, now->df);
    return (a + b) * (a + b) / (a * a / before->df + b * b / now->df);
}

/* Both figures exist: the change with its interval. */
static void change_fill(const struct measuring *measuring, const struct index_figure *before, const struct index_figure *now,
                        double covariance, struct value cells[CHANGE_COLUMNS])
{
    double sum = before->se * before->se + now->se * now->se, variance = sum - 2 * covariance;
    /* everybody changed by the same: what is left is rounding */
    double change = now->value - before->value, se = variance > 8 * DBL_EPSILON * sum ? sqrt(variance) : 0;
    enum reason test_blank = before->test_blank ? before->test_blank : now->test_blank;
    cells[CHANGE] = value_number(change);
    cells[CHANGE_SE] = value_number(se);
    if (!(se > 0))
        test_blank = REASON_NO_VARIANCE;
    if (test_blank) {
        values_blank(cells + CHANGE_LOW, CHANGE_COLUMNS - CHANGE_LOW, test_blank);
        return;
    }
    double df = change_df(before, now, covariance), half = se * change_quantile(df, (1 - measuring->confidence) / 2);
    cells[CHANGE_LOW] = value_number(fmax(change - half, -now->limit));
    cells[CHANGE_HIGH] = value_number(fmin(change + half, now->limit));
    cells[CHANGE_P] = value_number(change_p(df, change / se));
}

enum status index_change_find(struct ctx *ctx, const struct measuring *measuring, uint32_t group, const struct index_kind *kind,
                              struct value cells[CHANGE_COLUMNS], uint64_t *fewest)
{
    values_blank(cells, CHANGE_COLUMNS, REASON_NOT_APPLICABLE);
    if (!measuring->before)
        return STATUS_OK;
    struct measuring older;
    const struct group *there = older_group(measuring, group, &older);
    struct index_figure before = {.blank = REASON_NOT_APPLICABLE};
    enum status status = there ? kind->estimate(ctx, &older, there, kind->what, &before) : STATUS_OK;
    if (status || !there || !before.respondents)
        return status;
    if (before.blank || kind->now->blank) {
        values_blank(cells, CHANGE_COLUMNS, before.blank ? before.blank : kind->now->blank);
        return STATUS_OK;
    }
    double covariance = 0;
    if (panel_is_known(older.pairs, measuring->pairs))
        status = panel_covariance(ctx, older.pairs, &before.panel, measuring->pairs, &kind->now->panel, &covariance);
    change_fill(measuring, &before, kind->now, covariance, cells);
    if (before.respondents < *fewest)
        *fewest = before.respondents;
    return status;
}

enum status index_answers_find(struct ctx *ctx, const struct measuring *measuring, const struct group *group,
                               const struct case_variable *variable, struct index_answers *out)
{
    const struct case_wish wish = {.variables = variable, .count = 1, .with_cases = true};
    enum status status = case_matrix_pack(ctx, measuring, group, &wish, &out->matrix);
    out->mean = (struct case_mean){.undefined = UNDEFINED_TOO_FEW, .error = {.blank = REASON_TOO_FEW}};
    if (status || out->matrix.blank)
        return status;
    const struct case_figures figures = {.numbers = case_numbers(&out->matrix, 0)};
    return case_mean_of(ctx, measuring, &out->matrix, &figures, &out->mean);
}

/* 1 in a range, else 0. */
static double inside(const void *range, double number)
{
    const double *ends = range;
    return number >= ends[0] && number <= ends[1];
}

enum status index_share_find(struct ctx *ctx, const struct measuring *measuring, const struct case_matrix *matrix,
                             const double range[2], struct case_mean *out)
{
    *out = (struct case_mean){.undefined = UNDEFINED_TOO_FEW, .error = {.blank = REASON_TOO_FEW}};
    if (matrix->blank)
        return STATUS_OK;
    const struct case_figures figures = {.numbers = case_numbers(matrix, 0), .of = inside, .state = range};
    return case_mean_of(ctx, measuring, matrix, &figures, out);
}

struct panel_rows index_panel_of(const struct case_matrix *matrix, double factor, const double *top, const double *bottom)
{
    return (struct panel_rows){.rows = matrix->rows,
                               .cases = matrix->cases,
                               .weights = matrix->packed_weights,
                               .numbers = matrix->rows ? case_numbers(matrix, 0) : (struct number_column){.values = NULL},
                               .factor = factor,
                               .top = top,
                               .bottom = bottom};
}

void index_figure_of_mean(const struct index_answers *answers, double factor, double limit, struct index_figure *out)
{
    const struct case_mean *mean = &answers->mean;
    const struct case_matrix *matrix = &answers->matrix;
    *out = (struct index_figure){.blank = matrix->blank, .limit = limit, .respondents = matrix->respondents};
    if (!out->blank)
        out->blank = mean->undefined ? reason_of(mean->undefined) : mean->error.blank;
    if (out->blank)
        return;
    out->value = factor * mean->mean;
    out->se = fabs(factor) * mean->error.se;
    out->df = (double)mean->error.df;
    out->test_blank = mean->error.test_blank;
    out->panel = index_panel_of(matrix, factor, NULL, NULL);
}

enum status index_notes(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    enum status status = design_notes(ctx, measuring, table);
    if (status || !measuring->before)
        return status;
    if (panel_is_known(measuring->before, measuring->pairs))
        return table_add_note(ctx, table, "note.index.panel", NULL);
    status = table_add_note(ctx, table, "note.index.different", NULL);
    return status;
}
