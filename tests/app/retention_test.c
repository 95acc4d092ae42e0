/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "retention with dry run": what a study keeps no longer goes, and nothing else. */
#include "app/retention.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/limits.h"
#include "store/encounter_rows.h"
#include "store/study_rows.h"
#include "support/live_stage.h"

#define DAY INT64_C(86400000)

struct keeping {
    const struct live_study *study;
    bool dry;
    struct retention_result result;
    struct live_counts counts;
    size_t respondents;
};

static enum status keep(struct ctx *ctx, struct desk *desk, struct store_session *session, void *state)
{
    struct keeping *keeping = state;
    struct uuid *respondents = NULL;
    enum status status = retention_apply(ctx, desk, session, keeping->study, keeping->dry, &keeping->result);
    if (!status)
        status = study_counts(ctx, session, &keeping->study->id, &keeping->counts);
    if (!status)
        status = respondent_list(ctx, session, &keeping->study->id, &(struct respondent_page){.most = 100}, &respondents,
                                 &keeping->respondents);
    return status;
}

static struct keeping kept(struct live_stage *stage, bool dry)
{
    struct keeping keeping = {.study = &stage->study, .dry = dry};
    assert_ok(&stage->job, desk_write(&stage->job.ctx, stage->desk, keep, &keeping));
    return keeping;
}

static void test_what_is_too_old_goes(void **state)
{
    (void)state;
    struct live_stage stage;
    const struct invitation_request somebody = {.contact = {.name = "Ada"}};
    live_stage_begin(&stage, "{\"retention_days\": 10}");
    struct invitation old = live_stage_invite(&stage, &somebody), revived = live_stage_invite(&stage, &somebody);
    live_stage_answer_token(&stage, old.expectation, "expectation.q1=5");
    live_stage_clock(LIVE_NOON + 5 * DAY);
    live_stage_answer_token(&stage, revived.expectation, "expectation.q1=5");
    live_stage_clock(LIVE_NOON + 10 * DAY);
    assert_int_equal(kept(&stage, false).result.encounters, 0);
    live_stage_clock(LIVE_NOON + 10 * DAY + 1);
    struct keeping dry = kept(&stage, true);
    assert_int_equal(dry.result.days, 10);
    assert_int_equal(dry.result.encounters, 1);
    assert_int_equal(dry.counts.answered[WAVE_EXPECTATION], 2);
    assert_int_equal(dry.respondents, 2);
    struct keeping done = kept(&stage, false);
    assert_int_equal(done.result.encounters, 1);
    assert_int_equal(done.counts.answered[WAVE_EXPECTATION], 1);
    assert_int_equal(done.respondents, 1);
    assert_int_equal(live_stage_ticket(&stage, old.expectation).state, TICKET_UNKNOWN);
    assert_int_equal(live_stage_ticket(&stage, revived.expectation).state, TICKET_USED);
    assert_int_equal(kept(&stage, false).result.encounters, 0);
    live_stage_end(&stage);
}

/* "retention_days 0: answers are kept" */
static void test_without_retention_all_stays(void **state)
{
    (void)state;
    struct live_stage stage;
    live_stage_begin(&stage, "{}");
    struct invitation made = live_stage_invite(&stage, &(struct invitation_request){.planned_ms = 0});
    live_stage_answer_token(&stage, made.expectation, "expectation.q1=5");
    live_stage_clock(LIVE_NOON + 4000 * DAY);
    struct keeping done = kept(&stage, false);
    assert_int_equal(done.result.days, 0);
    assert_int_equal(done.counts.answered[WAVE_EXPECTATION], 1);
    live_stage_end(&stage);
}

static enum status keep_house(struct ctx *ctx, struct desk *desk, struct store_session *session, void *state)
{
    return desk_housekeeping(ctx, desk, session, state);
}

static uint64_t house_kept(struct live_stage *stage)
{
    uint64_t erased = 99;
    assert_ok(&stage->job, desk_write(&stage->job.ctx, stage->desk, keep_house, &erased));
    return erased;
}

/* "drafts and replies that are older than LEAVINGS_DAYS are dropped", of each study, whether its answers are kept or not; the link that
 * was left half-way is still good, and the answer whose reply is forgotten stays. */
