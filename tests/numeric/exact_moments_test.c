/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/exact_moments.h"

#include <gmp.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/chance.h"
#include "support/digits.h"
#include "support/integer_answers.h"

enum { DATA_SETS = 100000, OBSERVATIONS_MAX = 12 };

static const uint64_t seed = 20261122;

/* One drawn data set: x and y from −10 … 10 (or wide ones), weights 1 or drawn, and a unit. */
struct drawn {
    size_t n;
    bool weighted;
    int64_t x[OBSERVATIONS_MAX], y[OBSERVATIONS_MAX], w[OBSERVATIONS_MAX];
    struct exact_unit unit;
};

static int64_t draw_below(uint64_t stream, uint64_t *index, uint64_t count)
{
    return (int64_t)chance_below(seed, stream, (*index)++, count);
}

static void draw(uint64_t stream, struct drawn *d)
{
    uint64_t index = 0;
    d->n = 1 + (size_t)draw_below(stream, &index, OBSERVATIONS_MAX);
    d->weighted = stream % 3 == 0;
    bool wide = stream % 7 == 0, constant = stream % 11 == 0;
    for (size_t i = 0; i < d->n; i++) {
        d->x[i] = wide ? draw_below(stream, &index, 1u << 30) - (1 << 29) : draw_below(stream, &index, 21) - 10;
        d->y[i] = wide ? draw_below(stream, &index, 1u << 30) - (1 << 29) : draw_below(stream, &index, 7);
        /* weights as they are held, in units of 2^-40, below 2^22 */
        d->w[i] = d->weighted ? 1 + draw_below(stream, &index, (uint64_t)1 << (20 + draw_below(stream, &index, 42))) : 1;
        if (constant)
            d->x[i] = d->x[0];
    }
    d->unit.step = (struct decimal){1 + draw_below(stream, &index, 250), (unsigned)draw_below(stream, &index, 4)};
    d->unit.origin = (struct decimal){draw_below(stream, &index, 2001) - 1000, (unsigned)draw_below(stream, &index, 4)};
    d->unit.divisor = stream % 2 == 0 ? 1 : 1 + draw_below(stream, &index, 27720);
}

/* An exact fraction that need not be in lowest terms. */
struct quotient {
    mpz_t above, below;
};

/* The integers of the reference and room for them, made once: a fraction of libgmp's own, brought to lowest terms at each
 * step, would take a minute. */
struct reference {
    struct quotient mean, gap, variance, covariance, error2; /* error2: the squared linearised error, m = n */
    mpz_t common;                                            /* values are integers over this denominator */
    mpz_t vx[OBSERVATIONS_MAX], vy[OBSERVATIONS_MAX];
    mpz_t w, ww, sx, sy, dx, dy, scratch;
};

static struct reference *reference_create(void)
{
    static struct reference r;
    struct quotient *quotients[] = {&r.mean, &r.gap, &r.variance, &r.covariance, &r.error2};
    for (size_t i = 0; i < 5; i++)
        mpz_inits(quotients[i]->above, quotients[i]->below, NULL);
    for (size_t i = 0; i < OBSERVATIONS_MAX; i++)
        mpz_inits(r.vx[i], r.vy[i], NULL);
    mpz_inits(r.common, r.w, r.ww, r.sx, r.sy, r.dx, r.dy, r.scratch, NULL);
    return &r;
}

static void reference_destroy(struct reference *r)
{
    struct quotient *quotients[] = {&r->mean, &r->gap, &r->variance, &r->covariance, &r->error2};
    for (size_t i = 0; i < 5; i++)
        mpz_clears(quotients[i]->above, quotients[i]->below, NULL);
    for (size_t i = 0; i < OBSERVATIONS_MAX; i++)
        mpz_clears(r->vx[i], r->vy[i], NULL);
    mpz_clears(r->common, r->w, r->ww, r->sx, r->sy, r->dx, r->dy, r->scratch, NULL);
}

