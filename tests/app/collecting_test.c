/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asking and answering: every rule of app/collecting.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "store/answers_gathering.h"
#include "store/event_rows.h"
#include "store/study_rows.h"
#include "support/live_stage.h"

#define HOUR INT64_C(3600000)

static const struct invitation_request nobody;

/* "an invitation makes two single-use tokens, expectation now and perception after the encounter" */
static void test_two_waves(void **state)
{
    (void)state;
    struct live_stage stage;
    live_stage_begin(&stage, "{\"identity\": \"named\", \"opens\": [\"customer\", \"program\"]}");
    struct invitation made = live_stage_invite(&stage, &nobody);
    struct ticket ticket = live_stage_ticket(&stage, made.expectation);
    assert_int_equal(ticket.state, TICKET_OPEN);
    assert_int_equal(ticket.form->question_count, 2);
    assert_int_equal(live_stage_ticket(&stage, made.perception).state, TICKET_EARLY);
    struct submission_result result = live_stage_answer_token(&stage, made.expectation, "expectation.q1=5&expectation.q2=4");
    assert_int_equal(result.outcome, SUBMISSION_STORED);
    assert_int_equal(result.phase, PHASE_BEFORE);
    assert_int_equal(strlen(result.receipt), 14);
    ticket = live_stage_ticket(&stage, made.expectation);
    assert_int_equal(ticket.state, TICKET_USED);
    assert_string_equal(ticket.receipt, result.receipt);
    result = live_stage_answer_token(&stage, made.perception, "perception.q1=3");
    assert_int_equal(result.outcome, SUBMISSION_REFUSED);
    assert_int_equal(result.ticket.state, TICKET_EARLY);
    live_stage_end(&stage);
}

/* "expectations answered after the encounter began are stored as late, recalled ones as recalled, never mixed" */
static void test_phases(void **state)
{
    (void)state;
    struct live_stage stage;
    live_stage_begin(&stage, "{\"opens\": [\"customer\", \"time\"], \"perception_after_minutes\": 60}");
    struct invitation early = live_stage_invite(&stage, &nobody), late = live_stage_invite(&stage, &nobody);
    struct invitation planned = live_stage_invite(&stage, &(struct invitation_request){.planned_ms = LIVE_NOON + HOUR});
    assert_int_equal(live_stage_answer_token(&stage, early.expectation, "expectation.q1=5").phase, PHASE_BEFORE);
    assert_true(live_stage_ticket(&stage, late.perception).customer_may_open);
    assert_int_equal(live_stage_visit_over(&stage, late.perception).state, TICKET_OPEN);
    assert_int_equal(live_stage_answer_token(&stage, late.expectation, "expectation.q1=5").phase, PHASE_LATE);
    struct invitation recalled = live_stage_invite(&stage, &nobody);
    assert_int_equal(live_stage_visit_over(&stage, recalled.perception).state, TICKET_OPEN);
    assert_int_equal(live_stage_answer_token(&stage, recalled.perception, "perception.q1=2").phase, PHASE_AFTER);
    assert_int_equal(live_stage_answer_token(&stage, recalled.expectation, "expectation.q1=5").phase, PHASE_RECALLED);
    /* "opened by time": an hour after the planned beginning; the expectation is late from the beginning on. */
    assert_int_equal(live_stage_ticket(&stage, planned.perception).opens_ms, LIVE_NOON + 2 * HOUR);
    live_stage_clock(LIVE_NOON + HOUR);
    assert_int_equal(live_stage_answer_token(&stage, planned.expectation, "expectation.q1=5").phase, PHASE_LATE);
    live_stage_clock(LIVE_NOON + 2 * HOUR - 1);
    assert_int_equal(live_stage_ticket(&stage, planned.perception).state, TICKET_EARLY);
    live_stage_clock(LIVE_NOON + 2 * HOUR);
    assert_int_equal(live_stage_ticket(&stage, planned.perception).state, TICKET_OPEN);
    struct live_counts counts = live_stage_counts(&stage);
    assert_int_equal(counts.answered_in[PHASE_BEFORE], 1);
    assert_int_equal(counts.answered_in[PHASE_LATE], 2);
    assert_int_equal(counts.answered_in[PHASE_RECALLED], 1);
    assert_int_equal(counts.paired, 0);
    live_stage_end(&stage);
}

