/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/index/index_figures.h"

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

/* Welch's degrees of freedom; 0 when the figures take the normal distribution. */
static double change_df(const struct index_figure *before, const struct index_figure *now)
{
    double a = before->se * before->se, b = now->se * now->se;
    if (!(before->df > 0 && now->df > 0))
        return 0;
    return (a + b) * (a + b) / (a * a / before->df + b * b / now->df);
}

/* Both figures exist: the change with its interval. */
static void change_fill(const struct measuring *measuring, const struct index_figure *before, const struct index_figure *now,
                        struct value cells[CHANGE_COLUMNS])
{
    double change = now->value - before->value, se = sqrt(before->se * before->se + now->se * now->se);
    enum reason test_blank = before->test_blank ? before->test_blank : now->test_blank;
    cells[CHANGE] = value_number(change);
    cells[CHANGE_SE] = value_number(se);
    if (!(se > 0))
        test_blank = REASON_NO_VARIANCE;
    if (test_blank) {
        values_blank(cells + CHANGE_LOW, CHANGE_COLUMNS - CHANGE_LOW, test_blank);
        return;
    }
    double df = change_df(before, now), half = se * change_quantile(df, (1 - measuring->confidence) / 2);
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
    change_fill(measuring, &before, kind->now, cells);
    if (before.respondents < *fewest)
        *fewest = before.respondents;
    return STATUS_OK;
}

enum status index_answers_find(struct ctx *ctx, const struct measuring *measuring, const struct group *group,
                               const struct case_variable *variable, struct index_answers *out)
{
    enum status status = case_matrix_make(ctx, measuring, group, variable, 1, &out->matrix);
    return status ? status : case_mean_find(ctx, measuring, &out->matrix, out->matrix.values, &out->mean);
}

enum status index_share_find(struct ctx *ctx, const struct measuring *measuring, const struct case_matrix *matrix,
                             const double range[2], struct case_mean *out)
{
    double *inside = arena_array(ctx->arena, matrix->rows + 1, sizeof *inside);
    if (!inside)
        return ctx_no_memory(ctx);
    for (size_t i = 0; i < matrix->rows; i++)
        inside[i] = matrix->values[i] >= range[0] && matrix->values[i] <= range[1];
    return case_mean_find(ctx, measuring, matrix, inside, out);
}

struct index_figure index_figure_of_mean(const struct index_answers *answers, double factor, double limit)
{
    const struct case_mean *mean = &answers->mean;
    struct index_figure figure = {.blank = answers->matrix.blank, .limit = limit, .respondents = answers->matrix.respondents};
    if (!figure.blank)
        figure.blank = mean->undefined ? reason_of(mean->undefined) : mean->error.blank;
    if (figure.blank)
        return figure;
    figure.value = factor * mean->mean;
    figure.se = fabs(factor) * mean->error.se;
    figure.df = (double)mean->error.df;
    figure.test_blank = mean->error.test_blank;
    return figure;
}

enum status index_notes(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    enum status status = design_notes(ctx, measuring, table);
    if (!status && measuring->before)
        status = table_note(ctx, table,
                            "Changes are computed as between different people; if the same people answered both "
                            "times, their intervals are usually too wide.");
    return status;
}
