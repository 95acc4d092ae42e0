/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/measure.h"
#include "report/story.h"
#include "support/hand_document.h"
#include "support/page_reading.h"
#include "support/rendered_text.h"
#include "support/workbook_reading.h"

static const struct rendering plain = {.utf8 = true};

static struct span rendered(struct job *job, const struct document *document, struct rendering rendering)
{
    struct out *out = NULL;
    assert_ok(job, out_open_memory(&job->ctx, &out));
    assert_ok(job, renderer_find(span_of("xlsx"))->render(&job->ctx, document, &rendering, out));
    return out_bytes(out);
}

static struct span book_of(struct hand *hand)
{
    return rendered(&hand->job, hand_document(hand), plain);
}

static const char *cell(struct hand *hand, struct span book, const char *sheet, const char *at)
{
    const char *text = workbook_cell(&hand->job, book, sheet, at);
    return text ? text : "";
}

/* The letters of the column with this head: "D". */
static const char *column_of(struct hand *hand, struct span book, const char *sheet, const char *head)
{
    for (unsigned i = 0; i < 26 * 3; i++) {
        char at[8], first = (char)('A' + i / 26 - 1), second = (char)('A' + i % 26);
        if (i < 26)
            (void)snprintf(at, sizeof at, "%c1", second);
        else
            (void)snprintf(at, sizeof at, "%c%c1", first, second);
        if (strcmp(cell(hand, book, sheet, at), head) == 0) {
            char *letters = arena_copy(hand->job.ctx.arena, span_of(at));
            assert_non_null(letters);
            letters[strlen(letters) - 1] = '\0';
            return letters;
        }
    }
    fail_msg("%s has no column %s", sheet, head);
    return NULL;
}

/* The cell of a row (2 is the first below the head) in a column. */
static const char *place(struct hand *hand, struct span book, const char *sheet, const char *head, unsigned row)
{
    const char *at = arena_format(hand->job.ctx.arena, "%s%u", column_of(hand, book, sheet, head), row);
    assert_non_null(at);
    return at;
}

static void number_is(struct hand *hand, struct span book, const char *sheet, const char *head, unsigned row, double number)
{
    const char *at = place(hand, book, sheet, head, row);
    assert_true(workbook_cell_is_number(&hand->job, book, sheet, at));
    double written = strtod(cell(hand, book, sheet, at), NULL);
    if (written - number > 1e-15 || number - written > 1e-15)
        fail_msg("%s %s is %.17g, not %.17g", sheet, at, written, number);
}

static void text_is(struct hand *hand, struct span book, const char *sheet, const char *head, unsigned row, const char *text)
{
    const char *at = place(hand, book, sheet, head, row);
    assert_false(workbook_cell_is_number(&hand->job, book, sheet, at));
    assert_string_equal(cell(hand, book, sheet, at), text);
}

/* "every table of the document a sheet of its own", each once, after the report; the columns are explained at the end. */
static void every_table_has_a_sheet(void **state)
{
    (void)state;
    static const char *const names[] = {"Report",        "Gap per item", "Overall gap", "Gap per dimension – branch",
                                        "Chart numbers", "Columns"};
    struct hand hand;
    hand_document_begin(&hand);
    struct span book = book_of(&hand);
    assert_int_equal(workbook_sheet_count(&hand.job, book), 6);
    for (size_t i = 0; i < 6; i++)
        assert_string_equal(workbook_sheet_name(&hand.job, book, i), names[i]);
    assert_non_null(strstr(workbook_part(&hand.job, book, "docProps/core.xml"), "<dc:title>A study</dc:title>"));
    hand_end(&hand);
}

/* "numbers as numbers with number formats that show the digits which shown.h shows …, percentages as such, intervals as two number
 * columns, blanks as text that says why" */
static void cells_hold_what_the_table_holds(void **state)
{
    (void)state;
    static const char *const sheet = "Gap per item";
    struct hand hand;
    hand_document_begin(&hand);
    struct span book = book_of(&hand);
    text_is(&hand, book, sheet, "Item", 2, "q1");
    text_is(&hand, book, sheet, "Item, in words", 2, "item one");
    number_is(&hand, book, sheet, "n", 2, 100);
    number_is(&hand, book, sheet, "Gap, points", 2, -0.44);
    number_is(&hand, book, sheet, "95 % interval, from, points", 2, -0.54);
    number_is(&hand, book, sheet, "95 % interval, to, points", 2, -0.34);
    number_is(&hand, book, sheet, "Share short", 2, 0.44);
    number_is(&hand, book, sheet, "p", 2, 0.0004);
    text_is(&hand, book, sheet, "Verdict", 3, "above");
    text_is(&hand, book, sheet, "Gap, points", 5, "no pairs");
    text_is(&hand, book, sheet, "t", 2, "–");
    assert_string_equal(workbook_cell_format(&hand.job, book, sheet, place(&hand, book, sheet, "Gap, points", 2)),
                        "[>=0.005]\"+\"0.00;[<=-0.005]\"−\"0.00;\"0.00\"");
    assert_string_equal(workbook_cell_format(&hand.job, book, sheet, place(&hand, book, sheet, "p", 2)),
                        "[<0.001]\"<0.001\";0.000");
    assert_string_equal(workbook_cell_format(&hand.job, book, sheet, place(&hand, book, sheet, "Share short", 2)),
                        "[>=0.005]0%;[<=-0.005]\"−\"0%;\"0%\"");
    assert_string_equal(workbook_cell_format(&hand.job, book, sheet, place(&hand, book, sheet, "n", 2)), "0");
    hand_end(&hand);
}

