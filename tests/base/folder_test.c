/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/folder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "support/scratch_folder.h"

static struct ctx ctx;
static struct scratch scratch;

static int begin(void **state)
{
    (void)state;
    ctx = (struct ctx){0};
    scratch_create(&scratch);
    return arena_create(NULL, &ctx.arena) == STATUS_OK ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    arena_destroy(ctx.arena);
    scratch_destroy(&scratch);
    return 0;
}

static void assert_folder(const char *path)
{
    struct stat found;
    assert_int_equal(stat(path, &found), 0);
    assert_true(S_ISDIR(found.st_mode));
}

/* "Makes a folder and the folders above it; one that is there already is welcome" */
static void folders_are_made(void **state)
{
    (void)state;
    static const char *const names[] = {"one", "one", "a/b/c", "a/b/d/", "x//y", "./one/two"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *path = scratch_path(&scratch, names[i]);
        assert_int_equal(folder_make(&ctx, path), STATUS_OK);
        assert_folder(path);
    }
    assert_int_equal(folder_make(&ctx, "/"), STATUS_OK);
    assert_int_equal(folder_make(&ctx, "."), STATUS_OK);
}

/* "Is there something at this path?" */
static void existence(void **state)
{
    (void)state;
    assert_true(path_exists(scratch.folder));
    assert_false(path_exists(scratch_path(&scratch, "nothing")));
    assert_true(path_exists(scratch_write(&scratch, "file", "")));
}

/* "STATUS_IO with a sentence that names the folder": a file stands in the way, as the folder or above it */
static void a_file_in_the_way(void **state)
{
    (void)state;
    (void)scratch_write(&scratch, "file", "kept");
    static const char *const names[] = {"file", "file/below"};
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(folder_make(&ctx, scratch_path(&scratch, names[i])), STATUS_IO);
        assert_non_null(strstr(ctx.error.sentence, scratch_path(&scratch, "file")));
        assert_non_null(strstr(ctx.error.sentence, "in the way"));
    }
    char long_name[400];
    memset(long_name, 'n', sizeof long_name - 1);
    long_name[sizeof long_name - 1] = '\0';
    assert_int_equal(folder_make(&ctx, long_name), STATUS_IO);
    assert_non_null(strstr(ctx.error.sentence, "nnn"));
}

/* "STATUS_PERMISSION": as another user, since root is refused nothing */
static void a_refusal(void **state)
{
    (void)state;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        if (chmod(scratch.folder, 0555) != 0 || (geteuid() == 0 && setresuid(65534, 65534, 65534) != 0))
            _exit(10);
        _exit(folder_make(&ctx, scratch_path(&scratch, "new")) == STATUS_PERMISSION ? 0 : 11);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    assert_false(path_exists(scratch_path(&scratch, "new")));
    assert_int_equal(chmod(scratch.folder, 0700), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(folders_are_made, begin, end),
        cmocka_unit_test_setup_teardown(existence, begin, end),
        cmocka_unit_test_setup_teardown(a_file_in_the_way, begin, end),
        cmocka_unit_test_setup_teardown(a_refusal, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
