/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/listener.h"

#include <microhttpd.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/secret.h"
#include "base/siphash.h"
#include "serve/header_layout.h"

enum {
    ADDRESS_COUNTERS = 16384, /* two addresses share one with a chance of 1 in so many, and nobody can choose it */
    SWEEP_MS = 250,
    BODY_GRACE_MS = 5000, /* before the rate of a body is judged */
    BACKLOG_SECONDS = 30, /* for the reader of a reply, beside its bytes */
    SENTENCE_BYTES = 512
};

/* What a connection is at. */
enum stage {
    STAGE_HEADER, /* waits for a whole header, or for anything at all */
    STAGE_BODY,
    STAGE_WORK, /* ours to answer */
    STAGE_REPLY
};

/* One connection. */
struct link {
    struct link *before, *after;
    int fd;
    struct peer peer;
    uint32_t counter; /* index into counters; ADDRESS_COUNTERS = it is not counted */
    enum stage stage;
    uint64_t since_ms, until_ms; /* of the stage */
    uint64_t body_bytes;
};

struct listener {
    struct listener_design design;
    struct MHD_Daemon *daemon;
    int events;        /* the library's epoll */
    int wake;          /* eventfd: a request was resumed. The library wakes nobody who waits in MHD_run_wait */
    atomic_bool woken; /* it was, and nobody looked yet */
    bool closed;
    uint64_t key[2];
    struct link *links;
    uint64_t swept_ms;
    atomic_uint_least64_t open, accepted, refused, cut;
    uint16_t counters[ADDRESS_COUNTERS];
};

struct wire {
    struct listener *listener;
    struct link *link;
    struct MHD_Connection *connection;
    void *request; /* of the design */
    bool begun, answered, suspended, too_long;
    struct span target, standing; /* our copy, and where the library read it */
    char bytes[];                 /* of the target */
};

static void link_stage(struct link *link, enum stage stage, uint64_t seconds)
{
    link->stage = stage;
    link->since_ms = clock_monotonic_ms();
    link->until_ms = link->since_ms + seconds * 1000;
}

static struct link *link_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *found = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return found == NULL ? NULL : found->socket_context;
}

/* ---- connections --------------------------------------------------------------------------------------------------------- */

static uint32_t counter_of(const struct listener *listener, const struct peer *peer)
{
    if (peer->length == 0 || peer_equal(peer, &listener->design.unlimited))
        return ADDRESS_COUNTERS;
    return (uint32_t)(siphash(listener->key, peer_name(peer)) % ADDRESS_COUNTERS);
}

static enum MHD_Result accept_ask(void *cls, const struct sockaddr *address, socklen_t length)
{
    (void)length;
    struct listener *listener = cls;
    struct peer peer;
    peer_of_socket(address, &peer);
    uint32_t counter = counter_of(listener, &peer);
    bool over = counter < ADDRESS_COUNTERS && listener->counters[counter] >= listener->design.connections_per_address_max;
    if (over)
        listener->refused++;
    return over ? MHD_NO : MHD_YES;
}

static void link_open(struct listener *listener, struct MHD_Connection *connection, void **context)
{
    struct link *link = memory_alloc(sizeof *link);
    const union MHD_ConnectionInfo *fd = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    int number = fd == NULL ? -1 : fd->connect_fd;
    const union MHD_ConnectionInfo *address = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    *context = link;
    listener->open++;
    listener->accepted++;
    if (link == NULL) {
        /* It cannot be watched, so it is ended. */
        (void)shutdown(number, SHUT_RDWR);
        return;
    }
    link->fd = number;
    peer_of_socket(address == NULL ? NULL : address->client_addr, &link->peer);
    link->counter = counter_of(listener, &link->peer);
    if (link->counter < ADDRESS_COUNTERS)
        listener->counters[link->counter]++;
    link_stage(link, STAGE_HEADER, HEADER_SECONDS_MAX);
    link->after = listener->links;
    if (link->after != NULL)
        link->after->before = link;
    listener->links = link;
}

