/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/wilcoxon.h"

#include <assert.h>
#include <math.h>

#include "base/limits.h"
#include "base/wide.h"
#include "numeric/distribution.h"

enum { RANK_SUM_MAX = EXACT_WILCOXON_MAX * (EXACT_WILCOXON_MAX + 1) }; /* of doubled mid-ranks */

static const uint64_t observations_max = (uint64_t)1 << 40;

/* What the ranks come to. Ranks are doubled, so that mid-ranks are integers. */
struct rank_sums {
    uint64_t nonzero;
    int128 positive, negative;            /* Σ doubled ranks */
    int128 ties;                          /* Σ (t³ − t) over groups of equal size */
    uint32_t doubled[EXACT_WILCOXON_MAX]; /* each one's doubled rank, as long as there is room */
};

/* The next group of differences of equal size: how many are positive, how many negative. */
struct size_group {
    uint64_t positive, negative;
};

/* |difference|, of the most negative one too. */
static uint64_t size_of(int64_t difference)
{
    return difference < 0 ? -(uint64_t)difference : (uint64_t)difference;
}

/* Gives a group the ranks that follow, or rather their mean to each. */
static void rank_group(struct rank_sums *sums, const struct size_group *group)
{
    uint64_t count = group->positive + group->negative;
    /* Ranks nonzero+1 … nonzero+count have the mean nonzero + (count+1)/2. */
    int128 doubled = 2 * (int128)sums->nonzero + (int128)count + 1;
    sums->positive += doubled * (int128)group->positive;
    sums->negative += doubled * (int128)group->negative;
    sums->ties += (int128)count * count * count - count;
    for (uint64_t i = sums->nonzero; i < sums->nonzero + count && i < EXACT_WILCOXON_MAX; i++)
        sums->doubled[i] = (uint32_t)doubled;
    sums->nonzero += count;
}

/* Walks outward from zero on both sides, smaller differences first.
 * takes   above  the first cell with a positive difference, below  the number of cells with a negative one */
static void rank_all(struct rank_sums *sums, const struct difference_count *cells, size_t cell_count, size_t below, size_t above)
{
    while (below > 0 || above < cell_count) {
        uint64_t negative_size = below > 0 ? size_of(cells[below - 1].difference) : UINT64_MAX;
        uint64_t positive_size = above < cell_count ? size_of(cells[above].difference) : UINT64_MAX;
        struct size_group group = {0, 0};
        if (negative_size <= positive_size)
            group.negative = cells[--below].count;
        if (positive_size <= negative_size)
            group.positive = cells[above++].count;
        rank_group(sums, &group);
    }
}

/* The share of all 2^N patterns of signs whose smaller side is as small as the one seen, or smaller; counted, so exact. */
static double exact_p(const struct rank_sums *sums)
{
    uint32_t patterns[RANK_SUM_MAX + 1] = {1}; /* [sum of the positive doubled ranks] */
    size_t largest = 0;
    for (uint64_t i = 0; i < sums->nonzero; i++) {
        size_t rank = sums->doubled[i];
        for (size_t sum = largest + 1; sum-- > 0;)
            patterns[sum + rank] += patterns[sum];
        largest += rank;
    }
    int128 smaller = sums->positive < sums->negative ? sums->positive : sums->negative;
    uint64_t tail = 0;
    for (size_t sum = 0; (int128)sum <= smaller; sum++)
        tail += patterns[sum];
    return fmin(1, ldexp((double)tail, 1 - (int)sums->nonzero));
}

/* The test and the effect, from at least one difference that is not 0. */
static void fill_from_ranks(const struct rank_sums *sums, struct wilcoxon *out)
{
    int128 n = (int128)sums->nonzero, difference = sums->positive - sums->negative;
    /* T⁺ − N(N+1)/4 = (positive − negative)/4, drawn ½ nearer to zero. */
    int128 quarters = difference > 0 ? difference - 2 : difference < 0 ? difference + 2 : 0;
    int128 variance_48 = 2 * n * (n + 1) * (2 * n + 1) - sums->ties;
    out->positive_ranks = wide_ratio(wide_from(sums->positive), wide_from(2));
    out->negative_ranks = wide_ratio(wide_from(sums->negative), wide_from(2));
    out->z = (double)quarters / 4 / wide_ratio_root(wide_from(variance_48), wide_from(48));
    out->rank_biserial = wide_ratio(wide_from(difference), wide_from(sums->positive + sums->negative));
    out->exact = sums->nonzero <= EXACT_WILCOXON_MAX;
    out->p = out->exact ? exact_p(sums) : normal_two_sided(out->z);
}

enum undefined wilcoxon_signed_rank(const struct difference_count *cells, size_t cell_count, struct wilcoxon *out)
{
    uint64_t observations = 0;
    size_t below = 0, above = 0;
    for (size_t i = 0; i < cell_count; i++) {
        assert(i == 0 || cells[i - 1].difference < cells[i].difference);
        if (cells[i].count > observations_max || (observations += cells[i].count) > observations_max)
            return UNDEFINED_OVERFLOW;
        below += cells[i].difference < 0;
        above += cells[i].difference <= 0;
    }
    if (observations == 0)
        return UNDEFINED_TOO_FEW;
    struct rank_sums sums = {0};
    rank_all(&sums, cells, cell_count, below, above);
    *out = (struct wilcoxon){.nonzero = sums.nonzero, .p = 1, .exact = true, .undefined = UNDEFINED_NO_VARIANCE};
    if (sums.nonzero > 0) {
        out->undefined = DEFINED;
        fill_from_ranks(&sums, out);
    }
    return DEFINED;
}
