/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The simulated study of tests/oracle/gap_table.json as a matrix, without going through files. */
#ifndef GAPMETER_TESTS_GAP_TABLE_MATRIX_H
#define GAPMETER_TESTS_GAP_TABLE_MATRIX_H

#include "support/answer_matrix.h"

#define GAP_TABLE_PEOPLE 60
#define GAP_TABLE_ITEMS  9

/* Filled by gap_table_read; item 5 is turned already. */
struct gap_table_matrix {
    json_t *oracle;
    struct answer_matrix matrix;
    int expectation[GAP_TABLE_PEOPLE * GAP_TABLE_ITEMS], perception[GAP_TABLE_PEOPLE * GAP_TABLE_ITEMS];
    char branch_texts[GAP_TABLE_PEOPLE][8];
    const char *branches[GAP_TABLE_PEOPLE];
};

/* Reads the fixture; fails the test when it is not as expected. */
void gap_table_read(struct gap_table_matrix *out);

/* Frees the fixture. */
void gap_table_free(struct gap_table_matrix *study);

/* Compares all members of a JSON row, but the keys, with the cells of the same names. */
void assert_row_json(const struct table *table, const struct row *row, json_t *expected, double digits);

#endif