/* "header row frozen and filtered"; notes below; the way back. */
static void a_sheet_can_be_worked_with(void **state)
{
    (void)state;
    struct hand hand;
    hand_document_begin(&hand);
    struct span book = book_of(&hand);
    const char *sheet = workbook_sheet(&hand.job, book, "Gap per item");
    assert_non_null(strstr(sheet, "<pane xSplit=\"3\" ySplit=\"1\" topLeftCell=\"D2\""));
    assert_non_null(strstr(sheet, "<autoFilter ref=\"A1:"));
    assert_string_equal(cell(&hand, book, "Gap per item", "A7"),
                        "Expectation of the kind \"will\", asked before; gap = perception − expectation.");
    assert_string_equal(cell(&hand, book, "Gap per item", "A9"), "Report");
    assert_non_null(strstr(sheet, "<hyperlink ref=\"A9\" location=\"'Report'!A1\""));
    hand_end(&hand);
}

/* The first sheet says what the page says, and leads to the tables. */
static void the_report_leads_to_the_tables(void **state)
{
    (void)state;
    struct hand hand;
    hand_document_begin(&hand);
    struct span book = book_of(&hand);
    assert_string_equal(cell(&hand, book, "Report", "A1"), "A study");
    assert_string_equal(cell(&hand, book, "Report", "A3"), "Item one falls short most: −0.44 on the 1–5 scale [−0.59, −0.29].");
    assert_string_equal(cell(&hand, book, "Report", "A7"), "• 100 customers answered both times.");
    const char *sheet = workbook_sheet(&hand.job, book, "Report");
    assert_non_null(strstr(sheet, "location=\"'Gap per item'!A1\""));
    assert_non_null(strstr(sheet, "location=\"'Gap per dimension – branch'!A1\""));
    assert_int_equal(text_count(sheet, "<hyperlink "), 6); /* five blocks with tables, and the columns */
    hand_end(&hand);
}

/* Hidden groups are counted and not shown. */
static void hidden_groups_are_not_shown(void **state)
{
    (void)state;
    struct hand hand;
    hand_document_begin(&hand);
    struct span book = book_of(&hand);
    const char *texts = workbook_part(&hand.job, book, "xl/sharedStrings.xml");
    assert_null(strstr(texts, "Vardo"));
    assert_null(strstr(texts, "Molde"));
    text_is(&hand, book, "Gap per dimension – branch", "branch", 5, "Oslo");
    assert_non_null(strstr(texts, ">2 of 4 groups of branch are hidden"));
    hand_end(&hand);
}

/* "texts never as formulas: … strings beginning with = + - @ must come out as text", and links are not made of them. */
static void what_people_wrote_stays_text(void **state)
{
    (void)state;
    static const char *const hostile[] = {"=HYPERLINK(\"http://x\",\"y\")",
                                          "+1+cmd|' /C calc'!A0",
                                          "-2+3",
                                          "@SUM(1)",
                                          "http://example.org",
                                          "\t=1+1",
                                          "{=1}",
                                          "<f>1</f> & _x003D_1"};
    struct hand hand;
    hand_document_begin(&hand);
    for (unsigned i = 0; i < 8; i++) {
        hand.head.title = hostile[i];
        hand.items[0].text = hostile[i];
        hand.tables[1]->rows[0].by[0] = hand.tables[1]->rows[1].by[0] = hostile[i];
        struct span book = book_of(&hand);
        const char *kept = i == 7 ? "<f>1</f> & _x005F_x003D_1" : hostile[i];
        assert_string_equal(cell(&hand, book, "Report", "A1"), kept);
        text_is(&hand, book, "Gap per item", "Item, in words", 2, kept);
        text_is(&hand, book, "Gap per dimension – branch", "branch", 2, kept);
        for (size_t s = 0; s < workbook_sheet_count(&hand.job, book); s++) {
            const char *sheet = workbook_sheet(&hand.job, book, workbook_sheet_name(&hand.job, book, s));
            assert_null(strstr(sheet, "<f>"));
            assert_null(strstr(sheet, "r:id=\"rId1\" display")); /* a link to elsewhere */
        }
        assert_null(workbook_part(&hand.job, book, "xl/worksheets/_rels/sheet2.xml.rels"));
    }
    hand_end(&hand);
}

