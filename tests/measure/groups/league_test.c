/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/group_measures_study.h"
#include "support/table_cells.h"

/* Columns of a table against members of the oracle's units, on the two subjects that it lists unit by unit. */
static void compare_units(struct group_study *study, const struct table *table, const char *const *columns,
                          const char *const *members)
{
    static const char *const subjects[] = {"d2", "overall"};
    for (uint32_t s = 0; s < 2; s++) {
        const json_t *units = json_object_get(group_study_subject(study, subjects[s]), "units");
        assert_int_equal(json_array_size(units), GROUP_UNITS);
        for (unsigned u = 0; u < GROUP_UNITS; u++) {
            char name[8];
            (void)snprintf(name, sizeof name, "u%02u", u + 1);
            const struct row *row = row_of(table, name, subjects[s]);
            for (size_t c = 0; columns[c]; c++)
                assert_cell_json(table, row, columns[c], json_object_get(json_array_get(units, u), members[c]), 9);
            assert_int_equal(row->rests_on_count, GROUP_UNITS);
        }
    }
}

/* "τ² by Paule and Mandel", pooled variance below 10 answers, funnel limits: against metafor */
static void whole_study(void **state)
{
    (void)state;
    struct group_study study;
    const struct table *table = NULL;
    group_study_read(&study, "league", &table);
    assert_int_equal(table->row_count, 3 * GROUP_UNITS);
    static const char *const columns[] = {"n", "gap", "shrunken_gap", "funnel_low", "funnel_high", NULL};
    static const char *const members[] = {"n", "gap", "shrunken", "funnel_low", "funnel_high", NULL};
    compare_units(&study, table, columns, members);
    double tau = cell_number(table, row_of(table, "u01", "overall"), "tau");
    double expected = json_number_value(json_object_get(group_study_subject(&study, "overall"), "tau2"));
    assert_cell_digits(table, row_of(table, "u01", "overall"), "tau", tau, 15);
    assert_true(tau * tau / expected > 1 - 1e-9 && tau * tau / expected < 1 + 1e-9);
    print_message("league: at least %.1f digits agree\n", digits_least());
    double ranks = 0, fifth = 0;
    for (uint32_t r = 0; r < table->row_count; r++) {
        const struct row *row = &table->rows[r];
        double low = cell_number(table, row, "rank_low"), high = cell_number(table, row, "rank_high");
        double median = cell_number(table, row, "rank_median");
        assert_true(1 <= low && low <= median && median <= high && high <= GROUP_UNITS);
        /* never a bare rank: the interval is a real one */
        assert_true(high - low >= 1);
        assert_true(cell_number(table, row, "ci_low") < cell_number(table, row, "shrunken_gap"));
        assert_true(cell_number(table, row, "ci_high") > cell_number(table, row, "shrunken_gap"));
        ranks += median / table->row_count;
        fifth += cell_number(table, row, "worst_fifth") / 3;
    }
    /* 6 of 32 units are the worst fifth in every draw */
    assert_true(fifth > 5.999999 && fifth < 6.000001);
    assert_true(ranks > 16 && ranks < 17);
    /* u32 has the gap −1.375 where all have −.445 and the lower limit is −.856: below, and rank 1 is the best */
    const struct row *worst = row_of(table, "u32", "overall");
    assert_cell_text(table, worst, "funnel", "below");
    assert_true(cell_number(table, worst, "rank_low") > 20);
    assert_true(cell_number(table, worst, "worst_fifth") > .9);
    assert_true(table_has_note(table, "Rank 1 is the best."));
    group_study_free(&study);
}

/* "shrunken (x + Mp)/(n + M)" */
static void whole_study_of_shares(void **state)
{
    (void)state;
    struct group_study study;
    const struct table *table = NULL;
    group_study_read(&study, "league_share", &table);
    static const char *const columns[] = {"n", "share_short", "shrunken_share", NULL};
    compare_units(&study, table, columns, columns);
    print_message("league_share: at least %.1f digits agree\n", digits_least());
    for (uint32_t r = 0; r < table->row_count; r++) {
        const struct row *row = &table->rows[r];
        double low = cell_number(table, row, "ci_low"), high = cell_number(table, row, "ci_high");
        assert_true(0 <= low && low < high && high <= 1);
        assert_true(cell_number(table, row, "rank_low") <= cell_number(table, row, "rank_high"));
    }
    /* u32 lets everybody down: its rank is among the last */
    const struct row *worst = row_of(table, "u32", "overall");
    assert_true(cell_number(table, worst, "share_short") == 1);
    assert_true(cell_number(table, worst, "rank_median") > 25);
    group_study_free(&study);
}

enum { PEOPLE = 40 };

/* People of some units with gaps that follow a pattern of 8. */
struct small_study {
    int expectation[PEOPLE], perception[PEOPLE];
    const char *units[PEOPLE];
    struct answer_matrix matrix;
};

static void small_fill(struct small_study *study, unsigned units)
{
    static const int gaps[] = {-2, 1, 0, -1, 2, 0, -1, 1};
    static const char *const names[] = {"a", "b", "c", "d", "e"};
    for (unsigned i = 0; i < PEOPLE; i++) {
        study->expectation[i] = 4;
        study->perception[i] = 4 + gaps[i / units % 8];
        study->units[i] = names[i % units];
    }
    study->matrix = (struct answer_matrix){.people = PEOPLE, .items = 1, .low = 1, .high = 7, .segments = study->units};
    study->matrix.answers[STANDARD_EXPECTATION] = study->expectation;
    study->matrix.answers[STANDARD_PERCEPTION] = study->perception;
}

