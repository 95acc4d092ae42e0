/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "pair/pairing.h"
#include "support/digits.h"
#include "support/toy_study.h"

enum { PARTS = 4 };

/* One person with one item per dimension. */
struct person {
    struct toy_study toy;
    struct arena *arena;
    const struct importance_sum *sums; /* parts, then the overall */
};

static void person_make(struct person *person, enum importance_kind kind, uint32_t items)
{
    struct toy_wish wish = {.seed = 1, .rows = 1, .items = items, .dimensions = PARTS, .steps = 41, .importance = kind};
    toy_study_make(&person->toy, &wish);
}

static const struct importance_sum *person_overall(struct person *person)
{
    struct ctx ctx = {.threads = 1};
    const struct answers *answers;
    const struct pairs *pairs;
    struct plan plan = toy_plan(&person->toy, PAIRS_AVAILABLE);
    plan.set_count = 1;
    assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
    assert_int_equal(toy_study_answers(&ctx, &person->toy, NULL, &answers), STATUS_OK);
    assert_int_equal(pairs_make(&ctx, answers, &plan, &pairs), STATUS_OK);
    person->arena = ctx.arena;
    person->sums = pairs->sets[0].groups[0].importance;
    return &person->sums[pairs->sets[0].groups[0].importance_count - 1];
}

static void person_clear(struct person *person)
{
    arena_destroy(person->arena);
    toy_study_clear(&person->toy);
}

/* Points in sixteenths, so that a bound can be missed by a little; a gap in steps, of expectation 21. */
static void person_say(struct person *person, uint32_t part, int64_t sixteenths, int gap)
{
    struct toy_row *row = person->toy.rows;
    row->points[part] = sixteenths < 0 ? -1 : sixteenths << 16;
    row->codes[STANDARD_EXPECTATION][part] = 21;
    row->codes[STANDARD_PERCEPTION][part] = (uint16_t)(21 + gap);
}

static const struct importance_sum *say_points(struct person *person, const int64_t *sixteenths)
{
    static const int gaps[PARTS] = {-4, -12, -9, -3};
    person_make(person, IMPORTANCE_POINTS, PARTS);
    for (uint32_t part = 0; part < PARTS; part++) {
        person_say(person, part, sixteenths[part], gaps[part]);
    }
    return person_overall(person);
}

static double units(int128 value)
{
    return (double)value / 1048576;
}

/* F3: Σ (a/100) g; the plain mean of the gaps beside it. The sheet's example without its last dimension, whose 16 points
 * stand with the first: (27 × −.4 + 32 × −1.2 + 22 × −.9 + 19 × −.3)/100 = −.747. */
static void test_points_weigh_the_gaps(void **state)
{
    (void)state;
    struct person person;
    const struct importance_sum *overall = say_points(&person, (int64_t[]){27 * 16, 32 * 16, 22 * 16, 19 * 16});
    assert_int_equal(overall->blank, REASON_NONE);
    assert_int_equal(overall->index, UINT32_MAX);
    assert_int_equal(overall->all.n, 1);
    assert_int_equal(overall->rescaled, 0);
    assert_digits(units(overall->weighted), -7.47, 6);
    assert_digits(units(overall->gap), -7.0, 15);
    assert_digits(units(overall->share), 1.0, 15);
    assert_digits(units(person.sums[1].share), 0.32, 5);
    assert_digits(units(person.sums[1].weighted), 0.32 * -12, 6);
    assert_digits(units(person.sums[1].performance), 8.0, 15);
    assert_digits(units(person.sums[1].weighted_performance), 0.32 * 8, 6);
    person_clear(&person);
}

/* F3: "If the points sum to 95–105: rescale and flag; otherwise treat as missing." */
static void check_sum(int64_t sixteenths, bool counts)
{
    struct person person;
    const struct importance_sum *overall = say_points(&person, (int64_t[]){400, 400, 400, sixteenths - 1200});
    assert_int_equal(overall->all.n, counts);
    assert_int_equal(overall->rescaled, counts && sixteenths != 1600);
    assert_int_equal(overall->refused, !counts);
    if (counts) {
        double rest = (double)(sixteenths - 1200);
        assert_digits(units(overall->weighted), (400 * -25 - 3 * rest) / (double)sixteenths, 6);
    }
    person_clear(&person);
}

