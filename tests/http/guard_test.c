/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "HTTP parser: … -> 400 and close" (reliability, case 24): what two readers of HTTP could understand in two ways is refused, the
 * connection is closed, and a request that hides behind it is never seen. */
#include "serve/guard.h"

#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "support/hostile_requests.h"
#include "support/http_fork.h"

enum { BODY_MAX = 64 };

/* In the server's process: how many requests reached a handler. */
static unsigned seen;

static enum status count_handle(struct exchange *exchange)
{
    seen++;
    reply_begin(exchange, 200, "text/plain");
    out_span(exchange->reply, exchange->body);
    return STATUS_OK;
}

static enum status seen_handle(struct exchange *exchange)
{
    reply_begin(exchange, 200, "text/plain");
    out_format(exchange->reply, "%u", seen);
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
static const struct route count_delete = {.name = "count_delete",
                                          .method = METHOD_DELETE,
                                          .path = "/count",
                                          .body_bytes_max = BODY_MAX,
                                          .gives_type = "text/plain",
                                          .handle = count_handle};
static const struct route seen_get = {
    .name = "seen", .method = METHOD_GET, .path = "/seen", .gives_type = "text/plain", .handle = seen_handle};
static const struct route *const routes[] = {&count_get, &count_post, &count_delete, &seen_get};

static struct scratch scratch;
static struct http_server server;

static int start(void **state)
{
    (void)state;
    scratch_create(&scratch);
    http_fork(&server, &scratch, routes, sizeof routes / sizeof routes[0],
              &(const struct server_settings){.rate_per_minute = UINT64_MAX});
    return 0;
}

static int stop(void **state)
{
    (void)state;
    assert_int_equal(http_server_stop(&server), 0);
    scratch_destroy(&scratch);
    return 0;
}

static unsigned seen_now(void)
{
    struct http_reply reply;
    http_get(&server, "/seen", &reply);
    assert_int_equal(reply.status, 200);
    unsigned number = (unsigned)strtoul(reply.body, NULL, 10);
    http_reply_clear(&reply);
    return number;
}

#define GET_LINE  HOSTILE_GET_LINE
#define POST_LINE HOSTILE_POST_LINE
#define HOST      HOSTILE_HOST
#define END       "\r\n"

/* Does the connection end, without a reply to what hides behind? The library repeats the header of an error page of its own. */
static void assert_ended(int fd, const struct http_reply *first, const char *name)
{
    char more[4096] = "";
    if (first->bytes != NULL && strstr(first->bytes + first->head_length, "HTTP/1.1 200") != NULL)
        fail_msg("%s: a second reply came: %s%s", name, first->bytes == NULL ? "" : first->bytes, more);
    for (int i = 0; i < 8; i++) {
        struct pollfd ready = {.fd = fd, .events = POLLIN};
        if (poll(&ready, 1, 5000) != 1)
            break;
        ssize_t got = read(fd, more, sizeof more - 1);
        if (got <= 0)
            return;
        more[got] = '\0';
        if (strstr(more, "HTTP/1.1 200") != NULL)
            fail_msg("%s: a second reply came: %s%s", name, first->bytes == NULL ? "" : first->bytes, more);
    }
    fail_msg("%s: the connection stays open", name);
}

static void try_hostile(const struct hostile_request *each)
{
    unsigned before = seen_now();
    struct http_reply reply;
    int fd = http_connect(&server, NULL);
    (void)http_send(fd, each->bytes, each->length);
    http_receive(fd, &reply, false);
    if (reply.status != each->status && reply.status != each->other)
        fail_msg("%s: answered %d, not %d", each->name, reply.status, each->status);
    assert_ended(fd, &reply, each->name);
    http_reply_clear(&reply);
    assert_int_equal(close(fd), 0);
    unsigned after = seen_now();
    if (after != before)
        fail_msg("%s: %u requests were seen", each->name, after - before);
}

static void hostile_requests_are_refused(void **state)
{
    (void)state;
    assert_true(hostile_request_count >= 60);
    for (size_t i = 0; i < hostile_request_count; i++)
        try_hostile(&hostile_requests[i]);
    print_message("%zu hostile requests refused, none of those behind them seen\n", hostile_request_count);
}

/* Header of `length` bytes in one line, or of so many lines. */
static void large_headers_are_refused(void **state)
{
    (void)state;
    enum { ROOM = 1 << 20 };
    char *bytes = malloc(ROOM + 512);
    assert_non_null(bytes);
    const size_t sizes[] = {9000, 20000, ROOM};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        int head = snprintf(bytes, 512, GET_LINE HOST "X: ");
        memset(bytes + head, 'a', sizes[i]);
        memcpy(bytes + head + sizes[i], "\r\n\r\n", 4);
        try_hostile(&(const struct hostile_request){"large header", bytes, (size_t)head + sizes[i] + 4, i == 0 ? 431 : 413, 431});
    }
    const unsigned lines[] = {65, 10000};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        size_t length = (size_t)snprintf(bytes, 512, GET_LINE HOST);
        for (unsigned j = 0; j < lines[i]; j++)
            length += (size_t)snprintf(bytes + length, 32, "X%u: a\r\n", j);
        memcpy(bytes + length, "\r\n", 2);
        try_hostile(&(const struct hostile_request){"many headers", bytes, length + 2, 431, 413});
    }
    const size_t targets[] = {2049, 8000, 100000};
    for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++) {
        int head = snprintf(bytes, 512, "GET /");
        memset(bytes + head, 'a', targets[i]);
        int tail = snprintf(bytes + (size_t)head + targets[i], 512, " HTTP/1.1\r\n" HOST END);
        try_hostile(&(const struct hostile_request){"long address", bytes, (size_t)head + targets[i] + (size_t)tail, 414, 431});
    }
    free(bytes);
}

