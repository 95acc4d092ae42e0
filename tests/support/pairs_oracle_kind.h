/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mean scores of a person as exact fractions, for the oracle. */
#ifndef GAPMETER_TESTS_PAIRS_ORACLE_KIND_H
#define GAPMETER_TESTS_PAIRS_ORACLE_KIND_H

#include <gmp.h>

#include "model/tally.h"
#include "support/pairs_oracle_figure.h"

/* One kind of score: which items, or all dimensions. */
struct kind {
    const char *name;
    uint32_t index;
    uint32_t dimension; /* UINT32_MAX = any */
    bool of_dimensions;
    uint32_t parts, need;
    int64_t denominator;
    uint32_t item; /* one of its items, for the scale */
    enum reason blank;
};

/* Fills a kind of items from its dimension: parts, need, denominator, scale, blank. */
void oracle_describe_items(const struct oracle *oracle, struct kind *kind);

/* Σ(code−1)/count over a person's pairs of a kind, as a fraction.
 * gives   the number of pairs; there: expectations and perceptions, paired or not */
uint32_t oracle_mean_of_items(const struct oracle *oracle, const struct kind *kind, uint32_t row, mpq_t e, mpq_t p,
                              uint32_t *there);

/* value × unit to the nearest integer, ties away from 0. */
int64_t oracle_nearest(const mpq_t value, int64_t unit);

#endif
