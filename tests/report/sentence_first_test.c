/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/measure.h"
#include "report/sentences.h"
#include "support/hand_tables.h"

/* The first sentence of a report, made from the tables so far. */
static const char *first(struct hand *hand)
{
    struct ctx *ctx = &hand->job.ctx;
    struct report_tables tables = hand_release(hand);
    struct headline headline;
    const char *text = NULL;
    assert_ok(&hand->job, headline_make(ctx, &hand->head, &tables, &headline));
    assert_ok(&hand->job, sentence_first(ctx, &hand->head, &tables, &headline, &text));
    return text;
}

#define assert_first(hand, text) assert_string_equal(first(hand), text)

/* "no perceptions | This study holds no experience answers, so no gap can be shown." */
static void no_perceptions(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    hand_unasked(&hand, STANDARD_PERCEPTION);
    assert_first(&hand, "This study holds no experience answers, so no gap can be shown.");
    hand_end(&hand);
    hand_begin(&hand, 2); /* asked, but nobody answered */
    hand.head.pairing.missing[STANDARD_PERCEPTION][MISSING_SKIPPED] = 150;
    hand.head.pairing.missing[STANDARD_PERCEPTION][MISSING_DECLARED] = 50;
    hand.head.pairing.pairs = 0;
    assert_first(&hand, "This study holds no experience answers, so no gap can be shown.");
    hand_end(&hand);
}

static void perception_row(struct hand *hand, struct table *table, const char *item, double mean)
{
    struct row *row = hand_row(hand, table, item);
    hand_count(table, row, "n", 212);
    hand_number(table, row, "mean", mean);
    hand_number(table, row, "ci_low", mean - 0.2);
    hand_number(table, row, "ci_high", mean + 0.2);
}

/* "perceptions only | No expectations were asked: this report ranks experience only. Lowest: X, 3.9 of 5 [3.7, 4.1], n = 212." */
static void perceptions_only(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 3);
    hand_unasked(&hand, STANDARD_EXPECTATION);
    struct table *table = hand_table(&hand, "perception", NULL);
    perception_row(&hand, table, "q1", 4.2);
    perception_row(&hand, table, "q2", 3.9);
    perception_row(&hand, table, "q3", 4.0);
    assert_first(&hand, "No expectations were asked: this report ranks experience only. Lowest: “item two”, 3.9 of 5 [3.7, 4.1], "
                        "n = 212.");
    hand_end(&hand);
}

/* Expectations were asked for and not one came: nothing is invented. */
static void no_expectation_was_answered(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    hand.head.pairing.missing[STANDARD_EXPECTATION][MISSING_SKIPPED] = 200;
    hand.head.pairing.pairs = 0;
    assert_first(&hand, "No expectation was answered, so no gap can be shown.");
    hand_end(&hand);
}

/* "unpaired | Different people answered; this compares two groups, not one customer's gap." */
static void unpaired(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    hand.head.pairing.pairs = hand.head.pairing.both = 0;
    hand.head.pairing.expectation_only = hand.head.pairing.perception_only = 50;
    assert_first(&hand, "Different people answered; this compares two groups, not one customer's gap.");
    hand_end(&hand);
}

/* "everything suppressed | No group is large enough to show (minimum 5)." */
static void everything_suppressed(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    struct table *gaps =
        hand_gaps(&hand, (const struct hand_gap[]){{"q1", -1, .2, "short"}, {"q2", -.5, .2, "short"}, {.item = NULL}});
    for (uint32_t r = 0; r < 2; r++)
        gaps->rows[r].support = gaps->rows[r].group_size = 4;
    hand.floor = 5;
    hand.floor_totals = true;
    assert_first(&hand, "No group is large enough to show (minimum 5).");
    hand_end(&hand);
}

static const struct hand_gap two_short[] = {{"q1", -1, .2, "short"}, {"q2", -.5, .2, "short"}, {.item = NULL}};

