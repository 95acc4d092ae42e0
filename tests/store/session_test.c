/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading sessions of one moment, and groups of jobs that share one transaction. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/limits.h"
#include "support/plain_store.h"

static int make(void **state)
{
    struct plain_store *plain = calloc(1, sizeof *plain);
    if (!plain)
        return -1;
    plain_store_make(plain);
    *state = plain;
    return 0;
}

static int end(void **state)
{
    struct plain_store *plain = *state;
    plain_store_end(plain);
    free(plain);
    return 0;
}

static void assert_count(struct plain_store *plain, uint64_t wanted)
{
    uint64_t count = UINT64_MAX;
    assert_ok(&plain->job, marks_count(plain, &count));
    assert_int_equal(count, wanted);
}

/* ---- groups ---- */

struct trial {
    uint64_t key;
    enum status (*after)(struct ctx *ctx, struct store_session *session); /* NULL: the job ends well */
    unsigned *turn;
    unsigned came; /* at which turn it ran */
};

static enum status trial_run(struct ctx *ctx, struct store_session *session, void *state)
{
    struct trial *trial = state;
    trial->came = ++*trial->turn;
    enum status status = mark_add(ctx, session, trial->key, 16);
    return status || !trial->after ? status : trial->after(ctx, session);
}

static enum status says_no(struct ctx *ctx, struct store_session *session)
{
    (void)session;
    return ctx_fail(ctx, STATUS_DATA, NULL, "This answer is not on the scale.");
}

static enum status breaks_a_rule(struct ctx *ctx, struct store_session *session)
{
    return store_run(ctx, session, "orphan_add", STORE_VALUES(value_span(span_of("none"))), NULL);
}

static enum status breaks_and_goes_on(struct ctx *ctx, struct store_session *session)
{
    return mark_add(ctx, session, 3, 16) == STATUS_INVALID ? STATUS_OK : STATUS_FAILURE;
}

static void trials_run(struct plain_store *plain, struct trial *trials, struct store_job *jobs, struct ctx *contexts,
                       size_t count)
{
    static unsigned turn;
    turn = 0;
    for (size_t i = 0; i < count; i++) {
        trials[i].turn = &turn;
        contexts[i] = (struct ctx){.arena = plain->job.ctx.arena};
        jobs[i] = (struct store_job){.ctx = &contexts[i], .work = trial_run, .state = &trials[i], .status = STATUS_FAILURE};
    }
    store_write_group(plain->store, jobs, count);
    assert_int_equal(turn, count);
}

/* "when it fails, what it wrote is undone and the others go on" */
static void test_failing_job_is_undone_alone(void **state)
{
    struct plain_store *plain = *state;
    struct trial trials[6] = {{.key = 1}, {.key = 2, .after = says_no}, {.key = 4}, {.key = 5, .after = breaks_a_rule},
                              {.key = 6}, {.key = 7, .after = says_no}};
    struct store_job jobs[6];
    struct ctx contexts[6];
    static const enum status wanted[6] = {STATUS_OK, STATUS_DATA, STATUS_OK, STATUS_INVALID, STATUS_OK, STATUS_DATA};
    trials_run(plain, trials, jobs, contexts, 6);
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(jobs[i].status, wanted[i]);
    assert_string_equal(contexts[1].error.sentence, "This answer is not on the scale.");
    assert_non_null(strstr(contexts[3].error.sentence, "does not fit what is stored"));
    assert_count(plain, 3);
    plain_store_close(plain);
    assert_ok(&plain->job, plain_store_open(plain, STORE_WRITE));
    assert_count(plain, 3);
}

/* A job may meet a constraint and go on; the same key twice in one group is one row. */
static void test_a_constraint_does_not_end_a_job(void **state)
{
    struct plain_store *plain = *state;
    struct trial trials[2] = {{.key = 8, .after = breaks_and_goes_on}, {.key = 9, .after = breaks_and_goes_on}};
    struct store_job jobs[2];
    struct ctx contexts[2];
    assert_int_equal(marks_add(plain, 3, 1, 16), 1);
    trials_run(plain, trials, jobs, contexts, 2);
    assert_int_equal(jobs[0].status, STATUS_OK);
    assert_int_equal(jobs[1].status, STATUS_OK);
    assert_count(plain, 3);
    assert_int_equal(marks_add(plain, 3, 1, 16), 0);
    assert_int_equal(plain->job.ctx.error.status, STATUS_INVALID);
    assert_count(plain, 3);
}

