/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "a whole page, in the reader's language, which says by its HTTP status what is wrong and what can be done about it"; programs are
 * told in English all the same, since their words are part of the interface. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "model/words.h"
#include "support/http_fork.h"
#include "support/live_stage.h"

static const char link_of_nobody[] = "/s/aaaaaaaaaaaaaaaaaaaaaaaaaa";

/* A server with all routes and without a store. */
static void serve(struct http_server *server, struct scratch *scratch, uint64_t rate_per_minute)
{
    scratch_create(scratch);
    http_fork(server, scratch, route_register, route_register_count,
              &(const struct server_settings){.rate_per_minute = rate_per_minute});
}

static void serve_end(struct http_server *server, struct scratch *scratch)
{
    assert_int_equal(http_server_stop(server), 0);
    scratch_destroy(scratch);
}

/* The page speaks a language: it says so, runs in its direction, and its words are those of the words file. */
static void speaks(const struct http_reply *reply, const char *language, const char *key)
{
    char html[64], text[600];
    (void)snprintf(html, sizeof html, "<html lang=\"%s\" dir=\"%s\"", language,
                   language_is_right_to_left(language) ? "rtl" : "ltr");
    if (strstr(reply->body, html) == NULL)
        fail_msg("not %s in %s", html, reply->body);
    assert_string_equal(http_header(reply, "Content-Language"), language);
    assert_string_equal(http_header(reply, "Content-Type"), "text/html; charset=utf-8");
    (void)snprintf(text, sizeof text, "<h1>%s</h1>", words_text(language, key));
    if (strstr(reply->body, text) == NULL)
        fail_msg("not %s in %s", text, reply->body);
    (void)snprintf(text, sizeof text, "%s.why", key);
    assert_non_null(words_text(language, text));
    assert_non_null(strstr(reply->body, words_text(language, text)));
}

static void ask(const struct http_server *server, const char *method, const char *target, const char *accept, const char *body,
                struct http_reply *reply)
{
    char lines[400];
    (void)snprintf(lines, sizeof lines, "Accept-Language: %s\r\n%s", accept,
                   body == NULL ? "" : "Content-Type: application/x-www-form-urlencoded\r\n");
    http_ask(server, method, target, lines, body, reply);
}

/* Every kind of problem in every language that there are words for. */
static void every_language_is_spoken(void **state)
{
    (void)state;
    struct scratch scratch;
    struct http_server server;
    struct http_reply reply;
    serve(&server, &scratch, UINT64_MAX);
    static char large[FORM_BODY_BYTES_MAX + 2];
    memset(large, 'a', sizeof large - 1);
    const struct {
        const char *method, *target, *body;
        int status;
        const char *key;
    } cases[] = {
        {"GET", "/nowhere", NULL, 404, "page.problem.address"},  {"GET", "/s/%zz", NULL, 400, "page.problem.request"},
        {"POST", "/thanks", NULL, 405, "page.problem.request"},  {"POST", link_of_nobody, large, 413, "page.problem.large"},
        {"GET", link_of_nobody, NULL, 503, "page.problem.busy"}, {"POST", link_of_nobody, "a=b", 503, "page.problem.busy"},
    };
    size_t spoken = 0;
    for (const struct words *words = words_languages; words->language != NULL; words++, spoken++) {
        for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
            ask(&server, cases[i].method, cases[i].target, words->language, cases[i].body, &reply);
            assert_int_equal(reply.status, cases[i].status);
            speaks(&reply, words->language, cases[i].key);
            http_reply_clear(&reply);
        }
    }
    assert_true(spoken >= 9);
    serve_end(&server, &scratch);
}

