/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/out.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/memory.h"

enum {
    BUFFER_BYTES = 64 << 10,
    FORMAT_BYTES = 512,  /* longer texts are formatted in memory of their own */
    SHOWN_BYTES = 256,   /* of a file's name in a message */
    LINKS_MAX = 40,      /* symbolic links that lead from one to the next */
    NAME_ATTEMPTS = 100, /* names tried for the temporary file */
    PATH_BYTES = 4096
};

enum out_kind {
    OUT_REPLACES, /* a temporary file that takes the place of the target at the end */
    OUT_DIRECT,   /* a pipe, a device: opened here */
    OUT_BORROWED, /* a descriptor of someone else */
    OUT_MEMORY
};

struct out {
    enum out_kind kind;
    int fd;               /* -1 when closed, and for OUT_MEMORY */
    const char *name;     /* as messages show it */
    char *target;         /* of OUT_REPLACES: the file behind all links */
    char *temporary;      /* of OUT_REPLACES: NULL when there is none to remove */
    const char *outcome;  /* of OUT_REPLACES: what a failure leaves behind */
    unsigned char *bytes; /* waiting to be written; of OUT_MEMORY, all */
    size_t capacity;
    size_t used;
    mode_t most_mode; /* of OUT_REPLACES: what others may do with the file, at most */
    int failure;      /* errno of the first failure, 0 = none */
    bool closed;
};

static bool is_refusal(int failure)
{
    return failure == EACCES || failure == EPERM || failure == EROFS;
}

/* The cause as a part of a sentence. */
static const char *cause_of(int failure)
{
    switch (failure) {
    case ENOSPC:
        return "The disk is full";
    case EDQUOT:
        return "No more disk space is allowed to you";
    case EFBIG:
        return "The file would become larger than is allowed here";
    case EPIPE:
        return "The program that was reading stopped";
    case EROFS:
        return "The disk can only be read";
    case EACCES:
    case EPERM:
        return "Permission was refused";
    case EIO:
        return "The disk or device failed";
    default:
        return strerrordesc_np(failure) != NULL ? strerrordesc_np(failure) : "Something unknown went wrong";
    }
}

static void out_close_fd(struct out *out)
{
    if (out->fd >= 0 && out->kind != OUT_BORROWED && close(out->fd) != 0 && errno != EINTR && out->failure == 0)
        out->failure = errno;
    out->fd = -1;
}

static void temporary_remove(struct out *out)
{
    if (out->temporary != NULL)
        (void)unlink(out->temporary);
    out->temporary = NULL;
}

/* What remains to be done when the arena ends. */
static void out_abandon(void *resource)
{
    struct out *out = resource;
    out_close_fd(out);
    temporary_remove(out);
    memory_free(out->bytes);
    out->bytes = NULL;
    out->closed = true;
}

static enum status out_create(struct ctx *ctx, enum out_kind kind, const char *name, struct out **result)
{
    char shown[SHOWN_BYTES];
    text_printable(span_of(name), shown, sizeof shown);
    struct out *out = arena_alloc(ctx->arena, sizeof *out);
    char *kept = arena_copy(ctx->arena, span_of(shown));
    if (out == NULL || kept == NULL)
        return ctx_no_memory(ctx);
    *out = (struct out){.kind = kind, .fd = -1, .name = kept};
    if (arena_defer(ctx->arena, out_abandon, out) != STATUS_OK)
        return ctx_no_memory(ctx);
    if (kind != OUT_MEMORY) {
        out->bytes = memory_alloc(BUFFER_BYTES);
        out->capacity = BUFFER_BYTES;
        if (out->bytes == NULL)
            return ctx_no_memory(ctx);
    }
    *result = out;
    return STATUS_OK;
}

