/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "retention with dry run": what a study keeps no longer goes, and nothing else. */
#include "app/retention.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

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

int main(void)
{
    static const struct CMUnitTest tests[] = {cmocka_unit_test(test_what_is_too_old_goes),
                                              cmocka_unit_test(test_without_retention_all_stays)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
