/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/file_lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct file_lock {
    int fd; /* -1: given back */
};

static void file_lock_end(void *resource)
{
    file_lock_release(resource);
}

/* Who says that they hold it, without line ends and what a terminal would take for a command. */
static void holder_read(int fd, char into[LOCK_HOLDER_BYTES])
{
    char text[LOCK_HOLDER_BYTES / 4u];
    ssize_t length = pread(fd, text, sizeof text, 0);
    struct span holder = span_trim((struct span){text, length > 0 ? (size_t)length : 0});
    text_printable(holder.length > 0 ? holder : span_of("another process"), into, LOCK_HOLDER_BYTES);
}

static enum status file_lock_refused(struct ctx *ctx, int fd, const char *what)
{
    char holder[LOCK_HOLDER_BYTES];
    holder_read(fd, holder);
    (void)close(fd);
    return ctx_fail(ctx, STATUS_UNAVAILABLE, NULL, "%s is held by %s; stop that first, or let it do the work.", what, holder);
}

static enum status file_lock_unopened(struct ctx *ctx, const char *path)
{
    int reason = errno;
    if (reason == EACCES || reason == EPERM || reason == EROFS)
        return ctx_fail(ctx, STATUS_PERMISSION, NULL, "%s may not be written: the lock stands in that file.", path);
    if (reason == ENOENT || reason == ENOTDIR)
        return ctx_fail(ctx, STATUS_NO_INPUT, NULL, "%s cannot be made: its folder is not there.", path);
    return ctx_fail(ctx, STATUS_IO, NULL, "%s cannot be opened for locking.", path);
}

enum status file_lock_take(struct ctx *ctx, const char *path, const char *who, const char *what, struct file_lock **out)
{
    struct file_lock *lock = arena_alloc(ctx->arena, sizeof *lock);
    char *holder = arena_format(ctx->arena, "%s (pid %ld)\n", who, (long)getpid());
    if (!lock || !holder)
        return ctx_no_memory(ctx);
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return file_lock_unopened(ctx, path);
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (fcntl(fd, F_OFD_SETLK, &whole) != 0)
        return file_lock_refused(ctx, fd, what);
    lock->fd = fd;
    if (arena_defer(ctx->arena, file_lock_end, lock))
        return ctx_no_memory(ctx);
    /* A name that could not be written costs others a word, not us the lock. */
    bool named = ftruncate(fd, 0) == 0 && pwrite(fd, holder, strlen(holder), 0) >= 0;
    (void)named;
    *out = lock;
    return STATUS_OK;
}

void file_lock_release(struct file_lock *lock)
{
    if (lock->fd >= 0)
        (void)close(lock->fd);
    lock->fd = -1;
}
