/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "store/erasure.h"
#include "store/sqlite_settings.h"
#include "store/store_inside.h"

/* The file name of a path, as sentences call it. */
static const char *short_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* A name that was made, or moved, survives a power cut once its folder is synced. */
enum status store_folder_sync(struct ctx *ctx, const char *path)
{
    const char *name = short_name(path);
    const char *folder = name == path ? "." : arena_copy(ctx->arena, (struct span){path, (size_t)(name - path)});
    if (!folder)
        return ctx_no_memory(ctx);
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int failed = fd < 0 ? -1 : fsync(fd);
    if (fd >= 0)
        (void)close(fd);
    return failed ? ctx_fail(ctx, STATUS_IO, NULL, "The folder of %s cannot be synced to disk.", path) : STATUS_OK;
}

bool file_system_is_shared(int64_t type)
{
    static const int64_t shared[] = {
        0x6969 /* nfs */,       0x517B /* smb */,      0xFE534D42 /* smb2 */,   0xFF534D42 /* cifs */, 0x01021997 /* 9p */,
        0x5346414F /* afs */,   0x6B414653 /* afs */,  0x00C36400 /* ceph */,   0x73757245 /* coda */, 0x564C /* ncp */,
        0x7461636F /* ocfs2 */, 0x01161970 /* gfs2 */, 0x0BD00BD0 /* lustre */, 0x47504653 /* gpfs */, 0x786F4256 /* vboxsf */};
    for (size_t i = 0; i < sizeof shared / sizeof *shared; i++)
        if ((type & 0xFFFFFFFF) == shared[i])
            return true;
    return false;
}

static enum status file_system_check(struct ctx *ctx, const char *path)
{
    struct statfs where;
    /* When there is nothing to ask about, opening it says what is wrong. */
    if (statfs(path, &where) == 0 && file_system_is_shared((int64_t)where.f_type))
        return ctx_fail(ctx, STATUS_CONFIG, NULL,
                        "%s lies on a network file system, where answers can be lost: keep it on a local disk.", path);
    return STATUS_OK;
}

/* Nobody may be given one of the first three descriptors, to which a program prints. */
static enum status descriptors_fill(struct ctx *ctx)
{
    int fd = open("/dev/null", O_RDWR);
    while (fd >= 0 && fd <= 2)
        fd = open("/dev/null", O_RDWR);
    if (fd < 0)
        return ctx_fail(ctx, STATUS_UNAVAILABLE, NULL, "No file can be opened: the process has as many as it may.");
    (void)close(fd);
    return STATUS_OK;
}

static enum status migrations_apply(struct ctx *ctx, const struct store *store, bool writes)
{
    struct sql_folder migrations;
    uint32_t version = 0;
    sql_migrations(&migrations);
    enum status status = store->driver->version(ctx, store->writing.connection, &version);
    if (!status && version > migrations.count)
        return ctx_fail(ctx, STATUS_DATA, NULL,
                        "%s was written by a newer Gapmeter (its form is %u, this one knows %zu): install the newer one.",
                        store->path, (unsigned)version, migrations.count);
    if (!status && !writes && version < migrations.count)
        return ctx_fail(ctx, STATUS_DATA, NULL,
                        "%s was written by an older Gapmeter: \"gapmeter study list --db %s\" brings it up to date.", store->path,
                        store->path);
    for (uint32_t number = version + 1u; !status && number <= migrations.count; number++)
        status = store->driver->migrate(ctx, store->writing.connection, sql_text(&migrations, number - 1u), number);
    return status;
}

/* At the end of the arena it was opened in: closed before or not, its memory goes. */
static void store_end(void *resource)
{
    struct store *store = resource;
    store_close(store);
    arena_destroy(store->arena);
}

static enum status store_make(struct ctx *ctx, const char *path, struct store **out)
{
    struct arena *arena = NULL;
    if (arena_create(NULL, &arena))
        return ctx_no_memory(ctx);
    struct ctx inner = {.arena = arena};
    struct store *store = arena_alloc(arena, sizeof *store);
    if (store)
        store->path = arena_copy(arena, span_of(path));
    if (!store || !store->path || mutex_create(&inner, &store->mutex)) {
        arena_destroy(arena);
        return ctx_no_memory(ctx);
    }
    store->arena = arena;
    store->driver = &driver_sqlite;
    store->writing.store = store;
    sql_statements(&store->statements);
    *out = store;
    return STATUS_OK;
}

