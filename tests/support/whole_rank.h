/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_TESTS_SUPPORT_WHOLE_RANK_H
#define GAPMETER_TESTS_SUPPORT_WHOLE_RANK_H

#include <stdbool.h>
#include <stdint.h>

enum { WHOLE_ROWS_MOST = 24, WHOLE_COLUMNS_MOST = 40 };

/* A system of equations between unknown numbers, of small whole numbers: what an attacker knows. */
struct whole_system {
    uint32_t rows, columns;
    int64_t at[WHOLE_ROWS_MOST][WHOLE_COLUMNS_MOST];
};

/* Rank by Bareiss's elimination, which stays among whole numbers.
 * needs   minors below 2^31: 12 rows of −1, 0 and 1 have them, by Hadamard's bound; more are looked after (assert)
 * source  Bareiss 1968 Mathematics of Computation 22 */
uint32_t whole_rank(const struct whole_system *system);

/* Is the unknown of a column fixed by the equations? It is when its unit vector adds nothing to the rank.
 * takes   rank  of the system */
bool whole_fixes(const struct whole_system *system, uint32_t rank, uint32_t column);

#endif
