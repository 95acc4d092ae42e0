/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "support/document_text.h"

static const char *const only[] = {"sources", NULL};

static const char *text_of(struct hand *hand)
{
    return document_text(&hand->job, hand_story(hand, only));
}

static void share_add(struct hand *hand, struct table *table, const char *source, double share)
{
    struct row *row = hand_row(hand, table, source);
    hand_count(table, row, "n", 120);
    hand_count(table, row, "named", (uint64_t)(120 * share));
    hand_number(table, row, "share", share);
    hand_number(table, row, "share_low", share - 0.1);
    hand_number(table, row, "share_high", share + 0.1);
}

static void difference_add(struct hand *hand, struct table *table, const char *source, const char *figure, double difference,
                           const char *verdict)
{
    struct row *row = hand_row(hand, table, source);
    hand_text(table, row, "figure", figure);
    hand_number(table, row, "difference", difference);
    hand_number(table, row, "ci_low", difference - 0.2);
    hand_number(table, row, "ci_high", difference + 0.2);
    hand_text(table, row, "verdict", verdict);
}

/* "where expectations come from, if asked": the one named most, and what is shown to differ */
static void what_is_shown_is_told(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    struct table *shares = hand_table(&hand, "expectation_sources", NULL), *gaps = hand_table(&hand, "source_gaps", NULL);
    share_add(&hand, shares, "advertising", 0.3);
    share_add(&hand, shares, "friends", 0.55);
    share_add(&hand, shares, "price", 0.1);
    difference_add(&hand, gaps, "advertising", "expectation", 0.6, "higher");
    difference_add(&hand, gaps, "advertising", "gap", -0.5, "lower");
    difference_add(&hand, gaps, "friends", "expectation", -0.4, "lower");
    difference_add(&hand, gaps, "friends", "gap", 0.3, "higher");
    difference_add(&hand, gaps, "price", "gap", 0.1, "undecided");
    const char *text = text_of(&hand);
    static const char *const said[] = {
        "## Where expectations come from\n",
        "* Named most as a source of expectations: “Friends, family, colleagues”, by 55 of 100 [45, 65] of the 120 who say where "
        "theirs come from.\n",
        "* Those who name “Advertising or the website” expect more than the others: a difference of 0.60 points [0.40, 0.80].\n",
        "* Those who name “Advertising or the website” fall shorter of what they expected than the others: their gap differs by "
        "−0.50 points [−0.70, −0.30].\n",
        "* Those who name “Friends, family, colleagues” expect less than the others: a difference of −0.40 points [−0.60, "
        "−0.20].\n",
        "* Those who name “Friends, family, colleagues” got more, measured by what they expected, than the others: their gap "
        "differs "
        "by 0.30 points [0.10, 0.50].\n",
        "* People choose what they hear and read"};
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        if (!strstr(text, said[i]))
            fail_msg("%s is not in:\n%s", said[i], text);
    }
    assert_null(strstr(text, "No difference"));
    hand_end(&hand);
}

/* The chart begins with the source named most; where nothing differs that is said; without shares there is no section. */
static void order_and_silence(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    struct table *shares = hand_table(&hand, "expectation_sources", NULL), *gaps = hand_table(&hand, "source_gaps", NULL);
    share_add(&hand, shares, "advertising", 0.3);
    share_add(&hand, shares, "friends", 0.55);
    hand_blank(shares, hand_row(&hand, shares, "price"), "share", REASON_SUPPRESSED);
    difference_add(&hand, gaps, "friends", "gap", 0.1, "undecided");
    const struct document *document = hand_story(&hand, only);
    const struct document_block *chart = NULL;
    for (uint32_t i = 0; i < document->block_count; i++) {
        if (document->blocks[i].kind == DOCUMENT_CHART)
            chart = &document->blocks[i];
    }
    assert_non_null(chart);
    assert_int_equal(chart->drawn_count, 2);
    assert_int_equal(chart->drawn[0], 1);
    assert_int_equal(chart->drawn[1], 0);
    assert_string_equal(chart->text, "“Friends, family, colleagues” shapes the expectations of most: 55 of 100 name it");
    assert_string_equal(chart->subtitle, "n = 120, 95 % intervals; several sources may be named");
    assert_non_null(strstr(text_of(&hand), "* No difference in expectation or gap could be shown"));
    assert_null(strstr(text_of(&hand), "People choose"));
    hand_blank(shares, &shares->rows[0], "share", REASON_SUPPRESSED);
    hand_blank(shares, &shares->rows[1], "share", REASON_SUPPRESSED);
    assert_null(strstr(text_of(&hand), "Where expectations come from"));
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_is_shown_is_told), cmocka_unit_test(order_and_silence)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
