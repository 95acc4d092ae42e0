/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_INSTRUMENT_INSTRUMENT_FILE_H
#define GAPMETER_INSTRUMENT_INSTRUMENT_FILE_H

#include "base/out.h"
#include "model/instrument.h"

/* Finds an instrument: a shipped one by its name, or a file by its path (it holds "/" or ends with ".json").
 * gives   *out  the instrument, in ctx->arena
 * fails   STATUS_NO_INPUT  no such instrument (the sentence lists the shipped ones) or no such file
 *         STATUS_CONFIG    the file is not a valid instrument; the place says where
 *         STATUS_PERMISSION, STATUS_IO
 * proof   tests/instrument/instrument_file_test.c */
enum status instrument_find(struct ctx *ctx, const char *name_or_path, const struct instrument **out) MUST_USE;

/* Is this the path of an instrument file rather than the name of a shipped one? */
bool instrument_is_path(const char *name_or_path);

/* Reads an instrument from text in memory.
 * takes   name  what messages call the text */
enum status instrument_read_text(struct ctx *ctx, struct span json, const char *name, const struct instrument **out) MUST_USE;

/* The names of the shipped instruments, sorted.
 * gives   *out   in ctx->arena
 *         *count */
enum status instrument_list(struct ctx *ctx, const char *const **out, size_t *count) MUST_USE;

/* Writes an instrument as JSON, so that it reads back equal. The caller closes `out`. */
enum status instrument_write(struct ctx *ctx, const struct instrument *instrument, struct out *out) MUST_USE;

/* A study that asks an instrument's items, with column names made by pattern (e1, p1, …): what `new` writes.
 * takes   expectation  the kind to ask when the instrument asks expectations
 * gives   *out  in ctx->arena */
enum status instrument_study(struct ctx *ctx, const struct instrument *instrument, enum expectation_kind expectation,
                             const struct study **out) MUST_USE;

#endif