/* "Clock jumps back": what was open stays open, and what opens by time alone waits for it. */
static void test_clock_set_back(void **state)
{
    (void)state;
    struct live_stage stage;
    live_stage_begin(&stage, "{\"opens\": [\"time\", \"program\", \"customer\"]}");
    const struct invitation_request later = {.planned_ms = LIVE_NOON + HOUR};
    struct invitation ended = live_stage_invite(&stage, &nobody), over = live_stage_invite(&stage, &nobody),
                      planned = live_stage_invite(&stage, &later);
    char in[100], id[UUID_TEXT_BYTES];
    uuid_format(&ended.encounter, id);
    (void)snprintf(in, sizeof in, "{\"encounter\": \"%s\"}", id);
    live_stage_do(&stage, "encounter_end", in);
    assert_int_equal(live_stage_visit_over(&stage, over.perception).state, TICKET_OPEN);
    live_stage_clock(LIVE_NOON - 3 * HOUR);
    assert_int_equal(live_stage_ticket(&stage, ended.expectation).state, TICKET_OPEN);
    assert_int_equal(live_stage_ticket(&stage, ended.perception).state, TICKET_OPEN);
    assert_int_equal(live_stage_ticket(&stage, over.perception).state, TICKET_OPEN);
    assert_int_equal(live_stage_ticket(&stage, planned.perception).state, TICKET_EARLY);
    assert_int_equal(live_stage_answer_token(&stage, planned.expectation, "expectation.q1=5").phase, PHASE_BEFORE);
    assert_int_equal(live_stage_answer_token(&stage, ended.perception, "perception.q1=5").outcome, SUBMISSION_STORED);
    live_stage_end(&stage);
}

/* "1,000 tokens × 16 posts give exactly 1,000 answers, each other one told so" (in one group after another; over HTTP:
 * tests/faults/one_vote_test.c) */
static void test_one_vote(void **state)
{
    (void)state;
    enum { TOKENS = 100, POSTS = 16 };
    struct live_stage stage;
    unsigned stored = 0, told = 0;
    live_stage_begin(&stage, "{}");
    for (unsigned i = 0; i < TOKENS; i++) {
        struct invitation made = live_stage_invite(&stage, &nobody);
        for (unsigned k = 0; k < POSTS; k++) {
            struct submission_result result = live_stage_answer_token(&stage, made.expectation, "expectation.q1=5");
            stored += result.outcome == SUBMISSION_STORED;
            told += result.outcome == SUBMISSION_REFUSED && result.ticket.state == TICKET_USED;
        }
    }
    assert_int_equal(stored, TOKENS);
    assert_int_equal(told, TOKENS * (POSTS - 1));
    assert_int_equal(live_stage_counts(&stage).answered[WAVE_EXPECTATION], TOKENS);
    live_stage_end(&stage);
}

/* "shows what was typed again after an error"; nothing is stored, and the link is still good. */
static void test_problems_store_nothing(void **state)
{
    (void)state;
    struct live_stage stage;
    live_stage_begin(&stage, "{}");
    struct invitation made = live_stage_invite(&stage, &nobody);
    struct submission_result result = live_stage_answer_token(&stage, made.expectation, "expectation.q1=9&expectation.q2=4");
    assert_int_equal(result.outcome, SUBMISSION_PROBLEMS);
    assert_int_equal(result.problem_count, 1);
    assert_int_equal(result.problems[0].question, 0);
    assert_non_null(strstr(result.problems[0].sentence, "1"));
    assert_non_null(strstr(result.problems[0].sentence, "5"));
    assert_int_equal(result.given.given[1].number, 4);
    assert_int_equal(live_stage_ticket(&stage, made.expectation).state, TICKET_OPEN);
    live_stage_end(&stage);
}

/* "resumes where it was left" */
static void test_drafts(void **state)
{
    (void)state;
    struct live_stage stage;
    live_stage_begin(&stage, "{}");
    struct invitation made = live_stage_invite(&stage, &nobody);
    const struct submission_request half = {.way = {.token = span_of(made.expectation)}, .draft = true, .seconds = 40};
    assert_int_equal(live_stage_answer(&stage, &half, "expectation.q1=2").outcome, SUBMISSION_DRAFTED);
    struct ticket ticket = live_stage_ticket(&stage, made.expectation);
    assert_int_equal(ticket.draft.count, 2);
    assert_int_equal(ticket.draft.given[0].number, 2);
    assert_int_equal(ticket.draft_seconds, 40);
    assert_int_equal(live_stage_counts(&stage).answered[WAVE_EXPECTATION], 0);
    assert_int_equal(live_stage_answer_token(&stage, made.expectation, "expectation.q1=3").outcome, SUBMISSION_STORED);
    live_stage_end(&stage);
}