/* The double nearest to an exact fraction, ties to even: from 64 bits of the quotient and whether there is a rest. */
static double nearest_double(const struct quotient *value)
{
    if (mpz_sgn(value->above) == 0)
        return 0;
    mpz_t quotient, rest, above, below;
    mpz_inits(quotient, rest, above, below, NULL);
    mpz_abs(above, value->above);
    mpz_set(below, value->below);
    long shift = 64 - ((long)mpz_sizeinbase(above, 2) - (long)mpz_sizeinbase(below, 2));
    if (shift > 0)
        mpz_mul_2exp(above, above, (mp_bitcnt_t)shift);
    else
        mpz_mul_2exp(below, below, (mp_bitcnt_t)-shift);
    mpz_tdiv_qr(quotient, rest, above, below);
    size_t bits = mpz_sizeinbase(quotient, 2), drop = bits - 53;
    bool half = mpz_tstbit(quotient, drop - 1) != 0, odd = mpz_tstbit(quotient, drop) != 0;
    bool more = mpz_sgn(rest) != 0 || mpz_scan1(quotient, 0) < drop - 1;
    mpz_tdiv_q_2exp(quotient, quotient, drop);
    if (half && (more || odd))
        mpz_add_ui(quotient, quotient, 1);
    double result = ldexp(mpz_get_d(quotient), (int)drop - (int)shift);
    mpz_clears(quotient, rest, above, below, NULL);
    return mpz_sgn(value->above) < 0 ? -result : result;
}

/* origin + step × x / divisor as an integer over r->common, which is 10^both places × divisor. */
static void value_of(struct reference *r, const struct exact_unit *unit, int64_t x, mpz_t out)
{
    mpz_ui_pow_ui(out, 10, unit->origin.places);
    mpz_mul_si(out, out, unit->step.units);
    mpz_mul_si(out, out, x);
    mpz_ui_pow_ui(r->scratch, 10, unit->step.places);
    mpz_mul_si(r->scratch, r->scratch, unit->divisor);
    mpz_mul_si(r->scratch, r->scratch, unit->origin.units);
    mpz_add(out, out, r->scratch);
}

/* Σw, Σw², Σwx, Σwy of the values. */
static void reference_sums(struct reference *r, const struct drawn *d)
{
    mpz_ui_pow_ui(r->common, 10, d->unit.origin.places + d->unit.step.places);
    mpz_mul_si(r->common, r->common, d->unit.divisor);
    mpz_set_ui(r->w, 0);
    mpz_set_ui(r->ww, 0);
    mpz_set_ui(r->sx, 0);
    mpz_set_ui(r->sy, 0);
    for (size_t i = 0; i < d->n; i++) {
        value_of(r, &d->unit, d->x[i], r->vx[i]);
        value_of(r, &d->unit, d->y[i], r->vy[i]);
        mpz_addmul_ui(r->sx, r->vx[i], (unsigned long)d->w[i]);
        mpz_addmul_ui(r->sy, r->vy[i], (unsigned long)d->w[i]);
        mpz_set_si(r->scratch, d->w[i]);
        mpz_add(r->w, r->w, r->scratch);
        mpz_addmul(r->ww, r->scratch, r->scratch);
    }
}

/* The definitions, from the deviations w·x − Σwx (over w × common): mean; Σw(x−x̄)(y−ȳ)/w × n_eff/(n_eff−1) with
 * n_eff = w²/ww, which is w²/(w² − ww); and Σw²(x−x̄)²/w² × n/(n−1). */
static void reference_fill(struct reference *r, const struct drawn *d)
{
    reference_sums(r, d);
    mpz_set(r->mean.above, r->sx);
    mpz_sub(r->gap.above, r->sy, r->sx);
    mpz_mul(r->mean.below, r->w, r->common);
    mpz_set(r->gap.below, r->mean.below);
    mpz_set_ui(r->variance.above, 0);
    mpz_set_ui(r->covariance.above, 0);
    mpz_set_ui(r->error2.above, 0);
    for (size_t i = 0; i < d->n; i++) {
        mpz_mul(r->dx, r->w, r->vx[i]);
        mpz_sub(r->dx, r->dx, r->sx);
        mpz_mul(r->dy, r->w, r->vy[i]);
        mpz_sub(r->dy, r->dy, r->sy);
        mpz_mul_si(r->scratch, r->dx, d->w[i]);
        mpz_addmul(r->variance.above, r->scratch, r->dx);
        mpz_addmul(r->covariance.above, r->scratch, r->dy);
        mpz_addmul(r->error2.above, r->scratch, r->scratch);
    }
    mpz_mul(r->scratch, r->w, r->w);
    mpz_sub(r->scratch, r->scratch, r->ww);
    mpz_mul(r->variance.below, r->scratch, r->w);
    mpz_mul(r->variance.below, r->variance.below, r->common);
    mpz_mul(r->variance.below, r->variance.below, r->common);
    mpz_set(r->covariance.below, r->variance.below);
    mpz_mul_ui(r->error2.above, r->error2.above, d->n);
    mpz_pow_ui(r->error2.below, r->mean.below, 2);
    mpz_mul(r->scratch, r->w, r->w);
    mpz_mul(r->error2.below, r->error2.below, r->scratch);
    mpz_mul_ui(r->error2.below, r->error2.below, d->n - 1);
}

