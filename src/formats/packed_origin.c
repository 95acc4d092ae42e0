/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/packed_origin.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/pool.h"
#include "formats/packed_file.h"

enum { PIECE_BYTES = 1 << 20, NS_PER_MS = 1000000 };

#define NS_PER_SECOND INT64_C(1000000000)
/* Clocks of file systems tick at least so often: those that hold parts of seconds, and those that do not (FAT: two seconds). */
#define FINE_TICK_NS   (20 * (int64_t)NS_PER_MS)
#define COARSE_TICK_NS (PACKED_WAIT_MS * (int64_t)NS_PER_MS - FINE_TICK_NS)

static int64_t nanoseconds(struct timespec time)
{
    return (int64_t)time.tv_sec * NS_PER_SECOND + time.tv_nsec;
}

static bool same_stamp(const struct packed_stamp *a, const struct packed_stamp *b)
{
    return a->size == b->size && a->inode == b->inode && a->modified_ns == b->modified_ns && a->changed_ns == b->changed_ns;
}

/* gives   0, or errno */
static int stamp_take(const char *path, struct packed_stamp *out, struct stat *state)
{
    *out = (struct packed_stamp){0};
    if (stat(path, state) != 0)
        return errno == 0 ? EIO : errno;
    *out = (struct packed_stamp){(uint64_t)state->st_size, (uint64_t)state->st_ino, nanoseconds(state->st_mtim),
                                 nanoseconds(state->st_ctim)};
    return 0;
}

/* Waits until a later change would have another time. Times that lie in the future never come to that. */
static bool stamp_settle(const struct packed_stamp *stamp)
{
    const int64_t tick = stamp->changed_ns % NS_PER_SECOND == 0 ? COARSE_TICK_NS : FINE_TICK_NS;
    struct timespec now;
    (void)clock_gettime(CLOCK_REALTIME, &now);
    const int64_t wait = stamp->changed_ns + tick - nanoseconds(now);
    if (wait > PACKED_WAIT_MS * (int64_t)NS_PER_MS)
        return false;
    struct timespec rest = {wait / NS_PER_SECOND, wait % NS_PER_SECOND};
    while (wait > 0 && nanosleep(&rest, &rest) != 0 && errno == EINTR)
        continue;
    return true;
}

struct digesting {
    struct packed_file file;
    struct digest *pieces;
    char **room;       /* [worker] */
    atomic_int failed; /* errno */
};

static enum status piece_digest(void *state, size_t number, unsigned worker)
{
    static const uint8_t key[32] = "gapmeter: contents of answers";
    struct digesting *digesting = state;
    const struct packed_rooms room = {{digesting->room[worker], NULL}, {PIECE_BYTES, 0}};
    ssize_t got = packed_file_read(&digesting->file, (uint64_t)number * PIECE_BYTES, &room);
    if (got < 0) {
        digesting->failed = errno;
        return STATUS_IO;
    }
    digest_keyed(key, (struct span){digesting->room[worker], (size_t)got}, &digesting->pieces[number]);
    return STATUS_OK;
}

/* A digest of digests of pieces, so that threads can share the work. */
static enum status content_digest(struct ctx *ctx, const char *path, struct digest *out)
{
    struct digesting digesting = {.failed = 0};
    enum status status = packed_file_open(ctx, path, &digesting.file);
    if (status != STATUS_OK)
        return status;
    const size_t pieces = (size_t)(digesting.file.size / PIECE_BYTES) + 1;
    const unsigned workers = pool_workers(ctx, pieces);
    digesting.pieces = arena_array(ctx->arena, pieces, sizeof *digesting.pieces);
    digesting.room = arena_array(ctx->arena, workers, sizeof *digesting.room);
    for (unsigned i = 0; i < workers && digesting.room != NULL; i++) {
        digesting.room[i] = arena_alloc(ctx->arena, PIECE_BYTES);
        if (digesting.room[i] == NULL)
            return ctx_no_memory(ctx);
    }
    if (digesting.pieces == NULL || digesting.room == NULL)
        return ctx_no_memory(ctx);
    status = pool_run(ctx, pieces, piece_digest, &digesting);
    if (status == STATUS_IO)
        return packed_file_failed(ctx, digesting.file.name, digesting.failed);
    digest_of((struct span){(const char *)digesting.pieces, pieces * sizeof *digesting.pieces}, out);
    return status;
}

/* The same with its memory given back. */
static enum status content_take(struct ctx *ctx, const char *path, struct digest *out)
{
    struct arena *const outer = ctx->arena;
    struct arena *scratch;
    if (arena_create(outer, &scratch) != STATUS_OK)
        return ctx_no_memory(ctx);
    ctx->arena = scratch;
    enum status status = content_digest(ctx, path, out);
    ctx->arena = outer;
    arena_destroy(scratch);
    return status;
}

static bool same_folder(struct ctx *ctx, const char *path, const char *other)
{
    const struct span a = path_folder(path), b = path_folder(other);
    const char *first = arena_format(ctx->arena, "%.*s.", (int)a.length, a.at);
    const char *second = arena_format(ctx->arena, "%.*s.", (int)b.length, b.at);
    struct stat x, y;
    return first != NULL && second != NULL && stat(first, &x) == 0 && stat(second, &y) == 0 && x.st_dev == y.st_dev &&
           x.st_ino == y.st_ino;
}

