/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/rate_limit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct ctx ctx;

static int start(void **state)
{
    (void)state;
    ctx.threads = 1;
    return arena_create(NULL, &ctx.arena) == STATUS_OK ? 0 : -1;
}

static int stop(void **state)
{
    (void)state;
    arena_destroy(ctx.arena);
    return 0;
}

static struct rate_limit *table(uint32_t entries)
{
    struct rate_limit *limit = NULL;
    assert_int_equal(rate_limit_create(&ctx, entries, &limit), STATUS_OK);
    return limit;
}

/* "each name may do `burst` things at once and `per_minute` in the long run" */
static void bursts_and_the_long_run(void **state)
{
    (void)state;
    struct rate_limit *limit = table(64);
    const struct rate rate = {.kind = 1, .per_minute = 60, .burst = 5};
    struct span name = span_of("192.0.2.1");
    for (int i = 0; i < 5; i++)
        assert_int_equal(rate_limit_take(limit, &rate, name, 1000), 0);
    assert_int_equal(rate_limit_look(limit, &rate, name, 1000), 1);
    assert_int_equal(rate_limit_take(limit, &rate, name, 1999), 1);
    assert_int_equal(rate_limit_take(limit, &rate, name, 2000), 0);
    assert_int_equal(rate_limit_take(limit, &rate, name, 2000), 1);
    uint64_t taken = 0;
    for (uint64_t ms = 2000; ms < 2000 + 600000; ms += 10)
        taken += rate_limit_take(limit, &rate, name, ms) == 0;
    assert_in_range(taken, 599, 600);
    /* After a rest the burst is there again, and no more. */
    taken = 0;
    for (int i = 0; i < 20; i++)
        taken += rate_limit_take(limit, &rate, name, 10000000) == 0;
    assert_int_equal(taken, 5);
}

/* Names and kinds do not share, a clock that stands still or goes back gives nothing away, and the wait that is told suffices. */
static void names_kinds_and_clocks(void **state)
{
    (void)state;
    struct rate_limit *limit = table(64);
    const struct rate misses = {.kind = 3, .per_minute = 10, .burst = 10}, others = {.kind = 2, .per_minute = 10, .burst = 1};
    for (int i = 0; i < 10; i++)
        assert_int_equal(rate_limit_take(limit, &misses, span_of("a"), 5000), 0);
    assert_int_equal(rate_limit_take(limit, &misses, span_of("a"), 5000), 6);
    assert_int_equal(rate_limit_take(limit, &misses, span_of("a"), 1), 6);
    assert_int_equal(rate_limit_take(limit, &misses, span_of("a"), 5000 + 6000), 0);
    assert_int_equal(rate_limit_take(limit, &misses, span_of("b"), 5000), 0);
    assert_int_equal(rate_limit_take(limit, &others, span_of("a"), 5000), 0);
    assert_int_equal(rate_limit_take(limit, &others, span_of("a"), 5000), 6);
    const struct rate none = {.kind = 4, .per_minute = 0, .burst = 0};
    for (int i = 0; i < 1000; i++)
        assert_int_equal(rate_limit_take(limit, &none, span_of("a"), 5000), 0);
}

/* A flood of names does not free the one that is refused. */
static void a_flood_of_names(void **state)
{
    (void)state;
    struct rate_limit *limit = table(1024);
    const struct rate rate = {.kind = 1, .per_minute = 60, .burst = 30};
    for (int i = 0; i < 30; i++)
        assert_int_equal(rate_limit_take(limit, &rate, span_of("loud"), 1000), 0);
    for (unsigned i = 0; i < 100000; i++) {
        char name[16];
        assert_true(snprintf(name, sizeof name, "%u", i) > 0);
        assert_int_equal(rate_limit_take(limit, &rate, span_of(name), 1001), 0);
    }
    assert_int_not_equal(rate_limit_take(limit, &rate, span_of("loud"), 1001), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bursts_and_the_long_run),
        cmocka_unit_test(names_kinds_and_clocks),
        cmocka_unit_test(a_flood_of_names),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
