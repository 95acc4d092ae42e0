/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/document_text.h"

/* "The gaps weighted by each customer's own importance." */
static void weighted_gaps_have_a_section(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    assert_string_equal(section_text(&hand, "importance"), "");
    struct table *weighted = hand_table(&hand, "weighted_gap", NULL);
    (void)hand_row(&hand, weighted, "q1");
    assert_string_equal(section_text(&hand, "importance"),
                        "## Weighted by what matters to customers\ntable weighted_gap: Gaps weighted by importance\n");
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weighted_gaps_have_a_section),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
