/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What SQLite is told and says back, who may open a store, and what a session and a group of jobs see. */
#include <setjmp.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "store/store_inside.h"
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

/* ---- settings: seen through a hook of SQLite that is called for every connection ---- */

static struct {
    sqlite3 *opened[8];
    size_t count;
    const char *plant; /* said to a new connection … */
    const char *deaf;  /* … which then does not hear this pragma being set */
} hook;

static int deafen(void *state, int action, const char *pragma, const char *value, const char *base, const char *trigger)
{
    (void)state;
    (void)base;
    (void)trigger;
    bool hushed = action == SQLITE_PRAGMA && value && strcmp(pragma, hook.deaf) == 0;
    return hushed ? SQLITE_IGNORE : SQLITE_OK;
}

static int hook_opened(sqlite3 *db, char **error, const struct sqlite3_api_routines *routines)
{
    (void)error;
    (void)routines;
    if (hook.count < sizeof hook.opened / sizeof *hook.opened)
        hook.opened[hook.count++] = db;
    if (hook.plant) {
        (void)sqlite3_exec(db, hook.plant, NULL, NULL, NULL);
        (void)sqlite3_set_authorizer(db, deafen, NULL);
    }
    return SQLITE_OK;
}

static void hook_begin(const char *plant, const char *deaf)
{
    memset(&hook, 0, sizeof hook);
    hook.plant = plant;
    hook.deaf = deaf;
    assert_int_equal(sqlite3_auto_extension((void (*)(void))hook_opened), SQLITE_OK);
}

static void hook_end(void)
{
    sqlite3_reset_auto_extension();
    memset(&hook, 0, sizeof hook);
}

static void assert_pragma(sqlite3 *db, const char *name, const char *wanted)
{
    char sql[64];
    sqlite3_stmt *statement = NULL;
    (void)snprintf(sql, sizeof sql, "PRAGMA %s", name);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    assert_string_equal((const char *)sqlite3_column_text(statement, 0), wanted);
    assert_int_equal(sqlite3_finalize(statement), SQLITE_OK);
}

static void assert_switch(sqlite3 *db, int what, int wanted)
{
    int is = -1;
    assert_int_equal(sqlite3_db_config(db, what, -1, &is), SQLITE_OK);
    assert_int_equal(is, wanted);
}

/* What must hold of every connection, in numbers of SQLite's documentation: 2 is FULL and, of temp_store, MEMORY. */
static void assert_settings(sqlite3 *db, bool writes)
{
    assert_pragma(db, "journal_mode", "wal");
    assert_pragma(db, "synchronous", "2");
    assert_pragma(db, "foreign_keys", "1");
    assert_pragma(db, "secure_delete", "1");
    assert_pragma(db, "mmap_size", "0");
    assert_pragma(db, "cell_size_check", "1");
    assert_pragma(db, "trusted_schema", "0");
    assert_pragma(db, "temp_store", "2");
    assert_pragma(db, "locking_mode", "normal");
    assert_pragma(db, "query_only", writes ? "0" : "1");
    assert_pragma(db, "application_id", "1195462733");
    assert_switch(db, SQLITE_DBCONFIG_DEFENSIVE, 1);
    assert_switch(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0);
    assert_switch(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0);
    assert_switch(db, SQLITE_DBCONFIG_ENABLE_VIEW, 0);
    assert_int_equal(sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, -1), 0);
    assert_int_equal(sqlite3_db_readonly(db, "main"), writes ? 0 : 1);
}

/* "exactly one connection of one process writes; readers are read-only" */
static void test_settings_hold(void **state)
{
    struct plain_store *plain = *state;
    struct store_session *session = NULL;
    plain_store_close(plain);
    hook_begin(NULL, NULL);
    assert_ok(&plain->job, store_open(&plain->job.ctx, plain->path, STORE_WRITE, "x", &plain->store));
    assert_int_equal(hook.count, 1);
    assert_settings(hook.opened[0], true);
    assert_ok(&plain->job, store_read_begin(&plain->job.ctx, plain->store, &session));
    assert_int_equal(hook.count, 2);
    assert_settings(hook.opened[1], false);
    store_read_end(session);
    assert_ok(&plain->job, store_read_begin(&plain->job.ctx, plain->store, &session));
    assert_int_equal(hook.count, 2);
    store_read_end(session);
    hook_end();
}

