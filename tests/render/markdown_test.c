/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "render/markdown_text.h"
#include "support/golden.h"
#include "support/hand_document.h"
#include "support/rendered_text.h"

static const struct rendering plain = {.utf8 = true};

static const char *markdown_of(struct hand *hand)
{
    return rendered_text(&hand->job, hand_document(hand), "markdown", plain);
}

/* Every kind of block, to the byte. */
static void a_small_document_is_the_golden_one(void **state)
{
    (void)state;
    struct hand hand;
    hand_document_begin(&hand);
    golden_assert("small_document.md", span_of(markdown_of(&hand)));
    hand_end(&hand);
}

static const char *escaped(struct job *job, const char *text)
{
    struct out *out = NULL;
    assert_ok(job, out_open_memory(&job->ctx, &out));
    markdown_text_write(out, text);
    const char *kept = arena_copy(job->ctx.arena, out_bytes(out));
    assert_non_null(kept);
    return kept;
}

/* "cells escaped: | and newline and leading characters": what means something in Markdown loses its meaning, and nothing else
 * changes. */
static void texts_keep_their_letters(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"plain text, with (words) and 3.90 of 5.", "plain text, with (words) and 3.90 of 5."},
        {"−0.44 [−0.62, −0.26]", "−0.44 [−0.62, −0.26]"},
        {"[−0.62, −0.26]", "[−0.62, −0.26]"},
        {"a|b\nc\r\n\td ", "a\\|b c d"},
        {"*bold* `code` ~no~ \\ $5$", "\\*bold\\* \\`code\\` \\~no\\~ \\\\ \\$5\\$"},
        {"_so_ snake_case_ x_y é_ü", "\\_so\\_ snake_case\\_ x_y é_ü"},
        {"<script>alert(1)</script>", "\\<script>alert(1)\\</script>"},
        {"R & D, AT&T; &amp; &#60;", "R & D, AT\\&T; \\&amp; \\&\\#60;"},
        {"# head", "\\# head"},
        {"a # b #", "a \\# b \\#"},
        {"F#", "F#"},
        {"> quoted > not", "\\> quoted > not"},
        {"=====", "\\====="},
        {"- item", "\\- item"},
        {"-", "\\-"},
        {"---", "\\---"},
        {"-5 + 6", "-5 + 6"},
        {"+ item", "\\+ item"},
        {"12. then", "12\\. then"},
        {"3) then 4) and 5. more", "3\\) then 4) and 5. more"},
        {"3.90", "3.90"},
        {"7.", "7\\."},
        {"[x] done", "\\[x] done"},
        {"[ ] open", "\\[ ] open"},
        {"[x]", "\\[x]"},
        {"[a](b) [c][d] [e]: f [g]", "[a\\](b) [c\\][d] [e\\]: f [g]"},
        {"a\x01z \xff \x7f \xe2\x80\xae", "a\xef\xbf\xbdz \xef\xbf\xbd \xef\xbf\xbd "},
        {"\xc2\x85 \xc3\xa9", "\xef\xbf\xbd \xc3\xa9"},
        {"  \n ", ""},
        {"", ""},
    };
    struct job job;
    job_begin(&job);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(escaped(&job, cases[i][0]), cases[i][1]);
    job_end(&job);
}

/* A hostile name cannot end its cell, begin a row, or bring markup. */
static void hostile_names_stay_in_their_cells(void **state)
{
    (void)state;
    struct hand hand;
    hand_document_begin(&hand);
    hand.items[0].text = "a | b\n| c | d |\n\n<b>e</b>";
    hand.items[1].text = "f\u202eg\u2067h\u2069\u2069i\u2066";
    hand.head.title = "# A | *B*\n\nC";
    const char *text = markdown_of(&hand);
    assert_memory_equal(text, "# \\# A \\| \\*B\\* C\n\n", 19);
    assert_non_null(strstr(text, "| a \\| b \\| c \\| d \\| \\<b>e\\</b> · q1 |"));
    assert_non_null(strstr(text, "| fg\u2067h\u2069i\u2066\u2069 · q2 "));
    assert_null(strstr(text, "\u202e"));
    hand_end(&hand);
}

/* The picture is told in words, its table stands below. */
static void a_chart_is_told_in_words(void **state)
{
    (void)state;
    struct hand hand;
    hand_document_begin(&hand);
    const char *text = markdown_of(&hand);
    assert_non_null(
        strstr(text, "\n\n**Item one falls short most: −0.44 points**\\\nn = 100 pairs, scale 1–5, 95 % intervals\n\n"));
    hand_end(&hand);
}

/* Hidden groups are not named; blanks say why; a note that holds for several tables is said once. */
static void nothing_hidden_is_told(void **state)
{
    (void)state;
    struct hand hand;
    hand_document_begin(&hand);
    const char *text = markdown_of(&hand), *note = strstr(text, "gap = perception − expectation.");
    assert_null(strstr(text, "Vardo"));
    assert_null(strstr(text, "Molde"));
    assert_non_null(strstr(text, "no pairs"));
    assert_non_null(note);
    assert_null(strstr(note + 1, "gap = perception − expectation."));
    hand_end(&hand);
}

/* A table without rows leaves nothing behind. */
static void a_table_without_rows_is_left_out(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 1);
    (void)hand_table(&hand, "item_gap", NULL);
    assert_null(strstr(rendered_tables(&hand, "markdown", plain), "| "));
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_small_document_is_the_golden_one),
        cmocka_unit_test(texts_keep_their_letters),
        cmocka_unit_test(hostile_names_stay_in_their_cells),
        cmocka_unit_test(a_chart_is_told_in_words),
        cmocka_unit_test(nothing_hidden_is_told),
        cmocka_unit_test(a_table_without_rows_is_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
