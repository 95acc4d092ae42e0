/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/turn.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>

#include "base/chance.h"
#include "base/pool.h"

enum { TURNS = 3000 };

struct queue {
    struct turn *turn;
    atomic_uint next;
    uint32_t order[TURNS]; /* written in turns, without a lock */
    uint32_t count;
    bool sleepy;
};

static enum status work(void *state, size_t chunk, unsigned worker)
{
    struct queue *queue = state;
    (void)chunk;
    (void)worker;
    for (;;) {
        uint32_t mine = atomic_fetch_add(&queue->next, 1);
        if (mine >= TURNS)
            return STATUS_OK;
        /* now and then so long that others stop looking and sleep */
        struct timespec rest = {0, chance_below(1, mine, 0, 64) == 0 ? 300000 : 0};
        if (queue->sleepy && rest.tv_nsec > 0)
            (void)nanosleep(&rest, NULL);
        turn_wait(queue->turn, mine);
        queue->order[queue->count++] = mine;
        turn_pass(queue->turn);
    }
}

/* "numbers 0, 1, 2, … take their turns one after another, whichever thread has which number" */
static void turns_come_in_order(void **state)
{
    (void)state;
    for (unsigned threads = 1; threads <= 5; threads++) {
        static struct queue queue;
        struct ctx ctx = {.threads = threads};
        queue = (struct queue){.sleepy = threads > 1};
        assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
        assert_int_equal(turn_create(&ctx, &queue.turn), STATUS_OK);
        assert_int_equal(pool_run(&ctx, threads, work, &queue), STATUS_OK);
        assert_int_equal(queue.count, TURNS);
        for (uint32_t i = 0; i < TURNS; i++)
            assert_int_equal(queue.order[i], i);
        arena_destroy(ctx.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(turns_come_in_order)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
