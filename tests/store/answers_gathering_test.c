/* SPDX-License-Identifier: GPL-3.0-or-later */
/* answers_gather: submissions of a store become the answers that a file of the same answers would have given. */
#include "store/answers_gathering.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "instrument/form_making.h"
#include "instrument/study_file.h"
#include "store/encounter_rows.h"
#include "store/study_rows.h"
#include "store/submission_rows.h"
#include "support/answers_dump.h"
#include "support/job_fixture.h"
#include "support/scratch_folder.h"

#define HEAD(asked) "{\"gapmeter\":1,\"title\":\"Counter\",\"design\":{\"expectation\":\"will\",\"asked\":\"" asked "\"},"
#define ITEMS                                                                                                                    \
    "\"scales\":{\"agree5\":{\"min\":1,\"max\":5,\"labels\":{\"1\":\"Disagree\",\"5\":\"Agree\"}}},"                             \
    "\"dimensions\":[{\"id\":\"people\"},{\"id\":\"place\"}],"                                                                   \
    "\"items\":[{\"id\":\"q1\",\"dimension\":\"people\",\"text\":\"The staff listen\"},"                                         \
    "{\"id\":\"q2\",\"dimension\":\"place\",\"text\":\"The wait is long\",\"reverse\":true}],"
#define COLUMNS(more)                                                                                                            \
    "\"columns\":{\"respondent\":\"id\",\"expectation\":\"h{n}\",\"perception\":\"p{n}\",\"minimum\":{\"q1\":\"m1\"},"           \
    "\"importance\":{\"kind\":\"points\",\"of\":\"dimension\",\"people\":\"w1\",\"place\":\"w2\"},"                              \
    "\"outcomes\":{\"satisfaction\":{\"column\":\"s\",\"min\":1,\"max\":10},"                                                    \
    "\"spend\":{\"column\":\"e\",\"kind\":\"real\",\"decimals\":2}},\"segments\":[\"sex\",\"branch\"]" more "},"
#define COLLECTION(identity)                                                                                                     \
    "\"collection\":{\"identity\":\"" identity "\",\"ask_noticed\":true,\"during_items\":[\"q2\"],"                              \
    "\"segments\":{\"sex\":{\"text\":\"Your sex?\",\"options\":{\"f\":\"Female\",\"m\":\"Male\"}}},"                             \
    "\"outcomes\":{\"spend\":\"How much?\"}}}"
#define STUDY HEAD("before") ITEMS COLUMNS("") COLLECTION("named")

/* A store with one study, whose versions are added one after another. */
struct stage {
    struct job job;
    struct scratch scratch;
    struct store *store;
    struct live_study live;
    const struct study *studies[3];
    struct version_forms versions[3];
    size_t version_count;
};

static void version_add(struct stage *stage, const char *json)
{
    struct ctx *ctx = &stage->job.ctx;
    size_t at = stage->version_count++;
    assert_ok(&stage->job, study_read_text(ctx, span_of(json), "live.json", &stage->studies[at]));
    stage->versions[at].version = (uint32_t)at + 1u;
    for (unsigned wave = 0; wave < WAVE_COUNT; wave++)
        assert_ok(&stage->job, form_make(ctx, stage->studies[at], (enum wave)wave, "en", &stage->versions[at].forms[wave]));
}

static enum status study_put(struct ctx *ctx, struct store_session *session, void *state)
{
    struct stage *stage = state;
    struct instrument_version version = {.study = stage->live.id, .version = 1, .definition = span_of("{}"), .created_ms = 1};
    digest_of(span_of("We keep it."), &version.consent);
    return study_add(ctx, session, &stage->live, &version, "We keep it.");
}

static void stage_begin(struct stage *stage, const char *json)
{
    memset(stage, 0, sizeof *stage);
    job_begin(&stage->job);
    scratch_create(&stage->scratch);
    assert_ok(&stage->job, secret_start(&stage->job.ctx));
    const char *path = arena_format(stage->job.ctx.arena, "%s/study.db", stage->scratch.folder);
    stage->live = (struct live_study){.name = "counter", .title = "Counter", .version = 1, .created_ms = 1};
    uuid_ordered(&stage->live.id);
    assert_ok(&stage->job, store_create(&stage->job.ctx, path));
    assert_ok(&stage->job, store_open(&stage->job.ctx, path, STORE_WRITE, "a test", &stage->store));
    assert_ok(&stage->job, store_write(&stage->job.ctx, stage->store, study_put, stage));
    version_add(stage, json);
}