static void test_points_are_rescaled_or_refused(void **state)
{
    (void)state;
    check_sum(1600, true);
    check_sum(95 * 16, true);
    check_sum(95 * 16 - 1, false);
    check_sum(105 * 16, true);
    check_sum(105 * 16 + 1, false);
}

/* tally.h: "a missing cell beside a usable sum is 0 points"; nobody is refused who gave none. */
static void test_missing_points(void **state)
{
    (void)state;
    struct person person;
    const struct importance_sum *overall = say_points(&person, (int64_t[]){800, 800, -1, -1});
    assert_int_equal(overall->all.n, 1);
    assert_digits(units(overall->weighted), -8.0, 15);
    assert_int_equal(person.sums[2].all.n, 1);
    assert_true(person.sums[2].share == 0);
    person_clear(&person);
    overall = say_points(&person, (int64_t[]){-1, -1, -1, -1});
    assert_int_equal(overall->all.n, 0);
    assert_int_equal(overall->refused, 0);
    person_clear(&person);
}

/* F3: "renormalise over the answered dimensions when their points ≥ 50, else missing". */
static void check_unanswered(int64_t answered, bool counts)
{
    struct person person;
    person_make(&person, IMPORTANCE_POINTS, PARTS);
    person_say(&person, 0, answered, -4);
    person_say(&person, 1, 1600 - answered, -12);
    person_say(&person, 2, 0, 0);
    person_say(&person, 3, 0, 0);
    for (uint32_t part = 1; part < PARTS; part++) {
        person.toy.rows[0].codes[STANDARD_PERCEPTION][part] = 0;
    }
    const struct importance_sum *overall = person_overall(&person);
    assert_int_equal(overall->all.n, counts);
    assert_int_equal(overall->refused, !counts);
    if (counts) {
        assert_digits(units(overall->weighted), -4.0, 15);
        assert_digits(units(person.sums[0].share), 1.0, 15);
        assert_int_equal(person.sums[1].all.n, 0);
    }
    person_clear(&person);
}

static void test_unanswered_dimensions_give_their_points_to_the_others(void **state)
{
    (void)state;
    check_unanswered(800, true);
    check_unanswered(799, false);
}

/* F4: ΣI(P−E)/ΣI with I the rating's value; tally.h: "steps above the lowest when the scale goes below 0", then Σa > 0. */
static void test_ratings(void **state)
{
    (void)state;
    static const int gaps[PARTS] = {-4, -12, -9, -3};
    for (unsigned round = 0; round < 3; round++) {
        struct person person;
        person_make(&person, IMPORTANCE_RATING, PARTS);
        person.toy.scales[2].min.units = round == 0 ? 1 : -2;
        for (uint32_t item = 0; item < PARTS; item++) {
            person_say(&person, item, 0, gaps[item]);
            person.toy.rows[0].codes[STANDARD_IMPORTANCE][item] = (uint16_t)(round == 2 ? 1 : item + 2);
        }
        const struct importance_sum *overall = person_overall(&person);
        double expected = round == 0 ? (2 * -4 + 3 * -12 + 4 * -9 + 5 * -3) / 14.0 : (1 * -4 + 2 * -12 + 3 * -9 + 4 * -3) / 10.0;
        assert_int_equal(overall->all.n, round < 2);
        assert_int_equal(overall->refused, round == 2);
        if (round < 2) {
            assert_digits(units(overall->weighted), expected, 6);
            assert_true(person.sums[3].rating == 4);
        }
        person_clear(&person);
    }
}

/* tally.h: "rating: when at least half of the items that ask for all three have a pair and a rating". */
static void test_half_of_the_ratings_are_enough(void **state)
{
    (void)state;
    for (uint16_t rated = 1; rated <= 2; rated++) {
        struct person person;
        person_make(&person, IMPORTANCE_RATING, PARTS);
        for (uint32_t item = 0; item < PARTS; item++) {
            person_say(&person, item, 0, -2);
            person.toy.rows[0].codes[STANDARD_IMPORTANCE][item] = item < rated ? 3 : 0;
        }
        assert_int_equal(person_overall(&person)->all.n, rated == 2);
        person_clear(&person);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_points_weigh_the_gaps),
        cmocka_unit_test(test_points_are_rescaled_or_refused),
        cmocka_unit_test(test_missing_points),
        cmocka_unit_test(test_unanswered_dimensions_give_their_points_to_the_others),
        cmocka_unit_test(test_ratings),
        cmocka_unit_test(test_half_of_the_ratings_are_enough),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
