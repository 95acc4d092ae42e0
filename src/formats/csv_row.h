/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_FORMATS_CSV_ROW_H
#define GAPMETER_FORMATS_CSV_ROW_H

#include "formats/csv_reader.h"

/* Writes the answers of a wide row into an encounter. */
enum status csv_row_answers(struct csv_reader *reader, const struct csv_plan *plan, const struct answers_row *row) MUST_USE;

/* Writes one answer; in long layout a repeated one must be the same. */
enum status csv_row_answer(struct csv_reader *reader, const struct csv_answer_column *column,
                           const struct answers_row *row) MUST_USE;

/* Writes what is the same in every row of an encounter: weight, cluster, segments, outcomes, points.
 * takes   fresh  false: the encounter has them already, and a cell must be empty or agree */
enum status csv_row_of_encounter(struct csv_reader *reader, const struct csv_plan *plan, const struct answers_row *row,
                                 bool fresh) MUST_USE;

/* The text of a key column.
 * gives   *text, borrowed until the next row; empty when there is a problem, which has been added */
enum status csv_row_key(struct csv_reader *reader, uint32_t column, const char *what, struct span *text) MUST_USE;

#endif