static enum status fail_to_open(struct ctx *ctx, const char *path, int failure)
{
    char shown[SHOWN_BYTES];
    text_printable(span_of(path), shown, sizeof shown);
    if (failure == ENOMEM)
        return ctx_no_memory(ctx);
    if (failure == ENOENT || failure == ENOTDIR)
        return ctx_fail(ctx, STATUS_NO_INPUT, NULL,
                        "The file %s cannot be written, because the folder it should stand in does not exist. "
                        "Make the folder first, or name another file.",
                        shown);
    if (failure == EISDIR)
        return ctx_fail(ctx, STATUS_IO, NULL, "%s is a folder and cannot be written as a file. Name a file in it, such as %s/%s.",
                        shown, shown, "report.html");
    return ctx_fail(ctx, is_refusal(failure) ? STATUS_PERMISSION : STATUS_IO, NULL,
                    "%s when opening %s to write; nothing was changed.", cause_of(failure), shown);
}

/* Where a path leads when all symbolic links at its end are followed, also when nothing is there yet; NULL with errno. */
static char *target_of(struct arena *arena, const char *path)
{
    char *target = arena_copy(arena, span_of(path));
    for (int hops = 0; target != NULL && hops < LINKS_MAX; hops++) {
        char link[PATH_BYTES];
        ssize_t length = readlink(target, link, sizeof link - 1);
        if (length < 0 && (errno == EINVAL || errno == ENOENT))
            return target;
        if (length < 0)
            return NULL;
        link[length] = '\0';
        const char *slash = strrchr(target, '/');
        int folder = link[0] == '/' || slash == NULL ? 0 : (int)(slash - target) + 1;
        target = arena_format(arena, "%.*s%s", folder, target, link);
    }
    errno = target == NULL ? ENOMEM : ELOOP;
    return NULL;
}

/* Makes a temporary file beside the target, readable by whom the target would be.
 * gives   the descriptor, or -1 with errno */
static int temporary_create(struct arena *arena, struct out *out, const struct stat *replaced)
{
    /* open() minds the umask by itself, which mkstemp does not. */
    mode_t mode = (replaced != NULL ? replaced->st_mode & 0777u : 0666u) & out->most_mode;
    for (int attempt = 0; attempt < NAME_ATTEMPTS; attempt++) {
        uint64_t number;
        if (getrandom(&number, sizeof number, 0) != (ssize_t)sizeof number)
            return -1;
        char *name = arena_format(arena, "%.*s.gapmeter-%016" PRIx64, (int)path_folder(out->target).length, out->target, number);
        if (name == NULL) {
            errno = ENOMEM;
            return -1;
        }
        int fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
        if (fd >= 0) {
            out->temporary = name;
            /* A replaced file keeps its mode, whatever the umask is now. */
            if (replaced != NULL)
                (void)fchmod(fd, mode);
            return fd;
        }
        if (errno != EEXIST)
            return -1;
    }
    return -1;
}

/* The names of open descriptors: a file that one of them leads to is being written by the shell, perhaps to append. */
static bool is_open_already(const char *path)
{
    static const char *const names[] = {"/dev/stdout", "/dev/stderr", "/dev/fd/", "/proc/self/fd/"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strncmp(path, names[i], strlen(names[i])) == 0)
            return true;
    return false;
}

/* Opens what the path names: gives the descriptor, or -1 with errno. */
static int target_open(struct arena *arena, struct out *out, const char *path)
{
    struct stat found;
    bool exists = stat(path, &found) == 0;
    if (!exists && errno != ENOENT)
        return -1;
    if (exists && S_ISDIR(found.st_mode)) {
        errno = EISDIR;
        return -1;
    }
    out->target = target_of(arena, path);
    if (out->target == NULL)
        return -1;
    if (exists && (is_open_already(path) || !S_ISREG(found.st_mode))) {
        out->kind = OUT_DIRECT;
        return open(path, O_WRONLY | O_APPEND | O_CLOEXEC | O_NOCTTY);
    }
    /* rename() does not ask whether the file may be written. */
    if (exists && access(out->target, W_OK) != 0)
        return -1;
    out->outcome = exists ? "the old file was left as it was" : "no file was written";
    return temporary_create(arena, out, exists ? &found : NULL);
}