/* "fewer than 10 pairs | Only 8 customers answered both times: read the answers singly; no item is ranked." */
static void fewer_than_ten_pairs(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    struct table *gaps = hand_gaps(&hand, two_short);
    hand_count(gaps, &gaps->rows[0], "n", 8);
    hand_count(gaps, &gaps->rows[1], "n", 7);
    hand.head.pairing.both = 8;
    assert_first(&hand, "Only 8 customers answered both times: read the answers singly; no item is ranked.");
    hand_count(gaps, &gaps->rows[0], "n", 9);
    hand.head.pairing.both = 9;
    assert_first(&hand, "Only 9 customers answered both times: read the answers singly; no item is ranked.");
    hand_count(gaps, &gaps->rows[0], "n", 1);
    hand_count(gaps, &gaps->rows[1], "n", 1);
    hand.head.pairing.both = 1;
    assert_first(&hand, "Only 1 customer answered both times: read the answers singly; no item is ranked.");
    hand.head.repeats = true;
    hand_count(gaps, &gaps->rows[0], "n", 3);
    hand.head.pairing.both = 3;
    assert_first(&hand, "Only 3 visits were answered both times: read the answers singly; no item is ranked.");
    hand_count(gaps, &gaps->rows[0], "n", 10);
    assert_string_not_equal(first(&hand), "Only 10 visits answered both times: read the answers singly; no item is ranked.");
    /* many answered both times, but each left out other items */
    hand.head.pairing.both = 12;
    hand_count(gaps, &gaps->rows[0], "n", 9);
    assert_first(&hand, "No item has more than 9 pairs of answers: read the answers singly; no item is ranked.");
    hand_count(gaps, &gaps->rows[0], "n", 1);
    assert_first(&hand, "No item has more than 1 pair of answers: read the answers singly; no item is ranked.");
    hand_end(&hand);
}

static const struct hand_gap one_short[] = {
    {"q1", -0.1, 0.2, "undecided"}, {"q2", -0.44, 0.18, "short"}, {"q3", 0.1, 0.1, "met"}, {.item = NULL}};

/* "S not empty, T = {X} | X falls short most: −0.44 on the 1–5 scale [−0.71, −0.17]; 44 of 100 customers got less than expected."
 * "Intervals in the sentences are simultaneous" */
static void one_falls_short_most(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 3);
    struct table *gaps = hand_gaps(&hand, one_short);
    hand_contrasts(&hand, "q2", (const char *const[]){"q1", "no", "q3", "no", NULL});
    assert_first(
        &hand, "“Item two” falls short most: −0.44 on the 1–5 scale [−0.71, −0.17]; 44 of 100 customers got less than expected.");
    /* "if also inside δ add 'but small'", δ = (hi − lo)/12 */
    hand_text(gaps, &gaps->rows[1], "small", "yes");
    assert_first(&hand,
                 "“Item two” falls short most: −0.44 on the 1–5 scale [−0.71, −0.17], but small: inside ±0.33 points; 44 of "
                 "100 customers got less than expected.");
    /* a count that is hidden is not written as 0 */
    hand_text(gaps, &gaps->rows[1], "small", "no");
    hand_blank(gaps, &gaps->rows[1], "n_negative", REASON_SUPPRESSED);
    assert_first(&hand, "“Item two” falls short most: −0.44 on the 1–5 scale [−0.71, −0.17].");
    hand_end(&hand);
}

static const struct hand_gap many_short[] = {{"q1", -0.30, 0.1, "short"},    {"q2", -0.44, 0.1, "short"},
                                             {"q3", -0.40, 0.1, "short"},    {"q4", 0.00, 0.1, "met"},
                                             {"q5", 0.40, 0.5, "undecided"}, {.item = NULL}};

/* "S not empty, T larger | Shortfall is clear on 6 of 22 items; X has the largest (−0.44), not distinguishable from Y and Z." */
static void several_fall_short(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 5);
    struct table *gaps = hand_gaps(&hand, many_short);
    hand_contrasts(&hand, "q2", (const char *const[]){"q1", "yes", "q3", "yes", "q4", "no", "q5", "no", NULL});
    assert_first(&hand,
                 "Shortfall is clear on 3 of 5 items; “item two” has the largest (−0.44), not distinguishable from “item one” "
                 "and “item three”.");
    hand_text(gaps, &gaps->rows[1], "small", "yes"); /* said of the item that is small, not of those beside it */
    assert_first(&hand,
                 "Shortfall is clear on 3 of 5 items; “item two” has the largest (−0.44, but small: inside ±0.33 points), not "
                 "distinguishable from “item one” and “item three”.");
    hand_end(&hand);
}

/* "T = items whose paired difference from the worst is not Holm-significant": one that cannot be tested is one of them. */
static void what_cannot_be_compared_is_not_told_apart(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 3);
    struct table *gaps = hand_gaps(&hand, one_short);
    hand_contrasts(&hand, "q2", (const char *const[]){"q1", "no", "q3", "no", NULL});
    hand_blank(hand.tables[1], &hand.tables[1]->rows[1], "tied", REASON_FEW_CLUSTERS);
    assert_first(&hand, "Shortfall is clear on 1 of 3 items; “item two” has the largest (−0.44), not distinguishable from “item "
                        "three”.");
    hand_blank(gaps, &gaps->rows[2], "gap", REASON_NO_PAIRS); /* and one without a gap is not */
    assert_first(
        &hand, "“Item two” falls short most: −0.44 on the 1–5 scale [−0.71, −0.17]; 44 of 100 customers got less than expected.");
    hand.table_count = 1;
    assert_first(&hand,
                 "Shortfall is clear on 1 of 2 items; “item two” has the largest (−0.44), but it could not be compared with "
                 "the others.");
    hand_end(&hand);
}

