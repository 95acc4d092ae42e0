/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/markup.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

struct page {
    struct ctx ctx;
    struct out *out;
    struct markup markup;
};

static struct page page;

static int begin(void **state)
{
    (void)state;
    page = (struct page){.out = NULL};
    if (arena_create(NULL, &page.ctx.arena) != STATUS_OK || out_open_memory(&page.ctx, &page.out) != STATUS_OK)
        return -1;
    markup_begin(&page.markup, page.out);
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_destroy(page.ctx.arena);
    return 0;
}

static void assert_page(const char *expected)
{
    struct span written = out_bytes(page.out);
    char shown[2000];
    (void)snprintf(shown, sizeof shown, "%.*s", (int)written.length, written.at);
    static const char doctype[] = "<!doctype html>\n";
    assert_memory_equal(shown, doctype, sizeof doctype - 1);
    assert_string_equal(shown + sizeof doctype - 1, expected);
}

/* "<name; attributes may follow until the next text, element or close"; "A void element" */
static void elements_and_attributes(void **state)
{
    (void)state;
    struct markup *m = &page.markup;
    markup_open(m, "p");
    markup_attribute(m, "class", "gap");
    markup_attribute(m, "hidden", NULL);
    markup_text(m, "one");
    markup_void(m, "br");
    markup_text(m, "two");
    markup_open(m, "b");
    markup_close(m, "b");
    markup_newline(m);
    markup_void(m, "img");
    markup_attribute(m, "alt", "");
    markup_close(m, "p");
    markup_element(m, "h1", "Gaps & zones");
    assert_int_equal(m->depth, 0);
    assert_page("<p class=\"gap\" hidden>one<br>two<b></b>\n<img alt=\"\"></p><h1>Gaps &amp; zones</h1>");
}

/* "bytes that stand in the page itself" */
static void data_in_an_attribute(void **state)
{
    (void)state;
    struct markup *m = &page.markup;
    markup_void(m, "img");
    markup_attribute_data(m, "src", "image/png", (struct span){"\x89PNG\"", 5});
    markup_newline(m);
    assert_page("<img src=\"data:image/png;base64,iVBORyI=\">\n");
}

/* "It escapes all text and attribute values" */
static void everything_is_escaped(void **state)
{
    (void)state;
    struct markup *m = &page.markup;
    static const char hostile[] = "</p><script>alert('x' & \"y\")</script>";
#define ESCAPED "&lt;/p&gt;&lt;script&gt;alert(&#39;x&#39; &amp; &quot;y&quot;)&lt;/script&gt;"
    markup_open(m, "p");
    markup_attribute(m, "title", hostile);
    markup_attribute_format(m, "id", "%d%s", 1, hostile);
    markup_attribute_join(m, "class", (const char *const[]){"a", "", hostile, " b", NULL});
    markup_text(m, hostile);
    markup_text_span(m, (struct span){hostile, 4});
    markup_text_format(m, "%s!", hostile);
    markup_close(m, "p");
    assert_page("<p title=\"" ESCAPED "\" id=\"1" ESCAPED "\" class=\"a" ESCAPED " b\">" ESCAPED "&lt;/p&gt;" ESCAPED "!</p>");
}

/* "Bytes that are not UTF-8, and characters that HTML does not allow …, are written as U+FFFD" */
static void forbidden_characters_are_replaced(void **state)
{
    (void)state;
    markup_text_span(&page.markup, (struct span){"a\0b", 3});
    markup_text(&page.markup, "\x01\x1b\r|\t\n|\x7F|\xC2\x85|\xFF|é\xC3|\xEF\xBF\xBE|기😀");
    markup_text_span(&page.markup, span_of(NULL));
#define BAD "\xEF\xBF\xBD"
    assert_page("a" BAD "b" BAD BAD BAD "|\t\n|" BAD "|" BAD "|" BAD "|é" BAD "|" BAD "|기😀");
}

/* "a number in the shortest form, rounded to two decimals" */
static void numbers_are_short(void **state)
{
    (void)state;
    static const double values[] = {0.0, -0.001, 1.0, 1.5, 2.345678, -12.999, 100.0, 1200.1, -0.25, 0.005};
    markup_void(&page.markup, "x");
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        markup_number(&page.markup, "v", values[i]);
    markup_numbers(&page.markup, "p", (const double[]){10, -0.5, 0x1p70, 1e300}, 4);
    markup_newline(&page.markup);
    assert_page("<x v=\"0\" v=\"0\" v=\"1\" v=\"1.5\" v=\"2.35\" v=\"-13\" v=\"100\" v=\"1200.1\" v=\"-0.25\" v=\"0.01\" "
                "p=\"10 -0.5 1180591620717411303424 1e+300\">\n");
}

