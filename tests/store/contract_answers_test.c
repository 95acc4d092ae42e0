/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The contract of a store: links, doors, drafts, answers, codes, replies and what is counted of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "store/encounter_rows.h"
#include "store/event_rows.h"
#include "store/study_rows.h"
#include "store/submission_rows.h"
#include "store/token_rows.h"
#include "support/contract_stage.h"

static void assert_token(const struct token *is, const struct token *wanted)
{
    assert_true(uuid_equal(&is->study, &wanted->study) && digest_equal(&is->hash, &wanted->hash));
    assert_true(uuid_equal(&is->encounter, &wanted->encounter));
    assert_int_equal(is->wave, wanted->wave);
    assert_true(is->created_ms == wanted->created_ms && is->opens_ms == wanted->opens_ms);
    assert_true(is->expires_ms == wanted->expires_ms && is->used_ms == wanted->used_ms);
    assert_true(is->withdrawn_ms == wanted->withdrawn_ms);
}

static struct token token_now(struct ctx *ctx, struct store_session *session, const struct digest *hash)
{
    struct token token = {0};
    bool found = false;
    OK(token_get(ctx, session, hash, &token, &found));
    assert_true(found);
    return token;
}

static enum status tokens_kept(struct ctx *ctx, struct store_session *session, void *state)
{
    struct stage *stage = state;
    struct token before = token_of(&stage->ours.id, 1, WAVE_EXPECTATION), after = token_of(&stage->ours.id, 1, WAVE_PERCEPTION),
                 again = token_of(&stage->ours.id, 2, WAVE_PERCEPTION), is, *list = NULL;
    struct token_choice choice = {.study = stage->ours.id, .encounter = before.encounter, .wave = WAVE_PERCEPTION};
    uint64_t changed = 99;
    size_t count = 0;
    bool found = true, first = false;
    OK(token_get(ctx, session, &before.hash, &is, &found));
    assert_false(found);
    again.encounter = before.encounter;
    again.created_ms = 2;
    OK(token_add(ctx, session, &again));
    OK(token_add(ctx, session, &after));
    OK(token_add(ctx, session, &before));
    IS(STATUS_INVALID, token_add(ctx, session, &before));
    is = token_of(&stage->ours.id, 9, WAVE_PERCEPTION);
    is.study = id_of(1, 9);
    IS(STATUS_INVALID, token_add(ctx, session, &is));
    OK(token_list(ctx, session, &stage->ours.id, &before.encounter, &list, &count));
    assert_int_equal(count, 3);
    assert_token(&list[0], &before);
    assert_token(&list[1], &after);
    assert_token(&list[2], &again);
    OK(token_open(ctx, session, &choice, 5, 50, &changed));
    assert_int_equal(changed, 2);
    assert_true(token_now(ctx, session, &after.hash).opens_ms == 5 && token_now(ctx, session, &after.hash).expires_ms == 50);
    is = token_now(ctx, session, &before.hash);
    assert_token(&is, &before);
    OK(token_use(ctx, session, &after, 7, false, &first));
    assert_true(first);
    OK(token_open(ctx, session, &choice, 6, 60, &changed));
    assert_int_equal(changed, 1);
    OK(token_withdraw(ctx, session, &choice, 8, &changed));
    assert_int_equal(changed, 1);
    OK(token_withdraw(ctx, session, &choice, 9, &changed));
    assert_int_equal(changed, 0);
    OK(token_open(ctx, session, &choice, 7, 70, &changed));
    assert_int_equal(changed, 0);
    after.opens_ms = 5;
    after.expires_ms = 50;
    after.used_ms = 7;
    again.opens_ms = 6;
    again.expires_ms = 60;
    again.withdrawn_ms = 8;
    is = token_now(ctx, session, &after.hash);
    assert_token(&is, &after);
    is = token_now(ctx, session, &again.hash);
    assert_token(&is, &again);
    return STATUS_OK;
}

/* "Sets when the unused tokens of a choice open and expire": neither used nor withdrawn ones, nor those of the other wave */
static void tokens_are_kept(struct stage *stage)
{
    stage_write(stage, tokens_kept);
}

