/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "`gapmeter serve study.db`, nothing else to install": the command starts, answers, refuses what it cannot do with a sentence, and
 * stops when it is asked to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "store/store.h"
#include "support/http_client.h"
#include "support/program_run.h"

/* A new, empty store. */
static void store_make(const char *path)
{
    struct ctx ctx = {.threads = 1};
    assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
    assert_int_equal(store_create(&ctx, path), STATUS_OK);
    arena_destroy(ctx.arena);
}

static void serves_and_stops(void **state)
{
    (void)state;
    struct scratch scratch;
    struct http_server server;
    struct http_reply reply;
    char path[SCRATCH_ROOM];
    scratch_create(&scratch);
    (void)snprintf(path, sizeof path, "%s", scratch_path(&scratch, "study.db"));
    store_make(path);
    http_server_start(&server, &scratch, path, NULL);
    http_get(&server, "/healthz", &reply);
    assert_int_equal(reply.status, 200);
    assert_string_equal(reply.body, "ok\n");
    http_reply_clear(&reply);
    assert_int_equal(http_server_stop(&server), 0);
    scratch_destroy(&scratch);
}

/* "frame-ancestors 'none' except a listed embed origin" */
static void embedded_forms_in_listed_sites(void **state)
{
    (void)state;
    struct scratch scratch;
    struct http_server server;
    struct http_reply reply;
    struct program_run run;
    char path[SCRATCH_ROOM];
    scratch_create(&scratch);
    (void)snprintf(path, sizeof path, "%s", scratch_path(&scratch, "study.db"));
    store_make(path);
    const char *const options[] = {"--embed-origin", "https://shop.example", "--embed-origin", "http://localhost:8000", NULL};
    http_server_start(&server, &scratch, path, options);
    http_get(&server, "/embed/aaaaaaaaaaaaaaaaaaaaaaaaaa", &reply);
    assert_non_null(
        strstr(http_header(&reply, "Content-Security-Policy"), "frame-ancestors https://shop.example http://localhost:8000"));
    http_reply_clear(&reply);
    http_get(&server, "/s/aaaaaaaaaaaaaaaaaaaaaaaaaa", &reply);
    assert_non_null(strstr(http_header(&reply, "Content-Security-Policy"), "frame-ancestors 'none'"));
    http_reply_clear(&reply);
    assert_int_equal(http_server_stop(&server), 0);
    static const char *const wrong[] = {
        "*", "https://", "shop.example", "https://shop.example/path", "https://a; script-src *", "https://a,b"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        gapmeter_run(&run, "serve", path, "--listen", "127.0.0.1:0", "--embed-origin", wrong[i]);
        assert_int_equal(run.exit_code, 2);
        assert_non_null(strstr(run.err, "--embed-origin takes a site"));
        program_run_clear(&run);
    }
    scratch_destroy(&scratch);
}

/* "a second server is told who holds the file" */
static void a_second_server_is_refused(void **state)
{
    (void)state;
    struct scratch scratch;
    struct http_server server;
    struct program_run run;
    char path[SCRATCH_ROOM];
    scratch_create(&scratch);
    (void)snprintf(path, sizeof path, "%s", scratch_path(&scratch, "study.db"));
    store_make(path);
    http_server_start(&server, &scratch, path, NULL);
    gapmeter_run(&run, "serve", path, "--listen", "127.0.0.1:0");
    assert_int_equal(run.exit_code, 69);
    assert_non_null(strstr(run.err, "gapmeter serve"));
    program_run_clear(&run);
    assert_int_equal(http_server_stop(&server), 0);
    scratch_destroy(&scratch);
}

/* What cannot be served is refused with a sentence and the exit code of its kind. */
static void refusals(void **state)
{
    (void)state;
    static const struct {
        const char *words[4];
        int exit_code;
        const char *says;
    } cases[] = {
        {{"nowhere.db"}, 66, "nowhere.db"},
        {{"a.db", "--listen", "localhost"}, 2, "--listen"},
        {{"a.db", "--listen", "127.0.0.1:99999"}, 2, "127.0.0.1:99999"},
        {{"a.db", "--log", "xml"}, 2, "logfmt or json"},
        {{"a.db", "--base-url", "ask.example.org"}, 2, "https://"},
        {{"a.db", "--base-url", "https://ask.example.org/"}, 2, "does not end with /"},
        {{"a.db", "--trusted-proxy", "proxy"}, 2, "proxy"},
        {{"a.db", "--threads", "0"}, 2, "--threads"},
        {{NULL}, 2, "DB"},
    };
    struct scratch scratch;
    scratch_create(&scratch);
    char path[SCRATCH_ROOM];
    (void)snprintf(path, sizeof path, "%s", scratch_path(&scratch, "a.db"));
    store_make(path);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct program_run run;
        const char *words[6] = {"serve"};
        for (size_t j = 0; j < 4; j++)
            words[j + 1] = cases[i].words[j];
        program_run(&run, &(const struct program_call){.arguments = words, .folder = scratch.folder});
        if (run.exit_code != cases[i].exit_code || strstr(run.err, cases[i].says) == NULL)
            fail_msg("case %zu: %d, %s", i, run.exit_code, run.err);
        program_run_clear(&run);
    }
    scratch_destroy(&scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(serves_and_stops),
        cmocka_unit_test(embedded_forms_in_listed_sites),
        cmocka_unit_test(a_second_server_is_refused),
        cmocka_unit_test(refusals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