enum status store_create(struct ctx *ctx, const char *path)
{
    enum status status = descriptors_fill(ctx);
    if (status)
        return status;
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0 && errno == EEXIST)
        return ctx_fail(ctx, STATUS_IO, NULL, "%s is there already; name a new file.", path);
    if (fd < 0 && (errno == EACCES || errno == EPERM || errno == EROFS))
        return ctx_fail(ctx, STATUS_PERMISSION, NULL, "%s may not be written.", path);
    if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
        return ctx_fail(ctx, STATUS_NO_INPUT, NULL, "%s cannot be made: its folder is not there.", path);
    if (fd < 0)
        return ctx_fail(ctx, STATUS_IO, NULL, "%s cannot be made.", path);
    (void)close(fd);
    status = file_system_check(ctx, path);
    if (!status)
        status = driver_sqlite.create(ctx, path);
    struct store *store = NULL;
    if (!status)
        status = store_open(ctx, path, STORE_WRITE, "gapmeter", &store);
    if (status)
        (void)unlink(path);
    else
        store_close(store);
    return status;
}

/* Takes the lock, opens the writing connection and brings the file up to date. */
static enum status writing_open(struct ctx *ctx, struct store *store, const char *who)
{
    struct ctx inner = {.arena = store->arena};
    char *name = arena_format(store->arena, "%s.lock", store->path);
    if (!name)
        return ctx_no_memory(ctx);
    enum status status = file_lock_take(&inner, name, who, store->path, &store->lock);
    if (status) {
        ctx->error = inner.error;
        return status;
    }
    bool unclean = store->driver->unclean(store->path);
    atomic_store(&store->traces, unclean ? TRACES_OF_LOG : TRACES_NONE);
    status = store->driver->open(ctx, store->path, true, &store->statements, &store->writing.connection);
    if (!status)
        status = store->driver->examine(ctx, store->writing.connection, unclean);
    if (!status)
        status = migrations_apply(ctx, store, true);
    if (!status)
        status = erasures_look(ctx, store);
    return status ? status : store_folder_sync(ctx, store->path);
}

/* A reader keeps no connection but checks that it could. */
static enum status reading_try(struct ctx *ctx, struct store *store)
{
    enum status status = store->driver->open(ctx, store->path, false, &store->statements, &store->writing.connection);
    if (!status)
        status = store->driver->examine(ctx, store->writing.connection, false);
    if (!status)
        status = migrations_apply(ctx, store, false);
    store->driver->close(store->writing.connection);
    store->writing.connection = NULL;
    return status;
}

enum status store_open(struct ctx *ctx, const char *path, enum store_mode mode, const char *who, struct store **out)
{
    struct store *store = NULL;
    enum status status = descriptors_fill(ctx);
    if (!status && access(path, F_OK) != 0)
        status = ctx_fail(ctx, STATUS_NO_INPUT, NULL, "%s is not there.", path);
    if (!status)
        status = file_system_check(ctx, path);
    if (!status)
        status = store_make(ctx, path, &store);
    if (status)
        return status;
    status = mode == STORE_WRITE ? writing_open(ctx, store, who) : reading_try(ctx, store);
    if (status) {
        store_end(store);
        return status;
    }
    if (arena_defer(ctx->arena, store_end, store))
        return ctx_no_memory(ctx);
    *out = store;
    return STATUS_OK;
}

void store_close(struct store *store)
{
    if (!store)
        return;
    for (size_t i = 0; i < SESSIONS_MAX; i++) {
        store->driver->close(store->reading[i].connection);
        store->reading[i].connection = NULL;
    }
    store->driver->close(store->writing.connection);
    store->writing.connection = NULL;
    if (store->lock)
        file_lock_release(store->lock);
}

const char *store_path(const struct store *store)
{
    return store->path;
}

const struct driver *store_driver(const struct store *store)
{
    return store->driver;
}

struct connection *store_writer(struct store *store)
{
    return store->writing.connection;
}

bool store_is_store(const char *path)
{
    unsigned char begins[72];
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    ssize_t length = fd < 0 ? -1 : pread(fd, begins, sizeof begins, 0);
    if (fd >= 0)
        (void)close(fd);
    if (length != (ssize_t)sizeof begins || memcmp(begins, "SQLite format 3", 16) != 0)
        return false;
    uint32_t application = (uint32_t)begins[68] << 24 | (uint32_t)begins[69] << 16 | (uint32_t)begins[70] << 8 | begins[71];
    return application == SQLITE_APPLICATION;
}

enum status store_run(struct ctx *ctx, struct store_session *session, const char *name, struct store_values values,
                      uint64_t *changed)
{
    const struct store *store = session->store;
    const struct statement_run run = {.number = sql_number(&store->statements, name), .values = values, .changed = changed};
    return store->driver->run(ctx, session->connection, &run);
}

enum status store_query(struct ctx *ctx, struct store_session *session, const char *name, struct store_values values,
                        enum status (*row)(struct ctx *ctx, void *state, const struct store_row *row), void *state)
{
    const struct store *store = session->store;
    const struct statement_run run = {
        .number = sql_number(&store->statements, name), .values = values, .row = row, .state = state};
    return store->driver->run(ctx, session->connection, &run);
}
