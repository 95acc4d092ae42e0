/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/file_lock.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "support/job_fixture.h"
#include "support/scratch_folder.h"

struct lock_place {
    struct scratch scratch;
    char path[SCRATCH_ROOM];
    struct job job;
};

static int place_make(void **state)
{
    struct lock_place *place = calloc(1, sizeof *place);
    if (!place)
        return -1;
    scratch_create(&place->scratch);
    (void)snprintf(place->path, sizeof place->path, "%s", scratch_path(&place->scratch, "study.db.lock"));
    job_begin(&place->job);
    *state = place;
    return 0;
}

static int place_end(void **state)
{
    struct lock_place *place = *state;
    job_end(&place->job);
    scratch_destroy(&place->scratch);
    free(place);
    return 0;
}

/* Another process that tells when it holds the lock and then waits to be killed. */
static pid_t holder_start(const char *path)
{
    int told[2];
    assert_int_equal(pipe(told), 0);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        struct job job;
        struct file_lock *lock = NULL;
        job_begin(&job);
        char said = file_lock_take(&job.ctx, path, "gapmeter serve", "study.db", &lock) == STATUS_OK ? 'y' : 'n';
        if (write(told[1], &said, 1) != 1)
            _exit(1);
        for (;;)
            (void)pause();
    }
    char said = 0;
    assert_int_equal(read(told[0], &said, 1), 1);
    assert_int_equal(said, 'y');
    (void)close(told[0]);
    (void)close(told[1]);
    return pid;
}

static enum status take(struct lock_place *place, const char *who, struct file_lock **out)
{
    return file_lock_take(&place->job.ctx, place->path, who, "study.db", out);
}

/* "study.db is held by gapmeter serve (pid 812)"; "the system takes the lock away when the holder ends, however that happens" */
static void test_names_the_holder_until_it_dies(void **state)
{
    struct lock_place *place = *state;
    struct file_lock *lock = NULL;
    char wanted[64];
    pid_t pid = holder_start(place->path);
    (void)snprintf(wanted, sizeof wanted, "study.db is held by gapmeter serve (pid %ld)", (long)pid);
    assert_int_equal(take(place, "gapmeter", &lock), STATUS_UNAVAILABLE);
    assert_null(lock);
    assert_non_null(strstr(place->job.ctx.error.sentence, wanted));
    /* Who was refused has not put its own name there. */
    assert_int_equal(take(place, "gapmeter", &lock), STATUS_UNAVAILABLE);
    assert_non_null(strstr(place->job.ctx.error.sentence, wanted));

    (void)kill(pid, SIGKILL);
    (void)waitpid(pid, NULL, 0);
    assert_ok(&place->job, take(place, "gapmeter", &lock));
}

/* Not only between processes: a second open in the same process is refused too, and a close of another descriptor of the file
 * does not drop the lock, as it would with POSIX locks. */
static void test_one_process_too(void **state)
{
    struct lock_place *place = *state;
    struct file_lock *first = NULL, *second = NULL;
    char wanted[64];
    assert_ok(&place->job, take(place, "the first", &first));
    (void)snprintf(wanted, sizeof wanted, "held by the first (pid %ld)", (long)getpid());
    for (int i = 0; i < 2; i++) {
        assert_int_equal(take(place, "the second with a longer name", &second), STATUS_UNAVAILABLE);
        assert_non_null(strstr(place->job.ctx.error.sentence, wanted));
    }
    size_t length = 0;
    char *text = scratch_read(place->path, &length);
    assert_int_equal(strncmp(text, "the first (pid ", strlen("the first (pid ")), 0);
    free(text);
    assert_int_equal(take(place, "the second", &second), STATUS_UNAVAILABLE);

    file_lock_release(first);
    file_lock_release(first);
    assert_ok(&place->job, take(place, "2nd", &second));
    text = scratch_read(place->path, &length);
    (void)snprintf(wanted, sizeof wanted, "2nd (pid %ld)\n", (long)getpid());
    assert_string_equal(text, wanted);
    free(text);
}

