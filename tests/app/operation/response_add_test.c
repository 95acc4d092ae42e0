/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Stores one answered form": what it refuses, with which sentence, and that nothing is stored then. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/live_stage.h"

#define HOUR INT64_C(3600000)

static const struct invitation_request nobody;

/* An answer with further members, each time under a key of its own. */
static enum status add(struct live_stage *stage, const char *wave, const char *more, json_t **out)
{
    static unsigned number;
    return live_stage_ask(stage, "response_add",
                          arena_format(stage->job.ctx.arena,
                                       "{\"idempotency_key\": \"key %u\", \"wave\": \"%s\", \"answers\": {\"%s.q1\": 4}%s}",
                                       ++number, wave, wave, more),
                          out);
}

static void assert_refused(struct live_stage *stage, const char *wave, const char *more, const char *sentence)
{
    struct live_counts before = live_stage_counts(stage);
    assert_int_equal(add(stage, wave, more, NULL), STATUS_INVALID);
    assert_string_equal(stage->job.ctx.error.sentence, sentence);
    struct live_counts after = live_stage_counts(stage);
    for (unsigned i = 0; i < WAVE_COUNT; i++)
        assert_int_equal(after.answered[i], before.answered[i]);
}

/* The encounter of an answer that was stored. */
static struct uuid stored(struct live_stage *stage, const char *wave, const char *more)
{
    json_t *out = NULL;
    struct uuid id;
    assert_ok(&stage->job, add(stage, wave, more, &out));
    assert_true(uuid_parse(span_of(json_string_value(json_object_get(out, "encounter"))), &id));
    json_decref(out);
    return id;
}

/* Attributes are segments of the study, with texts: a mistyped one would stand in no table. */
static void test_attributes(void **state)
{
    (void)state;
    struct live_stage stage;
    struct encounter encounter;
    live_stage_begin(&stage, "{}");
    assert_refused(&stage, "perception", ", \"attributes\": {\"branch\": \"Oslo\", \"brnch\": \"Oslo\"}",
                   "\"brnch\" is no segment of this study; there are: branch, sex.");
    assert_refused(&stage, "perception", ", \"attributes\": {\"branch\": 3}",
                   "Each attribute is a short text, such as {\"branch\": \"Oslo\"}.");
    struct uuid id = stored(&stage, "perception", ", \"attributes\": {\"branch\": \"Oslo\", \"sex\": \"f\"}");
    assert_true(live_stage_encounter(&stage, &id, &encounter));
    assert_string_equal(encounter.attributes, "{\"branch\":\"Oslo\",\"sex\":\"f\"}");
    struct invitation made = live_stage_invite(&stage, &nobody);
    char text[UUID_TEXT_BYTES];
    uuid_format(&made.encounter, text);
    assert_refused(&stage, "perception",
                   arena_format(stage.job.ctx.arena, ", \"encounter\": \"%s\", \"attributes\": {\"branch\": \"Oslo\"}", text),
                   "The encounter has its attributes already; they are given with an answer without one.");
    live_stage_end(&stage);
}

/* "When it was answered": earlier than now or now; it decides what an expectation is. */
static void test_answered(void **state)
{
    (void)state;
    struct live_stage stage;
    struct submission submission;
    live_stage_begin(&stage, "{}");
    assert_refused(&stage, "perception", ", \"answered\": \"2026-12-01T12:00:00.001Z\"",
                   "A form cannot have been answered later than now.");
    assert_refused(&stage, "perception", ", \"answered\": \"2031-01-01\"", "A form cannot have been answered later than now.");
    struct uuid id = stored(&stage, "perception", ", \"answered\": \"2026-12-01T12:00:00Z\"");
    assert_true(live_stage_submission(&stage, &id, WAVE_PERCEPTION, &submission));
    assert_int_equal(submission.received_ms, LIVE_NOON);
    assert_int_equal(submission.door, DOOR_API);
    id = stored(&stage, "perception", ", \"answered\": \"2026-12-01T10:00:00Z\", \"paper\": true, \"seconds\": 95");
    assert_true(live_stage_submission(&stage, &id, WAVE_PERCEPTION, &submission));
    assert_int_equal(submission.received_ms, LIVE_NOON - 2 * HOUR);
    assert_int_equal(submission.door, DOOR_PAPER);
    assert_int_equal(submission.seconds, 95);
    /* Entered after the encounter began, and answered before it. */
    static const char *const moments[] = {"2026-12-01T10:59:59.999Z", "2026-12-01T11:00:00Z"};
    for (unsigned i = 0; i < 2; i++) {
        char text[UUID_TEXT_BYTES];
        struct invitation made = live_stage_invite(&stage, &(struct invitation_request){.planned_ms = LIVE_NOON - HOUR});
        uuid_format(&made.encounter, text);
        id = stored(&stage, "expectation",
                    arena_format(stage.job.ctx.arena, ", \"encounter\": \"%s\", \"answered\": \"%s\"", text, moments[i]));
        assert_true(live_stage_submission(&stage, &id, WAVE_EXPECTATION, &submission));
        assert_int_equal(submission.phase, i ? PHASE_LATE : PHASE_BEFORE);
    }
    live_stage_end(&stage);
}

/* What is refused because of the study or the encounter is a conflict, told in a sentence of its own. */
static void test_conflicts(void **state)
{
    (void)state;
    struct live_stage stage;
    json_t *out = NULL;
    char text[UUID_TEXT_BYTES];
    live_stage_begin(&stage, "{}");
    struct invitation made = live_stage_invite(&stage, &nobody);
    uuid_format(&made.encounter, text);
    const char *named = arena_format(stage.job.ctx.arena, ", \"encounter\": \"%s\"", text);
    (void)stored(&stage, "expectation", named);
    assert_refused(&stage, "expectation", named, "This form was answered already: it is answered once.");
    assert_int_equal(add(&stage, "perception", ", \"encounter\": \"018f4c1e-7b1a-7c3d-9e2f-0123456789ab\"", NULL),
                     STATUS_NO_INPUT);
    assert_string_equal(stage.job.ctx.error.sentence, "There is no such encounter in this study.");
    live_stage_do(&stage, "study_close", "{}");
    assert_int_equal(add(&stage, "perception", "", &out), STATUS_INVALID);
    assert_true(json_is_true(json_object_get(out, "conflict")));
    json_decref(out);
    assert_refused(&stage, "perception", "", "The study is closed: it takes no more answers.");
    live_stage_end(&stage);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {cmocka_unit_test(test_attributes), cmocka_unit_test(test_answered),
                                              cmocka_unit_test(test_conflicts)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
