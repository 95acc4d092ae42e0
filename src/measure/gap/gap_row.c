/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/gap/gap_row.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "measure/mean_error.h"
#include "numeric/alpha.h"
#include "numeric/difference_reliability.h"
#include "numeric/effect_size.h"
#include "numeric/sign_test.h"
#include "numeric/tost.h"
#include "numeric/wilcoxon.h"

/* The exact sums of one row. */
struct gap_sums {
    struct exact_sums expectation, perception, gap; /* the first two without wwx, wwxx, which no figure of theirs needs */
    struct exact_pair_sums pair;
    struct weight_sum negative;
    uint64_t zero, positive;
    bool overflow;
};

/* Orders cells by their gap. */
static int cell_compare(const void *a, const void *b)
{
    const struct composite_cell *first = a, *second = b;
    return (first->gap > second->gap) - (first->gap < second->gap);
}

/* Merges neighbours with the same gap.
 * gives   how many are left */
static size_t cells_merge(struct composite_cell *cells, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (kept > 0 && cells[kept - 1].gap == cells[i].gap)
            weight_sum_add(&cells[kept - 1].sum, &cells[i].sum);
        else
            cells[kept++] = cells[i];
    }
    return kept;
}

/* Adds one cell of both answers to the composite's own sums. */
static void composite_add(struct composite *out, const struct joint_cell *cell)
{
    int64_t e = cell->code[0] - 1, p = cell->code[1] - 1;
    bool overflow = false;
    exact_product_add(&out->wee, cell->sum.w, e, e, &overflow);
    exact_product_add(&out->wpp, cell->sum.w, p, p, &overflow);
    exact_product_add(&out->wep, cell->sum.w, e, p, &overflow);
    out->we += cell->sum.w * e;
    out->wp += cell->sum.w * p;
    weight_sum_add(&out->all, &cell->sum);
    if (cell->code[0] == out->scale->steps)
        weight_sum_add(&out->ceiling, &cell->sum);
    if (overflow)
        out->blank = REASON_OVERFLOW;
}

enum status composite_of_joint(struct ctx *ctx, const struct joint *joint, bool asked, struct composite *out)
{
    *out = (struct composite){.blank = asked ? REASON_NONE : REASON_NOT_ASKED,
                              .scale = joint->scale,
                              .denominator = 1,
                              .item_count = 1,
                              .respondents = joint->respondents};
    memcpy(out->difference, joint->difference, sizeof out->difference);
    struct composite_cell *cells = arena_array(ctx->arena, joint->cell_count + 1, sizeof *cells);
    if (!cells)
        return ctx_no_memory(ctx);
    size_t count = 0;
    for (size_t i = 0; i < joint->cell_count; i++) {
        const struct joint_cell *cell = &joint->cells[i];
        if (cell->code[0] && cell->code[1]) {
            composite_add(out, cell);
            cells[count++] = (struct composite_cell){.gap = (int64_t)cell->code[1] - cell->code[0], .sum = cell->sum};
        } else if (cell->code[0]) {
            out->expectation_only += cell->sum.n;
        } else {
            out->perception_only += cell->sum.n;
        }
    }
    qsort(cells, count, sizeof *cells, cell_compare);
    out->cell_count = cells_merge(cells, count);
    out->cells = cells;
    return STATUS_OK;
}

double gap_margin(const struct scale *scale)
{
    return (decimal_to_double(scale->max) - decimal_to_double(scale->min)) / 12;
}

/* The sums of one side.
 * takes   wx, wxx  Σw·x and Σw·x² */
static struct exact_sums side_sums(const struct weight_sum *all, int128 wx, struct wide wxx)
{
    return (struct exact_sums){.n = all->n, .w = wide_from(all->w), .ww = wide_from(all->ww), .wx = wide_from(wx), .wxx = wxx};
}

