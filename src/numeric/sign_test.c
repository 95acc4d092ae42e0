/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/sign_test.h"

#include <math.h>

#include "numeric/distribution.h"

double sign_test(uint64_t positive, uint64_t negative)
{
    double fewer = (double)(positive < negative ? positive : negative);
    double more = (double)(positive < negative ? negative : positive);
    /* Half and half, or one off: both tails together are everything. */
    if (more - fewer <= 1)
        return 1;
    /* P(X <= fewer) of a fair coin is a beta probability. */
    return fmin(1, 2 * beta_lower(0.5, more, fewer + 1));
}
