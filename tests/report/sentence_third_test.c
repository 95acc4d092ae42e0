/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/measure.h"
#include "report/sentences.h"
#include "support/hand_tables.h"

static const struct hand_gap plain[] = {{"q1", -0.44, 0.1, "short"}, {"q2", 0.1, 0.1, "met"}, {.item = NULL}};

static struct cautions cautions_of(struct hand *hand)
{
    struct report_tables tables = hand_release(hand);
    struct headline headline;
    struct cautions cautions;
    assert_ok(&hand->job, headline_make(&hand->job.ctx, &hand->head, &tables, &headline));
    assert_ok(&hand->job, cautions_find(&hand->job.ctx, &hand->head, &tables, &headline, &cautions));
    return cautions;
}

static const char *third(struct hand *hand)
{
    struct cautions cautions = cautions_of(hand);
    const char *text = NULL;
    assert_ok(&hand->job, sentence_third(&hand->job.ctx, &hand->head, &cautions, &text));
    return text;
}

static struct table *begin(struct hand *hand)
{
    hand_begin(hand, 2);
    hand->study.asked = ASKED_BEFORE;
    return hand_gaps(hand, plain);
}

#define NONE "No warning rule was triggered; this cannot exclude bias in who answered."

/* "10 none: 'No warning rule was triggered; this cannot exclude bias in who answered.'" */
static void none(void **state)
{
    (void)state;
    struct hand hand;
    (void)begin(&hand);
    assert_string_equal(third(&hand), NONE);
    hand_end(&hand);
}

/* "1 simulated data · 2 expectations recalled or asked in the same sitting, so gaps may be distorted" */
static void how_it_was_asked(void **state)
{
    (void)state;
    struct hand hand;
    (void)begin(&hand);
    hand.study.simulated = true;
    assert_string_equal(third(&hand), "The data are simulated.");
    hand.study.asked = ASKED_RECALLED;
    assert_string_equal(third(&hand), "The data are simulated. Expectations were recalled after the experience, so gaps may be "
                                      "distorted.");
    hand.study.simulated = false;
    hand.study.asked = ASKED_SAME_SITTING;
    assert_string_equal(third(&hand), "Expectations were asked in the same sitting as the experience, so gaps may be distorted.");
    hand_unasked(&hand, STANDARD_EXPECTATION); /* nothing was asked that could be distorted */
    assert_string_equal(third(&hand), NONE);
    hand_end(&hand);
}

/* "3 n < 30 or fewer than 10 clusters: 'Small study: n = 24; only gaps beyond about ±0.5 could be detected' (F28 at the adjusted
 * level)" */
static void small_study(void **state)
{
    (void)state;
    struct hand hand;
    struct table *gaps = begin(&hand);
    for (uint32_t r = 0; r < 2; r++) {
        hand_count(gaps, &gaps->rows[r], "n", 24);
        hand_number(gaps, &gaps->rows[r], "detectable", 0.41 + 0.1 * r);
    }
    assert_string_equal(third(&hand), "Small study: n = 24; only gaps beyond about ±0.5 could be detected.");
    hand_number(gaps, &gaps->rows[1], "detectable", 4); /* no gap on a scale of 1–5 is beyond it */
    assert_string_equal(third(&hand), "Small study: n = 24.");
    for (uint32_t r = 0; r < 2; r++)
        hand_blank(gaps, &gaps->rows[r], "detectable", REASON_NO_VARIANCE);
    assert_string_equal(third(&hand), "Small study: n = 24.");
    hand.table_count = 0; /* no expectation was asked: what stands in the place of the gaps is small too */
    struct table *zone = hand_table(&hand, "zone", NULL);
    hand_count(zone, hand_row(&hand, zone, "q1"), "n", 18);
    const char *const *asked = hand.study.columns.of_item[STANDARD_EXPECTATION];
    hand.study.columns.of_item[STANDARD_EXPECTATION] = NULL;
    assert_string_equal(third(&hand), "Small study: n = 18.");
    hand.study.columns.of_item[STANDARD_EXPECTATION] = asked;
    hand.tables[0] = gaps;
    hand_count(gaps, &gaps->rows[1], "n", 30);
    assert_string_equal(third(&hand), NONE);
    hand.head.clusters = 10;
    assert_string_equal(third(&hand), NONE);
    hand.head.clusters = 9;
    assert_string_equal(third(&hand), "Only 9 clusters: no test can be trusted below 10.");
    hand.head.clusters = 12;
    hand.head.strata = 3; /* 12 − 3 are left: as with 10 clusters */
    assert_string_equal(third(&hand), NONE);
    hand.head.clusters = 11;
    assert_string_equal(third(&hand),
                        "Only 11 clusters in 3 strata: no test can be trusted with fewer than 9 more clusters than strata.");
    hand_end(&hand);
}

