/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "slow clients (hundreds of idle and dripping connections) while honest ones are served" (reliability, case 25): 300 connections
 * that say nothing, 50 that drip a header, 50 that drip a body; the slow ones are cut in time, honest ones are answered throughout,
 * and memory stays bounded. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/limits.h"
#include "support/http_fork.h"

enum { IDLE = 300, DRIPPING = 100, SLOW = IDLE + DRIPPING, HONEST_MOST = 20000, RESIDENT_KIB_MORE = 64 << 10 };

static enum status fine_handle(struct exchange *exchange)
{
    reply_begin(exchange, 200, "text/plain");
    return STATUS_OK;
}

/* A reply of 8 MiB: more than buffers between the two ends hold. */
static enum status large_handle(struct exchange *exchange)
{
    reply_begin(exchange, 200, "text/plain");
    for (size_t i = 0; i < (8u << 20) / 64; i++)
        out_text(exchange->reply, "0123456789012345678901234567890123456789012345678901234567890123");
    return STATUS_OK;
}

static const struct route fine_get = {.name = "fine", .method = METHOD_GET, .path = "/", .handle = fine_handle};
static const struct route large_get = {.name = "large", .method = METHOD_GET, .path = "/large", .handle = large_handle};
static const struct route fine_post = {
    .name = "fine_post", .method = METHOD_POST, .path = "/", .body_bytes_max = 100000, .handle = fine_handle};
static const struct route *const routes[] = {&fine_get, &fine_post, &large_get};

static struct scratch scratch;
static struct http_server server;

static void start(const struct server_settings *settings)
{
    scratch_create(&scratch);
    http_fork(&server, &scratch, routes, sizeof routes / sizeof routes[0], settings);
}

static void stop(void)
{
    assert_int_equal(http_server_stop(&server), 0);
    scratch_destroy(&scratch);
}

