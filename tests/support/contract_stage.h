/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the contract of a store is tried: a fresh store of each driver, with two studies. */
#ifndef GAPMETER_TESTS_CONTRACT_STAGE_H
#define GAPMETER_TESTS_CONTRACT_STAGE_H

#include "model/live.h"
#include "store/store.h"
#include "support/job_fixture.h"
#include "support/scratch_folder.h"

/* What a second database brings, to be run through the same tests: one more entry in contract_stage.c. */
struct contract_driver {
    const char *name;
    enum status (*create)(struct ctx *ctx, const char *path);
    enum status (*open)(struct ctx *ctx, const char *path, enum store_mode mode, const char *who, struct store **out);
    /* Runs a statement behind the store's back, while it is closed. */
    void (*tamper)(const char *path, const char *sql);
};

struct stage {
    const struct contract_driver *driver;
    struct job job;
    struct scratch scratch;
    char path[SCRATCH_ROOM];
    struct store *store;
    struct live_study ours, theirs; /* of version 1 */
};

typedef enum status stage_work(struct ctx *ctx, struct store_session *session, void *stage);

/* Runs a test on a fresh store of each driver. */
void on_each_stage(void (*test)(struct stage *stage));

/* Runs work with the stage in one transaction; fails the test when that fails. */
void stage_write(struct stage *stage, stage_work *work);

/* Runs work in a reading session. */
void stage_read(struct stage *stage, stage_work *work);

/* Closes the store, runs a statement on its file, and opens it again. */
void stage_tamper(struct stage *stage, const char *sql);

/* Fails the test unless the call gives the status. */
#define IS(wanted, call) assert_int_equal((call), (wanted))
#define OK(call)         IS(STATUS_OK, call)

/* Records with everything in them, of a number: ids and hashes are made of it. */
struct uuid id_of(uint8_t kind, unsigned number);
struct digest hash_of(const char *what, unsigned number);
struct encounter encounter_of(const struct uuid *study, unsigned number);
struct token token_of(const struct uuid *study, unsigned number, enum wave wave);
struct submission submission_of(const struct uuid *study, unsigned number, enum wave wave, enum phase phase);

#endif
