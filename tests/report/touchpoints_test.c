/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "support/document_text.h"

/* Touchpoints have a section of their own. */
static void touchpoints_are_no_groups(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    static const char *const where[] = {"step"}, *const places[] = {"desk", "phone"};
    struct table *table = hand_table(&hand, "touchpoint", where);
    for (uint32_t i = 0; i < 2; i++) {
        struct row *row = hand_group_row(&hand, table, "gap", places[i], 40);
        hand_number(table, row, "value", -0.5 + 0.4 * i);
        hand_number(table, row, "ci_low", -0.6 + 0.4 * i);
        hand_number(table, row, "ci_high", -0.4 + 0.4 * i);
    }
    assert_string_equal(section_text(&hand, "segments"), "");
    assert_string_equal(section_text(&hand, "touchpoints"),
                        "## Touchpoints and channels\n"
                        "* Lowest gap: desk −0.50 [−0.60, −0.40], n = 40; highest: phone −0.10 [−0.20, 0.00], n = 40. Their "
                        "intervals do not overlap.\n"
                        "table touchpoint: Touchpoints and channels\n");
    hand_number(table, &table->rows[0], "ci_high", -0.15);
    assert_non_null(strstr(section_text(&hand, "touchpoints"), "Their intervals overlap: neither is shown to be worse.\n"));
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(touchpoints_are_no_groups)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
