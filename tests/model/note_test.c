/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "model/note.h"
#include "support/job_fixture.h"

static const char *said(struct job *job, const char *language, const char *key, const struct note_word *words)
{
    struct note note;
    const char *text = NULL;
    assert_ok(job, note_make(&job->ctx, key, words, &note));
    assert_ok(job, note_say(&job->ctx, language, &note, &text));
    return text;
}

/* "a key of the words files and what stands for the {names} in it, so that every document says it in its own language" */
static void a_note_is_said_in_every_language(void **state)
{
    (void)state;
    struct job job;
    job_begin(&job);
    const struct note_word words[] = {note_count("count", 12), note_text("column", "region"), {.name = NULL}};
    assert_string_equal(said(&job, "en", "note.design.strata", words),
                        "Intervals and tests allow for 12 strata (column region).");
    assert_string_equal(said(&job, "de", "note.design.strata", words),
                        "Intervalle und Tests berücksichtigen 12 Schichten (Spalte region).");
    assert_non_null(strstr(said(&job, "ar", "note.design.strata", words), "\u2066\u200e12\u2069"));
    assert_string_equal(said(&job, "xx", "note.design.weighted", NULL), "Answers are weighted.");
    job_end(&job);
}

/* "A word of ours … is the text of the key in every language but English"; "a word without such a key is the study's own" */
static void words_of_ours_are_translated(void **state)
{
    (void)state;
    struct job job;
    job_begin(&job);
    const struct note_word ours[] = {note_ours("rows", "outcome", "loyalty"), {.name = NULL}};
    const struct note_word own[] = {note_ours("rows", "outcome", "calm"), {.name = NULL}};
    const struct note_word phrase[] = {note_phrase("rows", "note.overall"), {.name = NULL}};
    const char *key = "note.gap.constant";
    assert_string_equal(said(&job, "en", key, ours), "loyalty: every customer gave the same difference; no interval exists.");
    assert_int_equal(strncmp(said(&job, "de", key, ours), "Wiederkehrabsicht: ", strlen("Wiederkehrabsicht: ")), 0);
    assert_int_equal(strncmp(said(&job, "de", key, own), "calm: ", strlen("calm: ")), 0);
    assert_int_equal(strncmp(said(&job, "en", key, phrase), "Overall: ", strlen("Overall: ")), 0);
    assert_int_equal(strncmp(said(&job, "de", key, phrase), "Gesamtwert: ", strlen("Gesamtwert: ")), 0);
    job_end(&job);
}

/* ""a, b, c", or "a, b, c and 4 more" when there are `count` of them in all"; words are copied */
static void lists_are_joined(void **state)
{
    (void)state;
    struct job job;
    struct note note;
    const char *text = NULL;
    char last[] = "c";
    const char *texts[] = {"a", "b", last, NULL};
    job_begin(&job);
    const struct note_word all[] = {note_list("rows", texts, 3), {.name = NULL}};
    const struct note_word some[] = {note_list("rows", texts, 7), {.name = NULL}};
    const struct note_word one[] = {note_list("rows", &texts[2], 1), {.name = NULL}};
    assert_string_equal(said(&job, "en", "note.gap.constant", all),
                        "a, b, c: every customer gave the same difference; no interval exists.");
    assert_string_equal(said(&job, "en", "note.gap.constant", one),
                        "c: every customer gave the same difference; no interval exists.");
    assert_string_equal(said(&job, "en", "note.gap.constant", some),
                        "a, b, c and 4 more: every customer gave the same difference; no interval exists.");
    assert_ok(&job, note_make(&job.ctx, "note.gap.constant", some, &note));
    last[0] = 'z';
    texts[0] = "z";
    assert_ok(&job, note_say(&job.ctx, "de", &note, &text));
    assert_non_null(strstr(text, "a, b, c und 4 weitere: "));
    job_end(&job);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_note_is_said_in_every_language),
        cmocka_unit_test(words_of_ours_are_translated),
        cmocka_unit_test(lists_are_joined),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
