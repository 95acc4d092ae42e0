/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "The server ends with the test, however that ends." */
#include "support/http_client.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "support/program_run.h"

/* A test that starts a server and ends without having stopped it. */
static void a_server_does_not_outlive_its_test(void **state)
{
    (void)state;
    struct scratch scratch;
    char store[SCRATCH_ROOM];
    struct program_run run;
    int pipes[2], how = 0;
    pid_t served = 0;
    scratch_create(&scratch);
    (void)snprintf(store, sizeof store, "%s", scratch_path(&scratch, "study.db"));
    gapmeter_run(&run, "study", "create", GAPMETER_SOURCE_DIR "/tests/studies/live_counter.json", "--name", "counter", "--db",
                 store);
    assert_int_equal(run.exit_code, 0);
    program_run_clear(&run);
    assert_int_equal(pipe(pipes), 0);
    /* Whoever is left behind becomes a child of this process, so that its end can be waited for. */
    assert_int_equal(prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0), 0);
    pid_t test = fork();
    assert_true(test >= 0);
    if (test == 0) {
        struct http_server server;
        http_server_start(&server, &scratch, store, NULL);
        _exit(write(pipes[1], &server.pid, sizeof server.pid) == sizeof server.pid ? 1 : 2);
    }
    assert_int_equal(waitpid(test, &how, 0), test);
    assert_int_equal(WEXITSTATUS(how), 1);
    assert_int_equal(read(pipes[0], &served, sizeof served), sizeof served);
    pid_t ended = 0;
    for (int waited = 0; waited < 1000 && ended == 0; waited++) {
        ended = waitpid(served, &how, WNOHANG);
        (void)usleep(10000);
    }
    if (ended == 0)
        assert_int_equal(kill(served, SIGKILL), 0);
    assert_int_equal(ended, served);
    assert_true(WIFSIGNALED(how));
    assert_int_equal(close(pipes[0]), 0);
    scratch_destroy(&scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_server_does_not_outlive_its_test)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
