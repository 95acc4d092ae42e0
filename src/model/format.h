/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MODEL_FORMAT_H
#define GAPMETER_MODEL_FORMAT_H

#include "model/answers.h"
#include "model/problem.h"

/* A file to read, or two that are joined by a key. */
struct format_source {
    const char *path;            /* "-" = standard input */
    const char *perception_path; /* second file of a join; NULL = one file. path then holds the expectations */
    const char *key;             /* header of the join column in both */
};

/* The first rows of a file as text, for guessing what it holds. */
struct sample {
    const char *path;
    char delimiter; /* 0 when the format has none */
    char decimal_mark;
    const char *encoding; /* "UTF-8", "windows-1252", "CP949" */
    uint32_t column_count;
    struct span *headers; /* [column_count] trimmed */
    uint32_t row_count;   /* rows held */
    struct span *cells;   /* [row × column_count + column] trimmed; missing cells of short rows are empty */
    bool whole;           /* the file has no more rows */
};

/* One file format: one file in src/formats/ that defines `const struct format format_<name>`. */
struct format {
    const char *name;
    const char *const *extensions; /* ".csv", …, ends with NULL */
    const char *meaning;
    /* Does the beginning of a file look like this format? 0 no … 100 sure. */
    int (*sniff)(struct span beginning);
    /* Reads all answers that the study names. Problems go to `problems`; with any, no answers are given.
     * fails   STATUS_DATA when problems were found, or the file as a whole is not usable (ctx->error says why);
     *         STATUS_NO_INPUT, STATUS_PERMISSION, STATUS_IO; STATUS_CONFIG when the study names a column that is not there */
    enum status (*read)(struct ctx *ctx, const struct format_source *source, const struct study *study, struct problems *problems,
                        const struct answers **out);
    /* Reads headers and the first `rows` rows. */
    enum status (*sample)(struct ctx *ctx, const char *path, uint32_t rows, struct sample *out);
};

extern const struct format *const format_register[];
extern const size_t format_register_count;

#endif
