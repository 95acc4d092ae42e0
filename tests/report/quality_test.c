/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "support/document_text.h"

/* "Every reason for caution, missing answers, straight-lining and the reliability of the scores." */
static void everything_that_may_be_wrong(void **state)
{
    (void)state;
    struct note notes[1];
    struct hand hand;
    hand_begin(&hand, 2);
    struct table *reliability = hand_table(&hand, "reliability", NULL);
    (void)hand_row(&hand, reliability, "care");
    hand.study.simulated = true;
    hand.study.asked = ASKED_SAME_SITTING;
    hand.head.pairing.straight_expectation = 5;
    hand.head.pairing.straight_perception = 4;
    hand.head.pairing.straight_both = 3;
    hand.head.pairing.missing[STANDARD_PERCEPTION][MISSING_SKIPPED] = 6;
    hand.head.pairing.missing[STANDARD_PERCEPTION][MISSING_DECLARED] = 1;
    const struct note_word words[] = {note_count("count", 2), note_text("file", "a.csv"), {.name = NULL}};
    assert_ok(&hand.job, note_make(&hand.job.ctx, "note.reading.empty_rows", words, notes));
    hand.head.notes = notes;
    hand.head.note_count = 1;
    assert_string_equal(
        section_text(&hand, "quality"),
        "## Quality of the answers and of the measurement\n"
        "* The data are simulated.\n"
        "* Expectations were asked in the same sitting as the experience, so gaps may be distorted.\n"
        "Straight-lining: 5 gave one answer to all expectation items, 4 to all experience items, 3 to both, of 100 "
        "encounters. Nobody was left out.\n"
        "Missing perception answers: 6 skipped, 0 not asked, 1 declared, of 200.\n"
        "table reliability: Reliability of the scores\n"
        "### Notes on the reading of the file\n"
        "* 2 empty rows of a.csv left out.\n");
    hand_end(&hand);
}

/* "--bootstrap N adds intervals to any measure": in a report they stand folded, behind the reliability. */
static void drawn_intervals_are_folded(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    assert_null(strstr(section_text(&hand, "quality"), "bootstrap"));
    (void)hand_row(&hand, hand_table(&hand, "bootstrap", NULL), "item_gap");
    assert_non_null(strstr(section_text(&hand, "quality"), "folded bootstrap: Intervals by drawing again\n"));
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(drawn_intervals_are_folded),
        cmocka_unit_test(everything_that_may_be_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
