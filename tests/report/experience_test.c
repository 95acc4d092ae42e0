/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/document_text.h"

/* "For studies that asked no expectations." */
static void experience_alone(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    struct table *table = hand_table(&hand, "perception", NULL);
    hand_number(table, hand_row(&hand, table, "q1"), "mean", 3.9);
    assert_string_equal(section_text(&hand, "experience"), "");
    hand_unasked(&hand, STANDARD_EXPECTATION);
    assert_string_equal(section_text(&hand, "experience"), "## Experience\ntable perception: Experience per item\n");
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(experience_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
