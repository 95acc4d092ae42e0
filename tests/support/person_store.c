/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/person_store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "store/encounter_rows.h"
#include "store/study_rows.h"
#include "store/submission_rows.h"
#include "store/token_rows.h"

static enum status studies_put(struct ctx *ctx, struct store_session *session, void *state)
{
    const struct person_store *persons = state;
    const struct uuid ids[] = {persons->ours, persons->theirs};
    static const char *const names[] = {"ours", "theirs"};
    enum status status = STATUS_OK;
    for (size_t i = 0; i < 2 && !status; i++) {
        struct live_study study = {.id = ids[i], .name = names[i], .title = "Hotel", .version = 1, .created_ms = 1};
        struct instrument_version version = {.study = ids[i], .version = 1, .definition = span_of("{}"), .created_ms = 1};
        digest_of(span_of("We keep it."), &version.consent);
        status = study_add(ctx, session, &study, &version, "We keep it.");
    }
    return status;
}

void person_store_make(struct person_store *persons)
{
    memset(persons, 0, sizeof *persons);
    job_begin(&persons->job);
    scratch_create(&persons->scratch);
    assert_ok(&persons->job, secret_start(&persons->job.ctx));
    (void)snprintf(persons->path, sizeof persons->path, "%s", scratch_path(&persons->scratch, "study.db"));
    uuid_ordered(&persons->ours);
    uuid_ordered(&persons->theirs);
    assert_ok(&persons->job, store_create(&persons->job.ctx, persons->path));
    assert_ok(&persons->job, person_store_open(persons, STORE_WRITE));
    assert_ok(&persons->job, store_write(&persons->job.ctx, persons->store, studies_put, persons));
}

enum status person_store_open(struct person_store *persons, enum store_mode mode)
{
    return store_open(&persons->job.ctx, persons->path, mode, "a test", &persons->store);
}

void person_store_close(struct person_store *persons)
{
    store_close(persons->store);
    persons->store = NULL;
}

void person_store_end(struct person_store *persons)
{
    person_store_close(persons);
    job_end(&persons->job);
    scratch_destroy(&persons->scratch);
}

static struct uuid id_of(uint8_t kind, unsigned number)
{
    struct uuid id = {{kind, 0x51, 0xA7}};
    for (unsigned i = 0; i < 4; i++)
        id.bytes[12 + i] = (uint8_t)(number >> (24u - 8u * i));
    return id;
}

struct uuid person_respondent(unsigned number)
{
    return id_of(1, number);
}

struct uuid person_encounter(unsigned number)
{
    return id_of(2, number);
}

static struct digest hash_of(const char *what, unsigned number)
{
    char text[64];
    struct digest hash;
    (void)snprintf(text, sizeof text, "%s %u", what, number);
    digest_of(span_of(text), &hash);
    return hash;
}

struct digest person_token(unsigned number, enum wave wave)
{
    return hash_of(wave_name(wave), number);
}

static enum status who_put(struct ctx *ctx, struct store_session *session, const struct person *person)
{
    const struct uuid respondent = person_respondent(person->number);
    const struct contact contact = {person->text, person->text, person->text, person->text};
    const char *attributes = arena_format(ctx->arena, "{\"room\":\"%s\"}", person->text);
    const struct encounter encounter = {.study = person->study,
                                        .id = person_encounter(person->number),
                                        .respondent = respondent,
                                        .invited = true,
                                        .version = 1,
                                        .language = "en",
                                        .attributes = attributes,
                                        .created_ms = person->at_ms};
    enum status status = respondent_add(ctx, session, &person->study, &respondent, person->at_ms, &contact);
    return status ? status : encounter_add(ctx, session, &encounter);
}

static enum status links_put(struct ctx *ctx, struct store_session *session, const struct person *person)
{
    static const enum wave waves[] = {WAVE_EXPECTATION, WAVE_PERCEPTION};
    const struct uuid encounter = person_encounter(person->number);
    const struct digest code[] = {hash_of("code", person->number), hash_of("but one", person->number)};
    enum status status = code_add(ctx, session, &person->study, &encounter, code, 2);
    for (size_t i = 0; i < 2 && !status; i++) {
        const struct token token = {.study = person->study,
                                    .hash = person_token(person->number, waves[i]),
                                    .encounter = encounter,
                                    .wave = waves[i],
                                    .created_ms = person->at_ms};
        status = token_add(ctx, session, &token);
    }
    const struct draft draft = {.study = person->study,
                                .token = person_token(person->number, WAVE_PERCEPTION),
                                .updated_ms = person->at_ms,
                                .answers = span_of(person->text)};
    return status ? status : draft_put(ctx, session, &draft);
}

static enum status answer_put(struct ctx *ctx, struct store_session *session, const struct person *person)
{
    const struct submission submission = {.study = person->study,
                                          .id = id_of(3, person->number),
                                          .encounter = person_encounter(person->number),
                                          .wave = WAVE_EXPECTATION,
                                          .phase = PHASE_BEFORE,
                                          .version = 1,
                                          .language = "en",
                                          .received_ms = person->at_ms,
                                          .receipt = person->text,
                                          .answers = span_of(person->text)};
    const struct idempotent_reply reply = {.http_status = 201, .body = person->text, .created_ms = person->at_ms};
    const struct digest key = hash_of("reply", person->number);
    bool first = false;
    enum status status = submission_add(ctx, session, &submission, &first);
    return status ? status : reply_add(ctx, session, &person->study, &key, &reply);
}

static enum status person_put(struct ctx *ctx, struct store_session *session, void *state)
{
    enum status status = who_put(ctx, session, state);
    if (!status)
        status = links_put(ctx, session, state);
    return status ? status : answer_put(ctx, session, state);
}

enum status person_add(struct ctx *ctx, struct store *store, const struct person *person)
{
    struct person copy = *person;
    return store_write(ctx, store, person_put, &copy);
}

struct counting {
    size_t count;
    bool unbroken;
};

static enum status submission_counted(struct ctx *ctx, void *state, const struct submission *submission)
{
    struct counting *counting = state;
    struct uuid wanted = person_encounter((unsigned)counting->count++);
    (void)ctx;
    counting->unbroken = counting->unbroken && uuid_equal(&submission->encounter, &wanted);
    return STATUS_OK;
}

size_t persons_count(struct person_store *persons, bool *unbroken)
{
    struct counting counting = {.unbroken = true};
    struct store_session *session = NULL;
    struct job job;
    job_begin(&job);
    assert_ok(&job, store_read_begin(&job.ctx, persons->store, &session));
    assert_ok(&job, submission_each(&job.ctx, session, &persons->ours, submission_counted, &counting));
    store_read_end(session);
    job_end(&job);
    *unbroken = counting.unbroken;
    return counting.count;
}
