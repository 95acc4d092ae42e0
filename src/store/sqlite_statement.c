/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Statements: values bound, rows handed on. */
#include "store/sqlite_inside.h"

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

enum status sqlite_run(struct ctx *ctx, struct connection *connection, const struct statement_run *run)
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
