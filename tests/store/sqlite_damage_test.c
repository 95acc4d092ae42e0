/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that are damaged, or are something else: never a crash, and refused unless everything reads as it was stored. */
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

#include "base/chance.h"
#include "base/limits.h"
#include "store/store_inside.h"
#include "support/plain_store.h"

enum { MARKS = 200, MARK_BYTES = 90, FLIPS = 2000 };

struct damage {
    struct plain_store plain;
    char *whole; /* the file as it was left */
    size_t length;
    struct digest hash; /* of its marks */
};

static int make(void **state)
{
    struct damage *damage = calloc(1, sizeof *damage);
    if (!damage)
        return -1;
    plain_store_make(&damage->plain);
    assert_int_equal(marks_add(&damage->plain, 1, MARKS, MARK_BYTES), MARKS);
    assert_ok(&damage->plain.job, marks_hash(&damage->plain, &damage->hash));
    plain_store_close(&damage->plain);
    damage->whole = scratch_read(damage->plain.path, &damage->length);
    *state = damage;
    return 0;
}

static int end(void **state)
{
    struct damage *damage = *state;
    free(damage->whole);
    plain_store_end(&damage->plain);
    free(damage);
    return 0;
}

static void file_put(struct damage *damage, const char *bytes, size_t length)
{
    static const char *const beside[] = {"study.db", "study.db-wal", "study.db-shm"};
    for (size_t i = 0; i < sizeof beside / sizeof *beside; i++)
        (void)unlink(scratch_path(&damage->plain.scratch, beside[i]));
    (void)scratch_write_bytes(&damage->plain.scratch, "study.db", bytes, length);
}

enum outcome { REFUSED, READS_THE_SAME, READS_SOMETHING_ELSE };

/* Opens what stands there, reads everything, writes one more, and closes. */
static enum outcome damage_try(struct damage *damage, enum store_mode mode)
{
    struct plain_store *plain = &damage->plain;
    struct digest hash = {{0}};
    job_end(&plain->job);
    job_begin(&plain->job);
    enum status status = plain_store_open(plain, mode);
    if (status)
        assert_null(plain->store);
    if (!status)
        status = marks_hash(plain, &hash);
    enum status said = status;
    if (!status && mode == STORE_WRITE)
        (void)marks_add(plain, 100000, 1, MARK_BYTES);
    plain_store_close(plain);
    if (!said)
        return digest_equal(&hash, &damage->hash) ? READS_THE_SAME : READS_SOMETHING_ELSE;
    assert_true(plain->job.ctx.error.sentence[0] != '\0');
    if (said != STATUS_DATA && said != STATUS_CONFIG && said != STATUS_PERMISSION)
        fail_msg("status %d: %s", (int)said, plain->job.ctx.error.sentence);
    return REFUSED;
}

/* Refused in both modes, with a sentence that says what to do. */
static void assert_refused(struct damage *damage, const char *word)
{
    for (int mode = STORE_WRITE; mode <= STORE_READ; mode++) {
        assert_int_equal(damage_try(damage, (enum store_mode)mode), REFUSED);
        assert_int_equal(damage->plain.job.ctx.error.status, STATUS_DATA);
        if (!strstr(damage->plain.job.ctx.error.sentence, word))
            fail_msg("\"%s\" does not say \"%s\"", damage->plain.job.ctx.error.sentence, word);
    }
}

static void test_other_files(void **state)
{
    struct damage *damage = *state;
    static const char *const texts[] = {"q1,q2,q3\n5,6,7\n", "SQLite format 3", "\x1f\x8b\x08", "{}"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char page[8192];
        memset(page, ' ', sizeof page);
        memcpy(page, texts[i], strlen(texts[i]));
        file_put(damage, page, sizeof page);
        assert_refused(damage, "restore a backup");
        size_t length = 0;
        char *after = scratch_read(damage->plain.path, &length);
        assert_int_equal(length, sizeof page);
        assert_memory_equal(after, page, length);
        free(after);
    }
    file_put(damage, "", 0);
    assert_refused(damage, "no store of Gapmeter");
}

