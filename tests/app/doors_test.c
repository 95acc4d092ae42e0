/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Open link, kiosk, embeddable feedback, paper entry by staff": what each door makes of the answers that come through it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/live_stage.h"

#define HOUR INT64_C(3600000)

/* A door that was made: its id, and what stands at the end of its link. */
struct made_door {
    const char *id, *last;
};

static struct made_door door_make(struct live_stage *stage, const char *in, const char *path)
{
    json_t *out = NULL;
    assert_ok(&stage->job, live_stage_ask(stage, "door_create", in, &out));
    const char *link = json_string_value(json_object_get(out, "link"));
    const char *id = json_string_value(json_object_get(out, "door_id"));
    assert_non_null(link);
    assert_true(strncmp(link, path, strlen(path)) == 0);
    const struct made_door made = {arena_copy(stage->job.ctx.arena, span_of(id)),
                                   arena_copy(stage->job.ctx.arena, span_of(link + strlen(path)))};
    json_decref(out);
    return made;
}

struct door_look {
    const char *by;
    uint64_t seed;
    struct ticket ticket;
};

static enum status secret_look(struct ctx *ctx, struct desk *desk, struct store_session *session, void *state)
{
    struct door_look *look = state;
    const struct ticket_wish wish = {.by = span_of(look->by), .language = "", .seed = look->seed};
    return ticket_of_door(ctx, desk, session, &wish, &look->ticket);
}

static struct ticket door_ticket(struct live_stage *stage, const char *secret, uint64_t seed)
{
    struct door_look look = {.by = secret, .seed = seed};
    assert_ok(&stage->job, desk_read(&stage->job.ctx, stage->desk, secret_look, &look));
    return look.ticket;
}

static struct submission_result door_answer(struct live_stage *stage, const char *secret, const char *fields)
{
    const struct submission_request request = {.way = {.door = span_of(secret)}};
    return live_stage_answer(stage, &request, fields);
}

/* Each answer of a door is an encounter of its own with the door's attributes, any number of times, counted by its kind. */
static void test_each_answer_is_an_encounter(void **state)
{
    static const struct {
        enum door_kind kind;
        const char *in, *path;
    } doors[] = {
        {DOOR_KIOSK, "{\"kind\": \"kiosk\", \"attributes\": {\"branch\": \"Oslo\"}}", "/kiosk/"},
        {DOOR_EMBED, "{\"kind\": \"embed\", \"attributes\": {\"branch\": \"Bergen\"}}", "/embed/"},
        {DOOR_PAPER, "{\"kind\": \"paper\", \"attributes\": {\"branch\": \"Bodø\"}}", "/paper/"},
    };
    (void)state;
    struct live_stage stage;
    struct encounter first_encounter, encounter;
    struct submission submission;
    live_stage_begin(&stage, "{}");
    for (unsigned i = 0; i < 3; i++) {
        struct made_door door = door_make(&stage, doors[i].in, doors[i].path);
        struct ticket ticket = door_ticket(&stage, door.last, 0);
        assert_int_equal(ticket.state, TICKET_OPEN);
        assert_int_equal(ticket.door, doors[i].kind);
        assert_int_equal(ticket.wave, WAVE_PERCEPTION);
        struct submission_result first = door_answer(&stage, door.last, "perception.q1=4");
        struct submission_result second = door_answer(&stage, door.last, "perception.q1=4");
        assert_int_equal(first.outcome, SUBMISSION_STORED);
        assert_int_equal(second.outcome, SUBMISSION_STORED);
        assert_int_equal(first.phase, PHASE_AFTER);
        assert_string_equal(first.follow_up, "");
        assert_false(uuid_equal(&first.encounter, &second.encounter));
        assert_true(live_stage_encounter(&stage, &first.encounter, &first_encounter));
        assert_true(live_stage_encounter(&stage, &second.encounter, &encounter));
        assert_non_null(strstr(doors[i].in, first_encounter.attributes + 10)); /* what follows {"branch": */
        assert_string_equal(encounter.attributes, first_encounter.attributes);
        assert_int_equal(encounter.arm, ARM_PERCEPTION_ONLY);
        assert_false(encounter.invited);
        assert_true(live_stage_submission(&stage, &first.encounter, WAVE_PERCEPTION, &submission));
        assert_int_equal(submission.door, doors[i].kind);
        assert_int_equal(live_stage_counts(&stage).by_door[doors[i].kind], 2);
    }
    assert_int_equal(live_stage_counts(&stage).answered[WAVE_PERCEPTION], 6);
    assert_int_equal(live_stage_counts(&stage).invited, 0);
    live_stage_end(&stage);
}

