/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Server-rendered HTML: fieldset and legend per item, native radios, works without JavaScript, shows what was typed again after an
 * error, says what is stored and why." The pages in a browser: tests/browser. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/http_client.h"
#include "support/live_stage.h"

static const struct invitation_request nobody;

struct pages {
    struct live_stage stage;
    struct http_server server;
    struct http_reply reply;
};

static void pages_begin(struct pages *pages, const char *collection)
{
    memset(pages, 0, sizeof *pages);
    live_stage_begin(&pages->stage, collection);
}

/* Serves what has been made. */
static void pages_serve(struct pages *pages)
{
    desk_close(pages->stage.desk);
    http_server_start(&pages->server, &pages->stage.scratch, pages->stage.path, NULL);
}

static void pages_end(struct pages *pages)
{
    http_reply_clear(&pages->reply);
    assert_int_equal(http_server_stop(&pages->server), 0);
    live_stage_end(&pages->stage);
}

static const char *get(struct pages *pages, const char *target)
{
    http_reply_clear(&pages->reply);
    http_get(&pages->server, target, &pages->reply);
    assert_int_equal(pages->reply.status, 200);
    return pages->reply.body;
}

static const char *post(struct pages *pages, const char *target, const char *fields, int status)
{
    http_reply_clear(&pages->reply);
    http_post_form(&pages->server, target, fields, &pages->reply);
    assert_int_equal(pages->reply.status, status);
    return pages->reply.body;
}

static size_t count_of(const char *page, const char *text)
{
    size_t count = 0;
    for (const char *at = strstr(page, text); at; at = strstr(at + 1, text))
        count++;
    return count;
}

static void has(const char *page, const char *text)
{
    if (!strstr(page, text))
        print_error("the page lacks %s\n", text);
    assert_non_null(strstr(page, text));
}

static const char *link_of(struct pages *pages, const char *token)
{
    return arena_format(pages->stage.job.ctx.arena, "/s/%s", token);
}

static void test_the_form(void **state)
{
    (void)state;
    struct pages pages;
    pages_begin(&pages, "{\"consent\": \"We keep <it> a year.\", \"contact\": \"data@counter.example\"}");
    struct invitation made = live_stage_invite(&pages.stage, &nobody);
    pages_serve(&pages);
    const char *page = get(&pages, link_of(&pages, made.expectation));
    has(page, "<html lang=\"en\"");
    assert_int_equal(count_of(page, "<fieldset"), 2);
    assert_int_equal(count_of(page, "<legend"), 2);
    /* Five points and "does not apply", twice; none is chosen. */
    assert_int_equal(count_of(page, "type=\"radio\""), 12);
    assert_int_equal(count_of(page, "name=\"expectation.q1\""), 6);
    assert_int_equal(count_of(page, "value=\"na\""), 2);
    assert_int_equal(count_of(page, " checked"), 0);
    has(page, "method=\"post\"");
    has(page, "We keep &lt;it&gt; a year.");
    has(page, "data@counter.example");
    has(page, "value=\"send\"");
    has(page, "value=\"save\"");
    /* No script stands in the page, and the hidden field that catches machines stands at open doors alone. */
    assert_int_equal(count_of(page, "<script"), count_of(page, "<script src="));
    assert_int_equal(count_of(page, "style=\""), 0);
    assert_int_equal(count_of(page, "_website"), 0);
    assert_int_equal(count_of(page, "_consent"), 0);
    pages_end(&pages);
}

/* After an error: what was chosen is chosen, what was typed stands there as text, the problem is told above and at its field. */
static void test_shown_again(void **state)
{
    (void)state;
    struct pages pages;
    pages_begin(&pages, "{\"opens\": [\"customer\"]}");
    struct invitation made = live_stage_invite(&pages.stage, &nobody);
    assert_int_equal(live_stage_visit_over(&pages.stage, made.perception).state, TICKET_OPEN);
    pages_serve(&pages);
    const char *page = post(&pages, link_of(&pages, made.perception),
                            "perception.q1=9&perception.q2=4&comment.why=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E", 422);
    has(page, "role=\"alert\"");
    has(page, "href=\"#perception.q1\"");
    has(page, "id=\"problem-perception.q1\"");
    assert_int_equal(count_of(page, "problem-perception.q2"), 0);
    assert_int_equal(count_of(page, " checked"), 1);
    has(page, "name=\"perception.q2\" value=\"4\" checked");
    has(page, "&lt;script&gt;alert(1)&lt;/script&gt;");
    assert_int_equal(count_of(page, "<script>"), 0);
    /* Half-way: what was left there stands there again. */
    (void)post(&pages, link_of(&pages, made.perception), "perception.q1=2&comment.why=later&_do=save", 303);
    page = get(&pages, link_of(&pages, made.perception));
    has(page, "name=\"perception.q1\" value=\"2\"");
    assert_int_equal(count_of(page, " checked"), 1);
    has(page, ">later</textarea>");
    pages_end(&pages);
}

