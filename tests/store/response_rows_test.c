/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "See response rates" (issue 4, 7): "of those who were invited to one form, in one arm: one person and encounter counts once,
 * however many links were made." (response_rows.h) */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "store/encounter_rows.h"
#include "store/response_rows.h"
#include "store/study_rows.h"
#include "store/submission_rows.h"
#include "store/token_rows.h"
#include "support/job_fixture.h"
#include "support/scratch_folder.h"

#define NOW 1000

struct stage {
    struct job job;
    struct scratch scratch;
    struct store *store;
    struct live_study ours, theirs;
    struct response_counts counts;
    struct store_session *session;
    struct digest latest; /* of the token made last */
};

static enum status study_make(struct ctx *ctx, struct stage *stage, struct live_study *study, const char *name)
{
    *study = (struct live_study){.name = name, .title = "Hotel", .identity = IDENTITY_NAMED, .version = 1, .created_ms = 1};
    uuid_ordered(&study->id);
    struct instrument_version version = {.study = study->id, .version = 1, .definition = span_of("{}"), .created_ms = 1};
    digest_of(span_of("consent"), &version.consent);
    return study_add(ctx, stage->session, study, &version, "consent");
}

static struct uuid encounter_make(struct stage *stage, const struct live_study *study, enum arm arm)
{
    struct encounter encounter = {.study = study->id, .arm = arm, .version = 1, .language = "", .attributes = "{}"};
    encounter.invited = true;
    encounter.created_ms = 1;
    uuid_ordered(&encounter.id);
    assert_ok(&stage->job, encounter_add(&stage->job.ctx, stage->session, &encounter));
    return encounter.id;
}

static void link_make(struct stage *stage, const struct live_study *study, const struct uuid *encounter, enum wave wave,
                      int64_t opens_ms)
{
    struct token token = {.study = study->id, .encounter = *encounter, .wave = wave, .created_ms = 1, .opens_ms = opens_ms};
    token.expires_ms = INT64_MAX;
    secret_bytes(token.hash.bytes, sizeof token.hash.bytes);
    stage->latest = token.hash;
    assert_ok(&stage->job, token_add(&stage->job.ctx, stage->session, &token));
}

static void withdraw(struct stage *stage, const struct uuid *encounter, enum wave wave)
{
    const struct token_choice choice = {stage->ours.id, *encounter, wave};
    uint64_t changed = 0;
    assert_ok(&stage->job, token_withdraw(&stage->job.ctx, stage->session, &choice, 500, &changed));
    assert_int_equal(changed, 1);
}

static void answer(struct stage *stage, const struct live_study *study, const struct uuid *encounter, enum wave wave, bool forget)
{
    struct ctx *ctx = &stage->job.ctx;
    bool first = false;
    struct submission submission = {.study = study->id, .encounter = *encounter, .wave = wave, .version = 1, .door = DOOR_LINK};
    submission.phase = wave == WAVE_EXPECTATION ? PHASE_BEFORE : PHASE_AFTER;
    submission.language = "en";
    submission.receipt = "K7Q2-M9XA";
    submission.answers = span_of("\1");
    submission.received_ms = 600;
    uuid_ordered(&submission.id);
    assert_ok(&stage->job, submission_add(ctx, stage->session, &submission, &first));
    struct token token = {.study = study->id, .hash = stage->latest};
    assert_ok(&stage->job, token_use(ctx, stage->session, &token, 600, forget, &first));
}

/* Six invited: two answered the expectation (one of them forgotten by its token, as where nobody is known), one of them the
 * perception too; one left half-way; one was given a second link; one withdrew; one is perception-only. */
