/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_FORMATS_PACKED_READ_H
#define GAPMETER_FORMATS_PACKED_READ_H

#include "formats/packed_file.h"
#include "formats/packed_origin.h"

/* A pack to be read. */
struct packed_request {
    const char *path;
    const struct span *bytes;           /* instead of the file; for tests */
    const struct format_source *source; /* it must be a pack of these files; NULL: of whatever it names */
    struct packed_origin *made_of;      /* room for the files that it was made of; NULL: not wanted */
};

/* Reads answers from a pack: the same as the files gave that it was made of. Everything is checked before it is used: checksums, lengths, and each
 * value by what the study may have; so whatever the bytes are, the answers are some that a file could give.
 * gives   *out      NULL unless STATUS_OK
 *         *age      how its files were known; PACKED_ALONE when one of them is gone (and no source was asked for)
 * fails   STATUS_DATA when it is refused; STATUS_NO_INPUT, STATUS_PERMISSION, STATUS_IO, STATUS_MEMORY, STATUS_CANCELLED
 * cost    64 bytes of reading, checking and copying for an encounter of 22 items asked twice; all threads take part
 * proof   tests/formats/packed_test.c, tests/formats/packed_damage_test.c, fuzz/packed_fuzz.c */
enum status packed_read(struct ctx *ctx, const struct packed_request *request, const struct study *study, enum packed_age *age,
                        const struct answers **out) MUST_USE;

#endif
