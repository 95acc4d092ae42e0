/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report/sentences.h"
#include "support/hand_tables.h"

static const char *second(struct hand *hand)
{
    struct ctx *ctx = &hand->job.ctx;
    struct report_tables tables = hand_release(hand);
    struct headline headline;
    const char *text = NULL;
    assert_ok(&hand->job, headline_make(ctx, &hand->head, &tables, &headline));
    assert_ok(&hand->job, sentence_second(ctx, &hand->head, &tables, &headline, &text));
    return text;
}

/* The sentence of a study whose only table holds these gaps. */
static void assert_second(const struct hand_gap *gaps, const char *text)
{
    struct hand hand;
    hand_begin(&hand, 12);
    hand_gaps(&hand, gaps);
    if (text)
        assert_string_equal(second(&hand), text);
    else
        assert_null(second(&hand));
    hand_end(&hand);
}

/* "A not empty: 'X exceeds expectation most: +0.31 […].'" */
static void what_exceeds_most(void **state)
{
    (void)state;
    assert_second((const struct hand_gap[]){{"q1", -0.5, 0.1, "short"},
                                            {"q2", 0.25, 0.1, "above"},
                                            {"q3", 0.31, 0.1, "above"},
                                            {"q4", 0.5, 0.6, "undecided"},
                                            {.item = NULL}},
                  "“Item three” exceeds expectation most: +0.31 [0.16, 0.46]. Of all 4 items: 1 short, 2 above, 1 undecided.");
}

/* The first sentence has named it where nothing falls short. */
static void what_was_said_is_not_said_again(void **state)
{
    (void)state;
    assert_second((const struct hand_gap[]){{"q1", 0.25, 0.1, "above"}, {"q2", 0.0, 0.1, "met"}, {.item = NULL}},
                  "Expectations are met on “item two” (within 0.33 points). Of all 2 items: 1 above, 1 met.");
    assert_second((const struct hand_gap[]){{"q1", 0.25, 0.1, "above"}, {"q2", 0.3, 0.1, "above"}, {.item = NULL}},
                  "All items exceed expectation.");
    assert_second((const struct hand_gap[]){{"q1", -0.25, 0.1, "short"}, {.item = NULL}}, NULL);
}

/* "only M: 'Expectations are met on … (within 0.33 points).'"; the pharmacy: "1 short, 4 met, 7 undecided" */
static void what_is_met(void **state)
{
    (void)state;
    static const struct hand_gap pharmacy[] = {
        {"q1", -0.44, 0.1, "short"}, {"q2", 0.0, 0.1, "met"},        {"q3", 0.1, 0.1, "met"},        {"q4", -0.1, 0.1, "met"},
        {"q5", 0.0, 0.1, "met"},     {"q6", -0.2, 0.3, "undecided"}, {"q7", -0.2, 0.3, "undecided"}, {.item = NULL}};
    assert_second(pharmacy,
                  "Expectations are met on “item two”, “item three”, “item four” and “item five” (within 0.33 points). Of "
                  "all 7 items: 1 short, 4 met, 2 undecided.");
    static const struct hand_gap five[] = {
        {"q1", 0.01, 0.1, "met"}, {"q2", 0.0, 0.1, "met"},        {"q3", 0.1, 0.1, "met"}, {"q4", -0.1, 0.1, "met"},
        {"q5", 0.0, 0.1, "met"},  {"q6", -0.2, 0.3, "undecided"}, {.item = NULL}};
    assert_second(five,
                  "Expectations are met on “item one”, “item two”, “item three”, “item four” and 1 more (within 0.33 points).");
}

/* "all gaps negative: 'Smallest shortfall: Y, −0.05 […]', never 'best'" */
static void the_smallest_shortfall(void **state)
{
    (void)state;
    static const struct hand_gap negative[] = {
        {"q1", -0.44, 0.1, "short"}, {"q2", -0.05, 0.1, "undecided"}, {"q3", -0.3, 0.1, "short"}, {.item = NULL}};
    assert_second(negative, "Smallest shortfall: “item two”, −0.05 [−0.20, 0.10]. Of all 3 items: 2 short, 1 undecided.");
    assert_second((const struct hand_gap[]){{"q1", -0.44, 0.1, "short"}, {"q2", -0.5, 0.1, "short"}, {.item = NULL}},
                  "Smallest shortfall: “item one”, −0.44 [−0.59, −0.29].");
}

