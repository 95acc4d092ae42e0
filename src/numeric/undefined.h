/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_UNDEFINED_H
#define GAPMETER_NUMERIC_UNDEFINED_H

/* Whether a figure exists, and why not when it does not. An undefined figure is not an error: *out is
 * then left as it was, and nothing here ever answers with NaN, with an infinity, or with 0 instead. */
enum undefined {
    DEFINED = 0,
    UNDEFINED_TOO_FEW,       /* not enough observations, items or degrees of freedom */
    UNDEFINED_NO_VARIANCE,   /* a variance that would be divided by is exactly zero */
    UNDEFINED_SINGULAR,      /* a matrix has no inverse, or none that could be trusted */
    UNDEFINED_NOT_CONVERGED, /* an iteration did not arrive */
    UNDEFINED_UNBOUNDED,     /* an interval has no finite end, a size has no finite value */
    UNDEFINED_OVERFLOW,      /* larger than the exact integers hold */
    UNDEFINED_INADMISSIBLE,  /* what the definition forbids, such as an index with a negative weight */
    UNDEFINED_COUNT
};

#endif
