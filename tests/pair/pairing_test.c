/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/kernel.h"
#include "base/memory.h"
#include "model/answers_builder.h"
#include "pair/pair_tile.h"
#include "pair/pairing.h"
#include "support/pairs_oracle.h"
#include "support/pairs_text.h"

/* One study, its answers and what pairing said of them. */
struct job {
    struct toy_study toy;
    struct ctx ctx;
    struct plan plan;
    const struct answers *answers;
    const struct pairs *pairs;
    enum status status;
};

static void job_begin(struct job *job, const struct toy_wish *wish)
{
    memset(job, 0, sizeof *job);
    toy_study_make(&job->toy, wish);
    job->ctx.threads = 2;
    job->plan = toy_plan(&job->toy, PAIRS_AVAILABLE);
    assert_int_equal(arena_create(NULL, &job->ctx.arena), STATUS_OK);
}

static void job_pair(struct job *job)
{
    assert_int_equal(toy_study_answers(&job->ctx, &job->toy, NULL, &job->answers), STATUS_OK);
    job->status = pairs_make(&job->ctx, job->answers, &job->plan, &job->pairs);
}

static void job_end(struct job *job)
{
    arena_destroy(job->ctx.arena);
    toy_study_clear(&job->toy);
}

static void check_against_oracle(const struct toy_wish *wish, enum pair_policy policy, uint32_t set_count)
{
    struct job job;
    job_begin(&job, wish);
    job.plan.policy = policy;
    job.plan.set_count = set_count;
    job_pair(&job);
    assert_int_equal(job.status, STATUS_OK);
    char *actual = pairs_text(job.pairs);
    char *expected = pairs_oracle(&job.toy, &job.plan);
    assert_same_lines(actual, expected);
    free(actual);
    free(expected);
    job_end(&job);
}

/* pairs.h: "Everything counted for one group of encounters." Every field, by two ways of counting. */
static void test_random_studies_agree_with_the_slow_way(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        struct toy_wish wish = toy_wish_random(seed);
        check_against_oracle(&wish, seed % 3 == 0 ? PAIRS_COMPLETE : PAIRS_AVAILABLE, 3);
    }
}

/* tally.h: "When the common denominator × (steps−1) would pass 2^47 (more than some 28 items), the denominator is 2^32". */
static void test_many_items_fall_back_to_one_rounding(void **state)
{
    (void)state;
    struct toy_wish wish = {.seed = 5, .rows = 12, .items = 70, .dimensions = 2, .steps = 5, .missing_percent = 20};
    check_against_oracle(&wish, PAIRS_AVAILABLE, 1);
    wish.items = 30;
    wish.dimensions = 1;
    check_against_oracle(&wish, PAIRS_AVAILABLE, 1);
    wish.steps = 32765;
    wish.weighted = true;
    check_against_oracle(&wish, PAIRS_AVAILABLE, 1);
}

/* pair_block.h: small sums are emptied "before they could overflow": more rows than fit. */
static void test_small_sums_are_emptied_in_time(void **state)
{
    (void)state;
    struct toy_wish wish = {.seed = 6, .rows = 60, .items = 3, .dimensions = 1, .steps = 20001, .missing_percent = 3};
    check_against_oracle(&wish, PAIRS_AVAILABLE, 1);
}

/* pair_tile.h: "Rows of a group gathered until there are enough": none too many, full ones and a rest, in one group and in several, on
 * the shortest and on the longest scale of one byte, by every kernel. */
