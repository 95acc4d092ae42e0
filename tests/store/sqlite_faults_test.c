/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is acknowledged when the disk is full, does not sync, or fails at any one of the things that are asked of it. */
#include <sched.h>
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "store/store_inside.h"
#include "support/plain_store.h"
#include "support/store_faults.h"

static int make(void **state)
{
    store_faults_start();
    store_faults_plant(NULL);
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
    store_faults_plant(NULL);
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

/* Closed and opened again, the store is whole and holds what was acknowledged, no more. */
static void assert_only_acknowledged(struct plain_store *plain, uint64_t acknowledged)
{
    store_faults_plant(NULL);
    assert_count(plain, acknowledged);
    plain_store_close(plain);
    assert_ok(&plain->job, plain_store_open(plain, STORE_WRITE));
    assert_count(plain, acknowledged);
    assert_store_whole(plain);
}

/* "After a failed fsync the connection is closed and opened again before the next group", "nothing of them is stored" */
static void test_a_failed_sync_is_not_acknowledged(void **state)
{
    struct plain_store *plain = *state;
    assert_int_equal(marks_add(plain, 0, 8, 300), 8);
    const struct connection *before = plain->store->writing.connection;
    store_faults_plant(&(const struct store_fault){.kinds = FAULT_SYNC, .ending = "-wal", .at = 1, .code = SQLITE_IOERR_FSYNC});
    assert_int_equal(marks_add(plain, 100, 8, 300), 0);
    assert_int_equal(store_faults_counted(), 1);
    assert_int_equal(plain->job.ctx.error.status, STATUS_IO);
    assert_count(plain, 8);
    /* The sync is not tried again on the old connection. */
    assert_int_equal(marks_add(plain, 200, 8, 300), 8);
    assert_ptr_not_equal(plain->store->writing.connection, before);
    assert_only_acknowledged(plain, 16);
}

/* The very first commit after opening too, when the log is only being begun. */
static void test_a_failed_sync_at_the_beginning(void **state)
{
    struct plain_store *plain = *state;
    plain_store_close(plain);
    assert_ok(&plain->job, plain_store_open(plain, STORE_WRITE));
    store_faults_plant(&(const struct store_fault){
        .kinds = FAULT_SYNC, .ending = "-wal", .at = 1, .all_after = true, .code = SQLITE_IOERR_FSYNC});
    for (uint64_t i = 0; i < 5; i++)
        assert_int_equal(marks_add(plain, 100 * i, 4, 300), 0);
    store_faults_plant(NULL);
    assert_int_equal(marks_add(plain, 1000, 4, 300), 4);
    assert_only_acknowledged(plain, 4);
}

/* While no new connection can be opened nothing is acknowledged; once one can, work goes on by itself. */
static void test_a_connection_that_cannot_be_renewed(void **state)
{
    struct plain_store *plain = *state;
    assert_int_equal(marks_add(plain, 0, 4, 300), 4);
    store_faults_plant(&(const struct store_fault){.kinds = FAULT_SYNC, .ending = "-wal", .at = 1, .code = SQLITE_IOERR_FSYNC});
    assert_int_equal(marks_add(plain, 100, 4, 300), 0);
    store_faults_plant(
        &(const struct store_fault){.kinds = FAULT_OPEN, .ending = ".db", .at = 1, .all_after = true, .code = SQLITE_CANTOPEN});
    for (uint64_t i = 0; i < 3; i++)
        assert_int_equal(marks_add(plain, 200, 4, 300), 0);
    store_faults_plant(NULL);
    assert_int_equal(marks_add(plain, 200, 4, 300), 4);
    assert_only_acknowledged(plain, 8);
}

/* Disk full at each write of a group of large answers, for good: the jobs are told so, earlier answers can be read, and when there
 * is room again the next group is stored. */
static void test_disk_full_at_each_write(void **state)
{
    struct plain_store *plain = *state;
    uint64_t acknowledged = marks_add(plain, 0, 16, 2000), tries = 0;
    assert_int_equal(acknowledged, 16);
    size_t got = 0;
    for (uint64_t at = 1; got == 0 && at < 400; at++, tries++) {
        store_faults_plant(
            &(const struct store_fault){.kinds = FAULT_WRITE, .ending = "", .at = at, .all_after = true, .code = SQLITE_FULL});
        got = marks_add(plain, 1000, 16, 2000);
        if (got == 0) {
            assert_int_equal(plain->job.ctx.error.status, STATUS_UNAVAILABLE);
            assert_non_null(strstr(plain->job.ctx.error.sentence, "the disk is full"));
        }
        store_faults_plant(NULL);
        assert_count(plain, acknowledged + got);
    }
    assert_int_equal(got, 16);
    assert_true(tries > 10);
    print_message("disk full at each of %llu writes\n", (unsigned long long)tries - 1);
    assert_only_acknowledged(plain, 32);
}

/* Any one of the things that are asked of the files fails, once or from then on for ever: what was acknowledged is there, nothing
 * else is, and work goes on by itself.
 * takes   unknown  the last group that failed may be there when the store is opened again, whole */
static void each_failure(struct plain_store *plain, unsigned kinds, int code, bool all_after, bool unknown)
{
    uint64_t key = 0, acknowledged = 0, failures = 0;
    bool reached = true;
    plain_store_close(plain);
    for (uint64_t at = 1; reached && at < 600; at++) {
        assert_ok(&plain->job, plain_store_open(plain, STORE_WRITE));
        store_faults_plant(
            &(const struct store_fault){.kinds = kinds, .ending = "", .at = at, .all_after = all_after, .code = code});
        for (unsigned group = 0; group < 3; group++, key += 10) {
            size_t got = marks_add(plain, key, 6, 900);
            assert_true(got == 0 || got == 6);
            acknowledged += got;
            failures += got == 0;
        }
        plain_store_close(plain);
        reached = store_faults_counted() >= at;
        store_faults_plant(NULL);
        uint64_t count = 0;
        assert_ok(&plain->job, plain_store_open(plain, STORE_WRITE));
        assert_ok(&plain->job, marks_count(plain, &count));
        if (unknown && count == acknowledged + 6)
            acknowledged = count;
        assert_int_equal(count, acknowledged);
        assert_int_equal(marks_add(plain, key, 1, 900), 1);
        acknowledged++;
        key += 10;
        plain_store_close(plain);
    }
    assert_false(reached);
    assert_true(failures > 0);
    assert_store_whole(plain);
    print_message("%llu groups failed, %llu marks acknowledged and there\n", (unsigned long long)failures,
                  (unsigned long long)acknowledged);
}

static void test_each_write_fails_once(void **state)
{
    each_failure(*state, FAULT_WRITE | FAULT_TRUNCATE, SQLITE_IOERR_WRITE, false, false);
}

static void test_each_write_fails_for_ever(void **state)
{
    each_failure(*state, FAULT_WRITE | FAULT_TRUNCATE, SQLITE_IOERR_WRITE, true, false);
}

static void test_each_sync_fails_once(void **state)
{
    each_failure(*state, FAULT_SYNC, SQLITE_IOERR_FSYNC, false, false);
}

static void test_each_sync_fails_for_ever(void **state)
{
    each_failure(*state, FAULT_SYNC, SQLITE_IOERR_FSYNC, true, true);
}

enum { DYING_GROUPS = 3, DYING_MARKS = 5 };

/* Adds groups and says each that is acknowledged, until it is killed at a step. */
static int dying_run(struct plain_store *plain, uint64_t first, uint64_t at, int says)
{
    if (plain_store_open(plain, STORE_WRITE) != STATUS_OK)
        return 3;
    store_faults_plant(&(const struct store_fault){
        .kinds = FAULT_WRITE | FAULT_SYNC | FAULT_TRUNCATE | FAULT_REMOVE, .ending = "", .at = at, .dies = true});
    for (uint64_t group = 0; group < DYING_GROUPS; group++) {
        char said = marks_add(plain, first + group * 10, DYING_MARKS, 700) == DYING_MARKS ? 'y' : 'n';
        if (said != 'y' || write(says, &said, 1) != 1)
            return 4;
    }
    plain_store_close(plain);
    return 0;
}

/* gives  how many groups were acknowledged, and *died */
static uint64_t dying_watch(struct plain_store *plain, uint64_t first, uint64_t at, bool *died)
{
    int told[2], status = 0;
    char said = 0;
    uint64_t acknowledged = 0;
    assert_int_equal(pipe(told), 0);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0)
        _exit(dying_run(plain, first, at, told[1]));
    (void)close(told[1]);
    while (read(told[0], &said, 1) == 1)
        acknowledged++;
    (void)close(told[0]);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    *died = WIFSIGNALED(status);
    assert_true(*died || WEXITSTATUS(status) == 0);
    return acknowledged;
}