/* Everything that is added up over the pairs of a row. */
static void gap_sums_find(const struct composite *composite, struct gap_sums *out)
{
    *out = (struct gap_sums){.overflow = false};
    for (size_t i = 0; i < composite->cell_count; i++) {
        const struct composite_cell *cell = &composite->cells[i];
        struct exact_weight weight = exact_weight_of(&cell->sum);
        exact_sums_add(&out->gap, &weight, cell->gap, &out->overflow);
        if (cell->gap < 0)
            weight_sum_add(&out->negative, &cell->sum);
        else if (cell->gap == 0)
            out->zero += cell->sum.n;
        else
            out->positive += cell->sum.n;
    }
    out->expectation = side_sums(&composite->all, composite->we, composite->wee);
    out->perception = side_sums(&composite->all, composite->wp, composite->wpp);
    out->pair = (struct exact_pair_sums){.n = composite->all.n,
                                         .w = out->gap.w,
                                         .ww = out->gap.ww,
                                         .wx = out->expectation.wx,
                                         .wy = out->perception.wx,
                                         .wxx = composite->wee,
                                         .wyy = composite->wpp,
                                         .wxy = composite->wep};
}

/* A mean and a standard deviation, each a number or its reason. */
static void put_moments(const struct exact_sums *sums, const struct exact_unit *unit, struct value *mean, struct value *deviation)
{
    double number = 0;
    enum undefined undefined = exact_mean(sums, unit, &number);
    *mean = value_of(undefined, number);
    undefined = exact_deviation(sums, unit, &number);
    *deviation = value_of(undefined, number);
}

/* Counts, means, standard deviations, correlation and shares. */
static void fill_description(const struct measuring *measuring, const struct composite *composite, const struct gap_sums *sums,
                             struct value *values)
{
    struct exact_unit score = score_unit(composite->scale, composite->denominator);
    struct exact_unit difference = difference_unit(composite->scale, composite->denominator);
    put_moments(&sums->expectation, &score, &values[GAP_MEAN_EXPECTATION], &values[GAP_SD_EXPECTATION]);
    put_moments(&sums->perception, &score, &values[GAP_MEAN_PERCEPTION], &values[GAP_SD_PERCEPTION]);
    put_moments(&sums->gap, &difference, &values[GAP_GAP], &values[GAP_SD_GAP]);
    values[GAP_N_NEGATIVE] = value_count(sums->negative.n);
    values[GAP_N_ZERO] = value_count(sums->zero);
    values[GAP_N_POSITIVE] = value_count(sums->positive);
    values[GAP_SHARE_SHORT] = share_of(&sums->negative, &composite->all);
    share_interval(measuring, &sums->negative, &composite->all, &composite->difference[1], &values[GAP_SHARE_SHORT_LOW]);
    values[GAP_CEILING_SHARE] = share_of(&composite->ceiling, &composite->all);
    double number = 0;
    enum undefined undefined = exact_correlation(&sums->pair, &number);
    values[GAP_R_EXPECTATION_PERCEPTION] = value_of(undefined, number);
    if (!measuring->pairs->plan->weighted)
        return;
    struct exact_weight all = exact_weight_of(&composite->all);
    undefined = exact_effective_count(&all, &number);
    values[GAP_N_EFF] = value_of(undefined, number);
}

/* How the gap goes with each of its sides: cov(g, P) = var P − cov(E, P), cov(g, E) = cov(E, P) − var E. */
static void fill_restriction(const struct composite *composite, const struct gap_sums *sums, struct value *values)
{
    bool overflow = false;
    struct exact_pair_sums with_expectation = sums->pair, with_perception = sums->pair;
    with_expectation.wy = with_perception.wx = sums->gap.wx;
    with_expectation.wyy = with_perception.wxx = sums->gap.wxx;
    with_expectation.wxy = wide_subtract(composite->wep, composite->wee, &overflow);
    with_perception.wxy = wide_subtract(composite->wpp, composite->wep, &overflow);
    double number = 0;
    enum undefined undefined = overflow ? UNDEFINED_OVERFLOW : exact_correlation(&with_expectation, &number);
    values[GAP_R_GAP_EXPECTATION] = value_of(undefined, number);
    undefined = overflow ? UNDEFINED_OVERFLOW : exact_correlation(&with_perception, &number);
    values[GAP_R_GAP_PERCEPTION] = value_of(undefined, number);
}

