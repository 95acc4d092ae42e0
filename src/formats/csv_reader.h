/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_FORMATS_CSV_READER_H
#define GAPMETER_FORMATS_CSV_READER_H

#include "formats/csv_plan.h"
#include "model/answers_builder.h"
#include "model/problem.h"

/* How wide files are read. Both ways come to the same. */
enum csv_path {
    CSV_PATH_FASTEST, /* in blocks, by all threads */
    CSV_PATH_GENERAL  /* one row after another */
};

/* One file being read into answers: everything that the steps of reading a row share. */
struct csv_reader {
    struct ctx *ctx;
    const struct study *study;
    struct problems *problems;
    struct answers_builder *builder;
    struct csv_file *file;
    const struct csv_head *head;
    struct csv_reading *reading;
    struct csv_outcomes *outcomes;
    const struct csv_plan *plan; /* set by the layout */
    struct csv_view view;        /* the row being read */
    enum csv_path path;
    uint64_t rows; /* rows seen, good or not */
};

/* owns  ctx->arena */
enum status csv_reader_open(struct ctx *ctx, struct csv_file *file, const struct study *study, struct problems *problems,
                            struct csv_reader *out) MUST_USE;

/* The next row whose cells can be trusted; rows that are ragged, misquoted or too long become problems and are passed over.
 * fails   STATUS_DATA once the problems are full; else as csv_file_next */
enum status csv_reader_next(struct csv_reader *reader, bool *more) MUST_USE;

/* The text of a cell of the row; good until the next call. */
struct span csv_reader_text(struct csv_reader *reader, uint32_t column);

/* Adds a problem at a cell of the row; `value` is what stands there. */
enum status csv_reader_problem(struct csv_reader *reader, enum problem_kind kind, uint32_t column, struct span value,
                               const char *accepted) MUST_USE;

/* Adds the problem of a cell that is no point of its scale, with the line to paste into the study file. */
enum status csv_reader_bad_code(struct csv_reader *reader, uint32_t column, const struct scale *scale) MUST_USE;

/* Sentences about the reading of this file that reports carry. */
enum status csv_reader_notes(struct csv_reader *reader) MUST_USE;

#endif
