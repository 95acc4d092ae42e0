/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/xlsx_chart.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "render/chart/chart.h"
#include "support/chart_samples.h"
#include "support/workbook_reading.h"

#define NUMBERS "Chart numbers"

/* A workbook of one chart with a few rows. */
struct made {
    struct hand hand;
    struct document_block block;
    struct span book;
    const char *chart; /* its XML; NULL when the workbook draws none */
};

static void made_begin(struct made *made, const char *chart, uint32_t rows)
{
    struct document *document = NULL;
    struct document_block *block = NULL;
    struct out *out = NULL;
    const struct rendering rendering = {.utf8 = true};
    assert_true(chart_sample_begin(&made->hand, chart, rows, &made->block));
    assert_int_equal(made->block.kind, DOCUMENT_CHART);
    struct job *job = &made->hand.job;
    assert_ok(job, document_create(&job->ctx, &made->hand.head, &document));
    assert_ok(job, document_add(&job->ctx, document, DOCUMENT_CHART, &block));
    *block = made->block;
    assert_ok(job, out_open_memory(&job->ctx, &out));
    assert_ok(job, renderer_find(span_of("xlsx"))->render(&job->ctx, document, &rendering, out));
    made->book = out_bytes(out);
    made->chart = workbook_part(job, made->book, "xl/charts/chart1.xml");
}

static size_t count_of(const char *text, const char *part)
{
    size_t count = 0;
    for (const char *at = strstr(text, part); at; at = strstr(at + 1, part))
        count++;
    return count;
}

/* A cell of the sheet of the charts' numbers; NULL when it is empty. */
static const char *cell(struct made *made, const char *place)
{
    return workbook_cell(&made->hand.job, made->book, NUMBERS, place);
}

static void number_is(struct made *made, const char *place, double number)
{
    const char *text = cell(made, place);
    if (!text || fabs(strtod(text, NULL) - number) > 1e-12)
        fail_msg("%s is %s, not %.12g", place, text ? text : "empty", number);
}

/* The number in a column of the row that the chart draws first. */
static double first_number(const struct made *made, const char *column)
{
    const struct table *table = released_table_view(made->block.table);
    const struct row *row = &table->rows[made->block.drawn ? made->block.drawn[0] : 0];
    return table_value(table, row, column)->number;
}

/* "add those that a workbook can draw natively": every chart but the surface, with its title, from numbers of the workbook itself. */
static void every_chart_but_one_is_drawn(void **state)
{
    (void)state;
    static const struct {
        const char *chart, *element;
        size_t series;
        uint32_t rows;
    } expected[] = {
        {"answer_distribution", "<c:grouping val=\"stacked\"/>", 4, 5},
        {"cusum_chart", "<c:lineChart>", 4, 22},
        {"dimension_bars", "<c:grouping val=\"stacked\"/>", 6, 5},
        {"driver_bars", "<c:grouping val=\"stacked\"/>", 6, 5},
        {"ewma_chart", "<c:lineChart>", 5, 22},
        {"gap_changes", "<c:grouping val=\"stacked\"/>", 6, 5},
        {"gap_distribution", "<c:grouping val=\"stacked\"/>", 6, 5},
        {"gap_lollipop", "<c:grouping val=\"stacked\"/>", 6, 5},
        {"importance_performance_map", "<c:scatterChart>", 6, 5},
        {"journey_line", "<c:lineChart>", 3, 5},
        {"kano_map", "<c:scatterChart>", 7, 5},
        {"kano_means", "<c:scatterChart>", 7, 5},
        {"league_ranks", "<c:grouping val=\"stacked\"/>", 6, 5},
        {"penalty_reward_bars", "<c:grouping val=\"stacked\"/>", 6, 5},
        {"response_surface_map", NULL, 0, 5},
        {"share_bars", "<c:grouping val=\"stacked\"/>", 6, 5},
        {"share_chart", "<c:lineChart>", 4, 22},
        {"zone_bands", "<c:grouping val=\"stacked\"/>", 6, 5},
        {"zone_radar", "<c:radarChart>", 5, 5},
    };
    assert_int_equal(sizeof expected / sizeof *expected, chart_register_count);
    for (size_t i = 0; i < chart_register_count; i++) {
        struct made made;
        assert_string_equal(expected[i].chart, chart_register[i]->name);
        made_begin(&made, expected[i].chart, expected[i].rows);
        assert_true(xlsx_chart_known(&made.block) == (expected[i].element != NULL));
        if (!expected[i].element) {
            assert_null(made.chart);
        } else {
            assert_non_null(strstr(made.chart, expected[i].element));
            if (count_of(made.chart, "<c:ser>") != expected[i].series)
                fail_msg("%s has %zu series", expected[i].chart, count_of(made.chart, "<c:ser>"));
            assert_non_null(strstr(made.chart, "<c:f>'" NUMBERS "'!$B$3"));
            assert_string_equal(cell(&made, "A1"), made.block.text);
        }
        hand_end(&made.hand);
    }
}

