/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/measure.h"
#include "model/shown.h"
#include "support/hand_tables.h"

static const char *shown(const struct column *column, struct value value, bool utf8)
{
    static char text[64];
    shown_value(column, &value, utf8, text, sizeof text);
    return text;
}

#define assert_shown(column, value, text) assert_string_equal(shown(&(column), (value), true), (text))

static const struct column points = {.name = "mean", .unit = "scale points", .digits = 2, .kind = COLUMN_NUMBER};
static const struct column gap = {.name = "gap", .unit = "scale points", .digits = 2, .kind = COLUMN_NUMBER};
static const struct column p = {.name = "p", .unit = "probability", .digits = 3, .kind = COLUMN_NUMBER};
static const struct column word = {.name = "status", .unit = "", .kind = COLUMN_WORD};
static const struct column key = {.name = "item", .unit = "", .kind = COLUMN_KEY};
static const struct column share = {.name = "share_short", .unit = "share", .digits = 2, .kind = COLUMN_NUMBER};

/* "the JSON number rounded to the column's digits, the minus sign U+2212, a p … below the last shown digit as "<0.001", a share
 * as percent, a gap with its sign, and for a blank the words that say why" */
static void cells_read_the_same_everywhere(void **state)
{
    (void)state;
    assert_shown(points, value_number(3.14159), "3.14");
    assert_shown(points, value_number(-0.446), "−0.45");
    assert_shown(points, value_number(-0.001), "0.00"); /* never "-0.00" */
    assert_shown(p, value_number(0.0009), "<0.001");
    assert_shown(p, value_number(0), "<0.001");
    assert_shown(p, value_number(0.001), "0.001");
    assert_shown(p, value_number(0.0449), "0.045");
    assert_shown(share, value_number(0.444), "44");
    assert_shown(share, value_number(1), "100");
    assert_shown(gap, value_number(0.31), "+0.31");
    assert_shown(gap, value_number(-0.31), "−0.31");
    assert_shown(gap, value_number(0.004), "0.00");
    assert_shown(points, value_count(420), "420");
    assert_shown(points, value_text("short"), "short");
    assert_shown(word, value_text("at_least_minimum"), "at least minimum");
    assert_shown(key, value_text("at_least"), "at_least"); /* a name that the user gave */
    assert_shown(points, value_blank(REASON_TOO_FEW), "too few");
    assert_shown(points, value_blank(REASON_SUPPRESSED), "hidden: small group");
    assert_shown(points, value_blank(REASON_NOT_APPLICABLE), "–");
    assert_string_equal(shown(&gap, value_number(-0.31), false), "-0.31");
    assert_string_equal(shown(&gap, value_blank(REASON_NOT_APPLICABLE), false), "-");
}

/* "[−0.62, −0.26]" of two columns, or the words of the first blank. */
static void intervals(void **state)
{
    (void)state;
    char text[96];
    struct value low = value_number(-0.621), high = value_number(0.26), none = value_blank(REASON_NO_VARIANCE);
    shown_interval(&points, &low, &high, true, text, sizeof text);
    assert_string_equal(text, "[−0.62, 0.26]");
    shown_interval(&points, &low, &none, true, text, sizeof text);
    assert_string_equal(text, "no variance");
}

static const char *head_of(struct hand *hand, const struct table *table, const char *column)
{
    static char text[96];
    shown_head(&hand->head, table, table_column(table, column), text, sizeof text);
    return text;
}

/* "The head of a column or interval: "Gap", "95 % interval"." */
static void heads_and_units(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 1);
    const struct table *gaps = hand_table(&hand, "item_gap", NULL), *zone = hand_table(&hand, "zone", NULL);
    assert_string_equal(head_of(&hand, gaps, "gap"), "Gap");
    assert_string_equal(head_of(&hand, gaps, "ci_low"), "95 % interval");
    assert_string_equal(head_of(&hand, gaps, "ci_simultaneous_low"), "95 % interval, all rows");
    assert_string_equal(head_of(&hand, gaps, "share_short_low"), "Share, 95 % interval");
    assert_string_equal(head_of(&hand, gaps, "dz_low"), "dz, 95 % interval");
    assert_string_equal(head_of(&hand, zone, "adequacy_ci_low"), "95 % interval");
    hand.head.confidence = 0.999;
    assert_string_equal(head_of(&hand, gaps, "ci_low"), "99.9 % interval");
    assert_string_equal(shown_unit(&points), "points");
    assert_string_equal(shown_unit(&share), "%");
    assert_string_equal(shown_unit(&p), "");
    const struct table *overview = hand_table(&hand, "journey_overview", NULL);
    assert_string_equal(shown_unit(&overview->measure->columns[table_column(overview, "duration_median")]), "hours");
    hand_end(&hand);
}

