/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_FORMATS_CSV_UNPACK_H
#define GAPMETER_FORMATS_CSV_UNPACK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/ctx.h"

/* gzip and zstd as streams: packed bytes in, plain bytes out. */
struct csv_unpack;

enum csv_packing { CSV_PACKING_NONE, CSV_PACKING_GZIP, CSV_PACKING_ZSTD };

/* How the bytes are packed, by how they begin. */
enum csv_packing csv_packing_of(struct span beginning);

/* owns    the unpacker: freed with ctx->arena */
enum status csv_unpack_create(struct ctx *ctx, enum csv_packing packing, const char *name, struct csv_unpack **out) MUST_USE;

/* Unpacks some bytes; several packed pieces one after another are one text.
 * takes   *from  packed bytes; gives back those not yet used
 * gives   *got   how many plain bytes were written
 * fails   STATUS_DATA  damaged, or more than UNPACKED_RATIO_MAX times the packed size; STATUS_MEMORY */
enum status csv_unpack_some(struct ctx *ctx, struct csv_unpack *unpack, struct span *from, struct span into,
                            size_t *got) MUST_USE;

/* Did the last packed piece come to its end? */
bool csv_unpack_is_whole(const struct csv_unpack *unpack);

#endif
