/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/phrase.h"
#include "model/words.h"
#include "support/job_fixture.h"
#include "support/scratch_folder.h"

static const char *made(struct job *job, const char *language, const char *key, const struct phrase_word *words)
{
    const char *text = NULL;
    assert_ok(job, phrase_make(&job->ctx, language, key, words, &text));
    return text;
}

/* "Makes a sentence of a language's text with its {names} filled in."; "{Name} with a capital is the text of `name` with its
 * first letter large"; "a key that the language lacks is taken from English" */
static void names_are_filled_in(void **state)
{
    (void)state;
    const struct phrase_word words[] = {
        {"items", "12"}, {"item", "keep {it} clean"}, {"gap", "+0.3"}, {"interval", "[0, 1]"}, {"small", ""}, {NULL, NULL}};
    struct job job;
    job_begin(&job);
    assert_string_equal(made(&job, "en", "second.above", words), "“Keep {it} clean” exceeds expectation most: +0.3 [0, 1].");
    assert_string_equal(made(&job, "xx", "second.smallest", words), "Smallest shortfall: “keep {it} clean”, +0.3 [0, 1].");
    const struct phrase_word other[] = {{"item", "økt"}, {"gap", ""}, {"interval", "."}, {"small", ""}, {NULL, NULL}};
    assert_string_equal(made(&job, "en", "second.above", other), "“Økt” exceeds expectation most:  ..");
    const struct phrase_word turkish[] = {{"item", "ilgi"}, {"gap", ""}, {"interval", "."}, {"small", ""}, {NULL, NULL}};
    assert_non_null(strstr(made(&job, "tr", "second.above", turkish), "İlgi"));
    const struct phrase_word sign[] = {{"item", "÷ 2"}, {"gap", ""}, {"interval", "."}, {"small", ""}, {NULL, NULL}};
    assert_non_null(strstr(made(&job, "en", "second.above", sign), "“÷ 2”"));
    /* "a sentence of three words or more loses its full stop before a closing quotation mark" */
    static const struct {
        const char *item, *quoted;
    } stops[] = {{"Staff take time.", "Staff take time"},
                 {"Acme Inc.", "Acme Inc."},
                 {"and so on...", "and so on..."},
                 {"Is it clean?", "Is it clean?"},
                 {".", "."},
                 {"", ""},
                 {"  .", "  "},
                 {"a b.", "a b."},
                 {"a b c.", "a b c"}};
    static const struct {
        const char *language, *open, *close;
    } marks[] = {{"en", "“", "”"}, {"de", "„", "“"}, {"fr", "«\u00a0", "\u00a0»"}, {"es", "«", "»"}};
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
        for (size_t k = 0; k < sizeof marks / sizeof *marks; k++) {
            char expected[64];
            const struct phrase_word stop[] = {{"item", stops[i].item}, {NULL, NULL}};
            (void)snprintf(expected, sizeof expected, "%s%s%s", marks[k].open, stops[i].quoted, marks[k].close);
            assert_string_equal(made(&job, marks[k].language, "list.item", stop), expected);
        }
    }
    job_end(&job);
}

/* "words and numbers keep their own direction": each word is isolated, with its first letter's direction, and what was put together
 * of isolated words has the language's. */
static void words_keep_their_direction(void **state)
{
    (void)state;
    const struct phrase_word words[] = {
        {"item", "الانتظار"}, {"gap", "−0.44"}, {"interval", "[−0.62, −0.26]"}, {"small", ""}, {NULL, NULL}};
    const struct phrase_word plain[] = {
        {"item", "the wait"}, {"gap", "−0.44"}, {"interval", "[−0.62, −0.26]"}, {"small", ""}, {NULL, NULL}};
    const struct phrase_word empty[] = {{"count", ""}, {NULL, NULL}};
    struct job job;
    job_begin(&job);
    assert_string_equal(made(&job, "en", "second.smallest", plain), "Smallest shortfall: “the wait”, −0.44 [−0.62, −0.26].");
    assert_string_equal(made(&job, "en", "second.smallest", words),
                        "Smallest shortfall: “\u2067الانتظار\u2069”, −0.44 [−0.62, −0.26].");
    assert_non_null(strstr(made(&job, "ar", "second.smallest", words), "«\u2067الانتظار\u2069»"));
    assert_non_null(strstr(made(&job, "ar", "second.smallest", plain), "«\u2066\u200ethe wait\u2069»"));
    assert_non_null(strstr(made(&job, "ar", "second.smallest", words),
                           "\u2066\u200e\u2066\u200e−0.44\u2069 \u2066\u200e[−0.62,\u00a0−0.26]\u2069\u2069"));
    assert_string_equal(made(&job, "ar", "zone.items", empty), " من البنود");
    const struct phrase_word item[] = {{"item", made(&job, "ar", "list.item", plain)}, {NULL, NULL}};
    assert_string_equal(made(&job, "ar", "list.item", item), "«\u2067«\u2066\u200ethe wait\u2069»\u2069»");
    static const char *const leftward[] = {"(5) שלום", "× الانتظار min", "“ﻻ”"};
    static const char *const rightward[] = {"min الانتظار", "é الانتظار", "대기 الانتظار"};
    static const char begin_leftward[] = {'\xE2', '\x81', '\xA7'};
    static const char begin_rightward[] = {'\xE2', '\x81', '\xA6', '\xE2', '\x80', '\x8E'};
    for (size_t i = 0; i < 3; i++) {
        const struct phrase_word from_right[] = {{"item", leftward[i]}, {NULL, NULL}};
        const struct phrase_word from_left[] = {{"item", rightward[i]}, {NULL, NULL}};
        assert_memory_equal(made(&job, "en", "list.item", from_right) + strlen("“"), begin_leftward, 3);
        assert_memory_equal(made(&job, "en", "list.item", from_left) + strlen("“"), begin_rightward, 6);
    }
    /* Marks of direction within a word end with it. */
    const struct phrase_word turned[] = {
        {"item", "a\u202eb\u2067c"}, {"gap", "−0.44"}, {"interval", "[0, 1]"}, {"small", ""}, {NULL, NULL}};
    assert_string_equal(made(&job, "en", "second.smallest", turned), "Smallest shortfall: “ab\u2067c\u2069”, −0.44 [0, 1].");
    const struct phrase_word escaping[] = {{"item", "\u2069الانتظار\u2069\u202e"}, {NULL, NULL}};
    assert_string_equal(made(&job, "en", "list.item", escaping), "“\u2067الانتظار\u2069”");
    assert_string_equal(made(&job, "ar", "list.item", escaping), "«\u2067الانتظار\u2069»");
    const struct phrase_word malformed[] = {{"item", "\xff\xd7"}, {NULL, NULL}};
    assert_string_equal(made(&job, "en", "list.item", malformed), "“\xff\xd7”");
    job_end(&job);
}

