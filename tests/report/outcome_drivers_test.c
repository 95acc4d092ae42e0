/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "support/document_text.h"

struct driver {
    const char *outcome, *predictors, *name;
    double r2, share, beta, p;
};

static void driver_row(struct hand *hand, struct table *table, const struct driver *driver)
{
    struct row *row = hand_row(hand, table, driver->outcome);
    hand_text(table, row, "predictors", driver->predictors);
    hand_text(table, row, "driver", driver->name);
    hand_number(table, row, "r2", driver->r2);
    hand_number(table, row, "lmg_share", driver->share);
    hand_number(table, row, "beta", driver->beta);
    hand_number(table, row, "p_holm", driver->p);
    hand_number(table, row, "vif", 1.2);
}

static const struct driver drivers[] = {
    {"satisfaction", "perception", "care", 0.19, 0.9, 0.5, 0.001},
    {"satisfaction", "perception", "speed", 0.19, 0.1, 0.1, 0.5},
    {"satisfaction", "gap", "care", 0.57, 0.3, -0.2, 0.04},
    {"satisfaction", "gap", "speed", 0.57, 0.7, 0.4, 0.001},
    {"recommend", "gap", "care", 0.9, 1, 0.9, 0.001},
};

/* "goes with", never "causes"; the predictors that explain most, the most important driver first, with its sign. */
static void the_best_predictors_are_told(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    assert_string_equal(section_text(&hand, "outcome_drivers"), "");
    struct table *table = hand_table(&hand, "drivers", NULL);
    for (size_t i = 0; i < sizeof drivers / sizeof *drivers; i++)
        driver_row(&hand, table, &drivers[i]);
    assert_string_equal(
        section_text(&hand, "outcome_drivers"),
        "## What goes with satisfaction\n"
        "* The gaps together explain 57 % of the variance of satisfaction; n = 100.\n"
        "* The experience together explains 19 % of the variance of satisfaction; n = 100.\n"
        "* Of these, taken by their gap, shown to go with satisfaction when the others stay the same: “Speed” (70 "
        "% of what is explained), “Care” (30 % of what is explained, and the other way round: more of it with "
        "less).\n"
        "chart drivers 0: “Speed” goes with satisfaction most: 70 % of what is explained | n = 100; taken by their gap they "
        "explain 57 % of the variance together, and the percentages are shares of that; 95 % intervals\n"
        "table drivers: What goes with the outcome\n");
    hand_number(table, &table->rows[3], "p_holm", 0.051);
    hand_number(table, &table->rows[2], "p_holm", 0.06);
    assert_non_null(
        strstr(section_text(&hand, "outcome_drivers"), "* Taken by their gap, none is shown to go with satisfaction when "));
    assert_non_null(strstr(section_text(&hand, "outcome_drivers"),
                           ": No driver is shown to go with satisfaction when the others stay the same | n = 100; "));
    const struct document *document = hand_story(&hand, (const char *const[]){"outcome_drivers", NULL});
    const struct document_block *chart = &document->blocks[2];
    assert_int_equal(chart->drawn_count, 2); /* speed before care, of the gaps and the first outcome alone */
    assert_true(chart->drawn[0] == 3 && chart->drawn[1] == 2);
    hand_number(table, &table->rows[2], "vif", 7.25);
    assert_non_null(
        strstr(section_text(&hand, "outcome_drivers"), "* They overlap strongly (variance inflated up to 7.2 times)"));
    hand_end(&hand);
}

/* "rank-deficient sets name the columns and give no coefficient": nothing is told of them. */
static void what_is_not_known_is_not_told(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    struct table *table = hand_table(&hand, "drivers", NULL);
    driver_row(&hand, table, &drivers[0]);
    hand_blank(table, &table->rows[0], "r2", REASON_SINGULAR);
    assert_string_equal(section_text(&hand, "outcome_drivers"), "");
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_best_predictors_are_told),
        cmocka_unit_test(what_is_not_known_is_not_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
