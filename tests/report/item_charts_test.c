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

#define IMPACT_BASE                                                                                                              \
    "n = 100 at most; upper bar: marked low, lower bar: marked high, each against the marks in between; filled bars differ "     \
    "from "                                                                                                                      \
    "zero; 95 % intervals\n"

static struct row *impact_add(struct hand *hand, struct table *table, const char *item, double penalty, double reward)
{
    struct row *row = hand_row(hand, table, item);
    hand_text(table, row, "outcome", "satisfaction");
    hand_number(table, row, "penalty", penalty);
    hand_number(table, row, "penalty_ci_low", penalty - 0.2);
    hand_number(table, row, "penalty_ci_high", penalty + 0.2);
    hand_number(table, row, "reward", reward);
    hand_number(table, row, "reward_ci_low", reward - 0.2);
    hand_number(table, row, "reward_ci_high", reward + 0.2);
    hand_text(table, row, "class", "hybrid");
    return row;
}

/* The largest difference that is shown, not the largest; of the first outcome alone; none is said as well. */
static void the_largest_difference_is_told(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 3);
    struct table *table = hand_table(&hand, "penalty_reward", NULL);
    struct row *wide = impact_add(&hand, table, "q1", -2, 0.1);
    (void)impact_add(&hand, table, "q2", -0.5, 0.6);
    hand_text(table, impact_add(&hand, table, "q3", -3, 0.1), "outcome", "recommend");
    hand_number(table, wide, "penalty_ci_high", 1);
    title_assert(&hand, "delight",
                 "chart penalty_reward 0: Largest difference in satisfaction: +0.60 points where “item two” is marked high "
                 "| " IMPACT_BASE);
    hand_number(table, wide, "penalty_ci_high", -1);
    title_assert(&hand, "delight", ": Largest difference in satisfaction: −2.00 points where “item one” is marked low | ");
    for (uint32_t r = 0; r < 3; r++) {
        hand_number(table, &table->rows[r], "penalty_ci_high", 9);
        hand_number(table, &table->rows[r], "reward_ci_low", -9);
    }
    title_assert(&hand, "delight", "zero; 95 % intervals\nfolded penalty_reward");
    hand_blank(table, &table->rows[1], "reward", REASON_TOO_FEW);
    title_assert(&hand, "delight",
                 "intervals; not drawn, since low, usual or high marks are too few: 1 of the items\nfolded penalty_reward");
    title_assert(&hand, "delight", ": No difference in satisfaction between low, usual and high marks could be shown | ");
    hand_end(&hand);
}

/* Beyond thirty items the ten with the largest differences are drawn, and the base says so. */
static void many_items_are_cut_to_the_largest(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 31);
    struct table *table = hand_table(&hand, "penalty_reward", NULL);
    for (uint32_t i = 0; i < 31; i++)
        (void)impact_add(&hand, table, hand.ids[i], -0.01 * i, 0);
    title_assert(&hand, "delight", "chart penalty_reward 10: ");
    title_assert(&hand, "delight", " | The 10 largest of 31 items; the table holds all. " IMPACT_BASE);
    hand_end(&hand);
}

static void dimension_add(struct hand *hand, struct table *table, const char *dimension, double gap, const char *verdict)
{
    struct row *row = hand_row(hand, table, dimension);
    hand_number(table, row, "gap", gap);
    hand_text(table, row, "verdict", verdict);
}

/* Dimensions: those that are short first, else those above, else those that are met. */
static void dimensions_tell_what_is_shown(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    struct table *table = hand_table(&hand, "dimension_gap", NULL);
    dimension_add(&hand, table, "care", 0.3, "above");
    dimension_add(&hand, table, "speed", -0.4, "short");
    title_assert(&hand, "dimensions",
                 ": Shortfall is clear on 1 of 2 dimensions; lowest: Speed, −0.40 points | n = 100 at most, ");
    hand_text(table, &table->rows[1], "verdict", "met");
    title_assert(&hand, "dimensions", ": No dimension is shown to fall short; highest above expectation: Care, +0.30 points | ");
    hand_text(table, &table->rows[0], "verdict", "undecided");
    title_assert(&hand, "dimensions", ": Expectations are met on 1 of 2 dimensions; no difference is shown on the others | ");
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_map_tells_what_to_begin_with), cmocka_unit_test(kano_counts_what_is_clear),
        cmocka_unit_test(the_largest_difference_is_told),   cmocka_unit_test(many_items_are_cut_to_the_largest),
        cmocka_unit_test(dimensions_tell_what_is_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
