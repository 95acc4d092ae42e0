/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "503 with Retry-After quickly, no unbounded queue, acknowledged ones safe" (reliability, case 59): the threads are held up, more
 * requests come than wait, and each one beyond is told at once to come again; those that waited are answered. */
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/limits.h"
#include "store/store.h"
#include "support/http_fork.h"

enum { BEYOND = 100 };

/* The handlers wait until this file is there. */
static char gate[SCRATCH_ROOM];

static enum status waiting_handle(struct exchange *exchange)
{
    while (access(gate, F_OK) != 0)
        (void)usleep(2000);
    reply_begin(exchange, 200, "text/plain");
    out_text(exchange->reply, "done");
    return STATUS_OK;
}

static const struct route read_get = {
    .name = "read", .method = METHOD_GET, .path = "/read", .run = RUN_READING, .handle = waiting_handle};
static const struct route write_get = {
    .name = "write", .method = METHOD_GET, .path = "/write", .run = RUN_WRITING, .handle = waiting_handle};
static const struct route *const routes[] = {&read_get, &write_get};

static void gate_open(void)
{
    int file = open(gate, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
    assert_true(file >= 0);
    assert_int_equal(close(file), 0);
}

/* Sends one request per connection. Until nothing comes any more, each that is answered must be told 503; then the gate opens. */
static void overload(const char *path, size_t wait_most, size_t at_work)
{
    struct scratch scratch;
    struct http_server server;
    char store[SCRATCH_ROOM], request[128];
    size_t count = wait_most + at_work + BEYOND;
    struct pollfd *ready = calloc(count, sizeof *ready);
    struct ctx ctx = {.threads = 1};
    scratch_create(&scratch);
    (void)snprintf(store, sizeof store, "%s", scratch_path(&scratch, "study.db"));
    (void)snprintf(gate, sizeof gate, "%s", scratch_path(&scratch, "gate"));
    assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
    assert_int_equal(store_create(&ctx, store), STATUS_OK);
    arena_destroy(ctx.arena);
    http_fork(&server, &scratch, routes, 2,
              &(const struct server_settings){.store_path = store,
                                              .threads = 1,
                                              .rate_per_minute = UINT64_MAX,
                                              .connections_max = CONNECTIONS_MAX,
                                              .connections_per_address_max = CONNECTIONS_MAX});
    int length = snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: a\r\n\r\n", path);
    uint64_t began = clock_monotonic_ms(), slowest = 0;
    assert_non_null(ready);
    for (size_t i = 0; i < count; i++) {
        ready[i] = (struct pollfd){.fd = http_connect(&server, NULL), .events = POLLIN};
        assert_true(http_send(ready[i].fd, request, (size_t)length));
    }
    size_t busy = 0, done = 0;
    while (busy + done < count && clock_monotonic_ms() - began < 60000) {
        bool held = access(gate, F_OK) != 0;
        int news = poll(ready, count, 300);
        assert_true(news >= 0);
        if (news == 0 && held && busy >= BEYOND)
            gate_open();
        for (size_t i = 0; i < count; i++) {
            struct http_reply reply;
            if ((ready[i].revents & POLLIN) == 0)
                continue;
            http_receive(ready[i].fd, &reply, false);
            if (held) {
                assert_int_equal(reply.status, 503);
                assert_string_equal(http_header(&reply, "Retry-After"), "2");
                busy++;
                slowest = clock_monotonic_ms() - began;
            } else {
                assert_int_equal(reply.status, 200);
                done++;
            }
            http_reply_clear(&reply);
            assert_int_equal(close(ready[i].fd), 0);
            ready[i].fd = -1;
        }
    }
    assert_in_range(busy, BEYOND, BEYOND + at_work);
    assert_int_equal(busy + done, count);
    print_message("%s: %zu told to come again, the last after %llu ms; %zu answered\n", path, busy, (unsigned long long)slowest,
                  done);
    assert_int_equal(http_server_stop(&server), 0);
    free(ready);
    scratch_destroy(&scratch);
}

/* A reader takes a few at a time. */
static void readers(void **state)
{
    (void)state;
    overload("/read", READS_WAITING_MAX, 4);
}

/* The first group holds up the writer with however many had come by then. */
static void writer(void **state)
{
    (void)state;
    overload("/write", WRITES_WAITING_MAX, WRITE_GROUP_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(readers), cmocka_unit_test(writer)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
