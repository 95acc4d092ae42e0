/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_APP_PACKING_H
#define GAPMETER_APP_PACKING_H

#include "model/format.h"

/* A pack that was made. */
struct pack_made {
    const char *path;
    uint64_t encounters;
    uint64_t file_bytes;
    uint64_t row_bytes; /* of an encounter */
};

/* Packs files of answers, so that the next analysis reads them in milliseconds.
 * takes   path  of the pack, which ends with .pack; NULL: the file's own name and .pack, where --cache looks for it
 *         problems  initialised by the caller
 * fails   STATUS_USAGE for stores, packs and what is no plain file; what reading and writing say
 * proof   tests/cli/pack_test.sh */
enum status pack_make(struct ctx *ctx, const struct format_source *source, const char *study_path, const char *path,
                      struct problems *problems, struct pack_made *out) MUST_USE;

#define CACHE_REMARK_BYTES 1024u

/* Reads answers, from the pack beside them where it is one of just these files as they are now; else from the files, and makes that pack
 * anew.
 * takes   remark  CACHE_REMARK_BYTES, with the sentence why no pack could be made or "" when all is well; NULL: no pack is looked for
 * fails   as answers_read; STATUS_USAGE for standard input, which has no place for a pack beside it */
enum status answers_read_with_cache(struct ctx *ctx, const struct format_source *source, const struct study *study,
                                    struct problems *problems, char *remark, const struct answers **out) MUST_USE;

#endif