/* The lowest mean need not be a clear one. */
static void the_lowest_mean_may_be_chance(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    hand_gaps(&hand, (const struct hand_gap[]){{"q1", -0.90, 0.8, "undecided"}, {"q2", -0.44, 0.1, "short"}, {.item = NULL}});
    hand_contrasts(&hand, "q1", (const char *const[]){"q2", "yes", NULL});
    assert_first(&hand,
                 "Shortfall is clear on 1 of 2 items, most on “item two” (−0.44); the lower mean of “item one” (−0.90) could "
                 "be chance.");
    hand_end(&hand);
}

/* "all items in S | the same, after 'All 22 items fall short.'" */
static void all_items_fall_short(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    hand_gaps(&hand, (const struct hand_gap[]){{"q1", -0.44, 0.18, "short"}, {"q2", -0.90, 0.1, "short"}, {.item = NULL}});
    hand_contrasts(&hand, "q2", (const char *const[]){"q1", "no", NULL});
    assert_first(&hand, "All 2 items fall short. “Item two” falls short most: −0.90 on the 1–5 scale [−1.05, −0.75]; 44 of 100 "
                        "customers got less than expected.");
    hand_end(&hand);
}

/* "S empty, A not | No shortfall could be shown; X exceeds expectation by +0.31 [0.08, 0.54]." */
static void only_above(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 3);
    struct table *gaps = hand_gaps(
        &hand, (const struct hand_gap[]){
                   {"q1", 0.2, 0.1, "above"}, {"q2", 0.31, 0.1, "above"}, {"q3", -0.5, 0.9, "undecided"}, {.item = NULL}});
    assert_first(&hand, "No shortfall could be shown; “item two” exceeds expectation by +0.31 [0.16, 0.46].");
    hand_text(gaps, &gaps->rows[1], "small", "yes");
    assert_first(
        &hand,
        "No shortfall could be shown; “item two” exceeds expectation by +0.31 [0.16, 0.46], but small: inside ±0.33 points.");
    hand_end(&hand);
}

/* "S and A empty, some M | 4 of 12 items meet expectation within 0.33 points; the other 8 are undecided." */
static void only_met(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 3);
    struct table *gaps = hand_gaps(
        &hand, (const struct hand_gap[]){
                   {"q1", 0.1, 0.1, "met"}, {"q2", 0.31, 0.4, "undecided"}, {"q3", -0.5, 0.9, "undecided"}, {.item = NULL}});
    assert_first(&hand, "1 of 3 items meets expectation within 0.33 points; the other 2 are undecided.");
    hand.items[2].scale = 1; /* a twelfth of another scale is another number */
    assert_first(&hand, "1 of 3 items meets expectation within one twelfth of the scale; the other 2 are undecided.");
    hand_text(gaps, &gaps->rows[1], "verdict", "met");
    assert_first(&hand, "2 of 3 items meet expectation within one twelfth of the scale; the other one is undecided.");
    hand_text(gaps, &gaps->rows[2], "verdict", "met");
    assert_first(&hand, "All 3 items meet expectation within one twelfth of the scale.");
    hand_end(&hand);
}

/* "all undecided | No difference could be shown in either direction; differences up to ±0.6 remain possible. (the largest
 * absolute limit)" */
static void all_undecided(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    hand_gaps(&hand, (const struct hand_gap[]){{"q1", 0.1, 0.4, "undecided"}, {"q2", -0.2, 0.4, "undecided"}, {.item = NULL}});
    assert_first(&hand, "No difference could be shown in either direction; differences up to ±0.80 remain possible.");
    hand_end(&hand);
    /* an interval may reach further than the scale of 1–5, a difference may not */
    hand_begin(&hand, 2);
    hand_gaps(&hand, (const struct hand_gap[]){{"q1", 0.1, 0.4, "undecided"}, {"q2", -0.2, 9, "undecided"}, {.item = NULL}});
    assert_first(&hand, "No difference could be shown in either direction; differences up to ±4.00 remain possible.");
    hand_end(&hand);
}

static void make_constant(struct table *gaps, uint32_t row, enum reason reason)
{
    hand_blank(gaps, &gaps->rows[row], "ci_simultaneous_low", reason);
    hand_blank(gaps, &gaps->rows[row], "ci_simultaneous_high", reason);
    hand_blank(gaps, &gaps->rows[row], "verdict", reason);
}

