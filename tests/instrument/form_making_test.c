/* SPDX-License-Identifier: GPL-3.0-or-later */
/* form_make: "The form of a wave, with every question asked, in the language's words"; form_sample; form_scales_digest. */
#include "instrument/form_making.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "instrument/study_file.h"
#include "support/job_fixture.h"
#include "support/scratch_folder.h"

#define ITEMS                                                                                                                    \
    "\"scales\":{\"agree5\":{\"min\":1,\"max\":5,\"labels\":{\"1\":\"Disagree\",\"5\":\"Agree\"}}},"                             \
    "\"dimensions\":[{\"id\":\"people\",\"title\":\"People\"},{\"id\":\"place\"}],"                                              \
    "\"items\":[{\"id\":\"q1\",\"dimension\":\"people\",\"text\":\"The staff listen\"},"                                         \
    "{\"id\":\"q2\",\"dimension\":\"place\",\"text\":\"The wait is long\",\"reverse\":true}]"
#define COLUMNS                                                                                                                  \
    "\"columns\":{\"respondent\":\"id\",\"expectation\":\"h{n}\",\"perception\":\"p{n}\",\"minimum\":{\"q1\":\"m1\"},"           \
    "\"importance\":{\"kind\":\"points\",\"of\":\"dimension\",\"people\":\"w1\",\"place\":\"w2\"},"                              \
    "\"outcomes\":{\"satisfaction\":{\"column\":\"s\",\"min\":1,\"max\":10},\"left\":{\"column\":\"l\",\"min\":0,\"max\":1},"    \
    "\"spend\":{\"column\":\"e\",\"kind\":\"real\",\"decimals\":2}},\"segments\":[\"sex\"],\"comments\":[\"why\"]}"
#define COLLECTION                                                                                                               \
    "\"collection\":{\"languages\":[\"de\",\"ar\",\"fa\"],\"ask_noticed\":true,\"ask_sources\":true,\"during_items\":[\"q2\"],"  \
    "\"translations\":{\"de\":{\"item.q1\":\"Das Personal hört zu\",\"label.agree5.1\":\"Nein\",\"title\":\"Schalter\","        \
    "\"segment.sex.f\":\"Frau\",\"outcome.spend\":\"Wie viel?\",\"dimension.people\":\"Menschen\"}},"                            \
    "\"segments\":{\"sex\":{\"text\":\"Your sex?\",\"options\":{\"f\":\"Female\",\"m\":\"Male\"}}},"                             \
    "\"outcomes\":{\"spend\":\"How much?\"}}"
#define STUDY(asked, collection)                                                                                                 \
    "{\"gapmeter\":1,\"title\":\"Counter\",\"design\":{\"expectation\":\"will\",\"asked\":\"" asked "\"}," ITEMS "," COLUMNS     \
    "," collection "}"

static const struct study *study_of(struct job *job, const char *json)
{
    const struct study *study = NULL;
    assert_ok(job, study_read_text(&job->ctx, span_of(json), "live.json", &study));
    return study;
}

static const struct form *form_of(struct job *job, const struct study *study, enum wave wave, const char *language)
{
    const struct form *form = NULL;
    assert_ok(job, form_make(&job->ctx, study, wave, language, &form));
    return form;
}

static void assert_fields(const struct form *form, const char *expected)
{
    char found[1024] = "";
    size_t length = 0;
    for (uint32_t i = 0; i < form->question_count; i++) {
        assert_true(form->questions[i].asked);
        length += (size_t)snprintf(found + length, sizeof found - length, "%s%s", i == 0 ? "" : " ", form->questions[i].field);
        assert_true(length < sizeof found);
    }
    assert_string_equal(found, expected);
}

static const struct question *question_at(const struct form *form, const char *field)
{
    for (uint32_t i = 0; i < form->question_count; i++)
        if (strcmp(form->questions[i].field, field) == 0)
            return &form->questions[i];
    fail_msg("%s is not asked", field);
    return NULL;
}

