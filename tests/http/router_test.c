/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "decoded once, any remaining %XX stays text" (reliability, case 11): the router against a tiny reference, on addresses made of the
 * pieces that routers stumble over. */
#include "serve/router.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/chance.h"
#include "serve/accepted_language.h"
#include "serve/url_decoding.h"
#include "support/router_reference.h"

static struct ctx ctx;
static struct router *router;

static int start(void **state)
{
    (void)state;
    static const struct route *list[REFERENCE_ROUTES];
    for (size_t i = 0; i < REFERENCE_ROUTES; i++)
        list[i] = &reference_routes[i];
    ctx.threads = 1;
    if (arena_create(NULL, &ctx.arena) != STATUS_OK)
        return -1;
    return router_make(&ctx, list, REFERENCE_ROUTES, &router) == STATUS_OK ? 0 : -1;
}

static int stop(void **state)
{
    (void)state;
    arena_destroy(ctx.arena);
    return 0;
}

static void assert_found(const char *method, const char *target, const char *route, const char *part)
{
    struct routing found;
    assert_int_equal(router_find(router, &ctx, span_of(method), span_of(target), &found), STATUS_OK);
    if (found.route == NULL)
        fail_msg("%s %s: %d", method, target, found.http_status);
    assert_string_equal(found.route->name, route);
    if (part != NULL && !span_is(found.parts[0], part))
        fail_msg("%s: the part is %.*s", target, (int)found.parts[0].length, found.parts[0].at);
}

static void assert_refused(const char *method, const char *target, int http_status, const char *allow)
{
    struct routing found;
    assert_int_equal(router_find(router, &ctx, span_of(method), span_of(target), &found), STATUS_OK);
    assert_null(found.route);
    if (found.http_status != http_status)
        fail_msg("%s %s: %d, not %d", method, target, found.http_status, http_status);
    assert_string_equal(found.allow, allow);
}

static void named_addresses(void **state)
{
    (void)state;
    assert_found("GET", "/", "root", NULL);
    assert_found("HEAD", "/healthz", "healthz", NULL);
    assert_found("GET", "/s/abc", "form", "abc");
    assert_found("POST", "/s/abc?x=1", "answer", "abc");
    assert_found("GET", "/s/about", "about", NULL);
    assert_found("GET", "/s/%61bout", "about", NULL);
    assert_found("GET", "/s/a%25b", "form", "a%b");
    assert_found("GET", "/s/%2569", "form", "%69");
    assert_found("GET", "/s/%252e%252e", "form", "%2e%2e");
    assert_found("GET", "/s/a+b", "form", "a+b");
    assert_found("GET", "/s/%C3%A9", "form", "\xc3\xa9");
    assert_found("GET", "/s/..;", "form", "..;");
    assert_found("GET", "/k/x/next", "kiosk", "x");
    assert_refused("GET", "/S/abc", 404, "");
    assert_refused("GET", "/healthz/", 404, "");
    assert_refused("GET", "//healthz", 404, "");
    assert_refused("GET", "/s/", 404, "");
    assert_refused("GET", "/s/..", 404, "");
    assert_refused("GET", "/s/%2e%2E", 404, "");
    assert_refused("GET", "/s/../healthz", 404, "");
    assert_refused("GET", "/s/a%2Fb", 400, "");
    assert_refused("GET", "/s/a%00b", 400, "");
    assert_refused("GET", "/s/%c0%af", 400, "");
    assert_refused("GET", "/s/%ff", 400, "");
    assert_refused("GET", "/s/%", 400, "");
    assert_refused("GET", "/s/%4", 400, "");
    assert_refused("GET", "/s/%g1", 400, "");
    assert_refused("GET", "/a/b/c/d/e/f/g/h/i/j/k/l/m", 404, "");
    assert_refused("DELETE", "/s/abc", 405, "GET, HEAD, POST");
    assert_refused("POST", "/s/about", 405, "GET, HEAD");
    assert_refused("POST", "/api/v1/studies/x", 405, "GET, HEAD, PUT, DELETE");
    assert_refused("GET", "/api/v1/studies", 405, "POST");
}

/* Which part of an address is a secret, so that guesses can be counted. */
static void secrets_are_known(void **state)
{
    (void)state;
    static const struct {
        const char *target;
        int secret;
    } cases[] = {{"/s/abc", 0}, {"/k/abc/next", 0}, {"/api/v1/studies/abc", -1}, {"/healthz", -1}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct routing found;
        assert_int_equal(router_find(router, &ctx, span_of("GET"), span_of(cases[i].target), &found), STATUS_OK);
        assert_int_equal(found.secret, cases[i].secret);
    }
}

