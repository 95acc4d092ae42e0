/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The contract of a store: "what another study asks for is never found", nor changed. Each function that takes a study is tried with
 * the id of another one first, and then with its own, by which the try is shown to be a real one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "store/encounter_rows.h"
#include "store/erasure.h"
#include "store/event_rows.h"
#include "store/key_rows.h"
#include "store/response_rows.h"
#include "store/study_rows.h"
#include "store/submission_rows.h"
#include "store/token_rows.h"
#include "support/contract_stage.h"

/* One person of "ours", with something in every table. */
static enum status person_put(struct ctx *ctx, struct store_session *session, void *state)
{
    struct stage *stage = state;
    const struct uuid study = stage->ours.id, ada = id_of(2, 1);
    struct encounter encounter = encounter_of(&study, 1);
    const struct token token = token_of(&study, 1, WAVE_PERCEPTION), before = token_of(&study, 1, WAVE_EXPECTATION);
    const struct submission answer = submission_of(&study, 1, WAVE_EXPECTATION, PHASE_BEFORE);
    const struct door door = {.study = study, .hash = hash_of("door", 1), .wave = WAVE_PERCEPTION, .attributes = "{}"};
    const struct digest code = hash_of("code", 1), key = hash_of("reply", 1);
    bool first = false;
    encounter.respondent = ada;
    OK(respondent_add(ctx, session, &study, &ada, 1, &(const struct contact){.email = "ada@example.org"}));
    OK(encounter_add(ctx, session, &encounter));
    OK(token_add(ctx, session, &token));
    OK(token_add(ctx, session, &before));
    OK(draft_put(ctx, session, &(const struct draft){.study = study, .token = token.hash, .answers = span_of("half")}));
    OK(door_add(ctx, session, &door));
    OK(submission_add(ctx, session, &answer, &first));
    OK(code_add(ctx, session, &study, &encounter.id, &code, 1));
    OK(reply_add(ctx, session, &study, &key, &(const struct idempotent_reply){.body = "{}"}));
    OK(event_add(ctx, session, &(const struct event){.study = study, .kind = "invited", .actor = "operator"}));
    return key_add(ctx, session, &(const struct api_key){.id = id_of(9, 1), .name = "till", .hash = hash_of("key", 1)}, &study,
                   1);
}

/* A try: found, listed or changed something of the person above?
 * takes   study  in whose name */
typedef bool attempt(struct ctx *ctx, struct store_session *session, const struct uuid *study);

static bool version_seen(struct ctx *ctx, struct store_session *session, const struct uuid *study)
{
    struct instrument_version version;
    bool found = false;
    OK(study_version(ctx, session, study, 2, &version, &found));
    return found;
}

static bool consent_seen(struct ctx *ctx, struct store_session *session, const struct uuid *study)
{
    const struct digest hash = hash_of("second", 2);
    const char *text = NULL;
    OK(study_consent(ctx, session, study, &hash, &text));
    return text != NULL;
}

static bool counts_seen(struct ctx *ctx, struct store_session *session, const struct uuid *study)
{
    struct live_counts counts;
    OK(study_counts(ctx, session, study, &counts));
    return counts.invited + counts.answered[WAVE_EXPECTATION] > 0;
}

static bool responses_seen(struct ctx *ctx, struct store_session *session, const struct uuid *study)
{
    struct response_counts counts;
    static const struct response_counts none;
    OK(response_counts(ctx, session, study, 1, &counts));
    return memcmp(&counts, &none, sizeof counts) != 0;
}

static bool contact_seen(struct ctx *ctx, struct store_session *session, const struct uuid *study)
{
    const struct uuid ada = id_of(2, 1);
    struct contact contact;
    bool found = false;
    OK(respondent_contact(ctx, session, study, &ada, &contact, &found));
    return found;
}

static bool email_found(struct ctx *ctx, struct store_session *session, const struct uuid *study)
{
    struct uuid *ids = NULL;
    size_t count = 0;
    OK(respondent_find(ctx, session, study, span_of("ada@example.org"), &ids, &count));
    return count > 0;
}

static bool id_found(struct ctx *ctx, struct store_session *session, const struct uuid *study)
{
    const struct uuid ada = id_of(2, 1);
    char text[UUID_TEXT_BYTES];
    struct uuid *ids = NULL;
    size_t count = 0;
    uuid_format(&ada, text);
    OK(respondent_find(ctx, session, study, span_of(text), &ids, &count));
    return count > 0;
}

