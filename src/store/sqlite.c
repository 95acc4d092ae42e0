/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SQLite behind store/database.h. Debian's SQLite 3.40 damages a log that two connections write or reset at the same moment: one
 * connection of one process writes, all others are opened read-only. */
#include <stdio.h>

#include "store/sqlite_inside.h"
#include "store/sqlite_settings.h"

static enum status sqlite_version(struct ctx *ctx, struct connection *connection, uint32_t *out)
{
    int64_t version = 0;
    enum status status = sqlite_number(ctx, connection, "PRAGMA user_version", &version);
    *out = (uint32_t)version;
    return status;
}

static enum status sqlite_begin(struct ctx *ctx, struct connection *connection)
{
    /* A reader's moment begins when it first reads. */
    return sqlite_plain(ctx, connection,
                        sqlite3_db_readonly(connection->db, "main") == 1 ? "BEGIN; SELECT 1 FROM sqlite_schema LIMIT 1"
                                                                         : "BEGIN IMMEDIATE");
}

static enum status sqlite_commit(struct ctx *ctx, struct connection *connection)
{
    enum status status = sqlite_plain(ctx, connection, "COMMIT");
    if (!status)
        sqlite_log_bound(connection);
    return status;
}

static void sqlite_rollback(struct connection *connection)
{
    if (!sqlite3_get_autocommit(connection->db))
        (void)sqlite3_exec(connection->db, "ROLLBACK", NULL, NULL, NULL);
}

static enum status sqlite_savepoint(struct ctx *ctx, struct connection *connection)
{
    return sqlite_kept(ctx, connection, &connection->savepoint, "SAVEPOINT job");
}

static enum status sqlite_release(struct ctx *ctx, struct connection *connection, bool keep)
{
    enum status status = keep ? STATUS_OK : sqlite_plain(ctx, connection, "ROLLBACK TO job");
    return status ? status : sqlite_kept(ctx, connection, &connection->release, "RELEASE job");
}

static bool sqlite_in_transaction(const struct connection *connection)
{
    return !sqlite3_get_autocommit(connection->db);
}

static enum status sqlite_migrate(struct ctx *ctx, struct connection *connection, struct span sql, uint32_t number)
{
    char step[64];
    const char *translated = sqlite_translated(ctx, sql);
    if (!translated)
        return ctx_no_memory(ctx);
    (void)snprintf(step, sizeof step, "PRAGMA user_version=%u", (unsigned)number);
    enum status status = sqlite_begin(ctx, connection);
    if (!status)
        status = sqlite_plain(ctx, connection, translated);
    if (!status)
        status = sqlite_plain(ctx, connection, step);
    if (!status)
        status = sqlite_commit(ctx, connection);
    if (status)
        sqlite_rollback(connection);
    return status;
}

const struct driver driver_sqlite = {.name = "sqlite",
                                     .create = sqlite_create,
                                     .unclean = sqlite_unclean,
                                     .open = sqlite_open,
                                     .examine = sqlite_examine,
                                     .close = sqlite_close,
                                     .version = sqlite_version,
                                     .migrate = sqlite_migrate,
                                     .begin = sqlite_begin,
                                     .commit = sqlite_commit,
                                     .rollback = sqlite_rollback,
                                     .savepoint = sqlite_savepoint,
                                     .release = sqlite_release,
                                     .in_transaction = sqlite_in_transaction,
                                     .run = sqlite_run,
                                     .fold = sqlite_fold,
                                     .copy = sqlite_copy,
                                     .check = sqlite_check};
