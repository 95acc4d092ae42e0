/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/plain_store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "store/store_inside.h"

enum { MARK_BYTES_MAX = 4096, GROUP_MAX = 512 };

#define STATEMENT(name, sql)                                                                                                     \
    {                                                                                                                            \
        "sql/" name ".sql", (const unsigned char *)(sql), sizeof(sql) - 1u                                                       \
    }

/* Sorted by name, as the program's own. */
static const struct embedded_file statements[] = {
    STATEMENT("echo", "SELECT $1, $2, $3, $4"),
    STATEMENT("line_add", "INSERT INTO event (chain, sequence, at_ms, kind, actor, count) VALUES ($1, $2, 0, 'mark', 'test', 0)"),
    STATEMENT("mark_add", "INSERT INTO erasure (study, respondent, at_ms) VALUES (x'00', $1, $2)"),
    STATEMENT("mark_count", "SELECT COUNT(*) FROM erasure"),
    STATEMENT("mark_list", "SELECT respondent, at_ms FROM erasure ORDER BY respondent"),
    STATEMENT("mark_sum", "SELECT SUM(at_ms) FROM erasure"),
    STATEMENT("orphan_add", "INSERT INTO respondent (study, respondent, created_ms) VALUES (x'77', $1, 1)")};

enum status plain_store_open(struct plain_store *plain, enum store_mode mode)
{
    struct ctx *ctx = &plain->job.ctx;
    enum status status = store_open(ctx, plain->path, mode, "gapmeter test", &plain->store);
    if (status)
        return status;
    plain->store->statements = (struct sql_folder){.first = statements, .count = sizeof statements / sizeof *statements};
    if (mode == STORE_READ)
        return STATUS_OK;
    struct connection *connection = NULL;
    const struct driver *driver = plain->store->driver;
    status = driver->open(ctx, plain->path, true, &plain->store->statements, &connection);
    if (status) {
        plain_store_close(plain);
        return status;
    }
    driver->close(plain->store->writing.connection);
    plain->store->writing.connection = connection;
    return STATUS_OK;
}

void plain_store_close(struct plain_store *plain)
{
    store_close(plain->store);
    plain->store = NULL;
}

void plain_store_make(struct plain_store *plain)
{
    memset(plain, 0, sizeof *plain);
    scratch_create(&plain->scratch);
    job_begin(&plain->job);
    (void)snprintf(plain->path, sizeof plain->path, "%s", scratch_path(&plain->scratch, "study.db"));
    assert_ok(&plain->job, secret_start(&plain->job.ctx));
    assert_ok(&plain->job, store_create(&plain->job.ctx, plain->path));
    assert_ok(&plain->job, plain_store_open(plain, STORE_WRITE));
}

void plain_store_end(struct plain_store *plain)
{
    plain_store_close(plain);
    job_end(&plain->job);
    scratch_destroy(&plain->scratch);
}

static enum status mark_run(struct ctx *ctx, struct store_session *session, const char *statement, uint64_t key, size_t bytes)
{
    char mark[MARK_BYTES_MAX] = {0};
    for (unsigned i = 0; i < 8; i++)
        mark[i] = (char)(unsigned char)(key >> (56u - 8u * i));
    for (size_t i = 8; i < bytes; i++)
        mark[i] = (char)('a' + (key + i) % 26u);
    return store_run(ctx, session, statement, STORE_VALUES(value_bytes((struct span){mark, bytes}), value_integer((int64_t)key)),
                     NULL);
}

enum status mark_add(struct ctx *ctx, struct store_session *session, uint64_t key, size_t bytes)
{
    return mark_run(ctx, session, "mark_add", key, bytes);
}

struct mark {
    uint64_t key;
    size_t bytes;
    const char *statement;
};

static enum status mark_work(struct ctx *ctx, struct store_session *session, void *state)
{
    const struct mark *mark = state;
    return mark_run(ctx, session, mark->statement, mark->key, mark->bytes);
}

size_t marks_add(struct plain_store *plain, uint64_t first, size_t count, size_t bytes)
{
    assert_true(count <= GROUP_MAX && bytes <= MARK_BYTES_MAX);
    struct store_job *jobs = calloc(count, sizeof *jobs);
    struct ctx *contexts = calloc(count, sizeof *contexts);
    struct mark *marks = calloc(count, sizeof *marks);
    assert_true(jobs && contexts && marks);
    for (size_t i = 0; i < count; i++) {
        contexts[i] = (struct ctx){.arena = plain->job.ctx.arena};
        marks[i] = (struct mark){.key = first + i, .bytes = bytes, .statement = plain->log ? "line_add" : "mark_add"};
        jobs[i] = (struct store_job){.ctx = &contexts[i], .work = mark_work, .state = &marks[i], .status = STATUS_FAILURE};
    }
    store_write_group(plain->store, jobs, count);
    size_t acknowledged = 0;
    for (size_t i = 0; i < count; i++) {
        acknowledged += jobs[i].status == STATUS_OK;
        if (jobs[i].status != STATUS_OK)
            plain->job.ctx.error = contexts[i].error;
    }
    free(jobs);
    free(contexts);
    free(marks);
    return acknowledged;
}

static enum status number_row(struct ctx *ctx, void *state, const struct store_row *row)
{
    (void)ctx;
    *(uint64_t *)state = (uint64_t)row_integer(row, 0);
    return STATUS_OK;
}

enum status marks_count_in(struct ctx *ctx, struct store_session *session, uint64_t *out)
{
    return store_query(ctx, session, "mark_count", (struct store_values){NULL, 0}, number_row, out);
}

enum status marks_count(struct plain_store *plain, uint64_t *out)
{
    struct store_session *session = NULL;
    enum status status = store_read_begin(&plain->job.ctx, plain->store, &session);
    if (status)
        return status;
    status = marks_count_in(&plain->job.ctx, session, out);
    store_read_end(session);
    return status;
}

static enum status hash_row(struct ctx *ctx, void *state, const struct store_row *row)
{
    (void)ctx;
    struct digest *all = state;
    char text[2 * MARK_BYTES_MAX];
    const struct span key = row->columns[0].bytes;
    if (key.length > MARK_BYTES_MAX)
        return STATUS_DATA;
    int64_t number = row_integer(row, 1);
    memcpy(text, all->bytes, sizeof all->bytes);
    memcpy(text + sizeof all->bytes, &number, sizeof number);
    if (key.length > 0)
        memcpy(text + sizeof all->bytes + sizeof number, key.at, key.length);
    digest_of((struct span){text, sizeof all->bytes + sizeof number + key.length}, all);
    return STATUS_OK;
}

enum status marks_hash(struct plain_store *plain, struct digest *out)
{
    struct store_session *session = NULL;
    memset(out, 0, sizeof *out);
    enum status status = store_read_begin(&plain->job.ctx, plain->store, &session);
    if (status)
        return status;
    status = store_query(&plain->job.ctx, session, "mark_list", (struct store_values){NULL, 0}, hash_row, out);
    store_read_end(session);
    return status;
}

void assert_store_whole(struct plain_store *plain)
{
    assert_ok(&plain->job, driver_sqlite.check(&plain->job.ctx, plain->path));
}