static bool respondent_listed(struct ctx *ctx, struct store_session *session, const struct uuid *study)
{
    struct uuid *ids = NULL;
    size_t count = 0;
    OK(respondent_list(ctx, session, study, &(const struct respondent_page){.most = 9}, &ids, &count));
    return count > 0;
}

static bool encounter_seen(struct ctx *ctx, struct store_session *session, const struct uuid *study)
{
    const struct uuid id = id_of(3, 1);
    struct encounter encounter;
    bool found = false;
    OK(encounter_get(ctx, session, study, &id, &encounter, &found));
    return found;
}

static bool encounter_changed(struct ctx *ctx, struct store_session *session, const struct uuid *study)
{
    const struct encounter changed = {.study = *study, .id = id_of(3, 1), .language = "xx"};
    struct token token;
    struct encounter encounter;
    bool found = false;
    const struct digest hash = hash_of(wave_name(WAVE_PERCEPTION), 1);
    OK(encounter_update(ctx, session, &changed));
    OK(token_get(ctx, session, &hash, &token, &found));
    OK(encounter_get(ctx, session, &token.study, &token.encounter, &encounter, &found));
    return strcmp(encounter.language, "xx") == 0;
}

static bool encounter_listed(struct ctx *ctx, struct store_session *session, const struct uuid *study)
{
    const struct uuid ada = id_of(2, 1);
    struct encounter *encounters = NULL;
    size_t count = 0;
    OK(encounter_list(ctx, session, study, &ada, &encounters, &count));
    return count > 0;
}

static enum status encounter_met(struct ctx *ctx, void *state, const struct encounter *encounter)
{
    (void)ctx;
    (void)encounter;
    *(bool *)state = true;
    return STATUS_OK;
}

static bool encounter_passed(struct ctx *ctx, struct store_session *session, const struct uuid *study)
{
    bool met = false;
    OK(encounter_each(ctx, session, study, encounter_met, &met));
    return met;
}

static bool token_listed(struct ctx *ctx, struct store_session *session, const struct uuid *study)
{
    const struct uuid encounter = id_of(3, 1);
    struct token *tokens = NULL;
    size_t count = 0;
    OK(token_list(ctx, session, study, &encounter, &tokens, &count));
    return count > 0;
}

static bool token_opened(struct ctx *ctx, struct store_session *session, const struct uuid *study)
{
    const struct token_choice choice = {.study = *study, .encounter = id_of(3, 1), .wave = WAVE_PERCEPTION};
    uint64_t changed = 0;
    OK(token_open(ctx, session, &choice, 1, 2, &changed));
    return changed > 0;
}

static bool token_used(struct ctx *ctx, struct store_session *session, const struct uuid *study)
{
    const struct token token = token_of(study, 1, WAVE_EXPECTATION);
    bool first = false;
    OK(token_use(ctx, session, &token, 5, false, &first));
    return first;
}

static bool token_withdrawn(struct ctx *ctx, struct store_session *session, const struct uuid *study)
{
    const struct token_choice choice = {.study = *study, .encounter = id_of(3, 1), .wave = WAVE_PERCEPTION};
    uint64_t changed = 0;
    OK(token_withdraw(ctx, session, &choice, 5, &changed));
    return changed > 0;
}

static bool draft_seen(struct ctx *ctx, struct store_session *session, const struct uuid *study)
{
    const struct digest token = hash_of(wave_name(WAVE_PERCEPTION), 1);
    struct draft draft;
    bool found = false;
    OK(draft_get(ctx, session, study, &token, &draft, &found));
    return found;
}

static bool door_listed(struct ctx *ctx, struct store_session *session, const struct uuid *study)
{
    struct door *doors = NULL;
    size_t count = 0;
    OK(door_list(ctx, session, study, &doors, &count));
    return count > 0;
}

static bool door_closed(struct ctx *ctx, struct store_session *session, const struct uuid *study)
{
    const struct digest hash = hash_of("door", 1);
    bool found = false;
    OK(door_close(ctx, session, study, &hash, 5, &found));
    return found;
}

static bool answer_seen(struct ctx *ctx, struct store_session *session, const struct uuid *study)
{
    struct submission answer = {.study = *study, .encounter = id_of(3, 1), .wave = WAVE_EXPECTATION};
    bool found = false;
    OK(submission_get(ctx, session, &answer, &found));
    return found;
}

static enum status answer_met(struct ctx *ctx, void *state, const struct submission *submission)
{
    (void)ctx;
    (void)submission;
    *(bool *)state = true;
    return STATUS_OK;
}

static bool answer_passed(struct ctx *ctx, struct store_session *session, const struct uuid *study)
{
    bool met = false;
    OK(submission_each(ctx, session, study, answer_met, &met));
    return met;
}

