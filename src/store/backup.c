/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/folder.h"
#include "store/encounter_rows.h"
#include "store/erasure.h"
#include "store/erasure_list.h"
#include "store/store_inside.h"

/* Nothing of a file that was not finished stays. */
static void remains_remove(struct ctx *ctx, const char *path)
{
    static const char *const ends[] = {"", "-wal", "-shm", "-journal", ".lock", ".erased"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        const char *name = arena_format(ctx->arena, "%s%s", path, ends[i]);
        if (name)
            (void)unlink(name);
    }
}

static enum status file_sync(struct ctx *ctx, const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    int failed = fd < 0 ? -1 : fsync(fd);
    if (fd >= 0)
        (void)close(fd);
    return failed ? ctx_fail(ctx, STATUS_IO, NULL, "%s cannot be synced to disk.", path) : STATUS_OK;
}

/* Begins a file that nobody else may read, in the place of what was left of one before. */
static enum status making_begin(struct ctx *ctx, const char *making)
{
    remains_remove(ctx, making);
    int fd = open(making, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd >= 0) {
        (void)close(fd);
        return STATUS_OK;
    }
    if (errno == EACCES || errno == EPERM || errno == EROFS)
        return ctx_fail(ctx, STATUS_PERMISSION, NULL, "%s may not be written.", making);
    if (errno == ENOENT || errno == ENOTDIR)
        return ctx_fail(ctx, STATUS_NO_INPUT, NULL, "%s cannot be made: its folder is not there.", making);
    return ctx_fail(ctx, STATUS_IO, NULL, "%s cannot be made.", making);
}

/* Puts a finished file in its place. */
static enum status file_place(struct ctx *ctx, const char *from, const char *to)
{
    if (rename(from, to) != 0)
        return ctx_fail(ctx, errno == EACCES || errno == EPERM ? STATUS_PERMISSION : STATUS_IO, NULL,
                        "%s cannot be put in its place.", to);
    return store_folder_sync(ctx, to);
}

/* A backup must not take the place of a store that is at work. */
static enum status place_check(struct ctx *ctx, const struct store *store, const char *to)
{
    struct stat there, own;
    if (stat(to, &there) != 0)
        return STATUS_OK;
    if (!S_ISREG(there.st_mode))
        return ctx_fail(ctx, STATUS_INVALID, NULL, "%s is no file: name one that a backup may replace.", to);
    bool itself = stat(store->path, &own) == 0 && own.st_dev == there.st_dev && own.st_ino == there.st_ino;
    if (itself || store->driver->unclean(to))
        return ctx_fail(ctx, STATUS_INVALID, NULL, "%s is a store that is in use: name another file for the backup.", to);
    return STATUS_OK;
}

enum status store_backup(struct ctx *ctx, struct store *store, const char *to, uint64_t *pages)
{
    const char *making = arena_format(ctx->arena, "%s.making", to);
    enum status status = making ? place_check(ctx, store, to) : ctx_no_memory(ctx);
    if (!status)
        status = making_begin(ctx, making);
    if (status)
        return status;
    status = store->driver->copy(ctx, store->path, making, pages);
    if (!status)
        status = file_sync(ctx, making);
    if (!status)
        status = file_place(ctx, making, to);
    if (status)
        remains_remove(ctx, making);
    return status;
}

/* Whom the restored store must not know. */
struct forgetting {
    const struct erased *list;
    size_t count;
    uint64_t known; /* of them were still there */
};

static enum status erased_again(struct ctx *ctx, struct store_session *session, void *state)
{
    struct forgetting *forgetting = state;
    enum status status = STATUS_OK;
    for (size_t i = 0; i < forgetting->count && !status; i++) {
        const struct erased *erased = &forgetting->list[i];
        char id[UUID_TEXT_BYTES];
        struct uuid *known = NULL;
        size_t count = 0;
        uint64_t submissions = 0;
        uuid_format(&erased->respondent, id);
        status = respondent_find(ctx, session, &erased->study, span_of(id), &known, &count);
        if (!status)
            status = respondent_erase(ctx, session, &erased->study, &erased->respondent, 0, &submissions);
        forgetting->known += count > 0;
    }
    return status;
}

/* The erasure list of the store that stands there, as far as it can be read. */
static void standing_list(struct ctx *ctx, const char *path, struct forgetting *out)
{
    struct ctx trying = {.arena = ctx->arena};
    struct store *store = NULL;
    struct store_session *session = NULL;
    struct erased *list = NULL;
    size_t count = 0;
    if (path_exists(path) && store_open(&trying, path, STORE_READ, "gapmeter restore", &store) == STATUS_OK &&
        store_read_begin(&trying, store, &session) == STATUS_OK && erasure_list_of(&trying, session, &list, &count) == STATUS_OK)
        *out = (struct forgetting){.list = list, .count = count};
    store_read_end(session);
    store_close(store);
}

