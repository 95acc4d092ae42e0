/* SPDX-License-Identifier: GPL-3.0-or-later */
/* exact_moments.h: the part of a standard error that one stratum adds, against its definition. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/chance.h"
#include "numeric/exact_moments.h"

#define OBSERVATIONS_MAX 40u

static const uint64_t seed = 20261126;
static const struct exact_unit unit_plain = {.step = {1, 0}, .divisor = 1};

struct drawn {
    size_t n;
    int64_t x[OBSERVATIONS_MAX], w[OBSERVATIONS_MAX];
};

/* Short scales and long ones, with and without weights as they are held. */
static void draw(uint64_t stream, struct drawn *d)
{
    uint64_t index = 0;
    d->n = 1 + chance_below(seed, stream, index++, OBSERVATIONS_MAX);
    uint64_t width = stream % 7 == 0 ? 1u << 30 : 21;
    for (size_t i = 0; i < d->n; i++) {
        d->x[i] = (int64_t)chance_below(seed, stream, index++, width) - (int64_t)width / 2;
        d->w[i] = stream % 3 == 0 ? 1 + (int64_t)chance_below(seed, stream, index++, UINT64_C(1) << 50) : 1;
    }
}

/* What observations from `first` to `end` make as clusters of their own. */
static struct exact_cluster_sums clusters_of(const struct drawn *d, size_t first, size_t end)
{
    struct exact_cluster_sums sums = {.clusters = end - first};
    bool overflow = false;
    for (size_t i = first; i < end; i++) {
        struct wide b = wide_from(d->w[i]), a = wide_multiply(b, wide_from(d->x[i]), &overflow);
        sums.a = wide_add(sums.a, a, &overflow);
        sums.b = wide_add(sums.b, b, &overflow);
        sums.aa = wide_add(sums.aa, wide_multiply(a, a, &overflow), &overflow);
        sums.ab = wide_add(sums.ab, wide_multiply(a, b, &overflow), &overflow);
        sums.bb = wide_add(sums.bb, wide_multiply(b, b, &overflow), &overflow);
    }
    return sums;
}

/* m/(m−1) Σ(z − z̄)²/B² in doubles, z of the observations and 0 of the clusters of the design that they lack. */
static double stratum_directly(const struct drawn *d, size_t first, size_t end, double m)
{
    double a = 0, b = 0, sum = 0, squares = 0;
    for (size_t i = 0; i < d->n; i++) {
        a += (double)d->w[i] * (double)d->x[i];
        b += (double)d->w[i];
    }
    for (size_t i = first; i < end; i++)
        sum += (double)d->w[i] * ((double)d->x[i] - a / b);
    for (size_t i = first; i < end; i++)
        squares += pow((double)d->w[i] * ((double)d->x[i] - a / b) - sum / m, 2);
    squares += (m - (double)(end - first)) * pow(sum / m, 2);
    return m / (m - 1) * squares / (b * b);
}

/* "m/(m−1) × Σ_c (z_c − z̄)² / B²"; "clusters in the whole design (those without a value count, with z = 0)"; and one stratum
 * of everybody has the clustered error. */
static void stratum_variance_by_definition(void **state)
{
    (void)state;
    double worst = 0;
    for (uint64_t stream = 0; stream < 2000; stream++) {
        struct drawn d;
        draw(stream, &d);
        struct exact_cluster_sums all = clusters_of(&d, 0, d.n), half = clusters_of(&d, 0, d.n / 2);
        double whole = 0, clustered = 0, part = 0;
        enum undefined undefined = exact_stratum_variance(&all, &all, &unit_plain, &whole);
        assert_int_equal(undefined, d.n > 1 ? DEFINED : UNDEFINED_TOO_FEW);
        if (d.n < 2)
            continue;
        assert_int_equal(exact_clustered_error(&all, &unit_plain, &clustered), DEFINED);
        assert_true(fabs(sqrt(whole) - clustered) <= 4e-16 * clustered);
        half.clusters += 1 + stream % 3;
        undefined = exact_stratum_variance(&all, &half, &unit_plain, &part);
        assert_int_equal(undefined, half.clusters > 1 ? DEFINED : UNDEFINED_TOO_FEW);
        if (undefined)
            continue;
        double direct = stratum_directly(&d, 0, d.n / 2, (double)half.clusters), mean = wide_ratio(all.a, all.b);
        worst = fmax(worst, fabs(part - direct) / (mean * mean + direct + 1));
    }
    print_message("variances of strata within %.1e of the definition in doubles\n", worst);
    assert_true(worst < 1e-12);
    double none = 0;
    assert_int_equal(exact_stratum_variance(&(struct exact_cluster_sums){.clusters = 2},
                                            &(struct exact_cluster_sums){.clusters = 2}, &unit_plain, &none),
                     UNDEFINED_TOO_FEW);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(stratum_variance_by_definition)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
