/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers and problems as short texts, so that a test can say in one line what must come out of a file. */
#ifndef GAPMETER_TESTS_ANSWERS_DUMP_H
#define GAPMETER_TESTS_ANSWERS_DUMP_H

#include <stddef.h>

#include "model/answers.h"
#include "model/problem.h"

/* A part for each encounter, parted by " / ": the codes of its slots ("." skipped, "n" not asked, "d" declared missing), then
 * what the study has: "@0" respondent, "c0" cluster, "w1.5", segment texts or "-", "o7" outcomes, "i40" points.
 * takes   into  cut
 * when it is too small */
void answers_dump(const struct answers *answers, char *into, size_t size);

/* A part for each problem kept, parted by " / ": "OUT_OF_RANGE 3 h1 8" (kind, row, column, value). */
void problems_dump(const struct problems *problems, char *into, size_t size);

/* Fails the test unless both hold the same answers, notes aside. */
void assert_same_answers(const struct answers *a, const struct answers *b);

#endif