static void link_close(struct listener *listener, struct link *link)
{
    listener->open--;
    if (link == NULL)
        return;
    if (link->counter < ADDRESS_COUNTERS)
        listener->counters[link->counter]--;
    if (link->before != NULL)
        link->before->after = link->after;
    else
        listener->links = link->after;
    if (link->after != NULL)
        link->after->before = link->before;
    memory_free(link);
}

static void connection_tell(void *cls, struct MHD_Connection *connection, void **context,
                            enum MHD_ConnectionNotificationCode code)
{
    if (code == MHD_CONNECTION_NOTIFY_STARTED)
        link_open(cls, connection, context);
    else
        link_close(cls, *context);
}

static bool link_is_slow(const struct link *link, uint64_t now_ms)
{
    if (link->stage == STAGE_WORK)
        return false;
    if (now_ms >= link->until_ms)
        return true;
    uint64_t gone = now_ms - link->since_ms;
    return link->stage == STAGE_BODY && gone > BODY_GRACE_MS && link->body_bytes * 1000 < gone * BODY_BYTES_PER_SECOND_LEAST;
}

static void links_sweep(struct listener *listener)
{
    uint64_t now_ms = clock_monotonic_ms();
    if (now_ms - listener->swept_ms < SWEEP_MS)
        return;
    listener->swept_ms = now_ms;
    for (struct link *link = listener->links; link != NULL; link = link->after) {
        if (!link_is_slow(link, now_ms))
            continue;
        /* The library sees the end of the stream and closes; until then it is not cut again. */
        (void)shutdown(link->fd, SHUT_RDWR);
        link->until_ms = UINT64_MAX;
        listener->cut++;
    }
}

/* ---- requests ------------------------------------------------------------------------------------------------------------ */

/* The request line is there: the one moment at which the library shows the target as it was sent. */
static void *target_tell(void *cls, const char *target, struct MHD_Connection *connection)
{
    size_t length = strlen(target);
    bool too_long = length > TARGET_BYTES_MAX;
    length = too_long ? TARGET_BYTES_MAX : length;
    struct wire *wire = memory_alloc(sizeof *wire + length + 1);
    if (wire == NULL)
        return NULL;
    wire->listener = cls;
    wire->link = link_of(connection);
    wire->connection = connection;
    wire->too_long = too_long;
    wire->standing = (struct span){target, strlen(target)};
    memcpy(wire->bytes, target, length);
    wire->target = (struct span){wire->bytes, length};
    return wire;
}

static enum MHD_Result header_add(void *cls, enum MHD_ValueKind kind, const char *name, size_t name_length, const char *value,
                                  size_t value_length)
{
    (void)kind;
    struct wire_head *head = cls;
    if (head->header_count == HEADERS_MAX) {
        head->headers_too_many = true;
        return MHD_NO;
    }
    struct wire_header *header = &head->headers[head->header_count++];
    header->name = (struct span){name, name_length};
    header->value = (struct span){value, value == NULL ? 0 : value_length};
    return MHD_YES;
}

