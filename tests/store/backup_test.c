/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copies of one moment while answers come in, and what a backup or a restore that fails or dies leaves behind. */
#include "store/backup.h"

#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <sqlite3.h>
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

#include "support/person_store.h"
#include "support/store_faults.h"

static int make(void **state)
{
    struct person_store *persons = calloc(1, sizeof *persons);
    if (!persons)
        return -1;
    store_faults_start();
    store_faults_plant(NULL);
    person_store_make(persons);
    *state = persons;
    return 0;
}

static int end(void **state)
{
    store_faults_plant(NULL);
    person_store_end(*state);
    free(*state);
    return 0;
}

static const char *beside(struct person_store *persons, const char *name)
{
    return arena_format(persons->job.ctx.arena, "%s/%s", persons->scratch.folder, name);
}

static void add_many(struct person_store *persons, unsigned first, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        const struct person person = {.study = persons->ours, .number = first + i, .text = "somebody", .at_ms = 1};
        assert_ok(&persons->job, person_add(&persons->job.ctx, persons->store, &person));
    }
}

static enum status backup(struct person_store *persons, const char *name)
{
    uint64_t pages = 0;
    return store_backup(&persons->job.ctx, persons->store, beside(persons, name), &pages);
}

static enum status restore(struct person_store *persons, const char *name)
{
    uint64_t erased = 0;
    return store_restore(&persons->job.ctx, beside(persons, name), persons->path, &erased);
}

static bool there(struct person_store *persons, const char *name)
{
    return access(beside(persons, name), F_OK) == 0;
}

/* How many persons a file holds, opened as a store; fails the test unless they are 0, 1, 2, … */
static size_t persons_of(struct person_store *persons, const char *name)
{
    struct person_store other = {.ours = persons->ours};
    bool unbroken = false;
    job_begin(&other.job);
    (void)snprintf(other.path, sizeof other.path, "%s", beside(persons, name));
    assert_ok(&other.job, person_store_open(&other, STORE_READ));
    size_t count = persons_count(&other, &unbroken);
    assert_true(unbroken);
    person_store_close(&other);
    job_end(&other.job);
    return count;
}

/* ---- of one moment, while another thread writes ---- */

struct writing {
    struct person_store *persons;
    atomic_uint begun, done; /* persons whose transaction has begun, and is acknowledged */
    atomic_bool stop;
    bool failed;
};

static void *write_on(void *state)
{
    struct writing *writing = state;
    struct job job;
    job_begin(&job);
    for (unsigned number = 0; !atomic_load(&writing->stop) && !writing->failed; number++) {
        const struct person person = {.study = writing->persons->ours, .number = number, .text = "somebody", .at_ms = 1};
        atomic_store(&writing->begun, number + 1);
        writing->failed = person_add(&job.ctx, writing->persons->store, &person) != STATUS_OK;
        atomic_store(&writing->done, number + 1);
    }
    job_end(&job);
    return NULL;
}

/* "Copies a store of one moment into a new file, while it is written": every answer acknowledged before, none begun after. */
static void a_backup_is_of_one_moment(void **state)
{
    struct person_store *persons = *state;
    struct writing writing = {.persons = persons};
    pthread_t thread;
    size_t between = 0;
    assert_int_equal(pthread_create(&thread, NULL, write_on, &writing), 0);
    for (unsigned round = 0; round < 15; round++) {
        unsigned before = atomic_load(&writing.done);
        assert_ok(&persons->job, backup(persons, "copy.db"));
        unsigned after = atomic_load(&writing.begun);
        size_t count = persons_of(persons, "copy.db");
        assert_true(count >= before && count <= after);
        between += after > before;
    }
    atomic_store(&writing.stop, true);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_false(writing.failed);
    assert_true(between > 0);
    assert_int_equal(persons_of(persons, "study.db"), atomic_load(&writing.done));
    assert_false(there(persons, "copy.db.making"));
    assert_false(there(persons, "copy.db-wal"));
}

/* Nobody else may read a backup, and one that is replaced is replaced whole. */
static void a_backup_is_private(void **state)
{
    struct person_store *persons = *state;
    struct stat is;
    mode_t before = umask(0);
    (void)scratch_write(&persons->scratch, "copy.db", "something else");
    add_many(persons, 0, 2);
    assert_ok(&persons->job, backup(persons, "copy.db"));
    assert_int_equal(stat(beside(persons, "copy.db"), &is), 0);
    assert_int_equal(is.st_mode & 0777u, 0600);
    person_store_close(persons);
    assert_ok(&persons->job, restore(persons, "copy.db"));
    assert_int_equal(stat(persons->path, &is), 0);
    assert_int_equal(is.st_mode & 0777u, 0600);
    (void)umask(before);
    assert_int_equal(persons_of(persons, "study.db"), 2);
}

