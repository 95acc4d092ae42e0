/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/document_text.h"

/* "Where the experience lies between the minimum and what is desired." */
static void the_zone_has_picture_and_table(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    assert_string_equal(section_text(&hand, "tolerance"), "");
    struct table *zone = hand_table(&hand, "zone", NULL);
    assert_string_equal(section_text(&hand, "tolerance"), "");
    hand_text(zone, hand_row(&hand, zone, "q1"), "status", "within");
    assert_string_equal(section_text(&hand, "tolerance"),
                        "## Zone of tolerance\n"
                        "chart zone 0: Where the experience lies between minimum and desired | \n"
                        "table zone: Adequacy and superiority per item\n");
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_zone_has_picture_and_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
