/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "support/document_text.h"

static const char *const by[] = {"branch"};
static const char *const names[] = {"Bergen", "Molde", "Oslo", "Vardo", "Aalesund", "Voss", "Hamar", "Bodo", "Lom"};

static void groups_add(struct hand *hand, const char *measure, uint32_t groups, const char *const *keys)
{
    struct table *table = hand_table(hand, measure, by);
    for (uint32_t g = 0; g < groups; g++) {
        for (size_t k = 0; keys[k]; k++)
            (void)hand_group_row(hand, table, keys[k], names[g], g == 1 ? 3 : 40 + g);
    }
}

static const char *const one[] = {"", NULL}, *const two[] = {"care", "speed", NULL};
static const char *const seven[] = {"q1", "q2", "q3", "q4", "q5", "q6", "q7", NULL};

/* Overall first, then dimensions and items side by side, whatever the order of the tables; hidden groups are counted. */
static void few_groups_stand_side_by_side(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 7);
    hand.floor = 5;
    groups_add(&hand, "item_gap", 4, seven);
    groups_add(&hand, "dimension_gap", 4, two);
    groups_add(&hand, "overall_gap", 4, one);
    groups_add(&hand, "zone", 4, seven);
    assert_string_equal(
        section_text(&hand, "segments"),
        "## Groups compared\n### By branch\n"
        "2 of 4 groups of branch are hidden, since fewer than 5 respondents stand behind them or would be given "
        "away.\n"
        "chart overall_gap 0: Overall gap by branch | Mean of the dimensions, scale 1–5, 95 % intervals; each group "
        "is tested against no gap, not against the others\n"
        "table overall_gap: Overall gap: the mean of the dimensions\n"
        "Below each gap stands its interval. A gap in bold is shown to be short of expectation (−) or above it, "
        "allowing for all cells of its table.\n"
        "matrix dimension_gap: Gap per dimension by branch, points\n"
        "matrix item_gap: Gap per item by branch, points\n"
        "folded zone: Adequacy and superiority per item\n");
    hand_end(&hand);
}

/* "the segments section for many groups must stay readable": groups become rows, what does not fit is folded away. */
static void many_groups_stand_below_each_other(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 7);
    groups_add(&hand, "item_gap", 9, seven);
    groups_add(&hand, "dimension_gap", 9, two);
    const char *text = section_text(&hand, "segments");
    assert_non_null(strstr(text, "turned dimension_gap: Gap per dimension by branch, points\n"));
    assert_non_null(strstr(text, "folded item_gap: Gap per item by branch, points\n"));
    assert_null(strstr(text, "hidden"));
    hand_end(&hand);
}

/* No picture of groups that fills pages. */
static void too_many_groups_have_no_picture(void **state)
{
    (void)state;
    static char many[31][8];
    struct hand hand;
    hand_begin(&hand, 2);
    struct table *table = hand_table(&hand, "overall_gap", by);
    for (uint32_t g = 0; g < 31; g++) {
        assert_true(snprintf(many[g], sizeof many[g], "b%u", g) > 0);
        (void)hand_group_row(&hand, table, "", many[g], 40);
    }
    assert_null(strstr(section_text(&hand, "segments"), "chart"));
    table->row_count = 30;
    assert_non_null(strstr(section_text(&hand, "segments"), "chart"));
    hand_end(&hand);
}

/* The picture says what its overall gap is the mean of. */
static void without_dimensions_groups_are_compared_by_items(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 7);
    hand.study.dimension_count = 0;
    groups_add(&hand, "item_gap", 2, seven);
    groups_add(&hand, "overall_item_gap", 2, one);
    const char *text = section_text(&hand, "segments");
    const char *picture = strstr(text, "chart overall_item_gap 0: Overall gap by branch | Mean of the items, scale 1–5");
    assert_non_null(picture);
    assert_true(picture < strstr(text, "matrix item_gap"));
    hand_end(&hand);
}

/* A study without groups has no such section. */
static void no_groups_no_section(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    (void)hand_row(&hand, hand_table(&hand, "overall_gap", NULL), "");
    assert_string_equal(section_text(&hand, "segments"), "");
    hand_end(&hand);
}

/* "shrunken league tables with rank intervals and funnel limits, never a bare rank": only units beyond the funnel are named. */
static void units_beyond_the_funnel_are_named(void **state)
{
    (void)state;
    static const char *const units[] = {"Nord", "Sud", "Ost"}, *const sides[] = {"below", "inside", "above"};
    struct hand hand;
    hand_begin(&hand, 2);
    struct table *league = hand_table(&hand, "league", by);
    for (uint32_t i = 0; i < 3; i++)
        hand_text(league, hand_group_row(&hand, league, "overall", units[i], 40), "funnel", sides[i]);
    assert_non_null(strstr(section_text(&hand, "segments"), "### By branch\n"
                                                            "* Lower than chance lets a unit of its size be: “Nord”.\n"
                                                            "* Higher than chance lets a unit of its size be: “Ost”.\n"
                                                            "folded league: Units beside each other\n"));
    hand_end(&hand);
}

