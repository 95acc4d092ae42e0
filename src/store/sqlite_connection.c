/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Connections: what SQLite is told when one is opened, what it must then say, and what its failures are called. */
#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "base/memory.h"
#include "store/sqlite_inside.h"
#include "store/sqlite_settings.h"

enum status sqlite_failed(struct ctx *ctx, const struct connection *connection, int code)
{
    const char *path = connection->path;
    if (code == SQLITE_IOERR_NOMEM)
        return ctx_no_memory(ctx);
    switch (code & 0xff) {
    case SQLITE_FULL:
        return ctx_fail(ctx, STATUS_UNAVAILABLE, NULL,
                        "%s: the disk is full; nothing of this was stored. Make room and try again.", path);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ctx_fail(ctx, STATUS_UNAVAILABLE, NULL, "%s is busy; try again in a moment.", path);
    case SQLITE_NOMEM:
        return ctx_no_memory(ctx);
    case SQLITE_ERROR: /* every statement is prepared in tests: what does not fit is the file */
    case SQLITE_SCHEMA:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return ctx_fail(ctx, STATUS_DATA, NULL,
                        "%s is damaged, or is no store of Gapmeter: restore a backup (gapmeter restore BACKUP --db %s).", path,
                        path);
    case SQLITE_TOOBIG:
        return ctx_fail(ctx, STATUS_INVALID, NULL, "What was to be stored is larger than a store takes.");
    case SQLITE_CONSTRAINT:
        return ctx_fail(ctx, STATUS_INVALID, NULL, "What was to be stored does not fit what is stored already.");
    case SQLITE_PERM:
    case SQLITE_READONLY:
    case SQLITE_AUTH:
        return ctx_fail(ctx, STATUS_PERMISSION, NULL, "%s may not be written.", path);
    case SQLITE_CANTOPEN:
        return ctx_fail(ctx, STATUS_NO_INPUT, NULL, "%s cannot be opened.", path);
    case SQLITE_INTERRUPT:
        return ctx_fail(ctx, STATUS_CANCELLED, NULL, "The work was stopped before it was done.");
    default:
        return ctx_fail(ctx, STATUS_IO, NULL, "%s cannot be read or written (%s).", path, sqlite3_errstr(code));
    }
}

void sqlite_close(struct connection *connection)
{
    if (!connection)
        return;
    for (size_t i = 0; connection->prepared && i < connection->statements.count; i++)
        (void)sqlite3_finalize(connection->prepared[i]);
    (void)sqlite3_finalize(connection->savepoint);
    (void)sqlite3_finalize(connection->release);
    (void)sqlite3_close_v2(connection->db);
    memory_free(connection->prepared);
    memory_free(connection->path);
    memory_free(connection->log_path);
    memory_free(connection);
}