/* "native charts of the workbook for gap tables": bars that end at the gap, pale where the interval lies. */
static void gaps_are_drawn_by_the_workbook(void **state)
{
    (void)state;
    struct hand hand;
    hand_document_begin(&hand);
    struct span book = book_of(&hand);
    const char *chart = workbook_part(&hand.job, book, "xl/charts/chart1.xml");
    assert_non_null(chart);
    assert_null(workbook_part(&hand.job, book, "xl/charts/chart2.xml"));
    assert_non_null(strstr(chart, "Item one falls short most: −0.44 points"));
    assert_non_null(strstr(chart, "<c:barDir val=\"bar\"/><c:grouping val=\"stacked\"/>"));
    assert_int_equal(text_count(chart, "<c:ser>"), 6);
    assert_non_null(strstr(chart, "<c:f>'Chart numbers'!$B$3:$B$6</c:f>"));
    assert_non_null(strstr(chart, "D55E00"));
    assert_string_equal(cell(&hand, book, "Chart numbers", "A3"), "Item one  −0.44 [−0.54, −0.34]");
    /* short: up to the interval, to the gap, to the interval's end */
    assert_true(strtod(cell(&hand, book, "Chart numbers", "B3"), NULL) == -0.34);
    assert_true(strtod(cell(&hand, book, "Chart numbers", "C3"), NULL) == -0.1);
    assert_true(strtod(cell(&hand, book, "Chart numbers", "D3"), NULL) == -0.1);
    assert_string_equal(cell(&hand, book, "Chart numbers", "E3"), "");
    /* met: the interval on both sides of no gap */
    assert_string_equal(cell(&hand, book, "Chart numbers", "B4"), "");
    assert_true(strtod(cell(&hand, book, "Chart numbers", "D4"), NULL) == -0.096);
    assert_true(strtod(cell(&hand, book, "Chart numbers", "F4"), NULL) == 0.004);
    assert_true(strtod(cell(&hand, book, "Chart numbers", "G4"), NULL) == 0.1);
    assert_string_equal(cell(&hand, book, "Chart numbers", "A6"), "Item four  no pairs ");
    assert_string_equal(cell(&hand, book, "Chart numbers", "B6"), "");
    hand_end(&hand);
}

/* "created from SOURCE_DATE_EPOCH or a fixed date so that two runs give the same bytes" */
static void the_same_document_gives_the_same_bytes(void **state)
{
    (void)state;
    struct hand hand;
    hand_document_begin(&hand);
    assert_int_equal(unsetenv("SOURCE_DATE_EPOCH"), 0);
    struct span first = book_of(&hand), second = book_of(&hand);
    assert_true(span_equal(first, second));
    assert_non_null(strstr(workbook_part(&hand.job, first, "docProps/core.xml"), ">1980-01-01T00:00:00Z<"));
    assert_int_equal(setenv("SOURCE_DATE_EPOCH", "1700000000", 1), 0);
    struct span said = book_of(&hand);
    assert_non_null(strstr(workbook_part(&hand.job, said, "docProps/core.xml"), ">2023-11-14T22:13:20Z<"));
    assert_int_equal(unsetenv("SOURCE_DATE_EPOCH"), 0);
    hand_end(&hand);
}

/* The logo stands in the head, 48 pixels high. */
static void the_logo_stands_in_the_head(void **state)
{
    (void)state;
    static const unsigned char png[] = {0x89, 'P',  'N',  'G',  0x0d, 0x0a, 0x1a, 0x0a, 0,    0,    0,    0x0d, 'I',  'H',
                                        'D',  'R',  0,    0,    0,    1,    0,    0,    0,    1,    8,    0,    0,    0,
                                        0,    0x3a, 0x7e, 0x9b, 0x55, 0,    0,    0,    0x0a, 'I',  'D',  'A',  'T',  0x78,
                                        0x9c, 0x63, 0x60, 0,    0,    0,    2,    0,    1,    0x48, 0xaf, 0xa4, 0x71, 0,
                                        0,    0,    0,    'I',  'E',  'N',  'D',  0xae, 0x42, 0x60, 0x82};
    struct hand hand;
    hand_document_begin(&hand);
    struct rendering rendering = {.utf8 = true, .logo = {(const char *)png, sizeof png}};
    struct span book = rendered(&hand.job, hand_document(&hand), rendering);
    assert_non_null(strstr(workbook_part(&hand.job, book, "xl/drawings/drawing1.xml"), "<a:ext cx=\"457200\" cy=\"457200\"/>"));
    assert_string_equal(cell(&hand, book, "Report", "A2"), "A study");
    hand_end(&hand);
}

