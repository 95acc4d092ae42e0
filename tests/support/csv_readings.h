/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One csv file read in several ways, and whether the same came of them. */
#ifndef GAPMETER_TESTS_CSV_READINGS_H
#define GAPMETER_TESTS_CSV_READINGS_H

#include "base/kernel.h"
#include "formats/csv_read.h"

/* What came of one reading. */
struct csv_reading_done {
    struct ctx ctx;
    enum status status;
    struct problems problems;
    const struct answers *answers;
};

struct csv_way {
    enum csv_path path;
    enum kernel kernel;
    unsigned threads;
    size_t block_bytes;
    const char *file; /* NULL: "paths.csv" */
    bool few;         /* stops after the first problems */
    uint64_t missing; /* which piece of memory is not there: 1 = the first; 0 = all are */
};

/* Reads bytes that are called like way->file, or that file when there are none.
 * gives   *out  in an arena of its own, out->ctx.arena */
void csv_read_so(struct csv_reading_done *out, struct span bytes, const struct study *study, const struct csv_way *way);

/* Fails the test unless both came to the same status, problems, answers and notes. */
void csv_assert_same(const struct csv_reading_done *a, const struct csv_reading_done *b);

#endif
