/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/local_socket.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/limits.h"

/* The address of a socket: its folder, held open so that a long path does not matter, and its name in there. */
struct local_place {
    int folder;
    char name[sizeof((struct sockaddr_un *)NULL)->sun_path];
    struct sockaddr_un address;
};

struct local_listener {
    struct local_place place;
    int listening, stopping; /* socket and eventfd */
    bool bound;              /* the file is ours to remove */
    local_answer *answer;
    void *state;
    pthread_t threads[LOCAL_THREADS];
    unsigned thread_count;
};

static void place_close(struct local_place *place)
{
    if (place->folder >= 0)
        (void)close(place->folder);
    place->folder = -1;
}

static enum status place_open(struct ctx *ctx, const char *path, struct local_place *place)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    char *folder = slash == path ? arena_copy(ctx->arena, span_of("/"))
                   : slash       ? arena_copy(ctx->arena, (struct span){path, (size_t)(slash - path)})
                                 : arena_copy(ctx->arena, span_of("."));
    if (!folder)
        return ctx_no_memory(ctx);
    place->folder = -1;
    /* "/proc/self/fd/1234567/" and the NUL must fit beside the name. */
    if (strlen(name) + 32 > sizeof place->address.sun_path)
        return ctx_fail(ctx, STATUS_USAGE, NULL,
                        "The file name %.60s… is too long to put a socket beside it: 60 bytes are accepted.", name);
    place->folder = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (place->folder < 0)
        return ctx_fail(ctx, errno == EACCES ? STATUS_PERMISSION : STATUS_NO_INPUT, NULL, "The folder %s cannot be opened.",
                        folder);
    (void)snprintf(place->name, sizeof place->name, "%s", name);
    place->address = (struct sockaddr_un){.sun_family = AF_UNIX};
    (void)snprintf(place->address.sun_path, sizeof place->address.sun_path, "/proc/self/fd/%d/%.*s", place->folder,
                   (int)sizeof place->address.sun_path - 32, name);
    return STATUS_OK;
}

static int place_connect(const struct local_place *place)
{
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -1;
    if (connect(fd, (const struct sockaddr *)&place->address, sizeof place->address) == 0)
        return fd;
    int wrong = errno;
    (void)close(fd);
    errno = wrong;
    return -1;
}

/* Waits until a descriptor is ready, or the deadline has passed (false). */
static bool wait_ready(int fd, short events, uint64_t deadline_ms)
{
    for (;;) {
        uint64_t now = clock_monotonic_ms();
        if (now >= deadline_ms)
            return false;
        struct pollfd ready = {.fd = fd, .events = events};
        int count = poll(&ready, 1, (int)(deadline_ms - now < 60000 ? deadline_ms - now : 60000));
        if (count > 0)
            return true;
        if (count < 0 && errno != EINTR)
            return false;
    }
}

static bool bytes_receive(int fd, void *into, size_t length, uint64_t deadline_ms)
{
    char *at = into;
    while (length > 0) {
        if (!wait_ready(fd, POLLIN, deadline_ms))
            return false;
        ssize_t got = recv(fd, at, length, MSG_DONTWAIT);
        if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR))
            return false;
        at += got > 0 ? got : 0;
        length -= got > 0 ? (size_t)got : 0;
    }
    return true;
}

static bool bytes_send(int fd, struct span bytes, uint64_t deadline_ms)
{
    while (bytes.length > 0) {
        if (!wait_ready(fd, POLLOUT, deadline_ms))
            return false;
        ssize_t sent = send(fd, bytes.at, bytes.length, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent < 0 && errno != EAGAIN && errno != EINTR)
            return false;
        bytes.at += sent > 0 ? sent : 0;
        bytes.length -= sent > 0 ? (size_t)sent : 0;
    }
    return true;
}

static bool frame_send(int fd, struct span bytes, uint64_t deadline_ms)
{
    uint32_t length = (uint32_t)bytes.length;
    char head[4] = {(char)(length >> 24), (char)(length >> 16), (char)(length >> 8), (char)length};
    return bytes_send(fd, (struct span){head, sizeof head}, deadline_ms) && bytes_send(fd, bytes, deadline_ms);
}

