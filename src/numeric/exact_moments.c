/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/exact_moments.h"

#include <assert.h>

/* Rounded once, when everything has been brought over one denominator. */
struct fraction {
    struct wide numerator, denominator;
};

/* a². */
static struct wide square(struct wide a, bool *overflow)
{
    return wide_multiply(a, a, overflow);
}

/* a × factor. */
static struct wide scaled(struct wide a, int64_t factor, bool *overflow)
{
    return wide_multiply(a, wide_from(factor), overflow);
}

void exact_product_add(struct wide *target, int128 weight, int64_t x, int64_t y, bool *overflow)
{
    int128 xy = (int128)x * y, product;
    if (__builtin_mul_overflow(weight, xy, &product))
        *target = wide_add(*target, wide_multiply(wide_from(weight), wide_from(xy), overflow), overflow);
    else
        wide_increase(target, product, overflow);
}

void exact_sums_add(struct exact_sums *sums, const struct exact_weight *weight, int64_t x, bool *overflow)
{
    *overflow |= __builtin_add_overflow(sums->n, weight->n, &sums->n);
    wide_increase(&sums->w, weight->w, overflow);
    wide_increase(&sums->ww, weight->ww, overflow);
    exact_product_add(&sums->wx, weight->w, x, 1, overflow);
    exact_product_add(&sums->wxx, weight->w, x, x, overflow);
    exact_product_add(&sums->wwx, weight->ww, x, 1, overflow);
    exact_product_add(&sums->wwxx, weight->ww, x, x, overflow);
}

void exact_pair_sums_add(struct exact_pair_sums *sums, const struct exact_weight *weight, int64_t x, int64_t y, bool *overflow)
{
    *overflow |= __builtin_add_overflow(sums->n, weight->n, &sums->n);
    wide_increase(&sums->w, weight->w, overflow);
    wide_increase(&sums->ww, weight->ww, overflow);
    exact_product_add(&sums->wx, weight->w, x, 1, overflow);
    exact_product_add(&sums->wy, weight->w, y, 1, overflow);
    exact_product_add(&sums->wxx, weight->w, x, x, overflow);
    exact_product_add(&sums->wyy, weight->w, y, y, overflow);
    exact_product_add(&sums->wxy, weight->w, x, y, overflow);
}

/* Multiplies by one step of the unit, step/divisor. */
static void fraction_scale(struct fraction *value, const struct exact_unit *unit, bool *overflow)
{
    assert(unit->step.units > 0 && unit->divisor > 0);
    value->numerator = scaled(value->numerator, unit->step.units, overflow);
    value->denominator = scaled(value->denominator, unit->divisor, overflow);
    value->denominator = wide_multiply(value->denominator, wide_ten_to(unit->step.places, overflow), overflow);
}

/* The one rounding. */
static enum undefined fraction_round(const struct fraction *value, bool overflow, double *out)
{
    if (overflow)
        return UNDEFINED_OVERFLOW;
    *out = wide_ratio(value->numerator, value->denominator);
    return DEFINED;
}

/* The one rounding, of its square root. */
static enum undefined fraction_root(const struct fraction *value, bool overflow, double *out)
{
    if (overflow)
        return UNDEFINED_OVERFLOW;
    *out = wide_ratio_root(value->numerator, value->denominator);
    return DEFINED;
}

/* Σw·Σwxy − Σwx·Σwy, the covariance without its denominator. */
static struct wide cross_moment(struct wide w, struct wide wxy, struct wide wx, struct wide wy, bool *overflow)
{
    return wide_subtract(wide_multiply(w, wxy, overflow), wide_multiply(wx, wy, overflow), overflow);
}

/* (Σw)² − Σw², the denominator; zero when there are no two observations with a weight. */
static struct wide freedom(struct wide w, struct wide ww, bool *overflow)
{
    return wide_subtract(square(w, overflow), ww, overflow);
}

enum undefined exact_mean(const struct exact_sums *sums, const struct exact_unit *unit, double *out)
{
    if (wide_sign(sums->w) <= 0)
        return UNDEFINED_TOO_FEW;
    bool overflow = false;
    struct fraction mean = {sums->wx, sums->w};
    fraction_scale(&mean, unit, &overflow);
    struct wide origin_ten = wide_ten_to(unit->origin.places, &overflow);
    struct wide origin = scaled(mean.denominator, unit->origin.units, &overflow);
    mean.numerator = wide_add(wide_multiply(mean.numerator, origin_ten, &overflow), origin, &overflow);
    mean.denominator = wide_multiply(mean.denominator, origin_ten, &overflow);
    return fraction_round(&mean, overflow, out);
}

/* The variance as one fraction. */
static enum undefined variance_fraction(const struct exact_sums *sums, const struct exact_unit *unit, struct fraction *out,
                                        bool *overflow)
{
    out->numerator = cross_moment(sums->w, sums->wxx, sums->wx, sums->wx, overflow);
    out->denominator = freedom(sums->w, sums->ww, overflow);
    if (!*overflow && (sums->n < 2 || wide_sign(out->denominator) <= 0))
        return UNDEFINED_TOO_FEW;
    fraction_scale(out, unit, overflow);
    fraction_scale(out, unit, overflow);
    return DEFINED;
}