static void stage_end(struct stage *stage)
{
    store_close(stage->store);
    job_end(&stage->job);
    scratch_destroy(&stage->scratch);
}

/* One form that somebody answered. */
struct answered {
    struct stage *stage;
    uint8_t encounter;  /* the last byte of its id, whose order is the order of rows */
    uint8_t respondent; /* of the id; 0: nobody is known */
    enum wave wave;
    enum phase phase;
    const char *given;      /* "expectation.q1=5 minimum.q1=na": a number, "na" does not apply, "?" not asked */
    const char *attributes; /* NULL: {} */
    enum arm arm;
    uint32_t version;  /* 0: the first */
    int64_t began_ms;  /* of the encounter */
    const char *bytes; /* instead of a filling */
};

static void given_of(const char *text, const struct question *question, struct given *out)
{
    if (strncmp(text, "na", 2) == 0)
        out->kind = GIVEN_DECLARED;
    else if (*text == '?')
        out->kind = GIVEN_NOT_ASKED;
    else {
        bool number = question->kind == QUESTION_NUMBER || question->kind == QUESTION_POINTS;
        *out = (struct given){.kind = number ? GIVEN_NUMBER : GIVEN_CODE, .number = strtol(text, NULL, 10)};
    }
}

static struct span packed(struct ctx *ctx, const struct answered *answered, const struct form *form)
{
    struct span bytes = {NULL, 0};
    struct filling filling = {.count = form->question_count};
    struct given *given = arena_array(ctx->arena, form->question_count + 1u, sizeof *given);
    filling.given = given;
    size_t known = 0, wanted = 0;
    for (const char *at = answered->given; at && *at; at = strchr(at, ' ') ? strchr(at, ' ') + 1 : "")
        wanted++;
    for (uint32_t i = 0; i < form->question_count; i++) {
        char field[64];
        (void)snprintf(field, sizeof field, "%s=", form->questions[i].field);
        const char *found = strstr(answered->given, field);
        if (found)
            given_of(found + strlen(field), &form->questions[i], &given[i]);
        known += found != NULL;
    }
    assert_int_equal(known, wanted);
    assert_int_equal(filling_pack(ctx, form, &filling, &bytes), STATUS_OK);
    return bytes;
}

static struct uuid id_of(uint8_t kind, uint8_t number)
{
    struct uuid id = {{kind}};
    id.bytes[15] = number;
    return id;
}

static enum status answered_put(struct ctx *ctx, struct store_session *session, void *state)
{
    const struct answered *answered = state;
    const struct stage *stage = answered->stage;
    uint32_t version = answered->version ? answered->version : 1;
    struct encounter encounter = {.study = stage->live.id,
                                  .id = id_of(7, answered->encounter),
                                  .arm = answered->arm,
                                  .version = version,
                                  .began_ms = answered->began_ms,
                                  .language = "en",
                                  .attributes = answered->attributes ? answered->attributes : "{}"},
                     there;
    struct submission submission = {.study = stage->live.id,
                                    .id = id_of(9, answered->encounter),
                                    .encounter = encounter.id,
                                    .wave = answered->wave,
                                    .phase = answered->phase,
                                    .version = version,
                                    .language = "en",
                                    .receipt = "AB",
                                    .received_ms = INT64_C(1709983800000)}; /* 2024-03-09 */
    bool found = false, first = false;
    if (answered->wave == WAVE_EXPECTATION)
        submission.received_ms -= INT64_C(86400000) * 20;
    if (answered->respondent)
        encounter.respondent = id_of(3, answered->respondent);
    struct contact contact = {0};
    enum status status = STATUS_OK;
    assert_int_equal(respondent_contact(ctx, session, &stage->live.id, &encounter.respondent, &contact, &found), STATUS_OK);
    if (answered->respondent && !found)
        status = respondent_add(ctx, session, &stage->live.id, &encounter.respondent, 1, &(struct contact){.reference = "x"});
    if (!status)
        status = encounter_get(ctx, session, &stage->live.id, &encounter.id, &there, &found);
    if (!status && !found)
        status = encounter_add(ctx, session, &encounter);
    submission.answers =
        answered->bytes ? span_of(answered->bytes) : packed(ctx, answered, stage->versions[version - 1].forms[answered->wave]);
    return status ? status : submission_add(ctx, session, &submission, &first);
}

