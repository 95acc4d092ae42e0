/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The contract of a store, through its public functions alone: whatever database stands behind, it passes these. Studies, persons,
 * encounters, keys and events; contract_answers_test.c has links and answers, contract_apart_test.c keeps studies apart. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "store/encounter_rows.h"
#include "store/event_rows.h"
#include "store/key_rows.h"
#include "store/study_rows.h"
#include "support/contract_stage.h"

static void assert_study(const struct live_study *is, const struct live_study *wanted)
{
    assert_true(uuid_equal(&is->id, &wanted->id));
    assert_string_equal(is->name, wanted->name);
    assert_string_equal(is->title, wanted->title);
    assert_int_equal(is->state, wanted->state);
    assert_int_equal(is->identity, wanted->identity);
    assert_memory_equal(is->salt, wanted->salt, sizeof is->salt);
    assert_int_equal(is->version, wanted->version);
    assert_int_equal(is->created_ms, wanted->created_ms);
}

static enum status studies_found(struct ctx *ctx, struct store_session *session, void *state)
{
    struct stage *stage = state;
    struct live_study study = {.version = 99}, *studies = NULL;
    const struct uuid nobody = id_of(1, 3);
    size_t count = 0;
    bool found = true;
    OK(study_by_name(ctx, session, span_of("nobody's"), &study, &found));
    assert_false(found);
    OK(study_by_name(ctx, session, span_of("our"), &study, &found));
    assert_false(found);
    OK(study_by_id(ctx, session, &nobody, &study, &found));
    assert_false(found);
    assert_int_equal(study.version, 99);
    OK(study_by_name(ctx, session, span_of("ours"), &study, &found));
    assert_true(found);
    assert_study(&study, &stage->ours);
    OK(study_by_id(ctx, session, &stage->theirs.id, &study, &found));
    assert_true(found);
    assert_study(&study, &stage->theirs);
    OK(study_list(ctx, session, &studies, &count));
    assert_int_equal(count, 2);
    assert_study(&studies[0], &stage->ours);
    assert_study(&studies[1], &stage->theirs);
    return STATUS_OK;
}

/* "gives *found: false and *out untouched when there is none"; in a session that writes and in one that reads */
static void studies_are_found(struct stage *stage)
{
    stage_write(stage, studies_found);
    stage_read(stage, studies_found);
}

static enum status names_taken(struct ctx *ctx, struct store_session *session, void *state)
{
    struct stage *stage = state;
    struct live_study study = stage->ours;
    struct instrument_version version = {.version = 1, .definition = span_of("{}")};
    struct live_study *studies = NULL;
    size_t count = 0;
    study.id = version.study = id_of(1, 3);
    IS(STATUS_INVALID, study_add(ctx, session, &study, &version, "text"));
    assert_non_null(strstr(ctx->error.sentence, "ours"));
    study.name = "third";
    study.id = version.study = stage->ours.id;
    IS(STATUS_INVALID, study_add(ctx, session, &study, &version, "text"));
    OK(study_set_state(ctx, session, &stage->ours.id, LIVE_CLOSED));
    OK(study_list(ctx, session, &studies, &count));
    assert_int_equal(count, 2);
    stage->ours.state = LIVE_CLOSED;
    assert_study(&studies[0], &stage->ours);
    assert_study(&studies[1], &stage->theirs);
    OK(study_set_state(ctx, session, &stage->ours.id, LIVE_OPEN));
    return STATUS_OK;
}

static void names_are_unique(struct stage *stage)
{
    stage_write(stage, names_taken);
}