enum undefined exact_variance(const struct exact_sums *sums, const struct exact_unit *unit, double *out)
{
    bool overflow = false;
    struct fraction variance;
    enum undefined undefined = variance_fraction(sums, unit, &variance, &overflow);
    return undefined == DEFINED ? fraction_round(&variance, overflow, out) : undefined;
}

enum undefined exact_deviation(const struct exact_sums *sums, const struct exact_unit *unit, double *out)
{
    bool overflow = false;
    struct fraction variance;
    enum undefined undefined = variance_fraction(sums, unit, &variance, &overflow);
    return undefined == DEFINED ? fraction_root(&variance, overflow, out) : undefined;
}

enum undefined exact_effective_count(const struct exact_weight *weight, double *out)
{
    if (weight->w <= 0 || weight->ww <= 0)
        return UNDEFINED_TOO_FEW;
    bool overflow = false;
    struct fraction count = {square(wide_from(weight->w), &overflow), wide_from(weight->ww)};
    return fraction_round(&count, overflow, out);
}

/* The root of  m/(m−1) × (b² aa − 2ab ab + a² bb) / b⁴  in the unit: the standard error of a/b. */
static enum undefined ratio_error(const struct exact_cluster_sums *sums, const struct exact_unit *unit, double *out)
{
    if (sums->clusters < 2 || wide_sign(sums->b) <= 0)
        return UNDEFINED_TOO_FEW;
    bool overflow = false;
    struct wide a2 = square(sums->a, &overflow), b2 = square(sums->b, &overflow);
    struct wide mixed = scaled(wide_multiply(sums->a, sums->b, &overflow), 2, &overflow);
    struct fraction error;
    error.numerator = wide_subtract(wide_multiply(b2, sums->aa, &overflow), wide_multiply(mixed, sums->ab, &overflow), &overflow);
    error.numerator = wide_add(error.numerator, wide_multiply(a2, sums->bb, &overflow), &overflow);
    error.numerator = wide_multiply(error.numerator, wide_from((int128)sums->clusters), &overflow);
    error.denominator = wide_multiply(square(b2, &overflow), wide_from((int128)sums->clusters - 1), &overflow);
    fraction_scale(&error, unit, &overflow);
    fraction_scale(&error, unit, &overflow);
    return fraction_root(&error, overflow, out);
}

enum undefined exact_linearised_error(const struct exact_sums *sums, uint64_t design_count, const struct exact_unit *unit,
                                      double *out)
{
    assert(design_count >= sums->n);
    /* Each observation is a cluster of its own. */
    struct exact_cluster_sums single = {design_count, sums->wx, sums->w, sums->wwxx, sums->wwx, sums->ww};
    return ratio_error(&single, unit, out);
}

enum undefined exact_clustered_error(const struct exact_cluster_sums *sums, const struct exact_unit *unit, double *out)
{
    return ratio_error(sums, unit, out);
}

/* m Σ_c x_c y_c − Σ_c x_c Σ_c y_c over the clusters of a stratum. */
static struct wide stratum_moment(uint64_t clusters, struct wide xy, struct wide x, struct wide y, bool *overflow)
{
    struct wide whole = wide_multiply(xy, wide_from((int128)clusters), overflow);
    return wide_subtract(whole, wide_multiply(x, y, overflow), overflow);
}

/* (B² (m aa − a²) − 2AB (m ab − ab) + A² (m bb − b²)) / ((m−1) B⁴). */
enum undefined exact_stratum_variance(const struct exact_cluster_sums *mean, const struct exact_cluster_sums *stratum,
                                      const struct exact_unit *unit, double *out)
{
    uint64_t m = stratum->clusters;
    if (m < 2 || wide_sign(mean->b) <= 0)
        return UNDEFINED_TOO_FEW;
    bool overflow = false;
    struct wide a2 = square(mean->a, &overflow), b2 = square(mean->b, &overflow);
    struct wide mixed = scaled(wide_multiply(mean->a, mean->b, &overflow), 2, &overflow);
    struct wide aa = stratum_moment(m, stratum->aa, stratum->a, stratum->a, &overflow);
    struct wide ab = stratum_moment(m, stratum->ab, stratum->a, stratum->b, &overflow);
    struct wide bb = stratum_moment(m, stratum->bb, stratum->b, stratum->b, &overflow);
    struct fraction part;
    part.numerator = wide_subtract(wide_multiply(b2, aa, &overflow), wide_multiply(mixed, ab, &overflow), &overflow);
    part.numerator = wide_add(part.numerator, wide_multiply(a2, bb, &overflow), &overflow);
    part.denominator = wide_multiply(square(b2, &overflow), wide_from((int128)m - 1), &overflow);
    fraction_scale(&part, unit, &overflow);
    fraction_scale(&part, unit, &overflow);
    return fraction_round(&part, overflow, out);
}

