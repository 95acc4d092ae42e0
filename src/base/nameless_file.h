/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_BASE_NAMELESS_FILE_H
#define GAPMETER_BASE_NAMELESS_FILE_H

#include "base/out.h"

/* A file in memory for a library that writes only to a file with a name: no folder holds it, and nothing is left of it when the
 * program stops. */
struct nameless_file;

/* Makes an empty one.
 * owns    its memory; ctx->arena's end gives it back
 * fails   STATUS_IO when the system gives none, STATUS_MEMORY */
enum status nameless_file_open(struct ctx *ctx, struct nameless_file **out) MUST_USE;

/* A path under which this process can open it for writing; good until the arena ends. */
const char *nameless_file_path(const struct nameless_file *file);

/* Adds all its bytes to an out.
 * fails   STATUS_IO */
enum status nameless_file_copy(struct ctx *ctx, const struct nameless_file *file, struct out *out) MUST_USE;

#endif
