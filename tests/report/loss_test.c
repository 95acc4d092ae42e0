/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "support/document_text.h"

static struct row *fraction(struct hand *hand, struct table *table, const char *scope, double share, const char *verdict)
{
    struct row *row = hand_row(hand, table, scope);
    hand_number(table, row, "fraction", share);
    hand_number(table, row, "ci_low", share - 0.1);
    hand_number(table, row, "ci_high", share + 0.1);
    hand_number(table, row, "customers_lost", 8);
    hand_text(table, row, "verdict", verdict);
    return row;
}

/* The verdict chooses the sentence; a figure that allows for more stands beside it. */
static void the_verdict_chooses_the_sentence(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    assert_string_equal(section_text(&hand, "loss"), "");
    struct table *table = hand_table(&hand, "attributable_loss", NULL);
    struct row *row = fraction(&hand, table, "crude", 0.2, "loss");
    assert_string_equal(section_text(&hand, "loss"),
                        "## Customers lost with bad service\n"
                        "* Of the customers who left, 20 of 100 [10, 30] go with bad service: about 8 of 100.\n"
                        "table attributable_loss: Customers lost with bad service\n");
    hand_text(table, row, "verdict", "undecided");
    assert_non_null(strstr(section_text(&hand, "loss"), "* Whether customers leave with bad service is not shown: "
                                                        "from [10, 30] of 100 of those who left.\n"));
    hand_text(table, row, "verdict", "none");
    assert_non_null(strstr(section_text(&hand, "loss"), "* No loss that goes with bad service was found, in 100 customers.\n"));
    (void)fraction(&hand, table, "adjusted", 0.15, "loss");
    assert_non_null(strstr(section_text(&hand, "loss"), "* Allowing for what customers also differ in, it is 15 of 100 "
                                                        "[5, 25].\n"));
    hand_end(&hand);
}

static void those_who_left_in_silence(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    struct table *table = hand_table(&hand, "silent_leavers", NULL);
    struct row *captive = hand_row(&hand, table, "captive"), *all = hand_row(&hand, table, "all");
    hand_number(table, captive, "silent_low", 0.1);
    all = &table->rows[1];
    hand_count(table, all, "left", 46);
    hand_count(table, all, "left_silent", 37);
    hand_number(table, all, "silent_share", 0.8);
    hand_number(table, all, "silent_low", 0.7);
    hand_number(table, all, "silent_high", 0.9);
    hand_number(table, all, "iceberg_ratio", 2.3);
    assert_string_equal(section_text(&hand, "loss"),
                        "## Customers lost with bad service\n"
                        "* Of the customers who left, 80 of 100 [70, 90] had not complained, as far as is known.\n"
                        "* For each customer who complained there are 2.3 who were dissatisfied.\n"
                        "table silent_leavers: Silent leavers\n");
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_verdict_chooses_the_sentence),
        cmocka_unit_test(those_who_left_in_silence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
