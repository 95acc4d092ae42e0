/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "render/svg_gap_chart.h"
#include "support/hand_tables.h"
#include "support/page_reading.h"

enum { TEXTS = 512 };

/* One text of the picture and the room it takes, by an estimate of 0.55 em a letter. */
struct text_box {
    double left, right, top, bottom;
    char words[96];
};

static const char *drawn(struct hand *hand, enum chart_kind kind, bool narrow)
{
    struct report_tables tables = hand_release(hand);
    const struct document_block block = {
        .kind = DOCUMENT_CHART, .chart = kind, .table = tables.tables[0], .text = "A finding", .subtitle = "n = 100"};
    struct gap_chart chart;
    struct out *out = NULL;
    struct markup m = {.depth = 0};
    assert_ok(&hand->job, gap_chart_make(&hand->job.ctx, &hand->head, &block, &chart));
    assert_ok(&hand->job, out_open_memory(&hand->job.ctx, &out));
    markup_begin(&m, out);
    svg_gap_chart_draw(&m, &chart, 1, narrow);
    const char *text = arena_copy(hand->job.ctx.arena, out_bytes(out));
    assert_non_null(text);
    page_assert_well_formed(text);
    return text;
}

static double number_after(const char *at, const char *name)
{
    const char *found = strstr(at, name);
    assert_non_null(found);
    return strtod(found + strlen(name), NULL);
}

static bool class_has(const char *at, const char *class)
{
    const char *end = strchr(at, '>'), *found = strstr(at, class);
    return found && found < end;
}

static unsigned texts_read(const char *svg, struct text_box *boxes)
{
    unsigned count = 0;
    for (const char *at = strstr(svg, "<text "); at; at = strstr(at + 1, "<text ")) {
        assert_true(count < TEXTS);
        struct text_box *box = &boxes[count++];
        const char *words = strchr(at, '>') + 1;
        size_t length = strcspn(words, "<");
        assert_true(length < sizeof box->words);
        memcpy(box->words, words, length);
        box->words[length] = '\0';
        bool small = class_has(at, "tick") || class_has(at, "head") || class_has(at, "soft") || class_has(at, "verdict");
        double size = small ? 12 : 13, width = (double)text_width((struct span){.at = words, .length = length}) * size * 0.55;
        double x = number_after(at, " x=\""), y = number_after(at, " y=\"");
        box->left = class_has(at, "end") ? x - width : class_has(at, "middle") ? x - width / 2 : x;
        box->right = box->left + width;
        box->top = y - 0.75 * size;
        box->bottom = y + 0.2 * size;
    }
    return count;
}

/* "labels not overlapping", and nothing outside the picture */
static void assert_readable(const char *svg)
{
    static struct text_box boxes[TEXTS];
    unsigned count = texts_read(svg, boxes);
    const char *view = strstr(svg, "viewBox=\"0 0 ") + strlen("viewBox=\"0 0 ");
    char *end = NULL;
    double width = strtod(view, &end), height = strtod(end, NULL);
    assert_true(count > 3);
    for (unsigned i = 0; i < count; i++) {
        const struct text_box *a = &boxes[i];
        if (a->left < -4 || a->right > width + 1 || a->top < 0 || a->bottom > height)
            fail_msg("\"%s\" leaves the picture: %g … %g of %g, %g … %g of %g", a->words, a->left, a->right, width, a->top,
                     a->bottom, height);
        for (unsigned j = 0; j < i; j++) {
            const struct text_box *b = &boxes[j];
            bool apart = a->right <= b->left || b->right <= a->left || a->bottom <= b->top || b->bottom <= a->top;
            if (!apart)
                fail_msg("\"%s\" and \"%s\" overlap", a->words, b->words);
        }
    }
}

static const char *const labels[] = {
    "ask", "a question of the usual length for an item",
    "a question that goes on and on, far beyond the room that two lines of a label leave for it in any picture of ours",
    "Donaudampfschifffahrtsgesellschaftskapitänspatentprüfung ohne Leerzeichen"};

static void gaps_add(struct hand *hand, uint32_t count, double first, double step)
{
    struct table *table = hand_table(hand, "item_gap", NULL);
    static const char *const verdicts[] = {"short", "met", "undecided", "above"};
    for (uint32_t i = 0; i < count; i++) {
        hand->items[i].text = labels[i % 4];
        (void)hand_gap_row(hand, table, &(struct hand_gap){hand->ids[i], first + step * i, 0.3, verdicts[i % 4]});
    }
}

/* 1, 5, 22 and 60 items, all negative, all positive and mixed, wide and narrow */
static void texts_never_overlap(void **state)
{
    (void)state;
    static const uint32_t counts[] = {1, 5, 22, 60};
    static const double firsts[] = {-1.5, 0.01, -0.3};
    for (size_t c = 0; c < 4; c++) {
        for (size_t f = 0; f < 3; f++) {
            struct hand hand;
            hand_begin(&hand, counts[c]);
            gaps_add(&hand, counts[c], firsts[f], 0.01);
            assert_readable(drawn(&hand, CHART_GAP_LOLLIPOP, false));
            assert_readable(drawn(&hand, CHART_GAP_LOLLIPOP, true));
            hand_end(&hand);
        }
    }
}

/* The largest usual scales: 0–100, and one below zero. */
static void long_numbers_have_room(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 4);
    hand.scales[0] = (struct scale){.id = "hundred", .min = {0, 0}, .max = {100, 0}, .step = {1, 0}, .steps = 101};
    gaps_add(&hand, 4, -44.12, 20);
    assert_readable(drawn(&hand, CHART_GAP_LOLLIPOP, false));
    assert_readable(drawn(&hand, CHART_GAP_LOLLIPOP, true));
    hand.scales[0] = (struct scale){.id = "both", .min = {-3, 0}, .max = {3, 0}, .step = {1, 0}, .steps = 7};
    assert_readable(drawn(&hand, CHART_GAP_LOLLIPOP, false));
    hand_end(&hand);
}