/* "each setting read back, refused when it differs": a connection that has another value and does not hear ours. */
static void test_settings_that_do_not_hold_are_refused(void **state)
{
    static const struct {
        const char *name, *plant;
        enum store_mode mode;
    } plants[] = {{"synchronous", "PRAGMA synchronous=NORMAL", STORE_WRITE},
                  {"synchronous", "PRAGMA synchronous=OFF", STORE_WRITE},
                  {"journal_mode", "PRAGMA journal_mode=DELETE", STORE_WRITE},
                  {"secure_delete", "PRAGMA secure_delete=OFF", STORE_WRITE},
                  {"secure_delete", "PRAGMA secure_delete=FAST", STORE_WRITE},
                  {"mmap_size", "PRAGMA mmap_size=65536", STORE_WRITE},
                  {"mmap_size", "PRAGMA mmap_size=65536", STORE_READ},
                  {"cell_size_check", "PRAGMA cell_size_check=OFF", STORE_WRITE},
                  {"temp_store", "PRAGMA temp_store=FILE", STORE_WRITE},
                  {"locking_mode", "PRAGMA locking_mode=EXCLUSIVE", STORE_WRITE},
                  {"wal_autocheckpoint", "PRAGMA wal_autocheckpoint=0", STORE_WRITE},
                  {"query_only", "PRAGMA query_only=OFF", STORE_READ}};
    struct plain_store *plain = *state;
    plain_store_close(plain);
    for (size_t i = 0; i < sizeof plants / sizeof *plants; i++) {
        char wanted[64];
        (void)snprintf(wanted, sizeof wanted, "its setting %s is ", plants[i].name);
        hook_begin(plants[i].plant, plants[i].name);
        enum status status = store_open(&plain->job.ctx, plain->path, plants[i].mode, "x", &plain->store);
        hook_end();
        assert_int_equal(status, STATUS_CONFIG);
        assert_non_null(strstr(plain->job.ctx.error.sentence, wanted));
        assert_ok(&plain->job, plain_store_open(plain, STORE_WRITE));
        plain_store_close(plain);
    }
}

/* ---- who may open it ---- */

/* "STATUS_UNAVAILABLE when another process holds it, saying which"; a reader may come in all the same */
static void test_second_writer_is_told_who(void **state)
{
    struct plain_store *plain = *state;
    struct store *second = NULL;
    int told[2];
    plain_store_close(plain);
    assert_int_equal(pipe(told), 0);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        struct store *held = NULL;
        char said = store_open(&plain->job.ctx, plain->path, STORE_WRITE, "gapmeter serve", &held) == STATUS_OK ? 'y' : 'n';
        if (write(told[1], &said, 1) != 1)
            _exit(1);
        for (;;)
            (void)pause();
    }
    char said = 0, wanted[128];
    assert_int_equal(read(told[0], &said, 1), 1);
    assert_int_equal(said, 'y');
    (void)snprintf(wanted, sizeof wanted, "study.db is held by gapmeter serve (pid %ld)", (long)pid);
    assert_int_equal(store_open(&plain->job.ctx, plain->path, STORE_WRITE, "x", &second), STATUS_UNAVAILABLE);
    assert_null(second);
    assert_non_null(strstr(plain->job.ctx.error.sentence, wanted));
    uint64_t count = 7;
    assert_ok(&plain->job, plain_store_open(plain, STORE_READ));
    assert_ok(&plain->job, marks_count(plain, &count));
    assert_int_equal(count, 0);
    plain_store_close(plain);
    (void)kill(pid, SIGKILL);
    (void)waitpid(pid, NULL, 0);
    assert_ok(&plain->job, plain_store_open(plain, STORE_WRITE));
    (void)close(told[0]);
    (void)close(told[1]);
}

/* "Makes a new, empty store and leaves it closed": whole, ours, for nobody else to read, and never over something else. */
static void test_creation(void **state)
{
    struct plain_store *plain = *state;
    struct stat file;
    struct ctx *ctx = &plain->job.ctx;
    char other[SCRATCH_ROOM + 32];
    assert_int_equal(stat(plain->path, &file), 0);
    assert_int_equal(file.st_mode & 0777, 0600);
    assert_int_equal(store_create(ctx, plain->path), STATUS_IO);
    assert_non_null(strstr(ctx->error.sentence, "is there already"));
    (void)snprintf(other, sizeof other, "%s/none/study.db", plain->scratch.folder);
    assert_int_equal(store_create(ctx, other), STATUS_NO_INPUT);
    assert_int_equal(store_open(ctx, other, STORE_WRITE, "x", &plain->store), STATUS_NO_INPUT);
    assert_int_equal(store_open(ctx, other, STORE_READ, "x", &plain->store), STATUS_NO_INPUT);
    (void)snprintf(other, sizeof other, "%s/new.db", plain->scratch.folder);
    assert_ok(&plain->job, store_create(ctx, other));
    assert_true(store_is_store(other));
    (void)snprintf(other, sizeof other, "%s/new.db-wal", plain->scratch.folder);
    assert_int_not_equal(access(other, F_OK), 0);
    plain->store = NULL;
}