/* A language that is written from right to left turns the sheets. */
static void sheets_follow_the_direction_of_the_language(void **state)
{
    (void)state;
    struct hand hand;
    hand_document_begin(&hand);
    assert_null(strstr(workbook_part(&hand.job, book_of(&hand), "xl/worksheets/sheet2.xml"), "rightToLeft"));
    hand.head.language = "ar";
    struct span book = book_of(&hand);
    for (size_t i = 0; i < workbook_sheet_count(&hand.job, book); i++)
        assert_non_null(strstr(workbook_sheet(&hand.job, book, workbook_sheet_name(&hand.job, book, i)), "rightToLeft=\"1\""));
    hand_end(&hand);
}

/* How many rows the XML of a sheet has. (text_count would look at all of it again for each.) */
static size_t rows_of(const char *sheet)
{
    size_t count = 0;
    for (const char *at = sheet; *at; at++)
        count += *at == '<' && memcmp(at, "<row ", 5) == 0;
    return count;
}

/* Large tables are whole. */
static void every_row_is_written(void **state)
{
    (void)state;
    enum { ROWS = 16500 };
    struct hand hand;
    hand_begin(&hand, 1);
    struct table *table = hand_table(&hand, "outcome_mean", NULL);
    for (unsigned i = 0; i < ROWS; i++) {
        struct row *row = NULL;
        assert_ok(&hand.job, table_add_row(&hand.job.ctx, table, &row));
        row->values[0] = value_text(arena_format(hand.job.ctx.arena, "k%u", i));
        row->support = row->group_size = 100;
        hand_number(table, row, "mean", i + 0.5);
    }
    struct report_tables tables = hand_release(&hand);
    const struct document *document = NULL;
    assert_ok(&hand.job, report_tables_document(&hand.job.ctx, &hand.head, &tables, true, &document));
    struct span book = rendered(&hand.job, document, plain);
    const char *sheet = workbook_sheet(&hand.job, book, workbook_sheet_name(&hand.job, book, 1));
    assert_int_equal(rows_of(sheet), ROWS + 2);
    assert_non_null(strstr(sheet, "<v>16499.5</v>"));
    assert_non_null(strstr(workbook_part(&hand.job, book, "xl/sharedStrings.xml"), "<t>k16499</t>"));
    hand_end(&hand);
}

/* Sheets whose names would be the same or too long. */
static void names_of_sheets_differ(void **state)
{
    (void)state;
    static const char *const by[] = {"the branch where the customer was [served]"};
    struct hand hand;
    hand_begin(&hand, 1);
    (void)hand_row(&hand, hand_table(&hand, "overall_gap", NULL), "");
    (void)hand_row(&hand, hand_table(&hand, "overall_item_gap", NULL), "");
    (void)hand_group_row(&hand, hand_table(&hand, "item_gap", by), "q1", "Oslo", 40);
    (void)hand_group_row(&hand, hand_table(&hand, "item_gap", by), "q1", "Oslo", 40);
    struct report_tables tables = hand_release(&hand);
    const struct document *document = NULL;
    assert_ok(&hand.job, report_tables_document(&hand.job.ctx, &hand.head, &tables, true, &document));
    struct span book = rendered(&hand.job, document, plain);
    assert_string_equal(workbook_sheet_name(&hand.job, book, 1), "Overall gap");
    assert_string_equal(workbook_sheet_name(&hand.job, book, 2), "Overall gap, the mean of the i…");
    assert_string_equal(workbook_sheet_name(&hand.job, book, 3), "Gap per item – the branch whe…");
    assert_string_equal(workbook_sheet_name(&hand.job, book, 4), "Gap per item… – the branch whe…");
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_table_has_a_sheet),        cmocka_unit_test(cells_hold_what_the_table_holds),
        cmocka_unit_test(a_sheet_can_be_worked_with),     cmocka_unit_test(the_report_leads_to_the_tables),
        cmocka_unit_test(hidden_groups_are_not_shown),    cmocka_unit_test(what_people_wrote_stays_text),
        cmocka_unit_test(gaps_are_drawn_by_the_workbook), cmocka_unit_test(the_same_document_gives_the_same_bytes),
        cmocka_unit_test(the_logo_stands_in_the_head),    cmocka_unit_test(sheets_follow_the_direction_of_the_language),
        cmocka_unit_test(every_row_is_written),           cmocka_unit_test(names_of_sheets_differ),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
