/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_FORMATS_READING_H
#define GAPMETER_FORMATS_READING_H

#include "model/format.h"

/* What app/ calls: the format is chosen by the file's extension (that of a packed file is the one before .gz or .zst), else by
 * how the file begins. Standard input and what nothing recognises is read as csv, which says what is wrong with it. */

/* Reads all answers that the study names.
 * gives   *out  NULL unless STATUS_OK
 * fails   as struct format says of read */
enum status answers_read(struct ctx *ctx, const struct format_source *source, const struct study *study,
                         struct problems *problems, const struct answers **out) MUST_USE;

/* Reads headers and the first rows.
 * fails   as struct format says of sample */
enum status answers_sample(struct ctx *ctx, const char *path, uint32_t rows, struct sample *out) MUST_USE;

/* The format of a file, never NULL.
 * proof   tests/formats/reading_test.c */
const struct format *answers_format(const char *path);

#endif
