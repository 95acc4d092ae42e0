/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/index/index_panel.h"

#include <stdlib.h>

/* One answer beside who gave it. */
struct marked_answer {
    uint64_t mark;
    double value, weight;
};

/* By customer. */
static int answers_compare(const void *a, const void *b)
{
    const struct marked_answer *x = a, *y = b;
    return (x->mark > y->mark) - (x->mark < y->mark);
}

bool panel_is_known(const struct pairs *before, const struct pairs *now)
{
    if (!answers_are_named(before->answers) || !answers_are_named(now->answers))
        return false;
    return !(before->clustered || now->clustered || before->stratified || now->stratified || before->repeats || now->repeats);
}

/* What a row is worth in the unit of the figure. */
static double worth_of(const struct panel_rows *rows, size_t row)
{
    double number = number_at(&rows->numbers, row);
    if (!rows->top)
        return rows->factor * number;
    if (number >= rows->top[0] && number <= rows->top[1])
        return rows->factor;
    return rows->bottom && number >= rows->bottom[0] && number <= rows->bottom[1] ? -rows->factor : 0;
}

/* The weight of a row. */
static double weight_of(const struct panel_rows *rows, size_t row)
{
    return rows->weights.values ? number_at(&rows->weights, row) : 1;
}

/* The answers of a wave in the order of the customers' marks; NULL without memory. */
static struct marked_answer *answers_marked(struct ctx *ctx, const struct pairs *pairs, const struct panel_rows *rows)
{
    const struct answers *answers = pairs->answers;
    struct marked_answer *all = arena_array(ctx->arena, rows->rows + 1, sizeof *all);
    if (!all)
        return NULL;
    for (size_t i = 0; i < rows->rows; i++) {
        uint32_t respondent = answers_respondent_of(answers, rows->cases[i]);
        all[i] = (struct marked_answer){answers_respondent_mark(answers, respondent), worth_of(rows, i), weight_of(rows, i)};
    }
    qsort(all, rows->rows, sizeof *all, answers_compare);
    return all;
}

/* Sums over those who are in both: of weights, values and products of what is given less a centre.
 * takes   centre  [2]
 * gives   sums    [4] Σwv, Σwv(x − c₀), Σwv(y − c₁), Σwv(x − c₀)(y − c₁) */
static void both_sum(const struct marked_answer *a, size_t a_count, const struct marked_answer *b, size_t b_count,
                     const double centre[2], double sums[4])
{
    size_t i = 0, j = 0;
    sums[0] = sums[1] = sums[2] = sums[3] = 0;
    while (i < a_count && j < b_count) {
        if (a[i].mark != b[j].mark) {
            *(a[i].mark < b[j].mark ? &i : &j) += 1;
            continue;
        }
        double weight = a[i].weight * b[j].weight, x = a[i].value - centre[0], y = b[j].value - centre[1];
        sums[0] += weight;
        sums[1] += weight * x;
        sums[2] += weight * y;
        sums[3] += weight * x * y;
        i++;
        j++;
    }
}

/* The weights of a wave. */
static double weights_sum(const struct panel_rows *rows)
{
    double sum = 0;
    for (size_t i = 0; i < rows->rows; i++)
        sum += weight_of(rows, i);
    return sum;
}

enum status panel_covariance(struct ctx *ctx, const struct pairs *pairs_before, const struct panel_rows *before,
                             const struct pairs *pairs_now, const struct panel_rows *now, double *covariance)
{
    double centre[2] = {0, 0}, sums[4];
    *covariance = 0;
    const struct marked_answer *a = answers_marked(ctx, pairs_before, before), *b = answers_marked(ctx, pairs_now, now);
    if (!a || !b)
        return ctx_no_memory(ctx);
    both_sum(a, before->rows, b, now->rows, centre, sums);
    if (!(sums[0] > 0))
        return STATUS_OK;
    centre[0] = sums[1] / sums[0];
    centre[1] = sums[2] / sums[0];
    both_sum(a, before->rows, b, now->rows, centre, sums);
    *covariance = sums[3] / (weights_sum(before) * weights_sum(now));
    return STATUS_OK;
}