/* Every place of a mark or line. */
static void assert_inside(const char *svg, const char *name, double least, double most)
{
    for (const char *at = strstr(svg, name); at; at = strstr(at + 1, name)) {
        double x = strtod(at + strlen(name), NULL);
        if (x < least || x > most)
            fail_msg("%s%g lies outside %g … %g", name, x, least, most);
    }
}

/* Extreme values stay in their columns; rows without means say why and draw nothing. */
static void outliers_and_blanks(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 3);
    struct table *table = hand_table(&hand, "item_gap", NULL);
    (void)hand_gap_row(&hand, table, &(struct hand_gap){"q1", -3.2, 0.8, "short"});
    (void)hand_gap_row(&hand, table, &(struct hand_gap){"q2", 0.8, 0.01, "above"});
    struct row *blank = hand_row(&hand, table, "q3");
    for (uint32_t i = 3; i < table->column_count; i++)
        blank->values[i] = value_blank(REASON_NO_PAIRS);
    const char *svg = drawn(&hand, CHART_GAP_LOLLIPOP, false);
    assert_readable(svg);
    assert_inside(svg, " cx=\"", 256, 530);
    assert_inside(svg, " x1=\"", 256, 530);
    assert_inside(svg, " x2=\"", 256, 530);
    assert_int_equal(text_count(svg, "<circle"), 6); /* expected, got and the mark of two rows */
    assert_int_equal(text_count(svg, ">no pairs</text>"), 1);
    assert_true(strstr(svg, ">Item one<") < strstr(svg, ">Item two<") && strstr(svg, ">Item two<") < strstr(svg, ">Item three<"));
    hand_end(&hand);
}

/* "hollow dot = expectation, filled dot = perception, a line between them, its colour the verdict"; "real text, title, desc" */
static void what_a_row_is_made_of(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    hand_gaps(&hand, (const struct hand_gap[]){{"q1", -0.4, 0.1, "short"}, {"q2", -1.2, 0.1, "short"}, {.item = NULL}});
    const char *svg = drawn(&hand, CHART_GAP_LOLLIPOP, false);
    assert_non_null(strstr(svg, "role=\"img\" aria-labelledby=\"t1 d1\""));
    assert_non_null(strstr(svg, "<title id=\"t1\">A finding</title><desc id=\"d1\">2 rows, the largest shortfall first: Item two "
                                "−1.20; last: Item one −0.40. The table holds all numbers.</desc>"));
    /* 1–5 over 256 … 418: 4.2 is at 385.6, 3.0 at 337 */
    assert_non_null(strstr(svg, "<line class=\"stem short\" x1=\"385.6\" y1=\"65\" x2=\"337\" y2=\"65\"></line><circle "
                                "class=\"expected short\" cx=\"385.6\" cy=\"65\" r=\"5\"></circle><circle class=\"got short\" "
                                "cx=\"337\" cy=\"65\""));
    assert_non_null(strstr(svg, ">−1.20</text>"));
    assert_int_equal(text_count(svg, "<text class=\"tick middle\""), 6); /* 1 … 5, and 0 of the gap */
    assert_non_null(strstr(svg, ">[−1.30, −1.10]</text>"));
    assert_non_null(strstr(svg, "<text class=\"verdict short\""));
    hand_end(&hand);
}

/* "Zone of tolerance: a pale band from minimum to desired, the perceived dot on it." */
static void the_zone_is_a_band(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 1);
    struct table *zone = hand_table(&hand, "zone", NULL);
    struct row *row = hand_row(&hand, zone, "q1");
    hand_number(zone, row, "mean_minimum", 2);
    hand_number(zone, row, "mean_desired", 4);
    hand_number(zone, row, "mean_perception", 3);
    hand_number(zone, row, "adequacy", 1);
    hand_number(zone, row, "adequacy_ci_low", 0.8);
    hand_number(zone, row, "adequacy_ci_high", 1.2);
    hand_text(zone, row, "status", "uncertain");
    const char *svg = drawn(&hand, CHART_ZONE_BANDS, false);
    assert_readable(svg);
    assert_non_null(strstr(svg, "<rect class=\"band\" x=\"296.5\" y=\"58\" width=\"81\" height=\"14\">"));
    assert_non_null(strstr(svg, "<circle class=\"got undecided\" cx=\"337\""));
    assert_non_null(strstr(svg, "<text class=\"verdict undecided\" x=\"702\" y=\"69\">uncertain</text>"));
    hand_text(zone, row, "status", "at_least_minimum");
    svg = drawn(&hand, CHART_ZONE_BANDS, false);
    assert_readable(svg);
    assert_non_null(strstr(svg, ">≥ min.</text>"));
    hand_end(&hand);
}

/* "1, 2, 5, 10, … or 0.5, 0.2, 0.1, …" */
static void ticks_are_round(void **state)
{
    (void)state;
    assert_true(fabs(tick_step(1, 7, 11) - 1) < 1e-12);
    assert_true(fabs(tick_step(0, 100, 6) - 20) < 1e-12);
    assert_true(fabs(tick_step(0, 10, 6) - 2) < 1e-12);
    assert_true(fabs(tick_step(0, 1, 6) - 0.2) < 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_never_overlap),   cmocka_unit_test(long_numbers_have_room), cmocka_unit_test(outliers_and_blanks),
        cmocka_unit_test(what_a_row_is_made_of), cmocka_unit_test(the_zone_is_a_band),     cmocka_unit_test(ticks_are_round),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