static void put(struct stage *stage, struct answered answered)
{
    answered.stage = stage;
    assert_ok(&stage->job, store_write(&stage->job.ctx, stage->store, answered_put, &answered));
}

static enum status gather(struct stage *stage, const struct answers **out)
{
    struct store_session *session = NULL;
    assert_ok(&stage->job, store_read_begin(&stage->job.ctx, stage->store, &session));
    const struct answers_wish wish = {.id = stage->live.id,
                                      .study = stage->studies[stage->version_count - 1],
                                      .versions = stage->versions,
                                      .version_count = stage->version_count};
    enum status status = answers_gather(&stage->job.ctx, session, &wish, out);
    store_read_end(session);
    return status;
}

static const struct answers *gathered(struct stage *stage, const char *expected)
{
    static char dump[4096];
    const struct answers *answers = NULL;
    assert_ok(&stage->job, gather(stage, &answers));
    answers_dump(answers, dump, sizeof dump);
    assert_string_equal(dump, expected);
    return answers;
}

static const struct answered both_waves[] = {
    {.encounter = 1,
     .respondent = 1,
     .wave = WAVE_EXPECTATION,
     .phase = PHASE_BEFORE,
     .given = "expectation.q1=5 minimum.q1=na expectation.q2=2",
     .attributes = "{\"branch\":\"Oslo\",\"other\":\"x\"}"},
    {.encounter = 1,
     .respondent = 1,
     .wave = WAVE_PERCEPTION,
     .phase = PHASE_AFTER,
     .given = "perception.q1=4 perception.q2=1 points.people=70 points.place=30 outcome.satisfaction=9 outcome.spend=1250 "
              "segment.sex=2"},
    {.encounter = 2,
     .respondent = 2,
     .wave = WAVE_PERCEPTION,
     .phase = PHASE_AFTER,
     .arm = ARM_PERCEPTION_ONLY,
     .given = "perception.q1=3 perception.q2=na",
     .attributes = "{\"branch\":\"Bergen\",\"sex\":\"f\"}"},
    {.encounter = 3,
     .respondent = 1,
     .wave = WAVE_EXPECTATION,
     .phase = PHASE_BEFORE,
     .given = "expectation.q1=1 minimum.q1=? expectation.q2=?",
     .attributes = "{\"branch\":\"\"}"},
    {.encounter = 4, .respondent = 3, .wave = WAVE_DURING, .phase = PHASE_DURING, .given = "perception.q2=5"}};

static void put_all(struct stage *stage, bool backwards)
{
    size_t count = sizeof both_waves / sizeof *both_waves;
    for (size_t i = 0; i < count; i++)
        put(stage, both_waves[backwards ? count - 1 - i : i]);
}

/* Slots: expectation q1 q2, perception q1 q2, minimum q1. "One encounter per row"; what was not asked is not skipped; what was
 * captured during the encounter stays out; respondents by their ids; the respondent's own word for a segment. */
static void rows_are_encounters(void **state)
{
    (void)state;
    struct stage stage;
    stage_begin(&stage, STUDY);
    put_all(&stage, false);
    const struct answers *answers = gathered(&stage, "5 2 4 1 d @0 m Oslo o9 o1250 i70 i30 / "
                                                     "n n 3 d n @1 f Bergen o. o. i. i. / "
                                                     "1 n . . n @0 - - o. o. i. i.");
    assert_int_equal(answers->respondent_count, 2);
    assert_int_equal(answers->note_count, 0);
    stage_end(&stage);
}

