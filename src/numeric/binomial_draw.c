/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/binomial_draw.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>

#if KERNEL_VECTORS
#include <immintrin.h>
#endif

#include "base/chance.h"
#include "base/philox.h"
#include "numeric/distribution.h"

#define INVERSION_MEAN 10.0 /* below, the rejection's hat need not lie above the mass */
#define SQUEEZED_FROM  0.07 /* ½ − |u| from here on lies beneath the squeeze */
#define STIRLING_FROM  10.0 /* three terms of the series are off by less than 1e-10 from here on */

/* The blocks from the next number on: as many as the widest kernel makes at a time, since one alone costs a third of that. */
static void sequence_fill(struct chance_sequence *sequence)
{
    const struct philox_start start = {sequence->seed, sequence->stream, sequence->next};
    uint32_t words[4 * CHANCE_AHEAD];
    philox_words(kernel_current(), &start, CHANCE_AHEAD, words);
    for (size_t i = 0; i < CHANCE_AHEAD; i++)
        sequence->ahead[i] = chance_unit((uint64_t)words[4 * i + 1] << 32 | words[4 * i]);
    sequence->first = sequence->next;
    sequence->held = CHANCE_AHEAD;
}

double chance_sequence_next(struct chance_sequence *sequence)
{
    if (sequence->next - sequence->first >= sequence->held)
        sequence_fill(sequence);
    return sequence->ahead[sequence->next++ - sequence->first];
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

/* ln k! − ln √(2π) − (k + ½) ln (k + 1) + (k + 1). */
static double stirling_rest(double k)
{
    static const double small[] = {.0810614667953272582,  .0413406959554092941, .0276779256849983391, .0207906721037650931,
                                   .0166446911898211922,  .0138761288230707480, .0118967099458917700, .0104112652619720965,
                                   .00925546218271273292, .00833056343336287126};
    if (k < STIRLING_FROM)
        return small[(int)k];
    double square = 1 / ((k + 1) * (k + 1));
    return (1. / 12 - (1. / 360 - 1. / 1260 * square) * square) / (k + 1);
}

double binomial_ratio_log(double k, double mode, double n, double probability, double *error)
{
    double odds = probability / (1 - probability);
    *error = 1e-9 + 1e-14 * n;
    return (mode + 0.5) * log((mode + 1) / (odds * (n - mode + 1))) + (n + 1) * log((n - mode + 1) / (n - k + 1)) +
           (k + 0.5) * log((n - k + 1) * odds / (k + 1)) + stirling_rest(mode) + stirling_rest(n - mode) - stirling_rest(k) -
           stirling_rest(n - k);
}

/* Is the mass of k at least `height`, as its log, of that of the mode? Nearly always Stirling's series can tell. */
static bool mass_reaches(double k, double n, double p, double height)
{
    double mode = floor((n + 1) * p), error, ratio = binomial_ratio_log(k, mode, n, p, &error);
    if (fabs(height - ratio) > error)
        return height < ratio;
    return height <= binomial_mass_log(k, n, p) - binomial_mass_log(mode, n, p);
}

/* Transformed rejection: k is a steep function of one uniform number, kept at once where the other lies in the squeeze.
 * needs   0 < p <= ½, n × p >= 10 */
static uint64_t draw_rejection(struct chance_sequence *sequence, uint64_t n, double p)
{
    double count = (double)n;
    struct binomial_hat hat = binomial_hat_of(count, p);
    for (;;) {
        double u = chance_sequence_next(sequence) - 0.5, v = chance_sequence_next(sequence);
        double edge = 0.5 - fabs(u);
        double k = floor((2 * hat.a / edge + hat.b) * u + hat.centre);
        if (edge >= SQUEEZED_FROM && v <= hat.squeeze)
            return (uint64_t)k;
        if (k < 0 || k > count)
            continue;
        if (mass_reaches(k, count, p, log(v * hat.scale / (hat.a / (edge * edge) + hat.b))))
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

/* The first try of the rejection in each lane: most end with it. */
struct tries {
    double n[BINOMIAL_LANES], u[BINOMIAL_LANES], v[BINOMIAL_LANES];
    double k[BINOMIAL_LANES];
    unsigned kept; /* bits of the lanes whose k lies beneath the squeeze */
};

#if KERNEL_VECTORS
/* Four lanes from `at` on: what binomial_hat_of and draw_rejection compute, in their order. */
KERNEL_TARGET_AVX2 static void tries_avx2(struct tries *tries, double p, unsigned at)
{
    const __m256d half = _mm256_set1_pd(0.5), chance = _mm256_set1_pd(p), sign = _mm256_set1_pd(-0.0);
    __m256d n = _mm256_loadu_pd(tries->n + at), v = _mm256_loadu_pd(tries->v + at);
    __m256d u = _mm256_sub_pd(_mm256_loadu_pd(tries->u + at), half), mean = _mm256_mul_pd(n, chance);
    __m256d spread = _mm256_sqrt_pd(_mm256_mul_pd(mean, _mm256_set1_pd(1 - p)));
    __m256d b = _mm256_add_pd(_mm256_set1_pd(1.15), _mm256_mul_pd(_mm256_set1_pd(2.53), spread));
    __m256d a = _mm256_add_pd(_mm256_set1_pd(-0.0873), _mm256_mul_pd(_mm256_set1_pd(0.0248), b));
    a = _mm256_add_pd(a, _mm256_set1_pd(0.01 * p));
    __m256d squeeze = _mm256_sub_pd(_mm256_set1_pd(0.92), _mm256_div_pd(_mm256_set1_pd(4.2), b));
    __m256d edge = _mm256_sub_pd(half, _mm256_andnot_pd(sign, u));
    __m256d steep = _mm256_add_pd(_mm256_div_pd(_mm256_mul_pd(_mm256_set1_pd(2), a), edge), b);
    __m256d k = _mm256_floor_pd(_mm256_add_pd(_mm256_mul_pd(steep, u), _mm256_add_pd(mean, half)));
    __m256d kept =
        _mm256_and_pd(_mm256_cmp_pd(edge, _mm256_set1_pd(SQUEEZED_FROM), _CMP_GE_OQ), _mm256_cmp_pd(v, squeeze, _CMP_LE_OQ));
    _mm256_storeu_pd(tries->k + at, k);
    tries->kept |= (unsigned)_mm256_movemask_pd(kept) << at;
}

/* The same, eight at a time. */
KERNEL_TARGET_AVX512 static void tries_avx512(struct tries *tries, double p)
{
    const __m512d half = _mm512_set1_pd(0.5), chance = _mm512_set1_pd(p);
    __m512d n = _mm512_loadu_pd(tries->n), v = _mm512_loadu_pd(tries->v);
    __m512d u = _mm512_sub_pd(_mm512_loadu_pd(tries->u), half), mean = _mm512_mul_pd(n, chance);
    __m512d spread = _mm512_sqrt_pd(_mm512_mul_pd(mean, _mm512_set1_pd(1 - p)));
    __m512d b = _mm512_add_pd(_mm512_set1_pd(1.15), _mm512_mul_pd(_mm512_set1_pd(2.53), spread));
    __m512d a = _mm512_add_pd(_mm512_set1_pd(-0.0873), _mm512_mul_pd(_mm512_set1_pd(0.0248), b));
    a = _mm512_add_pd(a, _mm512_set1_pd(0.01 * p));
    __m512d squeeze = _mm512_sub_pd(_mm512_set1_pd(0.92), _mm512_div_pd(_mm512_set1_pd(4.2), b));
    __m512d edge = _mm512_sub_pd(half, _mm512_abs_pd(u));
    __m512d steep = _mm512_add_pd(_mm512_div_pd(_mm512_mul_pd(_mm512_set1_pd(2), a), edge), b);
    __m512d k = _mm512_roundscale_pd(_mm512_add_pd(_mm512_mul_pd(steep, u), _mm512_add_pd(mean, half)),
                                     _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC);
    _mm512_storeu_pd(tries->k, k);
    tries->kept = _mm512_cmp_pd_mask(edge, _mm512_set1_pd(SQUEEZED_FROM), _CMP_GE_OQ) &
                  (unsigned)_mm512_cmp_pd_mask(v, squeeze, _CMP_LE_OQ);
}

/* Tries by the kernel that was chosen.
 * gives   false when it has no vectors */
static bool tries_make(enum kernel kernel, struct tries *tries, double p)
{
    switch (kernel) {
    case KERNEL_AVX512:
        tries_avx512(tries, p);
        return true;
    case KERNEL_AVX2:
        tries_avx2(tries, p, 0);
        tries_avx2(tries, p, BINOMIAL_LANES / 2);
        return true;
    case KERNEL_SCALAR:
        break;
    }
    return false;
}
#else
/* Without vectors. */
static bool tries_make(enum kernel kernel, struct tries *tries, double p)
{
    (void)kernel, (void)tries, (void)p;
    return false;
}
#endif

/* Two numbers of each sequence, not yet taken. */
static void tries_begin(struct chance_sequence *sequences, const uint64_t *n, struct tries *tries)
{
    tries->kept = 0;
    for (unsigned lane = 0; lane < BINOMIAL_LANES; lane++) {
        struct chance_sequence *sequence = &sequences[lane];
        if (sequence->next - sequence->first + 2 > sequence->held)
            sequence_fill(sequence);
        const double *ahead = sequence->ahead + (sequence->next - sequence->first);
        tries->n[lane] = (double)n[lane];
        tries->u[lane] = ahead[0];
        tries->v[lane] = ahead[1];
    }
}

void binomial_draw_lanes(enum kernel kernel, struct chance_sequence *sequences, const uint64_t *n, double probability,
                         uint64_t *out)
{
    bool turned = probability > 0.5;
    double p = turned ? 1 - probability : probability;
    struct tries tries = {.kept = 0};
    if (kernel != KERNEL_SCALAR && p > 0) {
        tries_begin(sequences, n, &tries);
        (void)tries_make(kernel, &tries, p);
    }
    for (unsigned lane = 0; lane < BINOMIAL_LANES; lane++) {
        if ((tries.kept >> lane & 1) == 0 || (double)n[lane] * p < INVERSION_MEAN) {
            out[lane] = binomial_draw(&sequences[lane], n[lane], probability);
            continue;
        }
        sequences[lane].next += 2;
        out[lane] = turned ? n[lane] - (uint64_t)tries.k[lane] : (uint64_t)tries.k[lane];
    }
}
