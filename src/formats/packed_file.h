/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_FORMATS_PACKED_FILE_H
#define GAPMETER_FORMATS_PACKED_FILE_H

#include <sys/types.h>

#include "base/ctx.h"

/* Bytes to be read at any place, by several threads: a file, or memory for tests. */
struct packed_file {
    const char *name; /* as messages show it */
    int descriptor;   /* -1: memory */
    struct span memory;
    uint64_t size;
};

/* Opens a file, for as long as ctx->arena lives.
 * fails   STATUS_NO_INPUT, STATUS_PERMISSION, STATUS_IO; STATUS_MEMORY */
enum status packed_file_open(struct ctx *ctx, const char *path, struct packed_file *out) MUST_USE;

/* Where bytes go that are read: into one room, then into the other; a room may have no bytes. */
struct packed_rooms {
    void *at[2];
    size_t bytes[2];
};

/* Reads one stretch of bytes.
 * gives   how many bytes there were; -1 with errno */
ssize_t packed_file_read(const struct packed_file *file, uint64_t offset, const struct packed_rooms *rooms);

/* The sentence for errno. */
enum status packed_file_failed(struct ctx *ctx, const char *name, int number) MUST_USE;

#endif
