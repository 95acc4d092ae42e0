/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "support/delight_study.h"
#include "support/gap_table_matrix.h"
#include "support/oracle_fixture.h"
#include "support/table_cells.h"

static struct delight_study study;

/* F46: shares with Wilson's intervals, lift and loss as differences of means with HC3 errors, against prop.test, lm and sandwich
 */
static void agrees_with_r(void **state)
{
    (void)state;
    const struct table *table = NULL;
    delight_zone(&study);
    struct matrix_study *open = matrix_table(&study.matrix, "zone_delight", &table);
    assert_int_equal(table->row_count, 1);
    assert_row_json(table, &table->rows[0], oracle_at(study.oracle, "zone.row"), 9);
    assert_cell_text(table, &table->rows[0], "kind", "performance");
    assert_cell_text(table, &table->rows[0], "outcome", "loyalty");
    assert_cell_digits(table, &table->rows[0], "lift_p_holm", cell_number(table, &table->rows[0], "lift_p"), 17);
    print_message("zone_delight: all agree to %.1f digits or more\n", digits_least());
    matrix_close(open);
    delight_free(&study);
}

/* Every weight twice is as without weights; the three shares and the rest add to 1. */
static void laws(void **state)
{
    (void)state;
    const struct table *table = NULL;
    delight_zone(&study);
    double twos[DELIGHT_PEOPLE_MAX];
    for (size_t i = 0; i < DELIGHT_PEOPLE_MAX; i++)
        twos[i] = 2;
    study.matrix.weights = twos;
    struct matrix_study *open = matrix_table(&study.matrix, "zone_delight", &table);
    assert_row_json(table, &table->rows[0], oracle_at(study.oracle, "zone.row"), 9);
    double sum = 0;
    static const char *const shares[] = {"delight_share", "service_share", "failure_share", "other_share"};
    for (size_t s = 0; s < 4; s++)
        sum += cell_number(table, &table->rows[0], shares[s]);
    assert_true(sum > 1 - 1e-12 && sum < 1 + 1e-12);
    matrix_close(open);
    delight_free(&study);
}

/* "failure, service or delight too thin for a comparison -> too_few"; no outcome: not asked; clusters: no interval of shares */
static void what_cannot_be_said(void **state)
{
    (void)state;
    const struct table *table = NULL;
    delight_zone(&study);
    study.matrix.outcome_count = 0;
    struct matrix_study *open = matrix_table(&study.matrix, "zone_delight", &table);
    assert_cell_blank(table, &table->rows[0], "lift", "not_asked");
    assert_cell_blank(table, &table->rows[0], "outcome", "not_asked");
    assert_true(cell_number(table, &table->rows[0], "delight_share") > .3);
    matrix_close(open);
    study.matrix.outcome_count = 1;
    for (unsigned i = 0; i < study.matrix.people; i++) {
        study.clusters[i] = i % 12;
        if (study.answers[STANDARD_PERCEPTION][i] < study.answers[STANDARD_MINIMUM][i] && i % 4)
            study.answers[STANDARD_PERCEPTION][i] = study.answers[STANDARD_MINIMUM][i];
    }
    study.matrix.clusters = study.clusters;
    open = matrix_table(&study.matrix, "zone_delight", &table);
    assert_cell_blank(table, &table->rows[0], "lift", "too_few");
    assert_cell_blank(table, &table->rows[0], "mean_failure", "too_few");
    assert_cell_blank(table, &table->rows[0], "kind", "too_few");
    assert_cell_blank(table, &table->rows[0], "failure_share_low", "clustered");
    matrix_close(open);
    delight_free(&study);
}

/* "allowing for the number of items": what is shown of one item need not be shown of it among forty */
static void kinds_allow_for_the_number_of_items(void **state)
{
    (void)state;
    enum { ITEMS = 40, PEOPLE = 180 };
    static int wide[3][PEOPLE * ITEMS];
    static const enum standard standards[] = {STANDARD_MINIMUM, STANDARD_DESIRED, STANDARD_PERCEPTION};
    const struct table *table = NULL;
    delight_zone(&study);
    /* the lift is made small, so that its p lies between .05/40 and .05 */
    for (unsigned i = 0; i < PEOPLE; i++) {
        if (study.outcome_answers[i] != MATRIX_MISSING &&
            study.answers[STANDARD_PERCEPTION][i] > study.answers[STANDARD_DESIRED][i])
            study.outcome_answers[i] -= i % 3 == 0 ? 2 : 0;
        for (unsigned j = 0; j < ITEMS; j++) {
            for (unsigned s = 0; s < 3; s++)
                wide[s][i * ITEMS + j] = study.answers[standards[s]][i];
        }
    }
    struct matrix_study *open = matrix_table(&study.matrix, "zone_delight", &table);
    double p = cell_number(table, &table->rows[0], "lift_p");
    assert_true(p < .05 && p > .05 / ITEMS);
    assert_cell_text(table, &table->rows[0], "kind", "performance");
    matrix_close(open);
    study.matrix.items = ITEMS;
    for (unsigned s = 0; s < 3; s++)
        study.matrix.answers[standards[s]] = wide[s];
    open = matrix_table(&study.matrix, "zone_delight", &table);
    assert_cell_text(table, &table->rows[0], "kind", "basic");
    assert_cell_digits(table, &table->rows[0], "lift_p_holm", p * ITEMS < 1 ? p * ITEMS : 1, 12);
    matrix_close(open);
    delight_free(&study);
}

/* --bootstrap: estimates are the shares of the table, from counts and from persons with weights */
static void shares_are_drawn_again(void **state)
{
    (void)state;
    static const char *const asked[] = {"zone_delight", NULL};
    static const char *const shares[] = {"delight_share", "service_share", "failure_share"};
    delight_zone(&study);
    study.matrix.asked = asked;
    study.matrix.replicates = 1000;
    for (unsigned weighted = 0; weighted < 2; weighted++) {
        for (unsigned i = 0; i < study.matrix.people; i++)
            study.weights[i] = 1 + i % 3;
        study.matrix.weights = weighted ? study.weights : NULL;
        struct matrix_study *open = matrix_open(&study.matrix, NEED_CASES);
        const struct table *table = matrix_measure(open, "zone_delight", false, .95);
        const struct table *drawn = matrix_measure(open, "bootstrap", false, .95);
        for (size_t s = 0; s < 3; s++) {
            const struct row *row = row_of(drawn, NULL, "zone_delight", "q1", "d1", "", shares[s]);
            double share = cell_number(table, &table->rows[0], shares[s]), se = sqrt(share * (1 - share) / 175);
            assert_cell_digits(drawn, row, "estimate", share, 13);
            assert_cell_count(drawn, row, "n", 175);
            assert_true(weighted ? cell_number(drawn, row, "se") > se : fabs(cell_number(drawn, row, "se") / se - 1) < .12);
        }
        matrix_close(open);
    }
    delight_free(&study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_r),          cmocka_unit_test(laws),
        cmocka_unit_test(what_cannot_be_said),    cmocka_unit_test(kinds_allow_for_the_number_of_items),
        cmocka_unit_test(shares_are_drawn_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
