/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every state of a link that cannot be answered: what a look says, a submission says too, and nothing is stored. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "store/study_rows.h"
#include "support/live_stage.h"

#define DAY INT64_C(86400000)

static const struct invitation_request nobody;

/* {"encounter": "…"} and further members. */
static const char *encounter_text(struct live_stage *stage, const struct uuid *encounter, const char *more)
{
    char id[UUID_TEXT_BYTES];
    uuid_format(encounter, id);
    return arena_format(stage->job.ctx.arena, "{\"encounter\": \"%s\"%s}", id, more);
}

/* A look and a submission say the same state, and nothing is stored. */
static void assert_refused(struct live_stage *stage, const char *token, const char *fields, enum ticket_state wanted)
{
    uint64_t before = live_stage_counts(stage).answered[WAVE_EXPECTATION];
    struct ticket ticket = live_stage_ticket(stage, token);
    assert_int_equal(ticket.state, wanted);
    assert_null(ticket.form);
    struct submission_result result = live_stage_answer_token(stage, token, fields);
    assert_int_equal(result.outcome, SUBMISSION_REFUSED);
    assert_int_equal(result.ticket.state, wanted);
    assert_null(result.receipt);
    assert_int_equal(live_stage_counts(stage).answered[WAVE_EXPECTATION], before);
}

/* TICKET_WITHDRAWN: one wave or every; a link that was used stays used. */
static void test_withdrawn(void **state)
{
    (void)state;
    struct live_stage stage;
    live_stage_begin(&stage, "{}");
    struct invitation one = live_stage_invite(&stage, &nobody), all = live_stage_invite(&stage, &nobody),
                      used = live_stage_invite(&stage, &nobody);
    live_stage_do(&stage, "token_withdraw", encounter_text(&stage, &one.encounter, ", \"wave\": \"expectation\""));
    assert_refused(&stage, one.expectation, "expectation.q1=5", TICKET_WITHDRAWN);
    assert_int_equal(live_stage_visit_over(&stage, one.perception).state, TICKET_OPEN);
    live_stage_do(&stage, "token_withdraw", encounter_text(&stage, &all.encounter, ""));
    assert_refused(&stage, all.expectation, "expectation.q1=5", TICKET_WITHDRAWN);
    assert_int_equal(live_stage_ticket(&stage, all.perception).state, TICKET_WITHDRAWN);
    assert_false(live_stage_ticket(&stage, all.perception).customer_may_open);
    assert_int_equal(live_stage_visit_over(&stage, all.perception).state, TICKET_WITHDRAWN);
    assert_int_equal(live_stage_answer_token(&stage, used.expectation, "expectation.q1=5").outcome, SUBMISSION_STORED);
    live_stage_do(&stage, "token_withdraw", encounter_text(&stage, &used.encounter, ""));
    assert_int_equal(live_stage_ticket(&stage, used.expectation).state, TICKET_USED);
    live_stage_end(&stage);
}

/* TICKET_EXPIRED: "how long a link can be answered once it is open"; the perception counts from its opening. */
static void test_expired(void **state)
{
    (void)state;
    struct live_stage stage;
    live_stage_begin(&stage, "{\"invitation_days\": 3}");
    struct invitation made = live_stage_invite(&stage, &nobody);
    live_stage_clock(LIVE_NOON + 3 * DAY - 1);
    assert_int_equal(live_stage_ticket(&stage, made.expectation).state, TICKET_OPEN);
    live_stage_clock(LIVE_NOON + 3 * DAY);
    assert_refused(&stage, made.expectation, "expectation.q1=5", TICKET_EXPIRED);
    assert_int_equal(live_stage_visit_over(&stage, made.perception).state, TICKET_OPEN);
    live_stage_clock(LIVE_NOON + 6 * DAY - 1);
    assert_int_equal(live_stage_ticket(&stage, made.perception).state, TICKET_OPEN);
    live_stage_clock(LIVE_NOON + 6 * DAY);
    assert_int_equal(live_stage_ticket(&stage, made.perception).state, TICKET_EXPIRED);
    live_stage_end(&stage);
}