/* "jobs shuffled": of eight jobs the first comes first once in eight groups, and every place is reached. */
static void test_jobs_come_in_any_order(void **state)
{
    struct plain_store *plain = *state;
    unsigned first_at[8] = {0};
    enum { GROUPS = 400 };
    for (uint64_t group = 0; group < GROUPS; group++) {
        struct trial trials[8];
        struct store_job jobs[8];
        struct ctx contexts[8];
        for (uint64_t i = 0; i < 8; i++)
            trials[i] = (struct trial){.key = group * 8 + i};
        trials_run(plain, trials, jobs, contexts, 8);
        first_at[trials[0].came - 1]++;
    }
    /* Binomial (400, 1/8): 50 expected, deviation 6.6; beyond six of them once in a thousand million runs. */
    for (size_t i = 0; i < 8; i++)
        assert_in_range(first_at[i], 10, 90);
}

/* "groups and jobs committed … since the last call" */
static void test_figures(void **state)
{
    struct plain_store *plain = *state;
    struct store_figures figures;
    store_figures_take(plain->store, &figures);
    assert_int_equal(marks_add(plain, 0, 10, 16), 10);
    assert_int_equal(marks_add(plain, 10, 5, 16), 5);
    store_figures_take(plain->store, &figures);
    assert_int_equal(figures.groups, 2);
    assert_int_equal(figures.jobs, 15);
    assert_int_equal(figures.failed_groups, 0);
    assert_true(figures.longest_commit_us > 0);
    store_figures_take(plain->store, &figures);
    assert_int_equal(figures.groups, 0);
    assert_int_equal(figures.longest_commit_us, 0);
    assert_string_equal(store_path(plain->store), plain->path);
}

/* ---- sessions ---- */

/* "everything read until store_read_end is of one moment", and the moment is that of store_read_begin */
static void test_a_session_sees_one_moment(void **state)
{
    struct plain_store *plain = *state;
    struct ctx *ctx = &plain->job.ctx;
    struct store_session *session = NULL;
    uint64_t count = 7;
    assert_int_equal(marks_add(plain, 0, 3, 16), 3);
    assert_ok(&plain->job, store_read_begin(ctx, plain->store, &session));
    assert_int_equal(marks_add(plain, 3, 2, 16), 2);
    assert_ok(&plain->job, marks_count_in(ctx, session, &count));
    assert_int_equal(count, 3);
    assert_count(plain, 5);
    assert_ok(&plain->job, marks_count_in(ctx, session, &count));
    assert_int_equal(count, 3);
    store_read_end(session);
    assert_count(plain, 5);
    store_read_end(NULL);
}

/* "A reading session" writes nothing. */
static void test_a_reading_session_cannot_write(void **state)
{
    struct plain_store *plain = *state;
    struct ctx *ctx = &plain->job.ctx;
    struct store_session *session = NULL;
    assert_ok(&plain->job, store_read_begin(ctx, plain->store, &session));
    assert_int_equal(mark_add(ctx, session, 1, 16), STATUS_PERMISSION);
    store_read_end(session);
    assert_count(plain, 0);
}

/* "fails STATUS_UNAVAILABLE when SESSIONS_MAX are open" */
static void test_sessions_are_bounded(void **state)
{
    struct plain_store *plain = *state;
    struct ctx *ctx = &plain->job.ctx;
    struct store_session *sessions[SESSIONS_MAX], *more = NULL;
    for (size_t i = 0; i < SESSIONS_MAX; i++)
        assert_ok(&plain->job, store_read_begin(ctx, plain->store, &sessions[i]));
    assert_int_equal(store_read_begin(ctx, plain->store, &more), STATUS_UNAVAILABLE);
    assert_null(more);
    store_read_end(sessions[5]);
    assert_ok(&plain->job, store_read_begin(ctx, plain->store, &more));
    sessions[5] = more;
    for (size_t i = 0; i < SESSIONS_MAX; i++)
        store_read_end(sessions[i]);
}

/* Every kind of value comes back as it was bound, with NUL bytes and empty ones told from null. */
static enum status echo_row(struct ctx *ctx, void *state, const struct store_row *row)
{
    assert_int_equal(row->count, 4);
    assert_int_equal(row_integer(row, 0), INT64_MIN);
    assert_string_equal(row_text(ctx, row, 1), "grüß dich");
    assert_int_equal(row->columns[2].kind, VALUE_BYTES);
    struct span bytes = row_bytes(ctx, row, 2);
    assert_int_equal(bytes.length, 3);
    assert_memory_equal(bytes.at, "a\0b", 3);
    assert_null(row_text(ctx, row, 3));
    assert_int_equal(row_integer(row, 3), 0);
    struct uuid id = {{1}};
    row_uuid(row, 3, &id);
    assert_true(uuid_is_none(&id));
    ++*(unsigned *)state;
    return STATUS_OK;
}

