/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Kill -9 loop with a ledger of acknowledgements on another file: every acknowledged submission present exactly once."
 * 300 cycles, or as many as GAPMETER_KILL_CYCLES says. */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "support/killing.h"
#include "support/scratch_folder.h"

/* One cycle after another on the same store: a server is started, 16 connections answer invitations, and after a time drawn by
 * chance the server is killed. The next server finds what the last one left. In the end the store is compared with the ledger. */
static void nothing_acknowledged_is_lost(void **state)
{
    (void)state;
    const char *asked = getenv("GAPMETER_KILL_CYCLES");
    unsigned cycles = asked ? (unsigned)strtoul(asked, NULL, 10) : 300, killed = 0;
    struct scratch scratch;
    struct live_store store;
    struct killing killing;
    assert_true(cycles > 0);
    scratch_create(&scratch);
    live_store_make(&store, scratch_path(&scratch, "study.db"), 0);
    killing_begin(&killing, &store, scratch_path(&scratch, "ledger"));
    for (unsigned cycle = 0; cycle < cycles; cycle++)
        killed += killing_cycle(&killing, &(const struct killing_cycle){.seed = cycle, .store = store.path, .signal = SIGKILL});
    struct killing_verdict verdict = killing_verify(&killing, store.path);
    print_message(
        "%u cycles, %u of them killed while requests were underway: %llu acknowledged, %llu not known (%llu of them stored), "
        "%llu lost, %llu with other answers, %llu more than were sent\n",
        cycles, killed, (unsigned long long)verdict.acknowledged, (unsigned long long)verdict.unknown,
        (unsigned long long)verdict.unknown_stored, (unsigned long long)verdict.lost, (unsigned long long)verdict.wrong,
        (unsigned long long)verdict.surplus);
    assert_true(verdict.acknowledged > cycles && killed > cycles / 2);
    assert_int_equal(verdict.lost, 0);
    assert_int_equal(verdict.wrong, 0);
    assert_int_equal(verdict.surplus, 0);
    killing_end(&killing);
    live_store_clear(&store);
    scratch_destroy(&scratch);
}

/* The proof can fail: an acknowledgement in the ledger that the store knows nothing of counts as lost. */
static void the_ledger_catches_a_loss(void **state)
{
    (void)state;
    struct scratch scratch;
    struct live_store store;
    struct killing killing;
    scratch_create(&scratch);
    live_store_make(&store, scratch_path(&scratch, "study.db"), 8);
    killing_begin(&killing, &store, scratch_path(&scratch, "ledger"));
    killing_acknowledge(&killing, 3);
    struct killing_verdict verdict = killing_verify(&killing, store.path);
    assert_int_equal(verdict.acknowledged, 1);
    assert_int_equal(verdict.lost, 1);
    killing_end(&killing);
    live_store_clear(&store);
    scratch_destroy(&scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_ledger_catches_a_loss),
        cmocka_unit_test(nothing_acknowledged_is_lost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