static enum status versions_added(struct ctx *ctx, struct store_session *session, void *state)
{
    struct stage *stage = state;
    const struct digest before = hash_of("We keep your answers.", 0);
    struct instrument_version version = {.study = stage->ours.id,
                                         .version = 2,
                                         .definition = span_of("{2}"),
                                         .scales = hash_of("scales", 2),
                                         .consent = hash_of("We keep less.", 0),
                                         .created_ms = 2000},
                              is;
    struct live_study study;
    const char *consent = "?";
    bool found = false;
    IS(STATUS_INVALID, (version.version = 3, study_add_version(ctx, session, &version, "Hotel II", "We keep less.")));
    IS(STATUS_INVALID, (version.version = 1, study_add_version(ctx, session, &version, "Hotel II", "We keep less.")));
    version.version = 2;
    OK(study_add_version(ctx, session, &version, "Hotel II", "We keep less."));
    IS(STATUS_INVALID, study_add_version(ctx, session, &version, "Hotel III", "We keep less."));
    OK(study_version(ctx, session, &stage->ours.id, 2, &is, &found));
    assert_true(found && is.version == 2 && is.created_ms == 2000 && span_is(is.definition, "{2}"));
    assert_true(uuid_equal(&is.study, &stage->ours.id));
    assert_true(digest_equal(&is.scales, &version.scales) && digest_equal(&is.consent, &version.consent));
    OK(study_version(ctx, session, &stage->ours.id, 1, &is, &found));
    assert_true(found && is.definition.length == 9 && memcmp(is.definition.at, "{\"a\":1}\0x", 9) == 0);
    OK(study_version(ctx, session, &stage->ours.id, 3, &is, &found));
    assert_false(found);
    OK(study_by_id(ctx, session, &stage->ours.id, &study, &found));
    assert_int_equal(study.version, 2);
    assert_string_equal(study.title, "Hotel II");
    OK(study_consent(ctx, session, &stage->ours.id, &version.consent, &consent));
    assert_string_equal(consent, "We keep less.");
    OK(study_consent(ctx, session, &stage->ours.id, &before, &consent));
    assert_string_equal(consent, "We keep your answers.");
    OK(study_consent(ctx, session, &stage->ours.id, &version.scales, &consent));
    assert_null(consent);
    version.version = 3;
    version.consent = before;
    OK(study_add_version(ctx, session, &version, "Hotel III", "We keep your answers."));
    return STATUS_OK;
}

/* "numbered one above the newest"; each consent text stays as long as answers may refer to it */
static void versions_follow_each_other(struct stage *stage)
{
    stage_write(stage, versions_added);
}

static enum status persons_kept(struct ctx *ctx, struct store_session *session, void *state)
{
    struct stage *stage = state;
    const struct uuid study = stage->ours.id, ada = id_of(2, 1), bob = id_of(2, 2), eve = id_of(2, 3), no = id_of(2, 4);
    const struct contact whole = {"Ada", "ada@example.org", "+47 1", "C-1"}, part = {.email = "ada@example.org"}, none = {0};
    struct contact contact = {.name = "untouched"};
    bool found = true;
    OK(respondent_add(ctx, session, &study, &eve, 9, NULL));
    OK(respondent_add(ctx, session, &study, &ada, 9, &whole));
    OK(respondent_add(ctx, session, &study, &bob, 9, &part));
    IS(STATUS_INVALID, respondent_add(ctx, session, &study, &ada, 9, &none));
    IS(STATUS_INVALID, respondent_add(ctx, session, &no, &ada, 9, &none));
    OK(respondent_contact(ctx, session, &study, &eve, &contact, &found));
    assert_false(found);
    assert_string_equal(contact.name, "untouched");
    OK(respondent_contact(ctx, session, &study, &ada, &contact, &found));
    assert_true(found);
    assert_string_equal(contact.name, "Ada");
    assert_string_equal(contact.email, "ada@example.org");
    assert_string_equal(contact.phone, "+47 1");
    assert_string_equal(contact.reference, "C-1");
    OK(respondent_contact(ctx, session, &study, &bob, &contact, &found));
    assert_true(found && !contact.name && !contact.phone && !contact.reference);
    return STATUS_OK;
}

static enum status persons_found(struct ctx *ctx, struct store_session *session, void *state)
{
    struct stage *stage = state;
    static const struct {
        const char *text;
        size_t count;
    } cases[] = {{"ada@example.org", 2},
                 {"C-1", 1},
                 {"Ada", 0},
                 {"+47 1", 0},
                 {"ada@example", 0},
                 {"", 0},
                 {"02b300ff-0000-0000-0000-000000000003", 1},
                 {"02B300FF-0000-0000-0000-000000000003", 1},
                 {"02b300ff-0000-0000-0000-000000000009", 0},
                 {"ADA@EXAMPLE.ORG", 0},
                 {"%", 0},
                 {"00000000-0000-0000-0000-000000000000", 0}};
    struct uuid *ids = NULL;
    size_t count = 99;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        OK(respondent_find(ctx, session, &stage->ours.id, span_of(cases[i].text), &ids, &count));
        if (count != cases[i].count)
            fail_msg("\"%s\" finds %zu", cases[i].text, count);
    }
    struct respondent_page page = {.most = 2};
    OK(respondent_list(ctx, session, &stage->ours.id, &page, &ids, &count));
    assert_int_equal(count, 2);
    assert_int_equal(ids[0].bytes[15], 1);
    assert_int_equal(ids[1].bytes[15], 2);
    page.after = ids[1];
    OK(respondent_list(ctx, session, &stage->ours.id, &page, &ids, &count));
    assert_int_equal(count, 1);
    assert_int_equal(ids[0].bytes[15], 3);
    page.after = ids[0];
    OK(respondent_list(ctx, session, &stage->ours.id, &page, &ids, &count));
    assert_int_equal(count, 0);
    return STATUS_OK;
}