static enum MHD_Result request_begin(struct wire *wire, const char *method, const char *version)
{
    struct wire_head head;
    head.header_count = 0;
    head.headers_too_many = false;
    head.method = span_of(method);
    head.version = span_of(version);
    head.target = wire->target;
    head.target_too_long = wire->too_long;
    head.peer = wire->link->peer;
    (void)MHD_get_connection_values_n(wire->connection, MHD_HEADER_KIND, header_add, &head);
    const union MHD_ConnectionInfo *size = MHD_get_connection_info(wire->connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    head.plain = size != NULL && (head.headers_too_many || header_layout_is_plain(&head, wire->standing, size->header_size));
    wire->begun = true;
    wire->link->body_bytes = 0;
    link_stage(wire->link, STAGE_BODY, BODY_SECONDS_MAX);
    const struct listener_design *design = &wire->listener->design;
    wire->request = design->begin(design->state, wire, &head);
    return wire->request == NULL ? MHD_NO : MHD_YES;
}

static enum MHD_Result request_go_on(void *cls, struct MHD_Connection *connection, const char *url, const char *method,
                                     const char *version, const char *bytes, size_t *length, void **context)
{
    (void)connection;
    (void)url;
    const struct listener *listener = cls;
    struct wire *wire = *context;
    if (wire == NULL || wire->link == NULL)
        return MHD_NO;
    if (!wire->begun)
        return request_begin(wire, method, version);
    if (*length > 0) {
        wire->link->body_bytes += *length;
        if (!wire->answered)
            listener->design.body(wire->request, (struct span){bytes, *length});
        *length = 0;
        return MHD_YES;
    }
    if (wire->answered)
        return MHD_YES;
    bool resumed = wire->suspended;
    wire->suspended = false;
    if (resumed) {
        listener->design.resumed(wire->request);
    } else {
        link_stage(wire->link, STAGE_WORK, 0);
        listener->design.complete(wire->request);
    }
    return wire->answered || wire->suspended ? MHD_YES : MHD_NO;
}

static void request_end(void *cls, struct MHD_Connection *connection, void **context, enum MHD_RequestTerminationCode code)
{
    (void)connection;
    (void)code;
    struct listener *listener = cls;
    struct wire *wire = *context;
    *context = NULL;
    if (wire == NULL)
        return;
    if (wire->request != NULL)
        listener->design.finish(wire->request);
    if (wire->link != NULL)
        link_stage(wire->link, STAGE_HEADER, IDLE_SECONDS_MAX);
    memory_free(wire);
}

bool wire_answer(struct wire *wire, const struct wire_reply *reply)
{
    /* Without const: the library never writes to a body that it is told to leave alone. */
    union {
        const char *given;
        void *taken;
    } body = {.given = reply->body.length == 0 ? "" : reply->body.at};
    struct MHD_Response *response = MHD_create_response_from_buffer(reply->body.length, body.taken, MHD_RESPMEM_PERSISTENT);
    if (response == NULL)
        return false;
    enum MHD_Result good = MHD_YES;
    for (size_t i = 0; i < reply->header_count && good == MHD_YES; i++)
        good = MHD_add_response_header(response, reply->headers[i].name, reply->headers[i].value);
    if (good == MHD_YES && reply->close)
        good = MHD_add_response_header(response, MHD_HTTP_HEADER_CONNECTION, "close");
    if (good == MHD_YES)
        good = MHD_queue_response(wire->connection, (unsigned)reply->http_status, response);
    MHD_destroy_response(response);
    wire->answered = good == MHD_YES;
    link_stage(wire->link, STAGE_REPLY, BACKLOG_SECONDS + reply->body.length / BODY_BYTES_PER_SECOND_LEAST);
    return wire->answered;
}

void wire_suspend(struct wire *wire)
{
    wire->suspended = true;
    MHD_suspend_connection(wire->connection);
}

void wires_resume(struct wire *const *wires, size_t count)
{
    struct listener *listener = count == 0 ? NULL : wires[0]->listener;
    /* Each may end at any time once it is resumed. */
    for (size_t i = 0; i < count; i++)
        MHD_resume_connection(wires[i]->connection);
    if (listener != NULL && !atomic_exchange(&listener->woken, true))
        (void)eventfd_write(listener->wake, 1);
}

/* ---- the port ------------------------------------------------------------------------------------------------------------ */

/* Percent signs stay: they are decoded once, by us, where a NUL can be refused. */
static size_t escapes_leave(void *cls, struct MHD_Connection *connection, char *text)
{
    (void)cls;
    (void)connection;
    return strlen(text);
}

__attribute__((format(printf, 2, 0))) static void complaint_tell(void *cls, const char *format, va_list list)
{
    const struct listener *listener = cls;
    char sentence[SENTENCE_BYTES];
    int length = vsnprintf(sentence, sizeof sentence, format, list);
    if (length <= 0)
        return;
    sentence[strcspn(sentence, "\n")] = '\0';
    listener->design.complain(listener->design.state, sentence);
}

static void listener_end(void *resource)
{
    listener_stop(resource);
}

enum status listener_start(struct ctx *ctx, const struct listener_design *design, struct listener **out)
{
    struct listener *listener = arena_alloc(ctx->arena, sizeof *listener);
    if (listener == NULL) {
        (void)close(design->socket);
        return ctx_no_memory(ctx);
    }
    listener->design = *design;
    listener->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    secret_bytes(listener->key, sizeof listener->key);
    listener->daemon =
        MHD_start_daemon(MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG, 0, accept_ask, listener, request_go_on,
                         listener, MHD_OPTION_EXTERNAL_LOGGER, complaint_tell, listener, MHD_OPTION_LISTEN_SOCKET, design->socket,
                         MHD_OPTION_CONNECTION_LIMIT, design->connections_max, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
                         (size_t)CONNECTION_BYTES, MHD_OPTION_CONNECTION_TIMEOUT, 0u, MHD_OPTION_STRICT_FOR_CLIENT, 1,
                         MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1, MHD_OPTION_UNESCAPE_CALLBACK, escapes_leave, listener,
                         MHD_OPTION_URI_LOG_CALLBACK, target_tell, listener, MHD_OPTION_NOTIFY_COMPLETED, request_end, listener,
                         MHD_OPTION_NOTIFY_CONNECTION, connection_tell, listener, MHD_OPTION_END);
    const union MHD_DaemonInfo *info =
        listener->daemon == NULL ? NULL : MHD_get_daemon_info(listener->daemon, MHD_DAEMON_INFO_EPOLL_FD);
    if (info == NULL || listener->wake < 0) {
        listener_stop(listener);
        (void)close(design->socket);
        return ctx_fail(ctx, STATUS_UNAVAILABLE, NULL, "The HTTP server could not be started on its port.");
    }
    listener->events = info->epoll_fd;
    if (arena_defer(ctx->arena, listener_end, listener) != STATUS_OK)
        return ctx_no_memory(ctx);
    *out = listener;
    return STATUS_OK;
}

void listener_run(struct listener *listener, unsigned milliseconds)
{
    MHD_UNSIGNED_LONG_LONG due = SWEEP_MS;
    eventfd_t woken = 0;
    if (milliseconds > SWEEP_MS)
        milliseconds = SWEEP_MS;
    if (MHD_get_timeout(listener->daemon, &due) == MHD_YES && due < milliseconds)
        milliseconds = (unsigned)due;
    struct pollfd waited[2] = {{.fd = listener->events, .events = POLLIN}, {.fd = listener->wake, .events = POLLIN}};
    (void)poll(waited, 2, (int)milliseconds);
    /* In this order: what is resumed after it was read wakes once more. */
    if ((waited[1].revents & POLLIN) != 0 && eventfd_read(listener->wake, &woken) == 0)
        atomic_store(&listener->woken, false);
    (void)MHD_run(listener->daemon);
    links_sweep(listener);
}

void listener_close(struct listener *listener)
{
    if (listener->closed || listener->daemon == NULL)
        return;
    listener->closed = true;
    MHD_socket socket = MHD_quiesce_daemon(listener->daemon);
    if (socket != MHD_INVALID_SOCKET)
        (void)close(socket);
}

void listener_stop(struct listener *listener)
{
    if (listener->daemon != NULL)
        MHD_stop_daemon(listener->daemon);
    if (listener->wake >= 0)
        (void)close(listener->wake);
    listener->daemon = NULL;
    listener->wake = -1;
}

void listener_figures(struct listener *listener, struct listener_figures *out)
{
    *out = (struct listener_figures){.open = atomic_load(&listener->open),
                                     .accepted = atomic_load(&listener->accepted),
                                     .refused = atomic_load(&listener->refused),
                                     .cut = atomic_load(&listener->cut)};
}
