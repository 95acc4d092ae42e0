/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The answers of tests/oracle/loss_table.json as files, and what the program prints of them. */
#ifndef GAPMETER_TESTS_LOSS_STUDY_H
#define GAPMETER_TESTS_LOSS_STUDY_H

#include <jansson.h>

/* Runs `analyze --table measure` on the fixture's answers.
 * takes   design   as of the fixture: 0 plain, 1 weights, 2 clusters, 3 both
 *         threads  as of --threads
 * owns    the caller: json_decref */
json_t *loss_printed(const json_t *oracle, int design, const char *threads, const char *measure);

#endif
