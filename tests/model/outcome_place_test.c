/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/answers_builder.h"

/* "Where a row of outcomes holds one of them, in as few bytes as its scale takes." */
static void outcomes_read_back(void **state)
{
    (void)state;
    static const struct outcome all[] = {{.name = "a", .scale = {.min = {1, 0}, .max = {255, 0}, .step = {1, 0}, .steps = 255}},
                                         {.name = "b", .scale = {.min = {1, 0}, .max = {256, 0}, .step = {1, 0}, .steps = 256}},
                                         {.name = "c", .kind = OUTCOME_REAL, .decimals = 2},
                                         {.name = "d", .scale = {.max = {1, 0}, .step = {1, 0}, .steps = 2}}};
    static const uint32_t bytes[] = {1, 2, 8, 1};
    static const int64_t said[][4] = {
        {255, 256, -(INT64_C(1) << 62), 2}, {1, 255, 0, 1}, {INT64_MIN, 1, INT64_MIN, 2}, {7, INT64_MIN, 12345678901, INT64_MIN}};
    const struct study study = {.columns = {.outcomes = all, .outcome_count = 4}};
    struct ctx ctx = {0};
    struct answers_builder *builder;
    const struct answers *answers;
    struct answers_row row;
    assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
    assert_int_equal(answers_begin(&ctx, &study, &builder), STATUS_OK);
    for (uint32_t i = 0; i < 4; i++) {
        assert_int_equal(answers_add(&ctx, builder, &row), STATUS_OK);
        for (uint32_t o = 0; o < 4; o++)
            outcome_set(row.outcomes, row.outcome_places[o], said[i][o]);
    }
    assert_int_equal(answers_add(&ctx, builder, &row), STATUS_OK);
    assert_int_equal(answers_end(&ctx, builder, &answers), STATUS_OK);
    assert_int_equal(answers->outcome_bytes, 12);
    for (uint32_t o = 0; o < 4; o++) {
        assert_int_equal(answers->outcome_places[o].bytes, bytes[o]);
        for (uint32_t i = 0; i < 4; i++)
            assert_true(answers_outcome(answers, i, o) == said[i][o]);
        assert_true(answers_outcome(answers, 4, o) == INT64_MIN);
    }
    arena_destroy(ctx.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(outcomes_read_back)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
