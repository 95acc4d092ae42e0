/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What pairing must give, counted the slow way: for every figure of every group a loop over all rows, in exact
 * integers and fractions (libgmp), straight from the definitions in model/tally.h. */
#ifndef GAPMETER_TESTS_PAIRS_ORACLE_H
#define GAPMETER_TESTS_PAIRS_ORACLE_H

#include "support/toy_study.h"

/* The lines that pairs_text must write for these answers and this plan.
 * owns    the caller: free */
char *pairs_oracle(const struct toy_study *toy, const struct plan *plan);

#endif
