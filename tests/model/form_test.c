/* SPDX-License-Identifier: GPL-3.0-or-later */
/* filling_pack: "The answers as bytes, in the order of the questions"; filling_unpack: "The way back". */
#include "model/form.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "base/chance.h"
#include "support/job_fixture.h"

static const struct scale five = {.id = "five", .steps = 5}, many = {.id = "many", .steps = 253};
static const char *const options[] = {"f", "m", "other"};

enum { QUESTIONS = 9 };

/* One question of each kind, and two more ratings. */
static struct form form_of(struct question questions[QUESTIONS], const struct scale *scale)
{
    const enum question_kind kinds[QUESTIONS] = {QUESTION_RATING,  QUESTION_RATING, QUESTION_RATING,
                                                 QUESTION_OUTCOME, QUESTION_NUMBER, QUESTION_POINTS,
                                                 QUESTION_CHOICES, QUESTION_TEXT,   QUESTION_CHOICE};
    for (uint32_t i = 0; i < QUESTIONS; i++)
        questions[i] = (struct question){
            .kind = kinds[i], .scale = i < 4 ? scale : NULL, .options = i >= 6 ? options : NULL, .option_count = i >= 6 ? 3 : 0};
    return (struct form){.questions = questions, .question_count = QUESTIONS};
}

static void assert_equal_given(const struct given *a, const struct given *b)
{
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->number, b->number);
    assert_true(span_equal(a->text, b->text));
}

/* A random answer that fits its question. */
static struct given given_draw(const struct question *question, uint64_t seed, uint64_t index)
{
    uint64_t what = chance_below(seed, index, 0, 6);
    if (what < 3)
        return (struct given){.kind = what == 0 ? GIVEN_NOTHING : what == 1 ? GIVEN_DECLARED : GIVEN_NOT_ASKED};
    if (question->scale)
        return (struct given){.kind = GIVEN_CODE, .number = (int64_t)chance_below(seed, index, 1, question->scale->steps) + 1};
    if (question->kind == QUESTION_CHOICE)
        return (struct given){.kind = GIVEN_CODE, .number = (int64_t)chance_below(seed, index, 1, 3) + 1};
    if (question->kind == QUESTION_CHOICES)
        return (struct given){.kind = GIVEN_SET, .number = (int64_t)chance_below(seed, index, 1, 8)};
    if (question->kind == QUESTION_TEXT) {
        static const char text[] = "schnell, aber \xC3\xBC"
                                   "berf\xC3\xBCllt";
        return (struct given){.kind = GIVEN_TEXT, .text = {text, chance_below(seed, index, 1, 2) ? sizeof text - 1u : 0}};
    }
    return (struct given){.kind = GIVEN_NUMBER, .number = (int64_t)chance_bits(seed, index, 1)};
}

static void fillings_come_back_equal(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 2000; seed++) {
        struct job job;
        struct question questions[QUESTIONS];
        struct given given[QUESTIONS];
        struct form form = form_of(questions, seed % 2 ? &five : &many);
        struct span bytes, again;
        struct filling back;
        job_begin(&job);
        for (uint32_t i = 0; i < QUESTIONS; i++)
            given[i] = given_draw(&questions[i], seed, i);
        assert_ok(&job, filling_pack(&job.ctx, &form, &(struct filling){given, QUESTIONS}, &bytes));
        assert_ok(&job, filling_unpack(&job.ctx, &form, bytes, &back));
        assert_int_equal(back.count, QUESTIONS);
        for (uint32_t i = 0; i < QUESTIONS; i++)
            assert_equal_given(&given[i], &back.given[i]);
        assert_ok(&job, filling_pack(&job.ctx, &form, &back, &again));
        assert_true(span_equal(bytes, again));
        job_end(&job);
    }
}

/* "fails STATUS_DATA when the bytes are not a filling of this form": cut at every length, longer by one, of the other width. */
static void other_bytes_are_refused(void **state)
{
    (void)state;
    struct job job;
    struct question questions[QUESTIONS], wider[QUESTIONS];
    struct form form = form_of(questions, &five), wide = form_of(wider, &many);
    struct given given[QUESTIONS] = {{.kind = GIVEN_CODE, .number = 5}};
    struct span bytes;
    struct filling back;
    given[7] = (struct given){.kind = GIVEN_TEXT, .text = span_of("text")};
    job_begin(&job);
    assert_ok(&job, filling_pack(&job.ctx, &form, &(struct filling){given, QUESTIONS}, &bytes));
    for (size_t length = 0; length < bytes.length; length++)
        assert_int_equal(filling_unpack(&job.ctx, &form, (struct span){bytes.at, length}, &back), STATUS_DATA);
    char *longer = arena_alloc(job.ctx.arena, bytes.length + 1u);
    memcpy(longer, bytes.at, bytes.length);
    assert_int_equal(filling_unpack(&job.ctx, &form, (struct span){longer, bytes.length + 1u}, &back), STATUS_DATA);
    assert_int_equal(filling_unpack(&job.ctx, &wide, bytes, &back), STATUS_DATA);
    longer[2] = 6; /* above the scale */
    assert_int_equal(filling_unpack(&job.ctx, &form, (struct span){longer, bytes.length}, &back), STATUS_DATA);
    job_end(&job);
}

/* "one fragment of a self-generated code; never stored as given" */
static void codes_are_not_packed(void **state)
{
    (void)state;
    struct job job;
    struct question question = {.kind = QUESTION_CODE};
    struct form form = {.questions = &question, .question_count = 1};
    struct given given = {.kind = GIVEN_TEXT, .text = span_of("maria")};
    struct span bytes;
    struct filling back;
    job_begin(&job);
    assert_ok(&job, filling_pack(&job.ctx, &form, &(struct filling){&given, 1}, &bytes));
    assert_null(memmem(bytes.at, bytes.length, "maria", 5));
    assert_ok(&job, filling_unpack(&job.ctx, &form, bytes, &back));
    assert_int_equal(back.given[0].kind, GIVEN_NOTHING);
    job_end(&job);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {cmocka_unit_test(fillings_come_back_equal),
                                              cmocka_unit_test(other_bytes_are_refused), cmocka_unit_test(codes_are_not_packed)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