static void test_old_drafts_and_replies_go(void **state)
{
    (void)state;
    struct live_stage stage;
    live_stage_begin(&stage, "{\"invitation_days\": 200}");
    struct invitation left = live_stage_invite(&stage, &(struct invitation_request){.planned_ms = 0});
    const struct submission_request half = {.way = {.token = span_of(left.expectation)}, .draft = true};
    const struct submission_request once = {.way = {.study = span_of("counter"), .wave = WAVE_PERCEPTION, .kind = DOOR_API},
                                            .once = span_of("key 1")};
    assert_int_equal(live_stage_answer(&stage, &half, "expectation.q1=2").outcome, SUBMISSION_DRAFTED);
    struct submission_result first = live_stage_answer(&stage, &once, "perception.q1=4");
    assert_int_equal(first.outcome, SUBMISSION_STORED);
    live_stage_clock(LIVE_NOON + LEAVINGS_DAYS * DAY);
    assert_int_equal(house_kept(&stage), 0);
    assert_int_equal(live_stage_ticket(&stage, left.expectation).draft.count, 2);
    struct submission_result again = live_stage_answer(&stage, &once, "perception.q1=4");
    assert_int_equal(again.outcome, SUBMISSION_REPEATED);
    assert_string_equal(again.receipt, first.receipt);
    live_stage_clock(LIVE_NOON + LEAVINGS_DAYS * DAY + 1);
    assert_int_equal(house_kept(&stage), 0);
    struct ticket ticket = live_stage_ticket(&stage, left.expectation);
    assert_int_equal(ticket.state, TICKET_OPEN);
    assert_int_equal(ticket.draft.count, 0);
    assert_int_equal(live_stage_counts(&stage).answered[WAVE_PERCEPTION], 1);
    assert_int_equal(live_stage_answer(&stage, &once, "perception.q1=4").outcome, SUBMISSION_STORED);
    /* A draft counts from its last change. */
    assert_int_equal(live_stage_answer(&stage, &half, "expectation.q1=2").outcome, SUBMISSION_DRAFTED);
    live_stage_clock(LIVE_NOON + (LEAVINGS_DAYS + 1) * DAY);
    assert_int_equal(house_kept(&stage), 0);
    assert_int_equal(live_stage_ticket(&stage, left.expectation).draft.count, 2);
    live_stage_end(&stage);
}

/* Each study keeps what it says itself, and its log tells what went. */
static void test_other_studies_keep_theirs(void **state)
{
    static const char *const said[] = {"{\"retention_days\": 10}", "{}", "{\"retention_days\": 20}"};
    enum { STUDIES = sizeof said / sizeof *said };
    struct live_study studies[STUDIES];
    struct invitation made[STUDIES];
    struct live_stage stage;
    struct event event;
    (void)state;
    live_stage_begin(&stage, said[0]);
    studies[0] = stage.study;
    studies[1] = live_stage_add(&stage, "keeps", live_stage_file(&stage, said[1]));
    studies[2] = live_stage_add(&stage, "longer", live_stage_file(&stage, said[2]));
    for (unsigned i = 0; i < STUDIES; i++) {
        stage.study = studies[i];
        made[i] = live_stage_invite(&stage, &(struct invitation_request){.contact = {.name = "Ada"}});
        live_stage_answer_token(&stage, made[i].expectation, "expectation.q1=5");
    }
    live_stage_clock(LIVE_NOON + 15 * DAY);
    stage.study = studies[0];
    assert_int_equal(kept(&stage, false).result.encounters, 1);
    assert_int_equal(live_stage_events(&stage, "retention_erased", &event), 1);
    assert_int_equal(event.count, 1);
    assert_string_equal(event.actor, "retention");
    assert_true(uuid_is_none(&event.encounter));
    assert_int_equal(house_kept(&stage), 0);
    for (unsigned i = 0; i < STUDIES; i++) {
        stage.study = studies[i];
        assert_int_equal(kept(&stage, true).respondents, i > 0);
        assert_int_equal(live_stage_counts(&stage).answered[WAVE_EXPECTATION], i > 0);
        assert_int_equal(live_stage_ticket(&stage, made[i].expectation).state, i > 0 ? TICKET_USED : TICKET_UNKNOWN);
        assert_int_equal(live_stage_events(&stage, "retention_erased", NULL), i == 0);
    }
    live_stage_clock(LIVE_NOON + 4000 * DAY);
    assert_int_equal(house_kept(&stage), 1);
    for (unsigned i = 0; i < STUDIES; i++) {
        stage.study = studies[i];
        assert_int_equal(live_stage_counts(&stage).answered[WAVE_EXPECTATION], i == 1);
    }
    live_stage_end(&stage);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_too_old_goes), cmocka_unit_test(test_without_retention_all_stays),
        cmocka_unit_test(test_old_drafts_and_replies_go), cmocka_unit_test(test_other_studies_keep_theirs)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
