/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "header test on every route" (reliability, case 22 and 5.6); "HEAD as GET", "every GET/HEAD leaves the database hash unchanged"
 * (case 6): what every reply of every route of the register carries, whatever it says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/siphash.h"
#include "serve/router.h"
#include "store/store.h"
#include "support/http_client.h"

static struct scratch scratch;
static struct http_server server;
static char store[SCRATCH_ROOM];

static int start(void **state)
{
    (void)state;
    static const char *const options[] = {"--rate", "0", "--base-url", "https://ask.example.org", NULL};
    struct ctx ctx = {.threads = 1};
    scratch_create(&scratch);
    (void)snprintf(store, sizeof store, "%s", scratch_path(&scratch, "study.db"));
    if (arena_create(NULL, &ctx.arena) != STATUS_OK || store_create(&ctx, store) != STATUS_OK)
        return -1;
    arena_destroy(ctx.arena);
    http_server_start(&server, &scratch, store, options);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    assert_int_equal(http_server_stop(&server), 0);
    scratch_destroy(&scratch);
    return 0;
}

/* "/s/x" for "/s/{token}" */
static void path_fill(const char *pattern, char into[256])
{
    size_t length = 0;
    for (const char *at = pattern; *at != '\0'; at++) {
        into[length++] = *at == '{' ? 'x' : *at;
        if (*at == '{')
            at += strcspn(at, "}");
        assert_true(length < 255);
    }
    into[length] = '\0';
}

static void assert_header(const struct http_reply *reply, const char *route, const char *name, const char *value)
{
    if (http_header_count(reply, name) != 1)
        fail_msg("%s: %zu headers %s", route, http_header_count(reply, name), name);
    if (value != NULL && strcmp(http_header(reply, name), value) != 0)
        fail_msg("%s: %s is %s", route, name, http_header(reply, name));
}

static void assert_policy(const struct http_reply *reply, const char *name, bool framed)
{
    assert_header(reply, name, "Content-Security-Policy", NULL);
    const char *policy = http_header(reply, "Content-Security-Policy");
    if (strstr(policy, "default-src 'none'") == NULL || strstr(policy, "base-uri 'none'") == NULL ||
        strstr(policy, "form-action 'self'") == NULL || strstr(policy, "unsafe") != NULL || strstr(policy, "http:") != NULL)
        fail_msg("%s: the policy is %s", name, policy);
    bool may_be_framed = strstr(policy, "frame-ancestors 'none'") == NULL;
    if (strstr(policy, "frame-ancestors ") == NULL || may_be_framed != framed)
        fail_msg("%s: the policy is %s", name, policy);
}

static void assert_headers(const struct http_reply *reply, const char *name, const struct route *route)
{
    bool framed = route != NULL && route->framed;
    assert_header(reply, name, "X-Content-Type-Options", "nosniff");
    assert_header(reply, name, "Referrer-Policy", "no-referrer");
    assert_header(reply, name, "Permissions-Policy", NULL);
    assert_header(reply, name, "Strict-Transport-Security", "max-age=31536000");
    assert_header(reply, name, "Cross-Origin-Resource-Policy", framed ? "cross-origin" : "same-origin");
    assert_header(reply, name, "Cache-Control", route == NULL || route->personal || reply->status >= 400 ? "no-store" : NULL);
    if (!framed) {
        assert_header(reply, name, "Cross-Origin-Opener-Policy", "same-origin");
        assert_header(reply, name, "X-Frame-Options", "DENY");
    }
    assert_policy(reply, name, framed);
    if (reply->status != 303)
        assert_header(reply, name, "Content-Type", NULL);
    assert_null(http_header(reply, "Access-Control-Allow-Origin"));
    assert_null(http_header(reply, "Server"));
}

static void every_route(void **state)
{
    (void)state;
    assert_true(route_register_count >= 3);
    for (size_t i = 0; i < route_register_count; i++) {
        const struct route *route = route_register[i];
        char path[256];
        struct http_reply reply;
        path_fill(route->path, path);
        http_ask(&server, method_name(route->method), path, "Origin: https://evil.example\r\n", NULL, &reply);
        if (reply.status == 0 || reply.status == 500)
            fail_msg("%s: answered %d", route->name, reply.status);
        assert_headers(&reply, route->name, route);
        http_reply_clear(&reply);
    }
    print_message("%zu routes\n", route_register_count);
}

