/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_KEYNESS_H
#define GAPMETER_NUMERIC_KEYNESS_H

#include <stdint.h>

#include "base/status.h"
#include "numeric/undefined.h"

/* How often a word is used in two bodies of text, of all uses of words there. */
struct word_use {
    uint64_t first, second;         /* of the word */
    uint64_t first_all, second_all; /* of all words */
};

/* Written by keyness_find. */
struct keyness {
    double g2;       /* log-likelihood ratio of no difference, on one degree of freedom */
    double p;        /* of it */
    double log_odds; /* of the word in the first body less those in the second, pulled towards 0 by the prior */
    double z;        /* the same in standard errors */
};

/* G² = 2 Σ O ln(O/E) over word and other words in both bodies. Log-odds: δ = ln((y₁ + α)/(n₁ + A − y₁ − α)) − the same of the second,
 * z = δ/√(1/(y₁ + α) + 1/(y₂ + α)), with α = (y₁ + y₂)/(n₁ + n₂) × A: a prior that says what both bodies say together, worth A uses.
 * takes   prior  A, above 0
 * needs   first <= first_all, second <= second_all
 * blank   a body without words, or a word that is not used, or that is the only one -> UNDEFINED_TOO_FEW
 * source  Dunning 1993; Monroe, Colaresi & Quinn 2008   [F118]
 * proof   tests/numeric/keyness_test.c */
enum undefined keyness_find(const struct word_use *use, double prior, struct keyness *out) MUST_USE;

#endif
