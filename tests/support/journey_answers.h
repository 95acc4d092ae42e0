/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The journeys of tests/oracle/journey_study.json as files, and what the program prints of them. */
#ifndef GAPMETER_TESTS_JOURNEY_ANSWERS_H
#define GAPMETER_TESTS_JOURNEY_ANSWERS_H

#include <jansson.h>
#include <stdbool.h>

#define JOURNEY_DESIGNS 4

/* Runs `analyze --table measure`.
 * takes   design    as of the fixture: 0 plain, 1 weights, 2 clusters, 3 both
 *         shuffled  journeys in another order, under other names
 * owns    the caller: json_decref */
json_t *journeys_printed(const json_t *oracle, int design, bool shuffled, const char *measure);

/* Compares every member of `expected`, but for texts that are keys, with the cells of a row: says how many digits agree. */
struct comparison;
void journeys_agree(struct comparison *comparison, json_t *row, json_t *expected, double digits);

/* Runs it on a hospital's log of 15 214 moments; where the real data are absent the test is SKIPPED.
 * takes   measure  NULL: the default tables
 * owns    the caller: json_decref */
json_t *sepsis_printed(const char *measure);

/* The figures of a design. Borrowed. */
json_t *journeys_expected(json_t *oracle, int design, const char *figures);

#endif