/* Whether (root − ulp)² < value < (root + ulp)², exactly. */
static bool root_within_one(double root, const struct quotient *value)
{
    if (mpz_sgn(value->above) == 0)
        return root == 0;
    bool within = true;
    mpz_t square, scaled;
    mpz_inits(square, scaled, NULL);
    for (int side = -1; side <= 1; side += 2) {
        int exponent = 0;
        /* the neighbour is an integer × 2^(exponent−53) */
        double fraction = frexp(nextafter(root, side < 0 ? 0 : HUGE_VAL), &exponent);
        mpz_set_d(square, ldexp(fraction, 53));
        mpz_mul(square, square, square);
        mpz_mul(square, square, value->below);
        mpz_set(scaled, value->above);
        int shift = 2 * (exponent - 53);
        mpz_mul_2exp(shift > 0 ? square : scaled, shift > 0 ? square : scaled, (mp_bitcnt_t)abs(shift));
        within = within && (side < 0 ? mpz_cmp(square, scaled) < 0 : mpz_cmp(square, scaled) > 0);
    }
    mpz_clears(square, scaled, NULL);
    return within;
}

static void sums_fill(const struct drawn *d, struct exact_sums *x, struct exact_sums *gap, struct exact_pair_sums *both)
{
    bool overflow = false;
    *x = *gap = (struct exact_sums){0};
    *both = (struct exact_pair_sums){0};
    for (size_t i = 0; i < d->n; i++) {
        const struct exact_weight weight = {1, d->w[i], (int128)d->w[i] * d->w[i]};
        exact_sums_add(x, &weight, d->x[i], &overflow);
        exact_sums_add(gap, &weight, d->y[i] - d->x[i], &overflow);
        exact_pair_sums_add(both, &weight, d->x[i], d->y[i], &overflow);
    }
    assert_false(overflow);
}

/* What was found over all data sets. */
struct found {
    size_t means, gaps, variances, covariances, roots;
    double worst_correlation;
};

static void compare_correlation(const struct exact_pair_sums *both, const struct reference *r, double variance_y,
                                struct found *found)
{
    double correlation = 7;
    enum undefined undefined = exact_correlation(both, &correlation);
    bool constant = mpz_sgn(r->variance.above) == 0 || variance_y == 0;
    assert_int_equal(undefined, constant ? UNDEFINED_NO_VARIANCE : DEFINED);
    if (constant)
        return;
    double direct = nearest_double(&r->covariance) / sqrt(nearest_double(&r->variance)) / sqrt(variance_y);
    assert_true(correlation >= -1 && correlation <= 1);
    found->worst_correlation = fmax(found->worst_correlation, fabs(correlation - direct));
}

static void compare_spread(const struct drawn *d, const struct exact_sums *x, const struct reference *r, struct found *found)
{
    double value = 0;
    enum undefined expected = d->n > 1 ? DEFINED : UNDEFINED_TOO_FEW;
    assert_int_equal(exact_variance(x, &d->unit, &value), expected);
    assert_true(d->n < 2 || value == nearest_double(&r->variance));
    found->variances += d->n > 1;
    assert_int_equal(exact_deviation(x, &d->unit, &value), expected);
    assert_true(d->n < 2 || root_within_one(value, &r->variance));
    assert_int_equal(exact_linearised_error(x, d->n, &d->unit, &value), expected);
    assert_true(d->n < 2 || root_within_one(value, &r->error2));
    found->roots += d->n > 1 ? 2 : 0;
}