/* "Order independent of insertion." */
static void the_order_of_arrival_does_not_show(void **state)
{
    (void)state;
    struct stage forwards, backwards;
    const struct answers *a = NULL, *b = NULL;
    stage_begin(&forwards, STUDY);
    put(&forwards, both_waves[0]); /* the attributes are those of the first */
    put_all(&forwards, false);
    stage_begin(&backwards, STUDY);
    put(&backwards, both_waves[0]);
    put_all(&backwards, true);
    assert_ok(&forwards.job, gather(&forwards, &a));
    assert_ok(&backwards.job, gather(&backwards, &b));
    assert_same_answers(a, b);
    stage_end(&backwards);
    stage_end(&forwards);
}

/* "Late ones are left out and a note counts them"; so are those recalled, and those of the other kind when the study asks them in
 * the perception form. */
static void expectations_enter_in_their_phase(void **state)
{
    (void)state;
    static const char *const given = "expectation.q1=5 expectation.q2=2";
    struct stage stage;
    stage_begin(&stage, STUDY);
    put(&stage, (struct answered){.encounter = 1, .wave = WAVE_EXPECTATION, .phase = PHASE_LATE, .given = given});
    put(&stage, (struct answered){.encounter = 1, .wave = WAVE_PERCEPTION, .phase = PHASE_AFTER, .given = "perception.q1=4"});
    put(&stage, (struct answered){.encounter = 2, .wave = WAVE_EXPECTATION, .phase = PHASE_LATE, .given = given});
    put(&stage, (struct answered){.encounter = 3, .wave = WAVE_EXPECTATION, .phase = PHASE_RECALLED, .given = given});
    put(&stage, (struct answered){.encounter = 4, .wave = WAVE_EXPECTATION, .phase = PHASE_BEFORE, .given = given});
    const struct answers *answers = gathered(&stage, ". . 4 . . @0 - - o. o. i. i. / 5 2 . . . @1 - - o. o. i. i.");
    assert_int_equal(answers->note_count, 2);
    assert_string_equal(answers->notes[0].english,
                        "2 expectations were answered after the encounter had begun; they are kept, and left out here.");
    assert_string_equal(answers->notes[1].english,
                        "1 expectation was recalled after the encounter, and is not mixed with those given before it.");
    version_add(&stage, HEAD("recalled") ITEMS COLUMNS("") COLLECTION("named"));
    put(&stage, (struct answered){.encounter = 5,
                                  .version = 2,
                                  .wave = WAVE_PERCEPTION,
                                  .phase = PHASE_AFTER,
                                  .given = "expectation.q1=3 perception.q1=2"});
    answers = gathered(&stage, ". . 4 . . @0 - - o. o. i. i. / 3 . 2 . . @1 - - o. o. i. i.");
    assert_int_equal(answers->note_count, 3);
    assert_string_equal(answers->notes[2].english,
                        "1 expectation was given before the encounter, and is not mixed with those asked afterwards.");
    version_add(&stage, STUDY);
    answers = gathered(&stage, ". . 4 . . @0 - - o. o. i. i. / 5 2 . . . @1 - - o. o. i. i. / . . 2 . . @2 - - o. o. i. i.");
    assert_string_equal(answers->notes[1].english,
                        "2 expectations were recalled after the encounter, and are not mixed with those given before it.");
    stage_end(&stage);
}

/* "Encounters of versions whose scales differ from the newest are left out and counted in a note"; a version with an item more or
 * less, or in another order, is read by the names of its items. */