/* "languages from words files with right-to-left" */
static void test_right_to_left(void **state)
{
    (void)state;
    struct pages pages;
    pages_begin(&pages, "{\"languages\": [\"ar\"], \"translations\": {\"ar\": {\"item.q1\": \"سريع\"}}}");
    struct invitation made = live_stage_invite(&pages.stage, &nobody);
    pages_serve(&pages);
    const char *target = link_of(&pages, made.expectation);
    has(get(&pages, target), "href=\"?lang=ar\"");
    const char *page = get(&pages, arena_format(pages.stage.job.ctx.arena, "%s?lang=ar", target));
    has(page, "<html lang=\"ar\" dir=\"rtl\"");
    has(page, "سريع");
    has(page, "href=\"?lang=en\"");
    pages_end(&pages);
}

/* An open link: the other languages ask the same form, and a field that nobody sees catches machines. Without one there is no page. */
static void test_open_link(void **state)
{
    (void)state;
    struct pages pages;
    pages_begin(&pages, "{\"languages\": [\"ar\"]}");
    (void)live_stage_add(&pages.stage, "plain", live_stage_file(&pages.stage, "{}"));
    pages_serve(&pages);
    const char *page = get(&pages, "/open/counter?wave=expectation");
    has(page, "name=\"expectation.q1\"");
    has(page, "href=\"?lang=ar&amp;wave=expectation\"");
    has(page, "action=\"/open/counter?lang=en&amp;wave=expectation\"");
    has(page, "name=\"_website\"");
    page = get(&pages, "/open/counter");
    has(page, "name=\"perception.q1\"");
    has(page, "href=\"?lang=ar\"");
    has(get(&pages, "/open/counter/qr.svg"), "<svg");
    static const char *const none[] = {"/open/plain", "/open/plain?wave=expectation", "/open/plain/qr.svg", "/open/nowhere"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        http_reply_clear(&pages.reply);
        http_get(&pages.server, none[i], &pages.reply);
        assert_int_equal(pages.reply.status, 404);
    }
    pages_end(&pages);
}

/* "a form is taken only when the respondent has ticked that they agree"; the tick stands there again when something else is wrong, and
 * half a form may be saved without it. */
static void test_ticked_consent(void **state)
{
    (void)state;
    struct pages pages;
    pages_begin(&pages, "{\"consent\": \"We keep it a year.\", \"consent_required\": true}");
    struct invitation made = live_stage_invite(&pages.stage, &nobody);
    pages_serve(&pages);
    const char *target = link_of(&pages, made.expectation);
    const char *page = get(&pages, target);
    has(page, "type=\"checkbox\" name=\"_consent\" value=\"1\" required=\"\"");
    has(page, "I have read this and agree.");
    has(page, "formnovalidate");
    page = post(&pages, target, "expectation.q1=4&_do=send", 422);
    has(page, "Please tick that you agree. Without that your answers are not kept.");
    has(page, " checked");
    page = post(&pages, target, "expectation.q1=9&_do=send&_consent=1", 422);
    has(page, "name=\"_consent\" value=\"1\" required=\"\" checked");
    (void)post(&pages, target, "expectation.q1=4&_do=save", 303);
    (void)post(&pages, target, "expectation.q1=4&_do=send&_consent=1", 303);
    (void)post(&pages, "/open/counter", "perception.q1=4&_do=send&_once=abcdefgh", 422);
    (void)post(&pages, "/open/counter", "perception.q1=4&_do=send&_once=abcdefgh&_consent=1", 303);
    pages_end(&pages);
}

/* All languages of the browser count, in the order of their weights: the first that the study speaks, of which it may name a part; what the
 * address asks for goes before. */
static void test_accepted_languages(void **state)
{
    (void)state;
    static const struct {
        const char *accept, *query, *spoken;
    } cases[] = {{"ar", "", "ar"},
                 {"fr, nb;q=0.9, ar-EG;q=0.5", "", "ar"},
                 {"ar;q=0.5, pt-BR;q=0.8, en;q=0.1", "", "pt-BR"},
                 {"pt", "", "pt-BR"},
                 {"fr, ar;q=0", "", "en"},
                 {"fr, nb", "", "en"},
                 {"en-GB, ar", "", "en"},
                 {"", "", "en"},
                 {"fr, ar", "?lang=pt-BR", "pt-BR"},
                 {"ar", "?lang=fr", "en"}};
    struct pages pages;
    pages_begin(&pages, "{\"languages\": [\"ar\", \"pt-BR\"]}");
    pages_serve(&pages);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char lines[200], target[100], wanted[100];
        (void)snprintf(lines, sizeof lines, "Accept-Language: %s\r\n", cases[i].accept);
        (void)snprintf(target, sizeof target, "/open/counter%s", cases[i].query);
        (void)snprintf(wanted, sizeof wanted, "action=\"/open/counter?lang=%s\"", cases[i].spoken);
        http_reply_clear(&pages.reply);
        http_ask(&pages.server, "GET", target, lines, NULL, &pages.reply);
        assert_int_equal(pages.reply.status, 200);
        has(pages.reply.body, wanted);
    }
    pages_end(&pages);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {cmocka_unit_test(test_the_form),       cmocka_unit_test(test_shown_again),
                                              cmocka_unit_test(test_right_to_left),  cmocka_unit_test(test_open_link),
                                              cmocka_unit_test(test_ticked_consent), cmocka_unit_test(test_accepted_languages)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