/* Which wave asks what, before and with recalled expectations. */
static void each_wave_asks_its_own(void **state)
{
    (void)state;
    struct job job;
    job_begin(&job);
    const struct study *before = study_of(&job, STUDY("before", COLLECTION));
    assert_fields(form_of(&job, before, WAVE_EXPECTATION, "en"), "sources expectation.q1 minimum.q1 expectation.q2");
    assert_fields(form_of(&job, before, WAVE_DURING, "en"), "perception.q2");
    assert_fields(form_of(&job, before, WAVE_PERCEPTION, "en"),
                  "noticed perception.q1 perception.q2 points.people points.place outcome.satisfaction outcome.left "
                  "outcome.spend comment.why segment.sex");
    const struct study *recalled = study_of(&job, STUDY("recalled", COLLECTION));
    assert_int_equal(form_of(&job, recalled, WAVE_EXPECTATION, "en")->question_count, 0);
    assert_fields(form_of(&job, recalled, WAVE_PERCEPTION, "en"),
                  "noticed sources expectation.q1 minimum.q1 expectation.q2 perception.q1 perception.q2 points.people "
                  "points.place outcome.satisfaction outcome.left outcome.spend comment.why segment.sex");
    const struct study *sitting = study_of(&job, STUDY("same sitting", "\"collection\":{\"outcomes\":{\"spend\":null}}"));
    assert_string_equal(question_at(form_of(&job, sitting, WAVE_PERCEPTION, "en"), "comment.why")->text,
                        "Is there anything else you would like to tell us?");
    const struct study *worded =
        study_of(&job, STUDY("before", "\"collection\":{\"outcomes\":{\"spend\":null},\"comments\":{\"why\":\"Why so?\"}}"));
    assert_string_equal(question_at(form_of(&job, worded, WAVE_PERCEPTION, "en"), "comment.why")->text, "Why so?");
    assert_int_equal(form_of(&job, sitting, WAVE_EXPECTATION, "en")->question_count, 0);
    assert_int_equal(form_of(&job, sitting, WAVE_DURING, "en")->question_count, 0);
    assert_fields(form_of(&job, sitting, WAVE_PERCEPTION, "en"),
                  "expectation.q1 minimum.q1 expectation.q2 perception.q1 perception.q2 points.people points.place "
                  "outcome.satisfaction outcome.left comment.why");
    job_end(&job);
}

/* "so that the respondent knows which standard is asked" */
static void each_standard_has_its_stem(void **state)
{
    (void)state;
    struct job job;
    job_begin(&job);
    const struct study *before = study_of(&job, STUDY("before", COLLECTION));
    const struct form *form = form_of(&job, before, WAVE_EXPECTATION, "en");
    assert_string_equal(question_at(form, "expectation.q1")->stem, "At a visit like this, I expect");
    assert_string_equal(question_at(form, "minimum.q1")->stem, "The lowest level I would accept");
    assert_string_equal(question_at(form_of(&job, before, WAVE_PERCEPTION, "de"), "perception.q1")->stem, "So war es");
    assert_string_equal(question_at(form_of(&job, before, WAVE_DURING, "en"), "perception.q2")->stem,
                        "This is how it is right now");
    const struct study *recalled = study_of(&job, STUDY("recalled", COLLECTION ",\"stems\":{\"will\":\"They will\"}"));
    form = form_of(&job, recalled, WAVE_PERCEPTION, "en");
    assert_string_equal(question_at(form, "expectation.q1")->stem, "Think back to the time before your visit. They will");
    assert_string_equal(question_at(form, "minimum.q1")->stem, "The lowest level I would accept");
    static const char *const kinds[] = {"will", "should", "excellent", "desired"};
    const char *stems[4];
    for (unsigned i = 0; i < 4; i++) {
        char json[512];
        (void)snprintf(
            json, sizeof json,
            "{\"gapmeter\":1,\"design\":{\"expectation\":\"%s\",\"asked\":\"before\"},\"scale\":{\"min\":1,\"max\":5},"
            "\"items\":[{\"id\":\"a\",\"text\":\"A\"}],\"columns\":{\"expectation\":\"e{n}\",\"perception\":\"p{n}\"}}",
            kinds[i]);
        stems[i] = question_at(form_of(&job, study_of(&job, json), WAVE_EXPECTATION, "en"), "expectation.a")->stem;
        for (unsigned before_it = 0; before_it < i; before_it++)
            assert_string_not_equal(stems[before_it], stems[i]);
    }
    const struct study *gap =
        study_of(&job, "{\"gapmeter\":1,\"design\":{\"expectation\":\"should\",\"asked\":\"before\"},\"instrument\":\"gap-22\","
                       "\"columns\":{\"expectation\":\"e{n}\",\"perception\":\"p{n}\"}}");
    assert_string_equal(question_at(form_of(&job, gap, WAVE_EXPECTATION, "en"), "expectation.tan1")->stem,
                        "A service like this should …");
    job_end(&job);
}

