/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "support/document_text.h"

static const char *const month[] = {"month"};

static void period(struct hand *hand, struct table *table, const char *subject, const char *when, const char *signal)
{
    hand_text(table, hand_group_row(hand, table, subject, when, 40), "signal", signal);
}

/* "written as signals with the rule's name": of the overall gap, with their periods. */
static void signals_bear_the_name_of_their_rule(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    assert_string_equal(section_text(&hand, "trends"), "");
    struct table *gaps = hand_table(&hand, "gap_trend", month), *shares = hand_table(&hand, "share_trend", month);
    period(&hand, gaps, "care", "2026-01", "ewma_low");
    period(&hand, gaps, "overall", "2026-01", "none");
    period(&hand, gaps, "overall", "2026-02", "none");
    period(&hand, shares, "overall", "2026-01", "none");
    assert_non_null(strstr(section_text(&hand, "trends"),
                           "## What changed\n* No signal in 2 periods: no variation of the overall gap beyond "
                           "chance could be shown (EWMA, CUSUM).\n"));
    hand_text(gaps, &gaps->rows[2], "signal", "ewma_low");
    hand_text(gaps, &gaps->rows[1], "cusum_signal", "cusum_high");
    hand_text(shares, &shares->rows[0], "signal", "laney_high");
    assert_string_equal(section_text(&hand, "trends"),
                        "## What changed\n"
                        "* The moving average of the overall gap (EWMA) lies below its limits in “2026-02”.\n"
                        "* The sums of the overall gap (CUSUM) signal that it has risen, in “2026-01”.\n"
                        "* More customers than the limits allow were let down (Laney's p′ chart) in “2026-01”.\n"
                        "* With 2 periods the limits are provisional: a baseline takes 20.\n"
                        "folded gap_trend: Gaps over time\n"
                        "folded share_trend: Share of customers let down, over time\n");
    hand_end(&hand);
}

static void control_row(struct hand *hand, struct table *gaps, struct table *shares, const char *when)
{
    struct row *row = hand_group_row(hand, gaps, "overall", when, 40);
    hand_count(gaps, row, "n", 40);
    hand_number(gaps, row, "ewma", 0.1);
    hand_number(gaps, row, "cusum_above", 1);
    hand_text(gaps, row, "signal", "none");
    hand_text(gaps, row, "cusum_signal", "none");
    row = hand_group_row(hand, shares, "overall", when, 40);
    hand_count(shares, row, "n", 40);
    hand_number(shares, row, "limit_high", 0.5);
    hand_number(shares, row, "sigma_z", 1.2);
    hand_text(shares, row, "signal", "none");
}

