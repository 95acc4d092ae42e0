/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/answers_builder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct ctx ctx;

static int open_arena(void **state)
{
    (void)state;
    ctx = (struct ctx){0};
    return arena_create(NULL, &ctx.arena) == STATUS_OK ? 0 : -1;
}

static int close_arena(void **state)
{
    (void)state;
    arena_destroy(ctx.arena);
    return 0;
}

/* One item, asked once. */
static const struct scale scale = {.id = "s", .min = {1, 0}, .max = {7, 0}, .step = {1, 0}, .steps = 7};
static const struct item item = {.id = "a", .dimension = UINT32_MAX};
static const char *const perceived[] = {"p1"};
static const struct study study = {.scales = &scale,
                                   .scale_count = 1,
                                   .items = &item,
                                   .item_count = 1,
                                   .columns = {.of_item = {[STANDARD_PERCEPTION] = perceived}}};

/* Encounters of the respondents with these numbers, in this order. */
static const struct answers *answers_of_people(const uint32_t *people, uint32_t count)
{
    struct answers_builder *builder;
    const struct answers *answers;
    uint32_t number;
    bool fresh;
    assert_int_equal(answers_begin(&ctx, &study, &builder), STATUS_OK);
    for (uint32_t i = 0; i < count; i++) {
        struct answers_row row;
        const char *id = arena_format(ctx.arena, "person %u", people[i]);
        assert_int_equal(answers_respondent(&ctx, builder, span_of(id), &number, &fresh), STATUS_OK);
        assert_int_equal(answers_add(&ctx, builder, &row), STATUS_OK);
        *row.respondent = people[i];
    }
    assert_int_equal(answers_end(&ctx, builder, &answers), STATUS_OK);
    for (uint32_t i = 0; i < count; i++)
        assert_int_equal(answers_respondent_of(answers, i), people[i]);
    return answers;
}

/* "NULL when it is the encounter's own", in every chunk and in no other case. */
static void own_numbers_take_no_memory(void **state)
{
    (void)state;
    enum { PEOPLE = ANSWERS_CHUNK_ROWS + 2 };
    static uint32_t people[PEOPLE];
    for (uint32_t i = 0; i < PEOPLE; i++)
        people[i] = i;
    const struct answers *own = answers_of_people(people, PEOPLE);
    assert_int_equal(own->respondent_count, PEOPLE);
    assert_null(own->chunks[0].respondents);
    assert_null(own->chunks[1].respondents);
    people[PEOPLE - 2] = PEOPLE - 1;
    people[PEOPLE - 1] = PEOPLE - 2;
    assert_non_null(answers_of_people(people, PEOPLE)->chunks[0].respondents);
    people[PEOPLE - 1] = people[PEOPLE - 2] = 0;
    const struct answers *repeated = answers_of_people(people, PEOPLE);
    assert_int_equal(repeated->respondent_count, PEOPLE - 2);
    assert_non_null(repeated->chunks[0].respondents);
}

/* "a hash of its text under a fixed key, by which two files are searched for the same people": the text alone decides, in
 * whatever order people come, and for ever. */
static void respondents_have_marks(void **state)
{
    (void)state;
    const char *const years[2][3] = {{"1001", "1002", "anna"}, {"anna", "1003", "1001"}};
    const struct answers *of_year[2];
    for (int year = 0; year < 2; year++) {
        struct answers_builder *builder;
        struct answers_row row;
        bool fresh;
        assert_int_equal(answers_begin(&ctx, &study, &builder), STATUS_OK);
        for (int i = 0; i < 3; i++) {
            assert_int_equal(answers_add(&ctx, builder, &row), STATUS_OK);
            assert_int_equal(answers_respondent(&ctx, builder, span_of(years[year][i]), row.respondent, &fresh), STATUS_OK);
        }
        assert_int_equal(answers_end(&ctx, builder, &of_year[year]), STATUS_OK);
    }
    for (uint32_t i = 0; i < 3; i++) {
        for (uint32_t j = 0; j < 3; j++)
            assert_int_equal(answers_respondent_mark(of_year[0], i) == answers_respondent_mark(of_year[1], j),
                             strcmp(years[0][i], years[1][j]) == 0);
    }
    /* a change of the key would part last year's stored marks from this year's */
    assert_int_equal(answers_respondent_mark(of_year[0], 2), UINT64_C(0x1e530f2b8642b1a0));
    struct answers_builder *builder;
    const struct answers *unnamed;
    assert_int_equal(answers_begin(&ctx, &study, &builder), STATUS_OK);
    assert_int_equal(answers_end(&ctx, builder, &unnamed), STATUS_OK);
    assert_false(answers_are_named(unnamed));
}

/* Fifty people whose ids rise in steps: by their texts, or as numbers and then somebody with a name. */
static const struct answers *rising(uint64_t step, bool by_text)
{
    struct answers_builder *builder;
    const struct answers *answers;
    uint32_t number;
    bool fresh;
    assert_int_equal(answers_begin(&ctx, &study, &builder), STATUS_OK);
    for (uint64_t id = 998; id < 998 + 50 * step; id += step) {
        char text[24];
        (void)snprintf(text, sizeof text, "%llu", (unsigned long long)id);
        if (by_text)
            assert_int_equal(answers_respondent(&ctx, builder, span_of(text), &number, &fresh), STATUS_OK);
        else
            assert_int_equal(answers_respondents_rising(&ctx, builder, &id, 1, &number), STATUS_OK);
    }
    if (!by_text)
        assert_int_equal(answers_respondent(&ctx, builder, span_of("anna"), &number, &fresh), STATUS_OK);
    assert_int_equal(answers_end(&ctx, builder, &answers), STATUS_OK);
    return answers;
}

/* Ids that rise are held as runs, or as marks where those take less memory: nobody sees which. */
static void marks_are_the_same_in_runs(void **state)
{
    (void)state;
    for (uint64_t step = 1; step <= 3; step++) {
        const struct answers *texts = rising(step, true), *numbers = rising(step, false);
        assert_true(answers_are_named(texts) && answers_are_named(numbers));
        assert_int_equal(texts->respondent_run_count, step == 1 ? 1 : 0);
        for (uint32_t i = 0; i < 50; i++)
            assert_int_equal(answers_respondent_mark(texts, i), answers_respondent_mark(numbers, i));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(own_numbers_take_no_memory, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(respondents_have_marks, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(marks_are_the_same_in_runs, open_arena, close_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