/* Reads a frame of at most `most` bytes; false also when there is no memory for it. */
static bool frame_receive(struct ctx *ctx, int fd, size_t most, uint64_t deadline_ms, struct span *out)
{
    unsigned char head[4];
    if (!bytes_receive(fd, head, sizeof head, deadline_ms))
        return false;
    size_t length = (size_t)head[0] << 24 | (size_t)head[1] << 16 | (size_t)head[2] << 8 | head[3];
    char *bytes = length > most ? NULL : arena_alloc(ctx->arena, length + 1);
    if (!bytes || !bytes_receive(fd, bytes, length, deadline_ms))
        return false;
    *out = (struct span){bytes, length};
    return true;
}

/* Is the other end this user, or root? */
static bool peer_allowed(int fd)
{
    struct ucred peer;
    socklen_t size = sizeof peer;
    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0)
        return false;
    return peer.uid == geteuid() || peer.uid == 0;
}

static void connection_answer(const struct local_listener *listener, int fd)
{
    struct ctx ctx = {.threads = 1};
    struct span request, reply = {NULL, 0};
    if (!peer_allowed(fd) || arena_create(NULL, &ctx.arena) != STATUS_OK)
        return;
    uint64_t until = clock_monotonic_ms() + LOCAL_REQUEST_SECONDS * UINT64_C(1000);
    if (frame_receive(&ctx, fd, LOCAL_REQUEST_BYTES_MAX, until, &request) &&
        listener->answer(listener->state, &ctx, request, &reply) == STATUS_OK && reply.length <= LOCAL_REPLY_BYTES_MAX)
        (void)frame_send(fd, reply, clock_monotonic_ms() + LOCAL_REQUEST_SECONDS * UINT64_C(1000));
    arena_destroy(ctx.arena);
}

/* Each thread waits for connections by itself, so that a long answer holds up nobody while there are threads left. */
static void *listener_run(void *argument)
{
    const struct local_listener *listener = argument;
    for (;;) {
        struct pollfd ready[2] = {{.fd = listener->listening, .events = POLLIN}, {.fd = listener->stopping, .events = POLLIN}};
        if (poll(ready, 2, -1) < 0 && errno != EINTR)
            break;
        if (ready[1].revents != 0)
            break;
        int fd = accept4(listener->listening, NULL, NULL, SOCK_CLOEXEC);
        if (fd < 0)
            continue;
        connection_answer(listener, fd);
        (void)close(fd);
    }
    return NULL;
}

/* Makes room for a new socket: removes one that nobody listens at. */
static enum status place_free(struct ctx *ctx, const struct local_place *place, const char *path)
{
    struct stat there;
    if (fstatat(place->folder, place->name, &there, AT_SYMLINK_NOFOLLOW) != 0)
        return STATUS_OK;
    if (!S_ISSOCK(there.st_mode))
        return ctx_fail(ctx, STATUS_UNAVAILABLE, NULL, "%s is in the way: it is not a socket of a server. Move it away.", path);
    int fd = place_connect(place);
    if (fd >= 0)
        (void)close(fd);
    if (fd >= 0 || errno != ECONNREFUSED)
        return ctx_fail(ctx, STATUS_UNAVAILABLE, NULL, "Another server listens at %s already.", path);
    if (unlinkat(place->folder, place->name, 0) != 0)
        return ctx_fail(ctx, STATUS_PERMISSION, NULL, "The old socket %s cannot be removed.", path);
    return STATUS_OK;
}

static enum status listener_bind(struct ctx *ctx, struct local_listener *listener, const char *path)
{
    listener->listening = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    listener->stopping = eventfd(0, EFD_CLOEXEC);
    if (listener->listening < 0 || listener->stopping < 0)
        return ctx_fail(ctx, STATUS_UNAVAILABLE, NULL, "No socket could be made: too many files are open.");
    /* Linux gives the file the mode of the socket, so that there is no moment in which others may connect. */
    listener->bound =
        fchmod(listener->listening, 0600) == 0 &&
        bind(listener->listening, (const struct sockaddr *)&listener->place.address, sizeof listener->place.address) == 0;
    if (!listener->bound)
        return ctx_fail(ctx, errno == EACCES ? STATUS_PERMISSION : STATUS_IO, NULL, "The socket %s cannot be made.", path);
    struct stat made;
    if (fstatat(listener->place.folder, listener->place.name, &made, AT_SYMLINK_NOFOLLOW) != 0 || (made.st_mode & 0077) != 0)
        return ctx_fail(ctx, STATUS_PERMISSION, NULL, "The socket %s would be open to other users of this machine.", path);
    if (listen(listener->listening, LOCAL_WAITING_MAX) != 0)
        return ctx_fail(ctx, STATUS_IO, NULL, "The socket %s cannot be listened at.", path);
    return STATUS_OK;
}

