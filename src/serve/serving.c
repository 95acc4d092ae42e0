/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/serving.h"

#include "serve/housekeeping.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"

enum { LOOP_MS = 200, DRAIN_LOOP_MS = 20, BACKLOG = 1024, SENT_SECONDS = 2, ADDRESS_BYTES = 64 };

/* Binds and listens; the port that was given out when 0 was asked for is told in *bound. */
static enum status socket_open(struct ctx *ctx, const char *listen_at, struct sockaddr_storage *bound, int *out)
{
    socklen_t length = 0;
    if (!listen_address_parse(span_of(listen_at), bound, &length))
        return ctx_fail(ctx, STATUS_USAGE, NULL,
                        "--listen: %s is no address to listen at: an IP address and a port is accepted, such as 127.0.0.1:8080 "
                        "or [::1]:8080.",
                        listen_at);
    int number = socket(bound->ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    int yes = 1;
    bool good = number >= 0 && setsockopt(number, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == 0;
    if (good && bound->ss_family == AF_INET6)
        good = setsockopt(number, IPPROTO_IPV6, IPV6_V6ONLY, &yes, sizeof yes) == 0;
    struct sockaddr_storage wanted = *bound;
    socklen_t room = sizeof *bound;
    /* The library of the language takes any kind of address by this pointer. */
    good = good && bind(number, (const struct sockaddr *)&wanted, length) == 0 && listen(number, BACKLOG) == 0;
    good = good && getsockname(number, (struct sockaddr *)bound, &room) == 0;
    if (good) {
        *out = number;
        return STATUS_OK;
    }
    const char *cause = strerrordesc_np(errno);
    if (number >= 0)
        (void)close(number);
    return ctx_fail(ctx, STATUS_UNAVAILABLE, NULL, "The server cannot listen at %s: %s.", listen_at,
                    cause == NULL ? "the system refuses" : cause);
}

static void complaint_log(void *state, const char *sentence)
{
    const struct server *server = state;
    const struct log_field field = {.name = "sentence", .text = sentence};
    log_line(server->log, "connection", &field, 1);
}

static enum status port_file_write(struct ctx *ctx, const char *path, const char *address)
{
    struct out *out = NULL;
    enum status status = out_open_file(ctx, path, &out);
    if (status != STATUS_OK)
        return status;
    out_format(out, "%s\n", address);
    return out_close(ctx, out);
}

enum status serving_listen(struct ctx *ctx, struct server *server)
{
    const struct server_settings *settings = server->settings;
    struct sockaddr_storage bound;
    struct listener_design design = {
        .connections_max = settings->connections_max == 0 ? CONNECTIONS_DEFAULT : settings->connections_max,
        .connections_per_address_max =
            settings->connections_per_address_max == 0 ? CONNECTIONS_PER_ADDRESS_DEFAULT : settings->connections_per_address_max,
        .unlimited = server->proxy,
        .state = server,
        .begin = request_begin,
        .body = request_body,
        .complete = request_complete,
        .resumed = request_resumed,
        .finish = request_finish,
        .complain = complaint_log,
    };
    enum status status = socket_open(ctx, settings->listen, &bound, &design.socket);
    if (status != STATUS_OK)
        return status;
    status = listener_start(ctx, &design, &server->listener);
    if (status != STATUS_OK)
        return status;
    char address[ADDRESS_BYTES];
    listen_address_format(&bound, address, sizeof address);
    server->base_address =
        settings->base_address != NULL ? settings->base_address : arena_format(ctx->arena, "http://%s", address);
    if (server->base_address == NULL)
        return ctx_no_memory(ctx);
    if (server->desk != NULL)
        desk_set_base_address(server->desk, server->base_address);
    const struct log_field fields[] = {{.name = "listen", .text = address}, {.name = "address", .text = server->base_address}};
    log_line(server->log, "started", fields, 2);
    log_flush(server->log);
    return settings->port_file == NULL ? STATUS_OK : port_file_write(ctx, settings->port_file, address);
}

enum status serving_start(struct ctx *ctx, struct server *server)
{
    const struct server_settings *settings = server->settings;
    server->began_ms = clock_monotonic_ms();
    if (settings->trusted_proxy != NULL && !peer_parse(span_of(settings->trusted_proxy), &server->proxy))
        return ctx_fail(ctx, STATUS_USAGE, NULL, "%s is no IP address: the address of the proxy is accepted, such as 127.0.0.1.",
                        settings->trusted_proxy);
    server->answered = arena_array(ctx->arena, server->route_count + 1, sizeof *server->answered);
    if (server->answered == NULL)
        return ctx_no_memory(ctx);
    enum status status = router_make(ctx, server->routes, server->route_count, &server->router);
    if (status == STATUS_OK)
        status = rate_limit_create(ctx, RATE_ENTRIES, &server->rates);
    if (status == STATUS_OK)
        status = writer_start(ctx, server);
    if (status == STATUS_OK)
        status = readers_start(ctx, server);
    if (status == STATUS_OK)
        status = housekeeping_make(ctx, server, &server->housekeeping);
    return status;
}

void serving_go_on(struct server *server, const atomic_bool *stop)
{
    while (!atomic_load(stop)) {
        listener_run(server->listener, LOOP_MS);
        housekeeping_tick(server->housekeeping);
        log_flush(server->log);
    }
    server->draining = true;
    listener_close(server->listener);
    log_line(server->log, "stopping", NULL, 0);
    uint64_t until_ms = clock_monotonic_ms() + (uint64_t)STOP_SECONDS_MAX * 1000;
    while (atomic_load(&server->open) > 0 && clock_monotonic_ms() < until_ms)
        listener_run(server->listener, DRAIN_LOOP_MS);
}

void serving_stop(struct server *server)
{
    /* What waits for the threads is worked off, so that no request is left set aside. */
    batcher_stop(server->writer);
    batcher_stop(server->readers);
    batcher_stop(server->analysts);
    uint64_t until_ms = clock_monotonic_ms() + (uint64_t)SENT_SECONDS * 1000;
    do {
        listener_run(server->listener, DRAIN_LOOP_MS);
    } while (atomic_load(&server->open) > 0 && clock_monotonic_ms() < until_ms);
    listener_stop(server->listener);
    const struct log_field field = {.name = "requests", .number = (int64_t)atomic_load(&server->requests)};
    log_line(server->log, "stopped", &field, 1);
    log_flush(server->log);
}
