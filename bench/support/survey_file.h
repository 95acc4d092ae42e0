/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A survey as chains have them, made by chance: 22 items asked before and after, 200 branches, most of whose customers come to a few of
 * them, answers that hang together within a person and a dimension, 3 % of them missing. For tests and bench/; ends the program
 * when it cannot write. */
#ifndef GAPMETER_BENCH_SURVEY_FILE_H
#define GAPMETER_BENCH_SURVEY_FILE_H

#include <stdint.h>

enum { SURVEY_ANSWERS = 46, SURVEY_MISSING = 255 };

/* Writes a file of answers with so many rows below its header:
 *   id,ts,branch,channel,age,weight,e1 … e22,p1 … p22,sat,loyal
 * The same rows give the same bytes on every machine, and a longer file begins with the shorter one. About 138 bytes a row. */
void survey_file_write(const char *path, uint64_t rows);

/* Writes the answers of the same rows alone, for programs that begin in memory: SURVEY_ANSWERS bytes a row, e1 … loyal. */
void survey_codes_write(const char *path, uint64_t rows);

/* Writes the study file for it. Its columns are all but ts. */
void survey_study_write(const char *path);

#endif