/* "τ² = 0: no rank, no_ranking": units alike support no ranking, and a sentence says that this does not make them equal */
static void no_ranking_can_be_supported(void **state)
{
    (void)state;
    static const char *const measures[] = {"league", "league_share"};
    struct small_study small;
    small_fill(&small, 5);
    struct matrix_study *open = matrix_open(&small.matrix, NEED_PAIRS | NEED_COMPOSITES);
    for (size_t m = 0; m < 2; m++) {
        const struct table *table = matrix_measure(open, measures[m], true, .95);
        const struct row *row = row_of(table, "b", "overall");
        assert_cell_blank(table, row, "rank_median", "no_ranking");
        assert_cell_blank(table, row, "worst_fifth", "no_ranking");
        assert_int_equal(table_value(table, row, "ci_low")->kind, VALUE_NUMBER);
        assert_true(table_has_note(table, "no ranking can be supported. That is not to say that all are equal."));
    }
    const struct table *table = matrix_measure(open, "league", true, .95);
    assert_cell_digits(table, row_of(table, "b", "overall"), "shrunken_gap",
                       cell_number(table, row_of(table, "c", "overall"), "shrunken_gap"), 15);
    matrix_close(open);
}

/* Two units have shrunken gaps and no ranks; one has its gap alone; a unit whose answers are all alike takes the pooled spread */
static void few_units(void **state)
{
    (void)state;
    struct small_study small;
    small_fill(&small, 2);
    struct matrix_study *open = matrix_open(&small.matrix, NEED_PAIRS | NEED_COMPOSITES);
    const struct table *table = matrix_measure(open, "league", true, .95);
    const struct row *row = row_of(table, "a", "overall");
    assert_int_equal(table_value(table, row, "shrunken_gap")->kind, VALUE_NUMBER);
    assert_cell_blank(table, row, "ci_low", "too_few");
    assert_cell_blank(table, row, "rank_median", "too_few");
    assert_true(table_has_note(table, "fewer than three units"));
    table = matrix_measure(open, "league", false, .95);
    assert_int_equal(table->row_count, 2);
    assert_int_equal(table_value(table, &table->rows[0], "gap")->kind, VALUE_NUMBER);
    assert_cell_blank(table, &table->rows[0], "shrunken_gap", "too_few");
    table = matrix_measure(open, "league_share", false, .95);
    assert_cell_blank(table, &table->rows[0], "shrunken_share", "too_few");
    matrix_close(open);
    small_fill(&small, 4);
    for (unsigned i = 0; i < PEOPLE; i++)
        small.perception[i] = small.units[i][0] == 'a' ? 5 : small.perception[i];
    open = matrix_open(&small.matrix, NEED_PAIRS | NEED_COMPOSITES);
    table = matrix_measure(open, "league", true, .95);
    row = row_of(table, "a", "overall");
    assert_true(cell_number(table, row, "se") > .1);
    assert_true(cell_number(table, row, "shrunken_gap") < 1);
    matrix_close(open);
}

/* Weights: errors are those of the gap tables, which survey::svymean checks; a unit with fewer than 10 answers takes
 * Σ df n_eff se² / Σ df over all units, divided by its own n_eff */
static void weights_enter_by_the_errors(void **state)
{
    (void)state;
    struct group_study study;
    const struct table *table = NULL;
    group_study_read(&study, "league", &table);
    matrix_close(study.open);
    static double weights[GROUP_PEOPLE_MAX];
    for (unsigned i = 0; i < study.matrix.people; i++)
        weights[i] = 1 + i * 7 % 5;
    study.matrix.weights = weights;
    study.open = matrix_open(&study.matrix, NEED_PAIRS | NEED_COMPOSITES | NEED_BLOCKS);
    table = matrix_measure(study.open, "league", true, .95);
    const struct table *gaps = matrix_measure(study.open, "overall_gap", true, .95);
    assert_int_equal(gaps->row_count, GROUP_UNITS);
    double sum = 0, df = 0;
    for (unsigned u = 0; u < GROUP_UNITS; u++) {
        const struct row *row = &gaps->rows[u];
        double se = cell_number(gaps, row, "se"), own = (double)table_value(gaps, row, "df")->count;
        sum += own * cell_number(gaps, row, "n_eff") * se * se;
        df += own;
    }
    for (unsigned u = 0; u < GROUP_UNITS; u++) {
        const struct row *row = row_of(table, gaps->rows[u].by[0], "overall");
        bool few = table_value(gaps, &gaps->rows[u], "n")->count < 10;
        double expected =
            few ? sqrt(sum / df / cell_number(gaps, &gaps->rows[u], "n_eff")) : cell_number(gaps, &gaps->rows[u], "se");
        assert_cell_digits(table, row, "se", expected, 12);
        assert_cell_digits(table, row, "gap", cell_number(gaps, &gaps->rows[u], "gap"), 13);
    }
    assert_true(table_has_note(table, "weighted"));
    group_study_free(&study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_study),
        cmocka_unit_test(whole_study_of_shares),
        cmocka_unit_test(no_ranking_can_be_supported),
        cmocka_unit_test(few_units),
        cmocka_unit_test(weights_enter_by_the_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
