/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/key_stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/study_creation.h"
#include "store/encounter_rows.h"
#include "store/key_rows.h"
#include "store/store.h"
#include "store/token_rows.h"

static const char *const names[PLACE_COUNT] = {"ourstd", "theirs"};

static void study_make(struct key_stage *stage, struct store_session *session, enum live_place place)
{
    size_t length = 0;
    char *definition = scratch_read(GAPMETER_SOURCE_DIR "/tests/studies/live_counter.json", &length);
    assert_ok(&stage->job,
              study_create(&stage->job.ctx, session, (struct span){definition, length}, names[place], &stage->studies[place]));
    free(definition);
}

static void person_make(struct key_stage *stage, struct store_session *session, enum live_place place, struct uuid *respondent)
{
    struct ctx *ctx = &stage->job.ctx;
    const struct uuid *study = &stage->studies[place].id;
    const struct contact contact = {.name = "Ada Berg", .email = "ada@example.org"};
    struct encounter encounter = {.study = *study, .arm = ARM_BOTH, .version = 1, .language = "", .attributes = "{}"};
    struct token token = {
        .study = *study, .wave = WAVE_PERCEPTION, .created_ms = 1000, .opens_ms = 1000, .expires_ms = INT64_MAX};
    uuid_ordered(respondent);
    uuid_ordered(&encounter.id);
    encounter.respondent = *respondent;
    encounter.invited = true;
    encounter.created_ms = 1000;
    token.encounter = encounter.id;
    secret_bytes(token.hash.bytes, sizeof token.hash.bytes);
    stage->encounters[place] = encounter.id;
    assert_ok(&stage->job, respondent_add(ctx, session, study, respondent, 1000, &contact));
    assert_ok(&stage->job, encounter_add(ctx, session, &encounter));
    assert_ok(&stage->job, token_add(ctx, session, &token));
}

static void door_make(struct key_stage *stage, struct store_session *session, enum live_place place)
{
    struct door door = {.study = stage->studies[place].id, .kind = DOOR_KIOSK, .wave = WAVE_PERCEPTION, .attributes = "{}"};
    door.created_ms = 1000;
    secret_bytes(door.hash.bytes, sizeof door.hash.bytes);
    digest_format(&door.hash, stage->doors[place]);
    assert_ok(&stage->job, door_add(&stage->job.ctx, session, &door));
}

static void key_make(struct key_stage *stage, struct store_session *session, enum live_caller caller)
{
    struct ctx *ctx = &stage->job.ctx;
    bool all = caller == CALLER_ALL;
    enum live_place place = caller == CALLER_OTHER ? PLACE_THEIRS : PLACE_OURS;
    struct api_key key = {.name = live_caller_name(caller), .all_studies = all, .created_ms = 1000};
    key.access = caller == CALLER_READS ? KEY_READ : KEY_WRITE;
    key.expires_ms = caller == CALLER_EXPIRED ? 2000 : 0;
    uuid_ordered(&key.id);
    secret_make(stage->keys[caller]);
    digest_of(span_of(stage->keys[caller]), &key.hash);
    if (caller == CALLER_UNKNOWN)
        return;
    assert_ok(&stage->job, key_add(ctx, session, &key, &stage->studies[place].id, all ? 0 : 1));
    if (caller == CALLER_REVOKED)
        assert_ok(&stage->job, key_revoke(ctx, session, &key.id, 2000));
}

static enum status all_make(struct ctx *ctx, struct store_session *session, void *state)
{
    struct key_stage *stage = state;
    (void)ctx;
    for (enum live_place place = PLACE_OURS; place < PLACE_COUNT; place++) {
        study_make(stage, session, place);
        person_make(stage, session, place, &stage->victims[place]);
        person_make(stage, session, place, &stage->respondents[place]);
        door_make(stage, session, place);
    }
    for (enum live_caller caller = CALLER_UNKNOWN; caller < LIVE_CALLER_COUNT; caller++)
        key_make(stage, session, caller);
    return STATUS_OK;
}

void key_stage_begin(struct key_stage *stage)
{
    static const char *const options[] = {"--rate", "0", NULL};
    struct store *store = NULL;
    memset(stage, 0, sizeof *stage);
    job_begin(&stage->job);
    scratch_create(&stage->scratch);
    (void)snprintf(stage->store, sizeof stage->store, "%s", scratch_path(&stage->scratch, "study.db"));
    assert_ok(&stage->job, secret_start(&stage->job.ctx));
    assert_ok(&stage->job, store_create(&stage->job.ctx, stage->store));
    assert_ok(&stage->job, store_open(&stage->job.ctx, stage->store, STORE_WRITE, "a test", &store));
    assert_ok(&stage->job, store_write(&stage->job.ctx, store, all_make, stage));
    store_close(store);
    http_server_start(&stage->server, &stage->scratch, stage->store, options);
}

void key_stage_end(struct key_stage *stage)
{
    assert_int_equal(http_server_stop(&stage->server), 0);
    job_end(&stage->job);
    scratch_destroy(&stage->scratch);
}

const char *key_stage_authorization(const struct key_stage *stage, enum live_caller caller)
{
    static char room[120];
    if (caller == CALLER_NONE)
        return "";
    const char *key = caller == CALLER_MALFORMED ? "no key at all" : stage->keys[caller];
    (void)snprintf(room, sizeof room, "Authorization: Bearer %s\r\n", key);
    return room;
}

struct span key_stage_bytes(struct key_stage *stage)
{
    char wal[SCRATCH_ROOM + 8];
    size_t length = 0, wal_length = 0;
    (void)snprintf(wal, sizeof wal, "%s-wal", stage->store);
    char *bytes = scratch_read(stage->store, &length), *log = scratch_read(wal, &wal_length);
    char *both = arena_alloc(stage->job.ctx.arena, length + wal_length + 1);
    assert_non_null(both);
    memcpy(both, bytes, length);
    memcpy(both + length, log, wal_length);
    free(bytes);
    free(log);
    return (struct span){both, length + wal_length};
}

const char *live_caller_name(enum live_caller caller)
{
    static const char *const texts[] = {"none", "malformed", "unknown", "expired", "revoked", "reads", "writes", "other", "all"};
    return texts[caller];
}
