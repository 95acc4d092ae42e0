/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of a store, through its public functions alone: whatever database stands behind, it passes these. */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "store/encounter_rows.h"
#include "store/event_rows.h"
#include "store/key_rows.h"
#include "store/study_rows.h"
#include "store/submission_rows.h"
#include "store/token_rows.h"
#include "support/job_fixture.h"
#include "support/scratch_folder.h"

/* A store with two studies, "ours" and "theirs". */
struct stage {
    struct job job;
    struct scratch scratch;
    struct store *store;
    struct live_study ours, theirs;
};

typedef enum status stage_work(struct ctx *ctx, struct store_session *session, void *state);

static void stage_write(struct stage *stage, stage_work *work)
{
    assert_ok(&stage->job, store_write(&stage->job.ctx, stage->store, work, stage));
}

static struct live_study study_of(const char *name)
{
    struct live_study study = {.name = name, .title = "Hotel", .identity = IDENTITY_NAMED, .version = 1, .created_ms = 1000};
    uuid_ordered(&study.id);
    secret_bytes(study.salt, sizeof study.salt);
    return study;
}

static enum status studies_add(struct ctx *ctx, struct store_session *session, void *state)
{
    struct stage *stage = state;
    struct live_study *const studies[] = {&stage->ours, &stage->theirs};
    enum status status = STATUS_OK;
    for (size_t i = 0; i < 2 && !status; i++) {
        struct instrument_version version = {
            .study = studies[i]->id, .version = 1, .definition = span_of("{}"), .created_ms = 1000};
        digest_of(span_of("We keep your answers."), &version.consent);
        status = study_add(ctx, session, studies[i], &version, "We keep your answers.");
    }
    return status;
}

static void stage_begin(struct stage *stage)
{
    memset(stage, 0, sizeof *stage);
    job_begin(&stage->job);
    scratch_create(&stage->scratch);
    assert_ok(&stage->job, secret_start(&stage->job.ctx));
    const char *path = arena_format(stage->job.ctx.arena, "%s/study.db", stage->scratch.folder);
    stage->ours = study_of("ours");
    stage->theirs = study_of("theirs");
    assert_ok(&stage->job, store_create(&stage->job.ctx, path));
    assert_ok(&stage->job, store_open(&stage->job.ctx, path, STORE_WRITE, "a test", &stage->store));
    stage_write(stage, studies_add);
}

static void stage_end(struct stage *stage)
{
    store_close(stage->store);
    job_end(&stage->job);
    scratch_destroy(&stage->scratch);
}

static void in_stage(void (*run)(struct stage *stage))
{
    struct stage stage;
    stage_begin(&stage);
    run(&stage);
    stage_end(&stage);
}

static enum status names_tried(struct ctx *ctx, struct store_session *session, void *state)
{
    struct stage *stage = state;
    struct live_study study;
    struct instrument_version version = {.study = stage->ours.id, .version = 2, .definition = span_of("{2}"), .created_ms = 2000};
    const char *consent = NULL;
    bool found = false;
    assert_int_equal(study_by_name(ctx, session, span_of("ours"), &study, &found), STATUS_OK);
    assert_true(found && uuid_equal(&study.id, &stage->ours.id));
    assert_memory_equal(study.salt, stage->ours.salt, sizeof study.salt);
    assert_int_equal(study_by_name(ctx, session, span_of("nobody's"), &study, &found), STATUS_OK);
    assert_false(found);
    digest_of(span_of("We keep your answers."), &version.consent);
    assert_int_equal(study_add_version(ctx, session, &version, "Hotel II", "We keep your answers."), STATUS_OK);
    assert_int_equal(study_add_version(ctx, session, &version, "Hotel II", "We keep your answers."), STATUS_INVALID);
    assert_int_equal(study_version(ctx, session, &stage->ours.id, 2, &version, &found), STATUS_OK);
    assert_true(found && span_is(version.definition, "{2}"));
    assert_int_equal(study_version(ctx, session, &stage->theirs.id, 2, &version, &found), STATUS_OK);
    assert_false(found);
    assert_int_equal(study_consent(ctx, session, &stage->ours.id, &version.consent, &consent), STATUS_OK);
    assert_string_equal(consent, "We keep your answers.");
    assert_int_equal(study_set_state(ctx, session, &stage->ours.id, LIVE_CLOSED), STATUS_OK);
    assert_int_equal(study_by_id(ctx, session, &stage->ours.id, &study, &found), STATUS_OK);
    assert_int_equal(study.state, LIVE_CLOSED);
    assert_int_equal(study_by_id(ctx, session, &stage->theirs.id, &study, &found), STATUS_OK);
    assert_int_equal(study.state, LIVE_OPEN);
    return STATUS_OK;
}

static void studies_and_versions(struct stage *stage)
{
    stage_write(stage, names_tried);
    struct store_session *session = NULL;
    struct live_study *studies = NULL;
    size_t count = 0;
    assert_ok(&stage->job, store_read_begin(&stage->job.ctx, stage->store, &session));
    assert_ok(&stage->job, study_list(&stage->job.ctx, session, &studies, &count));
    store_read_end(session);
    assert_int_equal(count, 2);
    assert_string_equal(studies[0].name, "ours");
    assert_int_equal(studies[0].version, 2);
    assert_string_equal(studies[0].title, "Hotel II");
}

static void test_studies(void **state)
{
    (void)state;
    in_stage(studies_and_versions);
}

