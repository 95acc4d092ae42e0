/* SPDX-License-Identifier: GPL-3.0-or-later */
/* --bootstrap as a user runs it on a terminal: the bar, the time left, and Ctrl-C. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "support/program_run.h"
#include "support/scratch_folder.h"

enum { SAID_ROOM = 1 << 16, PATIENCE_MS = 60000 };

static struct scratch scratch;

static int set_up(void **state)
{
    (void)state;
    scratch_create(&scratch);
    struct program_run run;
    const char *const arguments[] = {"demo", "--out", "demo", NULL};
    program_run(&run, &(struct program_call){.arguments = arguments, .folder = scratch.folder});
    assert_int_equal(run.exit_code, 0);
    program_run_clear(&run);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    scratch_destroy(&scratch);
    return 0;
}

/* A program whose standard error is a terminal. */
struct terminal {
    pid_t child;
    int ours;
    char said[SAID_ROOM];
    size_t length;
};

static char *text_of(const char *text)
{
    return (char *)(uintptr_t)text;
}

static void terminal_start(struct terminal *terminal, char *const *arguments)
{
    terminal->ours = posix_openpt(O_RDWR | O_NOCTTY);
    assert_true(terminal->ours >= 0);
    assert_int_equal(grantpt(terminal->ours) | unlockpt(terminal->ours), 0);
    const char *theirs = ptsname(terminal->ours), *program = getenv("GAPMETER_BINARY");
    assert_true(theirs != NULL && program != NULL);
    posix_spawn_file_actions_t actions;
    assert_int_equal(posix_spawn_file_actions_init(&actions), 0);
    assert_int_equal(posix_spawn_file_actions_addchdir_np(&actions, scratch.folder), 0);
    assert_int_equal(posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, theirs, O_WRONLY | O_NOCTTY, 0), 0);
    assert_int_equal(posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "out.txt", O_WRONLY | O_CREAT | O_TRUNC, 0600), 0);
    assert_int_equal(setenv("TERM", "xterm", 1), 0);
    assert_int_equal(posix_spawn(&terminal->child, program, &actions, NULL, arguments, environ), 0);
    assert_int_equal(posix_spawn_file_actions_destroy(&actions), 0);
}

/* Reads on until the text appears, or (NULL) until the program has left.
 * gives   whether it did */
static bool terminal_wait(struct terminal *terminal, const char *text)
{
    struct pollfd poller = {.fd = terminal->ours, .events = POLLIN};
    while (terminal->length + 1 < SAID_ROOM && poll(&poller, 1, PATIENCE_MS) > 0) {
        ssize_t got = read(terminal->ours, terminal->said + terminal->length, SAID_ROOM - 1 - terminal->length);
        if (got <= 0)
            return text == NULL;
        terminal->length += (size_t)got;
        terminal->said[terminal->length] = '\0';
        if (text != NULL && strstr(terminal->said, text) != NULL)
            return true;
    }
    return false;
}

static double seconds_now(void)
{
    struct timespec now;
    assert_int_equal(clock_gettime(CLOCK_MONOTONIC, &now), 0);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* "Progress bar with time left on a terminal; Ctrl-C ends cleanly": exit code, sentence, no half of a table. */
static void a_long_run_shows_its_way_and_stops(void **state)
{
    (void)state;
    static struct terminal terminal;
    static const char *const words[] = {"gapmeter", "analyze",  "demo/answers.csv", "--study", "demo/study.json",
                                        "--table",  "item_gap", "--bootstrap",      "1000000", "--threads",
                                        "2"};
    char *arguments[sizeof words / sizeof *words + 1] = {NULL};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        arguments[i] = text_of(words[i]);
    terminal_start(&terminal, arguments);
    assert_true(terminal_wait(&terminal, "Drawing samples again ["));
    assert_true(terminal_wait(&terminal, " left"));
    double asked = seconds_now();
    assert_int_equal(kill(terminal.child, SIGINT), 0);
    assert_true(terminal_wait(&terminal, NULL));
    int how = 0;
    while (waitpid(terminal.child, &how, 0) < 0)
        assert_int_equal(errno, EINTR);
    assert_true(WIFEXITED(how) && WEXITSTATUS(how) == 130);
    assert_true(seconds_now() - asked < 10);
    assert_non_null(strstr(terminal.said, "The work was stopped before it was done."));
    /* the bar is wiped before the sentence */
    const char *sentence = strstr(terminal.said, "The work was stopped");
    assert_true(sentence - terminal.said > 4);
    const char *last = NULL;
    for (const char *at = strstr(terminal.said, "\r\x1b[K"); at && at < sentence; at = strstr(at + 1, "\r\x1b[K"))
        last = at;
    assert_non_null(last);
    size_t length = 1;
    free(scratch_read(scratch_path(&scratch, "out.txt"), &length));
    assert_int_equal(length, 0);
    assert_int_equal(close(terminal.ours), 0);
}

static void analyze(struct program_run *run, const char *replicates, const char *table)
{
    const char *const arguments[] = {"analyze",     "demo/answers.csv", "--study", "demo/study.json", "--table", table,
                                     "--bootstrap", replicates,         NULL};
    program_run(run, &(struct program_call){.arguments = arguments, .folder = scratch.folder});
}

/* "N ≥ 100, sentence otherwise; recommends 2000"; what declares figures gets them without the table being named */
static void the_number_of_samples_is_checked(void **state)
{
    (void)state;
    static const char *const refused[] = {"0", "99", "-5", "many", "1000001"};
    struct program_run run;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        analyze(&run, refused[i], "overall_gap");
        assert_int_equal(run.exit_code, 2);
        assert_non_null(strstr(run.err, "--bootstrap"));
        assert_non_null(strstr(run.err, "100"));
        program_run_clear(&run);
    }
    analyze(&run, "100", "overall_gap");
    assert_int_equal(run.exit_code, 0);
    assert_int_equal(run.err_length, 0);
    assert_non_null(strstr(run.out, "Intervals by drawing again"));
    assert_non_null(strstr(run.out, "2000 samples or more are advised"));
    program_run_clear(&run);
    analyze(&run, "2000", "overall_gap");
    assert_null(strstr(run.out, "are advised"));
    program_run_clear(&run);
    analyze(&run, "100", "unpaired");
    assert_null(strstr(run.out, "Intervals by drawing again"));
    program_run_clear(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_long_run_shows_its_way_and_stops),
        cmocka_unit_test(the_number_of_samples_is_checked),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