/* Standard error, interval, t test and the equivalence test, not yet adjusted. */
static void fill_test(const struct measuring *measuring, const struct composite *composite, const struct gap_sums *sums,
                      struct value *values)
{
    struct exact_unit unit = difference_unit(composite->scale, composite->denominator);
    struct mean_error error;
    mean_error_find(measuring, &sums->gap, &composite->difference[0], &unit, &error);
    double mean = values[GAP_GAP].number;
    struct mean_cells cells = mean_cells_of(mean, &error, measuring->confidence);
    values[GAP_SE] = cells.se;
    values[GAP_CI_LOW] = cells.low;
    values[GAP_CI_HIGH] = cells.high;
    values[GAP_T] = cells.t;
    values[GAP_DF] = cells.df;
    values[GAP_P] = cells.p;
    values[GAP_EQUIVALENCE_P] = cells.p;
    if (cells.p.kind != VALUE_NUMBER)
        return;
    struct equivalence equivalence;
    enum undefined undefined = equivalence_test(mean, error.se, (double)error.df, gap_margin(composite->scale), &equivalence);
    values[GAP_EQUIVALENCE_P] = value_of(undefined, undefined ? 0 : equivalence.p);
}

/* dz, gz and the interval of dz. */
static void fill_effect(const struct measuring *measuring, const struct composite *composite, struct value *values)
{
    struct value *dz = &values[GAP_DZ];
    struct exact_weight all = exact_weight_of(&composite->all);
    double n = 0;
    enum undefined undefined = exact_effective_count(&all, &n);
    struct effect_size effect = {0};
    if (!undefined && values[GAP_SD_GAP].kind == VALUE_BLANK)
        undefined = UNDEFINED_TOO_FEW;
    if (!undefined)
        undefined = effect_size(values[GAP_GAP].number, values[GAP_SD_GAP].number, n, measuring->confidence, &effect);
    *dz = value_of(undefined, effect.dz);
    values[GAP_GZ] = undefined ? *dz : value_of(effect.gz_undefined, effect.gz);
    struct value low = undefined ? *dz : value_of(effect.interval_undefined, effect.interval.low);
    struct value high = undefined ? *dz : value_of(effect.interval_undefined, effect.interval.high);
    enum reason design = undefined ? REASON_NONE : design_blank(measuring);
    values[GAP_DZ_LOW] = design ? value_blank(design) : low;
    values[GAP_DZ_HIGH] = design ? value_blank(design) : high;
}

/* Wilcoxon's and the sign test: counts of people, so neither weights nor clusters nor strata can be honoured. */
static enum status fill_rank_tests(struct ctx *ctx, const struct measuring *measuring, const struct composite *composite,
                                   const struct gap_sums *sums, struct value *values)
{
    if (composite->all.n < 2) {
        values[GAP_WILCOXON_Z] = values[GAP_WILCOXON_P] = values[GAP_SIGN_P] = value_blank(REASON_TOO_FEW);
        return STATUS_OK;
    }
    enum reason reason = measuring->pairs->plan->weighted ? REASON_WEIGHTED : design_blank(measuring);
    if (reason) {
        values[GAP_WILCOXON_Z] = values[GAP_WILCOXON_P] = values[GAP_SIGN_P] = value_blank(reason);
        return STATUS_OK;
    }
    struct difference_count *counts = arena_array(ctx->arena, composite->cell_count + 1, sizeof *counts);
    if (!counts)
        return ctx_no_memory(ctx);
    for (size_t i = 0; i < composite->cell_count; i++)
        counts[i] = (struct difference_count){.difference = composite->cells[i].gap, .count = composite->cells[i].sum.n};
    struct wilcoxon wilcoxon = {.undefined = UNDEFINED_TOO_FEW};
    enum undefined undefined = wilcoxon_signed_rank(counts, composite->cell_count, &wilcoxon);
    values[GAP_WILCOXON_P] = value_of(undefined, wilcoxon.p);
    values[GAP_WILCOXON_Z] = value_of(undefined ? undefined : wilcoxon.undefined, wilcoxon.z);
    values[GAP_SIGN_P] = value_number(sign_test(sums->positive, sums->negative.n));
    return STATUS_OK;
}

