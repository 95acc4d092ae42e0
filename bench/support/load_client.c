/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/load_client.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { EVENTS = 256 };

struct connection {
    int socket; /* -1 = closed */
    bool busy;  /* a request is underway */
    uint64_t number, began;
    size_t request_length, sent;
    size_t reply_length, reply_room;
    char *reply;
    char request[LOAD_REQUEST_BYTES];
};

struct load {
    const struct load_plan *plan;
    struct load_result *result;
    int epoll;
    struct connection *connections;
    unsigned busy;
    bool stopping;
    uint64_t next, end_at, last_reply;
    uint32_t *micros; /* of good replies */
    size_t micro_count, micro_room;
};

static void give_up(const char *what)
{
    perror(what);
    exit(1);
}

static uint64_t now_ns(void)
{
    struct timespec now;
    if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
        give_up("clock_gettime");
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

/* Connects; a server on the same machine answers at once or is not there. */
static bool connection_open(struct load *load, struct connection *connection)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)load->plan->port)};
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int one = 1;
    connection->socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connection->socket < 0)
        give_up("socket");
    if (connect(connection->socket, (const struct sockaddr *)&to, sizeof to) != 0) {
        close(connection->socket);
        connection->socket = -1;
        return false;
    }
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = connection};
    if (setsockopt(connection->socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one) != 0 ||
        fcntl(connection->socket, F_SETFL, O_NONBLOCK) != 0 ||
        epoll_ctl(load->epoll, EPOLL_CTL_ADD, connection->socket, &event) != 0)
        give_up("socket options");
    return true;
}

static void connection_close(struct connection *connection)
{
    if (connection->socket >= 0)
        close(connection->socket);
    connection->socket = -1;
}

static void micros_add(struct load *load, uint64_t nanoseconds)
{
    if (load->micro_count == load->micro_room) {
        load->micro_room = load->micro_room ? load->micro_room * 2 : 65536;
        load->micros = realloc(load->micros, load->micro_room * sizeof *load->micros);
        if (!load->micros)
            give_up("memory");
    }
    uint64_t micros = nanoseconds / 1000;
    load->micros[load->micro_count++] = micros > UINT32_MAX ? UINT32_MAX : (uint32_t)micros;
}

/* The request of a connection has its reply, or will never have one. */
static void request_end(struct load *load, struct connection *connection, int status)
{
    struct load_reply reply = {.number = connection->number,
                               .status = status,
                               .bytes = connection->reply,
                               .length = connection->reply_length,
                               .nanoseconds = now_ns() - connection->began};
    connection->busy = false;
    load->busy--;
    load->last_reply = connection->began + reply.nanoseconds;
    if (status == LOAD_LOST)
        load->result->lost++;
    else if (status < 400)
        load->result->good++;
    else if (load->result->refused++ == 0)
        load->result->refused_status = status;
    if (status != LOAD_LOST && status < 400)
        micros_add(load, reply.nanoseconds);
    connection->reply[connection->reply_length] = '\0';
    if (load->plan->told)
        load->plan->told(load->plan->state, &reply);
}

/* The connection broke. */
static void connection_lost(struct load *load, struct connection *connection)
{
    connection_close(connection);
    if (connection->busy)
        request_end(load, connection, LOAD_LOST);
    load->stopping |= load->plan->stop_when_lost;
}

/* Sends what is left of the request; a socket that takes no more is asked again when the reply or the room comes. */
static void request_push(struct load *load, struct connection *connection)
{
    while (connection->sent < connection->request_length) {
        ssize_t done = send(connection->socket, connection->request + connection->sent,
                            connection->request_length - connection->sent, MSG_NOSIGNAL);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0 && errno == EAGAIN) {
            struct epoll_event event = {.events = EPOLLIN | EPOLLOUT, .data.ptr = connection};
            if (epoll_ctl(load->epoll, EPOLL_CTL_MOD, connection->socket, &event) != 0)
                give_up("epoll_ctl");
            return;
        }
        if (done < 0) {
            connection_lost(load, connection);
            return;
        }
        connection->sent += (size_t)done;
    }
}

/* Begins the next request on a connection that has none, unless the plan is at its end. */
static void request_begin(struct load *load, struct connection *connection)
{
    if (load->stopping || connection->busy || load->next >= load->plan->requests || now_ns() >= load->end_at)
        return;
    if (connection->socket < 0 && !connection_open(load, connection)) {
        if (!load->plan->stop_when_lost)
            give_up("connect");
        load->stopping = true;
        return;
    }
    connection->number = load->next++;
    connection->request_length =
        load->plan->write(load->plan->state, connection->number, connection->request, sizeof connection->request);
    connection->sent = connection->reply_length = 0;
    connection->busy = true;
    load->busy++;
    load->result->sent++;
    connection->began = now_ns();
    request_push(load, connection);
}

/* The value of a header line as a whole number; -1 when it is not there. */
static long header_whole(const char *reply, const char *end, const char *name)
{
    size_t length = strlen(name);
    for (const char *line = strstr(reply, "\r\n"); line && line < end; line = strstr(line + 2, "\r\n")) {
        if (strncasecmp(line + 2, name, length) == 0)
            return strtol(line + 2 + length, NULL, 10);
    }
    return -1;
}