/* TICKET_CLOSED: "it takes no more answers" by any way, until it is opened again; what was answered keeps its receipt. */
static void test_closed(void **state)
{
    (void)state;
    struct live_stage stage;
    const struct submission_request program = {.way = {.study = span_of("counter"), .wave = WAVE_PERCEPTION, .kind = DOOR_API}};
    live_stage_begin(&stage, "{}");
    struct invitation made = live_stage_invite(&stage, &nobody), used = live_stage_invite(&stage, &nobody);
    struct submission_result before = live_stage_answer_token(&stage, used.expectation, "expectation.q1=5");
    live_stage_do(&stage, "study_close", "{}");
    assert_refused(&stage, made.expectation, "expectation.q1=5", TICKET_CLOSED);
    assert_false(live_stage_ticket(&stage, made.perception).customer_may_open);
    struct submission_result after = live_stage_answer(&stage, &program, "perception.q1=3");
    assert_int_equal(after.outcome, SUBMISSION_REFUSED);
    assert_int_equal(after.ticket.state, TICKET_CLOSED);
    assert_int_equal(live_stage_counts(&stage).answered[WAVE_PERCEPTION], 0);
    struct ticket ticket = live_stage_ticket(&stage, used.expectation);
    assert_int_equal(ticket.state, TICKET_USED);
    assert_string_equal(ticket.receipt, before.receipt);
    live_stage_do(&stage, "study_open", "{}");
    assert_int_equal(live_stage_answer_token(&stage, made.expectation, "expectation.q1=5").outcome, SUBMISSION_STORED);
    live_stage_end(&stage);
}

/* A version that came to the store with the digest of other scales. */
static enum status scales_change(struct ctx *ctx, struct desk *desk, struct store_session *session, void *state)
{
    const struct live_study *study = state;
    struct instrument_version version;
    bool found = false;
    (void)desk;
    enum status status = study_version(ctx, session, &study->id, 1, &version, &found);
    if (status)
        return status;
    version.version = 2;
    version.scales.bytes[0] ^= 1u;
    return study_add_version(ctx, session, &version, study->title, "We keep it.");
}

/* TICKET_DIFFERENT: "the server refuses a perception form whose scale differs". Who began with the version before goes on with it. */
static void test_other_scales(void **state)
{
    (void)state;
    struct live_stage stage;
    const struct submission_request program = {.way = {.study = span_of("counter"), .wave = WAVE_PERCEPTION, .kind = DOOR_API}};
    live_stage_begin(&stage, "{}");
    struct invitation before = live_stage_invite(&stage, &nobody);
    assert_ok(&stage.job, desk_write(&stage.job.ctx, stage.desk, scales_change, &stage.study));
    stage.study.version = 2;
    struct invitation after = live_stage_invite(&stage, &nobody);
    assert_refused(&stage, after.expectation, "expectation.q1=5", TICKET_DIFFERENT);
    assert_int_equal(live_stage_visit_over(&stage, after.perception).state, TICKET_DIFFERENT);
    assert_int_equal(live_stage_answer(&stage, &program, "perception.q1=3").ticket.state, TICKET_DIFFERENT);
    assert_int_equal(live_stage_counts(&stage).answered[WAVE_PERCEPTION], 0);
    assert_int_equal(live_stage_answer_token(&stage, before.expectation, "expectation.q1=5").outcome, SUBMISSION_STORED);
    live_stage_end(&stage);
}

#define TWO_LANGUAGES                                                                                                            \
    "{\"language\": \"en\", \"languages\": [\"de\"], \"translations\": {\"de\": {\"title\": \"Schalter\", "                      \
    "\"item.q1\": \"Wort\", \"item.q2\": \"Tempo\", \"label.scale.1\": \"Nein\", \"label.scale.5\": \"Ja\"}}}"

/* TICKET_DIFFERENT: a program that asked the perception in another language than the expectation. A link keeps its language whatever
 * the reader wishes, so that nobody is turned away. */