/* "the best of the browser's that there are words for, else English"; what the address asks for goes before. */
static void the_best_language_is_chosen(void **state)
{
    (void)state;
    struct scratch scratch;
    struct http_server server;
    struct http_reply reply;
    serve(&server, &scratch, UINT64_MAX);
    static const struct {
        const char *target, *accept, *language;
    } cases[] = {
        {link_of_nobody, "nn, xx;q=0.9", "en"},    {link_of_nobody, "nn, de-AT;q=0.8, fr;q=0.7", "de"},
        {link_of_nobody, "PT-br", "pt"},           {link_of_nobody, "\"><script>", "en"},
        {"/open/nowhere?lang=ar", "de", "ar"},     {"/open/nowhere?lang=xx", "de", "de"},
        {"/open/nowhere?lang=%22%3E", "ko", "ko"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ask(&server, "GET", cases[i].target, cases[i].accept, NULL, &reply);
        assert_int_equal(reply.status, 503);
        speaks(&reply, cases[i].language, "page.problem.busy");
        http_reply_clear(&reply);
    }
    serve_end(&server, &scratch);
}

/* Who has to wait is told so in words, and when; programs are told in English. */
static void waiting_is_told_in_words(void **state)
{
    (void)state;
    struct scratch scratch;
    struct http_server server;
    struct http_reply reply = {0};
    serve(&server, &scratch, 20);
    for (unsigned i = 0; i < 30 && reply.status != 429; i++) {
        http_reply_clear(&reply);
        ask(&server, "GET", "/thanks", "tr", NULL, &reply);
    }
    assert_int_equal(reply.status, 429);
    assert_non_null(http_header(&reply, "Retry-After"));
    speaks(&reply, "tr", "page.problem.often");
    http_reply_clear(&reply);
    ask(&server, "GET", "/api/v1/studies", "tr", NULL, &reply);
    assert_int_equal(reply.status, 429);
    assert_string_equal(http_header(&reply, "Content-Type"), "application/problem+json");
    assert_non_null(strstr(reply.body, "\"title\":\"Too many requests.\""));
    http_reply_clear(&reply);
    serve_end(&server, &scratch);
}

/* A link that cannot be answered speaks the language of its study, in which the form would have asked: not that of the browser where the
 * study does not speak it, and never one without words. */
static void links_speak_as_their_study(void **state)
{
    (void)state;
    struct live_stage stage;
    struct http_server server;
    struct http_reply reply;
    static const struct invitation_request nobody;
    live_stage_begin(&stage,
                     "{\"language\": \"de\", \"languages\": [\"ar\"], \"translations\": {\"ar\": {\"title\": \"صيدلية\"}}}");
    struct invitation first = live_stage_invite(&stage, &nobody), second = live_stage_invite(&stage, &nobody);
    assert_int_equal(live_stage_answer_token(&stage, first.expectation, "expectation.q1=4").outcome, SUBMISSION_STORED);
    desk_close(stage.desk);
    http_server_start(&server, &stage.scratch, stage.path, NULL);
    const struct {
        const char *link, *accept, *language, *key;
    } cases[] = {
        {first.expectation, "ko", "de", "page.used"},  {first.expectation, "ar", "de", "page.used"},
        {second.perception, "ko", "de", "page.early"}, {second.perception, "ar-EG", "ar", "page.early"},
        {second.perception, "zz", "de", "page.early"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char target[64];
        (void)snprintf(target, sizeof target, "/s/%s", cases[i].link);
        ask(&server, "GET", target, cases[i].accept, NULL, &reply);
        assert_int_equal(reply.status, 200);
        speaks(&reply, cases[i].language, cases[i].key);
        assert_int_equal(strstr(reply.body, "صيدلية") != NULL, strcmp(cases[i].language, "ar") == 0);
        http_reply_clear(&reply);
    }
    ask(&server, "GET", link_of_nobody, "id", NULL, &reply);
    assert_int_equal(reply.status, 404);
    speaks(&reply, "id", "page.unknown");
    http_reply_clear(&reply);
    assert_int_equal(http_server_stop(&server), 0);
    live_stage_end(&stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_language_is_spoken),
        cmocka_unit_test(the_best_language_is_chosen),
        cmocka_unit_test(waiting_is_told_in_words),
        cmocka_unit_test(links_speak_as_their_study),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
