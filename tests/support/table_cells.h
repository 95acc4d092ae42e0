/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a table says in one cell, for tests. */
#ifndef GAPMETER_TESTS_TABLE_CELLS_H
#define GAPMETER_TESTS_TABLE_CELLS_H

#include <jansson.h>

#include "model/measure.h"

/* The row whose key columns have these texts, in order, and whose segment value (or NULL) is this; fails the test when
 * there is none. Keys that are blank match "". */
const struct row *row_find(const struct table *table, const char *segment, const char *const *keys);
#define row_of(table, segment, ...) row_find((table), (segment), (const char *const[]){__VA_ARGS__, NULL})

/* The number in a cell; fails the test, naming the cell, when it holds none. */
double cell_number(const struct table *table, const struct row *row, const char *column);

/* The cell holds this: a number with at least so many digits that agree, a count, a word, or nothing for this reason. */
void assert_cell_digits(const struct table *table, const struct row *row, const char *column, double expected, double digits);
void assert_cell_count(const struct table *table, const struct row *row, const char *column, uint64_t expected);
void assert_cell_text(const struct table *table, const struct row *row, const char *column, const char *expected);
void assert_cell_blank(const struct table *table, const struct row *row, const char *column, const char *reason);

/* Compares a JSON member with a cell: null with any blank, a number or an integer to so many digits, a text. */
void assert_cell_json(const struct table *table, const struct row *row, const char *column, const json_t *expected,
                      double digits);

/* Has the table this note, or one that holds this text? */
bool table_has_note(const struct table *table, const char *text);

/* The smallest number of digits seen by assert_cell_digits and assert_cell_json since it was asked last. */
double digits_least(void);

#endif
