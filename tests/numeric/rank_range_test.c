/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/rank_range.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/chance.h"
#include "base/memory.h"
#include "support/digits.h"

static void open_ctx(struct ctx *ctx)
{
    *ctx = (struct ctx){.threads = 1};
    assert_int_equal(arena_create(NULL, &ctx->arena), STATUS_OK);
}

static size_t drawn_count = 10;

/* Values that never change: 3, 1, 2, … */
static void draw_fixed(const void *context, uint32_t number, double *values)
{
    (void)number;
    const double *fixed = context;
    for (size_t i = 0; i < drawn_count; i++)
        values[i] = fixed[i];
}

/* "rank 1 is the largest value", "among the lowest k/5, at least one" */
static void certain_values_have_certain_ranks(void **state)
{
    (void)state;
    static const double fixed[10] = {3, 1, 2, 9, 8, 7, -1, 0, 5, 4}, expected[10] = {6, 8, 7, 1, 2, 3, 10, 9, 4, 5};
    struct ctx ctx;
    open_ctx(&ctx);
    struct rank_range ranks[10];
    struct rank_draws how = {.draws = 40, .confidence = .95, .count = 10, .draw = draw_fixed, .context = fixed};
    assert_int_equal(rank_ranges_find(&ctx, &how, ranks), STATUS_OK);
    for (size_t i = 0; i < 10; i++) {
        assert_true(ranks[i].median == expected[i] && ranks[i].low == expected[i] && ranks[i].high == expected[i]);
        assert_true(ranks[i].low_fifth == (expected[i] > 8 ? 1 : 0));
    }
    how.count = drawn_count = 4;
    assert_int_equal(rank_ranges_find(&ctx, &how, ranks), STATUS_OK);
    assert_true(ranks[1].low_fifth == 1 && ranks[2].low_fifth == 0 && ranks[3].median == 1);
    how.count = drawn_count = 1;
    assert_int_equal(rank_ranges_find(&ctx, &how, ranks), STATUS_OK);
    assert_true(ranks[0].median == 1 && ranks[0].low_fifth == 1);
    arena_destroy(ctx.arena);
}

/* Draw d puts unit 0 in place d mod 10 among others that stand still. */
static void draw_moving(const void *context, uint32_t number, double *values)
{
    (void)context;
    values[0] = number % 10 + .5;
    for (size_t i = 1; i < 10; i++)
        values[i] = (double)i;
}

/* "the middle `confidence` of the drawn ranks", counted by hand: ranks 1 … 10 a hundred times each */
static void ranks_of_a_moving_value(void **state)
{
    (void)state;
    struct ctx ctx;
    open_ctx(&ctx);
    struct rank_range ranks[10];
    struct rank_draws how = {.draws = 1000, .confidence = .95, .count = 10, .draw = draw_moving};
    assert_int_equal(rank_ranges_find(&ctx, &how, ranks), STATUS_OK);
    assert_true(ranks[0].median == 5.5 && ranks[0].low == 1 && ranks[0].high == 10);
    assert_digits(ranks[0].low_fifth, .2, 15);
    /* unit 9, the largest of those that stand, is first unless unit 0 is above it: one time in ten */
    assert_true(ranks[9].median == 1 && ranks[9].low == 1 && ranks[9].high == 2);
    how.confidence = .5;
    assert_int_equal(rank_ranges_find(&ctx, &how, ranks), STATUS_OK);
    assert_true(ranks[0].low == 3 && ranks[0].high == 8);
    arena_destroy(ctx.arena);
}

/* "fails STATUS_MEMORY" */
static void no_memory_is_told(void **state)
{
    (void)state;
    struct ctx ctx;
    open_ctx(&ctx);
    static struct rank_range ranks[10];
    struct rank_draws how = {.draws = 1000000, .confidence = .95, .count = 10, .draw = draw_moving};
    memory_fail_at(1, true);
    enum status status = rank_ranges_find(&ctx, &how, ranks);
    memory_fail_at(0, false);
    assert_int_equal(status, STATUS_MEMORY);
    arena_destroy(ctx.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(certain_values_have_certain_ranks),
        cmocka_unit_test(ranks_of_a_moving_value),
        cmocka_unit_test(no_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