/* Refusals before any route carry them as well. */
static void every_refusal(void **state)
{
    (void)state;
    static const struct {
        const char *method, *target, *lines;
        int status;
    } cases[] = {
        {"GET", "/nowhere", "", 404},     {"GET", "/api/v1/nowhere", "", 404},     {"DELETE", "/healthz", "", 405},
        {"TRACE", "/healthz", "", 405},   {"BREW", "/healthz", "", 501},           {"GET", "/%zz", "", 400},
        {"GET", "/healthz?a=%", "", 400}, {"GET", "/healthz", "Host: b\r\n", 400}, {"GET", "/healthz", "Expect: x\r\n", 417},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct http_reply reply;
        http_ask(&server, cases[i].method, cases[i].target, cases[i].lines, NULL, &reply);
        assert_int_equal(reply.status, cases[i].status);
        assert_headers(&reply, cases[i].target, NULL);
        bool programs = strncmp(cases[i].target, "/api/", 5) == 0;
        const char *type = programs ? "application/problem+json" : "text/html; charset=utf-8";
        if (strcmp(cases[i].target, "/healthz?a=%") != 0)
            assert_string_equal(http_header(&reply, "Content-Type"), type);
        http_reply_clear(&reply);
    }
}

/* The bytes of the database and of its log. */
static uint64_t store_hash(void)
{
    static const uint64_t key[2] = {1, 2};
    static const char *const ends[] = {"", "-wal"};
    uint64_t hash = 0;
    for (size_t i = 0; i < 2; i++) {
        char path[SCRATCH_ROOM + 8];
        size_t length = 0;
        (void)snprintf(path, sizeof path, "%s%s", store, ends[i]);
        if (access(path, F_OK) != 0)
            continue;
        char *bytes = scratch_read(path, &length);
        hash = hash * 31 + siphash(key, (struct span){bytes, length});
        free(bytes);
    }
    return hash;
}

static void reading_changes_nothing(void **state)
{
    (void)state;
    uint64_t before = store_hash();
    for (size_t i = 0; i < route_register_count; i++) {
        const struct route *route = route_register[i];
        char path[256];
        struct http_reply got, head;
        if (route->method != METHOD_GET)
            continue;
        path_fill(route->path, path);
        http_ask(&server, "GET", path, "", NULL, &got);
        http_ask(&server, "HEAD", path, "", NULL, &head);
        if (got.status != head.status || head.length != head.head_length)
            fail_msg("%s: GET is answered %d, HEAD %d with %zu bytes", route->name, got.status, head.status,
                     head.length - head.head_length);
        assert_headers(&head, route->name, route);
        http_reply_clear(&got);
        http_reply_clear(&head);
    }
    assert_true(store_hash() == before);
}

/* Where a key is needed, nobody gets in without one: neither with none, nor with one that there is not. */
static void keys_are_needed(void **state)
{
    (void)state;
    size_t count = 0;
    for (size_t i = 0; i < route_register_count; i++) {
        const struct route *route = route_register[i];
        static const char *const lines[] = {"", "Authorization: Bearer aaaaaaaaaaaaaaaaaaaaaaaaaa\r\n",
                                            "Authorization: Basic YTpi\r\n"};
        char path[256];
        if (route->who != WHO_KEY && route->who != WHO_KEY_WRITE)
            continue;
        path_fill(route->path, path);
        for (size_t j = 0; j < 3; j++) {
            struct http_reply reply;
            http_ask(&server, method_name(route->method), path, lines[j], NULL, &reply);
            if (reply.status != 401)
                fail_msg("%s: answered %d without a key", route->name, reply.status);
            assert_string_equal(http_header(&reply, "WWW-Authenticate"), "Bearer");
            http_reply_clear(&reply);
            count++;
        }
    }
    print_message("%zu requests without a key refused\n", count);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_route),
        cmocka_unit_test(every_refusal),
        cmocka_unit_test(reading_changes_nothing),
        cmocka_unit_test(keys_are_needed),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
