/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pair/pair_cases.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/chance.h"
#include "pair/pairing.h"
#include "support/toy_study.h"

enum { ROWS = 48, UNITS_MAX = 4096 };

/* Everything that the cases of a study say, so that two orders of its rows can be compared: contents and clusters. */
struct told {
    char *text;
    size_t length;
};

static void tell(struct told *told, const void *bytes, size_t count)
{
    told->text = realloc(told->text, told->length + count + 1);
    assert_non_null(told->text);
    if (count)
        memcpy(told->text + told->length, bytes, count);
    told->length += count;
}

/* A case's cluster by order of appearance in its group. */
static uint32_t unit_number(uint32_t *seen, uint32_t *count, uint32_t cluster)
{
    for (uint32_t i = 0; i < *count; i++) {
        if (seen[i] == cluster)
            return i;
    }
    assert_true(*count < UNITS_MAX);
    seen[*count] = cluster;
    return (*count)++;
}

static void tell_case(struct told *told, const struct pairs *pairs, uint32_t encounter)
{
    const struct answers *answers = pairs->answers;
    const struct study *study = pairs->study;
    const struct answers_chunk *chunk = &answers->chunks[encounter / ANSWERS_CHUNK_ROWS];
    size_t row = encounter % ANSWERS_CHUNK_ROWS;
    for (uint32_t slot = 0; slot < answers->slot_count; slot++) {
        uint32_t code = answers_code(answers, encounter, slot);
        tell(told, &code, sizeof code);
    }
    if (chunk->points)
        tell(told, chunk->points + row * study->dimension_count, study->dimension_count * sizeof *chunk->points);
    if (chunk->weights)
        tell(told, &chunk->weights[row], sizeof *chunk->weights);
    for (uint32_t s = 0; s < study->columns.segment_count; s++) {
        uint16_t value = chunk->segments[row * study->columns.segment_count + s];
        const char *text = value == NO_SEGMENT_VALUE ? "-" : answers->segment_values[s][value];
        tell(told, text, strlen(text) + 1);
    }
}

static struct told told_of(const struct toy_study *toy, const uint32_t *order, enum pair_policy policy)
{
    struct ctx ctx = {.threads = 2};
    struct told told = {NULL, 0};
    const struct answers *answers = NULL;
    const struct pairs *pairs = NULL;
    struct plan plan = toy_plan(toy, policy);
    static uint32_t seen[UNITS_MAX];
    plan.needs |= NEED_CASES;
    assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
    assert_int_equal(toy_study_answers(&ctx, toy, order, &answers), STATUS_OK);
    assert_int_equal(pairs_make(&ctx, answers, &plan, &pairs), STATUS_OK);
    for (uint32_t s = 0; s < pairs->set_count; s++) {
        for (uint32_t g = 0; g < pairs->sets[s].group_count; g++) {
            const struct group *group = &pairs->sets[s].groups[g];
            uint32_t units = 0;
            assert_true(policy == PAIRS_COMPLETE ? group->case_count <= group->encounters
                                                 : group->case_count == group->encounters);
            for (uint32_t i = 0; i < group->case_count; i++) {
                const struct answers_chunk *chunk = &answers->chunks[0];
                uint32_t unit = toy->study.columns.cluster ? chunk->clusters[group->cases[i]]
                                                           : answers_respondent_of(answers, group->cases[i]);
                tell_case(&told, pairs, group->cases[i]);
                unit = pairs->clustered ? unit_number(seen, &units, unit) : 0;
                tell(&told, &unit, sizeof unit);
            }
        }
    }
    arena_destroy(ctx.arena);
    return told;
}

static void check_orders(const struct toy_study *toy, enum pair_policy policy)
{
    struct told as_it_stands = told_of(toy, NULL, policy);
    uint32_t order[ROWS];
    for (uint32_t i = 0; i < toy->row_count; i++)
        order[i] = i;
    for (unsigned round = 0; round < 3; round++) {
        for (uint32_t i = toy->row_count; i > 1; i--) {
            uint32_t j = (uint32_t)chance_below(toy->wish.seed, round, i, i), kept = order[i - 1];
            order[i - 1] = order[j];
            order[j] = kept;
        }
        struct told shuffled = told_of(toy, order, policy);
        assert_int_equal(shuffled.length, as_it_stands.length);
        assert_memory_equal(shuffled.text, as_it_stands.text, shuffled.length);
        free(shuffled.text);
    }
    free(as_it_stands.text);
}

/* "Ids and the order of the file do not enter": contents and clusters stand in the same order for any order of the rows. */
static void any_order_of_the_rows_gives_the_same_cases(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        struct toy_wish wish = toy_wish_random(seed);
        struct toy_study toy;
        wish.rows = ROWS;
        toy_study_make(&toy, &wish);
        check_orders(&toy, seed % 3 == 0 ? PAIRS_COMPLETE : PAIRS_AVAILABLE);
        toy_study_clear(&toy);
    }
}

/* "encounters of equal content by their cluster, the clusters compared by all the ranks they have in the group" */
static void equal_answers_stand_in_the_order_of_their_clusters(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        struct toy_wish wish = {.seed = seed, .rows = ROWS, .items = 1, .dimensions = 1, .steps = 2, .clustered = true};
        struct toy_study toy;
        wish.repeats = seed % 2 == 0;
        toy_study_make(&toy, &wish);
        check_orders(&toy, PAIRS_AVAILABLE);
        toy_study_clear(&toy);
    }
}

/* "Ranks the encounters by their answers, outcomes, points and weights, bytewise": codes do not descend. */
static void codes_of_a_group_ascend(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        struct ctx ctx = {.threads = 2};
        const struct answers *answers = NULL;
        const struct pairs *pairs = NULL;
        struct toy_wish wish = {
            .seed = seed, .rows = ROWS, .items = 1 + (uint32_t)seed % 4, .dimensions = 1, .steps = 2 + (uint32_t)seed % 6};
        struct toy_study toy;
        toy_study_make(&toy, &wish);
        struct plan plan = toy_plan(&toy, PAIRS_AVAILABLE);
        plan.needs |= NEED_CASES;
        assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
        assert_int_equal(toy_study_answers(&ctx, &toy, NULL, &answers), STATUS_OK);
        assert_int_equal(pairs_make(&ctx, answers, &plan, &pairs), STATUS_OK);
        size_t bytes = (size_t)answers->slot_count * answers->code_bytes;
        const struct group *all = &pairs->sets[0].groups[0];
        assert_int_equal(all->case_count, ROWS);
        for (uint32_t i = 1; i < all->case_count; i++) {
            const uint8_t *codes = answers->chunks[0].codes;
            int order = memcmp(codes + bytes * all->cases[i - 1], codes + bytes * all->cases[i], bytes);
            assert_true(order <= 0);
        }
        arena_destroy(ctx.arena);
        toy_study_clear(&toy);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_order_of_the_rows_gives_the_same_cases),
        cmocka_unit_test(codes_of_a_group_ascend),
        cmocka_unit_test(equal_answers_stand_in_the_order_of_their_clusters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
