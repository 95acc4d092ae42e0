/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stores of every earlier version are brought up to date, whatever happens meanwhile; those of later ones are left alone. */
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "store/sqlite_settings.h"
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
    plain_store_close(plain);
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

static uint32_t newest(void)
{
    struct sql_folder migrations;
    sql_migrations(&migrations);
    assert_true(migrations.count > 0);
    return (uint32_t)migrations.count;
}

/* A store as an earlier Gapmeter left it. */
static void earlier_store(struct plain_store *plain, const char *path, uint32_t version)
{
    struct ctx *ctx = &plain->job.ctx;
    struct sql_folder migrations;
    struct connection *connection = NULL;
    const struct sql_folder none = {0};
    sql_migrations(&migrations);
    (void)unlink(path);
    assert_ok(&plain->job, driver_sqlite.create(ctx, path));
    assert_ok(&plain->job, driver_sqlite.open(ctx, path, true, &none, &connection));
    for (uint32_t number = 1; number <= version; number++)
        assert_ok(&plain->job, driver_sqlite.migrate(ctx, connection, sql_text(&migrations, number - 1), number));
    driver_sqlite.close(connection);
}

static sqlite3 *raw_open(const char *path)
{
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    return db;
}

static void raw_run(const char *path, const char *sql)
{
    sqlite3 *db = raw_open(path);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

/* All tables and indices as SQLite holds them, and the version. */
static char *schema_of(const char *path)
{
    sqlite3 *db = raw_open(path);
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_prepare_v2(db,
                                        "SELECT group_concat(sql, ';') || (SELECT user_version FROM pragma_user_version) "
                                        "FROM (SELECT sql FROM sqlite_schema ORDER BY name)",
                                        -1, &statement, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    const char *text = (const char *)sqlite3_column_text(statement, 0);
    assert_non_null(text);
    char *copy = calloc(1, strlen(text) + 1);
    assert_non_null(copy);
    memcpy(copy, text, strlen(text));
    (void)sqlite3_finalize(statement);
    (void)sqlite3_close(db);
    return copy;
}

/* "tested from every earlier version, including version 0": all come to the same tables as a new store has. */
static void test_from_every_earlier_version(void **state)
{
    struct plain_store *plain = *state;
    char *wanted = schema_of(plain->path);
    char path[SCRATCH_ROOM];
    (void)snprintf(path, sizeof path, "%s", scratch_path(&plain->scratch, "old.db"));
    for (uint32_t version = 0; version <= newest(); version++) {
        struct store *store = NULL;
        earlier_store(plain, path, version);
        assert_ok(&plain->job, store_open(&plain->job.ctx, path, STORE_WRITE, "x", &store));
        store_close(store);
        char *is = schema_of(path);
        assert_string_equal(is, wanted);
        free(is);
    }
    free(wanted);
}

/* What stands in a store of the version before stays. */
static void test_what_is_stored_stays(void **state)
{
    struct plain_store *plain = *state;
    assert_ok(&plain->job, plain_store_open(plain, STORE_WRITE));
    assert_int_equal(marks_add(plain, 1, 5, 20), 5);
    plain_store_close(plain);
    uint64_t count = 0;
    assert_ok(&plain->job, plain_store_open(plain, STORE_WRITE));
    assert_ok(&plain->job, marks_count(plain, &count));
    assert_int_equal(count, 5);
}

/* Every table is STRICT; all but the event log are WITHOUT ROWID, so that nothing tells in which order rows came; every part of
 * a key is NOT NULL. */
static void test_tables_are_strict_and_keyed(void **state)
{
    struct plain_store *plain = *state;
    sqlite3 *db = raw_open(plain->path);
    sqlite3_stmt *statement = NULL;
    size_t tables = 0;
    assert_int_equal(
        sqlite3_prepare_v2(db, "SELECT name, strict, wr FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite%'",
                           -1, &statement, NULL),
        SQLITE_OK);
    while (sqlite3_step(statement) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(statement, 0);
        assert_int_equal(sqlite3_column_int(statement, 1), 1);
        assert_int_equal(sqlite3_column_int(statement, 2), strcmp(name, "event") != 0);
        tables++;
    }
    assert_true(tables >= 10);
    (void)sqlite3_finalize(statement);
    assert_int_equal(sqlite3_prepare_v2(db,
                                        "SELECT t.name, c.name FROM pragma_table_list AS t, pragma_table_info(t.name) AS c WHERE "
                                        "t.schema = 'main' AND t.name NOT LIKE 'sqlite%' AND c.pk > 0 AND c.\"notnull\" = 0",
                                        -1, &statement, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_DONE);
    (void)sqlite3_finalize(statement);
    (void)sqlite3_close(db);
}

/* "BIGINT", "BYTEA" and the two marks are translated, and nothing else is. */
static void test_translation(void **state)
{
    struct plain_store *plain = *state;
    const char *sql = "CREATE TABLE t (a BIGINT NOT NULL, b BYTEA\n/* rows */); CREATE TABLE u (c TEXT /* keyed */);";
    assert_string_equal(sqlite_translated(&plain->job.ctx, span_of(sql)),
                        "CREATE TABLE t (a INTEGER NOT NULL, b BLOB\n) STRICT; CREATE TABLE u (c TEXT ) STRICT, WITHOUT ROWID;");
    assert_string_equal(sqlite_translated(&plain->job.ctx, span_of("")), "");
}

/* gives  false when the step was never reached: the store came up to date */
static bool migration_dies(struct plain_store *plain, const char *path, uint64_t at)
{
    int status = 0;
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        struct store *store = NULL;
        store_faults_plant(&(const struct store_fault){
            .kinds = FAULT_WRITE | FAULT_SYNC | FAULT_TRUNCATE | FAULT_REMOVE, .ending = "", .at = at, .dies = true});
        if (store_open(&plain->job.ctx, path, STORE_WRITE, "x", &store) != STATUS_OK)
            _exit(3);
        store_close(store);
        _exit(0);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
    return WIFSIGNALED(status);
}

/* "a crash (kill -9) in the middle of a migration": at each write, sync and truncation of it; the next opening does what is left. */
static void test_killed_in_the_middle(void **state)
{
    struct plain_store *plain = *state;
    char *wanted = schema_of(plain->path);
    char path[SCRATCH_ROOM];
    unsigned steps = 0;
    (void)snprintf(path, sizeof path, "%s", scratch_path(&plain->scratch, "old.db"));
    for (uint32_t version = 0; version < newest(); version++) {
        bool died = true;
        for (uint64_t at = 1; died && at < 1000; at++) {
            struct store *store = NULL;
            earlier_store(plain, path, version);
            died = migration_dies(plain, path, at);
            steps += died;
            assert_ok(&plain->job, store_open(&plain->job.ctx, path, STORE_WRITE, "x", &store));
            store_close(store);
            char *is = schema_of(path);
            assert_string_equal(is, wanted);
            free(is);
            assert_ok(&plain->job, driver_sqlite.check(&plain->job.ctx, path));
        }
        assert_false(died);
    }
    assert_true(steps > 10);
    print_message("killed at each of %u steps\n", steps);
    free(wanted);
}

/* A migration that fails leaves the version before, as it was. */
static void test_a_failing_migration_changes_nothing(void **state)
{
    struct plain_store *plain = *state;
    struct ctx *ctx = &plain->job.ctx;
    struct connection *connection = NULL;
    const struct sql_folder none = {0};
    char *wanted = schema_of(plain->path);
    assert_ok(&plain->job, driver_sqlite.open(ctx, plain->path, true, &none, &connection));
    const char *sql =
        "CREATE TABLE half (a BIGINT NOT NULL, PRIMARY KEY (a) /* rows */); CREATE TABLE study (a TEXT /* rows */);";
    assert_int_not_equal(driver_sqlite.migrate(ctx, connection, span_of(sql), newest() + 1), STATUS_OK);
    assert_false(driver_sqlite.in_transaction(connection));
    driver_sqlite.close(connection);
    char *is = schema_of(plain->path);
    assert_string_equal(is, wanted);
    free(is);
    free(wanted);
}

/* "newer version refused", for reading too, and nothing is changed */
static void test_a_newer_store_is_left_alone(void **state)
{
    struct plain_store *plain = *state;
    struct store *store = NULL;
    char sql[64];
    (void)snprintf(sql, sizeof sql, "PRAGMA user_version=%u", newest() + 1);
    raw_run(plain->path, sql);
    for (int mode = STORE_WRITE; mode <= STORE_READ; mode++) {
        assert_int_equal(store_open(&plain->job.ctx, plain->path, (enum store_mode)mode, "x", &store), STATUS_DATA);
        assert_non_null(strstr(plain->job.ctx.error.sentence, "newer Gapmeter"));
    }
    (void)snprintf(sql, sizeof sql, "PRAGMA user_version=%u", newest());
    raw_run(plain->path, sql);
    assert_ok(&plain->job, store_open(&plain->job.ctx, plain->path, STORE_WRITE, "x", &store));
    raw_run(plain->path, "PRAGMA user_version=-1");
    assert_int_equal(store_open(&plain->job.ctx, plain->path, STORE_READ, "x", &store), STATUS_DATA);
}

/* A reader does not write, so it cannot bring a store up to date: it says what does. */
static void test_a_reader_of_an_older_store_is_told(void **state)
{
    struct plain_store *plain = *state;
    struct store *store = NULL;
    char path[SCRATCH_ROOM];
    (void)snprintf(path, sizeof path, "%s", scratch_path(&plain->scratch, "old.db"));
    earlier_store(plain, path, 0);
    assert_int_equal(store_open(&plain->job.ctx, path, STORE_READ, "x", &store), STATUS_DATA);
    assert_non_null(strstr(plain->job.ctx.error.sentence, "older Gapmeter"));
    assert_ok(&plain->job, store_open(&plain->job.ctx, path, STORE_WRITE, "x", &store));
    store_close(store);
    assert_ok(&plain->job, store_open(&plain->job.ctx, path, STORE_READ, "x", &store));
}

/* Migrations are numbered 0001, 0002, … without a gap. */
static void test_numbers(void **state)
{
    (void)state;
    struct sql_folder migrations;
    sql_migrations(&migrations);
    for (size_t i = 0; i < migrations.count; i++) {
        char wanted[48];
        (void)snprintf(wanted, sizeof wanted, "migrations/%04zu_", i + 1);
        assert_memory_equal(migrations.first[i].name, wanted, strlen(wanted));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(test_from_every_earlier_version, make, end),
                                       cmocka_unit_test_setup_teardown(test_what_is_stored_stays, make, end),
                                       cmocka_unit_test_setup_teardown(test_tables_are_strict_and_keyed, make, end),
                                       cmocka_unit_test_setup_teardown(test_translation, make, end),
                                       cmocka_unit_test_setup_teardown(test_killed_in_the_middle, make, end),
                                       cmocka_unit_test_setup_teardown(test_a_failing_migration_changes_nothing, make, end),
                                       cmocka_unit_test_setup_teardown(test_a_newer_store_is_left_alone, make, end),
                                       cmocka_unit_test_setup_teardown(test_a_reader_of_an_older_store_is_told, make, end),
                                       cmocka_unit_test(test_numbers)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