static struct encounter encounter_of(const struct uuid *study)
{
    struct encounter encounter = {
        .study = *study, .language = "", .attributes = "{\"branch\":\"Oslo\"}", .version = 1, .invited = true};
    uuid_ordered(&encounter.id);
    encounter.seed = UINT64_C(0xfedcba9876543210);
    return encounter;
}

/* "One vote": a token is used once, an encounter answers a wave once, and what another study asks for is never found. */
static enum status vote_tried(struct ctx *ctx, struct store_session *session, void *state)
{
    struct stage *stage = state;
    struct encounter encounter = encounter_of(&stage->ours.id), back;
    struct token token = {.study = stage->ours.id, .encounter = encounter.id, .wave = WAVE_PERCEPTION, .opens_ms = INT64_MAX},
                 read;
    struct submission submission = {.study = stage->ours.id,
                                    .encounter = encounter.id,
                                    .wave = WAVE_PERCEPTION,
                                    .phase = PHASE_AFTER,
                                    .language = "en",
                                    .receipt = "AB12",
                                    .answers = span_of("x\x01y")};
    struct token_choice choice = {.study = stage->theirs.id, .encounter = encounter.id, .wave = WAVE_PERCEPTION};
    struct draft draft = {.study = stage->ours.id, .answers = span_of("half")};
    uint64_t changed = 9;
    bool found = false, first = false;
    digest_of(span_of("secret"), &token.hash);
    draft.token = token.hash;
    uuid_ordered(&submission.id);
    assert_int_equal(encounter_add(ctx, session, &encounter), STATUS_OK);
    assert_int_equal(encounter_get(ctx, session, &stage->theirs.id, &encounter.id, &back, &found), STATUS_OK);
    assert_false(found);
    assert_int_equal(encounter_get(ctx, session, &stage->ours.id, &encounter.id, &back, &found), STATUS_OK);
    assert_true(found && back.seed == encounter.seed && back.invited && uuid_is_none(&back.respondent));
    assert_string_equal(back.attributes, encounter.attributes);
    assert_int_equal(token_add(ctx, session, &token), STATUS_OK);
    assert_int_equal(token_open(ctx, session, &choice, 5, 50, &changed), STATUS_OK);
    assert_int_equal(changed, 0);
    choice.study = stage->ours.id;
    assert_int_equal(token_open(ctx, session, &choice, 5, 50, &changed), STATUS_OK);
    assert_int_equal(changed, 1);
    assert_int_equal(token_get(ctx, session, &token.hash, &read, &found), STATUS_OK);
    assert_true(found && read.opens_ms == 5 && read.expires_ms == 50 && read.wave == WAVE_PERCEPTION);
    assert_int_equal(draft_put(ctx, session, &draft), STATUS_OK);
    assert_int_equal(draft_put(ctx, session, &draft), STATUS_OK);
    assert_int_equal(draft_get(ctx, session, &stage->theirs.id, &token.hash, &draft, &found), STATUS_OK);
    assert_false(found);
    assert_int_equal(token_use(ctx, session, &token, 7, true, &first), STATUS_OK);
    assert_true(first);
    assert_int_equal(token_use(ctx, session, &token, 8, true, &first), STATUS_OK);
    assert_false(first);
    assert_int_equal(token_get(ctx, session, &token.hash, &read, &found), STATUS_OK);
    assert_true(found && read.used_ms == 7 && uuid_is_none(&read.encounter));
    assert_int_equal(draft_get(ctx, session, &stage->ours.id, &token.hash, &draft, &found), STATUS_OK);
    assert_false(found);
    assert_int_equal(submission_add(ctx, session, &submission, &first), STATUS_OK);
    assert_true(first);
    assert_int_equal(submission_add(ctx, session, &submission, &first), STATUS_OK);
    assert_false(first);
    struct submission answered = {.study = stage->ours.id, .encounter = encounter.id, .wave = WAVE_PERCEPTION};
    assert_int_equal(submission_get(ctx, session, &answered, &found), STATUS_OK);
    assert_true(found && span_equal(answered.answers, submission.answers) && answered.phase == PHASE_AFTER);
    answered.study = stage->theirs.id;
    assert_int_equal(submission_get(ctx, session, &answered, &found), STATUS_OK);
    assert_false(found);
    return STATUS_OK;
}

static void votes(struct stage *stage)
{
    stage_write(stage, vote_tried);
}

static void test_one_vote(void **state)
{
    (void)state;
    in_stage(votes);
}

static enum status events_added(struct ctx *ctx, struct store_session *session, void *state)
{
    struct stage *stage = state;
    struct event *events = NULL;
    size_t count = 0;
    int64_t broken = -1;
    for (int64_t i = 0; i < 5; i++) {
        struct event event = {
            .study = i % 2 ? stage->ours.id : stage->theirs.id, .at_ms = i, .kind = "invited", .actor = "operator", .count = i};
        assert_int_equal(event_add(ctx, session, &event), STATUS_OK);
    }
    assert_int_equal(event_verify(ctx, session, &broken), STATUS_OK);
    assert_int_equal(broken, 0);
    assert_int_equal(event_list(ctx, session, &stage->ours.id, &(struct event_range){0, 10}, &events, &count), STATUS_OK);
    assert_int_equal(count, 2);
    assert_int_equal(events[1].count, 3);
    return STATUS_OK;
}

static void event_log(struct stage *stage)
{
    stage_write(stage, events_added);
}

static void test_events(void **state)
{
    (void)state;
    in_stage(event_log);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {cmocka_unit_test(test_studies), cmocka_unit_test(test_one_vote),
                                              cmocka_unit_test(test_events)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
