/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "a smuggling corpus through nginx (Debian) as front: number of requests seen by both equal" (reliability, case 24), with the lines that
 * docs/guide/serving.md recommends. */
#include "support/nginx_front.h"

#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "serve/serving.h"
#include "support/hostile_requests.h"
#include "support/http_fork.h"

enum { BODY_MAX = 64, IDLE_MS = 250, SETTLE_MS = 3000, REPLIES_ROOM = 65536 };

static struct scratch scratch;
static struct http_server server;
static struct nginx_front front;

static enum status count_handle(struct exchange *exchange)
{
    reply_begin(exchange, 200, "text/plain");
    out_span(exchange->reply, exchange->body);
    return STATUS_OK;
}

/* Every request that the server saw the header of, this one too, whatever became of it. */
static enum status seen_handle(struct exchange *exchange)
{
    reply_begin(exchange, 200, "text/plain");
    out_format(exchange->reply, "%llu", (unsigned long long)exchange->server->requests);
    return STATUS_OK;
}

static const struct route count_get = {
    .name = "count", .method = METHOD_GET, .path = "/count", .gives_type = "text/plain", .handle = count_handle};
static const struct route count_post = {.name = "count_post",
                                        .method = METHOD_POST,
                                        .path = "/count",
                                        .body_bytes_max = BODY_MAX,
                                        .gives_type = "text/plain",
                                        .handle = count_handle};
static const struct route seen_get = {
    .name = "seen", .method = METHOD_GET, .path = "/seen", .gives_type = "text/plain", .handle = seen_handle};
static const struct route *const routes[] = {&count_get, &count_post, &seen_get};

static int start(void **state)
{
    (void)state;
    scratch_create(&scratch);
    http_fork(&server, &scratch, routes, sizeof routes / sizeof routes[0],
              &(const struct server_settings){.rate_per_minute = UINT64_MAX});
    nginx_start(&front, &scratch, &server);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    nginx_stop(&front);
    assert_int_equal(http_server_stop(&server), 0);
    scratch_destroy(&scratch);
    return 0;
}

static unsigned long server_saw(void)
{
    struct http_reply reply;
    http_get(&server, "/seen", &reply);
    assert_int_equal(reply.status, 200);
    unsigned long number = strtoul(reply.body, NULL, 10);
    http_reply_clear(&reply);
    return number;
}

/* How many requests nginx saw, and how often it passed one on. */
struct seen {
    unsigned long requests, passed;
};

static struct seen nginx_saw(void)
{
    struct seen seen = {0};
    char line[200];
    FILE *file = fopen(front.seen, "r");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        const char *upstream = strchr(line, ' ');
        assert_non_null(upstream);
        seen.requests++;
        for (const char *at = upstream; at != NULL && upstream[1] != '-'; at = strchr(at + 1, ','))
            seen.passed++;
    }
    if (file != NULL)
        assert_int_equal(fclose(file), 0);
    return seen;
}

/* Sends the bytes and counts the replies until the connection ends, or nothing more comes. */
static unsigned long replies_count(const char *bytes, size_t length)
{
    static char all[REPLIES_ROOM];
    size_t held = 0;
    int fd = http_connect(&front.listens, NULL);
    (void)http_send(fd, bytes, length);
    for (;;) {
        struct pollfd ready = {.fd = fd, .events = POLLIN};
        if (poll(&ready, 1, IDLE_MS) != 1)
            break;
        ssize_t got = read(fd, all + held, sizeof all - 1 - held);
        if (got <= 0)
            break;
        held += (size_t)got;
    }
    assert_int_equal(close(fd), 0);
    all[held] = '\0';
    unsigned long count = 0;
    for (const char *at = all; (at = strstr(at, "HTTP/1.1 ")) != NULL; at++)
        count++;
    return count;
}

/* Two readers, one understanding: what nginx passed on is what the server saw, and each request has one reply at most. */
static void send_through(const char *name, const char *bytes, size_t length, struct seen *sum)
{
    unsigned long asked = 1, server_before = server_saw(), server_now = 0;
    struct seen before = nginx_saw(), now = before;
    unsigned long replies = replies_count(bytes, length);
    /* nginx writes its line after the reply. */
    for (int waited = 0; waited < SETTLE_MS; waited += 10, asked++) {
        server_now = server_saw() - asked;
        now = nginx_saw();
        if (now.requests - before.requests >= replies && server_now - server_before == now.passed - before.passed)
            break;
        (void)usleep(10000);
    }
    sum->requests += now.requests - before.requests;
    sum->passed += now.passed - before.passed;
    if (server_now - server_before != now.passed - before.passed)
        fail_msg("%s: nginx passed on %lu requests, and the server saw %lu", name, now.passed - before.passed,
                 server_now - server_before);
    if (replies > now.requests - before.requests)
        fail_msg("%s: %lu replies to %lu requests", name, replies, now.requests - before.requests);
}

static void both_see_the_same_requests(void **state)
{
    (void)state;
    struct seen sum = {0};
    for (size_t i = 0; i < hostile_request_count; i++)
        send_through(hostile_requests[i].name, hostile_requests[i].bytes, hostile_requests[i].length, &sum);
    print_message("%zu hostile texts: nginx saw %lu requests and passed on %lu; the server saw the same\n", hostile_request_count,
                  sum.requests, sum.passed);
    assert_true(sum.requests >= hostile_request_count / 2);
    assert_true(sum.passed > 0);
}

/* What is plain passes, a body in chunks too: nginx gathers it and says its length. */
static void plain_requests_pass(void **state)
{
    (void)state;
    struct http_reply reply;
    http_ask(&front.listens, "POST", "/count", "", "hello", &reply);
    assert_int_equal(reply.status, 200);
    assert_string_equal(reply.body, "hello");
    http_reply_clear(&reply);
    static const char chunked[] =
        HOSTILE_POST_LINE HOSTILE_HOST "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";
    int fd = http_connect(&front.listens, NULL);
    assert_true(http_send(fd, chunked, sizeof chunked - 1));
    http_receive(fd, &reply, false);
    assert_int_equal(reply.status, 200);
    assert_string_equal(reply.body, "abcde");
    http_reply_clear(&reply);
    assert_int_equal(close(fd), 0);
    http_get(&front.listens, "/metrics", &reply);
    assert_int_equal(reply.status, 404);
    http_reply_clear(&reply);
}

int main(void)
{
    if (nginx_find() == NULL) {
        print_message("skipped: there is no nginx here (./dev test fetches Debian's)\n");
        return 0;
    }
    const struct CMUnitTest tests[] = {cmocka_unit_test(both_see_the_same_requests), cmocka_unit_test(plain_requests_pass)};
    return cmocka_run_group_tests(tests, start, stop);
}
