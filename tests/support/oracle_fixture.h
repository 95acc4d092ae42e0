/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers computed by other programs (R, PSPP), committed as tests/oracle/NAME.json beside the script that makes them
 * (NAME.R; ./dev oracle runs it again and compares), and answers of real studies, which are not ours to commit. */
#ifndef GAPMETER_TESTS_ORACLE_FIXTURE_H
#define GAPMETER_TESTS_ORACLE_FIXTURE_H

#include <jansson.h>
#include <stddef.h>

/* Reads tests/oracle/NAME.json; fails the test when it is missing or is not JSON.
 * owns    the caller: json_decref */
json_t *oracle_read(const char *name);

/* Reads any JSON file; fails the test, naming line and column, when it cannot.
 * owns    the caller: json_decref */
json_t *oracle_read_path(const char *path);

/* The value at a path of keys and positions ("items.0.gap"); fails the test, naming the path, when it is not there.
 * gives   borrowed from root
 * proof   tests/support/oracle_fixture_test.c */
json_t *oracle_at(json_t *root, const char *path);

/* The number at a path; fails the test when it is not a number. */
double oracle_number(json_t *root, const char *path);

/* The path of a file of real answers, "apotek-servqual/apotek.csv", in the folder that GAPMETER_REAL_DATA names
 * (or ../shared/data beside the source). Where that folder is absent the test says so and is SKIPPED: this does not return.
 * gives   path, written to the caller's room of `size` bytes */
const char *real_answers_path(const char *name, char *path, size_t size);

#endif
