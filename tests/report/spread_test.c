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

static void answer_add(struct hand *hand, struct table *table, const char *item, const char *standard, double above)
{
    struct row *row = hand_row(hand, table, item);
    hand_text(table, row, "standard", standard);
    hand_count(table, row, "n", 80);
    hand_number(table, row, "above", above);
}

/* What was answered stands after the gaps, or alone under a heading of its own; what was got alone is drawn, the fewest answers above
 * the middle first. */
static void answers_are_drawn(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 3);
    struct table *table = hand_table(&hand, "answer_shares", NULL);
    answer_add(&hand, table, "q1", "expectation", 0.1);
    answer_add(&hand, table, "q1", "perception", 0.6);
    answer_add(&hand, table, "q2", "perception", 0.41);
    answer_add(&hand, table, "q3", "perception", 0.5);
    hand_blank(table, &table->rows[3], "above", REASON_NO_PAIRS);
    assert_string_equal(
        section_text(&hand, "spread"),
        "## What customers answered\nchart answer_shares 60: “Item two” has the fewest answers above the middle of the "
        "scale: 41 % | What customers got; n = 80 at most, scale 1–5; a box for each point of the scale, filled: the outer "
        "half of either side; 95 % intervals of the share above the middle\n"
        "folded answer_shares: Answers by point of the scale\n");
    const struct document *document = hand_story(&hand, (const char *const[]){"spread", NULL});
    const struct document_block *chart = &document->blocks[1];
    assert_string_equal(chart->chart, "answer_distribution");
    assert_int_equal(chart->drawn_count, 2);
    assert_true(chart->drawn[0] == 2 && chart->drawn[1] == 1);
    (void)spread_add(&hand, hand_table(&hand, "gap_bands", NULL), "q1", 0.2, 0.6);
    const char *text = section_text(&hand, "spread"), *gaps = strstr(text, "\nfolded gap_bands");
    assert_true(strstr(text, "## Who got less and who got more\nchart gap_bands") == text);
    assert_true(gaps && gaps < strstr(text, "\nchart answer_shares"));
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_finding),
        cmocka_unit_test(lowest_first_and_blanks_left_out),
        cmocka_unit_test(answers_are_drawn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