static enum status empty_row(struct ctx *ctx, void *state, const struct store_row *row)
{
    assert_int_equal(row->columns[0].kind, VALUE_TEXT);
    assert_string_equal(row_text(ctx, row, 0), "");
    assert_int_equal(row->columns[1].kind, VALUE_BYTES);
    assert_int_equal(row->columns[1].bytes.length, 0);
    struct uuid id;
    row_uuid(row, 2, &id);
    assert_true(uuid_equal(&id, &(const struct uuid){{9, 8, 7}}));
    assert_int_equal(row->columns[3].kind, VALUE_NULL);
    ++*(unsigned *)state;
    return STATUS_OK;
}

static void test_values_come_back(void **state)
{
    struct plain_store *plain = *state;
    struct ctx *ctx = &plain->job.ctx;
    struct store_session *session = NULL;
    unsigned rows = 0;
    const struct uuid id = {{9, 8, 7}}, none = {{0}};
    assert_ok(&plain->job, store_read_begin(ctx, plain->store, &session));
    assert_ok(&plain->job,
              store_query(ctx, session, "echo",
                          STORE_VALUES(value_integer(INT64_MIN), value_span(span_of("grüß dich")),
                                       value_bytes((struct span){"a\0b", 3}), (struct store_value){.kind = VALUE_NULL}),
                          echo_row, &rows));
    assert_ok(&plain->job, store_query(ctx, session, "echo",
                                       STORE_VALUES(value_span((struct span){NULL, 0}), value_bytes((struct span){NULL, 0}),
                                                    value_uuid(&id), value_uuid(&none)),
                                       empty_row, &rows));
    assert_int_equal(rows, 2);
    store_read_end(session);
}

/* A row's callback may ask again, even the same statement; "a status other than STATUS_OK stops and is returned". */
struct nested {
    struct store_session *session;
    unsigned rows, depth;
};

static enum status nested_row(struct ctx *ctx, void *state, const struct store_row *row)
{
    struct nested *nested = state;
    const int64_t key = row_integer(row, 1);
    nested->rows++;
    if (nested->depth == 1)
        return key == 2 ? STATUS_CANCELLED : STATUS_OK;
    struct nested inner = {.session = nested->session, .depth = 1};
    enum status status = store_query(ctx, nested->session, "mark_list", (struct store_values){NULL, 0}, nested_row, &inner);
    assert_int_equal(status, STATUS_CANCELLED);
    assert_int_equal(inner.rows, 3);
    assert_int_equal(row_integer(row, 1), key);
    return STATUS_OK;
}

static void test_statements_within_each_other(void **state)
{
    struct plain_store *plain = *state;
    struct ctx *ctx = &plain->job.ctx;
    struct nested outer = {0};
    assert_int_equal(marks_add(plain, 0, 10, 16), 10);
    assert_ok(&plain->job, store_read_begin(ctx, plain->store, &outer.session));
    assert_ok(&plain->job, store_query(ctx, outer.session, "mark_list", (struct store_values){NULL, 0}, nested_row, &outer));
    assert_int_equal(outer.rows, 10);
    store_read_end(outer.session);
}

/* ---- many threads ---- */

enum { READERS = 6, ROUNDS = 150, TOGETHER = 4 };

struct reader {
    struct plain_store *plain;
    atomic_bool *stop;
    unsigned reads, odd, failed;
    pthread_t thread;
};

static void *reader_run(void *argument)
{
    struct reader *reader = argument;
    struct job job;
    job_begin(&job);
    uint64_t last = 0;
    while (!atomic_load(reader->stop)) {
        struct store_session *session = NULL;
        uint64_t first = 0, second = 1;
        if (store_read_begin(&job.ctx, reader->plain->store, &session) != STATUS_OK) {
            reader->failed++;
            continue;
        }
        reader->failed += marks_count_in(&job.ctx, session, &first) != STATUS_OK;
        reader->failed += marks_count_in(&job.ctx, session, &second) != STATUS_OK;
        store_read_end(session);
        reader->odd += first != second || first % TOGETHER != 0 || first < last;
        last = first;
        reader->reads++;
    }
    job_end(&job);
    return NULL;
}

/* Readers on many threads, from the first moment of the log on, see whole groups only, never fewer than before, and never fail. */
static void test_many_readers_beside_the_writer(void **state)
{
    struct plain_store *plain = *state;
    struct reader readers[READERS] = {0};
    atomic_bool stop = false;
    plain_store_close(plain);
    assert_ok(&plain->job, plain_store_open(plain, STORE_WRITE));
    for (size_t i = 0; i < READERS; i++) {
        readers[i] = (struct reader){.plain = plain, .stop = &stop};
        assert_int_equal(pthread_create(&readers[i].thread, NULL, reader_run, &readers[i]), 0);
    }
    for (uint64_t i = 0; i < ROUNDS; i++)
        assert_int_equal(marks_add(plain, i * TOGETHER, TOGETHER, 1500), TOGETHER);
    unsigned reads = 0;
    atomic_store(&stop, true);
    for (size_t i = 0; i < READERS; i++) {
        assert_int_equal(pthread_join(readers[i].thread, NULL), 0);
        assert_int_equal(readers[i].failed, 0);
        assert_int_equal(readers[i].odd, 0);
        reads += readers[i].reads;
    }
    assert_true(reads > 0);
    assert_count(plain, (uint64_t)ROUNDS * TOGETHER);
    assert_store_whole(plain);
}

