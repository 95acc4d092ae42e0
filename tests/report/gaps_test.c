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

/* "Charts state the finding in the title, the base in the subtitle" */
static void the_title_is_the_finding(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 4);
    struct table *table = hand_gaps(&hand, gaps);
    hand_contrasts(&hand, "q1", (const char *const[]){"q2", "no", "q3", "no", "q4", "no", NULL});
    assert_string_equal(section_text(&hand, "gaps"),
                        "## Where the gaps are\n"
                        "chart item_gap 0: “Item one” falls short most: −0.44 points | n = 100 pairs at most, scale 1–5, 95 % "
                        "intervals\n"
                        "table item_gap: Gap per item (perception − expectation; negative is worse than expected)\n");
    hand_text(hand.tables[1], &hand.tables[1]->rows[0], "tied", "yes");
    assert_non_null(strstr(section_text(&hand, "gaps"), ": Shortfall is clear on 1 of 4 items | "));
    hand_text(table, &table->rows[0], "verdict", "undecided");
    assert_non_null(strstr(section_text(&hand, "gaps"), ": “Item three” exceeds expectation most: +0.30 points | "));
    hand_text(table, &table->rows[2], "verdict", "undecided");
    assert_non_null(strstr(section_text(&hand, "gaps"), ": Expectations are met on 1 of 4 items | "));
    hand_text(table, &table->rows[1], "verdict", "undecided");
    assert_non_null(strstr(section_text(&hand, "gaps"), ": No difference from expectation could be shown | "));
    for (uint32_t r = 0; r < table->row_count; r++)
        hand_count(table, &table->rows[r], "n", r ? 1 : 9);
    assert_non_null(strstr(section_text(&hand, "gaps"), ": Expected and got, item by item | n = 9 pairs at most"));
    hand_count(table, &table->rows[0], "n", 1);
    assert_non_null(strstr(section_text(&hand, "gaps"), "n = 1 pair at most"));
    hand.items[3].scale = 1;
    hand.head.confidence = 0.999;
    assert_non_null(strstr(section_text(&hand, "gaps"), "scale as asked (scales differ), 99.9 % intervals"));
    hand.head.pairing.pairs = 0;
    assert_string_equal(section_text(&hand, "gaps"), "");
    hand_end(&hand);
}

/* "the gap picture (ten worst, the rest linked)" */
static void many_items_are_cut(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 60);
    struct table *table = hand_table(&hand, "item_gap", NULL);
    for (uint32_t i = 0; i < 60; i++)
        (void)hand_gap_row(&hand, table, &(struct hand_gap){hand.ids[i], -0.01 * i, 0.1, "undecided"});
    assert_non_null(strstr(section_text(&hand, "gaps"),
                           "chart item_gap 10: No difference from expectation could be shown | The 10 "
                           "largest shortfalls of 60 items; the table holds all. n = 100 pairs"));
    hand_end(&hand);
}

/* "Different people answered; this compares two groups": both sides are shown, and only where there is no pair. */
static void without_pairs_two_groups_are_shown(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    (void)hand_row(&hand, hand_table(&hand, "unpaired", NULL), "q1");
    assert_null(strstr(section_text(&hand, "gaps"), "unpaired"));
    hand.head.pairing.pairs = 0;
    assert_string_equal(section_text(&hand, "gaps"),
                        "## What some expected and others got\n"
                        "table unpaired: Expected by some, got by others (perception − expectation; different people)\n");
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_title_is_the_finding),
        cmocka_unit_test(many_items_are_cut),
        cmocka_unit_test(without_pairs_two_groups_are_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
