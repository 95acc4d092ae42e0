/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "support/document_text.h"

static struct table *classes(struct hand *hand, const char *measure, const char *column, const char *const *words)
{
    struct table *table = hand_table(hand, measure, NULL);
    for (uint32_t i = 0; words[i]; i++)
        hand_text(table, hand_row(hand, table, hand->ids[i]), column, words[i]);
    return table;
}

/* Each class is said in words, with at most three of its items by name; a class without items is not mentioned. */
static void the_classes_are_said_in_words(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 5);
    assert_string_equal(section_text(&hand, "delight"), "");
    (void)classes(&hand, "kano", "category",
                  (const char *const[]){"must-be", "attractive", "attractive", "attractive", "attractive", NULL});
    assert_string_equal(section_text(&hand, "delight"),
                        "## Service or delight\n"
                        "* Taken for granted, and missed at once when it is not there: “item one”.\n"
                        "* A pleasant surprise, not missed when it is not there: “item two”, “item three”, “item four” and 1 "
                        "more.\n"
                        "folded kano: Service or delight, by Kano's questions\n");
    hand_end(&hand);
}

/* What is not sure is not told as if it were. */
static void what_is_not_settled_is_said(void **state)
{
    (void)state;
    static const char *const certainties[] = {"clear", "undecided", "mixed"}, *const settled[] = {"unsettled", "settled",
                                                                                                  "settled"};
    struct hand hand;
    hand_begin(&hand, 3);
    struct table *kano = classes(&hand, "kano", "category", (const char *const[]){"must-be", "attractive", "must-be", NULL});
    struct table *marks =
        classes(&hand, "penalty_reward", "class", (const char *const[]){"hybrid", "delighter", "delighter", NULL});
    for (uint32_t r = 0; r < 3; r++) {
        hand_text(kano, &kano->rows[r], "certainty", certainties[r]);
        hand_text(marks, &marks->rows[r], "outcome", "satisfaction");
        hand_text(marks, &marks->rows[r], "settled", settled[r]);
    }
    assert_string_equal(
        section_text(&hand, "delight"),
        "## Service or delight\n"
        "* Taken for granted, and missed at once when it is not there: “item one”.\n"
        "* Customers are of several minds: “item three”.\n"
        "* These answers do not settle what it is to customers: “item two”.\n"
        "* A high mark goes with higher satisfaction, a low one with hardly any lower: “item two” and “item three”.\n"
        "* Marks do not settle whether it annoys or pleases more: “item one”.\n"
        "folded kano: Service or delight, by Kano's questions\n"
        "folded penalty_reward: Penalty and reward\n");
    hand_end(&hand);
}

/* "goes with", never "causes"; of several outcomes the first. */
static void penalties_and_rewards_go_with_an_outcome(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 3);
    struct table *table =
        classes(&hand, "penalty_reward", "class", (const char *const[]){"frustrator", "delighter", "no impact", NULL});
    for (uint32_t r = 0; r < 3; r++)
        hand_text(table, &table->rows[r], "outcome", "satisfaction");
    struct row *other = hand_row(&hand, table, "q3");
    hand_text(table, other, "outcome", "recommend");
    hand_text(table, other, "class", "delighter");
    assert_string_equal(section_text(&hand, "delight"),
                        "## Service or delight\n"
                        "* A low mark goes with lower satisfaction, a high one with hardly any higher: “item one”.\n"
                        "* A high mark goes with higher satisfaction, a low one with hardly any lower: “item two”.\n"
                        "folded penalty_reward: Penalty and reward\n");
    hand_end(&hand);
}

/* Without a class to tell of there is no section; "list disagreements instead of averaging". */
static void disagreements_are_named(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 3);
    (void)classes(&hand, "tetraclasse", "class", (const char *const[]){"key", NULL});
    assert_string_equal(section_text(&hand, "delight"), "");
    (void)classes(&hand, "delight_agreement", "verdict", (const char *const[]){"basic", "differ", "differ", NULL});
    assert_string_equal(section_text(&hand, "delight"),
                        "## Service or delight\n"
                        "* All methods say that it annoys when it fails: “item one”.\n"
                        "* The methods differ on “item two” and “item three”: they ask different things, so read each.\n"
                        "folded tetraclasse: Service or delight, by good and bad marks\n"
                        "folded delight_agreement: Service or delight: do the methods agree?\n");
    hand_end(&hand);
}

static void the_zone_names_where_most_fail(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 3);
    struct table *table = hand_table(&hand, "zone_delight", NULL);
    for (uint32_t i = 0; i < 3; i++) {
        struct row *row = hand_row(&hand, table, hand.ids[i]);
        if (i < 2) {
            hand_number(table, row, "failure_share", 0.1 + 0.2 * i);
            hand_number(table, row, "delight_share", 0.05);
        }
    }
    assert_non_null(strstr(section_text(&hand, "delight"), "* On “item two” 30 of 100 customers got less than they accept and 5 "
                                                           "more than they wish for; n = 100.\n"));
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_classes_are_said_in_words),
        cmocka_unit_test(what_is_not_settled_is_said),
        cmocka_unit_test(penalties_and_rewards_go_with_an_outcome),
        cmocka_unit_test(disagreements_are_named),
        cmocka_unit_test(the_zone_names_where_most_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