static enum status file_begin(struct ctx *ctx, const char *path, const char *pack, struct packed_origin_file *out)
{
    struct stat state = {0};
    char whole[PATH_MAX];
    *out = (struct packed_origin_file){.path = path};
    if (strcmp(path, "-") == 0)
        return ctx_fail(ctx, STATUS_USAGE, NULL,
                        "Standard input cannot be packed, since nothing would show whether it has changed; give a file.");
    const int number = stamp_take(path, &out->stamp, &state);
    if (number != 0)
        return packed_file_failed(ctx, path, number);
    if (!S_ISREG(state.st_mode))
        return ctx_fail(ctx, STATUS_USAGE, NULL,
                        "%s is no plain file, and cannot be packed, since nothing would show whether it has changed.", path);
    out->doubtful = out->held = !stamp_settle(&out->stamp);
    const bool beside = same_folder(ctx, path, pack);
    out->name = beside ? path + path_folder(path).length : realpath(path, whole);
    if (out->name == NULL)
        return packed_file_failed(ctx, path, errno);
    out->name = arena_copy(ctx->arena, span_of(out->name));
    if (out->name == NULL)
        return ctx_no_memory(ctx);
    return out->doubtful ? content_take(ctx, path, &out->content) : STATUS_OK;
}

enum status packed_origin_begin(struct ctx *ctx, const struct format_source *source, const char *pack, struct packed_origin *out)
{
    *out = (struct packed_origin){.count = 1, .key = source->key};
    enum status status = file_begin(ctx, source->path, pack, &out->files[0]);
    if (status != STATUS_OK || source->perception_path == NULL)
        return status;
    out->count = 2;
    return file_begin(ctx, source->perception_path, pack, &out->files[1]);
}

void packed_origin_hold(struct packed_origin *origin, const struct packed_origin *made_of)
{
    for (uint32_t i = 0; i < origin->count; i++) {
        origin->files[i].content = made_of->files[i].content;
        origin->files[i].held = true;
    }
}

enum status packed_origin_end(struct ctx *ctx, struct packed_origin *origin)
{
    for (uint32_t i = 0; i < origin->count; i++) {
        struct packed_origin_file *file = &origin->files[i];
        struct packed_stamp now = {0};
        struct stat state = {0};
        struct digest before = file->content;
        enum status status = content_take(ctx, file->path, &file->content);
        if (status != STATUS_OK)
            return status;
        const int number = stamp_take(file->path, &now, &state);
        if (number != 0)
            return packed_file_failed(ctx, file->path, number);
        if (!same_stamp(&now, &file->stamp) || (file->held && !digest_equal(&before, &file->content)))
            return ctx_fail(ctx, STATUS_DATA, NULL, "%s changed while it was being packed; no pack was made of it.", file->path);
    }
    return STATUS_OK;
}

static enum status file_compare(struct ctx *ctx, const struct packed_origin_file *file, enum packed_age *age)
{
    struct packed_stamp now = {0};
    struct stat state = {0};
    struct digest content;
    const int number = stamp_take(file->path, &now, &state);
    *age = number == ENOENT || number == ENOTDIR ? PACKED_ALONE : PACKED_STALE;
    if (*age == PACKED_ALONE || (number == 0 && (!S_ISREG(state.st_mode) || now.size != file->stamp.size)))
        return STATUS_OK;
    if (number != 0)
        return packed_file_failed(ctx, file->path, number);
    *age = PACKED_FRESH;
    if (!file->doubtful && same_stamp(&now, &file->stamp))
        return STATUS_OK;
    enum status status = content_take(ctx, file->path, &content);
    if (status == STATUS_OK)
        *age = digest_equal(&content, &file->content) ? PACKED_SAME_CONTENT : PACKED_STALE;
    return status;
}

enum status packed_origin_compare(struct ctx *ctx, const struct packed_origin *origin, enum packed_age *age, const char **which)
{
    *age = PACKED_FRESH;
    *which = origin->files[0].path;
    for (uint32_t i = 0; i < origin->count && *age != PACKED_STALE; i++) {
        enum packed_age own = PACKED_FRESH;
        enum status status = file_compare(ctx, &origin->files[i], &own);
        if (status != STATUS_OK)
            return status;
        if (own > *age) {
            *age = own;
            *which = origin->files[i].path;
        }
    }
    return STATUS_OK;
}

enum status packed_origin_find(struct ctx *ctx, const char *pack, struct packed_origin *origin)
{
    const struct span folder = path_folder(pack);
    for (uint32_t i = 0; i < origin->count; i++) {
        struct packed_origin_file *file = &origin->files[i];
        file->path =
            file->name[0] == '/' ? file->name : arena_format(ctx->arena, "%.*s%s", (int)folder.length, folder.at, file->name);
        if (file->path == NULL)
            return ctx_no_memory(ctx);
    }
    return STATUS_OK;
}

bool packed_origin_is_doubtful(const struct packed_origin *origin)
{
    bool doubtful = false;
    for (uint32_t i = 0; i < origin->count; i++)
        doubtful = doubtful || origin->files[i].doubtful;
    return doubtful;
}

bool packed_origin_same(const struct packed_origin *origin, const struct format_source *source)
{
    const char *const paths[PACKED_FILES_MOST] = {source->path, source->perception_path};
    const char *const key = source->key == NULL ? "" : source->key;
    if (origin->count != (source->perception_path == NULL ? 1u : 2u) || strcmp(origin->key == NULL ? "" : origin->key, key) != 0)
        return false;
    for (uint32_t i = 0; i < origin->count; i++) {
        struct stat a, b;
        if (stat(paths[i], &a) != 0 || stat(origin->files[i].path, &b) != 0 || a.st_dev != b.st_dev || a.st_ino != b.st_ino)
            return false;
    }
    return true;
}
