/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

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
                        "chart zone 0: Below the minimum: 0 of 1 items; inside the zone of tolerance: 1; above what is desired: "
                        "0 | n = 100 at most, 95 % intervals of what was got above the minimum\n"
                        "table zone: Adequacy and superiority per item\n");
    hand_end(&hand);
}

/* Titles and bases speak of what was asked. */
static void one_edge_alone(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    struct table *zone = hand_table(&hand, "zone", NULL);
    struct row *row = hand_row(&hand, zone, "q1"), *other = hand_row(&hand, zone, "q2");
    hand.study.columns.of_item[STANDARD_MINIMUM] = hand.headers;
    hand_text(zone, row, "status", "at_least_minimum");
    hand_text(zone, other, "status", "below");
    assert_non_null(strstr(section_text(&hand, "tolerance"),
                           "chart zone 0: Below the minimum: 1 of 2 items; at least the minimum: 1 | n = 100 at most, 95 % "
                           "intervals of what was got above the minimum\n"));
    hand.study.columns.of_item[STANDARD_MINIMUM] = NULL;
    hand.study.columns.of_item[STANDARD_DESIRED] = hand.headers;
    hand_text(zone, row, "status", "below_desired");
    hand_text(zone, other, "status", "above");
    assert_non_null(strstr(section_text(&hand, "tolerance"),
                           "chart zone 0: Below what is desired: 1 of 2 items; above: 1 | n = 100 at most, 95 % intervals of "
                           "what was got above (+) or below (−) what is desired\n"));
    /* Too few for any status: the title counts no items out of none. */
    zone->row_count = 0;
    hand_number(zone, hand_row(&hand, zone, "q1"), "superiority", -1);
    assert_non_null(strstr(section_text(&hand, "tolerance"),
                           "chart zone 0: No item can be placed in the zone of tolerance. | n = 100 at most, 95 % intervals of "
                           "what was got above (+) or below (−) what is desired\n"));
    hand_end(&hand);
}

static void item_add(struct hand *hand, struct table *zone, uint32_t index, double got)
{
    struct row *row = hand_row(hand, zone, hand->ids[index]);
    hand_number(zone, row, "mean_minimum", 2);
    hand_number(zone, row, "mean_desired", 4);
    hand_number(zone, row, "mean_perception", got);
    hand_number(zone, row, "adequacy", got - 2);
    hand_text(zone, row, "status", got < 2 ? "below" : "within");
}

/* From three whole items on there is a radar, which names the item that lies lowest; beyond thirty it could not be read. */
static void a_radar_from_three_to_thirty_items(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 31);
    struct table *zone = hand_table(&hand, "zone", NULL);
    item_add(&hand, zone, 0, 3);
    item_add(&hand, zone, 1, 1.5);
    assert_null(strstr(section_text(&hand, "tolerance"), "Lowest"));
    item_add(&hand, zone, 2, 2.5);
    const char *text = section_text(&hand, "tolerance");
    assert_non_null(
        strstr(text, ": Below the minimum: 1 of 3 items; inside the zone of tolerance: 2; above what is desired: 0 | "));
    assert_non_null(strstr(text,
                           "\nchart zone 0: Lowest against the minimum: item two, −0.50 points | n = 100 at most; a spoke per "
                           "item, the scale running outwards; 95 % intervals\ntable zone: "));
    for (uint32_t i = 3; i < 30; i++)
        item_add(&hand, zone, i, 3);
    assert_non_null(strstr(section_text(&hand, "tolerance"), "Lowest"));
    item_add(&hand, zone, 30, 3);
    assert_null(strstr(section_text(&hand, "tolerance"), "Lowest"));
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_zone_has_picture_and_table),
        cmocka_unit_test(one_edge_alone),
        cmocka_unit_test(a_radar_from_three_to_thirty_items),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