static void compare(const struct drawn *d, struct reference *r, struct found *found)
{
    struct exact_sums x, gap;
    struct exact_pair_sums both;
    sums_fill(d, &x, &gap, &both);
    reference_fill(r, d);
    struct exact_unit difference = {.step = d->unit.step, .divisor = d->unit.divisor};
    double value = 0;
    assert_int_equal(exact_mean(&x, &d->unit, &value), DEFINED);
    assert_true(value == nearest_double(&r->mean));
    found->means++;
    assert_int_equal(exact_mean(&gap, &difference, &value), DEFINED);
    assert_true(value == nearest_double(&r->gap));
    found->gaps++;
    compare_spread(d, &x, r, found);
    assert_int_equal(exact_covariance(&both, &d->unit, &d->unit, &value), d->n > 1 ? DEFINED : UNDEFINED_TOO_FEW);
    if (d->n < 2)
        return;
    assert_true(value == nearest_double(&r->covariance));
    found->covariances++;
    struct exact_sums y = {both.n, both.w, both.ww, both.wy, both.wyy, both.wy, both.wyy};
    assert_int_equal(exact_variance(&y, &d->unit, &value), DEFINED);
    compare_correlation(&both, r, value, found);
}

/* "100,000 random small data sets against libgmp fractions"; "Means, variances, covariances and standard errors from exact
 * integer sums, each a single exact fraction that is rounded once." */
static void no_difference_in_the_last_bit(void **state)
{
    (void)state;
    struct found found = {0};
    struct drawn d;
    struct reference *r = reference_create();
    for (uint64_t stream = 0; stream < DATA_SETS; stream++) {
        draw(stream, &d);
        compare(&d, r, &found);
    }
    reference_destroy(r);
    print_message("%d data sets: %zu means, %zu gaps, %zu variances, %zu covariances without a difference in the last bit; "
                  "%zu roots within one unit in the last place; correlations within %.1e\n",
                  DATA_SETS, found.means, found.gaps, found.variances, found.covariances, found.roots, found.worst_correlation);
    assert_true(found.worst_correlation < 1e-14);
}

/* "the units of x times those of y": each its own unit */
static void covariance_takes_both_units(void **state)
{
    (void)state;
    struct exact_pair_sums sums = {0};
    bool overflow = false;
    const struct exact_weight once = {1, 1, 1};
    const int64_t x[] = {1, 2, 4}, y[] = {3, 1, 5};
    for (size_t i = 0; i < 3; i++)
        exact_pair_sums_add(&sums, &once, x[i], y[i], &overflow);
    const struct exact_unit half = {.origin = {-3, 0}, .step = {5, 1}, .divisor = 1}, third = {.step = {1, 0}, .divisor = 3};
    double value = 0;
    assert_int_equal(exact_covariance(&sums, &half, &third, &value), DEFINED);
    assert_true(value == (2.0 * 1.0) / 6); /* covariance of the integers is 2 */
    assert_int_equal(exact_covariance(&sums, &unit_plain, &unit_plain, &value), DEFINED);
    assert_true(value == 2);
}

/* "exactly 1 or −1 where the integers say so", and constant columns have none, for every n: the bug of pandas #37448 */
static void correlation_at_its_ends(void **state)
{
    (void)state;
    const struct exact_weight once = {1, 1, 1};
    for (int64_t n = 2; n < 400; n++) {
        struct exact_pair_sums up = {0}, down = {0}, constant = {0};
        bool overflow = false;
        for (int64_t i = 0; i < n; i++) {
            int64_t x = i * i % 7 + (i == 0);
            exact_pair_sums_add(&up, &once, x + i, 3 * (x + i) - 1, &overflow);
            exact_pair_sums_add(&down, &once, x + i, -5 * (x + i), &overflow);
            exact_pair_sums_add(&constant, &once, 3, i, &overflow);
        }
        double r = 0;
        assert_int_equal(exact_correlation(&up, &r), DEFINED);
        assert_true(r == 1);
        assert_int_equal(exact_correlation(&down, &r), DEFINED);
        assert_true(r == -1);
        assert_int_equal(exact_correlation(&constant, &r), UNDEFINED_NO_VARIANCE);
        struct exact_sums flat = {constant.n, constant.w, constant.ww, constant.wx, constant.wxx, constant.wx, constant.wxx};
        assert_int_equal(exact_variance(&flat, &unit_plain, &r), DEFINED);
        assert_true(r == 0);
    }
}

/* "sqrt(C/(C−1) × Σ_c (a_c − (A/B) b_c)²) / B", by its definition; with each observation its own cluster it is the linearised one
 */