enum undefined exact_covariance(const struct exact_pair_sums *sums, const struct exact_unit *unit_x,
                                const struct exact_unit *unit_y, double *out)
{
    bool overflow = false;
    struct fraction covariance = {cross_moment(sums->w, sums->wxy, sums->wx, sums->wy, &overflow),
                                  freedom(sums->w, sums->ww, &overflow)};
    if (!overflow && (sums->n < 2 || wide_sign(covariance.denominator) <= 0))
        return UNDEFINED_TOO_FEW;
    fraction_scale(&covariance, unit_x, &overflow);
    fraction_scale(&covariance, unit_y, &overflow);
    return fraction_round(&covariance, overflow, out);
}

double exact_moment_correlation(struct wide xy, struct wide xx, struct wide yy)
{
    assert(wide_sign(xx) > 0 && wide_sign(yy) > 0);
    bool overflow = false;
    struct wide above = square(xy, &overflow), below = wide_multiply(xx, yy, &overflow);
    /* Where the square does not fit, two roundings more. */
    double r = overflow ? wide_ratio(xy, xx) * wide_ratio_root(xx, yy) : wide_ratio_root(above, below) * wide_sign(xy);
    return r > 1 ? 1 : r < -1 ? -1 : r;
}

enum undefined exact_correlation(const struct exact_pair_sums *sums, double *out)
{
    bool overflow = false;
    struct wide xy = cross_moment(sums->w, sums->wxy, sums->wx, sums->wy, &overflow);
    struct wide xx = cross_moment(sums->w, sums->wxx, sums->wx, sums->wx, &overflow);
    struct wide yy = cross_moment(sums->w, sums->wyy, sums->wy, sums->wy, &overflow);
    struct wide denominator = freedom(sums->w, sums->ww, &overflow);
    if (overflow)
        return UNDEFINED_OVERFLOW;
    if (sums->n < 2 || wide_sign(denominator) <= 0)
        return UNDEFINED_TOO_FEW;
    if (wide_sign(xx) == 0 || wide_sign(yy) == 0)
        return UNDEFINED_NO_VARIANCE;
    *out = exact_moment_correlation(xy, xx, yy);
    return DEFINED;
}

struct wide exact_block_moment(const struct exact_block *block, size_t i, size_t j, bool *overflow)
{
    return cross_moment(wide_from(block->all.w), wide_from(block->products[i * block->count + j]), wide_from(block->sums[i]),
                        wide_from(block->sums[j]), overflow);
}

/* Σ over all variables of their sums. */
static struct wide sum_of_sums(const struct exact_block *block, bool *overflow)
{
    struct wide sum = wide_from(0);
    for (size_t j = 0; j < block->count; j++)
        sum = wide_add(sum, wide_from(block->sums[j]), overflow);
    return sum;
}

/* Σ over all variables j of the products of i with j. */
static struct wide sum_of_products(const struct exact_block *block, size_t i, bool *overflow)
{
    struct wide sum = wide_from(0);
    for (size_t j = 0; j < block->count; j++)
        sum = wide_add(sum, wide_from(block->products[i * block->count + j]), overflow);
    return sum;
}

struct wide exact_block_moment_total(const struct exact_block *block, size_t i, bool *overflow)
{
    return cross_moment(wide_from(block->all.w), sum_of_products(block, i, overflow), wide_from(block->sums[i]),
                        sum_of_sums(block, overflow), overflow);
}

struct wide exact_block_total(const struct exact_block *block, bool *overflow)
{
    struct wide products = wide_from(0), sums = sum_of_sums(block, overflow);
    for (size_t i = 0; i < block->count; i++)
        products = wide_add(products, sum_of_products(block, i, overflow), overflow);
    return cross_moment(wide_from(block->all.w), products, sums, sums, overflow);
}

bool exact_block_too_few(const struct exact_block *block)
{
    bool overflow = false;
    struct wide denominator = freedom(wide_from(block->all.w), wide_from(block->all.ww), &overflow);
    return block->all.n < 2 || wide_sign(denominator) <= 0;
}

enum undefined exact_covariance_matrix(const struct exact_block *block, const struct exact_unit *unit, double *out)
{
    if (exact_block_too_few(block))
        return UNDEFINED_TOO_FEW;
    bool overflow = false;
    struct wide denominator = freedom(wide_from(block->all.w), wide_from(block->all.ww), &overflow);
    for (size_t i = 0; i < block->count; i++) {
        for (size_t j = 0; j <= i; j++) {
            struct fraction covariance = {exact_block_moment(block, i, j, &overflow), denominator};
            fraction_scale(&covariance, unit, &overflow);
            fraction_scale(&covariance, unit, &overflow);
            if (fraction_round(&covariance, overflow, &out[i * block->count + j]) != DEFINED)
                return UNDEFINED_OVERFLOW;
            out[j * block->count + i] = out[i * block->count + j];
        }
    }
    return DEFINED;
}
