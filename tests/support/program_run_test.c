/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/program_run.h"
#include "support/scratch_folder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* "exit code, stdout and stderr", with the input, the folder and the settings of the call */
static void both_streams_and_exit_code(void **state)
{
    (void)state;
    struct scratch scratch;
    scratch_create(&scratch);
    (void)scratch_write(&scratch, "here", "in the folder\n");
    struct program_run run;
    const struct program_call call = {
        .arguments = (const char *const[]){"-c", "cat - here; echo $SETTING >&2; exit 3", NULL},
        .folder = scratch.folder,
        .input = "the input\n",
        .settings = (const char *const[]){"SETTING=a value", NULL},
    };
    program_run_path(&run, "/bin/sh", &call);
    assert_int_equal(run.exit_code, 3);
    assert_string_equal(run.out, "the input\nin the folder\n");
    assert_int_equal(run.out_length, strlen(run.out));
    assert_string_equal(run.err, "a value\n");
    program_run_clear(&run);
    scratch_destroy(&scratch);
}

/* "128 + signal when it was killed" */
static void killed_is_told_apart(void **state)
{
    (void)state;
    struct program_run run;
    program_run_path(&run, "/bin/sh",
                     &(const struct program_call){.arguments = (const char *const[]){"-c", "kill -KILL $$", NULL}});
    assert_int_equal(run.exit_code, 128 + 9);
    program_run_clear(&run);
}

/* "Runs gapmeter with the arguments that follow": the program of this build starts and says its name */
static void the_program_starts(void **state)
{
    (void)state;
    struct program_run run;
    gapmeter_run(&run, "--version");
    assert_int_equal(run.exit_code, 0);
    assert_non_null(strstr(run.out, "gapmeter"));
    assert_string_equal(run.err, "");
    program_run_clear(&run);
}

/* "Reads a whole file", also an empty one and one with NUL bytes */
static void written_bytes_are_read_back(void **state)
{
    (void)state;
    struct scratch scratch;
    scratch_create(&scratch);
    size_t length = 1;
    char *empty = scratch_read(scratch_write(&scratch, "empty", ""), &length);
    assert_int_equal(length, 0);
    free(empty);
    char *bytes = scratch_read(scratch_write_bytes(&scratch, "bytes", "a\0b\n", 4), &length);
    assert_int_equal(length, 4);
    assert_memory_equal(bytes, "a\0b\n", 5);
    free(bytes);
    scratch_destroy(&scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_streams_and_exit_code),
        cmocka_unit_test(killed_is_told_apart),
        cmocka_unit_test(the_program_starts),
        cmocka_unit_test(written_bytes_are_read_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
