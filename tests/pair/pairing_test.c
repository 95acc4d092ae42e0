/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "pair/pairing.h"
#include "support/pairs_oracle.h"
#include "support/pairs_text.h"

static char *paired_text(const struct toy_study *toy, const struct plan *plan, unsigned threads)
{
    struct ctx ctx = {.threads = threads};
    const struct answers *answers;
    const struct pairs *pairs;
    assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
    assert_int_equal(toy_study_answers(&ctx, toy, NULL, &answers), STATUS_OK);
    assert_int_equal(pairs_make(&ctx, answers, plan, &pairs), STATUS_OK);
    char *text = pairs_text(pairs);
    arena_destroy(ctx.arena);
    return text;
}

static void check_against_oracle(const struct toy_wish *wish, enum pair_policy policy)
{
    struct toy_study toy;
    toy_study_make(&toy, wish);
    struct plan plan = toy_plan(&toy, policy);
    char *actual = paired_text(&toy, &plan, 2);
    char *expected = pairs_oracle(&toy, &plan);
    assert_same_lines(actual, expected);
    free(actual);
    free(expected);
    toy_study_clear(&toy);
}

/* pairs.h: "Everything counted for one group of encounters." Every field, by two ways of counting. */
static void test_random_studies_agree_with_the_slow_way(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        struct toy_wish wish = toy_wish_random(seed);
        check_against_oracle(&wish, seed % 3 == 0 ? PAIRS_COMPLETE : PAIRS_AVAILABLE);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_studies_agree_with_the_slow_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