enum status out_open_file(struct ctx *ctx, const char *path, struct out **out)
{
    return out_open_guarded_file(ctx, path, 0777u, out);
}

enum status out_open_guarded_file(struct ctx *ctx, const char *path, unsigned most_mode, struct out **out)
{
    struct out *opened = NULL;
    if (path[0] == '\0')
        return ctx_fail(ctx, STATUS_NO_INPUT, NULL, "The name of the file to write is empty. Give a name, such as report.html.");
    enum status status = out_create(ctx, OUT_REPLACES, path, &opened);
    if (status != STATUS_OK)
        return status;
    opened->most_mode = (mode_t)most_mode;
    opened->fd = target_open(ctx->arena, opened, path);
    if (opened->fd < 0)
        return fail_to_open(ctx, path, errno);
    *out = opened;
    return STATUS_OK;
}

enum status out_open_fd(struct ctx *ctx, int fd, const char *name, struct out **out)
{
    enum status status = out_create(ctx, OUT_BORROWED, name, out);
    if (status == STATUS_OK)
        (*out)->fd = fd;
    return status;
}

enum status out_open_memory(struct ctx *ctx, struct out **out)
{
    return out_create(ctx, OUT_MEMORY, "memory", out);
}

/* Writes all, however often the system takes only a part. */
static void write_through(struct out *out, const unsigned char *bytes, size_t length)
{
    while (length > 0 && out->failure == 0) {
        ssize_t written = write(out->fd, bytes, length);
        if (written > 0) {
            bytes += written;
            length -= (size_t)written;
        } else if (written == 0) {
            out->failure = EIO;
        } else if (errno == EAGAIN) {
            /* Someone else made the stream non-blocking: wait until it takes more. */
            struct pollfd ready = {.fd = out->fd, .events = POLLOUT};
            if (poll(&ready, 1, -1) < 0 && errno != EINTR)
                out->failure = errno;
        } else if (errno != EINTR) {
            out->failure = errno;
        }
    }
}

static void flush(struct out *out)
{
    write_through(out, out->bytes, out->used);
    out->used = 0;
}

/* Makes room for `more` bytes in memory, or sets the failure. */
static bool memory_reserve(struct out *out, size_t more)
{
    size_t needed;
    if (!size_add(out->used, more, &needed) || needed > OUT_BYTES_MAX) {
        out->failure = EFBIG;
        return false;
    }
    if (needed <= out->capacity)
        return true;
    size_t capacity = out->capacity == 0 ? FORMAT_BYTES : out->capacity;
    while (capacity < needed)
        capacity *= 2;
    unsigned char *grown = memory_resize(out->bytes, capacity);
    if (grown == NULL) {
        out->failure = ENOMEM;
        return false;
    }
    out->bytes = grown;
    out->capacity = capacity;
    return true;
}

/* Makes room for what does not fit, or writes it through.
 * gives   false when nothing remains to be added */
static bool room_make(struct out *out, const void *bytes, size_t length)
{
    if (out->kind == OUT_MEMORY)
        return memory_reserve(out, length);
    flush(out);
    if (length < out->capacity)
        return true;
    write_through(out, bytes, length);
    return false;
}

void out_write(struct out *out, const void *bytes, size_t length)
{
    assert(!out->closed);
    if (length == 0 || out->failure != 0)
        return;
    if (length > out->capacity - out->used && !room_make(out, bytes, length))
        return;
    memcpy(out->bytes + out->used, bytes, length);
    out->used += length;
}

void out_text(struct out *out, const char *text)
{
    out_write(out, text, strlen(text));
}

void out_span(struct out *out, struct span text)
{
    out_write(out, text.at, text.length);
}

void out_char(struct out *out, char byte)
{
    assert(!out->closed);
    if (out->failure != 0 || (out->used == out->capacity && !room_make(out, &byte, 1)))
        return;
    out->bytes[out->used++] = (unsigned char)byte;
}