static bool code_found(struct ctx *ctx, struct store_session *session, const struct uuid *study)
{
    const struct digest code = hash_of("code", 1);
    const struct code_search search = {.study = *study, .wave = WAVE_PERCEPTION, .hashes = &code, .count = 1};
    struct uuid *ids = NULL;
    size_t count = 0, exact = 0;
    OK(code_find(ctx, session, &search, &ids, &count, &exact));
    return count + exact > 0;
}

static bool reply_seen(struct ctx *ctx, struct store_session *session, const struct uuid *study)
{
    const struct digest key = hash_of("reply", 1);
    struct idempotent_reply reply;
    bool found = false;
    OK(reply_get(ctx, session, study, &key, &reply, &found));
    return found;
}

static bool event_listed(struct ctx *ctx, struct store_session *session, const struct uuid *study)
{
    struct event *events = NULL;
    size_t count = 0;
    OK(event_list(ctx, session, study, &(const struct event_range){0, 9}, &events, &count));
    return count > 0;
}

static bool key_opens(struct ctx *ctx, struct store_session *session, const struct uuid *study)
{
    bool covers = false;
    OK(key_covers(ctx, session, &(const struct api_key){.id = id_of(9, 1)}, study, &covers));
    return covers;
}

static bool leavings_gone(struct ctx *ctx, struct store_session *session, const struct uuid *study)
{
    const struct digest hash = hash_of(wave_name(WAVE_PERCEPTION), 1);
    struct token token;
    bool found = false;
    OK(leavings_expire(ctx, session, study, INT64_MAX));
    OK(token_get(ctx, session, &hash, &token, &found));
    return !draft_seen(ctx, session, &token.study);
}

static bool encounters_expired(struct ctx *ctx, struct store_session *session, const struct uuid *study)
{
    uint64_t encounters = 0;
    OK(encounters_expire(ctx, session, &(const struct expiry){.study = *study, .before_ms = INT64_MAX, .dry = true},
                         &encounters));
    return encounters > 0;
}

static bool respondent_erased(struct ctx *ctx, struct store_session *session, const struct uuid *study)
{
    const struct uuid ada = id_of(2, 1);
    uint64_t submissions = 0;
    OK(respondent_erase(ctx, session, study, &ada, 5, &submissions));
    return submissions > 0;
}

/* In an order in which each still finds what it is to find. */
static const struct {
    const char *name;
    attempt *attempt;
} attempts[] = {{"study_version", version_seen},
                {"study_consent", consent_seen},
                {"study_counts", counts_seen},
                {"response_counts", responses_seen},
                {"respondent_contact", contact_seen},
                {"respondent_find by e-mail", email_found},
                {"respondent_find by id", id_found},
                {"respondent_list", respondent_listed},
                {"encounter_get", encounter_seen},
                {"encounter_update", encounter_changed},
                {"encounter_list", encounter_listed},
                {"encounter_each", encounter_passed},
                {"token_list", token_listed},
                {"token_open", token_opened},
                {"token_use", token_used},
                {"token_withdraw", token_withdrawn},
                {"draft_get", draft_seen},
                {"door_list", door_listed},
                {"door_close", door_closed},
                {"submission_get", answer_seen},
                {"submission_each", answer_passed},
                {"code_find", code_found},
                {"reply_get", reply_seen},
                {"event_list", event_listed},
                {"key_covers", key_opens},
                {"leavings_expire", leavings_gone},
                {"encounters_expire", encounters_expired},
                {"respondent_erase", respondent_erased}};

static enum status all_attempted(struct ctx *ctx, struct store_session *session, void *state)
{
    struct stage *stage = state;
    struct instrument_version version = {
        .study = stage->ours.id, .version = 2, .definition = span_of("{}"), .consent = hash_of("second", 2)};
    OK(study_add_version(ctx, session, &version, "Hotel", "second"));
    for (size_t i = 0; i < sizeof attempts / sizeof *attempts; i++) {
        if (attempts[i].attempt(ctx, session, &stage->theirs.id))
            fail_msg("%s reaches into another study", attempts[i].name);
        if (!attempts[i].attempt(ctx, session, &stage->ours.id))
            fail_msg("%s does not reach its own study", attempts[i].name);
    }
    return STATUS_OK;
}

static void studies_are_apart(struct stage *stage)
{
    stage_write(stage, person_put);
    stage_write(stage, all_attempted);
}

static void test_studies_are_apart(void **state)
{
    (void)state;
    on_each_stage(studies_are_apart);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {cmocka_unit_test(test_studies_are_apart)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