static enum status votes_cast(struct ctx *ctx, struct store_session *session, void *state)
{
    struct stage *stage = state;
    struct token named = token_of(&stage->ours.id, 1, WAVE_PERCEPTION), nameless = token_of(&stage->ours.id, 2, WAVE_PERCEPTION),
                 is;
    const struct token unknown = token_of(&stage->ours.id, 3, WAVE_PERCEPTION);
    bool first = false;
    OK(token_add(ctx, session, &named));
    OK(token_add(ctx, session, &nameless));
    OK(token_use(ctx, session, &named, 7, false, &first));
    assert_true(first);
    OK(token_use(ctx, session, &named, 8, true, &first));
    assert_false(first);
    named.used_ms = 7;
    is = token_now(ctx, session, &named.hash);
    assert_token(&is, &named);
    OK(token_use(ctx, session, &nameless, 9, true, &first));
    assert_true(first);
    OK(token_use(ctx, session, &nameless, 10, true, &first));
    assert_false(first);
    nameless.used_ms = 9;
    memset(&nameless.encounter, 0, sizeof nameless.encounter);
    is = token_now(ctx, session, &nameless.hash);
    assert_token(&is, &nameless);
    OK(token_use(ctx, session, &unknown, 7, false, &first));
    assert_false(first);
    return STATUS_OK;
}

/* "One vote": a token is used once, and what was written first stays; "the token loses its encounter" where nobody is known */
static void tokens_are_used_once(struct stage *stage)
{
    stage_write(stage, votes_cast);
}

static enum status drafts_kept(struct ctx *ctx, struct store_session *session, void *state)
{
    struct stage *stage = state;
    const struct token token = token_of(&stage->ours.id, 1, WAVE_PERCEPTION),
                       other = token_of(&stage->ours.id, 2, WAVE_PERCEPTION);
    struct draft draft = {.study = stage->ours.id,
                          .token = token.hash,
                          .updated_ms = 1,
                          .seconds = 2,
                          .answers = span_of("half")},
                 is = {.seconds = 99};
    bool found = true, first = false;
    OK(token_add(ctx, session, &token));
    OK(token_add(ctx, session, &other));
    OK(draft_get(ctx, session, &stage->ours.id, &token.hash, &is, &found));
    assert_true(!found && is.seconds == 99);
    OK(draft_put(ctx, session, &draft));
    draft.token = other.hash;
    OK(draft_put(ctx, session, &draft));
    draft = (struct draft){.study = stage->ours.id, .token = token.hash, .updated_ms = 3, .seconds = 4, .answers = {"a\0b", 3}};
    OK(draft_put(ctx, session, &draft));
    OK(draft_get(ctx, session, &stage->ours.id, &token.hash, &is, &found));
    assert_true(found && is.updated_ms == 3 && is.seconds == 4 && span_equal(is.answers, draft.answers));
    assert_true(uuid_equal(&is.study, &stage->ours.id) && digest_equal(&is.token, &token.hash));
    OK(token_use(ctx, session, &token, 7, false, &first));
    OK(draft_get(ctx, session, &stage->ours.id, &token.hash, &is, &found));
    assert_false(found);
    OK(draft_get(ctx, session, &stage->ours.id, &other.hash, &is, &found));
    assert_true(found && is.updated_ms == 1 && span_is(is.answers, "half"));
    return STATUS_OK;
}

/* "Keeps a draft in the place of the one before"; using a token "drops its draft", and no other */
static void drafts_are_kept(struct stage *stage)
{
    stage_write(stage, drafts_kept);
}

static enum status doors_kept(struct ctx *ctx, struct store_session *session, void *state)
{
    struct stage *stage = state;
    struct door door = {.study = stage->ours.id,
                        .hash = hash_of("door", 1),
                        .kind = DOOR_KIOSK,
                        .wave = WAVE_DURING,
                        .attributes = "{\"branch\":\"Oslo\"}",
                        .created_ms = 2},
                open = {.study = stage->ours.id,
                        .hash = hash_of("door", 2),
                        .kind = DOOR_OPEN,
                        .wave = WAVE_PERCEPTION,
                        .attributes = "{}",
                        .created_ms = 1},
                is, *list = NULL;
    size_t count = 0;
    bool found = true;
    OK(door_get(ctx, session, &door.hash, &is, &found));
    assert_false(found);
    OK(door_add(ctx, session, &door));
    OK(door_add(ctx, session, &open));
    IS(STATUS_INVALID, door_add(ctx, session, &door));
    OK(door_get(ctx, session, &door.hash, &is, &found));
    assert_true(found && is.kind == DOOR_KIOSK && is.wave == WAVE_DURING && is.created_ms == 2 && is.closed_ms == 0);
    assert_true(uuid_equal(&is.study, &stage->ours.id) && digest_equal(&is.hash, &door.hash));
    assert_string_equal(is.attributes, "{\"branch\":\"Oslo\"}");
    OK(door_list(ctx, session, &stage->ours.id, &list, &count));
    assert_int_equal(count, 2);
    assert_true(list[0].kind == DOOR_OPEN && list[1].kind == DOOR_KIOSK);
    OK(door_close(ctx, session, &stage->ours.id, &door.hash, 5, &found));
    assert_true(found);
    OK(door_close(ctx, session, &stage->ours.id, &door.hash, 6, &found));
    OK(door_get(ctx, session, &door.hash, &is, &found));
    assert_int_equal(is.closed_ms, 5);
    OK(door_get(ctx, session, &open.hash, &is, &found));
    assert_int_equal(is.closed_ms, 0);
    open.hash = hash_of("door", 3);
    OK(door_close(ctx, session, &stage->ours.id, &open.hash, 5, &found));
    assert_false(found);
    return STATUS_OK;
}