/* "The words for a key's id: an item's text, a dimension's title; "" when the id says enough." */
static void keys_and_groups_have_words(void **state)
{
    (void)state;
    static const char *const by[] = {"branch"};
    struct hand hand;
    hand_begin(&hand, 2);
    struct table *table = hand_table(&hand, "item_gap", by);
    const struct column *columns = table->measure->columns;
    assert_string_equal(shown_key_text(&hand.head, &columns[0], "q2"), "item two");
    assert_string_equal(shown_key_text(&hand.head, &columns[1], "care"), "Care");
    assert_string_equal(shown_key_text(&hand.head, &columns[0], "q9"), "");
    assert_string_equal(shown_key_text(&hand.head, &columns[2], "q2"), "");
    const char *name = NULL;
    assert_ok(&hand.job, shown_group(&hand.job.ctx, &hand.head, table, hand_group_row(&hand, table, "q1", "Oslo", 9), &name));
    assert_string_equal(name, "Oslo");
    assert_ok(&hand.job, shown_group(&hand.job.ctx, &hand.head, table, hand_group_row(&hand, table, "q1", NULL, 9), &name));
    assert_string_equal(name, "(no answer)");
    hand_end(&hand);
}

static const char *told(const struct document_head *head, const struct column *column, struct value value)
{
    static char text[96];
    shown_cell(head, column, &value, text, sizeof text);
    return text;
}

static const char *headed(const struct document_head *head, const struct table *table, const char *column)
{
    static char text[96];
    shown_head(head, table, table_column(table, column), text, sizeof text);
    return text;
}

/* "in the document's language: our own words and the reasons of blanks are translated", and nothing that is the study's */
static void tables_speak_the_language_of_the_document(void **state)
{
    (void)state;
    static const struct column other = {.name = "other", .unit = "", .kind = COLUMN_WORD};
    static const struct column outcome = {.name = "outcome", .unit = "", .kind = COLUMN_KEY};
    static const struct column standard = {.name = "standard", .unit = "", .kind = COLUMN_KEY};
    struct hand hand;
    hand_begin(&hand, 2);
    const struct table *table = hand_table(&hand, "item_gap", NULL);
    hand.head.language = "de";
    assert_string_equal(told(&hand.head, &word, value_text("at_least_minimum")), "mindestens Minimum");
    assert_string_equal(told(&hand.head, &word, value_text("never_said")), "never said");
    assert_string_equal(told(&hand.head, &other, value_text("short")), "short"); /* an item of the study */
    assert_string_equal(told(&hand.head, &gap, value_number(0.5)), "+0.50");
    assert_string_equal(told(&hand.head, &gap, value_blank(REASON_TOO_FEW)), "zu wenige");
    assert_string_equal(told(&hand.head, &gap, value_blank(REASON_NOT_APPLICABLE)), "–");
    assert_string_equal(headed(&hand.head, table, "gap"), "Lücke");
    assert_string_equal(headed(&hand.head, table, "ci_low"), "95-%-Intervall");
    assert_string_equal(headed(&hand.head, table, "ci_simultaneous_low"), "95-%-Intervall, alle Zeilen");
    assert_string_equal(headed(&hand.head, table, "share_short_low"), "Anteil, 95-%-Intervall");
    assert_string_equal(shown_head_unit(&hand.head, &points), "Punkte");
    assert_string_equal(shown_head_unit(&hand.head, &share), "%");
    assert_string_equal(shown_table_title(&hand.head, measure_find(span_of("dimension_gap"))), "Lücke je Dimension");
    assert_string_equal(shown_key_word(&hand.head, &key, "overall"), "Gesamtwert");
    assert_string_equal(shown_key_word(&hand.head, &key, "q2"), "");
    assert_string_equal(shown_key_word(&hand.head, &key, "gap"), ""); /* an id that is a word of ours elsewhere */
    assert_string_equal(shown_key_word(&hand.head, &standard, "gap"), "Lücke");
    assert_string_equal(shown_key_word(&hand.head, &outcome, "satisfaction"), "Zufriedenheit");
    assert_string_equal(shown_key_word(&hand.head, &outcome, "my own"), "");
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_read_the_same_everywhere),
        cmocka_unit_test(intervals),
        cmocka_unit_test(heads_and_units),
        cmocka_unit_test(keys_and_groups_have_words),
        cmocka_unit_test(tables_speak_the_language_of_the_document),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
