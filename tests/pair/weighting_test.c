/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pair/weighting.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "model/answers_builder.h"
#include "support/digits.h"
#include "support/job_fixture.h"

enum { SEX, AGE, SEGMENTS };

static const struct segment segments[SEGMENTS] = {{"sex"}, {"age"}};
static const struct margin_category by_sex[] = {{"m", {49, 0}}, {"f", {51, 0}}};
static const struct margin_category by_age[] = {{"young", {55, 2}}, {"old", {45, 2}}};
static const struct margin margins[] = {{SEX, by_sex, 2}, {AGE, by_age, 2}};

static struct study people_study(void)
{
    return (struct study){.title = "people",
                          .source = "people.json",
                          .columns = {.respondent = "id", .segments = segments, .segment_count = SEGMENTS},
                          .margins = margins,
                          .margin_count = 2};
}

/* One person; NULL: no value. */
struct person {
    const char *sex, *age;
    double weight;
};

static const struct answers *answers_of(struct job *job, const struct study *study, const struct person *people, uint32_t count)
{
    struct answers_builder *builder;
    const struct answers *answers;
    assert_ok(job, answers_begin(&job->ctx, study, &builder));
    for (uint32_t i = 0; i < count; i++) {
        struct answers_row row;
        assert_ok(job, answers_add(&job->ctx, builder, &row));
        if (people[i].sex)
            assert_ok(job, answers_segment_value(&job->ctx, builder, SEX, span_of(people[i].sex), &row.segments[SEX]));
        if (people[i].age)
            assert_ok(job, answers_segment_value(&job->ctx, builder, AGE, span_of(people[i].age), &row.segments[AGE]));
        if (row.weight)
            *row.weight = (int64_t)(people[i].weight * 0x1p40);
    }
    assert_ok(job, answers_end(&job->ctx, builder, &answers));
    return answers;
}

static double weight_of(const struct answers *answers, uint32_t i)
{
    return (double)answers->chunks[i / ANSWERS_CHUNK_ROWS].weights[i % ANSWERS_CHUNK_ROWS] / 0x1p40;
}

/* 16 young and 10 old men, 4 young and 10 old women, as the sheet of formulas has them, over and over. */
static void sheet_fill(struct person *people, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        uint32_t at = i % 40;
        people[i] = (struct person){at < 26 ? "m" : "f", at < 16 || (at >= 26 && at < 30) ? "young" : "old", 1};
    }
}

/* The weights of the sheet, 2.5 times smaller since their mean is 1, and the sentence that tells what they cost */
static void weights_are_those_of_the_sheet(void **state)
{
    (void)state;
    struct job job;
    struct person people[40];
    const struct answers *weighted;
    const struct study study = people_study();
    job_begin(&job);
    sheet_fill(people, 40);
    const struct answers *answers = answers_of(&job, &study, people, 40);
    assert_ok(&job, weights_make(&job.ctx, answers, &weighted));
    assert_digits(weight_of(weighted, 0) * 2.5, 2.19835722, 8.5);
    assert_digits(weight_of(weighted, 16) * 2.5, 1.38262845, 8.5);
    assert_digits(weight_of(weighted, 26) * 2.5, 4.95657113, 8.5);
    assert_digits(weight_of(weighted, 39) * 2.5, 3.11737155, 8.5);
    assert_int_equal(weighted->note_count, 1);
    assert_string_equal(weighted->notes[0].english,
                        "Weighted to the known shares of \"sex\", \"age\": weights from 0.55 to 1.98 times their "
                        "mean, design effect 1.17, so that 40 answers tell as much as 34 of equal weight.");
    /* "a copy of the answers": what was read has no weights still */
    assert_null(answers->chunks[0].weights);
    assert_int_equal(answers->note_count, 0);
    /* without margins they are the answers themselves */
    struct study plain = people_study();
    plain.margin_count = 0;
    const struct answers *same = answers_of(&job, &plain, people, 40);
    assert_ok(&job, weights_make(&job.ctx, same, &weighted));
    assert_ptr_equal(weighted, same);
    job_end(&job);
}

/* "An encounter's weight depends on its values of these segments and its weight before, on nothing else" */
static void the_order_of_rows_does_not_matter(void **state)
{
    (void)state;
    enum { COUNT = 5000 };
    static struct person people[COUNT], turned[COUNT];
    struct job job;
    const struct answers *a, *b;
    struct study study = people_study();
    study.columns.weight = "w";
    job_begin(&job);
    sheet_fill(people, COUNT);
    for (uint32_t i = 0; i < COUNT; i++) {
        people[i].weight = .25 * (1 + i * i % 7);
        people[i].sex = i % 50 == 3 ? NULL : people[i].sex;
        turned[COUNT - 1 - i] = people[i];
    }
    assert_ok(&job, weights_make(&job.ctx, answers_of(&job, &study, people, COUNT), &a));
    assert_ok(&job, weights_make(&job.ctx, answers_of(&job, &study, turned, COUNT), &b));
    for (uint32_t i = 0; i < COUNT; i++)
        assert_true(weight_of(a, i) == weight_of(b, COUNT - 1 - i));
    job_end(&job);
}