static void doors_are_kept(struct stage *stage)
{
    stage_write(stage, doors_kept);
}

static void assert_submission(const struct submission *is, const struct submission *wanted)
{
    assert_true(uuid_equal(&is->study, &wanted->study) && uuid_equal(&is->id, &wanted->id));
    assert_true(uuid_equal(&is->encounter, &wanted->encounter));
    assert_true(is->wave == wanted->wave && is->phase == wanted->phase && is->version == wanted->version);
    assert_true(is->door == wanted->door && is->received_ms == wanted->received_ms && is->seconds == wanted->seconds);
    assert_true(digest_equal(&is->consent, &wanted->consent));
    assert_string_equal(is->language, wanted->language);
    assert_string_equal(is->receipt, wanted->receipt);
    assert_true(span_equal(is->answers, wanted->answers));
}

/* What submission_each is to hand on, and when it is stopped. */
struct expected {
    const struct submission *at[4];
    unsigned next, stop;
};

static enum status submission_seen(struct ctx *ctx, void *state, const struct submission *submission)
{
    struct expected *expected = state;
    (void)ctx;
    assert_submission(submission, expected->at[expected->next++]);
    return expected->next == expected->stop ? STATUS_CANCELLED : STATUS_OK;
}

static enum status answers_kept(struct ctx *ctx, struct store_session *session, void *state)
{
    struct stage *stage = state;
    struct submission a = submission_of(&stage->ours.id, 2, WAVE_PERCEPTION, PHASE_AFTER),
                      b = submission_of(&stage->ours.id, 2, WAVE_EXPECTATION, PHASE_LATE),
                      c = submission_of(&stage->ours.id, 2, WAVE_DURING, PHASE_DURING),
                      d = submission_of(&stage->ours.id, 1, WAVE_PERCEPTION, PHASE_RECALLED), is;
    struct submission *const all[] = {&a, &b, &c, &d};
    struct expected expected = {.at = {&d, &c, &b, &a}};
    bool found = true, first = false;
    is = a;
    OK(submission_get(ctx, session, &is, &found));
    assert_false(found);
    c.answers = (struct span){"", 0};
    c.seconds = 0;
    for (size_t i = 0; i < 4; i++) {
        first = false;
        OK(submission_add(ctx, session, all[i], &first));
        assert_true(first);
    }
    is = a;
    is.id = id_of(8, 8);
    is.answers = span_of("second thoughts");
    OK(submission_add(ctx, session, &is, &first));
    assert_false(first);
    is.study = id_of(1, 9);
    IS(STATUS_INVALID, submission_add(ctx, session, &is, &first));
    for (size_t i = 0; i < 4; i++) {
        is = (struct submission){.study = stage->ours.id, .encounter = all[i]->encounter, .wave = all[i]->wave};
        OK(submission_get(ctx, session, &is, &found));
        assert_true(found);
        assert_submission(&is, all[i]);
    }
    OK(submission_each(ctx, session, &stage->ours.id, submission_seen, &expected));
    assert_int_equal(expected.next, 4);
    expected = (struct expected){.at = {&d, &c, &b, &a}, .stop = 2};
    IS(STATUS_CANCELLED, submission_each(ctx, session, &stage->ours.id, submission_seen, &expected));
    assert_int_equal(expected.next, 2);
    return STATUS_OK;
}

