/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a database driver does for store.c. Private to store/. */
#ifndef GAPMETER_STORE_DATABASE_H
#define GAPMETER_STORE_DATABASE_H

#include "store/driver.h"
#include "store/sql_text.h"

/* One connection, of one thread at a time. */
struct connection;

/* What one statement is run with. */
struct statement_run {
    size_t number; /* in the folder that the connection was opened with */
    struct store_values values;
    enum status (*row)(struct ctx *ctx, void *state, const struct store_row *row); /* NULL: rows do not matter */
    void *state;
    uint64_t *changed; /* NULL: does not matter */
};

struct driver {
    const char *name;
    /* Makes a new, empty database of version 0. */
    enum status (*create)(struct ctx *ctx, const char *path);
    /* Was it left without being closed? Asked before it is opened. */
    bool (*unclean)(const char *path);
    /* Opens a connection to a database of ours with its settings, each read back.
     * fails   as store_open */
    enum status (*open)(struct ctx *ctx, const char *path, bool writes, const struct sql_folder *statements,
                        struct connection **out);
    void (*close)(struct connection *connection); /* NULL is allowed */
    /* Is it whole? A small database is looked at page by page, a large one only when `every` says so. */
    enum status (*examine)(struct ctx *ctx, struct connection *connection, bool every);
    /* The number of the last migration that was applied. */
    enum status (*version)(struct ctx *ctx, struct connection *connection, uint32_t *out);
    /* Applies a migration and its number in one transaction. */
    enum status (*migrate)(struct ctx *ctx, struct connection *connection, struct span sql, uint32_t number);
    /* Begins a transaction; of a reading connection, one that sees this moment. */
    enum status (*begin)(struct ctx *ctx, struct connection *connection);
    enum status (*commit)(struct ctx *ctx, struct connection *connection);
    void (*rollback)(struct connection *connection);
    enum status (*savepoint)(struct ctx *ctx, struct connection *connection);
    /* Ends the savepoint: what was written since is kept, or undone. */
    enum status (*release)(struct ctx *ctx, struct connection *connection, bool keep);
    /* Is a transaction open? Some failures end it. */
    bool (*in_transaction)(const struct connection *connection);
    enum status (*run)(struct ctx *ctx, struct connection *connection, const struct statement_run *run);
    /* Folds the log into the file and empties it; then, with `rebuild`, writes the file anew without free pages. */
    enum status (*fold)(struct ctx *ctx, struct connection *connection, bool rebuild);
    /* Copies the database of one moment to a new file and checks the copy. */
    enum status (*copy)(struct ctx *ctx, const char *from, const char *to, uint64_t *pages);
    /* Is every page and index of a file whole? */
    enum status (*check)(struct ctx *ctx, const char *path);
};

extern const struct driver driver_sqlite;

/* The writing connection's driver and connection, for erasure.c and backup.c, which work outside of sessions.
 * needs   the writing thread */
const struct driver *store_driver(const struct store *store);
struct connection *store_writer(struct store *store);

#endif