/* "STATUS_INVALID (the store itself, or another that is in use)", by whatever name. */
static void a_store_in_use_is_not_replaced(void **state)
{
    struct person_store *persons = *state, other;
    add_many(persons, 0, 3);
    assert_int_equal(backup(persons, "study.db"), STATUS_INVALID);
    assert_int_equal(symlink("study.db", beside(persons, "link.db")), 0);
    assert_int_equal(backup(persons, "link.db"), STATUS_INVALID);
    person_store_make(&other);
    add_many(&other, 0, 1);
    uint64_t pages = 0;
    assert_int_equal(store_backup(&persons->job.ctx, persons->store, other.path, &pages), STATUS_INVALID);
    assert_non_null(strstr(persons->job.ctx.error.sentence, "in use"));
    person_store_end(&other);
    assert_int_equal(mkdir(beside(persons, "folder.db"), 0700), 0);
    assert_int_equal(backup(persons, "folder.db"), STATUS_INVALID);
    assert_int_equal(backup(persons, "nowhere/copy.db"), STATUS_NO_INPUT);
    add_many(persons, 3, 1);
    assert_int_equal(persons_of(persons, "study.db"), 4);
}

/* ---- what is refused ---- */

static void assert_untouched(struct person_store *persons, size_t count)
{
    static const char *const rests[] = {"study.db.making", "study.db.making-wal", "study.db.making.lock", "study.db.damaged"};
    for (size_t i = 0; i < sizeof rests / sizeof *rests; i++)
        assert_false(there(persons, rests[i]));
    assert_int_equal(persons_of(persons, "study.db"), count);
}