/* A kiosk's expectation gives a link for afterwards, and paper none: nobody would have it. */
static void test_follow_ups_of_doors(void **state)
{
    (void)state;
    struct live_stage stage;
    live_stage_begin(&stage, "{}");
    struct made_door kiosk = door_make(&stage, "{\"kind\": \"kiosk\", \"wave\": \"expectation\"}", "/kiosk/");
    struct made_door paper = door_make(&stage, "{\"kind\": \"paper\", \"wave\": \"expectation\"}", "/paper/");
    assert_int_equal(door_ticket(&stage, kiosk.last, 0).wave, WAVE_EXPECTATION);
    struct submission_result before = door_answer(&stage, kiosk.last, "expectation.q1=5");
    assert_int_equal(before.phase, PHASE_BEFORE);
    struct submission_result after = live_stage_answer_token(&stage, before.follow_up, "perception.q1=3");
    assert_int_equal(after.outcome, SUBMISSION_STORED);
    assert_true(uuid_equal(&after.encounter, &before.encounter));
    struct submission_result written = door_answer(&stage, paper.last, "expectation.q1=5");
    assert_int_equal(written.outcome, SUBMISSION_STORED);
    assert_string_equal(written.follow_up, "");
    assert_int_equal(live_stage_counts(&stage).paired, 1);
    live_stage_end(&stage);
}

/* "offline queue": what a kiosk sends later counts from when it was answered, once for each key, never from the future, and never from
 * before there was a study. */
static void test_offline_queue(void **state)
{
    (void)state;
    struct live_stage stage;
    struct submission submission;
    live_stage_begin(&stage, "{}");
    struct made_door kiosk = door_make(&stage, "{\"kind\": \"kiosk\"}", "/kiosk/");
    live_stage_clock(LIVE_NOON + 8 * HOUR);
    struct submission_request request = {.way = {.door = span_of(kiosk.last), .answered_ms = LIVE_NOON + 3 * HOUR},
                                         .once = span_of("queue 1")};
    struct submission_result result = live_stage_answer(&stage, &request, "perception.q1=4");
    assert_true(live_stage_submission(&stage, &result.encounter, WAVE_PERCEPTION, &submission));
    assert_int_equal(submission.received_ms, LIVE_NOON + 3 * HOUR);
    assert_int_equal(live_stage_answer(&stage, &request, "perception.q1=4").outcome, SUBMISSION_REPEATED);
    request.way.answered_ms = LIVE_NOON + 9 * HOUR;
    request.once = span_of("queue 2");
    result = live_stage_answer(&stage, &request, "perception.q1=4");
    assert_true(live_stage_submission(&stage, &result.encounter, WAVE_PERCEPTION, &submission));
    assert_int_equal(submission.received_ms, LIVE_NOON + 8 * HOUR);
    request.way.answered_ms = 1;
    request.once = span_of("queue 3");
    result = live_stage_answer(&stage, &request, "perception.q1=4");
    assert_true(live_stage_submission(&stage, &result.encounter, WAVE_PERCEPTION, &submission));
    assert_int_equal(submission.received_ms, LIVE_NOON);
    assert_int_equal(live_stage_counts(&stage).answered[WAVE_PERCEPTION], 3);
    live_stage_end(&stage);
}

/* "expectations answered after the encounter began are stored as late": whatever time a browser tells. And what somebody sends at an open
 * door takes no key that a program will send. */