struct lingerer {
    struct plain_store *plain;
    atomic_bool *stop;
    unsigned reads;
    pthread_t thread;
};

/* Reads slowly, so that with others of its kind there is always one that reads. */
static void *lingerer_run(void *argument)
{
    struct lingerer *lingerer = argument;
    struct job job;
    job_begin(&job);
    while (!atomic_load(lingerer->stop)) {
        struct store_session *session = NULL;
        uint64_t count = 0;
        if (store_read_begin(&job.ctx, lingerer->plain->store, &session) != STATUS_OK)
            continue;
        lingerer->reads += marks_count_in(&job.ctx, session, &count) == STATUS_OK;
        (void)usleep(20000);
        store_read_end(session);
    }
    job_end(&job);
    return NULL;
}

/* "Begins the log anew when it has grown too long because somebody was always reading" */
static void test_the_log_does_not_grow_for_ever(void **state)
{
    struct plain_store *plain = *state;
    struct lingerer lingerers[READERS] = {0};
    atomic_bool stop = false;
    char name[SCRATCH_ROOM + 8];
    int64_t longest = 0;
    (void)snprintf(name, sizeof name, "%s-wal", plain->path);
    for (size_t i = 0; i < READERS; i++) {
        lingerers[i] = (struct lingerer){.plain = plain, .stop = &stop};
        assert_int_equal(pthread_create(&lingerers[i].thread, NULL, lingerer_run, &lingerers[i]), 0);
        (void)usleep(4000);
    }
    for (uint64_t key = 0; key < 19200; key += 400) {
        struct stat log;
        assert_int_equal(marks_add(plain, key, 400, 4000), 400);
        assert_int_equal(stat(name, &log), 0);
        longest = log.st_size > longest ? log.st_size : longest;
    }
    atomic_store(&stop, true);
    for (size_t i = 0; i < READERS; i++) {
        assert_int_equal(pthread_join(lingerers[i].thread, NULL), 0);
        assert_true(lingerers[i].reads > 0);
    }
    print_message("the log was %lld bytes at most\n", (long long)longest);
    assert_true(longest <= LOG_BYTES_MAX);
    assert_count(plain, 19200);
}

/* Another process that reads while the log is begun, written and folded away, again and again, never fails and sees whole groups. */
static void test_another_process_reads(void **state)
{
    struct plain_store *plain = *state;
    plain_store_close(plain);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        unsigned bad = 0;
        uint64_t last = 0;
        for (unsigned i = 0; i < 200; i++) {
            uint64_t count = 1;
            struct plain_store mine = {.job = plain->job, .scratch = plain->scratch};
            memcpy(mine.path, plain->path, sizeof mine.path);
            bad += plain_store_open(&mine, STORE_READ) != STATUS_OK || marks_count(&mine, &count) != STATUS_OK ||
                   count % TOGETHER != 0 || count < last;
            last = count;
            plain_store_close(&mine);
        }
        _exit(bad > 0);
    }
    int status = 0;
    uint64_t key = 0;
    while (waitpid(pid, &status, WNOHANG) == 0) {
        assert_ok(&plain->job, plain_store_open(plain, STORE_WRITE));
        for (unsigned i = 0; i < 3; i++, key += TOGETHER)
            assert_int_equal(marks_add(plain, key, TOGETHER, 64), TOGETHER);
        plain_store_close(plain);
    }
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    assert_store_whole(plain);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(test_failing_job_is_undone_alone, make, end),
                                       cmocka_unit_test_setup_teardown(test_a_constraint_does_not_end_a_job, make, end),
                                       cmocka_unit_test_setup_teardown(test_jobs_come_in_any_order, make, end),
                                       cmocka_unit_test_setup_teardown(test_figures, make, end),
                                       cmocka_unit_test_setup_teardown(test_a_session_sees_one_moment, make, end),
                                       cmocka_unit_test_setup_teardown(test_a_reading_session_cannot_write, make, end),
                                       cmocka_unit_test_setup_teardown(test_sessions_are_bounded, make, end),
                                       cmocka_unit_test_setup_teardown(test_values_come_back, make, end),
                                       cmocka_unit_test_setup_teardown(test_statements_within_each_other, make, end),
                                       cmocka_unit_test_setup_teardown(test_the_log_does_not_grow_for_ever, make, end),
                                       cmocka_unit_test_setup_teardown(test_many_readers_beside_the_writer, make, end),
                                       cmocka_unit_test_setup_teardown(test_another_process_reads, make, end)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