/* "4 attrition: '41 % never answered the second time'" */
static void attrition(void **state)
{
    (void)state;
    struct hand hand;
    (void)begin(&hand);
    hand.head.pairing.both = 59;
    hand.head.pairing.expectation_only = 41;
    assert_string_equal(third(&hand), "41 % never answered the second time.");
    hand.head.pairing.both = 80;
    hand.head.pairing.expectation_only = 20; /* one in five is not yet a reason */
    assert_string_equal(third(&hand), NONE);
    hand.head.pairing.both = 0; /* two groups: nobody was to answer a second time */
    assert_string_equal(third(&hand), NONE);
    hand_end(&hand);
}

/* "6 gap_reliability < .70: 'Dimension D's gap is too noisy to compare individuals or small groups'" */
static void noisy_dimensions(void **state)
{
    (void)state;
    struct hand hand;
    (void)begin(&hand);
    struct table *dimensions = hand_table(&hand, "dimension_gap", NULL);
    hand_number(dimensions, hand_row(&hand, dimensions, "care"), "gap_reliability", 0.70);
    hand_number(dimensions, hand_row(&hand, dimensions, "speed"), "gap_reliability", 0.52);
    assert_string_equal(third(&hand),
                        "The gap of “Speed” is too noisy (reliability 0.52) to compare individuals or small groups.");
    hand_number(dimensions, &dimensions->rows[0], "gap_reliability", 0.66);
    assert_string_equal(third(&hand),
                        "The gaps of “Care” and “Speed” are too noisy (lowest reliability 0.52) to compare individuals "
                        "or small groups.");
    hand_end(&hand);
}

/* "7 ceiling > 30 %: '43 % already expected the top mark on X: for them the gap cannot be positive'" */
static void ceiling(void **state)
{
    (void)state;
    struct hand hand;
    struct table *gaps = begin(&hand);
    hand_number(gaps, &gaps->rows[0], "ceiling_share", 0.30);
    assert_string_equal(third(&hand), NONE);
    hand_number(gaps, &gaps->rows[0], "ceiling_share", 0.31);
    hand_number(gaps, &gaps->rows[1], "ceiling_share", 0.43);
    assert_string_equal(third(&hand), "43 % already expected the top mark on “item two”: for them the gap cannot be positive.");
    hand_end(&hand);
}

/* "8 straight-liners > 20 %": of those who answered that side */
static void straight_lining(void **state)
{
    (void)state;
    struct hand hand;
    (void)begin(&hand);
    hand.head.pairing.straight_expectation = 20;
    hand.head.pairing.straight_perception = 20;
    assert_string_equal(third(&hand), NONE);
    hand.head.pairing.perception_only = 20; /* 20 of the 80 who were asked before */
    assert_string_equal(third(&hand), "25 % gave one and the same answer to all expectation questions.");
    hand.head.pairing.perception_only = 0;
    hand.head.pairing.straight_perception = 24;
    assert_string_equal(third(&hand), "24 % gave one and the same answer to all experience questions.");
    hand_end(&hand);
}

/* One item with and without straight-liners. */
static void straight_row(struct hand *hand, struct table *table, const char *item, const char *verdict, const char *without)
{
    struct row *row = hand_row(hand, table, item);
    hand_number(table, row, "gap", -0.44);
    hand_number(table, row, "gap_without", -0.12);
    hand_count(table, row, "n", 100);
    hand_count(table, row, "n_without", 48);
    hand_text(table, row, "verdict", verdict);
    hand_text(table, row, "verdict_without", without);
    hand_text(table, row, "moved", verdict == without ? "no" : "yes");
}

/* "8 straight-liners …, or leaving them out moves a headline item to another set: both figures"; the worst item first */
static void straight_liners_move_an_item(void **state)
{
    (void)state;
    static const char *const verdicts[] = {"short", "undecided", "met"};
    struct hand hand;
    (void)begin(&hand);
    struct table *table = hand_table(&hand, "straight_lining", NULL);
    straight_row(&hand, table, "q1", verdicts[0], verdicts[0]);
    straight_row(&hand, table, "q2", verdicts[2], verdicts[2]);
    assert_string_equal(third(&hand), NONE);
    hand_text(table, &table->rows[1], "verdict_without", verdicts[1]);
    hand_text(table, &table->rows[1], "moved", "yes");
    assert_string_equal(third(&hand), "Without straight-liners “item two” is undecided instead of met: −0.12 (n = 48) against "
                                      "−0.44 (n = 100).");
    hand_text(table, &table->rows[0], "verdict_without", verdicts[1]);
    hand_text(table, &table->rows[0], "moved", "yes");
    assert_string_equal(third(&hand), "Without straight-liners 2 items come to another verdict; “item one” is then undecided "
                                      "instead of short of expectation: −0.12 (n = 48) against −0.44 (n = 100).");
    hand_end(&hand);
}