/* The process is killed at each write, sync or truncation of three groups: what was acknowledged is there, and of each group all
 * or nothing. */
static void test_killed_at_each_step(void **state)
{
    struct plain_store *plain = *state;
    bool died = true;
    uint64_t steps = 0, before = 0;
    plain_store_close(plain);
    for (uint64_t at = 1; died && at < 400; at++, steps++) {
        uint64_t first = at * 1000, count = 0;
        uint64_t acknowledged = dying_watch(plain, first, at, &died);
        assert_ok(&plain->job, plain_store_open(plain, STORE_WRITE));
        assert_ok(&plain->job, marks_count(plain, &count));
        assert_true(count % DYING_MARKS == 0);
        assert_in_range(count - before, acknowledged * DYING_MARKS, DYING_GROUPS * DYING_MARKS);
        plain_store_close(plain);
        before = count;
    }
    assert_false(died);
    assert_true(steps > 10);
    print_message("killed at each of %llu steps\n", (unsigned long long)steps - 1);
    assert_store_whole(plain);
}

/* ---- a real full disk ---- */

static int on_small_disk(struct plain_store *plain)
{
    char filler[SCRATCH_ROOM + 16];
    if (unshare(CLONE_NEWNS) != 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
        mount("tmpfs", plain->scratch.folder, "tmpfs", 0, "size=1m") != 0)
        return 77;
    struct ctx *ctx = &plain->job.ctx;
    uint64_t acknowledged = 0, count = 0, key = 0;
    unsigned refused = 0;
    if (store_create(ctx, plain->path) != STATUS_OK || plain_store_open(plain, STORE_WRITE) != STATUS_OK)
        return 2;
    (void)snprintf(filler, sizeof filler, "%s/filler", plain->scratch.folder);
    for (unsigned round = 0; round < 2; round++) {
        FILE *file = fopen(filler, "wb");
        if (!file)
            return 3;
        for (unsigned i = 0; i < 40u << round; i++)
            (void)fwrite(plain->scratch.folder, 1, 4096 > sizeof plain->scratch.folder ? sizeof plain->scratch.folder : 4096,
                         file);
        (void)fclose(file);
        refused = 0;
        for (unsigned i = 0; i < 400 && refused < 3; i++, key += 4) {
            size_t got = marks_add(plain, key, 4, 1500);
            if (got == 0 && (ctx->error.status != STATUS_UNAVAILABLE || !strstr(ctx->error.sentence, "the disk is full")))
                return 4;
            acknowledged += got;
            refused += got == 0;
            if (marks_count(plain, &count) != STATUS_OK || count != acknowledged)
                return 5;
        }
        if (refused == 0)
            return 6;
        (void)unlink(filler);
        if (round == 0) {
            /* Room again: it goes on by itself. */
            if (marks_add(plain, key, 4, 200) != 4)
                return 7;
            key += 4;
            acknowledged += 4;
        }
    }
    plain_store_close(plain);
    if (plain_store_open(plain, STORE_WRITE) != STATUS_OK || marks_count(plain, &count) != STATUS_OK || count != acknowledged)
        return 8;
    plain_store_close(plain);
    return driver_sqlite.check(ctx, plain->path) == STATUS_OK ? 0 : 9;
}

