/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers of an oracle's fixture, written as the CSV file that a user would have. */
#ifndef GAPMETER_TESTS_SUPPORT_ANSWER_FILE_H
#define GAPMETER_TESTS_SUPPORT_ANSWER_FILE_H

#include <jansson.h>
#include <stddef.h>

#include "support/scratch_folder.h"

/* One or more columns from one member of a fixture. */
struct answer_columns {
    const char *header;   /* of a vector; of a matrix "e%zu", the position from 1 comes in */
    const json_t *values; /* one value per person, or one row of values per person; null = empty cell. NULL: no column */
};

/* Writes the file; fails the test when the members do not have the same number of people.
 * takes   columns  the end has header NULL
 * gives   its path, borrowed as scratch_path
 * proof   tests/support/answer_file_test.c */
const char *answer_file_write(struct scratch *scratch, const char *name, const struct answer_columns *columns);

#endif
