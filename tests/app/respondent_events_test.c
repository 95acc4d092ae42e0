/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the event log says of respondents: the encounter where contacts may be kept, and nowhere else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/live_stage.h"

#define DAY INT64_C(86400000)

static const struct invitation_request nobody;

#define CODE                                                                                                                     \
    "\"identity\": \"code\", \"code\": [{\"id\": \"a\", \"text\": \"A?\"}, {\"id\": \"b\", \"text\": \"B?\"}, {\"id\": \"c\", "  \
    "\"text\": \"C?\"}, {\"id\": \"d\", \"text\": \"D?\"}, {\"id\": \"e\", \"text\": \"E?\"}]"

/* A study that asks three standards, in the wrong order of which people may insist. */
static const char *standards_file(struct live_stage *stage, const char *collection)
{
    return arena_format(
        stage->job.ctx.arena,
        "{\"gapmeter\": 1, \"title\": \"Standards\", \"design\": {\"expectation\": \"will\", \"asked\": \"before\"},"
        "\"scale\": {\"min\": 1, \"max\": 5}, \"items\": [{\"id\": \"q1\", \"text\": \"Is quick\"}, {\"id\": \"q2\", \"text\": "
        "\"Is kind\"}], \"columns\": {\"respondent\": \"id\", \"expectation\": \"e{n}\", \"desired\": \"d{n}\", \"minimum\": "
        "\"m{n}\", \"perception\": \"p{n}\"}, \"collection\": {%s}}",
        collection);
}

#define INVERTED "expectation.q1=3&desired.q1=2&minimum.q1=5&expectation.q2=3&desired.q2=4&minimum.q2=2"

static void stage_standards(struct live_stage *stage, const char *name, const char *collection)
{
    stage->study = live_stage_add(stage, name, standards_file(stage, collection));
}

/* "order inversions are shown to the respondent once and logged" */
static void test_inversions_of_named_studies(void **state)
{
    (void)state;
    struct live_stage stage;
    struct event event;
    live_stage_begin(&stage, "{}");
    stage_standards(&stage, "standards", "\"identity\": \"named\"");
    struct invitation made = live_stage_invite(&stage, &nobody), orderly = live_stage_invite(&stage, &nobody);
    struct submission_result shown = live_stage_answer_token(&stage, made.expectation, INVERTED);
    assert_int_equal(shown.outcome, SUBMISSION_INVERTED);
    assert_int_equal(shown.inverted_count, 1);
    assert_int_equal(shown.inverted[0], 0);
    assert_int_equal(live_stage_events(&stage, "inversions_kept", NULL), 0);
    assert_int_equal(live_stage_counts(&stage).answered[WAVE_EXPECTATION], 0);
    const struct submission_request confirmed = {.way = {.token = span_of(made.expectation)}, .confirmed = true};
    assert_int_equal(live_stage_answer(&stage, &confirmed, INVERTED).outcome, SUBMISSION_STORED);
    assert_int_equal(live_stage_events(&stage, "inversions_kept", &event), 1);
    assert_int_equal(event.count, 1);
    assert_int_equal(event.at_ms, LIVE_NOON);
    assert_string_equal(event.actor, "respondent");
    assert_true(uuid_equal(&event.encounter, &made.encounter));
    /* Who corrects them is not logged. */
    assert_int_equal(live_stage_answer_token(&stage, orderly.expectation, "expectation.q1=3&desired.q1=4&minimum.q1=2").outcome,
                     SUBMISSION_STORED);
    assert_int_equal(live_stage_events(&stage, "inversions_kept", NULL), 1);
    /* Staff cannot ask again what stands on paper, nor can a program: taken as it is, and logged. */
    static const enum door_kind kinds[] = {DOOR_PAPER, DOOR_API};
    for (unsigned i = 0; i < 2; i++) {
        const struct submission_request entered = {
            .way = {.study = span_of("standards"), .wave = WAVE_EXPECTATION, .kind = kinds[i]}};
        assert_int_equal(live_stage_answer(&stage, &entered, INVERTED).outcome, SUBMISSION_STORED);
        assert_int_equal(live_stage_events(&stage, "inversions_kept", NULL), 2 + i);
    }
    live_stage_end(&stage);
}