/* Whatever is plain passes, however it comes: a full header in small pieces, and blanks around values. */
static void plain_headers_pass(void **state)
{
    (void)state;
    char bytes[9000];
    size_t length =
        (size_t)snprintf(bytes, sizeof bytes, GET_LINE "Host:a.example\r\nA: \t b\r\nEmpty:\r\nBlank:  \r\nCookie: a=b; c=d\r\n");
    for (unsigned i = 0; i < 50; i++)
        length += (size_t)snprintf(bytes + length, sizeof bytes - length, "X%02u: %0140u\r\n", i, i);
    length += (size_t)snprintf(bytes + length, sizeof bytes - length, "Connection: close\r\n\r\n");
    for (size_t piece = 9000; piece > 5; piece /= 9) {
        struct http_reply reply;
        int fd = http_connect(&server, NULL);
        for (size_t at = 0; at < length; at += piece) {
            assert_true(http_send(fd, bytes + at, length - at < piece ? length - at : piece));
            (void)usleep(200);
        }
        http_receive(fd, &reply, false);
        assert_int_equal(reply.status, 200);
        http_reply_clear(&reply);
        assert_int_equal(close(fd), 0);
    }
}

/* "the number of requests seen equals the number sent" */
static void plain_requests_are_seen_once(void **state)
{
    (void)state;
    static const char plain[] =
        GET_LINE HOST END POST_LINE HOST "Content-Length: 3\r\n" END "abc"
                                         "DELETE /count HTTP/1.1\r\n" HOST "Content-Length: 2\r\n" END "xy" POST_LINE HOST
                                         "Content-Length: 0\r\n" END GET_LINE HOST "Connection: close\r\n" END;
    static const char *const bodies[] = {"", "abc", "xy", "", ""};
    unsigned before = seen_now();
    int fd = http_connect(&server, NULL);
    assert_true(http_send(fd, plain, sizeof plain - 1));
    /* The replies stand one behind the other. */
    char all[8192];
    size_t length = 0;
    ssize_t got;
    while ((got = read(fd, all + length, sizeof all - 1 - length)) > 0)
        length += (size_t)got;
    all[length] = '\0';
    const char *at = all;
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        assert_memory_equal(at, "HTTP/1.1 200", 12);
        at = strstr(at, "\r\n\r\n");
        assert_non_null(at);
        at += 4;
        assert_memory_equal(at, bodies[i], strlen(bodies[i]));
        at += strlen(bodies[i]);
    }
    assert_string_equal(at, "");
    assert_int_equal(close(fd), 0);
    assert_int_equal(seen_now(), before + 5);
}

/* A body of a byte at a time, and one that waits for 100. */
static void bodies_come_in_pieces(void **state)
{
    (void)state;
    static const char post[] = POST_LINE HOST "Content-Length: 5\r\nExpect: 100-continue\r\n" END;
    struct http_reply reply;
    int fd = http_connect(&server, NULL);
    assert_true(http_send(fd, post, sizeof post - 1));
    char line[64] = "";
    assert_true(read(fd, line, sizeof line - 1) > 0);
    assert_memory_equal(line, "HTTP/1.1 100", 12);
    for (size_t i = 0; i < 5; i++) {
        assert_true(http_send(fd, &"hello"[i], 1));
        (void)usleep(2000);
    }
    http_receive(fd, &reply, false);
    assert_int_equal(reply.status, 200);
    assert_string_equal(reply.body, "hello");
    http_reply_clear(&reply);
    assert_int_equal(close(fd), 0);
}

/* "TRACE never"; 405 says what is allowed. */
static void methods(void **state)
{
    (void)state;
    static const char *const refused[] = {"TRACE", "OPTIONS", "PATCH", "PUT"};
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        struct http_reply reply;
        http_ask(&server, refused[i], "/count", "X-Secret: 1\r\n", NULL, &reply);
        assert_int_equal(reply.status, 405);
        assert_string_equal(http_header(&reply, "Allow"), "GET, HEAD, POST, DELETE");
        assert_null(strstr(reply.bytes, "X-Secret"));
        http_reply_clear(&reply);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hostile_requests_are_refused), cmocka_unit_test(plain_headers_pass),
        cmocka_unit_test(large_headers_are_refused),    cmocka_unit_test(plain_requests_are_seen_once),
        cmocka_unit_test(bodies_come_in_pieces),        cmocka_unit_test(methods),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