char *out_room(struct out *out, size_t most)
{
    assert(!out->closed && most >= 1 && most <= OUT_ROOM_MOST);
    if (out->failure != 0)
        return NULL;
    if (most > out->capacity - out->used) {
        if (out->kind != OUT_MEMORY)
            flush(out);
        else if (!memory_reserve(out, most))
            return NULL;
    }
    return (char *)out->bytes + out->used;
}

void out_advance(struct out *out, size_t length)
{
    assert(length <= out->capacity - out->used);
    out->used += length;
}

void out_format_list(struct out *out, void (*write)(struct out *, struct span), const char *format, va_list list)
{
    char few[FORMAT_BYTES];
    va_list again;
    va_copy(again, list);
    int length = vsnprintf(few, sizeof few, format, list);
    if (length >= 0 && (size_t)length < sizeof few) {
        write(out, (struct span){few, (size_t)length});
    } else if (length >= 0 && out->failure == 0) {
        char *many = memory_alloc((size_t)length + 1);
        if (many != NULL && vsnprintf(many, (size_t)length + 1, format, again) == length)
            write(out, (struct span){many, (size_t)length});
        else
            out->failure = many == NULL ? ENOMEM : EINVAL;
        memory_free(many);
    } else if (out->failure == 0) {
        out->failure = EINVAL;
    }
    va_end(again);
}

void out_format(struct out *out, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    out_format_list(out, out_span, format, list);
    va_end(list);
}

enum status out_copy(struct ctx *ctx, const struct out *out, const char **text)
{
    *text = out->failure ? NULL : arena_copy(ctx->arena, out_bytes(out));
    return *text ? STATUS_OK : ctx_no_memory(ctx);
}

struct span out_bytes(const struct out *out)
{
    assert(out->kind == OUT_MEMORY);
    return (struct span){(const char *)out->bytes, out->used};
}

bool out_failed(const struct out *out)
{
    return out->failure != 0;
}

void out_empty(struct out *out)
{
    assert(out->kind == OUT_MEMORY && !out->closed);
    out->used = 0;
    out->failure = 0;
}

/* Makes the rename last: the folder is a file too. */
static void folder_sync(struct out *out)
{
    char folder[PATH_BYTES];
    int length = snprintf(folder, sizeof folder, "%.*s.", (int)path_folder(out->target).length, out->target);
    int fd = length > 0 && (size_t)length < sizeof folder ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    /* A folder that may be written but not read cannot be synced, and some file systems do not know how. */
    if (fd < 0)
        return;
    if (fsync(fd) != 0 && errno == EIO)
        out->failure = EIO;
    (void)close(fd);
}

static enum status closing_failure(struct ctx *ctx, const struct out *out, int failure)
{
    if (failure == ENOMEM)
        return ctx_no_memory(ctx);
    enum status status = is_refusal(failure) ? STATUS_PERMISSION : STATUS_IO;
    if (out->kind == OUT_MEMORY)
        return ctx_fail(ctx, STATUS_IO, NULL, "The answer became larger than %u bytes, which is the most that is made in memory.",
                        OUT_BYTES_MAX);
    if (out->kind != OUT_REPLACES)
        return ctx_fail(ctx, status, NULL, "%s while writing %s; what was written is not complete.", cause_of(failure),
                        out->name);
    return ctx_fail(ctx, status, NULL, "%s while writing %s; %s.", cause_of(failure), out->name, out->outcome);
}

enum status out_close(struct ctx *ctx, struct out *out)
{
    assert(!out->closed);
    out->closed = true;
    if (out->kind != OUT_MEMORY)
        flush(out);
    if (out->kind == OUT_REPLACES && out->failure == 0 && fsync(out->fd) != 0 && errno != EINVAL)
        out->failure = errno;
    out_close_fd(out);
    if (out->kind == OUT_REPLACES && out->failure == 0) {
        if (rename(out->temporary, out->target) != 0) {
            out->failure = errno;
        } else {
            out->temporary = NULL;
            out->outcome = "the new file is there, but a power cut could still lose it";
            folder_sync(out);
        }
    }
    temporary_remove(out);
    return out->failure == 0 ? STATUS_OK : closing_failure(ctx, out, out->failure);
}