/* "id, e-mail or reference is exactly this text"; pages in the order of ids */
static void persons_are_found(struct stage *stage)
{
    stage_write(stage, persons_kept);
    stage_read(stage, persons_found);
}

static void assert_encounter(const struct encounter *is, const struct encounter *wanted)
{
    assert_true(uuid_equal(&is->study, &wanted->study) && uuid_equal(&is->id, &wanted->id));
    assert_true(uuid_equal(&is->respondent, &wanted->respondent));
    assert_int_equal(is->arm, wanted->arm);
    assert_int_equal(is->invited, wanted->invited);
    assert_true(is->seed == wanted->seed);
    assert_int_equal(is->version, wanted->version);
    assert_string_equal(is->language, wanted->language);
    assert_string_equal(is->attributes, wanted->attributes);
    assert_true(is->created_ms == wanted->created_ms && is->planned_ms == wanted->planned_ms);
    assert_true(is->began_ms == wanted->began_ms && is->ended_ms == wanted->ended_ms);
}

static enum status encounter_counted(struct ctx *ctx, void *state, const struct encounter *encounter)
{
    unsigned *next = state;
    (void)ctx;
    assert_int_equal(encounter->id.bytes[15], *next);
    return ++*next == 3 ? STATUS_CANCELLED : STATUS_OK;
}

static enum status encounters_kept(struct ctx *ctx, struct store_session *session, void *state)
{
    struct stage *stage = state;
    const struct uuid ada = id_of(2, 1), bob = id_of(2, 2);
    struct encounter first = encounter_of(&stage->ours.id, 2), second = encounter_of(&stage->ours.id, 1), is, *list = NULL;
    unsigned next = 1;
    size_t count = 0;
    bool found = true;
    first.respondent = second.respondent = ada;
    second.invited = false;
    second.language = second.attributes = "";
    OK(encounter_get(ctx, session, &stage->ours.id, &first.id, &is, &found));
    assert_false(found);
    OK(encounter_add(ctx, session, &first));
    OK(encounter_add(ctx, session, &second));
    IS(STATUS_INVALID, encounter_add(ctx, session, &first));
    is = first;
    is.study = id_of(1, 9);
    IS(STATUS_INVALID, encounter_add(ctx, session, &is));
    OK(encounter_get(ctx, session, &stage->ours.id, &first.id, &is, &found));
    assert_true(found);
    assert_encounter(&is, &first);
    OK(encounter_list(ctx, session, &stage->ours.id, &ada, &list, &count));
    assert_int_equal(count, 2);
    assert_encounter(&list[0], &second);
    assert_encounter(&list[1], &first);
    OK(encounter_list(ctx, session, &stage->ours.id, &bob, &list, &count));
    assert_int_equal(count, 0);
    struct encounter changed = {.study = first.study,
                                .id = first.id,
                                .language = "ar",
                                .began_ms = 50,
                                .ended_ms = 60,
                                .attributes = "{}",
                                .planned_ms = 1};
    OK(encounter_update(ctx, session, &changed));
    first.language = "ar";
    first.began_ms = 50;
    first.ended_ms = 60;
    OK(encounter_get(ctx, session, &stage->ours.id, &first.id, &is, &found));
    assert_encounter(&is, &first);
    OK(encounter_get(ctx, session, &stage->ours.id, &second.id, &is, &found));
    assert_encounter(&is, &second);
    struct encounter third = encounter_of(&stage->ours.id, 3);
    OK(encounter_add(ctx, session, &third));
    OK(encounter_get(ctx, session, &stage->ours.id, &third.id, &is, &found));
    assert_true(uuid_is_none(&is.respondent));
    IS(STATUS_CANCELLED, encounter_each(ctx, session, &stage->ours.id, encounter_counted, &next));
    assert_int_equal(next, 3);
    return STATUS_OK;
}

/* "Writes language, began_ms and ended_ms back", and no more; lists are by id */
static void encounters_are_kept(struct stage *stage)
{
    stage_write(stage, encounters_kept);
}