/* "gives *out until … the end of ctx->arena" */
static void test_ends_with_the_arena(void **state)
{
    struct lock_place *place = *state;
    struct file_lock *lock = NULL;
    struct job inner;
    job_begin(&inner);
    assert_ok(&inner, file_lock_take(&inner.ctx, place->path, "inner", "study.db", &lock));
    assert_int_equal(take(place, "outer", &lock), STATUS_UNAVAILABLE);
    job_end(&inner);
    assert_ok(&place->job, take(place, "outer", &lock));
}

/* A child that is started while the lock is held does not inherit it past an exec. */
static void test_is_closed_on_exec(void **state)
{
    struct lock_place *place = *state;
    struct file_lock *lock = NULL;
    int told[2];
    assert_ok(&place->job, take(place, "parent", &lock));
    assert_int_equal(pipe(told), 0);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        (void)dup2(told[0], 0);
        (void)close(told[1]);
        (void)execlp("cat", "cat", (char *)NULL);
        _exit(127);
    }
    (void)close(told[0]);
    file_lock_release(lock);
    /* Until the child is another program it holds what its parent held. */
    enum status status = take(place, "parent again", &lock);
    for (int i = 0; i < 1000 && status != STATUS_OK; i++) {
        (void)usleep(10000);
        status = take(place, "parent again", &lock);
    }
    assert_ok(&place->job, status);
    (void)close(told[1]);
    (void)waitpid(pid, NULL, 0);
}

/* What stands in the file is shown only as far as it can be printed; an empty file names nobody. */
static void test_does_not_trust_the_file(void **state)
{
    struct lock_place *place = *state;
    struct file_lock *lock = NULL, *second = NULL;
    assert_ok(&place->job, take(place, "first", &lock));
    FILE *file = fopen(place->path, "wb");
    assert_non_null(file);
    (void)fputs("\033[31mred\r\nsecond line", file);
    (void)fclose(file);
    assert_int_equal(take(place, "second", &second), STATUS_UNAVAILABLE);
    for (const char *at = place->job.ctx.error.sentence; *at; at++)
        assert_true((unsigned char)*at >= ' ');
    file = fopen(place->path, "wb");
    assert_non_null(file);
    (void)fclose(file);
    assert_int_equal(take(place, "second", &second), STATUS_UNAVAILABLE);
    assert_non_null(strstr(place->job.ctx.error.sentence, "held by another process"));
}

/* "fails STATUS_NO_INPUT …"; nobody else may read or write the file; a link is not followed to a file of somebody else. */
static void test_where_it_can_stand(void **state)
{
    struct lock_place *place = *state;
    struct file_lock *lock = NULL;
    struct stat file;
    assert_ok(&place->job, take(place, "first", &lock));
    assert_int_equal(stat(place->path, &file), 0);
    assert_int_equal(file.st_mode & 0777, 0600);
    file_lock_release(lock);

    char other[SCRATCH_ROOM + 8];
    (void)snprintf(other, sizeof other, "%s/none/x.lock", place->scratch.folder);
    assert_int_equal(file_lock_take(&place->job.ctx, other, "x", "x", &lock), STATUS_NO_INPUT);
    const char *precious = scratch_write(&place->scratch, "precious", "keep me");
    assert_int_equal(unlink(place->path), 0);
    assert_int_equal(symlink(precious, place->path), 0);
    assert_int_not_equal(take(place, "x", &lock), STATUS_OK);
    size_t length = 0;
    char *text = scratch_read(precious, &length);
    assert_string_equal(text, "keep me");
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_names_the_holder_until_it_dies, place_make, place_end),
        cmocka_unit_test_setup_teardown(test_one_process_too, place_make, place_end),
        cmocka_unit_test_setup_teardown(test_ends_with_the_arena, place_make, place_end),
        cmocka_unit_test_setup_teardown(test_is_closed_on_exec, place_make, place_end),
        cmocka_unit_test_setup_teardown(test_does_not_trust_the_file, place_make, place_end),
        cmocka_unit_test_setup_teardown(test_where_it_can_stand, place_make, place_end)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
