/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The answers of tests/oracle/indices.json as files, and what the program prints of them. */
#ifndef GAPMETER_TESTS_INDICES_STUDY_H
#define GAPMETER_TESTS_INDICES_STUDY_H

#include <jansson.h>
#include <stdbool.h>

/* Which of the designs of the fixture, in its order. */
enum { DESIGN_PLAIN, DESIGN_WEIGHTS, DESIGN_CLUSTERS, DESIGN_BOTH, DESIGN_COUNT };

/* Runs `analyze --table measure` on the fixture's answers.
 * takes   easy_low  the effort question is declared with "easy": "low"
 * owns    the caller: json_decref */
json_t *indices_printed(const json_t *oracle, int design, bool easy_low, const char *measure);

/* The same on the people after the first 25, compared with the first 25; as a panel with the first 40, where who comes again
 * answers as the person ten places on did. */
json_t *indices_compared(const json_t *oracle, bool panel, const char *measure);

/* The panel in a design, by branch, with nothing hidden: compared, and each wave alone (0: compared, 1: the first 40, 2: the
 * others). */
json_t *indices_by_branch(const json_t *oracle, int design, int wave, const char *measure);

/* The expected figures of a design: {"nps": …, "csat": …}. Borrowed. */
json_t *indices_expected(json_t *oracle, int design, const char *figures);

/* Compares every member of `expected` with the cell of that name and says how many digits agree. */
void indices_agree(json_t *row, json_t *expected, double digits, const char *title);

#endif
