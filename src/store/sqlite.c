/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SQLite behind store/database.h. Debian's SQLite 3.40 damages a log that two connections write or reset at the same moment: one
 * connection of one process writes, all others are opened read-only. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/memory.h"
#include "store/database.h"
#include "store/sqlite_settings.h"

struct connection {
    sqlite3 *db;
    struct sql_folder statements;
    sqlite3_stmt **prepared; /* [statements.count], made when first used */
    char *path;
};

/* The sentence and status of a failure; what SQLite says of the file stays in ours. */
static enum status sqlite_failed(struct ctx *ctx, const struct connection *connection, int code)
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

static void sqlite_close(struct connection *connection)
{
    if (!connection)
        return;
    for (size_t i = 0; connection->prepared && i < connection->statements.count; i++)
        (void)sqlite3_finalize(connection->prepared[i]);
    (void)sqlite3_close_v2(connection->db);
    memory_free(connection->prepared);
    memory_free(connection->path);
    memory_free(connection);
}

static enum status plain(struct ctx *ctx, struct connection *connection, const char *sql)
{
    int code = sqlite3_exec(connection->db, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? STATUS_OK : sqlite_failed(ctx, connection, code);
}

static enum status connection_create(struct ctx *ctx, const char *path, const struct sql_folder *statements,
                                     struct connection **out)
{
    struct connection *connection = memory_alloc(sizeof *connection);
    if (!connection)
        return ctx_no_memory(ctx);
    size_t length = strlen(path) + 1u;
    connection->path = memory_alloc(length);
    connection->prepared = memory_alloc((statements->count + 1u) * sizeof(sqlite3_stmt *));
    if (!connection->path || !connection->prepared) {
        sqlite_close(connection);
        return ctx_no_memory(ctx);
    }
    memcpy(connection->path, path, length);
    connection->statements = *statements;
    *out = connection;
    return STATUS_OK;
}

/* One number that a statement gives. */
static enum status number_ask(struct ctx *ctx, struct connection *connection, const char *sql, int64_t *out)
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
static enum status wholeness_ask(struct ctx *ctx, struct connection *connection, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(connection->db, sql, -1, &statement, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(statement);
    bool whole = code == SQLITE_ROW && strcmp((const char *)sqlite3_column_text(statement, 0), "ok") == 0;
    (void)sqlite3_finalize(statement);
    return whole ? STATUS_OK : sqlite_failed(ctx, connection, code == SQLITE_ROW ? SQLITE_CORRUPT : code);
}

static enum status configure(struct ctx *ctx, struct connection *connection)
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
        enum status status = plain(ctx, connection, setting->set);
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
    enum status status = configure(ctx, connection);
    for (const struct sqlite_setting *setting = sqlite_settings; setting->name && !status; setting++)
        if (writes ? setting->writes : setting->reads)
            status = setting_apply(ctx, connection, setting);
    return status;
}

/* Is it a store of ours? */
static enum status file_check(struct ctx *ctx, struct connection *connection)
{
    int64_t application = 0;
    enum status status = number_ask(ctx, connection, "PRAGMA application_id", &application);
    if (!status && application != SQLITE_APPLICATION)
        status = ctx_fail(ctx, STATUS_DATA, NULL,
                          "%s is a database, but no store of Gapmeter: name a file that \"gapmeter study create\" made.",
                          connection->path);
    return status;
}

static enum status sqlite_examine(struct ctx *ctx, struct connection *connection)
{
    return wholeness_ask(ctx, connection, "PRAGMA quick_check(1)");
}

/* A log beside it says that it was not closed. */
static bool sqlite_unclean(const char *path)
{
    char name[4096];
    int length = snprintf(name, sizeof name, "%s-wal", path);
    return length > 0 && (size_t)length < sizeof name && sqlite_file_bytes(name) > 0;
}

static const struct sql_folder no_statements;

static enum status connection_open(struct ctx *ctx, const char *path, int flags, const struct sql_folder *statements,
                                   struct connection **out)
{
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

static enum status sqlite_open(struct ctx *ctx, const char *path, bool writes, const struct sql_folder *statements,
                               struct connection **out)
{
    enum status status = connection_open(ctx, path, writes ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY, statements, out);
    if (status)
        return status;
    status = file_check(ctx, *out);
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

static enum status sqlite_create(struct ctx *ctx, const char *path)
{
    struct connection *connection = NULL;
    enum status status = connection_open(ctx, path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &no_statements, &connection);
    if (status)
        return status;
    status = plain(ctx, connection, SQLITE_CREATION);
    if (!status)
        status = settings_apply(ctx, connection, true);
    sqlite_close(connection);
    return status;
}

static enum status sqlite_version(struct ctx *ctx, struct connection *connection, uint32_t *out)
{
    int64_t version = 0;
    enum status status = number_ask(ctx, connection, "PRAGMA user_version", &version);
    *out = (uint32_t)version;
    return status;
}

static enum status sqlite_begin(struct ctx *ctx, struct connection *connection)
{
    /* A reader's moment begins when it first reads. */
    return plain(ctx, connection,
                 sqlite3_db_readonly(connection->db, "main") == 1 ? "BEGIN; SELECT 1 FROM sqlite_schema LIMIT 1"
                                                                  : "BEGIN IMMEDIATE");
}

static enum status sqlite_commit(struct ctx *ctx, struct connection *connection)
{
    return plain(ctx, connection, "COMMIT");
}

static void sqlite_rollback(struct connection *connection)
{
    if (!sqlite3_get_autocommit(connection->db))
        (void)sqlite3_exec(connection->db, "ROLLBACK", NULL, NULL, NULL);
}

static enum status sqlite_savepoint(struct ctx *ctx, struct connection *connection)
{
    return plain(ctx, connection, "SAVEPOINT job");
}

static enum status sqlite_release(struct ctx *ctx, struct connection *connection, bool keep)
{
    return plain(ctx, connection, keep ? "RELEASE job" : "ROLLBACK TO job; RELEASE job");
}

static bool sqlite_in_transaction(const struct connection *connection)
{
    return !sqlite3_get_autocommit(connection->db);
}

static enum status sqlite_migrate(struct ctx *ctx, struct connection *connection, struct span sql, uint32_t number)
{
    char step[64];
    char *translated = sqlite_translated(ctx, sql);
    if (!translated)
        return ctx_no_memory(ctx);
    (void)snprintf(step, sizeof step, "PRAGMA user_version=%u", (unsigned)number);
    enum status status = sqlite_begin(ctx, connection);
    if (!status)
        status = plain(ctx, connection, translated);
    if (!status)
        status = plain(ctx, connection, step);
    if (!status)
        status = sqlite_commit(ctx, connection);
    if (status)
        sqlite_rollback(connection);
    return status;
}

static int value_bind(sqlite3_stmt *statement, int place, const struct store_value *value)
{
    switch (value->kind) {
    case VALUE_INTEGER:
        return sqlite3_bind_int64(statement, place, value->integer);
    case VALUE_TEXT:
        return sqlite3_bind_text64(statement, place, value->bytes.at, value->bytes.length, SQLITE_STATIC, SQLITE_UTF8);
    case VALUE_BYTES:
        if (value->bytes.length == 0)
            return sqlite3_bind_zeroblob(statement, place, 0);
        return sqlite3_bind_blob64(statement, place, value->bytes.at, value->bytes.length, SQLITE_STATIC);
    case VALUE_NULL:
    default:
        return sqlite3_bind_null(statement, place);
    }
}

#define COLUMNS_MAX 24

static enum status row_pass(struct ctx *ctx, sqlite3_stmt *statement, const struct statement_run *run)
{
    struct store_value columns[COLUMNS_MAX];
    int count = sqlite3_column_count(statement);
    if (count > COLUMNS_MAX)
        return ctx_fail(ctx, STATUS_FAILURE, NULL, "A statement gives more columns than are taken.");
    for (int i = 0; i < count; i++) {
        int kind = sqlite3_column_type(statement, i);
        columns[i] = (struct store_value){.kind = VALUE_NULL};
        if (kind == SQLITE_INTEGER)
            columns[i] = (struct store_value){.kind = VALUE_INTEGER, .integer = sqlite3_column_int64(statement, i)};
        else if (kind != SQLITE_NULL) {
            const void *bytes =
                kind == SQLITE_TEXT ? (const void *)sqlite3_column_text(statement, i) : sqlite3_column_blob(statement, i);
            columns[i].kind = kind == SQLITE_TEXT ? VALUE_TEXT : VALUE_BYTES;
            columns[i].bytes = (struct span){bytes, (size_t)sqlite3_column_bytes(statement, i)};
        }
    }
    const struct store_row row = {.columns = columns, .count = (size_t)count};
    return run->row(ctx, run->state, &row);
}

/* A statement that is kept for the connection; one of its own while the kept one is in the middle of its rows. */
static enum status statement_take(struct ctx *ctx, struct connection *connection, const struct statement_run *run,
                                  sqlite3_stmt **out)
{
    sqlite3_stmt **kept = &connection->prepared[run->number];
    if (*kept && !sqlite3_stmt_busy(*kept)) {
        *out = *kept;
        return STATUS_OK;
    }
    struct span text = sql_text(&connection->statements, run->number);
    int code = sqlite3_prepare_v3(connection->db, text.at, (int)text.length, SQLITE_PREPARE_PERSISTENT, out, NULL);
    if (code != SQLITE_OK)
        return sqlite_failed(ctx, connection, code);
    if (!*kept)
        *kept = *out;
    return STATUS_OK;
}

static void statement_give_back(const struct connection *connection, size_t number, sqlite3_stmt *statement)
{
    (void)sqlite3_reset(statement);
    (void)sqlite3_clear_bindings(statement);
    if (connection->prepared[number] != statement)
        (void)sqlite3_finalize(statement);
}

static enum status steps_take(struct ctx *ctx, const struct connection *connection, sqlite3_stmt *statement,
                              const struct statement_run *run)
{
    for (int code = sqlite3_step(statement); code != SQLITE_DONE; code = sqlite3_step(statement)) {
        if (code != SQLITE_ROW)
            return sqlite_failed(ctx, connection, code);
        enum status status = run->row ? row_pass(ctx, statement, run) : STATUS_OK;
        if (status)
            return status;
    }
    return STATUS_OK;
}

static enum status sqlite_run(struct ctx *ctx, struct connection *connection, const struct statement_run *run)
{
    sqlite3_stmt *statement = NULL;
    enum status status = statement_take(ctx, connection, run, &statement);
    if (status)
        return status;
    for (size_t i = 0; i < run->values.count && !status; i++) {
        int code = value_bind(statement, (int)i + 1, &run->values.at[i]);
        if (code != SQLITE_OK)
            status = sqlite_failed(ctx, connection, code);
    }
    if (!status)
        status = steps_take(ctx, connection, statement, run);
    if (!status && run->changed)
        *run->changed = (uint64_t)sqlite3_changes64(connection->db);
    statement_give_back(connection, run->number, statement);
    return status;
}

static enum status sqlite_fold(struct ctx *ctx, struct connection *connection, bool rebuild)
{
    enum status status = STATUS_OK;
    if (rebuild) {
        /* The file that is written anew is attached for the time. */
        (void)sqlite3_limit(connection->db, SQLITE_LIMIT_ATTACHED, 1);
        status = plain(ctx, connection, "VACUUM");
        (void)sqlite3_limit(connection->db, SQLITE_LIMIT_ATTACHED, 0);
    }
    int64_t busy = 0;
    if (!status)
        status = number_ask(ctx, connection, "PRAGMA wal_checkpoint(TRUNCATE)", &busy);
    if (!status && busy)
        status = sqlite_failed(ctx, connection, SQLITE_BUSY);
    return status;
}

static enum status pages_copy(struct ctx *ctx, struct connection *from, struct connection *to, uint64_t *pages)
{
    sqlite3_backup *copying = sqlite3_backup_init(to->db, "main", from->db, "main");
    if (!copying)
        return sqlite_failed(ctx, to, sqlite3_extended_errcode(to->db));
    /* All pages in one step: of one moment, and no writer makes it begin again. */
    int code = sqlite3_backup_step(copying, -1);
    *pages = (uint64_t)sqlite3_backup_pagecount(copying);
    int ended = sqlite3_backup_finish(copying);
    if (code == SQLITE_DONE && ended == SQLITE_OK)
        return STATUS_OK;
    return sqlite_failed(ctx, to, code == SQLITE_DONE ? ended : code);
}

static enum status sqlite_check(struct ctx *ctx, const char *path)
{
    struct connection *connection = NULL;
    enum status status = connection_open(ctx, path, SQLITE_OPEN_READONLY, &no_statements, &connection);
    if (status)
        return status;
    status = configure(ctx, connection);
    if (!status)
        status = file_check(ctx, connection);
    if (!status)
        status = wholeness_ask(ctx, connection, "PRAGMA integrity_check(1)");
    sqlite_close(connection);
    return status;
}

static enum status sqlite_copy(struct ctx *ctx, const char *from, const char *to, uint64_t *pages)
{
    struct connection *source = NULL, *target = NULL;
    enum status status = connection_open(ctx, from, SQLITE_OPEN_READONLY, &no_statements, &source);
    if (!status)
        status = connection_open(ctx, to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &no_statements, &target);
    if (!status)
        status = configure(ctx, source);
    if (!status)
        status = pages_copy(ctx, source, target, pages);
    /* A copy stands alone: one file, without a log beside it. */
    if (!status)
        status = plain(ctx, target, "PRAGMA journal_mode=DELETE");
    sqlite_close(target);
    sqlite_close(source);
    return status ? status : sqlite_check(ctx, to);
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