static void texts_are_in_the_language_of_the_form(void **state)
{
    (void)state;
    struct job job;
    job_begin(&job);
    const struct study *study = study_of(&job, STUDY("before", COLLECTION));
    const struct form *form = form_of(&job, study, WAVE_PERCEPTION, "de");
    assert_string_equal(form->title, "Schalter");
    assert_string_equal(form->language, "de");
    assert_false(form->right_to_left);
    assert_ptr_equal(form->study, study);
    assert_string_equal(question_at(form, "perception.q1")->text, "Das Personal hört zu");
    assert_string_equal(question_at(form, "perception.q2")->text, "The wait is long");
    assert_string_equal(question_at(form, "perception.q1")->scale->labels[0].text, "Nein");
    assert_string_equal(question_at(form, "perception.q1")->scale->labels[1].text, "Agree");
    assert_string_equal(question_at(form, "points.people")->text, "Menschen");
    assert_string_equal(question_at(form, "points.place")->text, "place");
    assert_string_equal(question_at(form, "segment.sex")->option_texts[0], "Frau");
    assert_string_equal(question_at(form, "segment.sex")->option_texts[1], "Male");
    assert_string_equal(question_at(form, "segment.sex")->options[0], "f");
    assert_string_equal(question_at(form, "outcome.spend")->text, "Wie viel?");
    assert_int_equal(question_at(form, "outcome.spend")->kind, QUESTION_NUMBER);
    assert_string_equal(question_at(form, "outcome.satisfaction")->text, "Wie zufrieden sind Sie alles in allem?");
    assert_int_equal(question_at(form, "outcome.satisfaction")->scale->steps, 10);
    assert_string_equal(question_at(form, "outcome.left")->scale->labels[1].text, "Ja");
    assert_non_null(strstr(form->consent, "freiwillig"));
    assert_true(form_of(&job, study, WAVE_PERCEPTION, "ar")->right_to_left);
    assert_true(form_of(&job, study, WAVE_PERCEPTION, "fa")->right_to_left);
    const struct question *sources = question_at(form_of(&job, study, WAVE_EXPECTATION, "de"), "sources");
    assert_int_equal(sources->option_count, SOURCE_COUNT);
    assert_string_equal(sources->options[SOURCE_PRICE], "price");
    assert_string_equal(sources->option_texts[SOURCE_PRICE], "Der Preis");
    job_end(&job);
}