static void clustered_error_by_definition(void **state)
{
    (void)state;
    double worst = 0;
    for (uint64_t stream = 0; stream < 2000; stream++) {
        struct drawn d;
        draw(stream, &d);
        struct exact_cluster_sums sums = {.clusters = d.n};
        double a_all = 0, b_all = 0, squares = 0;
        bool overflow = false;
        for (size_t i = 0; i < d.n; i++) {
            struct wide b = wide_from(d.w[i]), a = wide_multiply(b, wide_from(d.x[i]), &overflow);
            sums.a = wide_add(sums.a, a, &overflow);
            sums.b = wide_add(sums.b, b, &overflow);
            sums.aa = wide_add(sums.aa, wide_multiply(a, a, &overflow), &overflow);
            sums.ab = wide_add(sums.ab, wide_multiply(a, b, &overflow), &overflow);
            sums.bb = wide_add(sums.bb, wide_multiply(b, b, &overflow), &overflow);
            a_all += (double)d.w[i] * (double)d.x[i];
            b_all += (double)d.w[i];
        }
        for (size_t i = 0; i < d.n; i++)
            squares += pow((double)d.w[i] * ((double)d.x[i] - a_all / b_all), 2);
        double value = 0;
        enum undefined undefined = exact_clustered_error(&sums, &unit_plain, &value);
        assert_int_equal(undefined, d.n > 1 ? DEFINED : UNDEFINED_TOO_FEW);
        if (d.n < 2)
            continue;
        double direct = sqrt((double)d.n / ((double)d.n - 1) * squares) / b_all;
        worst = fmax(worst, fabs(value - direct) / (fabs(a_all / b_all) + direct + 1));
        struct exact_sums x, gap;
        struct exact_pair_sums both;
        sums_fill(&d, &x, &gap, &both);
        double single = 0;
        assert_int_equal(exact_linearised_error(&x, d.n, &unit_plain, &single), DEFINED);
        assert_true(single == value);
        /* "observations in the whole design": two of them unseen in the segment change only the factor */
        double wider = 0;
        assert_int_equal(exact_linearised_error(&x, d.n + 2, &unit_plain, &wider), DEFINED);
        double m = (double)d.n + 2;
        assert_true(single == 0 || fabs(wider / single - sqrt(m / (m - 1) * ((double)d.n - 1) / (double)d.n)) < 1e-14);
    }
    print_message("clustered errors within %.1e of the definition in doubles\n", worst);
    assert_true(worst < 1e-12);
}

/* "The effective number of observations (Σw)²/Σw²" */
static void effective_count(void **state)
{
    (void)state;
    double n = 0;
    assert_int_equal(exact_effective_count(&(struct exact_weight){3, 6, 14}, &n), DEFINED);
    assert_true(n == 36.0 / 14);
    assert_int_equal(exact_effective_count(&(struct exact_weight){9, 9, 9}, &n), DEFINED);
    assert_true(n == 9);
    assert_int_equal(exact_effective_count(&(struct exact_weight){0, 0, 0}, &n), UNDEFINED_TOO_FEW);
}

/* "out[count × count], symmetric": each element is the covariance */
static void matrix_of_covariances(void **state)
{
    (void)state;
    const int128 sums[] = {7, 9}, products[] = {21, 25, 25, 35};
    const struct exact_block block = {{3, 3, 3}, 2, sums, products};
    const struct exact_unit half = {.step = {5, 1}, .divisor = 1};
    double matrix[4] = {0};
    assert_int_equal(exact_covariance_matrix(&block, &half, matrix), DEFINED);
    const double expected[] = {14.0 / 24, 12.0 / 24, 12.0 / 24, 24.0 / 24}; /* (3·21 − 49)/6 / 4 … */
    assert_memory_equal(matrix, expected, sizeof matrix);
    const struct exact_block single = {{1, 1, 1}, 2, sums, products};
    assert_int_equal(exact_covariance_matrix(&single, &half, matrix), UNDEFINED_TOO_FEW);
}

