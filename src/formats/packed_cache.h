/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_FORMATS_PACKED_CACHE_H
#define GAPMETER_FORMATS_PACKED_CACHE_H

#include "formats/packed_write.h"

#define PACKED_ENDING ".pack"

/* What came of a cache. */
struct packed_cache {
    bool taken;        /* the answers came from it */
    bool made;         /* it was made, or made anew */
    char remark[1024]; /* why neither could be: a sentence; the answers are there all the same. "" when all is well */
};

/* Makes a pack of files of answers.
 * takes   source  no pack, and no standard input
 * fails   as struct format says of read, and packed_write */
enum status answers_pack(struct ctx *ctx, const struct format_source *source, const struct study *study,
                         struct problems *problems, const char *path, struct packed_size *out) MUST_USE;

/* Reads answers as answers_read, from the pack beside them, "answers.csv.pack", when it is one of just these files as they are now; else from
 * themselves, and then makes that pack anew. A pack that cannot be written does not stop anything.
 * takes   source  standard input and packs are read as ever
 * fails   as answers_read
 * proof   tests/formats/packed_cache_test.c */
enum status answers_read_cached(struct ctx *ctx, const struct format_source *source, const struct study *study,
                                struct problems *problems, struct packed_cache *cache, const struct answers **out) MUST_USE;

#endif