/* "constant gap | Every customer gave the same difference on X; no interval exists." */
static void constant_gap(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    struct table *gaps =
        hand_gaps(&hand, (const struct hand_gap[]){{"q1", 0, 0, "undecided"}, {"q2", -1, 0, "undecided"}, {.item = NULL}});
    make_constant(gaps, 0, REASON_NO_VARIANCE);
    make_constant(gaps, 1, REASON_NO_VARIANCE);
    assert_first(&hand, "On each of “item one” and “item two” every customer gave the same difference; no interval exists.");
    hand_blank(gaps, &gaps->rows[0], "gap", REASON_NO_PAIRS);
    assert_first(&hand, "Every customer gave the same difference on “item two”; no interval exists.");
    hand_number(gaps, &gaps->rows[0], "gap", 0);
    make_constant(gaps, 0, REASON_FEW_CLUSTERS); /* "fewer than 10 clusters, no p-value" is another reason and another sentence */
    make_constant(gaps, 1, REASON_FEW_CLUSTERS);
    assert_first(&hand, "Too few clusters for any test: the gaps below are described, none is shown to differ from expectation.");
    hand_end(&hand);
}

/* What everybody gave alike is no "undecided" item: "no difference could be shown" would be false of it. */
static void constant_gap_beside_others(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 3);
    struct table *gaps = hand_gaps(
        &hand, (const struct hand_gap[]){
                   {"q1", -2, 0, "undecided"}, {"q2", 0.1, 0.4, "undecided"}, {"q3", -0.44, 0.1, "short"}, {.item = NULL}});
    make_constant(gaps, 0, REASON_NO_VARIANCE);
    hand_contrasts(&hand, "q3", (const char *const[]){"q2", "no", NULL});
    assert_first(&hand,
                 "Every customer gave the same difference on “item one” (−2.00); no interval exists. Where answers differ: "
                 "“Item three” falls short most: −0.44 on the 1–5 scale [−0.59, −0.29]; 44 of 100 customers got less than "
                 "expected.");
    hand_text(gaps, &gaps->rows[2], "verdict", "met");
    assert_first(&hand,
                 "Every customer gave the same difference on “item one” (−2.00); no interval exists. Where answers differ: "
                 "1 of 2 items meets expectation within 0.33 points; the other one is undecided.");
    make_constant(gaps, 2, REASON_NO_VARIANCE);
    assert_first(&hand,
                 "On each of “item one” and “item three” every customer gave the same difference; no interval exists. Where "
                 "answers differ: No difference could be shown in either direction; differences up to ±0.70 remain possible.");
    hand_end(&hand);
}

/* "Sets over items that are not suppressed"; an item that was not asked both times is none of the sets either. */
static void items_without_a_gap_do_not_count(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 3);
    struct table *gaps = hand_gaps(&hand, many_short);
    gaps->row_count = 3;
    hand_blank(gaps, &gaps->rows[0], "gap", REASON_NOT_ASKED);
    hand_blank(gaps, &gaps->rows[0], "verdict", REASON_NOT_ASKED);
    hand_contrasts(&hand, "q2", (const char *const[]){"q3", "yes", NULL});
    assert_first(&hand, "All 2 items fall short; “item two” has the largest (−0.44), not distinguishable from “item three”.");
    hand_end(&hand);
}

static void zone_row(struct hand *hand, struct table *table, const char *item, const char *status)
{
    hand_text(table, hand_row(hand, table, item), "status", status);
}

/* "zone studies lead with 'Below the minimum on 3 items, inside the zone of tolerance on 14, undecided on 5.'" */
static void zone_studies_lead_with_the_zone(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 5);
    hand_unasked(&hand, STANDARD_EXPECTATION);
    struct table *zone = hand_table(&hand, "zone", NULL);
    zone_row(&hand, zone, "q1", "within");
    zone_row(&hand, zone, "q2", "within");
    zone_row(&hand, zone, "q3", "uncertain");
    assert_first(&hand, "Inside the zone of tolerance on 2 items, undecided on 1.");
    zone_row(&hand, zone, "q4", "below");
    assert_first(&hand, "Below the minimum on 1 item, inside the zone of tolerance on 2, undecided on 1.");
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_perceptions),
        cmocka_unit_test(perceptions_only),
        cmocka_unit_test(no_expectation_was_answered),
        cmocka_unit_test(unpaired),
        cmocka_unit_test(everything_suppressed),
        cmocka_unit_test(fewer_than_ten_pairs),
        cmocka_unit_test(one_falls_short_most),
        cmocka_unit_test(several_fall_short),
        cmocka_unit_test(what_cannot_be_compared_is_not_told_apart),
        cmocka_unit_test(the_lowest_mean_may_be_chance),
        cmocka_unit_test(all_items_fall_short),
        cmocka_unit_test(only_above),
        cmocka_unit_test(only_met),
        cmocka_unit_test(all_undecided),
        cmocka_unit_test(constant_gap),
        cmocka_unit_test(constant_gap_beside_others),
        cmocka_unit_test(items_without_a_gap_do_not_count),
        cmocka_unit_test(zone_studies_lead_with_the_zone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