/* "false when this encounter and wave has one already, and nothing was written"; each "by encounter and wave" */
static void answers_are_kept_once(struct stage *stage)
{
    stage_write(stage, answers_kept);
}

/* A code of three fragments: all, and all but each. `number` tells whose, `wrong` which fragment was given otherwise. */
static void code_make(unsigned number, unsigned wrong, struct digest out[4])
{
    static const char *const names[] = {"all", "but 1", "but 2", "but 3"};
    for (unsigned i = 0; i < 4; i++)
        out[i] = hash_of(names[i], wrong == 0 || wrong == i ? number : 1000u * wrong + number);
}

static void codes_are(struct ctx *ctx, struct store_session *session, const struct code_search *search, const char *wanted,
                      size_t wanted_exact)
{
    struct uuid *ids = NULL;
    size_t count = 99, exact = 99;
    OK(code_find(ctx, session, search, &ids, &count, &exact));
    assert_int_equal(count, strlen(wanted));
    for (size_t i = 0; i < count; i++)
        assert_int_equal(ids[i].bytes[15], wanted[i] - '0');
    assert_int_equal(exact, wanted_exact);
}

static enum status codes_kept(struct ctx *ctx, struct store_session *session, void *state)
{
    struct stage *stage = state;
    struct digest code[4];
    struct code_search search = {.study = stage->ours.id, .wave = WAVE_PERCEPTION, .hashes = code, .count = 4};
    struct submission answer = submission_of(&stage->ours.id, 1, WAVE_PERCEPTION, PHASE_AFTER);
    const struct uuid ids[] = {id_of(3, 1), id_of(3, 2), id_of(3, 3), id_of(3, 4)};
    bool first = false;
    code_make(1, 0, code);
    codes_are(ctx, session, &search, "", 0);
    OK(code_add(ctx, session, &stage->ours.id, &ids[0], code, 4));
    OK(code_add(ctx, session, &stage->ours.id, &ids[0], code, 4));
    codes_are(ctx, session, &search, "1", 1);
    for (unsigned wrong = 1; wrong < 4; wrong++) {
        code_make(1, wrong, code);
        codes_are(ctx, session, &search, "1", 0);
    }
    /* Hashes stand for what was left out: the same hash in another place says nothing. */
    code_make(1, 2, code);
    const struct digest moved[4] = {code[0], code[2], code[1], code[3]};
    search.hashes = moved;
    codes_are(ctx, session, &search, "", 0);
    search.hashes = code;
    code_make(2, 0, code);
    codes_are(ctx, session, &search, "", 0);
    /* Two more that fit but for one fragment, and one that fits as well. */
    code_make(1, 3, code);
    OK(code_add(ctx, session, &stage->ours.id, &ids[1], code, 4));
    code_make(1, 2, code);
    OK(code_add(ctx, session, &stage->ours.id, &ids[2], code, 4));
    code_make(1, 0, code);
    OK(code_add(ctx, session, &stage->ours.id, &ids[3], code, 4));
    codes_are(ctx, session, &search, "1432", 2);
    OK(submission_add(ctx, session, &answer, &first));
    codes_are(ctx, session, &search, "432", 1);
    search.wave = WAVE_EXPECTATION;
    codes_are(ctx, session, &search, "1432", 2);
    return STATUS_OK;
}

/* "Codes that differ in one fragment share a hash"; "those come first"; "encounters that have answered it already do not count" */
static void codes_are_found(struct stage *stage)
{
    stage_write(stage, codes_kept);
}

static enum status replies_kept(struct ctx *ctx, struct store_session *session, void *state)
{
    struct stage *stage = state;
    const struct digest key = hash_of("reply", 1), other = hash_of("reply", 2);
    const struct idempotent_reply reply = {.request = hash_of("body", 1),
                                           .http_status = 201,
                                           .body = "{\"a\":1}",
                                           .created_ms = 5,
                                           .phase = PHASE_LATE,
                                           .encounter = stage->ours.id};
    struct idempotent_reply is;
    bool found = true;
    OK(reply_get(ctx, session, &stage->ours.id, &key, &is, &found));
    assert_false(found);
    OK(reply_add(ctx, session, &stage->ours.id, &key, &reply));
    IS(STATUS_INVALID, reply_add(ctx, session, &stage->ours.id, &key, &reply));
    OK(reply_get(ctx, session, &stage->ours.id, &key, &is, &found));
    assert_true(found && is.http_status == 201 && is.created_ms == 5 && digest_equal(&is.request, &reply.request));
    assert_string_equal(is.body, "{\"a\":1}");
    assert_true(is.phase == PHASE_LATE && uuid_equal(&is.encounter, &reply.encounter));
    OK(reply_get(ctx, session, &stage->ours.id, &other, &is, &found));
    assert_false(found);
    return STATUS_OK;
}

