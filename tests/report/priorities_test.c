/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "support/document_text.h"

static void order_row(struct hand *hand, struct table *table, const char *item, unsigned rank, const char *stability)
{
    struct row *row = hand_row(hand, table, item);
    hand_count(table, row, "priority", rank);
    hand_number(table, row, "gap", -0.5 / rank);
    hand_number(table, row, "weight", 40);
    hand_number(table, row, "first_share", rank == 1 ? 0.69 : 0.3);
    hand_text(table, row, "stability", stability);
    hand_text(table, row, "importance_kind", "points");
}

/* "never a bare rank": the first is named with how often it comes first. */
static void the_first_is_named_with_how_settled_it_is(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 3);
    assert_string_equal(section_text(&hand, "priorities"), "");
    struct table *table = hand_table(&hand, "gap_priority", NULL);
    order_row(&hand, table, "q2", 2, "among the first");
    order_row(&hand, table, "q1", 1, "among the first");
    assert_string_equal(
        section_text(&hand, "priorities"),
        "## What to do first\n"
        "* First by rank is “item one”: its gap is −0.50, and it has 40.0 % of the importance; that it comes first "
        "is not settled, it does in 69 of 100 samples drawn again.\n"
        "* Among the first three in most samples: “item two” and “item one”.\n"
        "table gap_priority: Order of the gaps\n");
    hand_text(table, &table->rows[1], "stability", "first");
    assert_non_null(strstr(section_text(&hand, "priorities"),
                           "* First to close is “item one”: its gap is −0.50, and it has 40.0 % "
                           "of the importance; it comes first in 69 of 100 samples"));
    hand_text(table, &table->rows[1], "importance_kind", "drivers");
    assert_non_null(strstr(section_text(&hand, "priorities"), "and it has 40.0 % of what goes with the outcome; "));
    hand_blank(table, &table->rows[1], "importance_kind", REASON_NOT_ASKED);
    assert_non_null(strstr(section_text(&hand, "priorities"), "and importance was not asked, so that all weigh alike; "));
    hand_blank(table, &table->rows[1], "first_share", REASON_TOO_FEW);
    hand_blank(table, &table->rows[1], "stability", REASON_TOO_FEW);
    assert_non_null(strstr(section_text(&hand, "priorities"), "how settled that is, is not known.\n"));
    hand_number(table, &table->rows[1], "gap", 0.1);
    assert_non_null(strstr(section_text(&hand, "priorities"), "* No gap falls short once importance is counted.\n"));
    hand_end(&hand);
}

/* "share of replicates in each quadrant; < .80 → unsettled": only settled places are told. */
static void only_settled_places_are_told(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 3);
    static const char *const places[][2] = {
        {"concentrate here", "settled"}, {"concentrate here", "unsettled"}, {"possible overkill", "settled"}};
    struct table *table = hand_table(&hand, "importance_performance", NULL);
    for (uint32_t i = 0; i < 3; i++) {
        struct row *row = hand_row(&hand, table, hand.ids[i]);
        hand_text(table, row, "quadrant", places[i][0]);
        hand_text(table, row, "settled", places[i][1]);
    }
    assert_string_equal(section_text(&hand, "priorities"),
                        "## What to do first\n"
                        "* Important, and done less well than the rest: “item one”.\n"
                        "* Done better than the rest, and less important: “item three”.\n"
                        "* Where these belong is not settled, since in fewer than 80 of 100 samples they lie in one place: “item "
                        "two”.\n"
                        "table importance_performance: Importance and performance\n");
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_is_named_with_how_settled_it_is),
        cmocka_unit_test(only_settled_places_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
