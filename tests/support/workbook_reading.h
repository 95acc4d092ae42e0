/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a workbook of ours back: the parts of the packed file, and what stands in a cell. */
#ifndef GAPMETER_TESTS_WORKBOOK_READING_H
#define GAPMETER_TESTS_WORKBOOK_READING_H

#include "base/text.h"
#include "support/job_fixture.h"

/* A part of a packed file ("xl/workbook.xml") as text; fails the test when its sum is wrong.
 * gives   in the job's arena; NULL when there is no such part */
const char *workbook_part(struct job *job, struct span bytes, const char *name);

/* How many sheets there are, and the name of one, unescaped. */
size_t workbook_sheet_count(struct job *job, struct span bytes);
const char *workbook_sheet_name(struct job *job, struct span bytes, size_t sheet);

/* The XML of a sheet; fails the test when there is none of this name. */
const char *workbook_sheet(struct job *job, struct span bytes, const char *name);

/* What stands in a cell ("B3"): the text, unescaped, or the number as it is written; NULL when it is empty. Fails the test when it is a
 * formula. */
const char *workbook_cell(struct job *job, struct span bytes, const char *sheet, const char *cell);

/* Is it a number? */
bool workbook_cell_is_number(struct job *job, struct span bytes, const char *sheet, const char *cell);

/* The number format of a cell, unescaped: "0.00"; "General" when it has none. */
const char *workbook_cell_format(struct job *job, struct span bytes, const char *sheet, const char *cell);

#endif