/* Where nobody may be known the same is logged without the encounter, and in anonymous studies by the day. */
static void test_inversions_where_nobody_is_known(void **state)
{
    static const char *const says[] = {CODE, "\"identity\": \"anonymous\""};
    static const char *const names[] = {"coded", "unknown"};
    static const char *const fields[] = {INVERTED "&code.a=Ma&code.b=12&code.c=Oslo&code.d=x1&code.e=r", INVERTED};
    static const int64_t moments[] = {LIVE_NOON, LIVE_NOON - LIVE_NOON % DAY};
    (void)state;
    struct live_stage stage;
    struct event event;
    live_stage_begin(&stage, "{}");
    for (unsigned i = 0; i < 2; i++) {
        stage_standards(&stage, names[i], says[i]);
        struct invitation made = live_stage_invite(&stage, &nobody);
        const struct submission_request confirmed = {.way = {.token = span_of(made.expectation)}, .confirmed = true};
        assert_int_equal(live_stage_answer(&stage, &confirmed, fields[i]).outcome, SUBMISSION_STORED);
        assert_int_equal(live_stage_events(&stage, "inversions_kept", &event), 1);
        assert_true(uuid_is_none(&event.encounter));
        assert_int_equal(event.at_ms, moments[i]);
    }
    live_stage_end(&stage);
}

/* "report ambiguous matches": how many it could have been, and none of them. */
static void test_ambiguous_codes(void **state)
{
    static const char *const before[] = {"expectation.q1=5&code.a=Al&code.b=20&code.c=Lima&code.d=k1&code.e=t",
                                         "expectation.q1=5&code.a=Al&code.b=20&code.c=Lima&code.d=k2&code.e=t",
                                         "expectation.q1=5&code.a=Al&code.b=20&code.c=Lima&code.d=k3&code.e=t"};
    (void)state;
    struct live_stage stage;
    struct event event;
    live_stage_begin(&stage, "{" CODE "}");
    struct submission_request request = {.way = {.study = span_of("counter"), .wave = WAVE_EXPECTATION, .kind = DOOR_PAPER}};
    for (unsigned i = 0; i < 3; i++)
        assert_int_equal(live_stage_answer(&stage, &request, before[i]).outcome, SUBMISSION_STORED);
    assert_int_equal(live_stage_events(&stage, "code_ambiguous", NULL), 0);
    request.way.wave = WAVE_PERCEPTION;
    assert_int_equal(
        live_stage_answer(&stage, &request, "perception.q1=3&code.a=Al&code.b=20&code.c=Lima&code.d=k4&code.e=t").outcome,
        SUBMISSION_STORED);
    assert_int_equal(live_stage_events(&stage, "code_ambiguous", &event), 1);
    assert_int_equal(event.count, 3);
    assert_string_equal(event.actor, "respondent");
    assert_true(uuid_is_none(&event.encounter));
    assert_int_equal(live_stage_counts(&stage).ambiguous_codes, 1);
    live_stage_end(&stage);
}

/* The customer says that the visit is over: a line with the encounter in named studies, without it in studies by code, none in
 * anonymous ones. */
static void test_perception_opened(void **state)
{
    static const char *const says[] = {"{\"identity\": \"named\", \"perception_only_share\": 1}",
                                       "{" CODE ", \"perception_only_share\": 1}",
                                       "{\"identity\": \"anonymous\", \"perception_only_share\": 1}"};
    (void)state;
    for (unsigned i = 0; i < 3; i++) {
        struct live_stage stage;
        struct event event;
        live_stage_begin(&stage, says[i]);
        struct invitation made = live_stage_invite(&stage, &nobody);
        assert_int_equal(live_stage_visit_over(&stage, made.perception).state, TICKET_OPEN);
        assert_int_equal(live_stage_events(&stage, "perception_opened", &event), i < 2);
        assert_true(i == 0 ? uuid_equal(&event.encounter, &made.encounter) : uuid_is_none(&event.encounter));
        live_stage_end(&stage);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {cmocka_unit_test(test_inversions_of_named_studies),
                                              cmocka_unit_test(test_inversions_where_nobody_is_known),
                                              cmocka_unit_test(test_ambiguous_codes), cmocka_unit_test(test_perception_opened)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