/* Both lists, one after the other; who stands in both is erased twice, which does no harm. */
static enum status lists_join(struct ctx *ctx, const char *path, struct forgetting *out)
{
    struct erased *beside = NULL, *all = NULL;
    size_t count = 0;
    standing_list(ctx, path, out);
    enum status status = erasure_file_read(ctx, path, &beside, &count);
    if (status)
        return status;
    all = arena_array(ctx->arena, out->count + count + 1u, sizeof *all);
    if (!all)
        return ctx_no_memory(ctx);
    for (size_t i = 0; i < out->count + count; i++)
        all[i] = i < out->count ? out->list[i] : beside[i - out->count];
    *out = (struct forgetting){.list = all, .count = out->count + count};
    return STATUS_OK;
}

/* Says of the file that is restored what was said of its copy, whose name nobody knows. */
static void error_rename(struct ctx *ctx, const char *making, const char *from)
{
    char said[sizeof ctx->error.sentence];
    const char *at = strstr(ctx->error.sentence, making);
    if (!at)
        return;
    int length =
        snprintf(said, sizeof said, "%.*s%s%s", (int)(at - ctx->error.sentence), ctx->error.sentence, from, at + strlen(making));
    if (length > 0 && (size_t)length < sizeof said)
        memcpy(ctx->error.sentence, said, (size_t)length + 1);
}

/* Brings a copy up to date and lets it forget; leaves it closed, without a log. */
static enum status copy_prepare(struct ctx *ctx, const char *making, struct forgetting *forgetting)
{
    struct store *store = NULL;
    enum status status = store_open(ctx, making, STORE_WRITE, "gapmeter restore", &store);
    if (!status)
        status = store_write(ctx, store, erased_again, forgetting);
    if (!status)
        status = store_scrub(ctx, store);
    store_close(store);
    return status ? status : file_sync(ctx, making);
}

/* A log that belongs to the file that goes must not be read with the one that comes: it is folded in, or, when the file is damaged, set
 * aside together with it. */
static enum status standing_set_aside(struct ctx *ctx, const char *path)
{
    static const char *const ends[] = {"", "-wal", "-shm"};
    struct ctx trying = {.arena = ctx->arena};
    struct connection *standing = NULL;
    struct sql_folder statements;
    sql_statements(&statements);
    if (!path_exists(path))
        return STATUS_OK;
    enum status status = driver_sqlite.open(&trying, path, true, &statements, &standing);
    if (!status)
        status = driver_sqlite.fold(&trying, standing, false);
    driver_sqlite.close(standing);
    if (status == STATUS_UNAVAILABLE)
        ctx->error = trying.error;
    if (!status || status == STATUS_UNAVAILABLE)
        return status;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        const char *from = arena_format(ctx->arena, "%s%s", path, ends[i]);
        const char *to = arena_format(ctx->arena, "%s.damaged%s", path, ends[i]);
        if (!from || !to)
            return ctx_no_memory(ctx);
        if (path_exists(from) && rename(from, to) != 0)
            return ctx_fail(ctx, STATUS_IO, NULL, "%s cannot be set aside.", from);
    }
    return STATUS_OK;
}

static enum status restore_all(struct ctx *ctx, const char *from, const char *path, uint64_t *erased)
{
    const char *making = arena_format(ctx->arena, "%s.making", path);
    struct forgetting forgetting = {NULL, 0, 0};
    uint64_t pages = 0;
    if (!making)
        return ctx_no_memory(ctx);
    enum status status = lists_join(ctx, path, &forgetting);
    if (!status)
        status = making_begin(ctx, making);
    if (!status)
        status = driver_sqlite.copy(ctx, from, making, &pages);
    if (!status)
        status = copy_prepare(ctx, making, &forgetting);
    if (status)
        error_rename(ctx, making, from);
    if (!status)
        status = standing_set_aside(ctx, path);
    if (!status)
        status = file_place(ctx, making, path);
    if (!status && forgetting.count > 0)
        status = erasure_file_write(ctx, path, forgetting.list, forgetting.count);
    remains_remove(ctx, making);
    *erased = forgetting.known;
    return status;
}

enum status store_restore(struct ctx *ctx, const char *from, const char *path, uint64_t *erased)
{
    struct file_lock *lock = NULL;
    const char *name = arena_format(ctx->arena, "%s.lock", path);
    if (!name)
        return ctx_no_memory(ctx);
    enum status status = driver_sqlite.check(ctx, from);
    if (!status)
        status = file_lock_take(ctx, name, "gapmeter restore", path, &lock);
    if (status)
        return status;
    status = restore_all(ctx, from, path, erased);
    file_lock_release(lock);
    return status;
}
