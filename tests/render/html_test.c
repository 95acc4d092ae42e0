/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "model/measure.h"
#include "support/document_text.h"
#include "support/page_reading.h"
#include "support/rendered_text.h"

static const struct hand_gap gaps[] = {{"q1", -0.44, 0.1, "short"},
                                       {"q2", 0.31, 0.1, "above"},
                                       {"q3", 0.004, 0.1, "met"},
                                       {"q4", -0.002, 0.4, "undecided"},
                                       {.item = NULL}};
static const char *const by[] = {"branch"};

/* A whole report: items, dimensions, groups, zone. */
static const char *page_of(struct hand *hand)
{
    return rendered_text(&hand->job, hand_story(hand, NULL), "html", rendering_page);
}

static void zone_add(struct hand *hand)
{
    struct table *zone = hand_table(hand, "zone", NULL);
    static const char *const statuses[] = {"below", "within", "above", "uncertain"};
    for (unsigned i = 0; i < 4; i++) {
        struct row *row = hand_row(hand, zone, hand->ids[i]);
        hand_number(zone, row, "mean_minimum", 2.5);
        hand_number(zone, row, "mean_desired", 4.5);
        hand_number(zone, row, "mean_perception", 2 + i);
        hand_number(zone, row, "adequacy", -0.5 + i);
        hand_number(zone, row, "adequacy_ci_low", -0.7 + i);
        hand_number(zone, row, "adequacy_ci_high", -0.3 + i);
        hand_text(zone, row, "status", statuses[i]);
    }
}

static void groups_add(struct hand *hand, const char *measure, const char *key)
{
    static const char *const names[] = {"Bergen", "Molde", "Oslo", "Vardo"};
    static const uint64_t sizes[] = {40, 9, 41, 3};
    struct table *table = hand_table(hand, measure, by);
    for (unsigned g = 0; g < 4; g++) {
        struct row *row = hand_group_row(hand, table, key, names[g], sizes[g]);
        hand_number(table, row, "mean_expectation", 4);
        hand_number(table, row, "mean_perception", 4 - 0.1 * g);
        hand_number(table, row, "gap", -0.1 * g);
        hand_number(table, row, "ci_low", -0.1 * g - 0.05);
        hand_number(table, row, "ci_high", -0.1 * g + 0.05);
        hand_text(table, row, "verdict", g ? "short" : "undecided");
    }
}

static void report_begin(struct hand *hand)
{
    hand_begin(hand, 4);
    hand->floor = 5;
    hand_gaps(hand, gaps);
    zone_add(hand);
    groups_add(hand, "overall_gap", "");
    groups_add(hand, "dimension_gap", "care");
}

/* "a self-contained HTML page …: real text, title, desc, a table twin"; nothing from the network */
static void a_whole_report_is_a_sound_page(void **state)
{
    (void)state;
    struct hand hand;
    report_begin(&hand);
    const char *page = page_of(&hand);
    page_assert_well_formed(page);
    assert_non_null(strstr(page, "<html lang=\"en\">"));
    assert_non_null(strstr(page, "name=\"viewport\""));
    static const char *const never[] = {"http:", "https:", "src=",  "url(",     "<script", "nan",
                                        "inf<",  "-0.00",  "−0.00", "href=\"h", "href=\"/"};
    for (size_t i = 0; i < sizeof never / sizeof *never; i++) {
        const char *found = strstr(page, never[i]);
        if (found && strncmp(found - 7, "xmlns=\"", 7) != 0)
            fail_msg("\"%s\": %.60s", never[i], found);
    }
    assert_int_equal(text_count(page, "<svg"), text_count(page, "role=\"img\""));
    assert_int_equal(text_count(page, "<svg"), text_count(page, "<desc id="));
    assert_int_equal(text_count(page, "<svg"), 8); /* items, zone as bands and radar, groups: wide and narrow */
    assert_int_equal(text_count(page, "<caption"), text_count(page, "<table"));
    assert_int_equal(text_count(page, "<div class=\"scroll\""), text_count(page, "<table"));
    assert_int_equal(text_count(page, " tabindex=\"0\" role=\"group\" aria-label="), text_count(page, "<table"));
    hand_end(&hand);
}

/* A page in Arabic runs from right to left; numbers and intervals in its sentences keep their order. */
static void a_page_may_run_from_right_to_left(void **state)
{
    (void)state;
    struct hand hand;
    report_begin(&hand);
    hand.head.language = "ar";
    const struct note_word words[] = {note_count("tests", 5), {.name = NULL}};
    assert_ok(&hand.job, table_add_note(&hand.job.ctx, hand.tables[0], "note.gap.family", words));
    const char *page = page_of(&hand);
    page_assert_well_formed(page);
    assert_non_null(strstr(page, "<html lang=\"ar\" dir=\"rtl\">"));
    assert_non_null(strstr(page, "\u2066\u200e\u2066\u200e+0.31\u2069 \u2066\u200e[0.16,\u00a00.46]\u2069\u2069"));
    assert_non_null(strstr(page, "<td class=\"number\">[−0.54, −0.34]</td>"));
    assert_non_null(strstr(page, "(العدد: \u2066\u200e5\u2069).</p>"));
    hand.head.language = "de";
    assert_non_null(strstr(page_of(&hand), "berücksichtigen die 5 Tests dieser Tabelle.</p>"));
    hand_end(&hand);
}

