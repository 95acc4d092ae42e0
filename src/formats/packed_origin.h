/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which files the answers of a pack stood in, and whether they still stand there unchanged.
 *
 * What is trusted: a file whose size, inode, time of its last change of contents (mtime) and time of its last change of any kind (ctime)
 * are those that the pack names is the same file. No program can set the ctime back. Two changes within one tick of the file system's
 * clock would show the same time; so a file is only packed once its ctime lies further back than such a tick. Where times differ (the
 * file was copied, or touched) or cannot be trusted (they lie in the future), the whole contents are compared by a digest. */
#ifndef GAPMETER_FORMATS_PACKED_ORIGIN_H
#define GAPMETER_FORMATS_PACKED_ORIGIN_H

#include "base/secret.h"
#include "model/format.h"

enum { PACKED_FILES_MOST = 2 };

struct packed_stamp {
    uint64_t size;
    uint64_t inode;
    int64_t modified_ns, changed_ns; /* since 1970 */
};

struct packed_origin_file {
    const char *path; /* where it stands now */
    const char *name; /* as the pack names it: a name in the pack's own folder, or a full path */
    struct packed_stamp stamp;
    bool doubtful; /* its times cannot be trusted */
    bool held;     /* content was taken before the answers were read, and must be the same afterwards; not in the pack */
    struct digest content;
};

struct packed_origin {
    uint32_t count;
    struct packed_origin_file files[PACKED_FILES_MOST];
    const char *key; /* header of the join column; NULL with one file */
};

/* Looks at files before their answers are read; waits, at most PACKED_WAIT_MS, until their times can be trusted.
 * takes   pack  the path of the pack to be
 * fails   STATUS_USAGE for what cannot be looked at twice (standard input, pipes); STATUS_NO_INPUT, STATUS_PERMISSION, STATUS_IO,
 *         STATUS_MEMORY */
enum status packed_origin_begin(struct ctx *ctx, const struct format_source *source, const char *pack,
                                struct packed_origin *out) MUST_USE;

/* Holds files against what an older pack of them says: their contents must be those still when packed_origin_end is called.
 * takes   made_of  of the same files */
void packed_origin_hold(struct packed_origin *origin, const struct packed_origin *made_of);

/* The same after they were read: takes digests of their contents.
 * fails   STATUS_DATA when one of them has changed since packed_origin_begin, or is not what it was held against; else as that */
enum status packed_origin_end(struct ctx *ctx, struct packed_origin *origin) MUST_USE;

enum packed_age {
    PACKED_FRESH,        /* by its times */
    PACKED_SAME_CONTENT, /* times differ or cannot be trusted; the contents are the same */
    PACKED_ALONE,        /* a file is no longer there */
    PACKED_STALE         /* another file, or other contents */
};

/* Compares files with what a pack says of them.
 * gives   *age    the worst of them
 *         *which  the file that it is said of
 * fails   as packed_origin_begin */
enum status packed_origin_compare(struct ctx *ctx, const struct packed_origin *origin, enum packed_age *age,
                                  const char **which) MUST_USE;

/* Fills in where the files stand, from their names and the folder of the pack.
 * fails   STATUS_MEMORY */
enum status packed_origin_find(struct ctx *ctx, const char *pack, struct packed_origin *origin) MUST_USE;

/* Can the times of a file not be trusted? */
bool packed_origin_is_doubtful(const struct packed_origin *origin);

/* Are these the same files, joined by the same key? */
bool packed_origin_same(const struct packed_origin *origin, const struct format_source *source);

#define PACKED_WAIT_MS 2100u

#endif