enum status sqlite_plain(struct ctx *ctx, struct connection *connection, const char *sql)
{
    int code = sqlite3_exec(connection->db, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? STATUS_OK : sqlite_failed(ctx, connection, code);
}

enum status sqlite_kept(struct ctx *ctx, struct connection *connection, sqlite3_stmt **kept, const char *sql)
{
    int code = *kept ? SQLITE_OK : sqlite3_prepare_v3(connection->db, sql, -1, SQLITE_PREPARE_PERSISTENT, kept, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(*kept);
    enum status status = code == SQLITE_DONE ? STATUS_OK : sqlite_failed(ctx, connection, code);
    (void)sqlite3_reset(*kept);
    return status;
}

static enum status connection_create(struct ctx *ctx, const char *path, const struct sql_folder *statements,
                                     struct connection **out)
{
    struct connection *connection = memory_alloc(sizeof *connection);
    if (!connection)
        return ctx_no_memory(ctx);
    const size_t length = strlen(path) + 1u, log_length = length + strlen("-wal");
    connection->path = memory_alloc(length);
    connection->log_path = memory_alloc(log_length);
    connection->statements = statements ? *statements : (struct sql_folder){0};
    connection->prepared = memory_alloc((connection->statements.count + 1u) * sizeof(sqlite3_stmt *));
    if (!connection->path || !connection->log_path || !connection->prepared) {
        sqlite_close(connection);
        return ctx_no_memory(ctx);
    }
    memcpy(connection->path, path, length);
    (void)snprintf(connection->log_path, log_length, "%s-wal", path);
    *out = connection;
    return STATUS_OK;
}

enum status sqlite_number(struct ctx *ctx, struct connection *connection, const char *sql, int64_t *out)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(connection->db, sql, -1, &statement, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
        *out = sqlite3_column_int64(statement, 0);
    (void)sqlite3_finalize(statement);
    return code == SQLITE_ROW ? STATUS_OK : sqlite_failed(ctx, connection, code == SQLITE_DONE ? SQLITE_ERROR : code);
}

/* "ok", as integrity_check and quick_check say it. */
enum status sqlite_whole(struct ctx *ctx, struct connection *connection, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(connection->db, sql, -1, &statement, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(statement);
    bool whole = code == SQLITE_ROW && strcmp((const char *)sqlite3_column_text(statement, 0), "ok") == 0;
    (void)sqlite3_finalize(statement);
    return whole ? STATUS_OK : sqlite_failed(ctx, connection, code == SQLITE_ROW ? SQLITE_CORRUPT : code);
}

enum status sqlite_restrict(struct ctx *ctx, struct connection *connection)
{
    sqlite3 *db = connection->db;
    static const struct {
        int what, value;
    } switches[] = {{SQLITE_DBCONFIG_DEFENSIVE, 1},
                    {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
                    {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
                    {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
                    {SQLITE_DBCONFIG_ENABLE_FKEY, 1}};
    for (size_t i = 0; i < sizeof switches / sizeof *switches; i++) {
        int is = -1;
        if (sqlite3_db_config(db, switches[i].what, switches[i].value, &is) != SQLITE_OK || is != switches[i].value)
            return ctx_fail(ctx, STATUS_CONFIG, NULL, "This SQLite does not take a setting that keeps a store safe (switch %d).",
                            switches[i].what);
    }
    (void)sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
    (void)sqlite3_extended_result_codes(db, 1);
    return STATUS_OK;
}

static enum status setting_apply(struct ctx *ctx, struct connection *connection, const struct sqlite_setting *setting)
{
    sqlite3_stmt *statement = NULL;
    char is[64] = "";
    if (setting->set) {
        enum status status = sqlite_plain(ctx, connection, setting->set);
        if (status)
            return status;
    }
    int code = sqlite3_prepare_v2(connection->db, setting->ask, -1, &statement, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
        (void)snprintf(is, sizeof is, "%s", (const char *)sqlite3_column_text(statement, 0));
    (void)sqlite3_finalize(statement);
    if (code != SQLITE_ROW)
        return sqlite_failed(ctx, connection, code == SQLITE_DONE ? SQLITE_ERROR : code);
    if (strcmp(is, setting->wanted) != 0)
        return ctx_fail(ctx, STATUS_CONFIG, NULL,
                        "%s was not opened: its setting %s is %s and must be %s, or answers could be lost.", connection->path,
                        setting->name, is, setting->wanted);
    return STATUS_OK;
}

static enum status settings_apply(struct ctx *ctx, struct connection *connection, bool writes)
{
    enum status status = sqlite_restrict(ctx, connection);
    for (const struct sqlite_setting *setting = sqlite_settings; setting->name && !status; setting++)
        if (writes ? setting->writes : setting->reads)
            status = setting_apply(ctx, connection, setting);
    return status;
}

enum status sqlite_ours(struct ctx *ctx, struct connection *connection)
{
    int64_t application = 0;
    enum status status = sqlite_number(ctx, connection, "PRAGMA application_id", &application);
    if (!status && application != SQLITE_APPLICATION)
        status = ctx_fail(ctx, STATUS_DATA, NULL,
                          "%s is a database, but no store of Gapmeter: name a file that \"gapmeter study create\" made.",
                          connection->path);
    return status;
}

/* A log beside it says that it was not closed. */
bool sqlite_unclean(const char *path)
{
    char name[4096];
    int length = snprintf(name, sizeof name, "%s-wal", path);
    return length > 0 && (size_t)length < sizeof name && sqlite_file_bytes(name) > 0;
}

enum status sqlite_examine(struct ctx *ctx, struct connection *connection, bool every)
{
    int64_t page = 0, size = sqlite_file_bytes(connection->path);
    enum status status = sqlite_number(ctx, connection, "PRAGMA page_size", &page);
    /* SQLite takes half a page for one that ends in zeros. With a log beside it that may be, until the log is folded in. */
    if (!status && (page <= 0 || (size % page != 0 && sqlite_file_bytes(connection->log_path) <= 0)))
        status = sqlite_failed(ctx, connection, SQLITE_CORRUPT);
    if (!status && size <= EXAMINED_BYTES)
        status = sqlite_whole(ctx, connection, "PRAGMA integrity_check(1)");
    else if (!status && every)
        status = sqlite_whole(ctx, connection, "PRAGMA quick_check(1)");
    return status;
}

enum status sqlite_connect(struct ctx *ctx, const char *path, int flags, const struct sql_folder *statements,
                           struct connection **out)
{
    *out = NULL;
    enum status status = connection_create(ctx, path, statements, out);
    if (status)
        return status;
    int code = sqlite3_open_v2(path, &(*out)->db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_busy_timeout((*out)->db, READER_WAIT_MS);
    if (code == SQLITE_OK)
        return STATUS_OK;
    status = sqlite_failed(ctx, *out, code);
    sqlite_close(*out);
    *out = NULL;
    return status;
}

enum status sqlite_open(struct ctx *ctx, const char *path, bool writes, const struct sql_folder *statements,
                        struct connection **out)
{
    enum status status = sqlite_connect(ctx, path, writes ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY, statements, out);
    if (!*out)
        return status;
    status = sqlite_ours(ctx, *out);
    /* SQLite opens a write-protected file for reading, and says nothing. */
    if (!status && writes && sqlite3_db_readonly((*out)->db, "main") != 0)
        status = sqlite_failed(ctx, *out, SQLITE_READONLY);
    if (!status)
        status = settings_apply(ctx, *out, writes);
    if (status) {
        sqlite_close(*out);
        *out = NULL;
    }
    return status;
}

enum status sqlite_create(struct ctx *ctx, const char *path)
{
    struct connection *connection = NULL;
    enum status status = sqlite_connect(ctx, path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL, &connection);
    if (!connection)
        return status;
    status = sqlite_plain(ctx, connection, SQLITE_CREATION);
    if (!status)
        status = settings_apply(ctx, connection, true);
    sqlite_close(connection);
    return status;
}
