/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "One vote: 1,000 tokens × 16 parallel posts give exactly 1,000 answers, each other one told so." */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/live_store.h"
#include "support/load_client.h"
#include "support/scratch_folder.h"
#include "support/server_process.h"

enum { TOKENS = 1000, POSTS = 16 };

struct voting {
    struct live_store store;
    unsigned stored[TOKENS], told[TOKENS], other;
    bool silent; /* a refusal that does not say why */
};

/* Sixteen requests in a row answer one link, over sixteen connections. */
static size_t vote_write(void *state, uint64_t number, char *into, size_t room)
{
    struct voting *voting = state;
    return live_store_request(&voting->store, number / POSTS, into, room);
}

static void vote_note(void *state, const struct load_reply *reply)
{
    struct voting *voting = state;
    if (reply->status < 400 && reply->status != LOAD_LOST)
        voting->stored[reply->number / POSTS]++;
    else if (reply->status == 409)
        voting->told[reply->number / POSTS]++;
    else
        voting->other++;
    voting->silent |= reply->status == 409 && !strstr(reply->bytes, "Already answered");
}

static void every_link_counts_once(void **state)
{
    (void)state;
    static struct voting voting;
    struct scratch scratch;
    struct server_process server;
    struct load_result result;
    static uint64_t numbers[TOKENS];
    static enum live_finding found[TOKENS];
    uint64_t submissions = 0;
    scratch_create(&scratch);
    live_store_make(&voting.store, scratch_path(&scratch, "study.db"), TOKENS);
    assert_true(server_start(&(const struct server_wish){.store = voting.store.path, .core = -1}, &server));
    const struct load_plan plan = {.port = server.port,
                                   .connections = POSTS,
                                   .requests = (uint64_t)TOKENS * POSTS,
                                   .write = vote_write,
                                   .told = vote_note,
                                   .state = &voting};
    load_run(&plan, &result);
    assert_int_equal(server_end(&server, SIGTERM), 0);
    for (unsigned i = 0; i < TOKENS; i++) {
        assert_int_equal(voting.stored[i], 1);
        assert_int_equal(voting.told[i], POSTS - 1);
        numbers[i] = i;
    }
    assert_int_equal(voting.other, 0);
    assert_false(voting.silent);
    live_store_look(&voting.store, voting.store.path, numbers, TOKENS, found, &submissions);
    assert_int_equal(submissions, TOKENS);
    for (unsigned i = 0; i < TOKENS; i++)
        assert_int_equal(found[i], LIVE_RIGHT);
    live_store_clear(&voting.store);
    scratch_destroy(&scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_link_counts_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
