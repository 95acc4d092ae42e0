/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A live study is made of a study file, and gets further versions: what is kept, and what is refused. */
#include "app/study_creation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "instrument/study_file.h"
#include "store/study_rows.h"
#include "support/live_stage.h"

static const struct invitation_request nobody;

/* What is to be made, or to be revised. */
struct creating {
    const char *file, *name;
    struct live_study study;
};

static enum status create(struct ctx *ctx, struct desk *desk, struct store_session *session, void *state)
{
    struct creating *creating = state;
    (void)desk;
    return study_create(ctx, session, span_of(creating->file), creating->name, &creating->study);
}

static enum status revise(struct ctx *ctx, struct desk *desk, struct store_session *session, void *state)
{
    struct creating *creating = state;
    (void)desk;
    return study_revise(ctx, session, &creating->study, span_of(creating->file));
}

/* The file of a study with a title; its two items with texts, on a scale up to `most`. */
static const char *file_of(struct live_stage *stage, const char *title, const char *text, unsigned most, const char *collection)
{
    return arena_format(
        stage->job.ctx.arena,
        "{\"gapmeter\": 1, \"title\": \"%s\", \"design\": {\"expectation\": \"will\", \"asked\": \"before\"}, \"scale\": "
        "{\"min\": "
        "1, \"max\": %u}, \"items\": [{\"id\": \"q1\", \"text\": \"%s\"}, {\"id\": \"q2\", \"text\": \"Is kind\"}], \"columns\": "
        "{\"respondent\": \"id\", \"expectation\": \"e{n}\", \"perception\": \"p{n}\"}, \"collection\": %s}",
        title, most, text, collection);
}

static enum status created(struct live_stage *stage, const char *file, const char *name, struct live_study *out)
{
    struct creating creating = {.file = file, .name = name};
    enum status status = desk_write(&stage->job.ctx, stage->desk, create, &creating);
    *out = creating.study;
    return status;
}

/* "\"\" = made of the title" */
static void test_names_of_titles(void **state)
{
    static const char *const titles[][2] = {
        {"Harbour Hotels, spring 2026", "harbour-hotels-spring-2026"},
        {"Caf\u00e9  --  Zo\u00eb!", "caf-zo"},
        {"\u5496\u5561", "study"},
        {"Sixty bytes are the most that a name of a study may have and no more",
         "sixty-bytes-are-the-most-that-a-name-of-a-study-may-have-and"},
    };
    (void)state;
    struct live_stage stage;
    struct live_study study;
    live_stage_begin(&stage, "{}");
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        assert_ok(&stage.job, created(&stage, file_of(&stage, titles[i][0], "Is quick", 5, "{}"), "", &study));
        assert_string_equal(study.name, titles[i][1]);
        assert_string_equal(study.title, titles[i][0]);
    }
    live_stage_end(&stage);
}

/* "the name is no name, or taken" */
static void test_names_that_are_refused(void **state)
{
    static const char *const names[] = {
        "Hotel", "-a",         "a-",   "a_b",
        "a b",   "h\u00f4tel", "../x", "a-name-of-sixty-one-bytes-is-one-byte-more-than-is-accepted-he"};
    (void)state;
    struct live_stage stage;
    struct live_study study;
    live_stage_begin(&stage, "{}");
    const char *file = file_of(&stage, "Hotel", "Is quick", 5, "{}");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert_int_equal(created(&stage, file, names[i], &study), STATUS_INVALID);
        assert_non_null(strstr(stage.job.ctx.error.sentence, "cannot be the name of a study: use 1 to 60 of a–z, 0–9 and -"));
    }
    assert_int_equal(created(&stage, file, "counter", &study), STATUS_INVALID);
    assert_non_null(strstr(stage.job.ctx.error.sentence, "There is a study named counter already"));
    assert_ok(&stage.job, created(&stage, file, "a", &study));
    live_stage_end(&stage);
}

/* "the file, or what cannot be asked": nothing is stored then. */
static void test_files_that_are_refused(void **state)
{
    static const struct {
        const char *file, *says;
    } files[] = {
        {"{\"gapmeter\": 1,", "well-formed JSON"},
        {"{\"gapmeter\": 1, \"columns\": {\"layout\": \"journey\", \"respondent\": \"case\", \"touchpoint\": \"step\", \"time\": "
         "\"when\"}}",
         "a live study asks items of people"},
        {"{\"gapmeter\": 1, \"scale\": {\"min\": 1, \"max\": 5}, \"items\": [{\"id\": \"q1\"}], \"columns\": {\"perception\": "
         "\"p{n}\"}}",
         "q1"},
        {"{\"gapmeter\": 1, \"columns\": {\"respondent\": \"id\", \"outcomes\": {\"spend\": {\"column\": \"eur\", \"kind\": "
         "\"real\", \"decimals\": 2}}}, \"collection\": {\"outcomes\": {\"spend\": null}}}",
         "The study asks nothing"},
    };
    (void)state;
    struct live_stage stage;
    struct live_study study;
    live_stage_begin(&stage, "{}");
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        assert_int_equal(created(&stage, files[i].file, "x", &study), STATUS_CONFIG);
        if (!strstr(stage.job.ctx.error.sentence, files[i].says))
            print_error("%s\n", stage.job.ctx.error.sentence);
        assert_non_null(strstr(stage.job.ctx.error.sentence, files[i].says));
    }
    assert_ok(&stage.job, created(&stage, file_of(&stage, "Hotel", "Is quick", 5, "{}"), "x", &study));
    live_stage_end(&stage);
}

