/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files sqlite*.c share. Nothing else may include it, because nothing else may see SQLite. */
#ifndef GAPMETER_STORE_SQLITE_INSIDE_H
#define GAPMETER_STORE_SQLITE_INSIDE_H

#include <sqlite3.h>

#include "store/database.h"

struct connection {
    sqlite3 *db;
    struct sql_folder statements;
    sqlite3_stmt **prepared;           /* [statements.count], made when first used */
    sqlite3_stmt *savepoint, *release; /* the same for those of each job */
    char *path, *log_path;
    int64_t log_bytes_most; /* 0: LOG_BYTES_MAX; more after readers could not be waited for */
};

/* The sentence and status of a failure, never STATUS_OK; what SQLite says of the file stays in ours.
 * takes   code  an extended result code that is not SQLITE_OK */
enum status sqlite_failed(struct ctx *ctx, const struct connection *connection, int code);

/* Runs a text that gives no rows. */
enum status sqlite_plain(struct ctx *ctx, struct connection *connection, const char *sql) MUST_USE;

/* The same for a statement that is run for every job: prepared once, and kept until the connection is closed. */
enum status sqlite_kept(struct ctx *ctx, struct connection *connection, sqlite3_stmt **kept, const char *sql) MUST_USE;

/* One number that a statement gives. */
enum status sqlite_number(struct ctx *ctx, struct connection *connection, const char *sql, int64_t *out) MUST_USE;

/* Runs a check of SQLite's own; STATUS_DATA unless it says "ok". */
enum status sqlite_whole(struct ctx *ctx, struct connection *connection, const char *sql) MUST_USE;

/* Opens a file as it is.
 * takes   flags       SQLITE_OPEN_…
 *         statements  that will be run; NULL: none
 * gives   *out        NULL when it fails
 * owns    the caller: sqlite_close */
enum status sqlite_connect(struct ctx *ctx, const char *path, int flags, const struct sql_folder *statements,
                           struct connection **out) MUST_USE;

/* Switches off what a store does not need. */
enum status sqlite_restrict(struct ctx *ctx, struct connection *connection) MUST_USE;

/* Is it a store of ours? */
enum status sqlite_ours(struct ctx *ctx, struct connection *connection) MUST_USE;

/* Begins the log anew when it has grown too long because somebody was always reading. What it holds is durable before and after,
 * so that a failure does not matter. */
void sqlite_log_bound(struct connection *connection);

/* Members of driver_sqlite, as database.h says of them. */
enum status sqlite_create(struct ctx *ctx, const char *path) MUST_USE;
bool sqlite_unclean(const char *path);
enum status sqlite_open(struct ctx *ctx, const char *path, bool writes, const struct sql_folder *statements,
                        struct connection **out) MUST_USE;
void sqlite_close(struct connection *connection);
enum status sqlite_examine(struct ctx *ctx, struct connection *connection, bool every) MUST_USE;
enum status sqlite_run(struct ctx *ctx, struct connection *connection, const struct statement_run *run) MUST_USE;
enum status sqlite_fold(struct ctx *ctx, struct connection *connection, bool rebuild) MUST_USE;
enum status sqlite_copy(struct ctx *ctx, const char *from, const char *to, uint64_t *pages) MUST_USE;
enum status sqlite_check(struct ctx *ctx, const char *path) MUST_USE;

#endif
