/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_FORMATS_CSV_OUTCOMES_H
#define GAPMETER_FORMATS_CSV_OUTCOMES_H

#include "formats/csv_reader.h"
#include "model/mixed_scales.h"

/* What is found out about the columns of outcomes while they are read: do two scales seem to be mixed in one? */
struct csv_outcomes;

/* owns  ctx->arena */
enum status csv_outcomes_create(struct ctx *ctx, const struct study *study, struct csv_outcomes **out) MUST_USE;

/* Counts an answer of the row. */
void csv_outcomes_add(struct csv_reader *reader, uint32_t outcome, uint32_t code);

/* Adds the counts of rows that were read elsewhere.
 * takes   counts  [outcome_count] */
void csv_outcomes_merge(struct csv_reader *reader, const struct answer_counts *counts);

/* Counts a cell of the row that is no point of the scale. */
void csv_outcomes_add_bad(struct csv_reader *reader, uint32_t outcome, struct span text);

/* At the end of the file: a note for reports where a column seems to mix scales, or, where the answers of the longer one were
 * problems, the remark of the problems. */
enum status csv_outcomes_tell(struct csv_reader *reader) MUST_USE;

#endif