/* Each chart stands before its table, and its title says in which periods the rule signals, and on which side. */
static void control_charts_say_what_they_find(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    struct table *gaps = hand_table(&hand, "gap_trend", month), *shares = hand_table(&hand, "share_trend", month);
    control_row(&hand, gaps, shares, "2026-01");
    assert_null(strstr(section_text(&hand, "trends"), "chart"));
    control_row(&hand, gaps, shares, "2026-02");
    const char *text = section_text(&hand, "trends");
    const char *first =
        strstr(text, "chart gap_trend 0: The moving average of the overall gap stays within its limits in 2 periods | "
                     "n = 80 in 2 periods; line: moving average, ");
    const char *second =
        strstr(text, "\nchart gap_trend 0: Sums show no lasting change of the overall gap in 2 periods | n = 80 in ");
    const char *third =
        strstr(text, "\nchart share_trend 0: The share of customers who got less than expected stays within its limits "
                     "in 2 periods | n = 80 in 2 periods; dashed: limits of three standard errors (p chart), ");
    assert_true(first && second && third && first < second && second < strstr(text, "\nfolded gap_trend") &&
                strstr(text, "\nfolded gap_trend") < third && third < strstr(text, "\nfolded share_trend"));
    hand_text(gaps, &gaps->rows[0], "signal", "ewma_low");
    hand_text(gaps, &gaps->rows[1], "cusum_signal", "cusum_high");
    hand_text(shares, &shares->rows[1], "signal", "laney_high");
    hand_number(shares, &shares->rows[0], "sigma_z", 1.6);
    text = section_text(&hand, "trends");
    assert_non_null(strstr(text, ": The overall gap drifted below its limits: “2026-01” | "));
    assert_non_null(strstr(text, ": Sums show that the overall gap has risen: “2026-02” | "));
    assert_non_null(strstr(text,
                           ": More customers than the limits allow got less than expected: “2026-02” | n = 80 in 2 periods; "
                           "dashed: limits of Laney's p′ chart, since periods vary 1.6 times as much as chance lets them, "));
    hand_text(gaps, &gaps->rows[1], "signal", "ewma_high");
    hand_text(gaps, &gaps->rows[0], "cusum_signal", "cusum_low");
    hand_text(shares, &shares->rows[1], "signal", "p_low");
    text = section_text(&hand, "trends");
    assert_non_null(strstr(text, ": The overall gap drifted beyond its limits on both sides: “2026-01” and “2026-02” | "));
    assert_non_null(strstr(text, ": Sums show that the overall gap has risen and fallen: “2026-01” and “2026-02” | "));
    assert_non_null(strstr(text, ": Fewer customers than the limits allow got less than expected: “2026-02” | "));
    hand_end(&hand);
}

static void change_row(struct hand *hand, struct table *table, const char *subject, double p)
{
    struct row *row = hand_row(hand, table, subject);
    hand_count(table, row, "n_old", 80);
    hand_count(table, row, "n_new", 90);
    hand_number(table, row, "gap_old", -0.4);
    hand_number(table, row, "gap_new", -0.1);
    hand_number(table, row, "change", 0.3);
    hand_number(table, row, "ci_low", 0.1);
    hand_number(table, row, "ci_high", 0.5);
    hand_number(table, row, "p_holm", p);
}

/* "change since the last wave": the overall one always, others when they are shown; never called closed when only not shown. */
static void changes_are_told_with_how_sure_they_are(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    struct table *table = hand_table(&hand, "gap_change", NULL);
    change_row(&hand, table, "care", 0.01);
    change_row(&hand, table, "speed", 0.2);
    change_row(&hand, table, "overall", 0.02);
    assert_string_equal(
        section_text(&hand, "trends"),
        "## What changed\n"
        "* The overall gap changed by +0.30 [0.10, 0.50] since the older answers, from −0.40 to −0.10: a change "
        "is shown (p 0.020).\n"
        "* A change is shown on “Care”: +0.30 [0.10, 0.50].\n"
        "chart gap_change 0: The overall gap is shown to be better than before: +0.30 points | n = 80 before and 90 "
        "now at most; verdicts allow for all rows; 95 % intervals of the change\n"
        "table gap_change: Change since the older answers\n");
    hand_number(table, &table->rows[2], "p_holm", 0.3);
    assert_non_null(strstr(section_text(&hand, "trends"),
                           "* No change of the overall gap since the older answers could be shown: "
                           "+0.30 [0.10, 0.50], from −0.40 to −0.10.\n"));
    assert_non_null(strstr(section_text(&hand, "trends"), ": No change of the overall gap could be shown: +0.30 points | "));
    hand_number(table, &table->rows[2], "p_holm", 0.01);
    hand_number(table, &table->rows[2], "change", -0.3);
    assert_non_null(strstr(section_text(&hand, "trends"), ": The overall gap is shown to be worse than before: −0.30 points | "));
    hand_blank(table, &table->rows[2], "change", REASON_TOO_FEW);
    assert_non_null(strstr(section_text(&hand, "trends"), ": A change is shown on 1 of 2 rows | "));
    hand_end(&hand);
}