/* Languages of an instrument come with it; what the study says itself goes first, and a stem of its own is not that of others. */
static void instruments_bring_their_languages(void **state)
{
    (void)state;
    struct job job;
    job_begin(&job);
    const struct study *study =
        study_of(&job, "{\"gapmeter\":1,\"instrument\":\"csat\",\"columns\":{\"perception\":\"p{n}\"},\"collection\":{"
                       "\"languages\":[\"de\",\"fr\"],\"translations\":{\"de\":{\"label.satisfied5.3\":\"Mittel\"}}}}");
    const struct question *question = question_at(form_of(&job, study, WAVE_PERCEPTION, "de"), "perception.satisfaction");
    assert_string_equal(question->text, "Wie zufrieden sind Sie insgesamt mit diesem Besuch?");
    assert_string_equal(question->scale->labels[0].text, "Sehr unzufrieden");
    assert_string_equal(question->scale->labels[2].text, "Mittel");
    question = question_at(form_of(&job, study, WAVE_PERCEPTION, "fr"), "perception.satisfaction");
    assert_string_equal(question->text, "Overall, how satisfied are you with this visit?");
    static const char *const stems[] = {"", ",\"stems\":{\"will\":\"We hope\"}"}, *const shown[] = {"Sie werden …", "We hope"};
    struct scratch scratch;
    scratch_create(&scratch);
    for (unsigned i = 0; i < 2; i++) {
        char json[1024];
        const struct study *own = NULL;
        (void)snprintf(json, sizeof json,
                       "{\"gapmeter\":1,\"instrument\":\"" GAPMETER_SOURCE_DIR
                       "/fuzz/corpus/instrument/ok_translated.json\",\"design\":{\"expectation\":\"will\",\"asked\":\"before\"},"
                       "\"columns\":{\"expectation\":\"e{n}\",\"perception\":\"p{n}\"}%s,"
                       "\"collection\":{\"languages\":[\"de\"]}}",
                       stems[i]);
        assert_ok(&job, study_read_file(&job.ctx, scratch_write(&scratch, "study.json", json), &own));
        question = question_at(form_of(&job, own, WAVE_EXPECTATION, "de"), "expectation.q1");
        assert_string_equal(question->text, "kommen");
        assert_string_equal(question->stem, shown[i]);
        assert_string_equal(question->scale->labels[1].text, "Ja");
    }
    scratch_destroy(&scratch);
    job_end(&job);
}

/* The two questions of Kano, importance rated, and the pieces of a code. */
static void other_questions_are_asked(void **state)
{
    (void)state;
    struct job job;
    job_begin(&job);
    const struct study *study = study_of(
        &job,
        "{\"gapmeter\":1,\"scale\":{\"min\":1,\"max\":5},\"items\":[{\"id\":\"a\",\"text\":\"A\"}],\"columns\":{\"perception\":"
        "\"p{n}\",\"functional\":\"f{n}\",\"dysfunctional\":\"d{n}\",\"importance\":{\"kind\":\"rating\",\"of\":\"item\","
        "\"scale\":"
        "{\"min\":1,\"max\":3},\"columns\":\"i{n}\"}},\"collection\":{\"identity\":\"code\",\"consent\":\"Yes?\",\"code\":[{"
        "\"id\":"
        "\"m\",\"text\":\"M\"},{\"id\":\"f\",\"text\":\"F\"},{\"id\":\"s\",\"text\":\"S\"},{\"id\":\"b\",\"text\":\"B\"},{\"id\":"
        "\"e\",\"text\":\"E\"}]}}");
    const struct form *form = form_of(&job, study, WAVE_PERCEPTION, "en");
    assert_fields(form, "code.m code.f code.s code.b code.e importance.a perception.a functional.a dysfunctional.a");
    assert_int_equal(question_at(form, "functional.a")->scale->steps, 5);
    assert_string_equal(question_at(form, "dysfunctional.a")->scale->labels[4].text, "I dislike it that way");
    assert_int_equal(question_at(form, "importance.a")->scale->steps, 3);
    assert_int_equal(question_at(form, "code.e")->of, 4);
    assert_string_equal(form->consent, "Yes?");
    assert_int_equal(form_of(&job, study, WAVE_EXPECTATION, "en")->question_count, 0);
    job_end(&job);
}

static void refuses(const char *json, const char *language, const char *path, const char *fragment)
{
    struct job job;
    const struct form *form = NULL;
    job_begin(&job);
    const struct study *study = study_of(&job, json);
    assert_int_equal(form_make(&job.ctx, study, WAVE_EXPECTATION, language, &form), STATUS_CONFIG);
    assert_string_equal(job.ctx.error.place.path, path);
    if (!strstr(job.ctx.error.sentence, fragment))
        fail_msg("%s", job.ctx.error.sentence);
    job_end(&job);
}

