/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_INSTRUMENT_STUDY_FILE_H
#define GAPMETER_INSTRUMENT_STUDY_FILE_H

#include "base/out.h"
#include "model/study.h"

/* Reads a study file and checks all of it.
 * takes   path  as the user named it; an instrument that the file names by a path is looked for beside it
 * gives   *out  the study, in ctx->arena
 * fails   STATUS_CONFIG  with place.file, place.path ($.items[3].scale) and what would be accepted; of text that is not
 *         JSON, place.row and place.column say where
 *         STATUS_NO_INPUT, STATUS_PERMISSION, STATUS_IO
 * proof   tests/instrument/study_file_test.c */
enum status study_read_file(struct ctx *ctx, const char *path, const struct study **out) MUST_USE;

/* The same from text in memory. An instrument must be a shipped one: text from elsewhere opens no files.
 * takes   name  what messages call the text */
enum status study_read_text(struct ctx *ctx, struct span json, const char *name, const struct study **out) MUST_USE;

/* Writes a study as JSON: whatever was read, so that it reads back equal, with columns as patterns where they have one.
 * The caller closes `out`, which keeps what went wrong with it.
 * fails   STATUS_MEMORY
 * proof   tests/instrument/study_writing_test.c, fuzz/study_fuzz.c */
enum status study_write(struct ctx *ctx, const struct study *study, struct out *out) MUST_USE;

#endif
