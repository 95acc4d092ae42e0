/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "The verdict and the reliability stand beside every gap in every report, not in an appendix." */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "support/document_text.h"

static const struct hand_gap gaps[] = {{"q1", -0.44, 0.1, "short"}, {"q2", 0.1, 0.1, "met"}, {.item = NULL}};

static void dimension_row(struct hand *hand, struct table *table, const char *dimension, double reliability)
{
    hand_number(table, hand_row(hand, table, dimension), "gap_reliability", reliability);
}

static void reliabilities_stand_beside_the_gaps(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    (void)hand_gaps(&hand, gaps);
    struct table *dimensions = hand_table(&hand, "dimension_gap", NULL), *overall = hand_table(&hand, "overall_gap", NULL);
    dimension_row(&hand, dimensions, "care", 0.82);
    dimension_row(&hand, dimensions, "speed", 0.7);
    assert_non_null(strstr(section_text(&hand, "gaps"),
                           "intervals\n* How reliable these gaps are, from 0 to 1: “Care” 0.82, “Speed” 0.70. From 0.70 up "
                           "people and small groups can be compared.\ntable item_gap"));
    hand_number(dimensions, &dimensions->rows[1], "gap_reliability", 0.64);
    hand_number(overall, hand_row(&hand, overall, NULL), "gap_reliability", 0.88);
    assert_non_null(strstr(section_text(&hand, "gaps"),
                           "* How reliable these gaps are, from 0 to 1: “Care” 0.82, “Speed” 0.64, “overall” 0.88. Below 0.70, "
                           "and so too noisy to compare people or small groups: “Speed”.\n"));
    hand_end(&hand);
}

/* Without dimensions the items together have one; nothing is said where there is none. */
static void without_dimensions_there_is_one(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    hand.study.dimension_count = 0;
    (void)hand_gaps(&hand, gaps);
    struct table *overall = hand_table(&hand, "overall_item_gap", NULL);
    hand_blank(overall, hand_row(&hand, overall, NULL), "gap_reliability", REASON_ONE_ITEM);
    assert_null(strstr(section_text(&hand, "gaps"), "* "));
    hand_number(overall, &overall->rows[0], "gap_reliability", 0.5);
    assert_non_null(strstr(section_text(&hand, "gaps"), "“overall” 0.50. Below 0.70, and so too noisy to compare people or small "
                                                        "groups: “overall”.\n"));
    hand_end(&hand);
}

/* The verdict on the overall gap and the first outcome chooses the sentence, which stands first. */
static void the_verdict_stands_beside_the_gaps(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    (void)hand_gaps(&hand, gaps);
    struct table *table = hand_table(&hand, "gap_validity", NULL);
    hand_text(table, hand_row(&hand, table, "care"), "verdict", "inadequate");
    assert_null(strstr(section_text(&hand, "gaps"), "* "));
    struct row *row = hand_row(&hand, table, "overall");
    hand_text(table, row, "outcome", "satisfaction");
    hand_number(table, row, "r2_gap", 0.09);
    hand_number(table, row, "r2_polynomial", 0.63);
    hand_number(table, row, "loss_low", 0.4);
    hand_number(table, row, "loss_high", 0.6);
    hand_text(table, row, "verdict", "inadequate");
    assert_non_null(strstr(section_text(&hand, "gaps"),
                           "* As one score the gap does not do: it explains satisfaction worse than expectation and experience "
                           "taken separately (R² 0.09 against 0.63, loss [0.40, 0.60]; n = 100).\n"));
    hand_text(table, row, "verdict", "adequate");
    assert_non_null(strstr(section_text(&hand, "gaps"), "* As one score the gap does: it explains satisfaction hardly worse "));
    hand_text(table, row, "verdict", "undecided");
    assert_non_null(strstr(section_text(&hand, "gaps"), "* Whether the gap does as one score cannot be told: it explains "
                                                        "satisfaction with R² 0.09, expectation and experience taken "
                                                        "separately with 0.63 (loss [0.40, 0.60]; n = 100). Look at both.\n"));
    hand_end(&hand);
}

/* "Discriminant alarm: |corr(g_d,P_d)| > .9 → this gap is mostly the perception score" */
static void a_gap_that_is_mostly_one_side_is_named(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    (void)hand_gaps(&hand, gaps);
    struct table *table = hand_table(&hand, "gap_caution", NULL);
    hand_text(table, hand_row(&hand, table, "care"), "caution", "mostly perception");
    hand_text(table, hand_row(&hand, table, "speed"), "caution", "none");
    assert_non_null(
        strstr(section_text(&hand, "gaps"), "* Mostly the experience score, since the gap follows it closely: “Care”.\ntable"));
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reliabilities_stand_beside_the_gaps),
        cmocka_unit_test(without_dimensions_there_is_one),
        cmocka_unit_test(the_verdict_stands_beside_the_gaps),
        cmocka_unit_test(a_gap_that_is_mostly_one_side_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