static void test_tiles_count_what_rows_would(void **state)
{
    (void)state;
    static const uint32_t steps[] = {2, 7, 13, 127}, rows[] = {TILE_ROWS_MOST, TILE_ROWS_MOST + 1, 200};
    for (unsigned round = 0; round < 2 * KERNEL_COUNT; round++) {
        struct ctx ctx = {.threads = 1};
        struct toy_wish wish = {.seed = 60 + round,
                                .rows = rows[round % 3],
                                .items = 3 + round % 4,
                                .dimensions = 2,
                                .steps = steps[(round + round / 3) % 4]};
        wish.missing_percent = 4;
        wish.gaps_in_design = round % 2 == 1;
        if (!kernel_available((enum kernel)(round % KERNEL_COUNT))) {
            continue;
        }
        assert_int_equal(setenv("GAPMETER_KERNEL", kernel_name((enum kernel)(round % KERNEL_COUNT)), 1), 0);
        assert_int_equal(kernel_start(&ctx), STATUS_OK);
        check_against_oracle(&wish, round % 2 == 0 ? PAIRS_AVAILABLE : PAIRS_COMPLETE, 1 + round % 3);
    }
}

/* More items than one lane of the kernels holds, on a short and on a long scale, with and without holes in the design. */
static void test_more_items_than_a_lane(void **state)
{
    (void)state;
    struct toy_wish wish = {.seed = 15, .rows = 25, .items = 20, .dimensions = 2, .steps = 5, .missing_percent = 2};
    for (unsigned round = 0; round < 4; round++) {
        wish.steps = round % 2 == 0 ? 5 : 900;
        wish.gaps_in_design = round >= 2;
        wish.missing_percent = round == 3 ? 0 : 2;
        check_against_oracle(&wish, PAIRS_AVAILABLE, 2);
    }
}

/* Weights up to the largest that readers accept are exact. */
static void test_heavy_weights_are_exact(void **state)
{
    (void)state;
    struct toy_wish wish = {.seed = 7, .rows = 20, .items = 4, .dimensions = 2, .steps = 5, .weighted = true, .clustered = true};
    struct job job;
    job_begin(&job, &wish);
    for (uint32_t i = 0; i < job.toy.row_count; i++) {
        job.toy.rows[i].weight = (INT64_C(1) << 58) + job.toy.rows[i].weight;
    }
    job_pair(&job);
    assert_int_equal(job.status, STATUS_OK);
    char *actual = pairs_text(job.pairs);
    char *expected = pairs_oracle(&job.toy, &job.plan);
    assert_same_lines(actual, expected);
    free(actual);
    free(expected);
    job_end(&job);
}

/* tally.h: contrast.blank: "REASON_OVERFLOW: Σw²d² does not fit (then no sums)". */
static void test_a_contrast_that_does_not_fit_is_blank(void **state)
{
    (void)state;
    struct toy_wish wish = {.seed = 8, .rows = 3, .items = 2, .dimensions = 1, .steps = 1001, .weighted = true};
    struct job job;
    job_begin(&job, &wish);
    for (uint32_t i = 0; i < 3; i++) {
        job.toy.rows[i].weight = INT64_C(1) << 61;
    }
    job.plan.set_count = 1;
    job_pair(&job);
    assert_int_equal(job.status, STATUS_OK);
    assert_int_equal(job.pairs->sets[0].groups[0].contrasts[0].blank, REASON_OVERFLOW);
    assert_int_equal(job.pairs->sets[0].groups[0].contrasts[0].all.n, 0);
    job_end(&job);
}

/* "The weights are too large to be summed exactly; divide them by their mean." */
static void test_weights_that_cannot_be_summed_are_refused(void **state)
{
    (void)state;
    struct toy_wish wish = {.seed = 9, .rows = 40, .items = 2, .dimensions = 1, .steps = 5, .weighted = true};
    struct job job;
    job_begin(&job, &wish);
    for (uint32_t i = 0; i < job.toy.row_count; i++) {
        job.toy.rows[i].weight = INT64_C(1) << 61; /* 40 × 2^122 passes 2^127 */
    }
    job_pair(&job);
    assert_int_equal(job.status, STATUS_DATA);
    assert_string_equal(job.ctx.error.sentence, "The weights are too large to be summed exactly; divide them by their mean.");
    job.plan.weighted = false; /* --unweighted does not look at them */
    assert_int_equal(pairs_make(&job.ctx, job.answers, &job.plan, &job.pairs), STATUS_OK);
    assert_int_equal(job.pairs->sets[0].groups[0].pairs[0].cells[0].sum.w, job.pairs->sets[0].groups[0].pairs[0].cells[0].sum.n);
    job_end(&job);
}