/* "disk full on a small tmpfs: not acknowledged, recovers by itself", in a name space of its own, where that is allowed */
static void test_small_disk(void **state)
{
    struct plain_store *plain = *state;
    int status = 0;
    plain_store_close(plain);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0)
        _exit(on_small_disk(plain));
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) == 77) {
        print_message("no tmpfs may be mounted here: left out\n");
        skip();
    }
    assert_int_equal(WEXITSTATUS(status), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(test_a_failed_sync_is_not_acknowledged, make, end),
                                       cmocka_unit_test_setup_teardown(test_a_failed_sync_at_the_beginning, make, end),
                                       cmocka_unit_test_setup_teardown(test_a_connection_that_cannot_be_renewed, make, end),
                                       cmocka_unit_test_setup_teardown(test_disk_full_at_each_write, make, end),
                                       cmocka_unit_test_setup_teardown(test_each_write_fails_once, make, end),
                                       cmocka_unit_test_setup_teardown(test_each_write_fails_for_ever, make, end),
                                       cmocka_unit_test_setup_teardown(test_each_sync_fails_once, make, end),
                                       cmocka_unit_test_setup_teardown(test_each_sync_fails_for_ever, make, end),
                                       cmocka_unit_test_setup_teardown(test_killed_at_each_step, make, end),
                                       cmocka_unit_test_setup_teardown(test_small_disk, make, end)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