/* Is the reply whole? Ends the request if so. */
static void reply_look(struct load *load, struct connection *connection)
{
    connection->reply[connection->reply_length] = '\0';
    const char *end = strstr(connection->reply, "\r\n\r\n");
    if (!end)
        return;
    long length = header_whole(connection->reply, end, "content-length:");
    int status = connection->reply_length > 12 ? (int)strtol(connection->reply + 9, NULL, 10) : 0;
    if (length < 0 && status != 204 && status != 304) {
        (void)fprintf(stderr, "load client: a reply without Content-Length:\n%.200s\n", connection->reply);
        exit(1);
    }
    size_t whole = (size_t)(end + 4 - connection->reply) + (length > 0 ? (size_t)length : 0);
    if (connection->reply_length < whole)
        return;
    bool closes =
        strcasestr(connection->reply, "\r\nconnection: close") && strcasestr(connection->reply, "\r\nconnection: close") < end;
    request_end(load, connection, status);
    if (closes)
        connection_close(connection);
    request_begin(load, connection);
}

/* Room for more of a reply. */
static void reply_grow(struct connection *connection)
{
    if (connection->reply_room > connection->reply_length + 1)
        return;
    size_t room = connection->reply_room * 2;
    if (room > LOAD_REPLY_BYTES * 64u || !(connection->reply = realloc(connection->reply, room)))
        give_up("a reply that is too long");
    connection->reply_room = room;
}

static void connection_serve(struct load *load, struct connection *connection, uint32_t events)
{
    if (connection->socket >= 0 && (events & EPOLLOUT)) {
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = connection};
        if (epoll_ctl(load->epoll, EPOLL_CTL_MOD, connection->socket, &event) != 0)
            give_up("epoll_ctl");
        request_push(load, connection);
    }
    if (connection->socket < 0 || !(events & ~(uint32_t)EPOLLOUT))
        return;
    reply_grow(connection);
    ssize_t got = recv(connection->socket, connection->reply + connection->reply_length,
                       connection->reply_room - connection->reply_length - 1, 0);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (got > 0 && connection->busy) {
        connection->reply_length += (size_t)got;
        reply_look(load, connection);
        return;
    }
    connection_lost(load, connection);
    request_begin(load, connection);
}

static int micros_compare(const void *a, const void *b)
{
    uint32_t first = *(const uint32_t *)a, second = *(const uint32_t *)b;
    return (first > second) - (first < second);
}

/* How long to wait for something to happen, in milliseconds. */
static int load_patience(const struct load *load)
{
    uint64_t now = now_ns(), end = load->end_at + load->plan->abandon_ms * 1000000u;
    if (!load->plan->abandon_ms)
        return 30000;
    return now >= end ? 0 : (int)((end - now) / 1000000u) + 1;
}

/* Gives up what is underway. */
static void load_abandon(struct load *load)
{
    for (unsigned i = 0; i < load->plan->connections; i++) {
        connection_close(&load->connections[i]);
        if (load->connections[i].busy)
            request_end(load, &load->connections[i], LOAD_LOST);
    }
}

static void load_work(struct load *load)
{
    struct epoll_event events[EVENTS];
    for (unsigned i = 0; i < load->plan->connections; i++)
        request_begin(load, &load->connections[i]);
    while (load->busy) {
        int count = epoll_wait(load->epoll, events, EVENTS, load_patience(load));
        if (count < 0 && errno != EINTR)
            give_up("epoll_wait");
        if (count == 0 && load->plan->abandon_ms && now_ns() >= load->end_at + load->plan->abandon_ms * 1000000u) {
            load_abandon(load);
            return;
        }
        if (count == 0 && !load->plan->abandon_ms) {
            (void)fprintf(stderr, "load client: no reply within 30 seconds to %u requests\n", load->busy);
            exit(1);
        }
        for (int i = 0; i < count; i++)
            connection_serve(load, events[i].data.ptr, events[i].events);
    }
}

void load_run(const struct load_plan *plan, struct load_result *out)
{
    *out = (struct load_result){.sent = 0};
    struct load load = {.plan = plan, .result = out, .epoll = epoll_create1(EPOLL_CLOEXEC)};
    load.connections = calloc(plan->connections, sizeof *load.connections);
    if (load.epoll < 0 || !load.connections)
        give_up("load client");
    for (unsigned i = 0; i < plan->connections; i++) {
        load.connections[i].socket = -1;
        load.connections[i].reply_room = LOAD_REPLY_BYTES;
        load.connections[i].reply = malloc(LOAD_REPLY_BYTES);
        if (!load.connections[i].reply)
            give_up("memory");
    }
    uint64_t began = now_ns();
    load.last_reply = began;
    load.end_at = plan->seconds > 0 ? began + (uint64_t)(plan->seconds * 1e9) : UINT64_MAX;
    load_work(&load);
    out->seconds = (double)(load.last_reply - began) / 1e9;
    if (load.micro_count) {
        qsort(load.micros, load.micro_count, sizeof *load.micros, micros_compare);
        out->p50_us = load.micros[load.micro_count / 2];
        out->p99_us = load.micros[load.micro_count - 1 - load.micro_count / 100];
    }
    for (unsigned i = 0; i < plan->connections; i++) {
        connection_close(&load.connections[i]);
        free(load.connections[i].reply);
    }
    free(load.connections);
    free(load.micros);
    close(load.epoll);
}