static enum status people_come(struct ctx *ctx, struct store_session *session, void *state)
{
    struct stage *stage = state;
    stage->session = session;
    assert_ok(&stage->job, study_make(ctx, stage, &stage->ours, "ours"));
    assert_ok(&stage->job, study_make(ctx, stage, &stage->theirs, "theirs"));
    const struct live_study *ours = &stage->ours;
    struct uuid both = encounter_make(stage, ours, ARM_BOTH);
    link_make(stage, ours, &both, WAVE_EXPECTATION, 1);
    answer(stage, ours, &both, WAVE_EXPECTATION, false);
    link_make(stage, ours, &both, WAVE_PERCEPTION, 1);
    answer(stage, ours, &both, WAVE_PERCEPTION, false);
    struct uuid forgotten = encounter_make(stage, ours, ARM_BOTH);
    link_make(stage, ours, &forgotten, WAVE_EXPECTATION, 1);
    answer(stage, ours, &forgotten, WAVE_EXPECTATION, true);
    link_make(stage, ours, &forgotten, WAVE_PERCEPTION, NOW + 1);
    struct uuid halfway = encounter_make(stage, ours, ARM_BOTH);
    link_make(stage, ours, &halfway, WAVE_EXPECTATION, NOW);
    const struct draft draft = {.study = ours->id, .token = stage->latest, .updated_ms = 9, .answers = span_of("\1")};
    assert_ok(&stage->job, draft_put(ctx, session, &draft));
    struct uuid second = encounter_make(stage, ours, ARM_BOTH);
    link_make(stage, ours, &second, WAVE_EXPECTATION, 1);
    withdraw(stage, &second, WAVE_EXPECTATION);
    link_make(stage, ours, &second, WAVE_EXPECTATION, 1);
    struct uuid gone = encounter_make(stage, ours, ARM_BOTH);
    link_make(stage, ours, &gone, WAVE_EXPECTATION, 1);
    withdraw(stage, &gone, WAVE_EXPECTATION);
    struct uuid after = encounter_make(stage, ours, ARM_PERCEPTION_ONLY);
    link_make(stage, ours, &after, WAVE_PERCEPTION, 1);
    answer(stage, ours, &after, WAVE_PERCEPTION, false);
    struct uuid other = encounter_make(stage, &stage->theirs, ARM_BOTH);
    link_make(stage, &stage->theirs, &other, WAVE_EXPECTATION, 1);
    return STATUS_OK;
}

static enum status people_counted(struct ctx *ctx, struct store_session *session, void *state)
{
    struct stage *stage = state;
    return response_counts(ctx, session, &stage->ours.id, NOW, &stage->counts);
}

static void assert_count(const struct response_count *count, struct response_count wanted)
{
    assert_int_equal(count->invited, wanted.invited);
    assert_int_equal(count->asked, wanted.asked);
    assert_int_equal(count->answered, wanted.answered);
    assert_int_equal(count->partial, wanted.partial);
    assert_int_equal(count->withdrawn, wanted.withdrawn);
}

static void counts_each_person_once(void **state)
{
    struct stage stage;
    (void)state;
    memset(&stage, 0, sizeof stage);
    job_begin(&stage.job);
    scratch_create(&stage.scratch);
    assert_ok(&stage.job, secret_start(&stage.job.ctx));
    const char *path = arena_format(stage.job.ctx.arena, "%s/study.db", stage.scratch.folder);
    assert_ok(&stage.job, store_create(&stage.job.ctx, path));
    assert_ok(&stage.job, store_open(&stage.job.ctx, path, STORE_WRITE, "a test", &stage.store));
    assert_ok(&stage.job, store_write(&stage.job.ctx, stage.store, people_come, &stage));
    assert_ok(&stage.job, store_write(&stage.job.ctx, stage.store, people_counted, &stage));
    assert_count(&stage.counts.of[WAVE_EXPECTATION][ARM_BOTH], (struct response_count){5, 5, 2, 1, 1});
    assert_count(&stage.counts.of[WAVE_PERCEPTION][ARM_BOTH], (struct response_count){2, 1, 1, 0, 0});
    assert_count(&stage.counts.of[WAVE_PERCEPTION][ARM_PERCEPTION_ONLY], (struct response_count){1, 1, 1, 0, 0});
    assert_count(&stage.counts.of[WAVE_EXPECTATION][ARM_PERCEPTION_ONLY], (struct response_count){0, 0, 0, 0, 0});
    assert_int_equal(stage.counts.unpaired[WAVE_EXPECTATION], 1);
    assert_int_equal(stage.counts.unpaired[WAVE_PERCEPTION], 1);
    store_close(stage.store);
    job_end(&stage.job);
    scratch_destroy(&stage.scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(counts_each_person_once)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