/* tally.h: "a cluster that stands in two strata is two, and the sums are kept stratum by stratum only": with and without
 * clusters, repeats and weights. */
static void test_strata_are_kept_apart(void **state)
{
    (void)state;
    for (uint64_t seed = 200; seed < 216; seed++) {
        struct toy_wish wish = toy_wish_random(seed);
        wish.rows += 12;
        wish.stratified = true;
        wish.clustered = (seed & 1) != 0;
        wish.repeats = (seed & 2) != 0;
        wish.weighted = (seed & 4) != 0;
        check_against_oracle(&wish, (seed & 8) != 0 ? PAIRS_COMPLETE : PAIRS_AVAILABLE, 3);
    }
}

/* pairing.h: "STATUS_CANCELLED". */
static void test_stops_when_asked(void **state)
{
    (void)state;
    struct toy_wish wish = {.seed = 11, .rows = 10, .items = 2, .dimensions = 1, .steps = 5};
    const atomic_bool cancel = true;
    struct job job;
    job_begin(&job, &wish);
    assert_int_equal(toy_study_answers(&job.ctx, &job.toy, NULL, &job.answers), STATUS_OK);
    job.ctx.cancel = &cancel;
    assert_int_equal(pairs_make(&job.ctx, job.answers, &job.plan, &job.pairs), STATUS_CANCELLED);
    job_end(&job);
}

/* No rows at all: everyone is one empty group, a by-set has none. */
static void test_no_rows(void **state)
{
    (void)state;
    struct toy_wish wish = {.seed = 12, .items = 3, .dimensions = 1, .steps = 5, .weighted = true, .clustered = true};
    struct job job;
    job_begin(&job, &wish);
    job_pair(&job);
    assert_int_equal(job.status, STATUS_OK);
    assert_int_equal(job.pairs->sets[0].group_count, 1);
    assert_int_equal(job.pairs->sets[0].groups[0].encounters, 0);
    assert_int_equal(job.pairs->sets[0].groups[0].pairs[0].cell_count, 0);
    assert_int_equal(job.pairs->sets[1].group_count, 0);
    job_end(&job);
}

/* Answers with so many combinations of two segments, and nothing else. */
static enum status answers_of_groups(struct ctx *ctx, const struct study *study, uint32_t groups, const struct answers **out)
{
    struct answers_builder *builder;
    struct answers_row row;
    char text[TOY_TEXT];
    enum status status = answers_begin(ctx, study, &builder);
    for (uint32_t i = 0; i < groups && status == STATUS_OK; i++) {
        status = answers_add(ctx, builder, &row);
        for (uint32_t s = 0; s < TOY_SEGMENTS && status == STATUS_OK; s++) {
            snprintf(text, sizeof text, "%u", s == 0 ? i / 400 : i % 400);
            status = answers_segment_value(ctx, builder, s, span_of(text), &row.segments[s]);
        }
    }
    return status == STATUS_OK ? answers_end(ctx, builder, out) : status;
}

