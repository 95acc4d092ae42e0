/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/binomial_draw.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>

#include "base/chance.h"
#include "numeric/distribution.h"

#define INVERSION_MEAN 10.0 /* below, the rejection's hat need not lie above the mass */

double chance_sequence_next(struct chance_sequence *sequence)
{
    return chance_uniform(sequence->seed, sequence->stream, sequence->next++);
}

/* Adds up the masses from 0 on until they pass one uniform number.
 * needs   0 < p <= ½, n × p < 10 */
static uint64_t draw_inversion(struct chance_sequence *sequence, uint64_t n, double p)
{
    double left = chance_sequence_next(sequence), odds = p / (1 - p);
    double mass = exp((double)n * log1p(-p));
    uint64_t k = 0;
    while (left > mass && k < n) {
        left -= mass;
        mass *= odds * (double)(n - k) / (double)(k + 1);
        k++;
        /* What is left is smaller than rounding: no larger k has a mass to speak of. */
        if (mass < 1e-40 && (double)k > (double)n * p)
            break;
    }
    return k;
}

struct binomial_hat binomial_hat_of(double n, double probability)
{
    double spread = sqrt(n * probability * (1 - probability)), b = 1.15 + 2.53 * spread;
    return (struct binomial_hat){.a = -0.0873 + 0.0248 * b + 0.01 * probability,
                                 .b = b,
                                 .centre = n * probability + 0.5,
                                 .scale = (2.83 + 5.1 / b) * spread,
                                 .squeeze = 0.92 - 4.2 / b};
}

/* Transformed rejection: k is a steep function of one uniform number, kept at once where the other lies in the squeeze.
 * needs   0 < p <= ½, n × p >= 10 */
static uint64_t draw_rejection(struct chance_sequence *sequence, uint64_t n, double p)
{
    double count = (double)n, mode_log = binomial_mass_log(floor((count + 1) * p), count, p);
    struct binomial_hat hat = binomial_hat_of(count, p);
    for (;;) {
        double u = chance_sequence_next(sequence) - 0.5, v = chance_sequence_next(sequence);
        double edge = 0.5 - fabs(u);
        double k = floor((2 * hat.a / edge + hat.b) * u + hat.centre);
        if (edge >= 0.07 && v <= hat.squeeze)
            return (uint64_t)k;
        if (k < 0 || k > count)
            continue;
        if (log(v * hat.scale / (hat.a / (edge * edge) + hat.b)) <= binomial_mass_log(k, count, p) - mode_log)
            return (uint64_t)k;
    }
}

uint64_t binomial_draw(struct chance_sequence *sequence, uint64_t n, double probability)
{
    assert(probability >= 0 && probability <= 1 && n < UINT64_C(1) << 53);
    if (n == 0 || probability == 0)
        return 0;
    if (probability == 1)
        return n;
    bool turned = probability > 0.5;
    double p = turned ? 1 - probability : probability;
    uint64_t k = (double)n * p < INVERSION_MEAN ? draw_inversion(sequence, n, p) : draw_rejection(sequence, n, p);
    return turned ? n - k : k;
}