static void versions_are_joined_by_name_and_scale(void **state)
{
    (void)state;
    struct stage stage;
    stage_begin(&stage, STUDY);
    put_all(&stage, false);
    version_add(&stage,
                HEAD("before") "\"scales\":{\"agree5\":{\"min\":1,\"max\":5,\"labels\":{\"1\":\"Disagree\",\"5\":\"Agree\"}}},"
                               "\"dimensions\":[{\"id\":\"place\"},{\"id\":\"people\"}],"
                               "\"items\":[{\"id\":\"q3\",\"dimension\":\"people\",\"text\":\"New\"},"
                               "{\"id\":\"q1\",\"dimension\":\"place\",\"text\":\"The staff listen to you\"}],"
                               "\"columns\":{\"respondent\":\"id\",\"expectation\":\"h{n}\",\"perception\":\"p{n}\","
                               "\"segments\":[\"branch\"]}}");
    const struct answers *answers = gathered(&stage, "n 5 n 4 @0 Oslo / n n n 3 @1 Bergen / n 1 n . @0 -");
    assert_int_equal(answers->note_count, 0);
    static const char *const others[] = {
        HEAD("before") "\"scales\":{\"a\":{\"min\":1,\"max\":7,\"labels\":{\"1\":\"Disagree\",\"5\":\"Agree\"}}},",
        HEAD("before") "\"scales\":{\"a\":{\"min\":1,\"max\":5,\"labels\":{\"1\":\"Disagree\",\"5\":\"Agree a lot\"}}},",
        HEAD("before") "\"scales\":{\"a\":{\"min\":1,\"max\":5,\"labels\":{\"1\":\"Disagree\"}}},"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        char json[1024];
        (void)snprintf(json, sizeof json,
                       "%s\"items\":[{\"id\":\"q1\",\"text\":\"The staff listen\"}],\"columns\":{\"respondent\":\"id\","
                       "\"expectation\":\"h{n}\",\"perception\":\"p{n}\"}}",
                       others[i]);
        stage.version_count = 1;
        version_add(&stage, json);
        answers = gathered(&stage, "");
        assert_string_equal(answers->notes[0].english,
                            "4 encounters were asked on scales that differ from today's, and are left out.");
    }
    stage_end(&stage);
}

/* The direction of an item is part of its scale. */
static void a_turned_item_is_another_scale(void **state)
{
    (void)state;
    struct stage stage;
    stage_begin(&stage, STUDY);
    put(&stage, both_waves[0]);
    version_add(&stage,
                HEAD("before") "\"scales\":{\"agree5\":{\"min\":1,\"max\":5,\"labels\":{\"1\":\"Disagree\",\"5\":\"Agree\"}}},"
                               "\"items\":[{\"id\":\"q2\",\"text\":\"The wait is long\"}],\"columns\":{\"respondent\":\"id\","
                               "\"expectation\":\"h{n}\",\"perception\":\"p{n}\"}}");
    const struct answers *answers = gathered(&stage, "");
    assert_string_equal(answers->notes[0].english, "1 encounter was asked on scales that differ from today's, and is left out.");
    stage_end(&stage);
}

#define ATTRIBUTED                                                                                                               \
    ". . 4 . . @0 c0 s0 w1.5 - - 2023-12 o. o. i. i. / "                                                                         \
    ". . 4 . . @1 c1 s1 w1 - - 2024-03 o. o. i. i. / "                                                                           \
    ". . 4 . . @2 c0 s2 w0.25 - - 2024-03 o. o. i. i. / "                                                                        \
    ". . 4 . . @3 c2 s1 w1 - - 2024-03 o. o. i. i."