/* "Encounters without a value are a category of their own, which keeps the share that it has" */
static void no_value_keeps_its_share(void **state)
{
    (void)state;
    struct job job;
    struct person people[40];
    const struct answers *weighted;
    const struct study study = people_study();
    double sum = 0, men = 0, women = 0, young = 0, nobody = 0;
    job_begin(&job);
    sheet_fill(people, 40);
    people[3].sex = people[30].sex = people[31].sex = NULL;
    people[31].age = NULL;
    assert_ok(&job, weights_make(&job.ctx, answers_of(&job, &study, people, 40), &weighted));
    for (uint32_t i = 0; i < 40; i++) {
        double weight = weight_of(weighted, i);
        sum += weight;
        *(people[i].sex == NULL ? &nobody : people[i].sex[0] == 'm' ? &men : &women) += weight;
        young += people[i].age && people[i].age[0] == 'y' ? weight : 0;
    }
    assert_digits(sum, 40, 10);
    assert_digits(nobody, 3, 10);
    assert_digits(men, 37 * .49, 10);
    assert_digits(women, 37 * .51, 10);
    assert_digits(young, 39 * .55, 10);
    assert_int_equal(weighted->note_count, 2);
    assert_string_equal(weighted->notes[1].english,
                        "Without a value: 3 of \"sex\", 1 of \"age\"; in weighting they keep the share that they have.");
    job_end(&job);
}

static void assert_refused(const struct study *study, const struct person *people, uint32_t count, const char *sentence)
{
    struct job job;
    const struct answers *weighted;
    job_begin(&job);
    assert_int_equal(weights_make(&job.ctx, answers_of(&job, study, people, count), &weighted), STATUS_DATA);
    assert_string_equal(job.ctx.error.sentence, sentence);
    job_end(&job);
}

/* "a value that margins does not name, a category that nobody is in, margins that cannot be met together, or a weight beyond what
 * is held" */
static void bad_margins_are_refused_with_a_sentence(void **state)
{
    (void)state;
    struct study study = people_study();
    const struct person other[] = {{"m", "old", 1}, {"f", "young", 1}, {"x", "old", 1}};
    assert_refused(
        &study, other, 3,
        "\"sex\" has the value \"x\", which \"margins\" does not name; add it with its share, or list it under missing.");
    const struct person young[] = {{"m", "young", 1}, {"f", "young", 1}};
    assert_refused(
        &study, young, 2,
        "Nobody has the value \"old\" of \"age\", so its share in \"margins\" cannot be met; leave it out, or join it with "
        "another in the file of answers.");
    const struct person apart[] = {{"m", "young", 1}, {"m", "young", 1}, {"f", "old", 1}};
    assert_refused(
        &study, apart, 3,
        "The margins cannot be met together: after 100 rounds \"m\" of \"sex\" is still 12 % away from its share; join small "
        "categories, or leave out a margin.");
    static const struct margin_category rare[] = {{"m", {1, 15}}, {"f", {999, 0}}};
    static const struct margin lopsided = {SEX, rare, 2};
    study.margins = &lopsided;
    study.margin_count = 1;
    assert_refused(
        &study, apart, 3,
        "A weight of 1.5e-18 comes out of the margins, and weights lie above 0 and below 4194304; join small categories, or "
        "write \"trim_weights\": true.");
}

/* `"trim_weights": true`: said in the sentence; the shares are met all the same */
static void weights_are_trimmed_on_request(void **state)
{
    (void)state;
    static const struct margin_category shares[] = {{"m", {5, 0}}, {"f", {95, 0}}};
    static const struct margin one = {SEX, shares, 2};
    struct job job;
    struct person people[40];
    const struct answers *weighted;
    struct study study = people_study();
    study.margins = &one;
    study.margin_count = 1;
    study.trim_weights = true;
    job_begin(&job);
    sheet_fill(people, 40);
    assert_ok(&job, weights_make(&job.ctx, answers_of(&job, &study, people, 40), &weighted));
    assert_non_null(strstr(weighted->notes[0].english, "(some were trimmed)"));
    assert_digits(weight_of(weighted, 0) * 26, 2, 10);
    job_end(&job);
}

/* "fails STATUS_MEMORY": any allocation may fail */
static void any_allocation_may_fail(void **state)
{
    (void)state;
    struct job job;
    struct person people[40];
    const struct answers *weighted;
    const struct study study = people_study();
    enum status status = STATUS_MEMORY;
    job_begin(&job);
    sheet_fill(people, 40);
    const struct answers *answers = answers_of(&job, &study, people, 40);
    struct arena *home = job.ctx.arena;
    for (uint64_t failing = 1; status != STATUS_OK; failing++) {
        struct arena *piece = NULL;
        assert_ok(&job, arena_create(home, &piece));
        job.ctx.arena = piece;
        memory_fail_at(failing, false);
        status = weights_make(&job.ctx, answers, &weighted);
        memory_fail_at(0, false);
        if (status != STATUS_OK)
            assert_int_equal(status, STATUS_MEMORY);
        arena_destroy(piece);
        job.ctx.arena = home;
    }
    job_end(&job);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weights_are_those_of_the_sheet), cmocka_unit_test(the_order_of_rows_does_not_matter),
        cmocka_unit_test(no_value_keeps_its_share),       cmocka_unit_test(bad_margins_are_refused_with_a_sentence),
        cmocka_unit_test(weights_are_trimmed_on_request), cmocka_unit_test(any_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
