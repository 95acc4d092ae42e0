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
        "Do not call the one undecided item short or met. Next: look into “item one”; ask again after the change.\n"
        "100 customers took part: 100 told both what they expected and what they got, 7 only what they expected, 3 only what "
        "they got. That makes 400 pairs of answers.\n"
        "Expectations: what will happen, asked in the same sitting as the experience.\n");
    hand_number(table, &table->rows[1], "share_short", 0.96);
    assert_non_null(
        strstr(section_text(&hand, "opening"), "\n* More than 9 of 10 customers got less than expected on “item two”: 96 %"));
    hand_number(table, &table->rows[1], "share_short", 1);
    assert_non_null(strstr(section_text(&hand, "opening"), "\n* 10 of 10 customers got less than expected on “item two”: 100 %"));
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

/* "change since the last wave; branches that clearly differ (no league table)" */
static void what_changed_and_who_differs(void **state)
{
    (void)state;
    static const char *const others[] = {"Sud", "Ost"};
    struct hand hand;
    hand_begin(&hand, 4);
    (void)hand_gaps(&hand, gaps);
    struct table *change = hand_table(&hand, "gap_change", NULL), *pairs = hand_table(&hand, "group_pairs", NULL);
    struct row *row = hand_row(&hand, change, "overall");
    hand_number(change, row, "gap_old", -0.4);
    hand_number(change, row, "gap_new", -0.1);
    hand_number(change, row, "change", 0.3);
    hand_number(change, row, "ci_low", 0.1);
    hand_number(change, row, "ci_high", 0.5);
    hand_number(change, row, "p_holm", 0.01);
    for (uint32_t i = 0; i < 2; i++) {
        row = hand_row(&hand, pairs, "branch");
        hand_text(pairs, row, "subject", "overall");
        hand_text(pairs, row, "group_a", "Nord");
        hand_text(pairs, row, "group_b", others[i]);
        hand_number(pairs, row, "gap_a", -0.5);
        hand_number(pairs, row, "gap_b", 0.1 * i);
        hand_number(pairs, row, "difference", 0.5 + 0.1 * i);
        hand_number(pairs, row, "ci_low", 0.2);
        hand_number(pairs, row, "ci_high", 0.9);
        hand_number(pairs, row, "p", 0.001);
    }
    assert_non_null(
        strstr(section_text(&hand, "opening"),
               "* The overall gap changed by +0.30 [0.10, 0.50] since the older answers, from −0.40 to −0.10: a change "
               "is shown (p 0.010).\n"
               "* Nord and Ost differ overall: −0.50 against 0.10, a difference of 0.60 [0.20, 0.90].\n"
               "Do not call"));
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

/* "importance", of the item or of its dimension */
static void the_worst_items_carry_their_importance(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 4);
    struct table *table = hand_gaps(&hand, gaps);
    struct table *weighted = hand_table(&hand, "weighted_gap", NULL);
    struct row *row = hand_row(&hand, weighted, "q1");
    hand_number(weighted, row, "rating", 6.24);
    hand_number(weighted, row, "weight", 30);
    assert_non_null(strstr(section_text(&hand, "opening"), "“item one”: 44 % [35, 54]. Its importance is rated 6.2.\n"));
    assert_non_null(strstr(section_text(&hand, "opening"), "“item four”: 44 % [35, 54].\n"));
    hand_blank(weighted, row, "item", REASON_NOT_APPLICABLE);
    hand_text(weighted, row, "dimension", "care");
    hand_text(table, &table->rows[0], "dimension", "care");
    assert_non_null(strstr(section_text(&hand, "opening"), "[35, 54]. Its dimension has 30 of 100 points of importance.\n"));
    hand_end(&hand);
}