/* 200,000 addresses of hostile pieces. */
static void agrees_with_the_reference(void **state)
{
    (void)state;
    static const char *const pieces[] = {
        "/",       "/",        "/",    "s",   "healthz", "about",  "k",      "next",      "api", "v1",
        "studies", "%2f",      "%2F",  "%00", "%61",     "%2569",  "%252e",  ".",         "..",  "%2e",
        ";",       "tables",   "%",    "%4",  "%zz",     "%c3%a9", "%c0%af", "%ff",       "?",   "x",
        "/s/abc",  "\xc3\xa9", "\xff", "+",   "%2B",     "//",     "a",      "%ED%A0%80", "/k/", "/api/v1/studies/"};
    static const char *const methods[] = {"GET", "HEAD", "POST", "PUT", "DELETE", "TRACE"};
    size_t refused = 0, found = 0;
    for (uint64_t i = 0; i < 200000; i++) {
        char target[512] = "/";
        size_t length = 1, count = (size_t)chance_below(1, 0, 20 * i, 9);
        for (size_t j = 0; j < count; j++) {
            const char *piece = pieces[chance_below(1, 1, 20 * i + j, sizeof pieces / sizeof pieces[0])];
            length += (size_t)snprintf(target + length, sizeof target - length, "%s", piece);
        }
        const char *method = methods[chance_below(1, 2, 20 * i, sizeof methods / sizeof methods[0])];
        struct ctx own = {.threads = 1};
        assert_int_equal(arena_create(NULL, &own.arena), STATUS_OK);
        if (!reference_agrees(router, &own, method, (struct span){target, length}))
            fail_msg("%s %s: the two do not agree", method, target);
        struct routing routing;
        assert_int_equal(router_find(router, &own, span_of(method), (struct span){target, length}, &routing), STATUS_OK);
        found += routing.route != NULL;
        refused += routing.http_status == 400;
        arena_destroy(own.arena);
    }
    assert_true(found > 2000 && refused > 2000);
}

static void assert_fields(const char *text, const char *expected)
{
    const struct form_field *fields = NULL;
    size_t count = 0;
    char all[512] = "";
    size_t length = 0;
    enum status status = url_fields(&ctx, span_of(text), 4, &fields, &count);
    if (status != STATUS_OK) {
        assert_int_equal(status, STATUS_INVALID);
        assert_null(expected);
        return;
    }
    for (size_t i = 0; i < count; i++)
        length += (size_t)snprintf(all + length, sizeof all - length, "[%.*s|%.*s]", (int)fields[i].name.length,
                                   fields[i].name.at, (int)fields[i].value.length, fields[i].value.at);
    assert_non_null(expected);
    assert_string_equal(all, expected);
}

static void fields_are_decoded_once(void **state)
{
    (void)state;
    assert_fields("", "");
    assert_fields("a=b", "[a|b]");
    assert_fields("a=b&c=d&&e", "[a|b][c|d][e|]");
    assert_fields("a+b=c+d%2B", "[a b|c d+]");
    assert_fields("a=%2541", "[a|%41]");
    assert_fields("a=b=c%26", "[a|b=c&]");
    assert_fields("%61=%C3%A9", "[a|\xc3\xa9]");
    assert_fields("=x", "[|x]");
    assert_fields("a=%", NULL);
    assert_fields("a=%1", NULL);
    assert_fields("a=%00", NULL);
    assert_fields("a=%ff", NULL);
    assert_fields("a=\xc0\x80", NULL);
    assert_fields("a&b&c&d&e", NULL);
}

static void languages(void **state)
{
    (void)state;
    static const struct {
        const char *list, *best;
    } cases[] = {
        {"", ""},
        {"de", "de"},
        {"de-CH, fr;q=0.9", "de-CH"},
        {"en;q=0.5, nb;q=0.8", "nb"},
        {"*, ar", "ar"},
        {"en;q=0, de;q=0.001", "de"},
        {"en;q=0.8,de;q=0.80", "en"},
        {"<script>, fr", "fr"},
        {"abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz", ""},
        {";;;,,,q=", ""},
        {"en;q=1.0;x, fr", "en"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(accepted_language(&ctx, span_of(cases[i].list), NULL, NULL), cases[i].best);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(named_addresses),
        cmocka_unit_test(secrets_are_known),
        cmocka_unit_test(agrees_with_the_reference),
        cmocka_unit_test(fields_are_decoded_once),
        cmocka_unit_test(languages),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