static void assert_names_closed(const struct word *word)
{
    for (const char *at = strchr(word->text, '{'); at; at = strchr(at + 1, '{')) {
        size_t length = strspn(at + 1, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
        if (length == 0 || at[length + 1] != '}')
            fail_msg("%s: %s", word->key, word->text);
    }
}

/* Every {name} is closed and made of plain letters, digits and underscores, so that no text of a words file can stop the program.
 */
static void every_text_is_well_formed(void **state)
{
    (void)state;
    for (const struct words *language = words_languages; language->language; language++) {
        for (size_t i = 0; i < language->count; i++)
            assert_names_closed(&language->words[i]);
    }
}

/* All sources that may speak, one after another. */
static char *sources_read(void)
{
    static const char *const rooms[] = {"report/*.c",    "render/*.c", "render/chart/*.c", "model/*.c",   "instrument/*.c",
                                        "formats/*.c",   "pair/*.c",   "store/*.c",        "measure/*.h", "measure/*.c",
                                        "measure/*/*.c", "app/*.c",    "app/*/*.c",        "serve/*.c",   "serve/*/*.c"};
    size_t total = 0;
    char *all = calloc(1, 1);
    glob_t found;
    for (size_t i = 0; i < sizeof rooms / sizeof *rooms; i++) {
        char pattern[512];
        assert_true(snprintf(pattern, sizeof pattern, GAPMETER_SOURCE_DIR "/src/%s", rooms[i]) > 0);
        assert_int_equal(glob(pattern, i == 0 ? 0 : GLOB_APPEND, NULL, &found), 0);
    }
    for (size_t i = 0; i < found.gl_pathc; i++) {
        size_t length = 0;
        char *text = scratch_read(found.gl_pathv[i], &length);
        char *grown = realloc(all, total + length + 1);
        assert_non_null(grown);
        all = grown;
        memcpy(all + total, text, length + 1);
        total += length;
        free(text);
    }
    globfree(&found);
    return all;
}

/* No key of English is left that nothing says. Keys made of parts ("kind.", "asked.", "verdict.", "language.", and what tables say) are named by their
 * first part, the forms for one, for a single sitting and for visits by the key without ".one", ".once" and ".visits". */
static size_t base_length(const char *key)
{
    static const char *const forms[] = {".one", ".once", ".visits"};
    size_t length = strlen(key);
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        size_t form = strlen(forms[i]);
        if (length > form && strncmp(key + length - form, forms[i], form) == 0)
            length -= form;
    }
    return length;
}

static void no_key_is_unused(void **state)
{
    (void)state;
    static const char *const made_of_parts[] = {"kind.", "asked.",  "table.", "verdict.", "language.", "column.",
                                                "word.", "reason.", "unit.",  "meaning.", "drawn."};
    char *sources = sources_read();
    const struct words *english = words_languages;
    while (strcmp(english->language, "en") != 0)
        english++;
    size_t unused = 0;
    for (size_t i = 0; i < english->count; i++) {
        char whole[512], base[512];
        bool parts = false;
        const char *key = english->words[i].key;
        for (size_t k = 0; k < sizeof made_of_parts / sizeof *made_of_parts; k++)
            parts = parts || strncmp(key, made_of_parts[k], strlen(made_of_parts[k])) == 0;
        assert_true(snprintf(whole, sizeof whole, "\"%s\"", key) > 0);
        assert_true(snprintf(base, sizeof base, "\"%.*s\"", (int)base_length(key), key) > 0);
        if (parts || strstr(sources, whole) || strstr(sources, base))
            continue;
        print_error("nothing says %s\n", key);
        unused++;
    }
    assert_int_equal(unused, 0);
    free(sources);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_filled_in),
        cmocka_unit_test(words_keep_their_direction),
        cmocka_unit_test(every_text_is_well_formed),
        cmocka_unit_test(no_key_is_unused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