/* n = 0, n = 1, one weight alone, and sizes of 2^31 people and beyond */
static void degenerate_and_huge(void **state)
{
    (void)state;
    struct exact_sums none = {0};
    struct exact_pair_sums no_pairs = {0};
    double value = 7;
    assert_int_equal(exact_mean(&none, &unit_plain, &value), UNDEFINED_TOO_FEW);
    assert_int_equal(exact_variance(&none, &unit_plain, &value), UNDEFINED_TOO_FEW);
    assert_int_equal(exact_deviation(&none, &unit_plain, &value), UNDEFINED_TOO_FEW);
    assert_int_equal(exact_linearised_error(&none, 0, &unit_plain, &value), UNDEFINED_TOO_FEW);
    assert_int_equal(exact_linearised_error(&none, 5, &unit_plain, &value), UNDEFINED_TOO_FEW);
    assert_int_equal(exact_correlation(&no_pairs, &value), UNDEFINED_TOO_FEW);
    assert_true(value == 7);
    bool overflow = false;
    struct exact_sums lone = {0};
    exact_sums_add(&lone, &(struct exact_weight){1, 1000, 1000000}, 4, &overflow);
    exact_sums_add(&lone, &(struct exact_weight){1, 0, 0}, 9, &overflow);
    assert_int_equal(exact_mean(&lone, &unit_plain, &value), DEFINED);
    assert_true(value == 4);
    assert_int_equal(exact_variance(&lone, &unit_plain, &value), UNDEFINED_TOO_FEW);
    struct exact_pair_sums lone_pair = {0};
    exact_pair_sums_add(&lone_pair, &(struct exact_weight){1, 1000, 1000000}, 4, 5, &overflow);
    exact_pair_sums_add(&lone_pair, &(struct exact_weight){1, 0, 0}, 9, 2, &overflow);
    assert_int_equal(exact_covariance(&lone_pair, &unit_plain, &unit_plain, &value), UNDEFINED_TOO_FEW);
    assert_int_equal(exact_correlation(&lone_pair, &value), UNDEFINED_TOO_FEW);
    /* ten thousand million people, weights of 2^22, scores over a common denominator of 2^40 */
    struct exact_sums huge = {0};
    const struct exact_weight half = {5000000000u, (int128)5000000000 << 62, (int128)1 << 126};
    exact_sums_add(&huge, &half, (int64_t)1 << 40, &overflow);
    exact_sums_add(&huge, &half, (int64_t)3 << 40, &overflow);
    const struct exact_unit unit = {.origin = {10, 1}, .step = {1, 2}, .divisor = (int64_t)1 << 40};
    assert_false(overflow);
    assert_int_equal(exact_mean(&huge, &unit, &value), DEFINED);
    assert_true(value == 1.02);
    assert_int_equal(exact_deviation(&huge, &unit, &value), DEFINED);
    assert_digits(value, .01, 9);
}

/* "*overflow is set, never cleared, when a sum does not fit 640 bits" and a fraction that does not fit says UNDEFINED_OVERFLOW */
static void overflow_is_told(void **state)
{
    (void)state;
    bool overflow = false;
    struct exact_sums sums = {.n = UINT64_MAX};
    exact_sums_add(&sums, &(struct exact_weight){1, 1, 1}, 1, &overflow);
    assert_true(overflow);
    struct wide large = wide_ten_to(150, &(bool){false});
    struct exact_sums large_sums = {9, large, large, large, large, large, large};
    double value = 7;
    assert_int_equal(exact_variance(&large_sums, &unit_plain, &value), UNDEFINED_OVERFLOW);
    assert_int_equal(exact_linearised_error(&large_sums, 9, &unit_plain, &value), UNDEFINED_OVERFLOW);
    const struct exact_unit fine = {.step = {1, 15}, .divisor = INT64_MAX, .origin = {999999999999999999, 15}};
    assert_int_equal(exact_mean(&large_sums, &fine, &value), UNDEFINED_OVERFLOW);
    const int128 top = (int128)(((uint128)1 << 127) - 1), sums_of_top[] = {top, top}, products_of_top[] = {top, -top, -top, top};
    const struct exact_block large_block = {{9, top, top}, 2, sums_of_top, products_of_top};
    double matrix[4] = {7, 7, 7, 7};
    const struct exact_unit finest = {.step = {INT64_MAX, 15}, .divisor = INT64_MAX};
    assert_int_equal(exact_covariance_matrix(&large_block, &finest, matrix), DEFINED);
    struct exact_pair_sums large_pair = {9, large, large, large, large, large, large, large};
    assert_int_equal(exact_covariance(&large_pair, &unit_plain, &unit_plain, &value), UNDEFINED_OVERFLOW);
    assert_int_equal(exact_correlation(&large_pair, &value), UNDEFINED_OVERFLOW);
    assert_true(value == 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_difference_in_the_last_bit),
        cmocka_unit_test(covariance_takes_both_units),
        cmocka_unit_test(correlation_at_its_ends),
        cmocka_unit_test(clustered_error_by_definition),
        cmocka_unit_test(effective_count),
        cmocka_unit_test(matrix_of_covariances),
        cmocka_unit_test(degenerate_and_huge),
        cmocka_unit_test(overflow_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