static void replies_are_kept(struct stage *stage)
{
    stage_write(stage, replies_kept);
}

static enum status counts_made(struct ctx *ctx, struct store_session *session, void *state)
{
    struct stage *stage = state;
    const struct uuid study = stage->ours.id;
    const struct submission answers[] = {
        submission_of(&study, 1, WAVE_PERCEPTION, PHASE_AFTER), submission_of(&study, 2, WAVE_EXPECTATION, PHASE_BEFORE),
        submission_of(&study, 2, WAVE_PERCEPTION, PHASE_AFTER), submission_of(&study, 4, WAVE_EXPECTATION, PHASE_LATE),
        submission_of(&study, 4, WAVE_PERCEPTION, PHASE_AFTER), submission_of(&study, 6, WAVE_EXPECTATION, PHASE_BEFORE),
        submission_of(&study, 6, WAVE_DURING, PHASE_DURING)};
    struct live_counts counts = {.invited = 99};
    bool first = false;
    OK(study_counts(ctx, session, &study, &counts));
    assert_memory_equal(&counts, &(struct live_counts){0}, sizeof counts);
    for (unsigned i = 1; i <= 7; i++) {
        struct encounter encounter = encounter_of(&study, i);
        encounter.invited = i != 7;
        OK(encounter_add(ctx, session, &encounter));
    }
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        struct submission answer = answers[i];
        answer.door = i == 0 ? DOOR_API : DOOR_LINK;
        OK(submission_add(ctx, session, &answer, &first));
    }
    OK(event_add(ctx, session, &(const struct event){.study = study, .kind = "code_ambiguous", .actor = "respondent"}));
    OK(event_add(ctx, session, &(const struct event){.study = study, .kind = "invited", .actor = "respondent"}));
    OK(study_counts(ctx, session, &study, &counts));
    assert_true(counts.invited == 6 && counts.perception_only == 3);
    assert_true(counts.answered[WAVE_EXPECTATION] == 3 && counts.answered[WAVE_DURING] == 1);
    assert_int_equal(counts.answered[WAVE_PERCEPTION], 3);
    assert_true(counts.answered_in[PHASE_BEFORE] == 2 && counts.answered_in[PHASE_LATE] == 1);
    assert_true(counts.answered_in[PHASE_DURING] == 1 && counts.answered_in[PHASE_AFTER] == 3);
    assert_int_equal(counts.answered_in[PHASE_RECALLED], 0);
    assert_int_equal(counts.paired, 1);
    assert_true(counts.by_door[DOOR_API] == 1 && counts.by_door[DOOR_LINK] == 6 && counts.by_door[DOOR_KIOSK] == 0);
    assert_int_equal(counts.ambiguous_codes, 1);
    OK(study_counts(ctx, session, &stage->theirs.id, &counts));
    assert_memory_equal(&counts, &(struct live_counts){0}, sizeof counts);
    return STATUS_OK;
}

/* "Encounters with an expectation before and a perception": late ones are no pair */
static void answers_are_counted(struct stage *stage)
{
    stage_write(stage, counts_made);
}

#define TEST(name)                                                                                                               \
    static void test_##name(void **state)                                                                                        \
    {                                                                                                                            \
        (void)state;                                                                                                             \
        on_each_stage(name);                                                                                                     \
    }
TEST(tokens_are_kept)
TEST(tokens_are_used_once)
TEST(drafts_are_kept)
TEST(doors_are_kept)
TEST(answers_are_kept_once)
TEST(codes_are_found)
TEST(replies_are_kept)
TEST(answers_are_counted)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tokens_are_kept),       cmocka_unit_test(test_tokens_are_used_once),
        cmocka_unit_test(test_drafts_are_kept),       cmocka_unit_test(test_doors_are_kept),
        cmocka_unit_test(test_answers_are_kept_once), cmocka_unit_test(test_codes_are_found),
        cmocka_unit_test(test_replies_are_kept),      cmocka_unit_test(test_answers_are_counted)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
