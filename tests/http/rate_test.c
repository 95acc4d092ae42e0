/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "rate limits per token and address": who asks too often, or for links that there are not, is told 429 and when to come again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "support/http_fork.h"

static enum status fine_handle(struct exchange *exchange)
{
    reply_begin(exchange, 200, "text/plain");
    return STATUS_OK;
}

/* There is one link: "good". */
static enum status link_handle(struct exchange *exchange)
{
    if (span_is(exchange->parts[0], "good"))
        return fine_handle(exchange);
    reply_problem(exchange, 404, "There is no such link.", "There is no such link.");
    return STATUS_OK;
}

static const struct route fine_get = {.name = "fine", .method = METHOD_GET, .path = "/", .handle = fine_handle};
static const struct route link_get = {.name = "link", .method = METHOD_GET, .path = "/s/{token}", .handle = link_handle};
static const struct route monitor_get = {
    .name = "monitor", .method = METHOD_GET, .path = "/monitor", .who = WHO_MONITOR, .handle = fine_handle};
static const struct route *const routes[] = {&fine_get, &link_get, &monitor_get};

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

/* The status of a GET from an address, and the seconds of its Retry-After (0 = none). */
static int asked(const char *from, const char *target, const char *lines, unsigned *wait)
{
    char request[512];
    struct http_reply reply;
    int fd = http_connect(&server, from);
    int length = snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: a\r\nConnection: close\r\n%s\r\n", target, lines);
    assert_true(http_send(fd, request, (size_t)length));
    http_receive(fd, &reply, false);
    int status = reply.status;
    const char *after = http_header(&reply, "Retry-After");
    *wait = after == NULL ? 0 : (unsigned)strtoul(after, NULL, 10);
    http_reply_clear(&reply);
    assert_int_equal(close(fd), 0);
    return status;
}

/* 60 a minute: 15 at once, then one a second. */
static void an_address_that_asks_too_often(void **state)
{
    (void)state;
    unsigned wait, fine = 0;
    start(&(const struct server_settings){.rate_per_minute = 60});
    for (int i = 0; i < 40; i++)
        fine += asked("127.0.0.1", "/", "", &wait) == 200;
    assert_in_range(fine, 15, 17);
    assert_int_equal(asked("127.0.0.1", "/", "", &wait), 429);
    assert_in_range(wait, 1, 2);
    assert_int_equal(asked("127.0.0.2", "/", "", &wait), 200);
    /* Nobody is let in by saying that he is somebody else. */
    assert_int_equal(asked("127.0.0.1", "/", "X-Forwarded-For: 192.0.2.9\r\n", &wait), 429);
    (void)sleep(wait + 1);
    assert_int_equal(asked("127.0.0.1", "/", "", &wait), 200);
    stop();
}

/* "429 after 10 misses/min" (case 10) */
static void links_are_guessed(void **state)
{
    (void)state;
    unsigned wait, misses = 0, refused = 0;
    start(&(const struct server_settings){.rate_per_minute = 6000});
    for (int i = 0; i < 30; i++) {
        char target[32];
        (void)snprintf(target, sizeof target, "/s/guess%d", i);
        int status = asked("127.0.0.1", target, "", &wait);
        misses += status == 404;
        refused += status == 429;
    }
    assert_in_range(misses, 10, 11);
    assert_int_equal(misses + refused, 30);
    assert_int_equal(asked("127.0.0.1", "/s/good", "", &wait), 429);
    assert_in_range(wait, 1, 6);
    assert_int_equal(asked("127.0.0.1", "/", "", &wait), 200);
    assert_int_equal(asked("127.0.0.2", "/s/good", "", &wait), 200);
    stop();
}

/* 600 a minute with one link: 150 at once. */
static void one_link_is_used_too_often(void **state)
{
    (void)state;
    unsigned wait, fine = 0;
    start(&(const struct server_settings){.rate_per_minute = 100000});
    for (int i = 0; i < 300; i++) {
        char from[32];
        (void)snprintf(from, sizeof from, "127.0.0.%d", i % 50 + 1);
        fine += asked(from, "/s/good", "", &wait) == 200;
    }
    assert_in_range(fine, 150, 180);
    stop();
}

/* "X-Forwarded-* only from listed proxies": behind the proxy everybody has a bucket of his own, and nobody is local. */
static void addresses_behind_a_proxy(void **state)
{
    (void)state;
    unsigned wait, fine = 0;
    start(&(const struct server_settings){.rate_per_minute = 60, .trusted_proxy = "127.0.0.1"});
    for (int i = 0; i < 40; i++)
        fine += asked("127.0.0.1", "/", "X-Forwarded-For: 203.0.113.7, 192.0.2.1\r\n", &wait) == 200;
    assert_in_range(fine, 15, 17);
    assert_int_equal(asked("127.0.0.1", "/", "X-Forwarded-For: 203.0.113.7, 192.0.2.2\r\n", &wait), 200);
    /* The last address is the proxy's word; the first is anybody's. */
    assert_int_equal(asked("127.0.0.1", "/", "X-Forwarded-For: 192.0.2.77, 192.0.2.1\r\n", &wait), 429);
    /* One customer of a network has all of its /64. */
    for (int i = 0; i < 20; i++) {
        char line[64];
        (void)snprintf(line, sizeof line, "X-Forwarded-For: 2001:db8::%x\r\n", i + 1);
        (void)asked("127.0.0.1", "/", line, &wait);
    }
    assert_int_equal(asked("127.0.0.1", "/", "X-Forwarded-For: 2001:db8::ffff\r\n", &wait), 429);
    assert_int_equal(asked("127.0.0.1", "/", "X-Forwarded-For: 2001:db8:0:1::1\r\n", &wait), 200);
    assert_int_equal(asked("127.0.0.2", "/monitor", "", &wait), 200);
    assert_int_not_equal(asked("127.0.0.2", "/monitor", "X-Forwarded-For: 127.0.0.1\r\n", &wait), 200);
    assert_int_not_equal(asked("127.0.0.2", "/monitor", "Forwarded: for=127.0.0.1\r\n", &wait), 200);
    stop();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_address_that_asks_too_often),
        cmocka_unit_test(links_are_guessed),
        cmocka_unit_test(one_link_is_used_too_often),
        cmocka_unit_test(addresses_behind_a_proxy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
