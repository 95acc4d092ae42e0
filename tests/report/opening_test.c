/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "support/document_text.h"

static const struct hand_gap gaps[] = {{"q1", -0.44, 0.1, "short"},
                                       {"q2", 0.1, 0.1, "met"},
                                       {"q3", 0.3, 0.1, "above"},
                                       {"q4", -0.1, 0.5, "undecided"},
                                       {.item = NULL}};

/* "Page one holds: the three sentences; n invited, answered both times, paired …; 'x of 10 customers got less than expected' for
 * the three worst items with interval" */
static void page_one(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 4);
    hand.study.asked = ASKED_SAME_SITTING;
    struct table *table = hand_gaps(&hand, gaps);
    hand_contrasts(&hand, "q1", (const char *const[]){"q2", "no", "q3", "no", "q4", "no", NULL});
    hand_number(table, &table->rows[1], "share_short", 0.04);
    hand_number(table, &table->rows[1], "share_short_low", 0.01);
    hand_number(table, &table->rows[1], "share_short_high", 0.10);
    hand.head.pairing.expectation_only = 7;
    hand.head.pairing.perception_only = 3;
    assert_string_equal(
        section_text(&hand, "opening"),
        "> “Item one” falls short most: −0.44 on the 1–5 scale [−0.59, −0.29]; 44 of 100 customers got less than expected.\n"
        "> “Item three” exceeds expectation most: +0.30 [0.15, 0.45]. Of all 4 items: 1 short, 1 above, 1 met, 1 undecided.\n"
        "> Expectations were asked in the same sitting as the experience, so gaps may be distorted.\n"
        "* 4 of 10 customers got less than expected on “item one”: 44 % [35, 54].\n"
        "* 4 of 10 customers got less than expected on “item four”: 44 % [35, 54].\n"
        "* Fewer than 1 of 10 customers got less than expected on “item two”: 4 % [1, 10].\n"
        "100 customers took part: 100 told both what they expected and what they got, 7 only what they expected, 3 only what "
        "they got. That makes 400 pairs of answers.\n"
        "Expectations: what will happen, asked in the same sitting as the experience.\n");
    hand.head.repeats = true;
    hand.head.pairing.respondents = 60;
    assert_non_null(strstr(section_text(&hand, "opening"), "\n60 respondents on 100 visits: 100 told both what was expected"));
    hand.study.asked = ASKED_BEFORE;
    assert_non_null(strstr(section_text(&hand, "opening"), "\n60 respondents on 100 visits: 100 answered both times"));
    hand.head.pairing.respondents = hand.head.pairing.pairs = 1;
    const char *single = section_text(&hand, "opening");
    assert_non_null(strstr(single, "\n1 respondent on 100 visits: "));
    assert_non_null(strstr(single, "That makes 1 pair of answers.\n"));
    hand_end(&hand);
}

/* "fewer than 10 pairs: … no item is ranked" */
static void few_pairs_rank_nothing(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 4);
    struct table *table = hand_gaps(&hand, gaps);
    for (uint32_t r = 0; r < table->row_count; r++)
        hand_count(table, &table->rows[r], "n", 9);
    assert_null(strstr(section_text(&hand, "opening"), "* "));
    hand_end(&hand);
}

/* Every kind of expectation and time has its words. */
static void kinds_are_typed(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 4);
    hand_gaps(&hand, gaps);
    hand.study.expectation = EXPECTATION_EXCELLENT;
    hand.study.asked = ASKED_RECALLED;
    assert_non_null(strstr(section_text(&hand, "opening"),
                           "Expectations: what excellent providers do, asked after the encounter, "
                           "from memory.\n"));
    hand_unasked(&hand, STANDARD_EXPECTATION);
    const char *text = section_text(&hand, "opening");
    assert_null(strstr(text, "Expectations: "));
    assert_non_null(strstr(text, "100 respondents took part, on 100 customers.\n") ? text : strstr(text, "took part"));
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(page_one),
        cmocka_unit_test(few_pairs_rank_nothing),
        cmocka_unit_test(kinds_are_typed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