/* Alpha of a block, or the reason why it has none. */
static struct value block_alpha(const struct block *block, double confidence)
{
    if (!block)
        return value_blank(REASON_NOT_APPLICABLE);
    if (block->blank)
        return value_blank(block->blank);
    if (block->item_count < 2)
        return value_blank(REASON_ONE_ITEM);
    struct exact_block exact = exact_block_of(block);
    struct alpha alpha = {0};
    enum undefined undefined = cronbach_alpha(&exact, confidence, &alpha);
    return value_of(undefined, alpha.alpha);
}

/* The alpha of the gaps, and the reliability of the difference by Johns' formula. */
static void fill_reliability(const struct measuring *measuring, const struct gap_source *source, const struct gap_sums *sums,
                             struct value *values)
{
    if (source->one_item) {
        values[GAP_GAP_RELIABILITY] = values[GAP_DIFFERENCE_RELIABILITY] = value_blank(REASON_ONE_ITEM);
        return;
    }
    values[GAP_GAP_RELIABILITY] = block_alpha(source->gap, measuring->confidence);
    struct value first = block_alpha(source->expectation, measuring->confidence);
    struct value second = block_alpha(source->perception, measuring->confidence);
    values[GAP_DIFFERENCE_RELIABILITY] = first.kind == VALUE_BLANK ? first : second;
    if (first.kind == VALUE_BLANK || second.kind == VALUE_BLANK)
        return;
    struct exact_unit unit = difference_unit(source->composite->scale, source->composite->denominator);
    struct difference_parts parts = {.first_reliability = first.number, .second_reliability = second.number};
    double reliability = 0;
    enum undefined undefined = exact_variance(&sums->expectation, &unit, &parts.first_variance);
    if (!undefined)
        undefined = exact_variance(&sums->perception, &unit, &parts.second_variance);
    if (!undefined)
        undefined = exact_variance(&sums->gap, &unit, &parts.difference_variance);
    if (!undefined)
        undefined = difference_reliability(&parts, &reliability);
    values[GAP_DIFFERENCE_RELIABILITY] = value_of(undefined, reliability);
}

enum status gap_row_fill(struct ctx *ctx, const struct measuring *measuring, const struct gap_source *source,
                         struct value *values)
{
    const struct composite *composite = source->composite;
    if (composite->blank) {
        values_blank(values, GAP_COLUMN_COUNT, composite->blank);
        return STATUS_OK;
    }
    values_blank(values, GAP_COLUMN_COUNT, REASON_NO_PAIRS);
    values[GAP_N] = value_count(composite->all.n);
    values[GAP_N_EXPECTATION_ONLY] = value_count(composite->expectation_only);
    values[GAP_N_PERCEPTION_ONLY] = value_count(composite->perception_only);
    if (composite->all.n == 0) {
        values[GAP_N_NEGATIVE] = values[GAP_N_ZERO] = values[GAP_N_POSITIVE] = value_count(0);
        return STATUS_OK;
    }
    values[GAP_N_EFF] = value_blank(REASON_NOT_APPLICABLE);
    struct gap_sums sums;
    gap_sums_find(composite, &sums);
    if (sums.overflow) {
        values_blank(values, GAP_COLUMN_COUNT, REASON_OVERFLOW);
        return STATUS_OK;
    }
    fill_description(measuring, composite, &sums, values);
    fill_restriction(composite, &sums, values);
    fill_test(measuring, composite, &sums, values);
    fill_effect(measuring, composite, values);
    fill_reliability(measuring, source, &sums, values);
    return fill_rank_tests(ctx, measuring, composite, &sums, values);
}