/* "same key + same body -> same receipt; same key + other body -> refused" */
static void test_idempotency(void **state)
{
    (void)state;
    struct live_stage stage;
    live_stage_begin(&stage, "{}");
    const struct submission_request request = {.way = {.study = span_of("counter"), .wave = WAVE_PERCEPTION, .kind = DOOR_OPEN},
                                               .once = span_of("key 1")};
    struct submission_result first = live_stage_answer(&stage, &request, "perception.q1=4");
    assert_int_equal(first.outcome, SUBMISSION_STORED);
    struct submission_result again = live_stage_answer(&stage, &request, "perception.q1=4");
    assert_int_equal(again.outcome, SUBMISSION_REPEATED);
    assert_string_equal(again.receipt, first.receipt);
    /* Somebody who goes back and changes an answer has answered; a program is told of its key. */
    again = live_stage_answer(&stage, &request, "perception.q1=5");
    assert_int_equal(again.outcome, SUBMISSION_REFUSED);
    assert_int_equal(again.ticket.state, TICKET_USED);
    assert_string_equal(again.ticket.receipt, first.receipt);
    struct submission_request program = request;
    program.way.kind = DOOR_API;
    assert_int_equal(live_stage_answer(&stage, &program, "perception.q1=4").outcome, SUBMISSION_STORED);
    assert_int_equal(live_stage_answer(&stage, &program, "perception.q1=5").outcome, SUBMISSION_PROBLEMS);
    assert_int_equal(live_stage_counts(&stage).answered[WAVE_PERCEPTION], 2);
    live_stage_end(&stage);
}

/* A double click, or a page of thanks that is loaded again: the link for afterwards is the same, until it is used. */
static void test_follow_up_given_again(void **state)
{
    (void)state;
    struct live_stage stage;
    live_stage_begin(&stage, "{\"identity\": \"anonymous\"}");
    struct invitation made = live_stage_invite(&stage, &nobody);
    const struct submission_request doors[] = {
        {.way = {.study = span_of("counter"), .wave = WAVE_EXPECTATION, .kind = DOOR_OPEN}, .once = span_of("key of a door")},
        {.way = {.token = span_of(made.expectation)}, .once = span_of("key of a link")},
    };
    for (size_t i = 0; i < sizeof doors / sizeof *doors; i++) {
        struct submission_result first = live_stage_answer(&stage, &doors[i], "expectation.q1=5");
        struct submission_result again = live_stage_answer(&stage, &doors[i], "expectation.q1=5");
        assert_int_equal(first.outcome, SUBMISSION_STORED);
        assert_int_equal(again.outcome, SUBMISSION_REPEATED);
        assert_true(secret_well_formed(span_of(first.follow_up)));
        assert_string_equal(again.follow_up, first.follow_up);
        assert_string_equal(again.receipt, first.receipt);
        assert_int_equal(live_stage_answer_token(&stage, first.follow_up, "perception.q1=3").outcome, SUBMISSION_STORED);
        again = live_stage_answer(&stage, &doors[i], "expectation.q1=5");
        assert_int_equal(again.outcome, SUBMISSION_REPEATED);
        assert_string_equal(again.follow_up, "");
    }
    /* Without the key, which only the page knows, a used link gives nothing away. */
    struct submission_result other = live_stage_answer_token(&stage, made.expectation, "expectation.q1=5");
    assert_int_equal(other.outcome, SUBMISSION_REFUSED);
    assert_string_equal(other.follow_up, "");
    assert_int_equal(live_stage_counts(&stage).paired, 2);
    live_stage_end(&stage);
}

/* An expectation that came through an open door is given a link for afterwards, which pairs it. */
static void test_follow_up_pairs(void **state)
{
    (void)state;
    struct live_stage stage;
    live_stage_begin(&stage, "{\"identity\": \"anonymous\"}");
    const struct submission_request request = {.way = {.study = span_of("counter"), .wave = WAVE_EXPECTATION, .kind = DOOR_OPEN}};
    struct submission_result before = live_stage_answer(&stage, &request, "expectation.q1=5&expectation.q2=5");
    assert_int_equal(before.outcome, SUBMISSION_STORED);
    assert_true(uuid_is_none(&before.encounter));
    assert_true(secret_well_formed(span_of(before.follow_up)));
    struct submission_result after = live_stage_answer_token(&stage, before.follow_up, "perception.q1=3&outcome.satisfaction=8");
    assert_int_equal(after.outcome, SUBMISSION_STORED);
    assert_int_equal(live_stage_counts(&stage).paired, 1);
    /* "no receipt lookup afterwards": the link has forgotten whose it was. */
    struct ticket ticket = live_stage_ticket(&stage, before.follow_up);
    assert_int_equal(ticket.state, TICKET_USED);
    assert_null(ticket.receipt);
    live_stage_end(&stage);
}

