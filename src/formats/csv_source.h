/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_FORMATS_CSV_SOURCE_H
#define GAPMETER_FORMATS_CSV_SOURCE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/ctx.h"

/* What is opened: a file, standard input, or bytes in memory. */
struct csv_opening {
    const char *path;         /* as the user named it; "-" = standard input */
    const struct span *bytes; /* not NULL: read these instead; path is only their name */
    size_t block_bytes;       /* tests: hand out at most so many bytes at a time; 0 = as many as fit */
};

/* Bytes in, unpacked: gzip and zstd are recognised by how they begin. */
struct csv_source;

/* owns    the descriptor: closed with ctx->arena
 * fails   STATUS_NO_INPUT (no such file, a folder), STATUS_PERMISSION, STATUS_IO, STATUS_MEMORY */
enum status csv_source_open(struct ctx *ctx, const struct csv_opening *opening, struct csv_source **out) MUST_USE;

/* The next bytes.
 * gives   *got  how many; 0 at the end
 * fails   STATUS_DATA  packed bytes that are damaged, cut short, or unpack to more than UNPACKED_RATIO_MAX times their size;
 *         STATUS_IO, STATUS_MEMORY, STATUS_CANCELLED */
enum status csv_source_read(struct ctx *ctx, struct csv_source *source, char *into, size_t size, size_t *got) MUST_USE;

/* Reads until `size` bytes are there or the end is reached. */
enum status csv_source_fill(struct ctx *ctx, struct csv_source *source, char *into, size_t size, size_t *got) MUST_USE;

/* Can any part of it be read at any time (a plain file or bytes in memory)? */
bool csv_source_is_direct(const struct csv_source *source);

/* How many bytes it has, when it is direct: a file may turn out longer or shorter. */
uint64_t csv_source_size(const struct csv_source *source);

/* Reads bytes at an offset of a direct source, whatever csv_source_read does; several threads may at once.
 * gives   *got  fewer than size only at the end
 *         0, or the errno of what went wrong, for csv_source_failed */
int csv_source_read_at(const struct csv_source *source, uint64_t offset, char *into, size_t size, size_t *got) MUST_USE;

/* Says that reading failed.
 * takes   number  errno */
enum status csv_source_failed(struct ctx *ctx, const struct csv_source *source, int number) MUST_USE;

/* Goes on reading at an offset of a direct source. */
enum status csv_source_seek(struct ctx *ctx, struct csv_source *source, uint64_t offset) MUST_USE;

/* The name for messages. */
const char *csv_source_name(const struct csv_source *source);

/* Can it be read a second time? Pipes and standard input cannot. */
bool csv_source_is_repeatable(const struct csv_source *source);

#endif
