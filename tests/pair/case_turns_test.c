/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pair/case_turns.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "pair/pairing.h"
#include "support/toy_study.h"

enum { ROWS = 60, SEEDS = 30 };

/* The same answers paired twice: all cases at once, and in turn. */
struct twice {
    struct toy_study toy;
    struct ctx ctx;
    struct plan at_once, in_turn;
    const struct answers *answers;
    const struct pairs *whole, *turned;
};

static void twice_make(uint64_t seed, struct twice *out)
{
    struct toy_wish wish = toy_wish_random(seed);
    wish.rows = ROWS;
    *out = (struct twice){.ctx.threads = 2};
    toy_study_make(&out->toy, &wish);
    out->at_once = toy_plan(&out->toy, seed % 3 == 0 ? PAIRS_COMPLETE : PAIRS_AVAILABLE);
    out->at_once.needs |= NEED_CASES;
    out->in_turn = out->at_once;
    out->in_turn.cases_in_turn = true;
    assert_int_equal(arena_create(NULL, &out->ctx.arena), STATUS_OK);
    assert_int_equal(toy_study_answers(&out->ctx, &out->toy, NULL, &out->answers), STATUS_OK);
    assert_int_equal(pairs_make(&out->ctx, out->answers, &out->at_once, &out->whole), STATUS_OK);
    assert_int_equal(pairs_make(&out->ctx, out->answers, &out->in_turn, &out->turned), STATUS_OK);
}

static void twice_clear(struct twice *twice)
{
    arena_destroy(twice->ctx.arena);
    toy_study_clear(&twice->toy);
}

static void check_same(const struct twice *twice, uint32_t set)
{
    const struct group_set *whole = &twice->whole->sets[set], *turned = &twice->turned->sets[set];
    assert_int_equal(turned->group_count, whole->group_count);
    for (uint32_t g = 0; g < whole->group_count; g++) {
        assert_int_equal(turned->groups[g].case_count, whole->groups[g].case_count);
        assert_memory_equal(turned->groups[g].cases, whole->groups[g].cases, whole->groups[g].case_count * sizeof(uint32_t));
    }
}

static void check_without(const struct twice *twice, uint32_t set)
{
    const struct group_set *turned = &twice->turned->sets[set];
    for (uint32_t g = 0; g < turned->group_count; g++) {
        assert_null(turned->groups[g].cases);
        assert_int_equal(turned->groups[g].case_count, 0);
    }
}

static bool is_everyone(const struct twice *twice, uint32_t set)
{
    return twice->in_turn.sets[set].segment_count == 0;
}

/* Those of everyone are always there, those of another by-set while it is its turn. */
static void check_turn(const struct twice *twice, uint32_t turn)
{
    for (uint32_t set = 0; set < twice->in_turn.set_count; set++) {
        if (set == turn || is_everyone(twice, set))
            check_same(twice, set);
        else
            check_without(twice, set);
    }
}

/* Whatever the order of turns, the cases are those of all at once. */
static void each_by_set_has_its_cases_in_its_turn(void **state)
{
    (void)state;
    unsigned turns = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct twice twice;
        twice_make(seed, &twice);
        check_turn(&twice, UINT32_MAX);
        for (uint32_t i = 0; i < 3 * twice.in_turn.set_count; i++) {
            uint32_t set = i * 2 % twice.in_turn.set_count;
            assert_int_equal(cases_take(&twice.ctx, twice.turned, set), STATUS_OK);
            turns += !is_everyone(&twice, set);
            if (!is_everyone(&twice, set))
                check_turn(&twice, set);
        }
        twice_clear(&twice);
    }
    assert_true(turns > SEEDS);
}

/* "Nothing to do for pairs whose groups all have them, and for the by-set whose turn it is": not even memory. */
static void a_turn_that_is_there_costs_nothing(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct twice twice;
        twice_make(seed, &twice);
        assert_null(twice.whole->turns);
        for (uint32_t set = 0; set < twice.in_turn.set_count; set++) {
            assert_int_equal(cases_take(&twice.ctx, twice.turned, set), STATUS_OK);
            size_t before = arena_size_bytes(twice.ctx.arena);
            assert_int_equal(cases_take(&twice.ctx, twice.turned, set), STATUS_OK);
            assert_int_equal(cases_take(&twice.ctx, twice.turned, 0), STATUS_OK);
            assert_int_equal(cases_take(&twice.ctx, twice.whole, set), STATUS_OK);
            assert_int_equal(cases_take(&twice.ctx, NULL, set), STATUS_OK);
            assert_int_equal(arena_size_bytes(twice.ctx.arena), before);
        }
        twice_clear(&twice);
    }
}

/* "4 for each by-set that has its cases": turns give their memory back. */
static void turns_take_no_more_memory_than_one(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct twice twice;
        size_t first = 0;
        twice_make(seed, &twice);
        uint32_t sets = twice.in_turn.set_count;
        for (uint32_t round = 0; round < 5; round++) {
            for (uint32_t set = 0; set < sets; set++)
                assert_int_equal(cases_take(&twice.ctx, twice.turned, set), STATUS_OK);
            size_t now = arena_size_bytes(twice.ctx.arena);
            first = round == 0 ? now : first;
            assert_int_equal(now, first);
        }
        twice_clear(&twice);
    }
}

/* Pairs of which no measure reads whole persons have nobody's turn. */
static void without_cases_there_are_no_turns(void **state)
{
    (void)state;
    struct twice twice;
    const struct pairs *pairs = NULL;
    twice_make(1, &twice);
    struct plan plan = twice.in_turn;
    plan.needs &= ~(unsigned)NEED_CASES;
    assert_int_equal(pairs_make(&twice.ctx, twice.answers, &plan, &pairs), STATUS_OK);
    assert_null(pairs->turns);
    assert_null(pairs->sets[0].groups[0].cases);
    twice_clear(&twice);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_by_set_has_its_cases_in_its_turn),
        cmocka_unit_test(a_turn_that_is_there_costs_nothing),
        cmocka_unit_test(turns_take_no_more_memory_than_one),
        cmocka_unit_test(without_cases_there_are_no_turns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