/* "STATUS_DATA when the backup is damaged or no store". */
static void a_damaged_backup_is_refused(void **state)
{
    struct person_store *persons = *state;
    add_many(persons, 0, 40);
    assert_ok(&persons->job, backup(persons, "good.db"));
    add_many(persons, 40, 3);
    person_store_close(persons);
    size_t length = 0;
    char *good = scratch_read(beside(persons, "good.db"), &length);
    assert_true(length >= 20u * 4096u);
    for (size_t page = 0; page < length / 4096u; page++) {
        char *bad = malloc(length);
        assert_non_null(bad);
        memcpy(bad, good, length);
        memset(bad + page * 4096u + (page == 0 ? 0 : 3), 0xA5, 64);
        (void)scratch_write_bytes(&persons->scratch, "bad.db", bad, length);
        free(bad);
        enum status status = restore(persons, "bad.db");
        if (status != STATUS_DATA)
            fail_msg("page %zu damaged: status %d", page + 1, (int)status);
    }
    for (size_t cut = 0; cut < length; cut += 4096u * 7u + 100u) {
        (void)scratch_write_bytes(&persons->scratch, "bad.db", good, cut);
        assert_int_equal(restore(persons, "bad.db"), STATUS_DATA);
    }
    free(good);
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(beside(persons, "foreign.db"), &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "CREATE TABLE x (y)", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    assert_int_equal(restore(persons, "foreign.db"), STATUS_DATA);
    assert_int_equal(restore(persons, "nowhere.db"), STATUS_NO_INPUT);
    assert_untouched(persons, 43);
    assert_ok(&persons->job, restore(persons, "good.db"));
    assert_untouched(persons, 40);
}

/* "STATUS_UNAVAILABLE when a server holds the store or somebody reads it". */
static void a_held_store_is_not_restored(void **state)
{
    struct person_store *persons = *state;
    struct store_session *session = NULL;
    add_many(persons, 0, 2);
    assert_ok(&persons->job, backup(persons, "good.db"));
    add_many(persons, 2, 2);
    assert_int_equal(restore(persons, "good.db"), STATUS_UNAVAILABLE);
    assert_non_null(strstr(persons->job.ctx.error.sentence, "a test"));
    assert_int_equal(persons_of(persons, "study.db"), 4);
    person_store_close(persons);
    assert_ok(&persons->job, person_store_open(persons, STORE_READ));
    assert_ok(&persons->job, store_read_begin(&persons->job.ctx, persons->store, &session));
    enum status status = restore(persons, "good.db");
    assert_true(status == STATUS_OK || status == STATUS_UNAVAILABLE);
    store_read_end(session);
    person_store_close(persons);
    assert_untouched(persons, status == STATUS_OK ? 2 : 4);
    assert_ok(&persons->job, restore(persons, "good.db"));
    assert_untouched(persons, 2);
}

/* A damaged store is what a restore is for: it is set aside, and the log beside it is not read with the file that comes. */
static void a_damaged_store_is_set_aside(void **state)
{
    struct person_store *persons = *state;
    add_many(persons, 0, 5);
    assert_ok(&persons->job, backup(persons, "good.db"));
    add_many(persons, 5, 5);
    size_t length = 0, log_length = 0;
    char *log = scratch_read(beside(persons, "study.db-wal"), &log_length);
    assert_true(log_length > 0);
    person_store_close(persons);
    char *all = scratch_read(persons->path, &length);
    memset(all, 0x5A, 4096);
    (void)scratch_write_bytes(&persons->scratch, "study.db", all, length);
    (void)scratch_write_bytes(&persons->scratch, "study.db-wal", log, log_length);
    free(log);
    free(all);
    assert_ok(&persons->job, restore(persons, "good.db"));
    assert_true(there(persons, "study.db.damaged"));
    assert_int_equal(persons_of(persons, "study.db"), 5);
    assert_int_equal(unlink(beside(persons, "study.db.damaged")), 0);
    (void)unlink(beside(persons, "study.db.damaged-wal"));
    assert_ok(&persons->job, person_store_open(persons, STORE_WRITE));
    add_many(persons, 5, 1);
    assert_int_equal(persons_of(persons, "study.db"), 6);
}

/* A log that was never folded, of a server that was killed, is not read with the file that comes. */
static void a_log_that_was_left_does_not_mix(void **state)
{
    struct person_store *persons = *state;
    add_many(persons, 0, 5);
    assert_ok(&persons->job, backup(persons, "good.db"));
    person_store_close(persons);
    pid_t child = fork();
    if (child == 0) {
        struct job job;
        struct store *store = NULL;
        job_begin(&job);
        if (store_open(&job.ctx, persons->path, STORE_WRITE, "one that is killed", &store) == STATUS_OK)
            for (unsigned i = 5; i < 30; i++)
                (void)person_add(&job.ctx, store,
                                 &(const struct person){.study = persons->ours, .number = i, .text = "x", .at_ms = 1});
        (void)raise(SIGKILL);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    assert_ok(&persons->job, restore(persons, "good.db"));
    assert_untouched(persons, 5);
}

/* ---- dying in the middle ---- */

struct deadly {
    struct person_store *persons;
    enum status (*work)(struct person_store *persons);
};

/* Runs it in a process that dies at the k-th thing that is asked of the file system.
 * gives   true when it lived */
static bool lives(const struct deadly *deadly, uint64_t at)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        store_faults_plant(&(const struct store_fault){
            .kinds = FAULT_WRITE | FAULT_SYNC | FAULT_TRUNCATE | FAULT_REMOVE, .ending = "", .at = at, .dies = true});
        _exit(deadly->work(deadly->persons) == STATUS_OK ? 0 : 1);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
    return WIFEXITED(status);
}

static enum status restore_new(struct person_store *persons)
{
    return restore(persons, "new.db");
}

/* "In one step": at every moment of a restore the store is the old one or the new one, whole. */
static void a_restore_that_dies_leaves_the_old_or_the_new(void **state)
{
    struct person_store *persons = *state;
    const struct deadly deadly = {persons, restore_new};
    size_t old = 0, fresh = 0;
    uint64_t at = 1;
    add_many(persons, 0, 3);
    assert_ok(&persons->job, backup(persons, "new.db"));
    add_many(persons, 3, 2);
    assert_ok(&persons->job, backup(persons, "old.db"));
    person_store_close(persons);
    for (bool lived = false; !lived; at += at < 12 ? 1 : 5) {
        assert_ok(&persons->job, restore(persons, "old.db"));
        lived = lives(&deadly, at);
        size_t count = persons_of(persons, "study.db");
        assert_true(count == 5 || count == 3);
        assert_true(lived == (count == 3) || !lived);
        old += count == 5;
        fresh += count == 3;
        assert_true(at < 2000);
    }
    assert_true(old > 5 && fresh > 0);
    assert_untouched(persons, 3);
}

static enum status backup_new(struct person_store *persons)
{
    struct store *store = NULL;
    uint64_t pages = 0;
    enum status status = store_open(&persons->job.ctx, persons->path, STORE_READ, "a child", &store);
    return status ? status : store_backup(&persons->job.ctx, store, beside(persons, "copy.db"), &pages);
}

/* "The old file at `to` is whole then", and the store too. */
static void a_backup_that_dies_leaves_the_old_one(void **state)
{
    struct person_store *persons = *state;
    const struct deadly deadly = {persons, backup_new};
    size_t old = 0;
    uint64_t at = 1;
    add_many(persons, 0, 3);
    assert_ok(&persons->job, backup(persons, "first.db"));
    add_many(persons, 3, 2);
    person_store_close(persons);
    size_t length = 0;
    char *first = scratch_read(beside(persons, "first.db"), &length);
    for (bool lived = false; !lived; at += at < 12 ? 1 : 5) {
        (void)scratch_write_bytes(&persons->scratch, "copy.db", first, length);
        lived = lives(&deadly, at);
        size_t count = persons_of(persons, "copy.db");
        assert_int_equal(count, lived ? 5 : 3);
        assert_int_equal(persons_of(persons, "study.db"), 5);
        old += !lived;
        assert_true(at < 2000);
    }
    free(first);
    assert_true(old > 3);
    assert_false(there(persons, "copy.db.making"));
}

/* A disk that fails at any point of a backup is told, and leaves the old one. */
static void a_failing_disk_is_told(void **state)
{
    struct person_store *persons = *state;
    add_many(persons, 0, 3);
    assert_ok(&persons->job, backup(persons, "copy.db"));
    add_many(persons, 3, 2);
    enum status status = STATUS_FAILURE;
    uint64_t at = 0;
    while (status != STATUS_OK) {
        at += at < 12 ? 1 : 5;
        store_faults_plant(&(const struct store_fault){
            .kinds = FAULT_WRITE | FAULT_SYNC | FAULT_TRUNCATE, .ending = "", .at = at, .all_after = true, .code = SQLITE_FULL});
        status = backup(persons, "copy.db");
        store_faults_plant(NULL);
        assert_int_equal(persons_of(persons, "copy.db"), status == STATUS_OK ? 5 : 3);
        assert_false(there(persons, "copy.db.making"));
        assert_true(at < 2000);
    }
    assert_true(at > 3);
    assert_int_equal(persons_of(persons, "study.db"), 5);
}

/* A backup of a newer Gapmeter is refused by its own name, not by that of the copy that nobody made; nothing is left of that. */
static void a_newer_backup_is_called_by_its_name(void **state)
{
    struct person_store *persons = *state;
    sqlite3 *db = NULL;
    add_many(persons, 0, 3);
    assert_ok(&persons->job, backup(persons, "newer.db"));
    person_store_close(persons);
    assert_int_equal(sqlite3_open(beside(persons, "newer.db"), &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "PRAGMA user_version=9999", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    assert_int_equal(restore(persons, "newer.db"), STATUS_DATA);
    const char *sentence = persons->job.ctx.error.sentence, *name = beside(persons, "newer.db");
    assert_true(strncmp(sentence, name, strlen(name)) == 0);
    assert_non_null(strstr(sentence, " was written by a newer Gapmeter"));
    assert_null(strstr(sentence, ".making"));
    assert_false(there(persons, "study.db.making"));
    assert_int_equal(persons_of(persons, "study.db"), 3);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, make, end)
    static const struct CMUnitTest tests[] = {TEST(a_backup_is_of_one_moment),
                                              TEST(a_backup_is_private),
                                              TEST(a_store_in_use_is_not_replaced),
                                              TEST(a_damaged_backup_is_refused),
                                              TEST(a_held_store_is_not_restored),
                                              TEST(a_damaged_store_is_set_aside),
                                              TEST(a_log_that_was_left_does_not_mix),
                                              TEST(a_restore_that_dies_leaves_the_old_or_the_new),
                                              TEST(a_backup_that_dies_leaves_the_old_one),
                                              TEST(a_failing_disk_is_told),
                                              TEST(a_newer_backup_is_called_by_its_name)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
