/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "support/document_text.h"

static struct row *verdict_row(struct hand *hand, struct table *table, const char *dimension, const char *verdict)
{
    struct row *row = hand_row(hand, table, dimension);
    hand_text(table, row, "outcome", "satisfaction");
    hand_text(table, row, "verdict", verdict);
    return row;
}

/* "Unless adequate, report E and P effects": the dimensions by their verdict, and both sides taken separately. */
static void dimensions_by_verdict_and_both_sides(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    assert_string_equal(section_text(&hand, "validity"), "");
    struct table *table = hand_table(&hand, "gap_validity", NULL);
    (void)verdict_row(&hand, table, "care", "adequate");
    (void)verdict_row(&hand, table, "speed", "undecided");
    struct row *row = verdict_row(&hand, table, "overall", "inadequate");
    hand_number(table, row, "b_expectation", -0.1);
    hand_number(table, row, "b_perception", 0.8);
    assert_string_equal(section_text(&hand, "validity"),
                        "## Is the gap a good score here?\n"
                        "* The gap stands for both answers on “Care”.\n"
                        "* The gap hides what expectation and experience tell apart on “overall”.\n"
                        "* Not decided on “Speed”.\n"
                        "* Taken separately, a point more of experience goes with 0.80 points of satisfaction, a point more of "
                        "expectation with −0.10; were the gap all that counts, the two would be equal and opposite.\n"
                        "table gap_validity: Is the gap a good score?\n");
    hand_end(&hand);
}

/* "If a direct item exists, report its correlation with g and which predicts S better." */
static void the_direct_answer_is_held_against_the_gap(void **state)
{
    (void)state;
    static const char *const better[] = {"direct", "gap", "undecided"};
    static const char *const said[] = {"* Asked directly whether it was better or worse than expected, the answer explains "
                                       "satisfaction more closely than the computed gap (R² 0.40 against 0.20; r between the two "
                                       "0.60, n = 100).\n",
                                       "* The computed gap explains satisfaction more closely than the direct answer",
                                       "* The direct answer whether it was better or worse than expected and the computed gap "
                                       "explain satisfaction about alike (R² 0.40 and 0.20; "};
    struct hand hand;
    hand_begin(&hand, 2);
    struct table *table = hand_table(&hand, "disconfirmation", NULL);
    struct row *row = hand_row(&hand, table, "satisfaction");
    hand_number(table, row, "r", 0.6);
    hand_number(table, row, "r2_direct", 0.4);
    hand_number(table, row, "r2_gap", 0.2);
    for (size_t i = 0; i < 3; i++) {
        hand_text(table, row, "better", better[i]);
        assert_non_null(strstr(section_text(&hand, "validity"), said[i]));
    }
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dimensions_by_verdict_and_both_sides),
        cmocka_unit_test(the_direct_answer_is_held_against_the_gap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
