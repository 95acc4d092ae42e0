/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/contract_stage.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "store/study_rows.h"

static void sqlite_tamper(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static const struct contract_driver drivers[] = {
    {.name = "sqlite", .create = store_create, .open = store_open, .tamper = sqlite_tamper}};

static struct live_study study_of(const char *name, unsigned number)
{
    struct live_study study = {.id = id_of(1, number),
                               .name = name,
                               .title = "Hotel \xc3\xa6",
                               .identity = number % 2 ? IDENTITY_CODE : IDENTITY_NAMED,
                               .version = 1,
                               .created_ms = INT64_C(1709983800123) + number};
    for (unsigned i = 0; i < sizeof study.salt; i++)
        study.salt[i] = (uint8_t)(i * 7u * number);
    return study;
}

static enum status studies_put(struct ctx *ctx, struct store_session *session, void *state)
{
    const struct stage *stage = state;
    const struct live_study *const studies[] = {&stage->theirs, &stage->ours};
    enum status status = STATUS_OK;
    for (size_t i = 0; i < 2 && !status; i++) {
        const struct instrument_version version = {.study = studies[i]->id,
                                                   .version = 1,
                                                   .definition = {"{\"a\":1}\0x", 9},
                                                   .scales = hash_of("scales", 1),
                                                   .consent = hash_of("We keep your answers.", 0),
                                                   .created_ms = 1000};
        status = study_add(ctx, session, studies[i], &version, "We keep your answers.");
    }
    return status;
}

static void stage_open(struct stage *stage)
{
    assert_ok(&stage->job, stage->driver->open(&stage->job.ctx, stage->path, STORE_WRITE, "a test", &stage->store));
}

void on_each_stage(void (*test)(struct stage *stage))
{
    for (size_t i = 0; i < sizeof drivers / sizeof *drivers; i++) {
        struct stage stage = {.driver = &drivers[i], .ours = study_of("ours", 1), .theirs = study_of("theirs", 2)};
        job_begin(&stage.job);
        scratch_create(&stage.scratch);
        assert_ok(&stage.job, secret_start(&stage.job.ctx));
        (void)snprintf(stage.path, sizeof stage.path, "%s", scratch_path(&stage.scratch, "study.db"));
        assert_ok(&stage.job, stage.driver->create(&stage.job.ctx, stage.path));
        stage_open(&stage);
        stage_write(&stage, studies_put);
        test(&stage);
        store_close(stage.store);
        job_end(&stage.job);
        scratch_destroy(&stage.scratch);
    }
}

void stage_write(struct stage *stage, stage_work *work)
{
    assert_ok(&stage->job, store_write(&stage->job.ctx, stage->store, work, stage));
}

void stage_read(struct stage *stage, stage_work *work)
{
    struct store_session *session = NULL;
    assert_ok(&stage->job, store_read_begin(&stage->job.ctx, stage->store, &session));
    assert_ok(&stage->job, work(&stage->job.ctx, session, stage));
    store_read_end(session);
}

void stage_tamper(struct stage *stage, const char *sql)
{
    store_close(stage->store);
    stage->driver->tamper(stage->path, sql);
    stage_open(stage);
}

struct uuid id_of(uint8_t kind, unsigned number)
{
    return (struct uuid){{kind, 0xB3, 0, 0xFF, [14] = (uint8_t)(number >> 8u), [15] = (uint8_t)number}};
}

struct digest hash_of(const char *what, unsigned number)
{
    char text[64];
    struct digest hash;
    (void)snprintf(text, sizeof text, "%s %u", what, number);
    digest_of(span_of(text), &hash);
    return hash;
}

struct encounter encounter_of(const struct uuid *study, unsigned number)
{
    return (struct encounter){.study = *study,
                              .id = id_of(3, number),
                              .arm = number % 2 ? ARM_PERCEPTION_ONLY : ARM_BOTH,
                              .invited = true,
                              .seed = UINT64_C(0xfedcba9876543210) + number,
                              .version = 1,
                              .language = "nb",
                              .attributes = "{\"branch\":\"Oslo\"}",
                              .created_ms = 1,
                              .planned_ms = INT64_C(1) << 50,
                              .began_ms = 3,
                              .ended_ms = INT64_MAX};
}

struct token token_of(const struct uuid *study, unsigned number, enum wave wave)
{
    return (struct token){.study = *study,
                          .hash = hash_of(wave_name(wave), number),
                          .encounter = id_of(3, number),
                          .wave = wave,
                          .created_ms = 1,
                          .opens_ms = INT64_MAX,
                          .expires_ms = INT64_MAX};
}

struct submission submission_of(const struct uuid *study, unsigned number, enum wave wave, enum phase phase)
{
    return (struct submission){.study = *study,
                               .id = id_of((uint8_t)(4u + (unsigned)wave), number),
                               .encounter = id_of(3, number),
                               .wave = wave,
                               .phase = phase,
                               .version = 1,
                               .door = DOOR_KIOSK,
                               .language = "ar",
                               .received_ms = 77,
                               .seconds = UINT32_MAX,
                               .consent = hash_of("consent", 1),
                               .receipt = "K7Q2-M9XA",
                               .answers = {"\x01\x00\xff'", 4}};
}
