/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns of numbers out of a file of real answers, for tests of numeric/. */
#ifndef GAPMETER_TESTS_NUMBER_FILE_H
#define GAPMETER_TESTS_NUMBER_FILE_H

#include <stddef.h>

/* Some columns of a CSV file, of the rows that have a number in each of them.
 * takes   name   "mobi-ecsi/mobi.csv", in the folder of real answers; where that is absent the test is SKIPPED
 *         columns  headers, the end is NULL
 *         rows_max the room: into has rows_max doubles for each column
 * gives   into     column j stands at into + j × rows_max
 *         the number of rows; fails the test when a column is not there, or more rows than fit */
size_t number_file_read(const char *name, const char *const *columns, size_t rows_max, double *into);

#endif
