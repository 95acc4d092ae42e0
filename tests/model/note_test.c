/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
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
    const struct note_word closed[] = {note_all("rows", texts), {.name = NULL}};
    const struct note_word alone[] = {note_all("rows", &texts[2]), {.name = NULL}};
    assert_int_equal(strncmp(said(&job, "de", "note.gap.constant", closed), "a, b und c: ", strlen("a, b und c: ")), 0);
    assert_int_equal(strncmp(said(&job, "de", "note.gap.constant", alone), "c: ", strlen("c: ")), 0);
    assert_ok(&job, note_make(&job.ctx, "note.gap.constant", some, &note));
    last[0] = 'z';
    texts[0] = "z";
    assert_ok(&job, note_say(&job.ctx, "de", &note, &text));
    assert_non_null(strstr(text, "a, b, c und 4 weitere: "));
    job_end(&job);
}

/* "the key of a text with {item} and {count} that says each"; a count with its noun in the singular when it is 1 */
static void texts_of_a_list_are_said_by_a_key(void **state)
{
    (void)state;
    struct job job;
    static const char *const texts[] = {"sex", "age", NULL};
    const uint64_t counts[] = {3, 1};
    struct note_word segments = note_list("segments", texts, 0);
    job_begin(&job);
    segments.key = "note.weighting.without_segment";
    segments.counts = counts;
    const struct note_word words[] = {segments, {.name = NULL}};
    assert_string_equal(said(&job, "en", "note.weighting.without", words),
                        "Without a value: 3 of \"sex\", 1 of \"age\"; in weighting they keep the share that they have.");
    assert_string_equal(said(&job, "de", "note.weighting.without", words),
                        "Ohne Wert: 3 bei „sex“, 1 bei „age“; bei der Gewichtung behalten sie den Anteil, den sie haben.");
    const struct note_word nouns[] = {note_noun("journeys", "note.noun.journeys", 1),
                                      note_noun("moments", "note.noun.moments", 2),
                                      note_noun("touchpoints", "note.noun.touchpoints", 1),
                                      {.name = NULL}};
    assert_string_equal(said(&job, "en", "note.reading.journeys", nouns), "1 journey with 2 moments at 1 touchpoint.");
    assert_string_equal(said(&job, "de", "note.reading.journeys", nouns), "1 Kundenreise, 2 Momente, 1 Kontaktpunkt.");
    job_end(&job);
}

/* "is there such a key, and a word for each {name} in it?" */
static void words_that_cannot_be_said_are_told(void **state)
{
    (void)state;
    struct job job;
    job_begin(&job);
    static const char *const texts[] = {"a", NULL};
    const struct note_word none[] = {{.name = NULL}};
    struct note_word words[] = {note_count("count", 12), note_text("column", "region"), {.name = NULL}};
    const char *key = "note.design.strata";
    assert_true(note_is_sound(&job.ctx, key, words));
    assert_true(note_is_sound(&job.ctx, "note.design.weighted", NULL));
    assert_false(note_is_sound(&job.ctx, "note.design.no_such_note", words));
    assert_false(note_is_sound(&job.ctx, NULL, words));
    assert_false(note_is_sound(&job.ctx, key, none));
    assert_false(note_is_sound(&job.ctx, key, NULL));
    assert_false(note_is_sound(&job.ctx, key, words + 1));
    const struct note_word bad[] = {
        note_text("count", NULL),
        note_ours("count", NULL, "loyalty"),
        note_ours("count", "outcome", NULL),
        note_number("count", NAN, 2),
        note_number("count", -INFINITY, 2),
        note_number("count", 1e300, 2),
        note_number("count", 1, 400),
        note_phrase("count", "no.such.phrase"),
        note_phrase("count", NULL),
        note_noun("count", "note.overall", 1),
        note_noun("count", NULL, 1),
        note_list("count", NULL, 1),
        {.name = "count", .kind = NOTE_LIST, .texts = texts, .key = "note.design.strata"},
        {.name = "count", .kind = (enum note_word_kind)99},
    };
    const struct note_word good[] = {
        note_text("count", ""),
        note_ours("count", "outcome", "calm"),
        note_number("count", -1.5, 2),
        note_phrase("count", "note.overall"),
        note_noun("count", "note.noun.journeys", 1),
        note_list("count", texts, 4),
        note_all("count", texts),
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        words[0] = bad[i];
        assert_false(note_is_sound(&job.ctx, key, words));
    }
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        words[0] = good[i];
        assert_true(note_is_sound(&job.ctx, key, words));
        assert_non_null(said(&job, "ar", key, words));
    }
    job_end(&job);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_note_is_said_in_every_language),
        cmocka_unit_test(words_of_ours_are_translated),
        cmocka_unit_test(lists_are_joined),
        cmocka_unit_test(texts_of_a_list_are_said_by_a_key),
        cmocka_unit_test(words_that_cannot_be_said_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