static enum status keys_kept(struct ctx *ctx, struct store_session *session, void *state)
{
    struct stage *stage = state;
    struct api_key till = {.id = id_of(9, 1),
                           .name = "till",
                           .hash = hash_of("key", 1),
                           .access = KEY_WRITE,
                           .created_ms = 1,
                           .expires_ms = 2},
                   board = {.id = id_of(9, 2), .name = "board", .hash = hash_of("key", 2), .all_studies = true}, is = {0}, *list;
    const struct uuid both[] = {stage->theirs.id, stage->ours.id}, nowhere = id_of(1, 7);
    const char *const *names = NULL;
    size_t count = 0;
    bool found = true, covers = false;
    OK(key_by_hash(ctx, session, &till.hash, &is, &found));
    assert_false(found);
    OK(key_add(ctx, session, &till, &both[1], 1));
    OK(key_add(ctx, session, &board, NULL, 0));
    is = (struct api_key){.id = id_of(9, 3), .name = "till", .hash = hash_of("key", 3)};
    IS(STATUS_INVALID, key_add(ctx, session, &is, NULL, 0));
    assert_non_null(strstr(ctx->error.sentence, "till"));
    is = (struct api_key){.id = id_of(9, 3), .name = "other", .hash = hash_of("key", 3)};
    IS(STATUS_INVALID, key_add(ctx, session, &is, &nowhere, 1));
    OK(key_by_hash(ctx, session, &till.hash, &is, &found));
    assert_true(found && is.access == KEY_WRITE && !is.all_studies && is.created_ms == 1 && is.expires_ms == 2);
    assert_true(uuid_equal(&is.id, &till.id) && digest_equal(&is.hash, &till.hash) && is.revoked_ms == 0);
    OK(key_covers(ctx, session, &is, &stage->ours.id, &covers));
    assert_true(covers);
    OK(key_covers(ctx, session, &is, &stage->theirs.id, &covers));
    assert_false(covers);
    OK(key_by_name(ctx, session, span_of("board"), &is, &found));
    assert_true(found && is.access == KEY_READ && is.all_studies);
    OK(key_covers(ctx, session, &is, &stage->theirs.id, &covers));
    assert_true(covers);
    OK(key_by_name(ctx, session, span_of("boar"), &is, &found));
    assert_false(found);
    OK(key_studies(ctx, session, &till.id, &names, &count));
    assert_int_equal(count, 1);
    assert_string_equal(names[0], "ours");
    OK(key_studies(ctx, session, &board.id, &names, &count));
    assert_int_equal(count, 0);
    OK(key_revoke(ctx, session, &till.id, 50));
    OK(key_revoke(ctx, session, &till.id, 60));
    OK(key_by_hash(ctx, session, &till.hash, &is, &found));
    assert_true(found && is.revoked_ms == 50);
    OK(key_by_hash(ctx, session, &board.hash, &is, &found));
    assert_int_equal(is.revoked_ms, 0);
    is = (struct api_key){.id = id_of(9, 4), .name = "all", .hash = hash_of("key", 4)};
    OK(key_add(ctx, session, &is, both, 2));
    OK(key_studies(ctx, session, &is.id, &names, &count));
    assert_int_equal(count, 2);
    assert_string_equal(names[0], "ours");
    OK(key_list(ctx, session, &list, &count));
    assert_true(count >= 3);
    for (size_t i = 1; i < count; i++)
        assert_true(strcmp(list[i - 1].name, list[i].name) < 0);
    return STATUS_OK;
}

/* "The key that has this hash, whether or not it is still good"; one key more for a study opens no other */
static void keys_are_kept(struct stage *stage)
{
    stage_write(stage, keys_kept);
}

static enum status events_put(struct ctx *ctx, struct store_session *session, void *state)
{
    struct stage *stage = state;
    for (int64_t i = 1; i <= 6; i++) {
        const struct event event = {.study = i == 6  ? (struct uuid){{0}}
                                             : i % 2 ? stage->ours.id
                                                     : stage->theirs.id,
                                    .at_ms = i * 10,
                                    .kind = "invited",
                                    .encounter = i == 3 ? id_of(3, 3) : (struct uuid){{0}},
                                    .actor = "key:till",
                                    .count = i};
        OK(event_add(ctx, session, &event));
    }
    return STATUS_OK;
}

static int64_t broken_at;