/* However many items changed, the overall change stands before them and the signals after them. */
static void many_changes_push_nothing_out(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 22);
    hand.study.dimension_count = 1; /* so that items are what changes */
    struct table *table = hand_table(&hand, "gap_change", NULL), *gaps = hand_table(&hand, "gap_trend", month);
    for (uint32_t i = 0; i < 22; i++)
        change_row(&hand, table, hand.ids[i], i < 2 ? 0.5 : 0.01);
    change_row(&hand, table, "overall", 0.02);
    period(&hand, gaps, "overall", "2026-01", "none");
    period(&hand, gaps, "overall", "2026-02", "ewma_low");
    const char *text = section_text(&hand, "trends"), *told = "## What changed\n* The overall gap changed by +0.30";
    assert_memory_equal(text, told, strlen(told));
    assert_non_null(strstr(text, "* A change is shown on “item three”: +0.30 [0.10, 0.50].\n"));
    assert_non_null(strstr(text, "* A change is shown on “item seven”: +0.30 [0.10, 0.50].\n"
                                 "* A change is shown on 15 more; the table has them all.\n"
                                 "* The moving average of the overall gap (EWMA) lies below its limits in “2026-02”.\n"
                                 "* With 2 periods the limits are provisional"));
    assert_null(strstr(text, "item eight"));
    hand_number(table, &table->rows[2], "p_holm", 0.5);
    for (uint32_t i = 9; i < 22; i++)
        hand_number(table, &table->rows[i], "p_holm", 0.5);
    assert_non_null(strstr(section_text(&hand, "trends"), "* A change is shown on 1 more; the table has it too.\n"));
    hand_number(table, &table->rows[8], "p_holm", 0.5);
    assert_null(strstr(section_text(&hand, "trends"), " more; the table"));
    hand_end(&hand);
}

/* Steps of the overall gap from wave to wave are drawn, and the title says which of them show a change. */
static void waves_are_drawn(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    struct table *gaps = hand_table(&hand, "gap_trend", month), *waves = hand_table(&hand, "gap_waves", NULL);
    period(&hand, gaps, "overall", "one", "none");
    period(&hand, gaps, "overall", "two", "none");
    static const char *const names[] = {"one", "two", "three"};
    for (uint32_t i = 0; i < 4; i++) {
        change_row(&hand, waves, i % 2 ? "overall" : "care", 0.5);
        hand_text(waves, &waves->rows[i], "from", names[i / 2]);
        hand_text(waves, &waves->rows[i], "to", names[i / 2 + 1]);
    }
    assert_non_null(
        strstr(section_text(&hand, "trends"),
               "chart gap_waves 0: No change of the overall gap from wave to wave could be shown | A row for each step; "
               "verdicts allow for all steps and subjects; 95 % intervals of the change\n"));
    hand_number(waves, &waves->rows[3], "p_holm", 0.04);
    assert_non_null(strstr(section_text(&hand, "trends"),
                           ": The overall gap is shown to change once: from two to three, by +0.30 points | "));
    hand_number(waves, &waves->rows[1], "p_holm", 0.01);
    assert_non_null(
        strstr(section_text(&hand, "trends"), ": The overall gap is shown to change in 2 of 2 steps from wave to wave | "));
    const struct document *document = hand_story(&hand, (const char *const[]){"trends", NULL});
    for (uint32_t i = 0; i < document->block_count; i++) {
        const struct document_block *block = &document->blocks[i];
        if (block->kind == DOCUMENT_CHART)
            assert_true(block->drawn_count == 2 && block->drawn[0] == 1 && block->drawn[1] == 3);
    }
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signals_bear_the_name_of_their_rule),
        cmocka_unit_test(changes_are_told_with_how_sure_they_are),
        cmocka_unit_test(many_changes_push_nothing_out),
        cmocka_unit_test(control_charts_say_what_they_find),
        cmocka_unit_test(waves_are_drawn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