/* "something cannot be asked: … names all of them" */
static void what_cannot_be_asked_is_named(void **state)
{
    (void)state;
    refuses("{\"gapmeter\":1,\"scale\":{\"min\":1,\"max\":5},\"items\":[{\"id\":\"a\"},{\"id\":\"b\",\"text\":\"B\"},{\"id\":"
            "\"c\"},{\"id\":\"How was it?\"}],"
            "\"columns\":{\"perception\":\"p{n}\"}}",
            "en", "$.items", "these have none: a, c.");
    refuses(
        "{\"gapmeter\":1,\"items\":[],\"columns\":{\"outcomes\":{\"spend\":{\"column\":\"e\",\"kind\":\"real\",\"decimals\":0},"
        "\"tip\":{\"column\":\"t\",\"min\":0,\"max\":3},\"loyalty\":{\"column\":\"y\",\"min\":0,\"max\":3}}}}",
        "en", "$.collection.outcomes", "These outcomes have no question: spend, tip.");
    refuses(
        "{\"gapmeter\":1,\"scale\":{\"min\":1,\"max\":5},\"items\":[{\"id\":\"b\",\"text\":\"B\"}],"
        "\"columns\":{\"perception\":\"p{n}\",\"comments\":[\"why\",\"more\"]},\"collection\":{\"comments\":{\"more\":null}}}",
        "en", "$.collection.comments", "no question: why. Give each one, or null");
    refuses("{\"gapmeter\":1,\"columns\":{\"layout\":\"journey\",\"respondent\":\"c\",\"touchpoint\":\"s\",\"time\":\"t\"}}",
            "en", "", "read from logs");
    refuses(STUDY("before", COLLECTION), "fr", "", "not asked in \"fr\"");
}

enum { MANY = 12, PER_DIMENSION = 4 };

static const struct study *study_of_many(struct job *job)
{
    static char json[4096];
    size_t length =
        (size_t)snprintf(json, sizeof json,
                         "{\"gapmeter\":1,\"design\":{\"expectation\":\"will\",\"asked\":\"before\"},\"scale\":"
                         "{\"min\":1,\"max\":5},\"dimensions\":[{\"id\":\"x\"},{\"id\":\"y\"},{\"id\":\"z\"}],\"items\":[");
    for (int i = 0; i < MANY; i++)
        length += (size_t)snprintf(json + length, sizeof json - length, "%s{\"id\":\"i%d\",\"text\":\"T\",\"dimension\":\"%c\"}",
                                   i ? "," : "", i, 'x' + i / PER_DIMENSION);
    (void)snprintf(json + length, sizeof json - length,
                   "],\"columns\":{\"expectation\":\"e{n}\",\"perception\":\"p{n}\"},\"collection\":{\"ask_noticed\":true}}");
    return study_of(job, json);
}

/* "the same items in each wave for one seed", "dimensions share them as evenly as can be" */
static void sampling_is_even_and_the_same_in_both_waves(void **state)
{
    (void)state;
    struct job job;
    unsigned times[MANY] = {0};
    job_begin(&job);
    const struct study *study = study_of_many(&job);
    const struct form *before = form_of(&job, study, WAVE_EXPECTATION, "en");
    const struct form *after = form_of(&job, study, WAVE_PERCEPTION, "en");
    for (uint64_t seed = 1; seed <= 1200; seed++) {
        const struct form *first = NULL, *second = NULL;
        unsigned of_dimension[3] = {0}, asked = 0;
        assert_ok(&job, form_sample(&job.ctx, before, 5, seed, &first));
        assert_ok(&job, form_sample(&job.ctx, after, 5, seed, &second));
        assert_int_equal(second->question_count, MANY + 1);
        assert_true(second->questions[0].asked); /* what was noticed is no item */
        for (unsigned i = 0; i < MANY; i++) {
            assert_int_equal(first->questions[i].asked, second->questions[i + 1].asked);
            asked += first->questions[i].asked;
            times[i] += first->questions[i].asked;
            of_dimension[i / PER_DIMENSION] += first->questions[i].asked;
        }
        assert_int_equal(asked, 5);
        for (unsigned d = 0; d < 3; d++)
            assert_true(of_dimension[d] == 1 || of_dimension[d] == 2);
    }
    /* each item 1200 · 5/12 = 500 times; six standard deviations of 17 */
    for (unsigned i = 0; i < MANY; i++)
        assert_in_range(times[i], 400, 600);
    assert_true(before->questions[0].asked);
    const struct form *all = NULL;
    assert_ok(&job, form_sample(&job.ctx, before, 0, 7, &all));
    assert_ptr_equal(all, before);
    assert_ok(&job, form_sample(&job.ctx, before, MANY, 7, &all));
    assert_ptr_equal(all, before);
    job_end(&job);
}