static enum status chain_followed(struct ctx *ctx, struct store_session *session, void *state)
{
    (void)state;
    broken_at = -1;
    OK(event_verify(ctx, session, &broken_at));
    return STATUS_OK;
}

static enum status events_listed(struct ctx *ctx, struct store_session *session, void *state)
{
    struct stage *stage = state;
    struct event *events = NULL;
    size_t count = 0;
    const struct uuid none = {{0}};
    OK(event_list(ctx, session, &stage->ours.id, &(struct event_range){0, 2}, &events, &count));
    assert_int_equal(count, 2);
    assert_true(events[0].sequence == 1 && events[1].sequence == 3 && events[1].count == 3 && events[1].at_ms == 30);
    assert_string_equal(events[1].kind, "invited");
    assert_string_equal(events[1].actor, "key:till");
    assert_true(uuid_is_none(&events[0].encounter) && events[1].encounter.bytes[15] == 3);
    OK(event_list(ctx, session, &stage->ours.id, &(struct event_range){4, 10}, &events, &count));
    assert_true(count == 1 && events[0].sequence == 5);
    OK(event_list(ctx, session, &none, &(struct event_range){5, 10}, &events, &count));
    assert_true(count == 2 && events[0].sequence == 5 && events[1].sequence == 6);
    assert_true(uuid_is_none(&events[1].study) && uuid_equal(&events[0].study, &stage->ours.id));
    return STATUS_OK;
}

static void assert_chain(struct stage *stage, const char *sql, int64_t wanted)
{
    if (sql)
        stage_tamper(stage, sql);
    stage_read(stage, chain_followed);
    if (broken_at != wanted)
        fail_msg("%s: %d", sql ? sql : "", (int)broken_at);
}

/* "each line chained to the one before by a hash over both": each field, a line that is gone, and two that changed places */
static void events_are_chained(struct stage *stage)
{
    assert_chain(stage, NULL, 0);
    stage_write(stage, events_put);
    stage_read(stage, events_listed);
    assert_chain(stage, NULL, 0);
    static const char *const changes[][2] = {
        {"UPDATE event SET at_ms = 21 WHERE sequence = 2", "UPDATE event SET at_ms = 20 WHERE sequence = 2"},
        {"UPDATE event SET kind = 'erased' WHERE sequence = 2", "UPDATE event SET kind = 'invited' WHERE sequence = 2"},
        {"UPDATE event SET actor = 'operator' WHERE sequence = 2", "UPDATE event SET actor = 'key:till' WHERE sequence = 2"},
        {"UPDATE event SET count = 0 WHERE sequence = 2", "UPDATE event SET count = 2 WHERE sequence = 2"},
        {"UPDATE event SET encounter = study WHERE sequence = 2", "UPDATE event SET encounter = NULL WHERE sequence = 2"},
        {"UPDATE event SET chain = (SELECT chain FROM event WHERE sequence = 1) WHERE sequence = 2", NULL}};
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        assert_chain(stage, changes[i][0], 2);
        if (changes[i][1])
            assert_chain(stage, changes[i][1], 0);
    }
}

static void gaps_in_the_log_are_found(struct stage *stage)
{
    stage_write(stage, events_put);
    stage_write(stage, events_put);
    assert_chain(stage, "DELETE FROM event WHERE sequence = 9", 10);
    assert_chain(stage, "UPDATE event SET sequence = 9 WHERE sequence = 7", 8);
    assert_chain(stage, "DELETE FROM event WHERE sequence = 1", 2);
    stage_write(stage, events_put);
    assert_chain(stage, NULL, 2);
}

#define TEST(name)                                                                                                               \
    static void test_##name(void **state)                                                                                        \
    {                                                                                                                            \
        (void)state;                                                                                                             \
        on_each_stage(name);                                                                                                     \
    }
TEST(studies_are_found)
TEST(names_are_unique)
TEST(versions_follow_each_other)
TEST(persons_are_found)
TEST(encounters_are_kept)
TEST(keys_are_kept)
TEST(events_are_chained)
TEST(gaps_in_the_log_are_found)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_studies_are_found),          cmocka_unit_test(test_names_are_unique),
        cmocka_unit_test(test_versions_follow_each_other), cmocka_unit_test(test_persons_are_found),
        cmocka_unit_test(test_encounters_are_kept),        cmocka_unit_test(test_keys_are_kept),
        cmocka_unit_test(test_events_are_chained),         cmocka_unit_test(test_gaps_in_the_log_are_found)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