static void test_browsers_are_not_believed(void **state)
{
    (void)state;
    struct live_stage stage;
    struct submission submission;
    live_stage_begin(&stage, "{}");
    struct invitation made = live_stage_invite(&stage, &(const struct invitation_request){.planned_ms = LIVE_NOON + HOUR});
    live_stage_clock(LIVE_NOON + 2 * HOUR);
    struct submission_request request = {.way = {.token = span_of(made.expectation), .answered_ms = LIVE_NOON}};
    assert_int_equal(live_stage_answer(&stage, &request, "expectation.q1=4").phase, PHASE_LATE);
    request = (struct submission_request){
        .way = {.study = span_of("counter"), .wave = WAVE_PERCEPTION, .kind = DOOR_OPEN, .answered_ms = 5},
        .once = span_of("order-1001")};
    struct submission_result result = live_stage_answer(&stage, &request, "perception.q1=4");
    assert_true(live_stage_submission(&stage, &result.encounter, WAVE_PERCEPTION, &submission));
    assert_int_equal(submission.received_ms, LIVE_NOON + 2 * HOUR);
    request.way.kind = DOOR_API;
    assert_int_equal(live_stage_answer(&stage, &request, "perception.q1=2").outcome, SUBMISSION_STORED);
    live_stage_end(&stage);
}

/* "Paper asks all" items where others are drawn by chance. */
static void test_paper_asks_all(void **state)
{
    (void)state;
    struct live_stage stage;
    live_stage_begin(&stage, "{\"items_asked\": 1}");
    struct made_door kiosk = door_make(&stage, "{\"kind\": \"kiosk\"}", "/kiosk/");
    struct made_door paper = door_make(&stage, "{\"kind\": \"paper\"}", "/paper/");
    const char *const secrets[] = {kiosk.last, paper.last};
    for (unsigned i = 0; i < 2; i++) {
        struct ticket ticket = door_ticket(&stage, secrets[i], 7);
        unsigned asked = 0;
        for (uint32_t k = 0; k < ticket.form->question_count; k++)
            asked += ticket.form->questions[k].kind == QUESTION_RATING && ticket.form->questions[k].asked;
        assert_int_equal(asked, i + 1);
        assert_int_equal(ticket.seed, i ? 0 : 7);
    }
    live_stage_end(&stage);
}

/* "Closes a door: its link takes no more answers"; the others stay open, and a closed study closes all. */
static void test_closed_doors(void **state)
{
    (void)state;
    struct live_stage stage;
    live_stage_begin(&stage, "{}");
    struct made_door kiosk = door_make(&stage, "{\"kind\": \"kiosk\"}", "/kiosk/");
    struct made_door embed = door_make(&stage, "{\"kind\": \"embed\"}", "/embed/");
    live_stage_do(&stage, "door_close", arena_format(stage.job.ctx.arena, "{\"door_id\": \"%s\"}", kiosk.id));
    assert_int_equal(door_ticket(&stage, kiosk.last, 0).state, TICKET_CLOSED);
    struct submission_result refused = door_answer(&stage, kiosk.last, "perception.q1=4");
    assert_int_equal(refused.outcome, SUBMISSION_REFUSED);
    assert_int_equal(refused.ticket.state, TICKET_CLOSED);
    assert_int_equal(door_answer(&stage, embed.last, "perception.q1=4").outcome, SUBMISSION_STORED);
    live_stage_do(&stage, "study_close", "{}");
    assert_int_equal(door_ticket(&stage, embed.last, 0).state, TICKET_CLOSED);
    assert_int_equal(door_answer(&stage, "aaaaaaaaaaaaaaaaaaaaaaaaaa", "perception.q1=4").ticket.state, TICKET_UNKNOWN);
    assert_int_equal(live_stage_counts(&stage).answered[WAVE_PERCEPTION], 1);
    live_stage_end(&stage);
}

struct open_look {
    const char *name;
    enum wave wave;
    struct ticket ticket;
};

static enum status name_look(struct ctx *ctx, struct desk *desk, struct store_session *session, void *state)
{
    struct open_look *look = state;
    const struct ticket_wish wish = {.by = span_of(look->name), .language = "", .wave = look->wave};
    return ticket_of_study(ctx, desk, session, &wish, &look->ticket);
}

/* The open link of the stage's study, asked for a wave (WAVE_COUNT: for none). */
static struct ticket open_ticket(struct live_stage *stage, enum wave wave)
{
    struct open_look look = {.name = stage->study.name, .wave = wave};
    assert_ok(&stage->job, desk_read(&stage->job.ctx, stage->desk, name_look, &look));
    return look.ticket;
}