/* A formatted text may be longer than what is formatted at once. */
static void long_formatted_texts(void **state)
{
    (void)state;
    char ampersands[3001];
    memset(ampersands, '&', sizeof ampersands - 1);
    ampersands[sizeof ampersands - 1] = '\0';
    markup_text_format(&page.markup, "%s", ampersands);
    struct span written = out_bytes(page.out);
    assert_int_equal(written.length, 16 + 3000 * 5);
    assert_memory_equal(written.at + written.length - 10, "&amp;&amp;", 10);
}

/* A text may be longer than what is escaped at once, wherever that ends: also amid the bytes of a letter. */
static void long_texts_are_escaped(void **state)
{
    (void)state;
    enum { LETTERS = 3000 };
    for (size_t before = 0; before < 8; before++) {
        char text[5 * LETTERS + 1], expected[10 * LETTERS + 1];
        size_t length = 0, awaited = 0;
        for (size_t i = 0; i < LETTERS; i++) {
            length += (size_t)snprintf(text + length, sizeof text - length, "%s", i < before ? "a" : i % 5 ? "기" : "&");
            awaited += (size_t)snprintf(expected + awaited, sizeof expected - awaited, "%s",
                                        i < before ? "a"
                                        : i % 5    ? "기"
                                                   : "&amp;");
        }
        out_empty(page.out);
        markup_text(&page.markup, text);
        struct span written = out_bytes(page.out);
        assert_int_equal(written.length, awaited);
        assert_memory_equal(written.at, expected, awaited);
    }
}

/* "A stylesheet of ours inside <style>: written as it is" */
static void styles(void **state)
{
    (void)state;
    markup_style(&page.markup, span_of("a > b { content: \"&\" }"));
    assert_page("<style>a > b { content: \"&\" }</style>");
}

/* Does the program stop there? In a process of its own. */
static bool stops(void (*mistake)(struct markup *))
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        const struct sigaction fall = {.sa_handler = SIG_DFL};
        (void)sigaction(SIGABRT, &fall, NULL);
        (void)close(STDERR_FILENO);
        mistake(&page.markup);
        _exit(0);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

static void close_other(struct markup *m)
{
    markup_open(m, "p");
    markup_close(m, "b");
}

static void close_nothing(struct markup *m)
{
    markup_close(m, "p");
}

static void attribute_after_text(struct markup *m)
{
    markup_open(m, "p");
    markup_text(m, "x");
    markup_attribute(m, "class", "y");
}

static void style_that_ends(struct markup *m)
{
    markup_style(m, span_of("a{}</style><script>"));
}

static void open_script(struct markup *m)
{
    markup_open(m, "script");
}

static void open_too_deep(struct markup *m)
{
    for (int i = 0; i < 65; i++)
        markup_open(m, "p");
}

static void no_mistake(struct markup *m)
{
    for (int i = 0; i < 64; i++)
        markup_open(m, "p");
}

/* "refused (assert) when it holds "</""; "must be the name it was opened with" */
static void mistakes_stop_the_program(void **state)
{
    (void)state;
    assert_true(stops(close_other));
    assert_true(stops(close_nothing));
    assert_true(stops(attribute_after_text));
    assert_true(stops(style_that_ends));
    assert_true(stops(open_script));
    assert_true(stops(open_too_deep));
    assert_false(stops(no_mistake));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(elements_and_attributes, begin, end),
        cmocka_unit_test_setup_teardown(data_in_an_attribute, begin, end),
        cmocka_unit_test_setup_teardown(everything_is_escaped, begin, end),
        cmocka_unit_test_setup_teardown(forbidden_characters_are_replaced, begin, end),
        cmocka_unit_test_setup_teardown(numbers_are_short, begin, end),
        cmocka_unit_test_setup_teardown(long_formatted_texts, begin, end),
        cmocka_unit_test_setup_teardown(long_texts_are_escaped, begin, end),
        cmocka_unit_test_setup_teardown(styles, begin, end),
        cmocka_unit_test_setup_teardown(mistakes_stop_the_program, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