#define CODE_STUDY                                                                                                               \
    "{\"identity\": \"code\", \"code\": [{\"id\": \"a\", \"text\": \"A?\"}, {\"id\": \"b\", \"text\": \"B?\"}, {\"id\": \"c\", " \
    "\"text\": "                                                                                                                 \
    "\"C?\"}, {\"id\": \"d\", \"text\": \"D?\"}, {\"id\": \"e\", \"text\": \"E?\"}]}"

static struct submission_result code_answer(struct live_stage *stage, enum wave wave, const char *fields)
{
    const struct submission_request request = {.way = {.study = span_of("counter"), .wave = wave, .kind = DOOR_OPEN}};
    return live_stage_answer(stage, &request, fields);
}

/* "match tolerance 1 fragment, report ambiguous matches" */
static void test_codes(void **state)
{
    (void)state;
    struct live_stage stage;
    live_stage_begin(&stage, CODE_STUDY);
    code_answer(&stage, WAVE_EXPECTATION, "expectation.q1=5&code.a=Ma&code.b=12&code.c=Oslo&code.d=x1&code.e=r");
    code_answer(&stage, WAVE_EXPECTATION, "expectation.q1=4&code.a=Jo&code.b=03&code.c=Bonn&code.d=y2&code.e=s");
    assert_int_equal(
        code_answer(&stage, WAVE_PERCEPTION, "perception.q1=3&code.a=ma&code.b=12&code.c=oslo&code.d=X-1&code.e=q").outcome,
        SUBMISSION_STORED);
    assert_int_equal(live_stage_counts(&stage).paired, 1);
    code_answer(&stage, WAVE_PERCEPTION, "perception.q1=3&code.a=Jo&code.b=03&code.c=Rome&code.d=z9&code.e=s");
    assert_int_equal(live_stage_counts(&stage).paired, 1);
    /* Two who differ in one fragment each from a third: nobody knows which it was. */
    code_answer(&stage, WAVE_EXPECTATION, "expectation.q1=5&code.a=Al&code.b=20&code.c=Lima&code.d=k1&code.e=t");
    code_answer(&stage, WAVE_EXPECTATION, "expectation.q1=5&code.a=Al&code.b=20&code.c=Lima&code.d=k2&code.e=t");
    code_answer(&stage, WAVE_PERCEPTION, "perception.q1=3&code.a=Al&code.b=20&code.c=Lima&code.d=k3&code.e=t");
    struct live_counts counts = live_stage_counts(&stage);
    assert_int_equal(counts.paired, 1);
    assert_int_equal(counts.ambiguous_codes, 1);
    /* An exact match wins over near ones. */
    code_answer(&stage, WAVE_PERCEPTION, "perception.q1=3&code.a=Al&code.b=20&code.c=Lima&code.d=k2&code.e=t");
    assert_int_equal(live_stage_counts(&stage).paired, 2);
    live_stage_end(&stage);
}

/* "A random share of perception-only respondents" */
static void test_perception_only_share(void **state)
{
    (void)state;
    struct live_stage stage;
    unsigned only = 0;
    live_stage_begin(&stage, "{\"perception_only_share\": 0.5}");
    for (unsigned i = 0; i < 200; i++) {
        struct invitation made = live_stage_invite(&stage, &nobody);
        assert_true((made.arm == ARM_PERCEPTION_ONLY) == (made.expectation[0] == '\0'));
        only += made.arm == ARM_PERCEPTION_ONLY;
    }
    assert_in_range(only, 60, 140);
    assert_int_equal(live_stage_counts(&stage).perception_only, only);
    live_stage_end(&stage);
}

static enum status gather(struct ctx *ctx, struct desk *desk, struct store_session *session, void *state)
{
    struct live_study study;
    struct version_forms forms = {.version = 1};
    bool found = false;
    enum status status = study_by_name(ctx, session, span_of("counter"), &study, &found);
    for (unsigned wave = 0; wave < WAVE_COUNT && !status; wave++) {
        const struct form_choice choice = {.study = study.id, .version = 1, .wave = (enum wave)wave, .language = ""};
        status = desk_form(ctx, desk, session, &choice, &forms.forms[wave]);
    }
    if (status)
        return status;
    const struct answers_wish wish = {
        .id = study.id, .study = forms.forms[WAVE_PERCEPTION]->study, .versions = &forms, .version_count = 1};
    return answers_gather(ctx, session, &wish, state);
}

