/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/program_run.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* Files rather than pipes: a program that writes much to both streams cannot block. */
static FILE *captured(const char *text)
{
    FILE *file = tmpfile();
    assert_non_null(file);
    if (text != NULL)
        assert_true(fputs(text, file) >= 0);
    assert_int_equal(fflush(file), 0);
    rewind(file);
    return file;
}

static char *taken(FILE *file, size_t *length)
{
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    long size = ftell(file);
    assert_true(size >= 0);
    rewind(file);
    char *text = calloc((size_t)size + 1, 1);
    assert_non_null(text);
    *length = fread(text, 1, (size_t)size, file);
    assert_int_equal(*length, size);
    assert_int_equal(fclose(file), 0);
    return text;
}

static size_t list_count(const char *const *list)
{
    size_t count = 0;
    while (list != NULL && list[count] != NULL)
        count++;
    return count;
}

/* One block: first (if any), then both lists, then NULL. posix_spawn wants char **, and promises to leave the strings alone. */
static char **list_join(const char *first, const char *const *one, const char *const *two)
{
    size_t count = 0;
    char **joined = calloc(list_count(one) + list_count(two) + 2, sizeof *joined);
    assert_non_null(joined);
    if (first != NULL)
        joined[count++] = (char *)(uintptr_t)first;
    for (size_t i = 0; i < list_count(one); i++)
        joined[count++] = (char *)(uintptr_t)one[i];
    for (size_t i = 0; i < list_count(two); i++)
        joined[count++] = (char *)(uintptr_t)two[i];
    return joined;
}

void program_run_path(struct program_run *run, const char *program, const struct program_call *call)
{
    FILE *in = captured(call->input), *out = captured(NULL), *err = captured(NULL);
    char **arguments = list_join(program, call->arguments, NULL);
    char **environment = list_join(NULL, call->settings, (const char *const *)environ);
    posix_spawn_file_actions_t actions;
    assert_int_equal(posix_spawn_file_actions_init(&actions), 0);
    assert_int_equal(posix_spawn_file_actions_adddup2(&actions, fileno(in), STDIN_FILENO), 0);
    assert_int_equal(posix_spawn_file_actions_adddup2(&actions, fileno(out), STDOUT_FILENO), 0);
    assert_int_equal(posix_spawn_file_actions_adddup2(&actions, fileno(err), STDERR_FILENO), 0);
    if (call->folder != NULL)
        assert_int_equal(posix_spawn_file_actions_addchdir_np(&actions, call->folder), 0);

    pid_t child = 0;
    int failure = posix_spawn(&child, program, &actions, NULL, arguments, environment);
    if (failure != 0)
        fail_msg("cannot start %s: %s", program, strerror(failure));
    int state = 0;
    while (waitpid(child, &state, 0) < 0)
        assert_int_equal(errno, EINTR);
    run->exit_code = WIFEXITED(state) ? WEXITSTATUS(state) : 128 + WTERMSIG(state);
    run->out = taken(out, &run->out_length);
    run->err = taken(err, &run->err_length);
    assert_int_equal(fclose(in), 0);
    assert_int_equal(posix_spawn_file_actions_destroy(&actions), 0);
    free(arguments);
    free(environment);
}

void program_run(struct program_run *run, const struct program_call *call)
{
    const char *program = getenv("GAPMETER_BINARY");
    if (program == NULL)
        fail_msg("GAPMETER_BINARY must name the gapmeter program; ctest sets it");
    program_run_path(run, program, call);
}

void program_run_clear(struct program_run *run)
{
    free(run->out);
    free(run->err);
    *run = (struct program_run){0};
}