/* A page has no table without rows. */
static void a_table_without_rows_is_left_out(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 1);
    (void)hand_table(&hand, "item_gap", NULL);
    assert_null(strstr(rendered_tables(&hand, "html", (struct rendering){.utf8 = true}), "<table"));
    hand_end(&hand);
}

/* Nor one whose rows are all those of hidden groups, folded away or not. */
static void a_table_of_hidden_rows_is_left_out(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 1);
    hand.floor = 5;
    struct table *table = hand_table(&hand, "overall_gap", by);
    hand_number(table, hand_group_row(&hand, table, "", "Vardo", 3), "gap", -0.1);
    hand_number(table, hand_group_row(&hand, table, "", "Molde", 2), "gap", -0.1);
    assert_null(strstr(rendered_tables(&hand, "html", (struct rendering){.utf8 = true}), "<table"));
    const char *page = page_of(&hand);
    assert_null(strstr(page, "<table"));
    assert_null(strstr(page, "Show all 0 rows"));
    assert_non_null(strstr(page, "2 of 2 groups of branch are hidden"));
    hand_end(&hand);
}

/* "what is printed is the JSON rounded"; "never colour alone: … sign and words carry the same message" */
static void cells_say_what_the_tables_say(void **state)
{
    (void)state;
    struct hand hand;
    report_begin(&hand);
    const char *page = page_of(&hand);
    assert_non_null(strstr(page,
                           "<th scope=\"row\" class=\"text\">item one <small>q1</small></th><td class=\"number\">4.20</td><td "
                           "class=\"number\">3.76</td><td class=\"number short\">−0.44</td><td class=\"number\">[−0.54, "
                           "−0.34]</td><td class=\"number\">44</td><td class=\"text short\">short</td>"));
    assert_non_null(strstr(page, "<td class=\"number above\">+0.31</td>"));
    assert_non_null(strstr(page, "<td class=\"number\">0.00</td>"));
    assert_non_null(strstr(page, ">Share short</abbr> <small>%</small></th>"));
    assert_non_null(strstr(page, ">Gap</abbr> <small>points</small></th>"));
    hand_end(&hand);
}

/* Hidden groups are counted and not shown; a matrix has a column per group. */
static void hidden_groups_are_not_shown(void **state)
{
    (void)state;
    struct hand hand;
    report_begin(&hand);
    const char *page = page_of(&hand);
    assert_null(strstr(page, "Vardo"));
    assert_null(strstr(page, "Molde"));
    assert_non_null(strstr(page, "2 of 4 groups of branch are hidden"));
    assert_non_null(
        strstr(page, "<th scope=\"col\" class=\"number\">Bergen</th><th scope=\"col\" class=\"number\">Oslo</th></tr>"));
    assert_non_null(strstr(page, "<td class=\"number short\">−0.20 <small>[−0.25, −0.15]</small></td></tr>"));
    hand_end(&hand);
}

/* "HTML is written only through one escaping writer": what people write stays text. */
static void hostile_texts_stay_text(void **state)
{
    (void)state;
    struct hand hand;
    report_begin(&hand);
    hand.items[0].text = "</title><script>alert(\"1\")</script>&amp; 'q' \x01\x7f\xff";
    hand.head.title = "<b>\"A\" & B</b>";
    hand.tables[2]->rows[0].by[0] = "<img src=x onerror=alert(1)>";
    const char *page = page_of(&hand);
    page_assert_well_formed(page);
    assert_null(strstr(page, "<script"));
    assert_null(strstr(page, "<img"));
    assert_null(strchr(page, '\x01'));
    assert_non_null(strstr(page, "<title>&lt;b&gt;&quot;A&quot; &amp; B&lt;/b&gt;</title>") ? page
                                                                                            : strstr(page, "<title>&lt;b&gt;"));
    hand_end(&hand);
}

/* What holds for several tables is said once. */
static void a_note_is_said_once(void **state)
{
    (void)state;
    struct hand hand;
    report_begin(&hand);
    for (uint32_t t = 0; t < hand.table_count; t++)
        assert_ok(&hand.job, table_add_note(&hand.job.ctx, hand.tables[t], "note.design.weighted", NULL));
    assert_int_equal(text_count(page_of(&hand), "Answers are weighted."), 1);
    hand_end(&hand);
}

/* A long table is folded away, with its length in the line that opens it. */
static void long_tables_are_folded(void **state)
{
    (void)state;
    struct hand hand;
    report_begin(&hand);
    struct table *zone = hand_table(&hand, "zone", by);
    (void)hand_group_row(&hand, zone, "q1", "Bergen", 40);
    (void)hand_group_row(&hand, zone, "q1", "Oslo", 41);
    const char *page = page_of(&hand);
    page_assert_well_formed(page);
    assert_non_null(strstr(page, "<details><summary>Show all 2 rows: Adequacy and superiority per item</summary>"));
    zone->row_count = 1;
    assert_non_null(strstr(page_of(&hand), "<details><summary>Show the only row: Adequacy and superiority per item</summary>"));
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_report_is_a_sound_page),   cmocka_unit_test(a_page_may_run_from_right_to_left),
        cmocka_unit_test(a_table_without_rows_is_left_out), cmocka_unit_test(a_table_of_hidden_rows_is_left_out),
        cmocka_unit_test(cells_say_what_the_tables_say),    cmocka_unit_test(hidden_groups_are_not_shown),
        cmocka_unit_test(hostile_texts_stay_text),          cmocka_unit_test(a_note_is_said_once),
        cmocka_unit_test(long_tables_are_folded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