/* pairing.h: "a by-set makes more than GROUPS_MAX groups, or the tallies would pass TALLY_BYTES_MAX". */
static void test_too_many_groups_are_refused(void **state)
{
    (void)state;
    struct toy_wish wish = {.seed = 13, .items = 60, .dimensions = 2, .steps = 5};
    struct job job;
    job_begin(&job, &wish);
    assert_int_equal(answers_of_groups(&job.ctx, &job.toy.study, GROUPS_MAX + 1, &job.answers), STATUS_OK);
    job.plan.needs = 0;
    assert_int_equal(pairs_make(&job.ctx, job.answers, &job.plan, &job.pairs), STATUS_DATA);
    assert_string_equal(job.ctx.error.sentence, "The answers have more than 100000 groups by kind and area; ask for fewer "
                                                "segments, or for one with fewer values.");
    assert_int_equal(answers_of_groups(&job.ctx, &job.toy.study, GROUPS_MAX, &job.answers), STATUS_OK);
    assert_int_equal(pairs_make(&job.ctx, job.answers, &job.plan, &job.pairs), STATUS_OK);
    assert_int_equal(job.pairs->sets[2].group_count, GROUPS_MAX);
    assert_string_equal(pairs_value_text(job.pairs, &job.pairs->sets[2], &job.pairs->sets[2].groups[251], 0), "1");
    assert_string_equal(pairs_value_text(job.pairs, &job.pairs->sets[2], &job.pairs->sets[2].groups[251], 1), "1");
    job.plan.needs = NEED_CONTRASTS;
    assert_int_equal(pairs_make(&job.ctx, job.answers, &job.plan, &job.pairs), STATUS_DATA);
    assert_non_null(strstr(job.ctx.error.sentence, "ask for fewer segments or tables at a time"));
    job_end(&job);
}

/* Fails the k-th allocation for every k, once and from then on, until pairing gets through. */
static void fail_every_allocation(struct job *job)
{
    struct arena *outer = job->ctx.arena;
    enum status status = STATUS_MEMORY;
    uint64_t k = 0;
    while (status != STATUS_OK) {
        assert_int_equal(arena_create(outer, &job->ctx.arena), STATUS_OK);
        job->ctx.error.sentence[0] = 0;
        k++;
        memory_fail_at(k, k % 2 == 0);
        status = pairs_make(&job->ctx, job->answers, &job->plan, &job->pairs);
        memory_fail_at(0, false);
        if (status != STATUS_OK) {
            assert_int_equal(status, STATUS_MEMORY);
            assert_string_not_equal(job->ctx.error.sentence, "");
        }
        arena_destroy(job->ctx.arena);
    }
    assert_true(k > 20);
    job->ctx.arena = outer;
}

/* Whatever allocation fails: STATUS_MEMORY with its sentence, and nothing is lost. */
static void test_every_failing_allocation(void **state)
{
    (void)state;
    struct toy_wish wish = {.seed = 14, .rows = 9, .items = 20, .dimensions = 2, .missing_percent = 20};
    wish.clustered = wish.repeats = wish.zones = true;
    wish.importance = IMPORTANCE_RATING;
    for (unsigned round = 0; round < 3; round++) {
        struct job job;
        wish.steps = round == 1 ? 801 : 5;
        wish.weighted = wish.stratified = round == 2;
        job_begin(&job, &wish);
        job.ctx.threads = 1;
        assert_int_equal(toy_study_answers(&job.ctx, &job.toy, NULL, &job.answers), STATUS_OK);
        fail_every_allocation(&job);
        job_end(&job);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_studies_agree_with_the_slow_way),
        cmocka_unit_test(test_many_items_fall_back_to_one_rounding),
        cmocka_unit_test(test_small_sums_are_emptied_in_time),
        cmocka_unit_test(test_tiles_count_what_rows_would),
        cmocka_unit_test(test_more_items_than_a_lane),
        cmocka_unit_test(test_heavy_weights_are_exact),
        cmocka_unit_test(test_a_contrast_that_does_not_fit_is_blank),
        cmocka_unit_test(test_weights_that_cannot_be_summed_are_refused),
        cmocka_unit_test(test_strata_are_kept_apart),
        cmocka_unit_test(test_stops_when_asked),
        cmocka_unit_test(test_no_rows),
        cmocka_unit_test(test_too_many_groups_are_refused),
        cmocka_unit_test(test_every_failing_allocation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
