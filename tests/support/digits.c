/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/digits.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

double digits_agreeing(double actual, double expected)
{
    if (!isfinite(actual) || !isfinite(expected))
        return 0;
    double error = fabs(actual - expected);
    if (expected != 0)
        error /= fabs(expected);
    if (!(error > 0))
        return 17;
    return fmin(fmax(-log10(error), 0), 17);
}

void digits_assert(double actual, double expected, double digits, const char *expression, const char *file, int line)
{
    double agreeing = digits_agreeing(actual, expected);
    if (agreeing >= digits)
        return;
    print_error("%s is %.17g, expected %.17g: %.1f digits agree, %.1f wanted\n", expression, actual, expected, agreeing, digits);
    _fail(file, line);
}