/* "honestly with error bars": a bar goes up to the interval, on to the estimate, and pale to the interval's other end. */
static void bars_are_pale_where_the_interval_lies(void **state)
{
    (void)state;
    struct made made;
    made_begin(&made, "driver_bars", 5);
    double low = first_number(&made, "lmg_low"), at = first_number(&made, "lmg"), high = first_number(&made, "lmg_high");
    assert_null(cell(&made, "B3"));
    number_is(&made, "E3", low);
    number_is(&made, "F3", at - low);
    number_is(&made, "G3", high - at);
    assert_non_null(strstr(cell(&made, "A3"), " [0."));
    assert_null(strstr(cell(&made, "A3"), "+"));
    hand_end(&made.hand);
    made_begin(&made, "league_ranks", 5);
    assert_non_null(strstr(cell(&made, "A3"), " · rank 1"));
    assert_non_null(strstr(cell(&made, "A3"), "  +"));
    assert_non_null(cell(&made, "A7"));
    assert_null(cell(&made, "A8"));
    hand_end(&made.hand);
}

/* An item marked low and the same marked high are two bars, each with its name. */
static void penalty_and_reward_are_two_bars(void **state)
{
    (void)state;
    struct made made;
    made_begin(&made, "penalty_reward_bars", 5);
    assert_non_null(strstr(cell(&made, "A3"), " · Penalty  "));
    assert_non_null(strstr(cell(&made, "A4"), " · Reward  "));
    assert_non_null(cell(&made, "A12"));
    assert_null(cell(&made, "A13"));
    double penalty = first_number(&made, "penalty"), high = first_number(&made, "penalty_ci_high");
    number_is(&made, "B3", fmin(high, 0));
    number_is(&made, "C3", fmin(penalty, 0) - fmin(high, 0));
    assert_non_null(strstr(made.chart, "D55E00"));
    assert_non_null(strstr(made.chart, "0072B2"));
    hand_end(&made.hand);
}

/* Shares lie on both sides of the middle, half of which lies on either; all of a row make one. */
static void shares_lie_on_both_sides(void **state)
{
    (void)state;
    struct made made;
    made_begin(&made, "gap_distribution", 5);
    number_is(&made, "B3", -first_number(&made, "share_equal") / 2);
    number_is(&made, "E3", first_number(&made, "share_equal") / 2);
    number_is(&made, "D3", -first_number(&made, "share_two_below"));
    number_is(&made, "G3", first_number(&made, "share_two_above"));
    double all = 0;
    static const char *const places[] = {"B3", "C3", "D3", "E3", "F3", "G3"};
    for (size_t i = 0; i < 6; i++)
        all += fabs(strtod(cell(&made, places[i]), NULL));
    assert_true(fabs(all - 1) < 1e-12);
    assert_non_null(strstr(made.chart, "<c:legendPos val=\"t\"/>"));
    assert_non_null(strstr(made.chart, "<c:min val=\"-"));
    hand_end(&made.hand);
    made_begin(&made, "answer_distribution", 5);
    number_is(&made, "C3", -first_number(&made, "below"));
    number_is(&made, "E3", first_number(&made, "above"));
    assert_string_equal(cell(&made, "C2"), "below");
    assert_string_equal(cell(&made, "E2"), "above");
    assert_null(strstr(cell(&made, "A3"), "+")); /* a share has no sign */
    hand_end(&made.hand);
    made_begin(&made, "share_bars", 5);
    number_is(&made, "E3", first_number(&made, "share_low"));
    number_is(&made, "F3", first_number(&made, "share") - first_number(&made, "share_low"));
    assert_non_null(strstr(made.chart, "<c:max val=\"1\"/><c:min val=\"0\"/>"));
    assert_null(strstr(cell(&made, "A3"), "+"));
    hand_end(&made.hand);
}

