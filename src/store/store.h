/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_STORE_STORE_H
#define GAPMETER_STORE_STORE_H

#include "base/ctx.h"

/* A database of live studies: one file, and beside it its write-ahead log, its lock (PATH.lock) and, while a server runs, its
 * socket (PATH.sock). Exactly one connection of one process writes; readers are read-only. */
struct store;

/* A connection inside a transaction, as the functions of *_rows.h take it. A reading session sees one snapshot. */
struct store_session;

enum store_mode {
    STORE_WRITE, /* takes the lock; reading sessions are possible beside the writing one */
    STORE_READ   /* no lock, no writing session */
};

/* Makes a new, empty store and leaves it closed.
 * fails   STATUS_IO when there is a file already; STATUS_PERMISSION, STATUS_NO_INPUT */
enum status store_create(struct ctx *ctx, const char *path) MUST_USE;

/* Opens a store: checks that the file is ours and whole, that every setting reads back as it was set (WAL, synchronous=FULL,
 * secure_delete, foreign keys, no mmap), and brings an older one up to date (STORE_WRITE). The directory entry is synced.
 * takes   who  what a second one is told: "gapmeter serve (pid 812)" is made of it and the pid
 * owns    the connections; the end of ctx->arena closes them when store_close was not called
 * fails   STATUS_NO_INPUT, STATUS_PERMISSION; STATUS_UNAVAILABLE when another process holds it, saying which;
 *         STATUS_DATA when the file is damaged, not a store, or of a newer version; STATUS_CONFIG when a setting did not hold
 * proof   tests/store/contract_test.c, tests/store/sqlite_test.c */
enum status store_open(struct ctx *ctx, const char *path, enum store_mode mode, const char *who, struct store **out) MUST_USE;

/* Closes it: folds the log into the file and gives the lock back. NULL is allowed. */
void store_close(struct store *store);

/* Does the file begin as a store does? Reads a few bytes; may be asked of any file. A store that this process has open must not
 * be asked: closing a descriptor of it would drop its locks. */
bool store_is_store(const char *path);

/* Begins to read: everything read until store_read_end is of one moment. From any thread; one session belongs to one thread.
 * fails   STATUS_UNAVAILABLE when SESSIONS_MAX are open; STATUS_IO, STATUS_DATA */
enum status store_read_begin(struct ctx *ctx, struct store *store, struct store_session **out) MUST_USE;
void store_read_end(struct store_session *session);

/* One piece of work of a group. It runs inside a savepoint: when it fails, what it wrote is undone and the others go on. */
struct store_job {
    struct ctx *ctx; /* its own arena and error */
    enum status (*work)(struct ctx *ctx, struct store_session *session, void *state);
    void *state;
    enum status status; /* written by store_write_group: of the work, or of the commit that it depended on */
};

/* Group commit: runs all jobs in one transaction that is durable (fsync) when this returns. When the commit fails, every job has
 * failed with the same sentence, and nothing of them is stored. Only one thread at a time may call it (assert).
 * fails   per job: as its work; STATUS_IO or STATUS_UNAVAILABLE (disk full) when the transaction could not be made durable. After a
 *         failed fsync the connection is renewed before the next group, and that group overwrites what failed. Only when the
 *         process ends before that may a group whose fsync failed be found, whole, at the next opening: whether a disk that
 *         reports an error has written, nobody knows
 * proof   tests/store/session_test.c, tests/store/sqlite_faults_test.c */
void store_write_group(struct store *store, struct store_job *jobs, size_t count);

/* A group of one. */
enum status store_write(struct ctx *ctx, struct store *store,
                        enum status (*work)(struct ctx *ctx, struct store_session *session, void *state), void *state) MUST_USE;

/* What a job leaves behind that nobody should find. */
enum store_traces {
    TRACES_NONE,
    TRACES_OF_LOG,  /* the log shows what was written by one transaction, and after what, until it is begun anew */
    TRACES_OF_PAGES /* what was erased may stand in pages that are free or have been moved, and in the log */
};

/* A job says what it leaves; once it is committed, store_traces_clear is to be called soon. A log that an unclean end left behind
 * counts too, and so do persons who were erased before the store was closed, when it has not been scrubbed since. */
void store_traces_leave(struct store_session *session, enum store_traces traces);

/* Is there something to clear? From any thread. */
bool store_has_traces(const struct store *store);

/* Folds the log into the file and cuts it to nothing when store_has_traces; of pages, scrubs (store_scrub).
 * needs   the writing thread, outside of a group
 * fails   STATUS_UNAVAILABLE while a reader holds an older moment: the traces stay, ask again
 * proof   tests/store/session_test.c, tests/store/erasure_test.c, tests/property/linkage_test.c */
enum status store_traces_clear(struct ctx *ctx, struct store *store) MUST_USE;

/* The path as it was opened. */
const char *store_path(const struct store *store);

/* For /metrics: groups and jobs committed, and the longest commit in microseconds since the last call. */
struct store_figures {
    uint64_t groups, jobs, failed_groups;
    uint64_t longest_commit_us;
};

/* Takes the figures and begins to count anew. */
void store_figures_take(struct store *store, struct store_figures *out);

#endif