/* "what not to conclude; next step", by rule */
static void what_not_to_conclude(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 4);
    struct table *table = hand_gaps(&hand, gaps);
    hand_contrasts(&hand, "q1", (const char *const[]){"q2", "yes", "q3", "no", "q4", "no", NULL});
    hand_text(table, &table->rows[1], "verdict", "undecided");
    assert_non_null(strstr(section_text(&hand, "opening"),
                           "Do not rank the 2 undecided items, and do not call them short or met. Next: look into “item one” and "
                           "the items that cannot be told apart from it; ask again after the change.\n"));
    hand_text(table, &table->rows[1], "verdict", "met");
    hand_text(table, &table->rows[3], "verdict", "met");
    assert_non_null(strstr(section_text(&hand, "opening"), "Do not rank the largest shortfalls: they cannot be told apart. "));
    hand_text(table, &table->rows[0], "verdict", "met"); /* the ties are those of the lowest mean, which is not short here */
    assert_non_null(
        strstr(section_text(&hand, "opening"), "Do not compare these gaps with a study that asked other questions. "));
    hand_text(table, &table->rows[2], "verdict", "short");
    assert_non_null(strstr(section_text(&hand, "opening"), "Next: look into “item three”; ask again after the change.\n"));
    hand_text(table, &table->rows[2], "verdict", "above");
    hand_text(hand.tables[1], &hand.tables[1]->rows[0], "tied", "no");
    assert_non_null(strstr(section_text(&hand, "opening"), "asked other questions. Next: keep to what is done; ask again"));
    hand_text(table, &table->rows[0], "verdict", "undecided");
    assert_non_null(strstr(section_text(&hand, "opening"), "Next: ask more customers before anything is changed.\n"));
    hand_number(table, &table->rows[1], "gap", -2); /* what everybody misses by the same is looked into before more are asked */
    hand_blank(table, &table->rows[1], "ci_simultaneous_low", REASON_NO_VARIANCE);
    hand_number(table, &table->rows[3], "gap", -0.5);
    hand_blank(table, &table->rows[3], "ci_simultaneous_low", REASON_NO_VARIANCE);
    assert_non_null(strstr(section_text(&hand, "opening"), "Next: look into “item two”; ask again after the change.\n"));
    hand_number(table, &table->rows[1], "ci_simultaneous_low", -0.1);
    hand_number(table, &table->rows[3], "ci_simultaneous_low", -0.1);
    hand_text(table, &table->rows[0], "verdict", "met");
    static const char *const by[] = {"branch"};
    struct table *groups = hand_table(&hand, "overall_gap", by);
    (void)hand_group_row(&hand, groups, "", "Oslo", 40);
    assert_non_null(strstr(section_text(&hand, "opening"), "Do not rank the groups: "));
    hand_end(&hand);
}

/* "n invited, dates, owner": each where it is known, days of fewer people than a group must have never */
static void fieldwork_and_owner(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 4);
    (void)hand_gaps(&hand, gaps);
    assert_null(strstr(section_text(&hand, "opening"), "invited"));
    assert_null(strstr(section_text(&hand, "opening"), "dated"));
    hand.study.owner = "Service desk";
    assert_non_null(strstr(section_text(&hand, "opening"), "\nResponsible for this study: Service desk.\n"));
    hand.head.fieldwork = (struct fieldwork){.dated = true,
                                             .first_ms = INT64_C(1740873600000),
                                             .last_ms = INT64_C(1741046399999),
                                             .invited = 1200,
                                             .invited_answered = 804};
    assert_non_null(
        strstr(section_text(&hand, "opening"),
               "\nInvited by a personal link: 1200; of these 804 are among the answers (67 %). The answers are dated from "
               "2025-03-02 to 2025-03-03. Responsible for this study: Service desk.\n"));
    hand.head.fieldwork.last_ms = hand.head.fieldwork.first_ms + 1;
    hand.study.owner = NULL;
    assert_non_null(strstr(section_text(&hand, "opening"), "(67 %). The answers are dated 2025-03-02.\n"));
    hand.head.pairing.respondents = 4;
    hand.head.floor = 5;
    assert_null(strstr(section_text(&hand, "opening"), "dated"));
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(page_one),
        cmocka_unit_test(what_changed_and_who_differs),
        cmocka_unit_test(few_pairs_rank_nothing),
        cmocka_unit_test(kinds_are_typed),
        cmocka_unit_test(the_worst_items_carry_their_importance),
        cmocka_unit_test(what_not_to_conclude),
        cmocka_unit_test(fieldwork_and_owner),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