static void test_other_language(void **state)
{
    (void)state;
    struct live_stage stage;
    live_stage_begin(&stage, TWO_LANGUAGES);
    struct invitation made = live_stage_invite(&stage, &nobody);
    struct submission_request request = {.way = {.token = span_of(made.expectation)}, .language = "de"};
    assert_int_equal(live_stage_answer(&stage, &request, "expectation.q1=5").outcome, SUBMISSION_STORED);
    struct ticket ticket = live_stage_visit_over(&stage, made.perception);
    assert_int_equal(ticket.state, TICKET_OPEN);
    assert_string_equal(ticket.form->language, "de");
    request = (struct submission_request){
        .way = {.study = span_of("counter"), .encounter = made.encounter, .wave = WAVE_PERCEPTION, .kind = DOOR_API},
        .language = "en"};
    struct submission_result refused = live_stage_answer(&stage, &request, "perception.q1=3");
    assert_int_equal(refused.outcome, SUBMISSION_REFUSED);
    assert_int_equal(refused.ticket.state, TICKET_DIFFERENT);
    assert_int_equal(live_stage_counts(&stage).paired, 0);
    request.language = "de";
    assert_int_equal(live_stage_answer(&stage, &request, "perception.q1=3").outcome, SUBMISSION_STORED);
    assert_int_equal(live_stage_counts(&stage).paired, 1);
    live_stage_end(&stage);
}

/* "mid-experience capture": open from the invitation on, of the items that the study names, once; stored apart from the perception. */
static void test_on_the_way(void **state)
{
    (void)state;
    struct live_stage stage;
    struct submission during, after;
    live_stage_begin(&stage, "{\"during_items\": [\"q2\"]}");
    struct invitation made = live_stage_invite(&stage, &nobody);
    assert_true(secret_well_formed(span_of(made.during)));
    struct ticket ticket = live_stage_ticket(&stage, made.during);
    assert_int_equal(ticket.state, TICKET_OPEN);
    assert_int_equal(ticket.wave, WAVE_DURING);
    assert_int_equal(ticket.form->question_count, 1);
    assert_string_equal(ticket.form->questions[0].field, "perception.q2");
    assert_int_equal(live_stage_answer_token(&stage, made.during, "perception.q1=2").outcome, SUBMISSION_PROBLEMS);
    assert_int_equal(live_stage_answer_token(&stage, made.expectation, "expectation.q2=5").outcome, SUBMISSION_STORED);
    struct submission_result result = live_stage_answer_token(&stage, made.during, "perception.q2=2");
    assert_int_equal(result.outcome, SUBMISSION_STORED);
    assert_int_equal(result.phase, PHASE_DURING);
    assert_true(uuid_equal(&result.encounter, &made.encounter));
    assert_int_equal(live_stage_ticket(&stage, made.during).state, TICKET_USED);
    assert_int_equal(live_stage_answer_token(&stage, made.during, "perception.q2=1").outcome, SUBMISSION_REFUSED);
    /* It neither pairs the expectation nor opens or answers the form for afterwards. */
    assert_int_equal(live_stage_counts(&stage).paired, 0);
    assert_int_equal(live_stage_ticket(&stage, made.perception).state, TICKET_EARLY);
    assert_int_equal(live_stage_visit_over(&stage, made.perception).state, TICKET_OPEN);
    assert_int_equal(live_stage_answer_token(&stage, made.perception, "perception.q1=4&perception.q2=4").outcome,
                     SUBMISSION_STORED);
    struct live_counts counts = live_stage_counts(&stage);
    assert_int_equal(counts.answered[WAVE_DURING], 1);
    assert_int_equal(counts.answered_in[PHASE_DURING], 1);
    assert_int_equal(counts.answered[WAVE_PERCEPTION], 1);
    assert_int_equal(counts.paired, 1);
    assert_true(live_stage_submission(&stage, &made.encounter, WAVE_DURING, &during));
    assert_true(live_stage_submission(&stage, &made.encounter, WAVE_PERCEPTION, &after));
    assert_int_equal(during.phase, PHASE_DURING);
    assert_int_equal(after.phase, PHASE_AFTER);
    assert_string_not_equal(during.receipt, after.receipt);
    live_stage_end(&stage);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_withdrawn),    cmocka_unit_test(test_expired),        cmocka_unit_test(test_closed),
        cmocka_unit_test(test_other_scales), cmocka_unit_test(test_other_language), cmocka_unit_test(test_on_the_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