/* Nobody comes in by a study's name unless an open link was made; it asks the form it was made for, or the other where the address says
 * so, gives its attributes, and is closed as other doors are. */
static void test_open_link(void **state)
{
    (void)state;
    struct live_stage stage;
    struct encounter encounter;
    live_stage_begin(&stage, "{}");
    stage.study = live_stage_add(&stage, "plain", live_stage_file(&stage, "{}"));
    struct submission_request request = {.way = {.study = span_of("plain"), .wave = WAVE_COUNT, .kind = DOOR_OPEN}};
    assert_int_equal(open_ticket(&stage, WAVE_PERCEPTION).state, TICKET_UNKNOWN);
    assert_int_equal(live_stage_answer(&stage, &request, "perception.q1=4").ticket.state, TICKET_UNKNOWN);
    static const char wanted[] = "{\"kind\": \"open\", \"wave\": \"expectation\", \"attributes\": {\"branch\": \"Oslo\"}}";
    struct made_door door = door_make(&stage, wanted, "/open/");
    assert_string_equal(door.last, "plain");
    assert_int_equal(open_ticket(&stage, WAVE_COUNT).wave, WAVE_EXPECTATION);
    assert_int_equal(open_ticket(&stage, WAVE_PERCEPTION).wave, WAVE_PERCEPTION);
    struct submission_result result = live_stage_answer(&stage, &request, "expectation.q1=4");
    assert_int_equal(result.outcome, SUBMISSION_STORED);
    assert_int_equal(result.phase, PHASE_BEFORE);
    assert_true(live_stage_encounter(&stage, &result.encounter, &encounter));
    assert_string_equal(encounter.attributes, "{\"branch\":\"Oslo\"}");
    assert_int_equal(live_stage_counts(&stage).by_door[DOOR_OPEN], 1);
    assert_int_equal(live_stage_ask(&stage, "door_create", wanted, NULL), STATUS_INVALID);
    live_stage_do(&stage, "door_close", arena_format(stage.job.ctx.arena, "{\"door_id\": \"%s\"}", door.id));
    assert_int_equal(open_ticket(&stage, WAVE_COUNT).state, TICKET_CLOSED);
    assert_int_equal(live_stage_answer(&stage, &request, "expectation.q1=4").outcome, SUBMISSION_REFUSED);
    (void)door_make(&stage, "{\"kind\": \"open\"}", "/open/");
    assert_int_equal(open_ticket(&stage, WAVE_COUNT).wave, WAVE_PERCEPTION);
    live_stage_do(&stage, "study_close", "{}");
    assert_int_equal(open_ticket(&stage, WAVE_COUNT).state, TICKET_CLOSED);
    assert_int_equal(live_stage_counts(&stage).answered[WAVE_EXPECTATION], 1);
    live_stage_end(&stage);
}

/* What a door would give to every answer must be a segment of the study. */
static void test_attributes_of_doors(void **state)
{
    (void)state;
    struct live_stage stage;
    live_stage_begin(&stage, "{}");
    assert_int_equal(live_stage_ask(&stage, "door_create", "{\"kind\": \"kiosk\", \"attributes\": {\"brnch\": \"Oslo\"}}", NULL),
                     STATUS_INVALID);
    assert_string_equal(stage.job.ctx.error.sentence, "\"brnch\" is no segment of this study; there are: branch, sex.");
    assert_int_equal(live_stage_ask(&stage, "door_create", "{\"kind\": \"link\"}", NULL), STATUS_INVALID);
    assert_string_equal(stage.job.ctx.error.sentence, "\"link\" is no kind of door: open, kiosk, embed and paper are accepted.");
    live_stage_end(&stage);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_answer_is_an_encounter),
        cmocka_unit_test(test_follow_ups_of_doors),
        cmocka_unit_test(test_offline_queue),
        cmocka_unit_test(test_browsers_are_not_believed),
        cmocka_unit_test(test_paper_asks_all),
        cmocka_unit_test(test_closed_doors),
        cmocka_unit_test(test_attributes_of_doors),
        cmocka_unit_test(test_open_link),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
