/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/keyness.h"

#include <math.h>

#include "numeric/distribution.h"

/* O ln(O/E), which goes to 0 with O. */
static double cell(double observed, double expected)
{
    return observed > 0 ? observed * log(observed / expected) : 0;
}

/* Twice the log-likelihood ratio; what rounding leaves below 0 is 0.
 * source  Dunning 1993   [F118] */
static double ratio_find(const struct word_use *use)
{
    double n1 = (double)use->first_all, n2 = (double)use->second_all, n = n1 + n2;
    double y1 = (double)use->first, y2 = (double)use->second, y = y1 + y2;
    double g2 =
        2 * (cell(y1, n1 * y / n) + cell(y2, n2 * y / n) + cell(n1 - y1, n1 * (n - y) / n) + cell(n2 - y2, n2 * (n - y) / n));
    return g2 > 0 ? g2 : 0;
}

enum undefined keyness_find(const struct word_use *use, double prior, struct keyness *out)
{
    double n1 = (double)use->first_all, n2 = (double)use->second_all, y1 = (double)use->first, y2 = (double)use->second;
    if (use->first_all == 0 || use->second_all == 0 || y1 + y2 <= 0 || y1 + y2 >= n1 + n2)
        return UNDEFINED_TOO_FEW;
    double alpha = (y1 + y2) / (n1 + n2) * prior, a1 = y1 + alpha, a2 = y2 + alpha;
    out->g2 = ratio_find(use);
    out->p = chi_square_upper(out->g2, 1);
    out->log_odds = log(a1 / (n1 + prior - a1)) - log(a2 / (n2 + prior - a2));
    out->z = out->log_odds / sqrt(1 / a1 + 1 / a2);
    return DEFINED;
}