static struct digest digest_at(struct job *job, const char *json)
{
    struct digest digest;
    assert_ok(job, form_scales_digest(&job->ctx, study_of(job, json), &digest));
    return digest;
}

#define SMALL(max, label, reverse, collection)                                                                                   \
    "{\"gapmeter\":1,\"title\":\"T\",\"design\":{\"expectation\":\"will\",\"asked\":\"before\"},\"scale\":{\"min\":1,"           \
    "\"max\":" max ",\"labels\":{\"1\":\"" label "\"}},\"items\":[{\"id\":\"a\",\"text\":\"A\",\"reverse\":" reverse             \
    "}],\"columns\":{\"expectation\":\"e{n}\",\"perception\":\"p{n}\"}" collection "}"

/* "points, labels, direction of every item in every language" */
static void scales_that_differ_have_other_digests(void **state)
{
    (void)state;
    static const char *const others[] = {
        SMALL("7", "No", "false", ""),
        SMALL("5", "Never", "false", ""),
        SMALL("5", "No", "true", ""),
        SMALL("5", "No", "false", ",\"collection\":{\"languages\":[\"de\"]}"),
        SMALL("5", "No", "false",
              ",\"collection\":{\"languages\":[\"de\"],\"translations\":{\"de\":{\"label.scale.1\":\"Nein\"}}}"),
    };
    struct job job;
    job_begin(&job);
    struct digest digest = digest_at(&job, SMALL("5", "No", "false", "")), found[5];
    struct digest same = digest_at(&job, SMALL("5", "No", "false", ",\"collection\":{\"consent\":\"x\",\"ask_noticed\":true}"));
    assert_true(digest_equal(&digest, &same));
    for (unsigned i = 0; i < 5; i++) {
        found[i] = digest_at(&job, others[i]);
        assert_false(digest_equal(&digest, &found[i]));
        for (unsigned j = 0; j < i; j++)
            assert_false(digest_equal(&found[i], &found[j]));
    }
    job_end(&job);
}

/* Any allocation may fail: then the form is not made, and nothing else happens. */
static void any_allocation_may_fail(void **state)
{
    (void)state;
    static const enum wave waves[] = {WAVE_EXPECTATION, WAVE_PERCEPTION};
    struct job job;
    job_begin(&job);
    const struct study *study = study_of(&job, STUDY("recalled", COLLECTION));
    for (unsigned i = 0; i < 2; i++) {
        enum status status = STATUS_MEMORY;
        uint64_t failing = 0;
        while (status != STATUS_OK) {
            const struct form *form = NULL;
            struct digest digest;
            struct arena *home = job.ctx.arena, *piece = NULL;
            assert_ok(&job, arena_create(home, &piece));
            job.ctx.arena = piece;
            memory_fail_at(++failing, false);
            status = form_make(&job.ctx, study, waves[i], "de", &form);
            if (status == STATUS_OK)
                status = form_sample(&job.ctx, form, 1, 3, &form);
            if (status == STATUS_OK)
                status = form_scales_digest(&job.ctx, study, &digest);
            memory_fail_at(0, false);
            if (status != STATUS_OK)
                assert_int_equal(status, STATUS_MEMORY);
            arena_destroy(piece);
            job.ctx.arena = home;
        }
        assert_true(failing > 1);
    }
    job_end(&job);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_wave_asks_its_own),
        cmocka_unit_test(each_standard_has_its_stem),
        cmocka_unit_test(texts_are_in_the_language_of_the_form),
        cmocka_unit_test(instruments_bring_their_languages),
        cmocka_unit_test(other_questions_are_asked),
        cmocka_unit_test(what_cannot_be_asked_is_named),
        cmocka_unit_test(sampling_is_even_and_the_same_in_both_waves),
        cmocka_unit_test(scales_that_differ_have_other_digests),
        cmocka_unit_test(any_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
