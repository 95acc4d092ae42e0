/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A store on which a test runs a few statements of its own: marks, numbered rows that are easy to count. */
#ifndef GAPMETER_TESTS_PLAIN_STORE_H
#define GAPMETER_TESTS_PLAIN_STORE_H

#include "base/secret.h"
#include "store/driver.h"
#include "support/job_fixture.h"
#include "support/scratch_folder.h"

struct plain_store {
    struct scratch scratch;
    struct job job;
    char path[SCRATCH_ROOM];
    struct store *store; /* NULL: closed */
    bool log;            /* marks_add adds to the log of events, which opening does not read, and not to the list of erasures */
};

/* Makes a folder and a store in it, and opens it for writing; fails the test when that fails. */
void plain_store_make(struct plain_store *plain);

/* Closes it and removes everything. */
void plain_store_end(struct plain_store *plain);

/* Opens it (again) in a mode, with the statements of this file: mark_add ($1 key, $2 number), mark_count, mark_list (key),
 * mark_sum, orphan_add (breaks a foreign key) and echo ($1 … $4, gives them back). */
enum status plain_store_open(struct plain_store *plain, enum store_mode mode);
void plain_store_close(struct plain_store *plain);

/* Adds `count` marks, each a job of one group, with the keys first, first + 1, …, each `bytes` long (at least 8).
 * gives   how many jobs were acknowledged; the sentence of one that was not in plain->job.ctx.error */
size_t marks_add(struct plain_store *plain, uint64_t first, size_t count, size_t bytes);

/* Adds one mark in a session. */
enum status mark_add(struct ctx *ctx, struct store_session *session, uint64_t key, size_t bytes);

/* How many marks a reading session sees. */
enum status marks_count(struct plain_store *plain, uint64_t *out);

/* The same in a session that is open. */
enum status marks_count_in(struct ctx *ctx, struct store_session *session, uint64_t *out);

/* A hash over all marks in their order. */
enum status marks_hash(struct plain_store *plain, struct digest *out);

/* Is the file whole, page by page (integrity_check)? Fails the test when it is not. */
void assert_store_whole(struct plain_store *plain);

#endif
