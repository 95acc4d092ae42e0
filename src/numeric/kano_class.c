/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/kano_class.h"

#include <assert.h>
#include <math.h>

#include "numeric/distribution.h"

enum kano_class kano_cell(unsigned functional, unsigned dysfunctional)
{
    assert(functional >= 1 && functional <= KANO_ANSWERS && dysfunctional >= 1 && dysfunctional <= KANO_ANSWERS);
    bool like = functional == 1, dislike = functional == KANO_ANSWERS;
    bool like_missing = dysfunctional == 1, dislike_missing = dysfunctional == KANO_ANSWERS;
    if ((like && like_missing) || (dislike && dislike_missing))
        return KANO_QUESTIONABLE;
    if (dislike || like_missing)
        return KANO_REVERSE;
    if (like)
        return dislike_missing ? KANO_ONE_DIMENSIONAL : KANO_ATTRACTIVE;
    return dislike_missing ? KANO_MUST_BE : KANO_INDIFFERENT;
}

/* The class with the largest count from first to last; of equal ones the first. */
static enum kano_class largest_of(const double counts[KANO_CLASS_COUNT], enum kano_class first, enum kano_class last)
{
    enum kano_class best = first;
    for (enum kano_class c = first + 1; c <= last; c++) {
        if (counts[c] > counts[best])
            best = c;
    }
    return best;
}

/* The largest count that is not that of `mode`. */
static double second_of(const double counts[KANO_CLASS_COUNT], enum kano_class mode)
{
    double second = 0;
    for (enum kano_class c = 0; c < KANO_CLASS_COUNT; c++) {
        if (c != mode)
            second = fmax(second, counts[c]);
    }
    return second;
}

enum undefined kano_summary(const double counts[KANO_CLASS_COUNT], struct kano *out)
{
    double n = 0;
    for (enum kano_class c = 0; c < KANO_CLASS_COUNT; c++) {
        assert(counts[c] >= 0);
        n += counts[c];
    }
    if (!(n > 0))
        return UNDEFINED_TOO_FEW;
    double wanted = counts[KANO_MUST_BE] + counts[KANO_ONE_DIMENSIONAL] + counts[KANO_ATTRACTIVE];
    double unwanted = counts[KANO_INDIFFERENT] + counts[KANO_REVERSE] + counts[KANO_QUESTIONABLE];
    double effect_n = wanted + counts[KANO_INDIFFERENT];
    *out = (struct kano){.n = n, .effect_n = effect_n, .total_strength = wanted / n};
    out->mode = largest_of(counts, KANO_MUST_BE, KANO_QUESTIONABLE);
    out->category = wanted > unwanted ? largest_of(counts, KANO_MUST_BE, KANO_ATTRACTIVE)
                                      : largest_of(counts, KANO_INDIFFERENT, KANO_QUESTIONABLE);
    if (effect_n > 0) {
        out->better = (counts[KANO_ATTRACTIVE] + counts[KANO_ONE_DIMENSIONAL]) / effect_n;
        out->worse = 0 - (counts[KANO_ONE_DIMENSIONAL] + counts[KANO_MUST_BE]) / effect_n;
    } else {
        out->effect_undefined = UNDEFINED_NO_VARIANCE;
    }
    double first = counts[out->mode], second = second_of(counts, out->mode);
    out->category_strength = (first - second) / n;
    out->mixed = out->category_strength < KANO_MIXED;
    out->bound = normal_quantile_upper((1 - KANO_FIRM) / 2) * sqrt(first + second);
    out->distinct = first - second >= out->bound;
    out->questionable_share = counts[KANO_QUESTIONABLE] / n;
    out->doubtful = out->questionable_share > KANO_WORD_DOUBT;
    return DEFINED;
}

int kano_functional_points(unsigned answer)
{
    static const int points[KANO_ANSWERS] = {4, 2, 0, -1, -2};
    assert(answer >= 1 && answer <= KANO_ANSWERS);
    return points[answer - 1];
}

int kano_dysfunctional_points(unsigned answer)
{
    static const int points[KANO_ANSWERS] = {-2, -1, 0, 2, 4};
    assert(answer >= 1 && answer <= KANO_ANSWERS);
    return points[answer - 1];
}

enum kano_class kano_quarter(double functional, double dysfunctional)
{
    bool delights = functional >= KANO_SQUARE_CUT, annoys = dysfunctional >= KANO_SQUARE_CUT;
    if (delights)
        return annoys ? KANO_ONE_DIMENSIONAL : KANO_ATTRACTIVE;
    return annoys ? KANO_MUST_BE : KANO_INDIFFERENT;
}
