/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "support/document_text.h"

static struct table *map_of(struct hand *hand, const char *const *quadrants, uint32_t count)
{
    struct table *table = hand_table(hand, "importance_performance", NULL);
    for (uint32_t i = 0; i < count; i++) {
        struct row *row = hand_row(hand, table, hand->ids[i]);
        hand_number(table, row, "performance", 3 + i);
        hand_number(table, row, "importance", 5 - (double)i);
        hand_text(table, row, "quadrant", quadrants[i]);
    }
    return table;
}

static void title_assert(struct hand *hand, const char *section, const char *line)
{
    const char *text = section_text(hand, section);
    if (!strstr(text, line))
        fail_msg("\"%s\" is not in\n%s", line, text);
}

#define MAP_BASE                                                                                                                 \
    " | n = 100 at most; lines at the means of what is shown; the axes show only the part of the scales where items lie\n"

/* The title tells what matters and is done less well: by name when it is one; only what is settled, where that is known. */
static void the_map_tells_what_to_begin_with(void **state)
{
    (void)state;
    static const char *const quadrants[] = {"concentrate here", "concentrate here", "low priority"};
    struct hand hand;
    hand_begin(&hand, 3);
    struct table *table = map_of(&hand, quadrants, 3);
    for (uint32_t r = 0; r < 3; r++)
        hand_text(table, &table->rows[r], "settled", "settled");
    title_assert(&hand, "priorities",
                 "chart importance_performance 0: 2 of 3 items are important, and done less well than the rest" MAP_BASE
                 "table importance_performance");
    for (uint32_t r = 0; r < 3; r++)
        hand_text(table, &table->rows[r], "settled", r ? "unsettled" : "settled");
    title_assert(&hand, "priorities", "0: Important, and done less well than the rest: “item one”" MAP_BASE);
    hand_text(table, &table->rows[0], "settled", "unsettled");
    title_assert(&hand, "priorities", "0: Nothing important is shown to be done less well than the rest" MAP_BASE);
    hand_blank(table, &table->rows[0], "performance", REASON_TOO_FEW);
    assert_null(strstr(section_text(&hand, "priorities"), "chart ")); /* two items have no quadrants worth a picture */
    hand_end(&hand);
}

/* Kano's title counts what is clear; its base says so when the design allows no interval. */
static void kano_counts_what_is_clear(void **state)
{
    (void)state;
    static const char *const categories[] = {"must-be", "must-be", "attractive"};
    struct hand hand;
    hand_begin(&hand, 3);
    struct table *table = hand_table(&hand, "kano", NULL);
    for (uint32_t i = 0; i < 3; i++) {
        struct row *row = hand_row(&hand, table, hand.ids[i]);
        hand_text(table, row, "category", categories[i]);
        hand_number(table, row, "better", 0.4);
        hand_number(table, row, "worse", -0.4);
    }
    title_assert(&hand, "delight",
                 "chart kano 0: Items that must not fail: 2; pleasant surprises: 1; all items: 3 | n = 100 at most; each item is "
                 "coloured by what most customers say; the design allows no interval\n"
                 "folded kano");
    for (uint32_t i = 0; i < 3; i++) {
        hand_number(table, &table->rows[i], "better_low", 0.3);
        hand_text(table, &table->rows[i], "certainty", i ? "clear" : "mixed");
    }
    title_assert(
        &hand, "delight",
        "Items that must not fail: 1; pleasant surprises: 1; all items: 3 | n = 100 at most, 95 % intervals; each item is "
        "coloured by what most customers say\n");
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_map_tells_what_to_begin_with),
        cmocka_unit_test(kano_counts_what_is_clear),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
