/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_FORMATS_PACKED_WRITE_H
#define GAPMETER_FORMATS_PACKED_WRITE_H

#include "base/out.h"
#include "formats/packed_origin.h"

/* What a pack came to. */
struct packed_size {
    uint64_t encounters;
    uint64_t file_bytes;
    uint64_t row_bytes; /* of an encounter in its block */
};

/* Writes answers as a pack (packed_layout.h). The file takes the place of an older one only when all its bytes are safe. Whoever
 * made it may read and write it, and nobody else: who may read the files that it was made of can hang on more than their modes.
 * takes   origin  whose digests are taken
 * fails   as out_open_file and out_close; STATUS_DATA, when what stands beside the answers takes more than OUT_BYTES_MAX;
 *         STATUS_MEMORY, STATUS_CANCELLED
 * proof   tests/formats/packed_test.c, tests/formats/packed_cache_test.c */
enum status packed_write(struct ctx *ctx, const struct answers *answers, const struct packed_origin *origin, const char *path,
                         struct packed_size *out) MUST_USE;

/* The same to anywhere, for tests.
 * takes   lists_most  bytes that names, texts and times may take, OUT_BYTES_MAX at most */
enum status packed_write_to(struct ctx *ctx, const struct answers *answers, const struct packed_origin *origin,
                            uint64_t lists_most, struct out *out, struct packed_size *size) MUST_USE;

#endif
