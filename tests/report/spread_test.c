/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "support/document_text.h"

static struct row *spread_add(struct hand *hand, struct table *table, const char *item, double less, double more)
{
    struct row *row = hand_row(hand, table, item);
    hand_count(table, row, "n", 90);
    hand_number(table, row, "share_two_below", less / 4);
    hand_number(table, row, "share_one_below", 3 * less / 4);
    hand_number(table, row, "share_one_above", more / 2);
    hand_number(table, row, "share_two_above", more / 2);
    hand_number(table, row, "net", more - less);
    hand_number(table, row, "net_low", more - less - 0.15);
    hand_number(table, row, "net_high", more - less + 0.15);
    return row;
}

/* The title names the item with the lowest net share that is shown to be below 0; else the highest above; else that there is none. */
static void the_finding(void **state)
{
    (void)state;
    static const struct {
        double first[2], second[2];
        const char *title;
    } cases[] = {
        {{0.2, 0.6}, {0.59, 0.14}, "“Item two”: 59 % of customers got less than expected, 14 % got more"},
        {{0.2, 0.6}, {0.4, 0.3}, "“Item one”: 60 % of customers got more than expected, 20 % got less"},
        {{0.3, 0.35},
         {0.4, 0.3},
         "On no item do those who got less clearly outnumber those who got more, or the other way round"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct hand hand;
        hand_begin(&hand, 2);
        struct table *table = hand_table(&hand, "gap_bands", NULL);
        (void)spread_add(&hand, table, "q1", cases[i].first[0], cases[i].first[1]);
        (void)spread_add(&hand, table, "q2", cases[i].second[0], cases[i].second[1]);
        const char *text = section_text(&hand, "spread");
        assert_non_null(strstr(text, cases[i].title));
        assert_non_null(strstr(text,
                               "| n = 90 pairs at most; filled: two steps of the scale or more, hollow: one step; net share = "
                               "got more − got less, 95 % intervals\nfolded gap_bands: "));
        hand_end(&hand);
    }
}

/* Rows nobody stands behind are not drawn, and without any there is no section. */
static void lowest_first_and_blanks_left_out(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 3);
    assert_string_equal(section_text(&hand, "spread"), "");
    struct table *table = hand_table(&hand, "gap_bands", NULL);
    struct row *blank = hand_row(&hand, table, "q1");
    hand_blank(table, blank, "net", REASON_NO_PAIRS);
    assert_string_equal(section_text(&hand, "spread"), "");
    (void)spread_add(&hand, table, "q2", 0.2, 0.6);
    (void)spread_add(&hand, table, "q3", 0.6, 0.2);
    const struct document *document = hand_story(&hand, (const char *const[]){"spread", NULL});
    const struct document_block *chart = &document->blocks[1];
    assert_int_equal(chart->kind, DOCUMENT_CHART);
    assert_string_equal(chart->chart, "gap_distribution");
    assert_int_equal(chart->drawn_count, 2);
    assert_int_equal(chart->drawn[0], 2);
    assert_int_equal(chart->drawn[1], 1);
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_finding),
        cmocka_unit_test(lowest_first_and_blanks_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