/* "9 '3 of 9 branches hidden (small groups)', never named" */
static void hidden_groups(void **state)
{
    (void)state;
    static const char *const by[] = {"branch"};
    static const char *const names[] = {"Nord", "Sud", "Ost", "West"};
    struct hand hand;
    (void)begin(&hand);
    for (unsigned t = 0; t < 2; t++) { /* two tables by the same segment are one reason */
        struct table *table = hand_table(&hand, t ? "dimension_gap" : "overall_gap", by);
        for (uint32_t i = 0; i < 4; i++)
            (void)hand_group_row(&hand, table, "care", names[i], i < 2 ? 3 + i : 40 + i);
    }
    hand.floor = 5;
    assert_string_equal(third(&hand), "2 of 4 groups of branch are hidden (small groups).");
    hand_end(&hand);
}

/* "5 gap validity inadequate: 'The gap score explains satisfaction worse than expectation and experience taken separately; do not
 * use it as one score'": by the verdict on the overall gap alone. */
static void the_gap_is_no_score(void **state)
{
    (void)state;
    struct hand hand;
    (void)begin(&hand);
    struct table *table = hand_table(&hand, "gap_validity", NULL);
    struct row *row = hand_row(&hand, table, "care");
    hand_text(table, row, "verdict", "inadequate");
    assert_string_equal(third(&hand), NONE);
    row = hand_row(&hand, table, "overall");
    hand_text(table, row, "outcome", "satisfaction");
    hand_text(table, row, "verdict", "undecided");
    assert_string_equal(third(&hand), NONE);
    hand_text(table, row, "verdict", "inadequate");
    assert_string_equal(third(&hand), "The gap score explains satisfaction worse than expectation and experience taken "
                                      "separately; do not use it as one score.");
    hand_end(&hand);
}

/* The same for crossed segments; hiding one of two alone would give it away. */
static void hidden_crossed_groups(void **state)
{
    (void)state;
    static const char *const by[] = {"branch", "sex"};
    struct hand hand;
    (void)begin(&hand);
    struct table *table = hand_table(&hand, "overall_gap", by);
    table->by_count = 2;
    static const char *const names[] = {"Nord", "Sud"};
    for (uint32_t i = 0; i < 2; i++)
        hand_group_row(&hand, table, "", names[i], 40 - 37 * i)->by[1] = "f";
    hand.floor = 5;
    assert_string_equal(third(&hand), "2 of 2 groups of branch × sex are hidden (small groups).");
    hand_end(&hand);
}

/* "at most two reasons for caution, in this order, then 'and 2 more, see Quality'" */
static void at_most_two_in_order(void **state)
{
    (void)state;
    struct hand hand;
    struct table *gaps = begin(&hand);
    hand.study.asked = ASKED_RECALLED;
    hand.head.clusters = 9;
    hand.head.pairing.expectation_only = 41;
    hand.head.pairing.both = 59;
    hand_number(gaps, &gaps->rows[0], "ceiling_share", 0.5);
    hand.head.pairing.straight_expectation = 50;
    const char *text =
        "Expectations were recalled after the experience, so gaps may be distorted. Only 9 clusters: no test can be "
        "trusted below 10. And 3 more, see Quality.";
    assert_string_equal(third(&hand), text);
    struct cautions cautions = cautions_of(&hand);
    assert_int_equal(cautions.count, 5);
    assert_string_equal(cautions.texts[2], "41 % said what they expected but not what they got."); /* in one sitting */
    assert_string_equal(cautions.texts[3],
                        "50 % already expected the top mark on “item one”: for them the gap cannot be positive.");
    assert_string_equal(cautions.texts[4], "50 % gave one and the same answer to all expectation questions.");
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(none),
        cmocka_unit_test(how_it_was_asked),
        cmocka_unit_test(small_study),
        cmocka_unit_test(attrition),
        cmocka_unit_test(noisy_dimensions),
        cmocka_unit_test(ceiling),
        cmocka_unit_test(straight_lining),
        cmocka_unit_test(straight_liners_move_an_item),
        cmocka_unit_test(hidden_groups),
        cmocka_unit_test(the_gap_is_no_score),
        cmocka_unit_test(hidden_crossed_groups),
        cmocka_unit_test(at_most_two_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