static enum status listener_threads(struct ctx *ctx, struct local_listener *listener)
{
    /* Signals belong to the door, not to these threads. */
    sigset_t all, before;
    (void)sigfillset(&all);
    (void)pthread_sigmask(SIG_SETMASK, &all, &before);
    while (listener->thread_count < LOCAL_THREADS &&
           pthread_create(&listener->threads[listener->thread_count], NULL, listener_run, listener) == 0)
        listener->thread_count++;
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (listener->thread_count == 0)
        return ctx_fail(ctx, STATUS_UNAVAILABLE, NULL, "No thread could be started for the operator's socket.");
    return STATUS_OK;
}

void local_listener_stop(struct local_listener *listener)
{
    if (listener->stopping >= 0)
        (void)eventfd_write(listener->stopping, 1);
    for (unsigned i = 0; i < listener->thread_count; i++)
        (void)pthread_join(listener->threads[i], NULL);
    listener->thread_count = 0;
    if (listener->bound)
        (void)unlinkat(listener->place.folder, listener->place.name, 0);
    if (listener->listening >= 0)
        (void)close(listener->listening);
    if (listener->stopping >= 0)
        (void)close(listener->stopping);
    listener->bound = false;
    listener->listening = listener->stopping = -1;
    place_close(&listener->place);
}

static void listener_end(void *resource)
{
    local_listener_stop(resource);
}

enum status local_listener_start(struct ctx *ctx, const char *path, local_answer *answer, void *state,
                                 struct local_listener **out)
{
    struct local_listener *listener = arena_alloc(ctx->arena, sizeof *listener);
    if (!listener)
        return ctx_no_memory(ctx);
    listener->listening = listener->stopping = -1;
    listener->answer = answer;
    listener->state = state;
    enum status status = place_open(ctx, path, &listener->place);
    if (!status)
        status = place_free(ctx, &listener->place, path);
    if (!status)
        status = listener_bind(ctx, listener, path);
    if (!status)
        status = listener_threads(ctx, listener);
    if (status) {
        local_listener_stop(listener);
        return status;
    }
    if (arena_defer(ctx->arena, listener_end, listener) != STATUS_OK)
        return ctx_no_memory(ctx);
    *out = listener;
    return STATUS_OK;
}

enum status local_socket_ask(struct ctx *ctx, const char *path, struct span request, struct span *reply)
{
    struct local_place place;
    if (request.length > LOCAL_REQUEST_BYTES_MAX)
        return ctx_fail(ctx, STATUS_INVALID, NULL, "The request is too large: %u MiB are accepted.",
                        LOCAL_REQUEST_BYTES_MAX >> 20);
    enum status status = place_open(ctx, path, &place);
    if (status)
        return status;
    int fd = place_connect(&place);
    int wrong = errno;
    place_close(&place);
    if (fd < 0 && (wrong == EACCES || wrong == EPERM))
        return ctx_fail(ctx, STATUS_PERMISSION, NULL, "%s belongs to another user: only who runs the server may ask it.", path);
    if (fd < 0)
        return ctx_fail(ctx, STATUS_NO_INPUT, NULL, "No server listens at %s.", path);
    uint64_t now = clock_monotonic_ms();
    bool told = frame_send(fd, request, now + LOCAL_REQUEST_SECONDS * UINT64_C(1000)) &&
                frame_receive(ctx, fd, LOCAL_REPLY_BYTES_MAX, now + LOCAL_REPLY_SECONDS * UINT64_C(1000), reply);
    (void)close(fd);
    if (!told)
        return ctx_fail(
            ctx, STATUS_UNAVAILABLE, NULL,
            "The server that holds the store went away, or did not reply in time; ask again to see whether it was done.");
    return STATUS_OK;
}
