/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/comment/comment_words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"

/* The words of a text with blanks between them. */
static const char *words_of(const char *text)
{
    static char all[512];
    char word[WORD_BYTES];
    struct span rest = span_of(text);
    size_t length = 0;
    all[0] = '\0';
    for (size_t bytes = comment_word_next(&rest, word); bytes; bytes = comment_word_next(&rest, word))
        length += (size_t)snprintf(all + length, sizeof all - length, "%s%.*s", length ? " " : "", (int)bytes, word);
    return all;
}

/* "letters and digits of any script, apostrophes between letters, at least two of them and not digits alone", small letters */
static void words_of_any_script(void **state)
{
    (void)state;
    assert_string_equal(words_of("The STAFF didn't smile, 'sadly' — I waited 45 min (room B12)!"),
                        "the staff didn't smile sadly waited min room b12");
    assert_string_equal(words_of("ÄRGER über Öffnungszeiten; École ŁÓDŹ Ÿ"), "ärger über öffnungszeiten école łódź");
    assert_string_equal(words_of("ΩΡΑ Ждать ЁЛКА İyi"), "ωρα ждать ёлка iyi");
    assert_string_equal(words_of("الموظفون لطفاء، شكرًا؟"), "الموظفون لطفاء شكرًا");
    assert_string_equal(words_of("직원이 친절해요. 😀 좋아요"), "직원이 친절해요 좋아요");
    assert_string_equal(words_of("don’t a I 2024 x"), "don't");
    assert_string_equal(words_of("\xff\xfe ok \xc3"), "ok");
    assert_string_equal(words_of(""), "");
    assert_string_equal(words_of("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa fine"),
                        "fine");
}

/* "words with an @ in them, and runs of six digits or more … become […]" */
static void what_names_a_person_is_taken_out(void **state)
{
    (void)state;
    struct ctx ctx = {0};
    static const char *const cases[][2] = {
        {"Write to ada@example.org, please", "Write to […] please"},
        {"call +49 30 123-4567 today", "call +[…] today"},
        {"order 123456", "order […]"},
        {"12345 is short, 10.30 too", "12345 is short, 10.30 too"},
        {"two\nlines\tand Zoë", "two lines and Zoë"},
        {"@home", "[…]"},
        {"", ""},
    };
    assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(comment_masked(&ctx, cases[i][0]), cases[i][1]);
    arena_destroy(ctx.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(words_of_any_script), cmocka_unit_test(what_names_a_person_is_taken_out)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
