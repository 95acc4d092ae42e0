/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/fleiss_kappa.h"

#include <assert.h>
#include <math.h>

#include "numeric/distribution.h"

/* Σ n_ij (n_ij − 1) over everything: ordered pairs of raters who agree. */
static uint64_t agreeing_pairs(const uint32_t *counts, size_t subjects, size_t categories, uint32_t raters)
{
    uint64_t pairs = 0;
    for (size_t i = 0; i < subjects; i++) {
        uint64_t row = 0;
        for (size_t j = 0; j < categories; j++) {
            uint64_t n = counts[i * categories + j];
            row += n;
            pairs += n * (n ? n - 1 : 0);
        }
        assert(row == raters);
    }
    return pairs;
}

/* How often a category was chosen. */
static double category_share(const uint32_t *counts, size_t subjects, size_t categories, size_t category, double all)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < subjects; i++)
        sum += counts[i * categories + category];
    return (double)sum / all;
}

enum undefined fleiss_kappa(const uint32_t *counts, size_t subjects, size_t categories, uint32_t raters, struct fleiss_kappa *out)
{
    if (subjects == 0 || raters < 2)
        return UNDEFINED_TOO_FEW;
    double all = (double)subjects * raters, m = raters;
    double squares = 0, spread = 0, skew = 0;
    for (size_t j = 0; j < categories; j++) {
        double p = category_share(counts, subjects, categories, j, all), q = 1 - p;
        squares += p * p;
        spread += p * q;
        skew += p * q * (q - p);
    }
    *out = (struct fleiss_kappa){.expected = squares};
    out->observed = (double)agreeing_pairs(counts, subjects, categories, raters) / (all * (m - 1));
    /* Exactly 0 when one category has everything: p is then exactly 1 and the others exactly 0. */
    if (!(spread > 0)) {
        out->kappa_undefined = UNDEFINED_NO_VARIANCE;
        return DEFINED;
    }
    out->kappa = (out->observed - out->expected) / spread;
    out->se = sqrt(2.0 / (all * (m - 1))) * sqrt(spread * spread - skew) / spread;
    out->p = normal_two_sided(out->kappa / out->se);
    return DEFINED;
}