static int compare(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

/* Is the other end gone? */
static bool is_cut(int fd)
{
    char byte;
    ssize_t got = recv(fd, &byte, 1, MSG_DONTWAIT);
    return got == 0 || (got < 0 && errno != EAGAIN && errno != EWOULDBLOCK);
}

struct slow {
    int fd;
    bool header, body; /* what it drips */
    uint64_t cut_ms;   /* after how long it was cut; 0 = not yet */
};

static void slow_open(struct slow slow[SLOW])
{
    static const char head[] = "GET / HTTP/1.1\r\nHost: a\r\nX: ",
                      post[] = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 90000\r\n\r\n";
    for (int i = 0; i < SLOW; i++) {
        char from[32];
        (void)snprintf(from, sizeof from, "127.0.1.%d", i % 8 + 1);
        slow[i] =
            (struct slow){.fd = http_connect(&server, from), .header = i >= IDLE && i % 2 == 0, .body = i >= IDLE && i % 2 == 1};
        if (slow[i].header)
            assert_true(http_send(slow[i].fd, head, sizeof head - 1));
        if (slow[i].body)
            assert_true(http_send(slow[i].fd, post, sizeof post - 1));
    }
}

/* A byte more of each that drips; notes those that were cut. */
static void slow_drip(struct slow slow[SLOW], uint64_t gone_ms)
{
    for (int i = 0; i < SLOW; i++) {
        if (slow[i].cut_ms != 0)
            continue;
        bool alive = !slow[i].header && !slow[i].body ? true : http_send(slow[i].fd, "a", 1);
        if (!alive || is_cut(slow[i].fd))
            slow[i].cut_ms = gone_ms;
    }
}

static void slow_clients_are_cut_and_honest_ones_served(void **state)
{
    (void)state;
    static struct slow slow[SLOW];
    static uint64_t took_us[HONEST_MOST];
    size_t honest = 0;
    start(&(const struct server_settings){.rate_per_minute = UINT64_MAX});
    long before = http_server_resident_kib(&server), most = before;
    slow_open(slow);
    uint64_t began = clock_monotonic_ms(), dripped = 0, gone = 0;
    while ((gone = clock_monotonic_ms() - began) < (HEADER_SECONDS_MAX + 3) * 1000u && honest < HONEST_MOST) {
        struct http_reply reply;
        uint64_t asked = clock_monotonic_us();
        http_get(&server, "/", &reply);
        took_us[honest++] = clock_monotonic_us() - asked;
        assert_int_equal(reply.status, 200);
        http_reply_clear(&reply);
        if (gone - dripped >= 200) {
            dripped = gone;
            slow_drip(slow, gone);
            long now = http_server_resident_kib(&server);
            most = now > most ? now : most;
        }
        (void)usleep(1000);
    }
    uint64_t header_cut = 0, body_cut = 0;
    for (int i = 0; i < SLOW; i++) {
        if (slow[i].cut_ms == 0)
            fail_msg("connection %d (%s) was not cut", i, slow[i].header ? "header" : slow[i].body ? "body" : "idle");
        uint64_t *last = slow[i].body ? &body_cut : &header_cut;
        *last = slow[i].cut_ms > *last ? slow[i].cut_ms : *last;
        assert_int_equal(close(slow[i].fd), 0);
    }
    qsort(took_us, honest, sizeof *took_us, compare);
    print_message(
        "%zu honest requests: p50 %llu us, p99 %llu us; idle and headers cut by %llu ms, bodies by %llu ms; %ld KiB more\n",
        honest, (unsigned long long)took_us[honest / 2], (unsigned long long)took_us[honest * 99 / 100],
        (unsigned long long)header_cut, (unsigned long long)body_cut, most - before);
    assert_true(honest > 500);
    assert_in_range(took_us[honest * 99 / 100], 0, 500000);
    assert_in_range(header_cut, 9000, 12000);
    assert_in_range(body_cut, 4500, 8000);
#if !defined __SANITIZE_ADDRESS__ && !defined __SANITIZE_THREAD__ && !defined __clang__
    /* Sanitizers keep what was freed. */
    assert_true(most - before < RESIDENT_KIB_MORE);
#endif
    stop();
}

/* "caps per address and global": one address cannot take all connections, and its own are given back. */
static void connections_of_one_address(void **state)
{
    (void)state;
    struct http_reply reply;
    int fds[40];
    size_t refused = 0;
    start(&(const struct server_settings){.rate_per_minute = UINT64_MAX, .connections_per_address_max = 20});
    for (int i = 0; i < 40; i++)
        fds[i] = http_connect(&server, "127.0.0.9");
    (void)usleep(300000);
    for (int i = 0; i < 40; i++)
        refused += is_cut(fds[i]);
    assert_int_equal(refused, 20);
    http_get(&server, "/", &reply);
    assert_int_equal(reply.status, 200);
    http_reply_clear(&reply);
    for (int i = 0; i < 40; i++)
        assert_int_equal(close(fds[i]), 0);
    (void)usleep(300000);
    int again = http_connect(&server, "127.0.0.9");
    assert_true(http_send(again, "GET / HTTP/1.1\r\nHost: a\r\n\r\n", 27));
    http_receive(again, &reply, false);
    assert_int_equal(reply.status, 200);
    http_reply_clear(&reply);
    assert_int_equal(close(again), 0);
    stop();
}

/* Who takes a reply slowly holds up nobody. */
static void slow_readers(void **state)
{
    (void)state;
    struct http_reply reply;
    int fds[10], small = 4096;
    start(&(const struct server_settings){.rate_per_minute = UINT64_MAX});
    for (int i = 0; i < 10; i++) {
        fds[i] = http_connect(&server, NULL);
        if (i > 0)
            assert_int_equal(setsockopt(fds[i], SOL_SOCKET, SO_RCVBUF, &small, sizeof small), 0);
        assert_true(http_send(fds[i], "GET /large HTTP/1.1\r\nHost: a\r\n\r\n", 32));
    }
    for (int i = 0; i < 100; i++) {
        http_get(&server, "/", &reply);
        assert_int_equal(reply.status, 200);
        http_reply_clear(&reply);
    }
    /* The first of them goes on reading, and gets all of it. */
    http_receive(fds[0], &reply, false);
    assert_int_equal(reply.status, 200);
    assert_int_equal(reply.body_length, 8u << 20);
    http_reply_clear(&reply);
    for (int i = 0; i < 10; i++)
        assert_int_equal(close(fds[i]), 0);
    stop();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slow_clients_are_cut_and_honest_ones_served),
        cmocka_unit_test(connections_of_one_address),
        cmocka_unit_test(slow_readers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
