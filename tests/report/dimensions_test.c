/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/document_text.h"

/* "Five dimensions are a hypothesis: items lead; dimensions carry their reliability" */
static void dimensions_follow_with_a_warning(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    struct table *table = hand_table(&hand, "dimension_gap", NULL);
    (void)hand_row(&hand, table, "care");
    (void)hand_row(&hand, hand_table(&hand, "overall_gap", NULL), "");
    assert_string_equal(section_text(&hand, "dimensions"), "## Dimensions and overall\n"
                                                           "chart dimension_gap 0: No difference from expectation could be "
                                                           "shown on any dimension | n = 100 at most, scale points, 95 % "
                                                           "intervals; filled bars are shown to differ from no gap\n"
                                                           "table dimension_gap: Gap per dimension\n"
                                                           "table overall_gap: Overall gap: the mean of the dimensions\n"
                                                           "That the items form these dimensions is a hypothesis; read the items "
                                                           "first.\n");
    hand.head.pairing.pairs = 0;
    assert_string_equal(section_text(&hand, "dimensions"), "");
    hand_end(&hand);
}

/* A study without dimensions has one overall figure, the mean of the items, and no word about dimensions. */
static void without_dimensions_the_mean_of_items_stands_alone(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    hand.study.dimension_count = 0;
    (void)hand_row(&hand, hand_table(&hand, "overall_item_gap", NULL), "");
    assert_string_equal(section_text(&hand, "dimensions"), "## Overall\n"
                                                           "table overall_item_gap: Overall gap: the mean of the items\n");
    hand.head.pairing.pairs = 0;
    assert_string_equal(section_text(&hand, "dimensions"), "");
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dimensions_follow_with_a_warning),
        cmocka_unit_test(without_dimensions_the_mean_of_items_stands_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