/* A database of something else is told from a damaged store, and left as it was. */
static void test_a_foreign_database(void **state)
{
    struct damage *damage = *state;
    sqlite3 *db = NULL;
    size_t length = 0, after_length = 0;
    file_put(damage, "", 0);
    assert_int_equal(sqlite3_open(damage->plain.path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "CREATE TABLE study (a); INSERT INTO study VALUES (1)", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    char *before = scratch_read(damage->plain.path, &length);
    assert_refused(damage, "no store of Gapmeter");
    char *after = scratch_read(damage->plain.path, &after_length);
    assert_int_equal(after_length, length);
    assert_memory_equal(after, before, length);
    free(before);
    free(after);
}

static void test_a_folder(void **state)
{
    struct damage *damage = *state;
    struct store *store = NULL;
    for (int mode = STORE_WRITE; mode <= STORE_READ; mode++)
        assert_int_not_equal(store_open(&damage->plain.job.ctx, damage->plain.scratch.folder, (enum store_mode)mode, "x", &store),
                             STATUS_OK);
    assert_null(store);
}

static void test_cut_short(void **state)
{
    struct damage *damage = *state;
    for (size_t length = 0; length < damage->length; length += length < 200 ? 7 : 509) {
        file_put(damage, damage->whole, length);
        for (int mode = STORE_WRITE; mode <= STORE_READ; mode++)
            assert_int_equal(damage_try(damage, (enum store_mode)mode), REFUSED);
    }
}

/* Each page in turn is zeros, or another page: an index that nothing asks for may be hit, so it is refused or reads the same. */
static void test_pages_lost_and_misplaced(void **state)
{
    struct damage *damage = *state;
    char *bytes = calloc(1, damage->length);
    size_t pages = damage->length / 4096, refused = 0;
    assert_non_null(bytes);
    assert_int_equal(pages * 4096, damage->length);
    for (size_t page = 0; page < pages; page++) {
        for (unsigned kind = 0; kind < 2; kind++) {
            memcpy(bytes, damage->whole, damage->length);
            if (kind == 0)
                memset(bytes + page * 4096, 0, 4096);
            else
                memcpy(bytes + page * 4096, damage->whole + (page + 1) % pages * 4096, 4096);
            file_put(damage, bytes, damage->length);
            enum outcome outcome = damage_try(damage, kind == 0 ? STORE_READ : STORE_WRITE);
            assert_int_not_equal(outcome, READS_SOMETHING_ELSE);
            refused += outcome == REFUSED;
        }
    }
    assert_true(refused > 3);
    print_message("%zu of %zu damages to pages refused\n", refused, 2 * pages);
    free(bytes);
}

/* One bit in 2,000 places: never a crash. SQLite's pages carry no checksum, so a bit within a value is read as it is, and counted here;
 * what was answered has a checksum of its own (submission_damage_test.c). */
static void test_flipped_bits(void **state)
{
    struct damage *damage = *state;
    char *bytes = calloc(1, damage->length);
    size_t counts[3] = {0};
    assert_non_null(bytes);
    for (uint64_t i = 0; i < FLIPS; i++) {
        /* Every fourth into the first page, where the file says what it is. */
        uint64_t draw = chance_bits(7, 1, i);
        size_t place = (size_t)(draw >> 8) % (i % 4 == 0 ? 4096 : damage->length);
        memcpy(bytes, damage->whole, damage->length);
        bytes[place] = (char)(bytes[place] ^ (1 << (draw & 7)));
        file_put(damage, bytes, damage->length);
        counts[damage_try(damage, i % 2 == 0 ? STORE_WRITE : STORE_READ)]++;
    }
    print_message("%d bits: %zu refused, %zu read the same, %zu within a value\n", FLIPS, counts[REFUSED], counts[READS_THE_SAME],
                  counts[READS_SOMETHING_ELSE]);
    assert_true(counts[REFUSED] > FLIPS / 100);
    free(bytes);
}

/* A store whose process was killed is not taken for a damaged one. */
static void test_an_unclean_stop_is_examined(void **state)
{
    struct damage *damage = *state;
    struct plain_store *plain = &damage->plain;
    int status = 0;
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        if (plain_store_open(plain, STORE_WRITE) != STATUS_OK || marks_add(plain, 5000, 3, MARK_BYTES) != 3)
            _exit(1);
        (void)raise(SIGKILL);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFSIGNALED(status));
    /* Not damaged: the marks in the log are there. */
    assert_ok(&plain->job, plain_store_open(plain, STORE_WRITE));
    uint64_t count = 0;
    assert_ok(&plain->job, marks_count(plain, &count));
    assert_int_equal(count, MARKS + 3);
    plain_store_close(plain);
}

/* "quick_check at start after an unclean stop": a page of a large store that opening does not need is missed when it was closed, and
 * found when it was not. */
static void test_a_large_store(void **state)
{
    struct damage *damage = *state;
    struct plain_store *plain = &damage->plain;
    free(damage->whole);
    damage->whole = NULL;
    assert_ok(&plain->job, plain_store_open(plain, STORE_WRITE));
    plain->log = true;
    for (uint64_t i = 0; i < EXAMINED_BYTES / 900 / 500 + 2; i++)
        assert_int_equal(marks_add(plain, 10000 + i * 500, 500, 900), 500);
    plain_store_close(plain);
    damage->whole = scratch_read(plain->path, &damage->length);
    assert_true(damage->length > EXAMINED_BYTES);
    memset(damage->whole + damage->length / 2 / 4096 * 4096, 0, 4096);
    file_put(damage, damage->whole, damage->length);
    assert_ok(&plain->job, plain_store_open(plain, STORE_WRITE));
    plain_store_close(plain);
    (void)scratch_write(&plain->scratch, "study.db-wal", "a log that was left");
    assert_int_equal(plain_store_open(plain, STORE_WRITE), STATUS_DATA);
    assert_non_null(strstr(plain->job.ctx.error.sentence, "restore a backup"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(test_other_files, make, end),
                                       cmocka_unit_test_setup_teardown(test_a_foreign_database, make, end),
                                       cmocka_unit_test_setup_teardown(test_a_folder, make, end),
                                       cmocka_unit_test_setup_teardown(test_cut_short, make, end),
                                       cmocka_unit_test_setup_teardown(test_pages_lost_and_misplaced, make, end),
                                       cmocka_unit_test_setup_teardown(test_flipped_bits, make, end),
                                       cmocka_unit_test_setup_teardown(test_an_unclean_stop_is_examined, make, end),
                                       cmocka_unit_test_setup_teardown(test_a_large_store, make, end)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