struct keeping {
    struct uuid study;
    uint32_t version;
    struct instrument_version row;
    const struct study *read;
    const char *consent;
    bool found;
};

static enum status version_look(struct ctx *ctx, struct desk *desk, struct store_session *session, void *state)
{
    struct keeping *keeping = state;
    (void)desk;
    enum status status = study_version(ctx, session, &keeping->study, keeping->version, &keeping->row, &keeping->found);
    if (status || !keeping->found)
        return status;
    status = study_consent(ctx, session, &keeping->study, &keeping->row.consent, &keeping->consent);
    return status ? status : study_read_text(ctx, keeping->row.definition, "the stored study", &keeping->read);
}

static struct keeping kept(struct live_stage *stage, const struct live_study *study, uint32_t version)
{
    struct keeping keeping = {.study = study->id, .version = version};
    assert_ok(&stage->job, desk_read(&stage->job.ctx, stage->desk, version_look, &keeping));
    return keeping;
}

/* "The instrument is written out into the definition that is stored": its items stand there, and the name of it no more; "consent
 * text versioned and stored by hash". */
static void test_what_is_kept(void **state)
{
    (void)state;
    struct live_stage stage;
    struct event event;
    struct digest consent;
    live_stage_begin(&stage, "{}");
    assert_ok(&stage.job, created(&stage,
                                  "{\"gapmeter\": 1, \"instrument\": \"five-needs\", \"design\": {\"expectation\": \"will\", "
                                  "\"asked\": \"before\"}, \"columns\": {\"respondent\": \"id\", \"expectation\": \"e{n}\", "
                                  "\"perception\": \"p{n}\"}, \"collection\": {\"consent\": \"We keep it a year.\"}}",
                                  "needs", &stage.study));
    struct keeping keeping = kept(&stage, &stage.study, 1);
    assert_true(keeping.found);
    assert_true(keeping.read->item_count >= 5);
    for (uint32_t i = 0; i < keeping.read->item_count; i++) {
        const char *text = keeping.read->items[i].text;
        assert_true(strlen(text) > 0);
        assert_non_null(memmem(keeping.row.definition.at, keeping.row.definition.length, text, strlen(text)));
    }
    digest_of(span_of("We keep it a year."), &consent);
    assert_true(digest_equal(&keeping.row.consent, &consent));
    assert_string_equal(keeping.consent, "We keep it a year.");
    assert_int_equal(stage.study.state, LIVE_OPEN);
    assert_int_equal(live_stage_events(&stage, "study_created", &event), 1);
    assert_int_equal(event.count, 1);
    assert_false(kept(&stage, &stage.study, 2).found);
    live_stage_end(&stage);
}

static enum status revised(struct live_stage *stage, const char *file)
{
    struct creating creating = {.file = file, .study = stage->study};
    enum status status = desk_write(&stage->job.ctx, stage->desk, revise, &creating);
    if (status == STATUS_OK)
        stage->study = creating.study;
    return status;
}

/* "Wording may change at any time; scales, items and directions only while nobody has answered; who is known never." */
static void test_revisions(void **state)
{
    (void)state;
    struct live_stage stage;
    struct event event;
    live_stage_begin(&stage, "{}");
    assert_ok(&stage.job, created(&stage, file_of(&stage, "Hotel", "Is quick", 5, "{}"), "hotel", &stage.study));
    struct invitation before = live_stage_invite(&stage, &nobody);
    assert_ok(&stage.job, revised(&stage, file_of(&stage, "Hotel", "Is quick", 7, "{}")));
    assert_int_equal(stage.study.version, 2);
    assert_int_equal(revised(&stage, file_of(&stage, "Hotel", "Is quick", 7, "{\"identity\": \"anonymous\"}")), STATUS_INVALID);
    assert_string_equal(stage.job.ctx.error.sentence,
                        "The study is named, and stays so for ever; make a new study that is anonymous.");
    /* An encounter is asked with the version it began with. */
    assert_int_equal(live_stage_answer_token(&stage, before.expectation, "expectation.q1=7").outcome, SUBMISSION_PROBLEMS);
    assert_int_equal(live_stage_answer_token(&stage, before.expectation, "expectation.q1=5").outcome, SUBMISSION_STORED);
    assert_int_equal(revised(&stage, file_of(&stage, "Hotel", "Is quick", 5, "{}")), STATUS_INVALID);
    assert_non_null(strstr(stage.job.ctx.error.sentence, "would change after the first answer"));
    assert_int_equal(stage.study.version, 2);
    assert_ok(&stage.job, revised(&stage, file_of(&stage, "Inn", "Is quick indeed", 7, "{}")));
    assert_int_equal(stage.study.version, 3);
    assert_string_equal(stage.study.title, "Inn");
    assert_string_equal(kept(&stage, &stage.study, 2).read->items[0].text, "Is quick");
    assert_string_equal(kept(&stage, &stage.study, 3).read->items[0].text, "Is quick indeed");
    assert_int_equal(live_stage_events(&stage, "study_revised", &event), 2);
    assert_int_equal(event.count, 3);
    struct invitation after = live_stage_invite(&stage, &nobody);
    assert_string_equal(live_stage_ticket(&stage, after.expectation).form->questions[0].text, "Is quick indeed");
    live_stage_end(&stage);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_of_titles), cmocka_unit_test(test_names_that_are_refused),
        cmocka_unit_test(test_files_that_are_refused), cmocka_unit_test(test_what_is_kept), cmocka_unit_test(test_revisions)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
