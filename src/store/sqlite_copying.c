/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The log folded in, copies, and whether a file is whole. */
#include "base/limits.h"
#include "store/sqlite_inside.h"
#include "store/sqlite_settings.h"

void sqlite_log_bound(struct connection *connection)
{
    int64_t most = connection->log_bytes_most > 0 ? connection->log_bytes_most : LOG_BYTES_MAX;
    int64_t bytes = sqlite_file_bytes(connection->log_path);
    if (bytes <= most)
        return;
    (void)sqlite3_busy_timeout(connection->db, LOG_WAIT_MS);
    int code = sqlite3_wal_checkpoint_v2(connection->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    (void)sqlite3_busy_timeout(connection->db, READER_WAIT_MS);
    connection->log_bytes_most = code == SQLITE_OK ? LOG_BYTES_MAX : bytes + LOG_BYTES_MAX;
}

enum status sqlite_fold(struct ctx *ctx, struct connection *connection, bool rebuild)
{
    enum status status = STATUS_OK;
    if (rebuild) {
        /* The file that is written anew is attached for the time. */
        (void)sqlite3_limit(connection->db, SQLITE_LIMIT_ATTACHED, 1);
        status = sqlite_plain(ctx, connection, "VACUUM");
        (void)sqlite3_limit(connection->db, SQLITE_LIMIT_ATTACHED, 0);
    }
    int64_t busy = 0;
    /* Emptying the log alone is done again and again: it does not hold up writers for long. */
    (void)sqlite3_busy_timeout(connection->db, rebuild ? READER_WAIT_MS : LOG_WAIT_MS);
    if (!status)
        status = sqlite_number(ctx, connection, "PRAGMA wal_checkpoint(TRUNCATE)", &busy);
    (void)sqlite3_busy_timeout(connection->db, READER_WAIT_MS);
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

enum status sqlite_check(struct ctx *ctx, const char *path)
{
    struct connection *connection = NULL;
    enum status status = sqlite_connect(ctx, path, SQLITE_OPEN_READONLY, NULL, &connection);
    if (status)
        return status;
    status = sqlite_restrict(ctx, connection);
    if (!status)
        status = sqlite_ours(ctx, connection);
    if (!status)
        status = sqlite_whole(ctx, connection, "PRAGMA integrity_check(1)");
    sqlite_close(connection);
    return status;
}

enum status sqlite_copy(struct ctx *ctx, const char *from, const char *to, uint64_t *pages)
{
    struct connection *source = NULL, *target = NULL;
    enum status status = sqlite_connect(ctx, from, SQLITE_OPEN_READONLY, NULL, &source);
    if (!status)
        status = sqlite_connect(ctx, to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL, &target);
    if (!status)
        status = sqlite_restrict(ctx, source);
    if (!status)
        status = pages_copy(ctx, source, target, pages);
    /* A copy stands alone: one file, without a log beside it. */
    if (!status)
        status = sqlite_plain(ctx, target, "PRAGMA journal_mode=DELETE");
    sqlite_close(target);
    sqlite_close(source);
    return status ? status : sqlite_check(ctx, to);
}