/* "both waves paired": what was answered comes out as answers, with segments, outcomes and reasons. */
static void test_answers_are_gathered(void **state)
{
    (void)state;
    struct live_stage stage;
    const struct answers *answers = NULL;
    live_stage_begin(&stage, "{\"segments\": {\"sex\": {\"text\": \"You are\", \"options\": [\"f\", \"m\"]}}}");
    struct invitation made = live_stage_invite(&stage, &(struct invitation_request){.attributes = "{\"branch\": \"Oslo\"}"});
    assert_int_equal(live_stage_answer_token(&stage, made.expectation, "expectation.q1=5&expectation.q2=na").outcome,
                     SUBMISSION_STORED);
    assert_int_equal(live_stage_visit_over(&stage, made.perception).state, TICKET_OPEN);
    struct submission_result after = live_stage_answer_token(
        &stage, made.perception, "perception.q1=3&perception.q2=4&outcome.satisfaction=8&segment.sex=m&comment.why=slow");
    assert_int_equal(after.outcome, SUBMISSION_STORED);
    struct invitation late = live_stage_invite(&stage, &nobody);
    assert_int_equal(live_stage_visit_over(&stage, late.perception).state, TICKET_OPEN);
    assert_int_equal(live_stage_answer_token(&stage, late.expectation, "expectation.q1=1").phase, PHASE_LATE);
    assert_ok(&stage.job, desk_read(&stage.job.ctx, stage.desk, gather, &answers));
    assert_int_equal(answers->encounter_count, 1);
    assert_int_equal(answers_code(answers, 0, answers_slot(answers, STANDARD_EXPECTATION, 0)), 5);
    assert_int_equal(answers_code(answers, 0, answers_slot(answers, STANDARD_EXPECTATION, 1)), 0);
    assert_int_equal(answers_code(answers, 0, answers_slot(answers, STANDARD_PERCEPTION, 1)), 4);
    assert_int_equal(answers_outcome(answers, 0, 0), 8);
    assert_int_equal(answers->missing_count, 1);
    assert_int_equal(answers->missing[0].kind, MISSING_DECLARED);
    assert_string_equal(answers->segment_values[0][answers->chunks[0].segments[0]], "Oslo");
    assert_string_equal(answers->segment_values[1][answers->chunks[0].segments[1]], "m");
    assert_int_equal(answers->text_count, 1);
    assert_string_equal(answers->texts[0].field, "comment.why");
    assert_string_equal(answers->texts[0].text, "slow");
    assert_int_equal(answers->note_count, 1);
    assert_non_null(strstr(answers->notes[0].english, "1 expectation was answered after the encounter had begun"));
    live_stage_end(&stage);
}

static enum status events_take(struct ctx *ctx, struct desk *desk, struct store_session *session, void *state)
{
    struct event *events = NULL;
    size_t count = 0, *found = state;
    const struct uuid none = {.bytes = {0}};
    (void)desk;
    enum status status = event_list(ctx, session, &none, &(struct event_range){.from = 0, .most = 1000}, &events, &count);
    for (size_t i = 0; i < count; i++) {
        bool flagged = strcmp(events[i].kind, "flagged_as_automatic") == 0;
        *found += flagged;
        assert_true(!flagged || (uuid_is_none(&events[i].encounter) && events[i].at_ms % (24 * HOUR) == 0));
    }
    return status;
}

/* "flagged not deleted": counted where nobody is known too, by the day and without the encounter. */
static void test_suspicious_are_counted(void **state)
{
    (void)state;
    struct live_stage stage;
    size_t flagged = 0;
    live_stage_begin(&stage, "{\"identity\": \"anonymous\"}");
    const struct submission_request request = {.way = {.study = span_of("counter"), .wave = WAVE_PERCEPTION, .kind = DOOR_OPEN},
                                               .suspicious = true};
    assert_int_equal(live_stage_answer(&stage, &request, "perception.q1=3").outcome, SUBMISSION_STORED);
    assert_ok(&stage.job, desk_read(&stage.job.ctx, stage.desk, events_take, &flagged));
    assert_int_equal(flagged, 1);
    live_stage_end(&stage);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_two_waves),
        cmocka_unit_test(test_phases),
        cmocka_unit_test(test_clock_set_back),
        cmocka_unit_test(test_one_vote),
        cmocka_unit_test(test_problems_store_nothing),
        cmocka_unit_test(test_drafts),
        cmocka_unit_test(test_idempotency),
        cmocka_unit_test(test_follow_up_pairs),
        cmocka_unit_test(test_follow_up_given_again),
        cmocka_unit_test(test_codes),
        cmocka_unit_test(test_perception_only_share),
        cmocka_unit_test(test_answers_are_gathered),
        cmocka_unit_test(test_suspicious_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
