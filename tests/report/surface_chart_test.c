/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "support/document_text.h"

static void figure_add(struct hand *hand, struct table *table, const char *dimension, const char *outcome, const char *figure)
{
    struct row *row = hand_row(hand, table, dimension);
    hand_text(table, row, "outcome", outcome);
    hand_text(table, row, "figure", figure);
    hand_number(table, row, "estimate", 0);
}

static void slope_set(struct table *table, uint32_t index, double low, double high)
{
    hand_number(table, &table->rows[index], "ci_low", low);
    hand_number(table, &table->rows[index], "ci_high", high);
}

#define BASE                                                                                                                     \
    " | n = 100, all dimensions together; pale oval: where nearly all answers lie; lines join equal values of the outcome, in "  \
    "points above (solid) or below (dashed) its value in the middle of both scales; 95 % intervals\n"                            \
    "folded surface: "

static void title_assert(struct hand *hand, const char *title)
{
    const char *text = section_text(hand, "validity"), *chart = strstr(text, "chart surface 0: ");
    if (!chart || strncmp(chart + strlen("chart surface 0: "), title, strlen(title)) != 0 || !strstr(text, BASE))
        fail_msg("\"%s\" is not the title in\n%s", title, text);
}

/* The title tells the direction that is shown: across the line of equality first, then along it; none is said as well. */
static void the_title_tells_the_direction(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    struct table *validity = hand_table(&hand, "gap_validity", NULL);
    struct row *row = hand_row(&hand, validity, "overall");
    hand_text(validity, row, "outcome", "satisfaction");
    hand_text(validity, row, "verdict", "inadequate");
    assert_null(strstr(section_text(&hand, "validity"), "chart"));
    struct table *table = hand_table(&hand, "surface", NULL);
    figure_add(&hand, table, "overall", "satisfaction", "b1");
    figure_add(&hand, table, "overall", "satisfaction", "a1");
    figure_add(&hand, table, "overall", "satisfaction", "a3");
    figure_add(&hand, table, "overall", "recommend", "a3");
    slope_set(table, 3, -2, -1); /* of another outcome */
    title_assert(&hand, "No direction could be shown in which the outcome rises: satisfaction" BASE);
    slope_set(table, 1, 0.1, 0.4);
    title_assert(&hand, "Where both expectation and experience are higher, so is the outcome: satisfaction");
    slope_set(table, 1, -0.4, -0.1);
    title_assert(&hand, "Where both expectation and experience are higher, the outcome is lower: satisfaction");
    slope_set(table, 2, -0.4, -0.1);
    title_assert(&hand, "Getting more than expected goes with more: satisfaction");
    slope_set(table, 2, 0.1, 0.4);
    title_assert(&hand, "Getting more than expected goes with less: satisfaction");
    hand_blank(table, &table->rows[0], "estimate", REASON_TOO_FEW);
    assert_null(strstr(section_text(&hand, "validity"), "surface"));
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_title_tells_the_direction),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
