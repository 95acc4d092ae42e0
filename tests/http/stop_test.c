/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "graceful stop that drains what was accepted": SIGTERM comes while 200 writes are in flight, after some of them were answered. Each
 * one that was answered 2xx is in the store exactly once; the rest were refused, or got no answer; the server ends with 0. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/desk.h"
#include "base/clock.h"
#include "base/decimal.h"
#include "store/event_rows.h"
#include "support/http_fork.h"

enum { WRITES = 200 };

/* How many are answered before each stop; not a time, in which a busy machine may do nothing. */
static const int answered_before[] = {0, 1, 8, 20, 50};
enum { ROUNDS = sizeof answered_before / sizeof *answered_before };

/* Notes an event whose count is the body. */
static enum status note_handle(struct exchange *exchange)
{
    struct decimal number;
    if (!decimal_parse(exchange->body, '.', &number))
        return ctx_fail(&exchange->ctx, STATUS_INVALID, NULL, "A number is accepted.");
    const struct event event = {.at_ms = 1, .kind = "noted", .actor = "operator", .count = number.units};
    enum status status = event_add(&exchange->ctx, exchange->session, &event);
    if (status != STATUS_OK)
        return status;
    reply_begin(exchange, 201, "text/plain");
    return STATUS_OK;
}

static const struct route note_post = {
    .name = "note", .method = METHOD_POST, .path = "/note", .run = RUN_WRITING, .body_bytes_max = 20, .handle = note_handle};
static const struct route *const routes[] = {&note_post};

struct notes {
    const struct event *events;
    size_t count;
};

static enum status notes_read(struct ctx *ctx, struct desk *desk, struct store_session *session, void *state)
{
    (void)desk;
    struct notes *notes = state;
    struct event *events = NULL;
    const struct uuid none = {.bytes = {0}};
    enum status status =
        event_list(ctx, session, &none, &(const struct event_range){.from = 0, .most = 100000}, &events, &notes->count);
    notes->events = events;
    return status;
}

static void counted(const char *store, unsigned char times[WRITES])
{
    struct ctx ctx = {.threads = 1};
    struct desk *desk = NULL;
    struct notes notes = {.count = 0};
    memset(times, 0, WRITES);
    assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
    assert_int_equal(desk_open(&ctx, store, DESK_READ, "a test", &desk), STATUS_OK);
    assert_int_equal(desk_read(&ctx, desk, notes_read, &notes), STATUS_OK);
    for (size_t i = 0; i < notes.count; i++) {
        assert_in_range(notes.events[i].count, 0, WRITES - 1);
        times[notes.events[i].count]++;
    }
    arena_destroy(ctx.arena);
}

static int received_status(int fd)
{
    struct http_reply reply;
    http_receive(fd, &reply, false);
    int status = reply.status;
    http_reply_clear(&reply);
    return status;
}

/* Sends every write; SIGTERM comes in the middle, once the first `answered` of them are. */
static void writes_send(const struct http_server *server, int answered, const int fds[WRITES], int status[WRITES])
{
    char request[128], body[16];
    for (int i = 0; i < WRITES; i++) {
        int body_length = snprintf(body, sizeof body, "%d", i);
        int length = snprintf(request, sizeof request, "POST /note HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n%s",
                              body_length, body);
        (void)http_send(fds[i], request, (size_t)length);
        if (i != WRITES / 2)
            continue;
        for (int first = 0; first < answered; first++)
            assert_int_equal(status[first] = received_status(fds[first]), 201);
        assert_int_equal(kill(server->pid, SIGTERM), 0);
    }
}

static void stop_amid_writes(int answered, size_t *stored)
{
    struct scratch scratch;
    struct http_server server;
    struct ctx ctx = {.threads = 1};
    char store[SCRATCH_ROOM];
    int fds[WRITES], how = 0, status[WRITES];
    unsigned char times[WRITES];
    scratch_create(&scratch);
    (void)snprintf(store, sizeof store, "%s", scratch_path(&scratch, "study.db"));
    assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
    assert_int_equal(store_create(&ctx, store), STATUS_OK);
    arena_destroy(ctx.arena);
    http_fork(&server, &scratch, routes, 1, &(const struct server_settings){.store_path = store, .rate_per_minute = UINT64_MAX});
    for (int i = 0; i < WRITES; i++)
        fds[i] = http_connect(&server, NULL);
    writes_send(&server, answered, fds, status);
    for (int i = 0; i < WRITES; i++) {
        if (i >= answered)
            status[i] = received_status(fds[i]);
        assert_int_equal(close(fds[i]), 0);
        if (status[i] != 201 && status[i] != 503 && status[i] != 0)
            fail_msg("answered %d", status[i]);
    }
    assert_int_equal(waitpid(server.pid, &how, 0), server.pid);
    assert_int_equal(how, 0);
    counted(store, times);
    for (int i = 0; i < WRITES; i++) {
        if (status[i] == 201 && times[i] != 1)
            fail_msg("write %d was acknowledged and stands there %u times", i, times[i]);
        if (status[i] == 503 && times[i] != 0)
            fail_msg("write %d was refused and stands there %u times", i, times[i]);
        *stored += times[i];
    }
    scratch_destroy(&scratch);
}

static void acknowledged_writes_are_there(void **state)
{
    (void)state;
    size_t stored = 0, answered = 0;
    for (unsigned i = 0; i < ROUNDS; i++) {
        stop_amid_writes(answered_before[i], &stored);
        answered += (size_t)answered_before[i];
    }
    assert_true(stored >= answered);
    print_message("%zu of %d writes stored in %d stops\n", stored, ROUNDS * WRITES, ROUNDS);
}

/* An idle server, with a connection that says nothing, ends at once. */
static void idle_connections_do_not_hold_it_up(void **state)
{
    (void)state;
    struct scratch scratch;
    struct http_server server;
    scratch_create(&scratch);
    http_fork(&server, &scratch, routes, 1, &(const struct server_settings){.rate_per_minute = UINT64_MAX});
    int idle = http_connect(&server, NULL), half = http_connect(&server, NULL);
    assert_true(http_send(half, "GET / HT", 8));
    (void)usleep(50000);
    uint64_t began = clock_monotonic_ms();
    assert_int_equal(http_server_stop(&server), 0);
    assert_in_range(clock_monotonic_ms() - began, 0, 3000);
    assert_int_equal(close(idle), 0);
    assert_int_equal(close(half), 0);
    scratch_destroy(&scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(acknowledged_writes_are_there),
        cmocka_unit_test(idle_connections_do_not_hold_it_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