/* "Does the file begin as a store does?" */
static void test_is_store(void **state)
{
    struct plain_store *plain = *state;
    char other[SCRATCH_ROOM];
    sqlite3 *db = NULL;
    plain_store_close(plain);
    assert_true(store_is_store(plain->path));
    assert_false(store_is_store(scratch_write(&plain->scratch, "text", "SQLite format 3")));
    assert_false(store_is_store(plain->scratch.folder));
    assert_false(store_is_store("/nowhere/at/all"));
    (void)snprintf(other, sizeof other, "%s", scratch_path(&plain->scratch, "foreign.db"));
    assert_int_equal(sqlite3_open(other, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "CREATE TABLE t (a); INSERT INTO t VALUES (1)", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    assert_false(store_is_store(other));
}

/* "refused (statfs)": the numbers of statfs(2) of some that are shared, and of local ones. */
static void test_shared_file_systems(void **state)
{
    (void)state;
    static const int64_t shared[] = {0x6969, 0x517B, 0xFE534D42, (int32_t)0xFF534D42, 0x01021997, 0x5346414F, 0x00C36400};
    static const int64_t local[] = {0xEF53 /* ext4 */,      0x58465342 /* xfs */, (int32_t)0x9123683E /* btrfs */,
                                    0x01021994 /* tmpfs */, 0x2FC12FC1 /* zfs */, 0x794C7630 /* overlay */};
    for (size_t i = 0; i < sizeof shared / sizeof *shared; i++)
        assert_true(file_system_is_shared(shared[i]));
    for (size_t i = 0; i < sizeof local / sizeof *local; i++)
        assert_false(file_system_is_shared(local[i]));
}

/* "Nobody may be given one of the first three descriptors, to which a program prints." */
static void test_descriptors_of_a_program_without_any(void **state)
{
    struct plain_store *plain = *state;
    plain_store_close(plain);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        int bad = 0;
        struct store *held = NULL;
        for (int fd = 0; fd < 3; fd++)
            (void)close(fd);
        bad |= store_open(&plain->job.ctx, plain->path, STORE_WRITE, "x", &held) != STATUS_OK;
        for (int fd = 0; fd < 3; fd++) {
            struct stat is, null;
            bad |= fstat(fd, &is) != 0 || stat("/dev/null", &null) != 0 || is.st_rdev != null.st_rdev;
        }
        store_close(held);
        _exit(bad);
    }
    int status = 0;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

/* A file that this user may not write: told at once, not when the first answer comes. */
static void test_write_protected(void **state)
{
    struct plain_store *plain = *state;
    plain_store_close(plain);
    assert_int_equal(chmod(plain->scratch.folder, 0777), 0);
    assert_int_equal(chmod(plain->path, 0444), 0);
    char lock[SCRATCH_ROOM + 8];
    (void)snprintf(lock, sizeof lock, "%s.lock", plain->path);
    assert_int_equal(chmod(lock, 0666), 0);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        struct store *held = NULL;
        if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
            _exit(9);
        _exit((int)store_open(&plain->job.ctx, plain->path, STORE_WRITE, "x", &held));
    }
    int status = 0;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), STATUS_PERMISSION);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(test_settings_hold, make, end),
                                       cmocka_unit_test_setup_teardown(test_settings_that_do_not_hold_are_refused, make, end),
                                       cmocka_unit_test_setup_teardown(test_second_writer_is_told_who, make, end),
                                       cmocka_unit_test_setup_teardown(test_creation, make, end),
                                       cmocka_unit_test_setup_teardown(test_is_store, make, end),
                                       cmocka_unit_test(test_shared_file_systems),
                                       cmocka_unit_test_setup_teardown(test_descriptors_of_a_program_without_any, make, end),
                                       cmocka_unit_test_setup_teardown(test_write_protected, make, end)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