/* Groups with a rank are drawn, the best first; the title names those beyond chance, and the base says how many are hidden. */
static void ranks_are_drawn_with_their_intervals(void **state)
{
    (void)state;
    static const char *const units[] = {"Nord", "Sud", "Ost"}, *const sides[] = {"below", "inside", "above"};
    struct hand hand;
    hand_begin(&hand, 2);
    struct table *league = hand_table(&hand, "league", by);
    for (uint32_t i = 0; i < 6; i++) {
        struct row *row = hand_group_row(&hand, league, i % 2 ? "care" : "overall", units[i / 2], 40);
        hand_text(league, row, "funnel", sides[i / 2]);
        hand_number(league, row, "shrunken_gap", 0.1 * i);
        hand_number(league, row, "rank_low", 1);
    }
    assert_non_null(
        strstr(section_text(&hand, "segments"),
               "chart league 0: Beyond what chance does to groups of branch: “Ost” and “Nord” | 3 groups; overall gap drawn "
               "towards the common mean (short line: as measured), 95 % intervals; rank 1 is the best, and a group may have "
               "any rank of its bar\nfolded league: Units beside each other\n"));
    const struct document *document = hand_story(&hand, (const char *const[]){"segments", NULL});
    for (uint32_t i = 0; i < document->block_count; i++) {
        const struct document_block *block = &document->blocks[i];
        if (block->kind == DOCUMENT_CHART)
            assert_true(block->drawn_count == 3 && block->drawn[0] == 4 && block->drawn[1] == 2 && block->drawn[2] == 0);
    }
    hand_text(league, &league->rows[0], "funnel", "inside");
    hand_text(league, &league->rows[4], "funnel", "inside");
    assert_non_null(
        strstr(section_text(&hand, "segments"), ": No group of branch lies beyond what chance does to groups of its "));
    hand_blank(league, &league->rows[0], "rank_low", REASON_TOO_FEW);
    hand_blank(league, &league->rows[2], "rank_low", REASON_TOO_FEW);
    assert_null(strstr(section_text(&hand, "segments"), "chart league"));
    hand_end(&hand);
}

static void comparison_row(struct hand *hand, struct table *table, const char *subject, double p)
{
    struct row *row = hand_row(hand, table, "branch");
    hand_text(table, row, "subject", subject);
    hand_count(table, row, "groups", 3);
    hand_number(table, row, "p_holm", p);
}

static void pair_row(struct hand *hand, struct table *table, const char *other, double difference, double p)
{
    struct row *row = hand_row(hand, table, "branch");
    hand_text(table, row, "subject", "overall");
    hand_text(table, row, "group_a", "Nord");
    hand_text(table, row, "group_b", other);
    hand_number(table, row, "gap_a", -0.5);
    hand_number(table, row, "gap_b", difference - 0.5);
    hand_number(table, row, "difference", difference);
    hand_number(table, row, "ci_low", difference - 0.2);
    hand_number(table, row, "ci_high", difference + 0.2);
    hand_number(table, row, "p", p);
}

/* "branches that clearly differ": by the test over all groups, then pair by pair, the largest first; no ranking. */
static void groups_that_differ_are_named(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    struct table *overall = hand_table(&hand, "overall_gap", by);
    (void)hand_group_row(&hand, overall, "", "Nord", 40);
    struct table *comparison = hand_table(&hand, "group_comparison", NULL), *pairs = hand_table(&hand, "group_pairs", NULL);
    comparison_row(&hand, comparison, "care", 0.01);
    comparison_row(&hand, comparison, "speed", 0.2);
    comparison_row(&hand, comparison, "overall", 0.004);
    pair_row(&hand, pairs, "Sud", 0.3, 0.04);
    pair_row(&hand, pairs, "Ost", 0.6, 0.001);
    pair_row(&hand, pairs, "West", 0.9, 0.06);
    assert_non_null(strstr(section_text(&hand, "segments"),
                           "### By branch\n"
                           "* The overall gap differs between the groups of branch: a difference is shown by Welch's test (p "
                           "0.004, 3 groups).\n"
                           "* A difference is shown on “Care”.\n"
                           "* Nord and Ost differ overall: −0.50 against 0.10, a difference of 0.60 [0.40, 0.80].\n"
                           "* Nord and Sud differ overall: −0.50 against −0.20, a difference of 0.30 [0.10, 0.50].\n"
                           "table group_comparison: Do groups differ?\n"
                           "folded group_pairs: Which groups differ?\n"));
    hand_number(comparison, &comparison->rows[2], "p_holm", 0.3);
    assert_non_null(strstr(section_text(&hand, "segments"), "* No difference between the overall gaps of branch could be shown "
                                                            "(Welch's test, p 0.300, 3 groups).\n"));
    hand_text(comparison, &comparison->rows[0], "segment", "region");
    assert_null(strstr(section_text(&hand, "segments"), "Welch"));
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(groups_that_differ_are_named),
        cmocka_unit_test(units_beyond_the_funnel_are_named),
        cmocka_unit_test(ranks_are_drawn_with_their_intervals),
        cmocka_unit_test(few_groups_stand_side_by_side),
        cmocka_unit_test(many_groups_stand_below_each_other),
        cmocka_unit_test(too_many_groups_have_no_picture),
        cmocka_unit_test(without_dimensions_groups_are_compared_by_items),
        cmocka_unit_test(no_groups_no_section),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