/* "otherwise: 'Undecided on 7 of 12 items: not shown short, not shown met.'" */
static void undecided(void **state)
{
    (void)state;
    static const struct hand_gap mixed[] = {
        {"q1", -0.44, 0.1, "short"}, {"q2", 0.05, 0.9, "undecided"}, {"q3", -0.3, 0.9, "undecided"}, {.item = NULL}};
    assert_second(mixed, "Undecided on 2 of 3 items: not shown short, not shown met. Of all 3 items: 1 short, 2 undecided.");
    assert_second((const struct hand_gap[]){{"q1", -0.1, 0.9, "undecided"}, {"q2", 0.1, 0.9, "undecided"}, {.item = NULL}},
                  "Undecided on 2 of 2 items: not shown short, not shown met.");
}

/* "fewer than 10 pairs … no item is ranked": there is no second sentence. */
static void few_pairs_have_none(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    struct table *gaps =
        hand_gaps(&hand, (const struct hand_gap[]){{"q1", -0.44, 0.1, "short"}, {"q2", 0.5, 0.1, "above"}, {.item = NULL}});
    for (uint32_t r = 0; r < 2; r++)
        hand_count(gaps, &gaps->rows[r], "n", 9);
    assert_null(second(&hand));
    hand_end(&hand);
}

/* "zone studies lead with 'Below the minimum on 3 items, …'" */
static void zones_lead(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    hand_gaps(&hand, (const struct hand_gap[]){{"q1", -0.44, 0.1, "short"}, {"q2", 0.5, 0.1, "above"}, {.item = NULL}});
    struct table *zone = hand_table(&hand, "zone", NULL);
    hand_text(zone, hand_row(&hand, zone, "q1"), "status", "below");
    hand_text(zone, hand_row(&hand, zone, "q2"), "status", "above");
    assert_string_equal(second(&hand), "Below the minimum on 1 item, above what is desired on 1. “Item two” exceeds expectation "
                                       "most: +0.50 [0.35, 0.65]. Of all 2 items: 1 short, 1 above.");
    hand_text(zone, &zone->rows[0], "status", "below_desired");
    assert_string_equal(second(&hand),
                        "Above what is desired on 1 item, below what is desired on 1. “Item two” exceeds expectation "
                        "most: +0.50 [0.35, 0.65]. Of all 2 items: 1 short, 1 above.");
    zone->row_count = 0;
    assert_string_equal(second(&hand),
                        "No item can be placed in the zone of tolerance. “Item two” exceeds expectation most: +0.50 "
                        "[0.35, 0.65]. Of all 2 items: 1 short, 1 above.");
    hand_end(&hand);
}

/* "if also inside δ add 'but small'", as in the first sentence. */
static void small_is_said_here_too(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    struct table *gaps =
        hand_gaps(&hand, (const struct hand_gap[]){{"q1", -0.44, 0.1, "short"}, {"q2", 0.25, 0.02, "above"}, {.item = NULL}});
    hand_text(gaps, &gaps->rows[1], "small", "yes");
    assert_string_equal(second(&hand),
                        "“Item two” exceeds expectation most: +0.25 [0.22, 0.28], but small: inside ±0.33 points. Of "
                        "all 2 items: 1 short, 1 above.");
    hand_end(&hand);
}

/* An item on which everybody gave the same difference is in none of the sets; nothing is called the most of all beside it. */
static void what_does_not_vary_is_counted_apart(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 3);
    struct table *gaps =
        hand_gaps(&hand, (const struct hand_gap[]){
                             {"q1", 2, 0, "undecided"}, {"q2", 0.31, 0.1, "above"}, {"q3", -0.44, 0.1, "short"}, {.item = NULL}});
    hand_blank(gaps, &gaps->rows[0], "ci_simultaneous_low", REASON_NO_VARIANCE);
    hand_blank(gaps, &gaps->rows[0], "ci_simultaneous_high", REASON_NO_VARIANCE);
    assert_string_equal(second(&hand),
                        "“Item one” exceeds expectation most: +2.00 [no variance]. Of all 3 items: 1 short, 1 above, 1 "
                        "without variation.");
    hand_text(gaps, &gaps->rows[2], "verdict", "above");
    assert_string_equal(second(&hand), "All other items exceed expectation. Of all 3 items: 2 above, 1 without variation.");
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_is_said_here_too),
        cmocka_unit_test(what_does_not_vary_is_counted_apart),
        cmocka_unit_test(what_exceeds_most),
        cmocka_unit_test(what_was_said_is_not_said_again),
        cmocka_unit_test(what_is_met),
        cmocka_unit_test(the_smallest_shortfall),
        cmocka_unit_test(undecided),
        cmocka_unit_test(few_pairs_have_none),
        cmocka_unit_test(zones_lead),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