/* Lines between their limits; what falls is drawn downwards. */
static void lines_run_between_their_limits(void **state)
{
    (void)state;
    struct made made;
    made_begin(&made, "ewma_chart", 22);
    number_is(&made, "B3", first_number(&made, "limit_low"));
    number_is(&made, "C3", first_number(&made, "limit_high"));
    number_is(&made, "F3", first_number(&made, "ewma"));
    assert_string_equal(cell(&made, "A3"), "2020-01");
    assert_string_equal(cell(&made, "B2"), "limit");
    assert_int_equal(count_of(made.chart, "prstDash"), 2);
    assert_non_null(strstr(made.chart, "<c:legendEntry><c:idx val=\"1\"/>"));
    hand_end(&made.hand);
    made_begin(&made, "cusum_chart", 22);
    number_is(&made, "B3", -5);
    number_is(&made, "C24", 5);
    number_is(&made, "D3", first_number(&made, "cusum_above"));
    number_is(&made, "E3", -first_number(&made, "cusum_below"));
    hand_end(&made.hand);
    made_begin(&made, "journey_line", 5);
    number_is(&made, "B3", first_number(&made, "ci_low"));
    number_is(&made, "D3", first_number(&made, "rating"));
    assert_non_null(strstr(made.chart, "<c:max val=\"7\"/><c:min val=\"1\"/>"));
    hand_end(&made.hand);
}

/* Items stand where their two numbers say, with their numbers beside them, names in the legend, and intervals. */
static void maps_hold_items_and_intervals(void **state)
{
    (void)state;
    struct made made;
    made_begin(&made, "kano_map", 5);
    const struct table *table = released_table_view(made.block.table);
    const struct row *row = &table->rows[0];
    number_is(&made, "B3", -table_value(table, row, "worse")->number);
    number_is(&made, "C3", table_value(table, row, "better")->number);
    assert_non_null(strstr(cell(&made, "A3"), "1  "));
    number_is(&made, "F3", -table_value(table, row, "worse_high")->number);
    number_is(&made, "F4", -table_value(table, row, "worse_low")->number);
    assert_null(cell(&made, "F5")); /* where one interval ends the next begins */
    number_is(&made, "G6", table_value(table, row, "better_low")->number);
    number_is(&made, "G7", table_value(table, row, "better_high")->number);
    assert_non_null(strstr(made.chart, "<a:t>5</a:t>"));
    assert_int_equal(count_of(made.chart, "<c:legendEntry>"), 2); /* lines and intervals are not named */
    hand_end(&made.hand);
    made_begin(&made, "importance_performance_map", 5);
    assert_int_equal(count_of(made.chart, "<c:legendEntry>"), 1);
    assert_non_null(strstr(made.chart, "How well it is done"));
    hand_end(&made.hand);
}

/* The radar has what is just accepted, what is desired, and what was got with its interval. */
static void the_radar_holds_the_interval(void **state)
{
    (void)state;
    struct made made;
    made_begin(&made, "zone_radar", 5);
    double minimum = first_number(&made, "mean_minimum");
    number_is(&made, "B3", minimum);
    number_is(&made, "C3", first_number(&made, "mean_desired"));
    number_is(&made, "D3", minimum + first_number(&made, "adequacy_ci_low"));
    number_is(&made, "E3", minimum + first_number(&made, "adequacy_ci_high"));
    number_is(&made, "F3", first_number(&made, "mean_perception"));
    hand_end(&made.hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_chart_but_one_is_drawn),    cmocka_unit_test(bars_are_pale_where_the_interval_lies),
        cmocka_unit_test(penalty_and_reward_are_two_bars), cmocka_unit_test(shares_lie_on_both_sides),
        cmocka_unit_test(lines_run_between_their_limits),  cmocka_unit_test(maps_hold_items_and_intervals),
        cmocka_unit_test(the_radar_holds_the_interval),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