/* What a column of a file would say, the attributes of the encounter say: weight, cluster, stratum, and the time as a period. */
static void attributes_are_columns(void **state)
{
    (void)state;
    static const char *const given = "perception.q1=4";
    static const char *const attributes[] = {"{\"w\":\"1.5\",\"c\":\"north\",\"st\":\"a\",\"day\":\"2023-12-31\"}",
                                             "{\"w\":\"-1\",\"c\":\"south\",\"day\":\"soon\"}",
                                             "{\"w\":\"0.25\",\"c\":\"north\",\"st\":\"b\"}", "{}"};
    struct stage stage;
    stage_begin(&stage, HEAD("before") ITEMS COLUMNS(",\"weight\":\"w\",\"cluster\":\"c\",\"strata\":\"st\","
                                                     "\"time\":{\"column\":\"day\",\"period\":\"month\"}") COLLECTION("named"));
    for (uint8_t i = 0; i < 4; i++)
        put(&stage, (struct answered){.encounter = (uint8_t)(i + 1),
                                      .wave = WAVE_PERCEPTION,
                                      .phase = PHASE_AFTER,
                                      .given = given,
                                      .attributes = attributes[i]});
    const struct answers *answers = gathered(&stage, ATTRIBUTED);
    put(&stage, (struct answered){.encounter = 5, .wave = WAVE_EXPECTATION, .phase = PHASE_BEFORE, .given = "expectation.q1=4"});
    put(&stage, (struct answered){.encounter = 5, .wave = WAVE_PERCEPTION, .phase = PHASE_AFTER, .given = given});
    put(&stage,
        (struct answered){
            .encounter = 6, .wave = WAVE_PERCEPTION, .phase = PHASE_AFTER, .given = given, .began_ms = INT64_C(1704067199999)});
    put(&stage, (struct answered){.encounter = 7, .wave = WAVE_EXPECTATION, .phase = PHASE_BEFORE, .given = "expectation.q1=4"});
    answers = gathered(&stage, ATTRIBUTED " / 4 . 4 . . @4 c2 s1 w1 - - 2024-03 o. o. i. i. / "
                                          ". . 4 . . @5 c2 s1 w1 - - 2023-12 o. o. i. i. / "
                                          "4 . . . . @6 c2 s1 w1 - - 2024-02 o. o. i. i.");
    assert_string_equal(answers->notes[0].english, "5 encounters have no weight that can be used, and count as one each.");
    stage_end(&stage);
}

/* Where nobody is known, each encounter is a respondent of its own. */
static void nobody_is_known_in_anonymous_studies(void **state)
{
    (void)state;
    struct stage stage;
    stage_begin(&stage, HEAD("before") ITEMS COLUMNS("") COLLECTION("anonymous"));
    put(&stage, (struct answered){.encounter = 1, .wave = WAVE_PERCEPTION, .phase = PHASE_AFTER, .given = "perception.q1=4"});
    put(&stage, (struct answered){.encounter = 2, .wave = WAVE_PERCEPTION, .phase = PHASE_AFTER, .given = "perception.q1=2"});
    const struct answers *answers = gathered(&stage, ". . 4 . . @0 - - o. o. i. i. / . . 2 . . @1 - - o. o. i. i.");
    assert_int_equal(answers->respondent_count, 2);
    assert_false(answers_are_named(answers));
    stage_end(&stage);
}

/* "STATUS_DATA when a submission cannot be read, with its encounter." */
static void what_cannot_be_read_is_named(void **state)
{
    (void)state;
    struct stage stage;
    const struct answers *answers = NULL;
    stage_begin(&stage, STUDY);
    put(&stage, (struct answered){.encounter = 18, .wave = WAVE_PERCEPTION, .phase = PHASE_AFTER, .bytes = "nonsense"});
    assert_int_equal(gather(&stage, &answers), STATUS_DATA);
    assert_string_equal(stage.job.ctx.error.sentence, "What was answered on perception in encounter "
                                                      "07000000-0000-0000-0000-000000000012 cannot be read with version 1 of the "
                                                      "instrument.");
    stage_end(&stage);
    stage_begin(&stage, STUDY);
    put(&stage, both_waves[0]);
    stage.versions[0].version = 9;
    assert_int_equal(gather(&stage, &answers), STATUS_DATA);
    stage_end(&stage);
    stage_begin(&stage, STUDY);
    put(&stage,
        (struct answered){
            .encounter = 1, .wave = WAVE_PERCEPTION, .phase = PHASE_AFTER, .given = "perception.q1=4", .attributes = "{"});
    assert_int_equal(gather(&stage, &answers), STATUS_DATA);
    assert_non_null(strstr(stage.job.ctx.error.sentence, "attributes"));
    stage_end(&stage);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {cmocka_unit_test(rows_are_encounters),
                                              cmocka_unit_test(the_order_of_arrival_does_not_show),
                                              cmocka_unit_test(expectations_enter_in_their_phase),
                                              cmocka_unit_test(versions_are_joined_by_name_and_scale),
                                              cmocka_unit_test(a_turned_item_is_another_scale),
                                              cmocka_unit_test(attributes_are_columns),
                                              cmocka_unit_test(nobody_is_known_in_anonymous_studies),
                                              cmocka_unit_test(what_cannot_be_read_is_named)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
