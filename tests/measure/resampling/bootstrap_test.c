/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/chance.h"
#include "model/words.h"
#include "support/digits.h"
#include "support/gap_table_matrix.h"
#include "support/table_cells.h"

#define M   MATRIX_MISSING
#define ALL (NEED_PAIRS | NEED_SINGLES | NEED_COMPOSITES | NEED_BLOCKS | NEED_CASES)

static const char *const asked[] = {"item_gap",    "gap_bands",        "perception",  "dimension_gap",
                                    "overall_gap", "overall_item_gap", "reliability", NULL};

/* The simulated study of 60 people, with whatever a test puts beside the answers. */
static struct gap_table_matrix study;
static double weights[GAP_TABLE_PEOPLE];
static unsigned clusters[GAP_TABLE_PEOPLE];

static int set_up(void **state)
{
    (void)state;
    gap_table_read(&study);
    study.matrix.asked = asked;
    study.matrix.replicates = 400;
    for (unsigned i = 0; i < GAP_TABLE_PEOPLE; i++) {
        weights[i] = 1 + .25 * (i % 5);
        clusters[i] = i / 3;
    }
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    gap_table_free(&study);
    return 0;
}

/* The fewest people behind the alpha of a side. */
static uint64_t sides_support(struct matrix_study *open, const struct row *row)
{
    const struct table *alphas = matrix_measure(open, "reliability", false, .95);
    const char *dimension = row->values[2].kind == VALUE_TEXT ? row->values[2].text : "overall";
    uint64_t first = row_of(alphas, NULL, dimension, "expectation")->support;
    uint64_t second = row_of(alphas, NULL, dimension, "perception")->support;
    return first < second ? first : second;
}

/* What reports call a table or a figure that is drawn. */
static void assert_drawn_is_named(const char *id)
{
    char key[96];
    (void)snprintf(key, sizeof key, "drawn.%s", id);
    if (!words_text("en", key))
        fail_msg("data/words/ needs \"%s\"", key);
}

/* Every estimate is the figure that stands in the table itself, to so many digits.
 * gives   how many were compared */
static unsigned estimates_agree(struct matrix_study *open, const struct table *table, double digits)
{
    unsigned compared = 0;
    const struct table *own = NULL;
    for (uint32_t r = 0; r < table->row_count; r++) {
        const struct row *row = &table->rows[r];
        const char *name = table_value(table, row, "table")->text, *statistic = table_value(table, row, "statistic")->text;
        assert_drawn_is_named(name);
        assert_drawn_is_named(statistic);
        if (own == NULL || strcmp(own->measure->name, name) != 0)
            own = matrix_measure(open, name, false, .95);
        const char *keys[4] = {NULL};
        unsigned count = 0;
        static const char *const columns[] = {"item", "dimension", "standard"};
        for (unsigned k = 0; k < 3; k++) {
            const struct value *key = table_value(table, row, columns[k]);
            if (table_column(own, columns[k]) != UINT32_MAX)
                keys[count++] = key->kind == VALUE_TEXT ? key->text : "";
        }
        const struct row *other = row_find(own, NULL, keys);
        bool of_sides = strcmp(statistic, "difference_reliability") == 0; /* some have all answers of a side and no score */
        if (of_sides)
            assert_true(cell_number(table, row, "n") >= cell_number(own, other, "n") && row->support == sides_support(open, row));
        else
            assert_true(cell_number(table, row, "n") == cell_number(own, other, "n") && row->support == other->support);
        if (table_value(own, other, statistic)->kind == VALUE_NUMBER) {
            assert_cell_digits(table, row, "estimate", cell_number(own, other, statistic), digits);
            compared++;
        } else {
            assert_int_equal(table_value(table, row, "estimate")->reason, table_value(own, other, statistic)->reason);
        }
    }
    return compared;
}

/* "table route equals row route to 1e-12": from counts, from persons with weights, from clusters, and from people who came more
 * than once, the sample's figure is the one that the table shows. */
static void estimates_are_the_figures_of_the_tables(void **state)
{
    (void)state;
    for (unsigned design = 0; design < 4; design++) {
        struct answer_matrix matrix = study.matrix;
        matrix.replicates = 100;
        matrix.weights = design == 1 ? weights : NULL;
        matrix.clusters = design == 2 ? clusters : NULL;
        matrix.respondents = design == 3 ? clusters : NULL;
        struct matrix_study *open = matrix_open(&matrix, ALL);
        const struct table *table = matrix_measure(open, "bootstrap", false, .95);
        assert_true(estimates_agree(open, table, 12) > 40);
        assert_true(cell_number(table, row_of(table, NULL, "overall_gap", "", "", "", "difference_reliability"), "se") > 0);
        static const char *const notes[] = {
            "Gaps, marks and zones are drawn from their counts, which is the same as drawing persons.",
            "Persons are drawn with their weights.", "Clusters are drawn whole.",
            "Respondents are drawn with all their encounters."};
        for (unsigned i = 0; i < 4; i++)
            assert_int_equal(table_has_note(table, notes[i]), i == design);
        matrix_close(open);
    }
    print_message("estimates: at least %.1f digits agree\n", digits_least());
}

/* The standard error of a mean that is drawn again is s/√n × √((n − 1)/n), within five of its own standard errors. */
static void errors_are_those_of_a_mean(void **state)
{
    (void)state;
    for (unsigned design = 0; design < 3; design++) {
        struct answer_matrix matrix = study.matrix;
        matrix.clusters = design == 1 ? clusters : NULL;
        matrix.weights = design == 2 ? weights : NULL;
        struct matrix_study *open = matrix_open(&matrix, ALL);
        const struct table *table = matrix_measure(open, "bootstrap", false, .95);
        const struct table *gaps = matrix_measure(open, "item_gap", false, .95);
        double sum = 0;
        for (uint32_t i = 0; i < gaps->row_count; i++) {
            const char *item = gaps->rows[i].values[0].text, *dimension = gaps->rows[i].values[1].text;
            const struct row *row = row_of(table, NULL, "item_gap", item, dimension, "", "gap");
            double units = design == 1 ? 20 : cell_number(gaps, &gaps->rows[i], "n");
            double expected = cell_number(gaps, &gaps->rows[i], "se") * sqrt((units - 1) / units);
            double ratio = cell_number(table, row, "se") / expected;
            assert_true(fabs(ratio - 1) < 5 * sqrt(.5 / 400) * 1.5);
            sum += ratio;
            assert_true(cell_number(table, row, "ci_low") < cell_number(table, row, "estimate"));
            assert_true(cell_number(table, row, "ci_high") > cell_number(table, row, "estimate"));
            double mirrored = 2 * cell_number(table, row, "estimate") - cell_number(table, row, "percentile_high");
            assert_cell_digits(table, row, "basic_low", mirrored, 12);
            assert_cell_text(table, row, "method", "bca");
            assert_cell_count(table, row, "replicates", 400);
        }
        assert_true(fabs(sum / gaps->row_count - 1) < .05);
        assert_true(table_has_note(table, "For the ends of an interval 2000 samples or more are advised."));
        matrix_close(open);
    }
}

/* "Draws are made within strata": the estimate stays that of the table, the error is the stratified one but for √((n − 1)/n) of a
 * stratum of n; a figure with a stratum of fewer than 10 has no interval. */
static void strata_are_drawn_apart(void **state)
{
    (void)state;
    unsigned strata[GAP_TABLE_PEOPLE];
    for (unsigned i = 0; i < GAP_TABLE_PEOPLE; i++)
        strata[i] = i % 2;
    struct answer_matrix matrix = study.matrix;
    matrix.strata = strata;
    struct matrix_study *open = matrix_open(&matrix, ALL);
    const struct table *table = matrix_measure(open, "bootstrap", false, .95);
    const struct table *gaps = matrix_measure(open, "item_gap", false, .95);
    assert_true(estimates_agree(open, table, 12) > 40);
    assert_true(table_has_note(table, "Draws are made within strata, as many units of each as it has."));
    double sum = 0;
    for (uint32_t i = 0; i < gaps->row_count; i++) {
        const struct row *own = &gaps->rows[i];
        const struct row *row = row_of(table, NULL, "item_gap", own->values[0].text, own->values[1].text, "", "gap");
        double ratio = cell_number(table, row, "se") / cell_number(gaps, own, "se");
        double least = sqrt(1 - 2 / cell_number(gaps, own, "n"));
        assert_true(fabs(ratio / least - 1) < 5 * sqrt(.5 / 400) * 1.5);
        sum += ratio / least;
    }
    assert_true(fabs(sum / gaps->row_count - 1) < .05);
    matrix_close(open);
    for (unsigned i = 0; i < GAP_TABLE_PEOPLE; i++)
        strata[i] = i < 8;
    open = matrix_open(&matrix, ALL);
    table = matrix_measure(open, "bootstrap", false, .95);
    for (uint32_t r = 0; r < table->row_count; r++)
        assert_int_equal(table_value(table, &table->rows[r], "ci_low")->kind, VALUE_BLANK);
    assert_cell_blank(table, row_of(table, NULL, "overall_gap", "", "", "", "gap"), "se", "too_few");
    matrix_close(open);
}

static void assert_same_rows(const struct table *a, const struct table *b, const char *name)
{
    unsigned same = 0;
    for (uint32_t r = 0; r < a->row_count; r++) {
        const struct row *row = &a->rows[r];
        if (strcmp(row->values[0].text, name) != 0)
            continue;
        const char *keys[6] = {NULL};
        for (unsigned k = 0; k < 5; k++)
            keys[k] = row->values[k].kind == VALUE_TEXT ? row->values[k].text : "";
        const struct row *other = row_find(b, NULL, keys);
        for (uint32_t c = 5; c < a->column_count; c++) {
            assert_int_equal(row->values[c].kind, other->values[c].kind);
            assert_true(row->values[c].number == other->values[c].number && row->values[c].count == other->values[c].count);
        }
        same++;
    }
    assert_true(same > 0);
}

/* "what else was asked changes none of its figures"; nor does the number of threads */
static void figures_do_not_depend_on_other_tables(void **state)
{
    (void)state;
    static const char *const fewer[] = {"reliability", "overall_gap", NULL};
    struct answer_matrix matrix = study.matrix;
    struct matrix_study *all = matrix_open(&matrix, ALL);
    matrix.asked = fewer;
    matrix.threads = 3;
    struct matrix_study *some = matrix_open(&matrix, ALL);
    const struct table *first = matrix_measure(all, "bootstrap", false, .95);
    const struct table *second = matrix_measure(some, "bootstrap", false, .95);
    assert_true(first->row_count > second->row_count);
    assert_same_rows(second, first, "reliability");
    assert_same_rows(second, first, "overall_gap");
    matrix_close(some);
    matrix_close(all);
}

/* Rows of a group are those of the group alone; the same figure has the same line in every group. */
static void groups_are_drawn_apart(void **state)
{
    (void)state;
    struct answer_matrix matrix = study.matrix;
    struct matrix_study *open = matrix_open(&matrix, ALL);
    const struct table *table = matrix_measure(open, "bootstrap", true, .95);
    const struct table *gaps = matrix_measure(open, "item_gap", true, .95);
    uint32_t groups = 0;
    for (uint32_t r = 0; r < table->row_count; r++) {
        const struct row *row = &table->rows[r];
        groups = row->group + 1 > groups ? row->group + 1 : groups;
        assert_int_equal(row->line, r % (table->row_count / (table->rows[table->row_count - 1].group + 1)));
        if (strcmp(row->values[0].text, "item_gap") != 0 || strcmp(row->values[4].text, "gap") != 0)
            continue;
        const struct row *own = row_of(gaps, row->by[0], row->values[1].text);
        if (table_value(gaps, own, "gap")->kind == VALUE_NUMBER)
            assert_cell_digits(table, row, "estimate", cell_number(gaps, own, "gap"), 12);
        assert_int_equal(row->support, own->support);
        assert_int_equal(row->group_size, own->group_size);
    }
    assert_true(groups > 1);
    matrix_close(open);
}

/* Nobody, one, all the same, one item, too few clusters: a reason each, and no number. */
static void degenerate(void **state)
{
    (void)state;
    const unsigned dimension_of[] = {0, 1, 1, 2}, few[] = {1, 1, 2, 2};
    /* q1: all gaps −1; q2: one pair; q3: nobody; q4: varies */
    const int expectation[] = {4, 3, M, 5, 3, M, 2, 4, 5, 4, M, 3, 2, M, 3, 2},
              perception[] = {3, 4, 3, 2, 2, 3, M, 4, 4, M, M, 5, 1, M, M, 3};
    struct answer_matrix matrix = {
        .people = 4, .items = 4, .low = 1, .high = 5, .dimension_of = dimension_of, .asked = asked, .replicates = 200};
    matrix.answers[STANDARD_EXPECTATION] = expectation;
    matrix.answers[STANDARD_PERCEPTION] = perception;
    struct matrix_study *open = matrix_open(&matrix, ALL);
    const struct table *table = matrix_measure(open, "bootstrap", false, .95);
    const struct row *row = row_of(table, NULL, "item_gap", "q1", "d1", "", "gap");
    assert_cell_digits(table, row, "estimate", -1, 15);
    assert_cell_blank(table, row, "se", "no_variance");
    assert_cell_blank(table, row, "ci_low", "no_variance");
    assert_cell_blank(table, row, "method", "no_variance");
    assert_cell_blank(table, row_of(table, NULL, "item_gap", "q1", "d1", "", "dz"), "estimate", "no_variance");
    assert_cell_blank(table, row_of(table, NULL, "item_gap", "q2", "d2", "", "gap"), "estimate", "too_few");
    row = row_of(table, NULL, "item_gap", "q3", "d2", "", "gap");
    assert_cell_blank(table, row, "estimate", "no_pairs");
    assert_cell_count(table, row, "n", 0);
    assert_int_equal(row->support, 0);
    assert_cell_blank(table, row_of(table, NULL, "reliability", "", "d1", "gap", "alpha"), "estimate", "one_item");
    row = row_of(table, NULL, "item_gap", "q4", "d3", "", "gap");
    assert_true(cell_number(table, row, "se") > 0);
    /* of four people some samples have one gap only, so that dz does not exist in them; and it has none without some of the four
     */
    row = row_of(table, NULL, "item_gap", "q4", "d3", "", "dz");
    assert_true(cell_number(table, row, "failed") > 0);
    assert_true(cell_number(table, row, "failed") + cell_number(table, row, "replicates") == 200);
    matrix_close(open);
    matrix.clusters = few;
    open = matrix_open(&matrix, ALL);
    table = matrix_measure(open, "bootstrap", false, .95);
    assert_cell_blank(table, row_of(table, NULL, "item_gap", "q4", "d3", "", "gap"), "estimate", "few_clusters");
    matrix_close(open);
    static const char *const nothing[] = {"unpaired", NULL};
    matrix.asked = nothing;
    open = matrix_open(&matrix, ALL);
    table = matrix_measure(open, "bootstrap", false, .95);
    assert_int_equal(table->row_count, 0);
    assert_true(table_has_note(table, "None of the tables asked for has a figure to draw again"));
    matrix_close(open);
}

/* More than one sample in twenty without a figure, and an estimate beyond all samples, are told. */
static void what_cannot_be_relied_on_is_told(void **state)
{
    (void)state;
    int expectation[12], perception[12];
    for (int i = 0; i < 12; i++) {
        expectation[i] = 3;
        perception[i] = i == 0 ? 5 : 4;
    }
    struct answer_matrix matrix = {.people = 12, .items = 1, .low = 1, .high = 5, .asked = asked, .replicates = 300};
    matrix.answers[STANDARD_EXPECTATION] = expectation;
    matrix.answers[STANDARD_PERCEPTION] = perception;
    struct matrix_study *open = matrix_open(&matrix, ALL);
    const struct table *table = matrix_measure(open, "bootstrap", false, .95);
    const struct row *row = row_of(table, NULL, "item_gap", "q1", "d1", "", "dz");
    /* (11/12)^12 = 35 % have no gap of 2 */
    double failed = cell_number(table, row, "failed") / 300;
    assert_true(fabs(failed - pow(11 / 12., 12)) < 5 * sqrt(.35 * .65 / 300));
    assert_true(
        table_has_note(table, "samples drawn do not have the figure (no variance); the interval is of the others alone."));
    assert_cell_text(table, row, "method", "percentile");
    assert_true(table_has_note(table, "Where method is percentile"));
    matrix_close(open);
}

/* Zones: from counts and from persons the figures of the table; no width is no position. */
static void zones_are_drawn(void **state)
{
    (void)state;
    enum { PEOPLE = 50 };
    static int minimum[2 * PEOPLE], desired[2 * PEOPLE], got[2 * PEOPLE];
    static double heavy[PEOPLE];
    static const char *const zone[] = {"zone", NULL};
    for (unsigned i = 0; i < PEOPLE; i++) {
        minimum[2 * i] = 2 + (int)chance_below(3, 1, i, 4);
        desired[2 * i] = 6 + (int)chance_below(3, 2, i, 4);
        got[2 * i] = i == 7 ? M : 3 + (int)chance_below(3, 3, i, 6);
        minimum[2 * i + 1] = desired[2 * i + 1] = 5;
        got[2 * i + 1] = 4 + (int)(i % 3);
        heavy[i] = 1 + i % 3;
    }
    for (unsigned design = 0; design < 3; design++) {
        struct answer_matrix matrix = {.people = PEOPLE, .items = 2, .low = 1, .high = 9, .asked = zone, .replicates = 200};
        matrix.answers[STANDARD_MINIMUM] = design == 2 ? NULL : minimum;
        matrix.answers[STANDARD_DESIRED] = desired;
        matrix.answers[STANDARD_PERCEPTION] = got;
        matrix.weights = design == 1 ? heavy : NULL;
        struct matrix_study *open = matrix_open(&matrix, NEED_ZONES | NEED_CASES);
        const struct table *table = matrix_measure(open, "bootstrap", false, .95);
        assert_int_equal(table->row_count, design == 2 ? 2 : 6);
        if (design == 2) {
            assert_true(cell_number(table, &table->rows[0], "n") == 49);
            assert_cell_text(table, &table->rows[0], "statistic", "superiority");
        } else {
            assert_int_equal(estimates_agree(open, table, 12), 5);
            const struct row *row = row_of(table, NULL, "zone", "q1", "d1", "", "zone_position");
            assert_true(cell_number(table, row, "ci_low") < cell_number(table, row, "estimate"));
            row = row_of(table, NULL, "zone", "q2", "d1", "", "zone_position");
            assert_cell_blank(table, row, "estimate", "zone_too_narrow");
        }
        matrix_close(open);
    }
}

/* Importance: each person's own, as points of the dimensions and as ratings of the items, with people who lack some of it or
 * whose points cannot be used; the table rounds each person's value to 2^-20 of a step. */
static void weighted_gaps_are_drawn(void **state)
{
    (void)state;
    enum { PEOPLE = 60, ITEMS = 5 };
    static int expectation[PEOPLE * ITEMS], perception[PEOPLE * ITEMS], rating[PEOPLE * ITEMS];
    static double points[PEOPLE * 3], heavy[PEOPLE];
    static unsigned houses[PEOPLE];
    static const unsigned dimension_of[] = {0, 0, 1, 1, 2};
    static const char *const importance[] = {"weighted_gap", NULL};
    for (unsigned i = 0; i < PEOPLE * ITEMS; i++) {
        expectation[i] = i % 11 == 4 ? M : 3 + (int)chance_below(4, 1, i, 3);
        perception[i] = i % 13 == 6 ? M : 1 + (int)chance_below(4, 2, i, 5);
        rating[i] = i % 7 == 2 ? M : (int)chance_below(4, 3, i, 6);
    }
    for (unsigned i = 0; i < PEOPLE; i++) {
        points[3 * i] = 20 + (double)chance_below(4, 4, i, 40);
        points[3 * i + 1] = i % 9 == 1 ? -1 : i % 10 == 3 ? 80 : 100 - points[3 * i] - (double)(i % 5);
        points[3 * i + 2] = i % 4 ? (double)(i % 5) : -1;
        heavy[i] = 1 + .5 * (i % 3);
        houses[i] = i / 3;
    }
    for (unsigned design = 0; design < 6; design++) {
        struct answer_matrix matrix = {.people = PEOPLE,
                                       .items = ITEMS,
                                       .low = 1,
                                       .high = 5,
                                       .rating_high = 5,
                                       .dimension_of = dimension_of,
                                       .asked = importance,
                                       .replicates = 100,
                                       .points = design % 2 ? NULL : points};
        matrix.answers[STANDARD_EXPECTATION] = expectation;
        matrix.answers[STANDARD_PERCEPTION] = perception;
        matrix.answers[STANDARD_IMPORTANCE] = design % 2 ? rating : NULL;
        matrix.weights = design / 2 == 1 ? heavy : NULL;
        matrix.clusters = design / 2 == 2 ? houses : NULL;
        struct matrix_study *open = matrix_open(&matrix, NEED_IMPORTANCE | NEED_CASES);
        const struct table *table = matrix_measure(open, "bootstrap", false, .95);
        assert_int_equal(estimates_agree(open, table, 5), design % 2 ? ITEMS + 1 : 3 + 1);
        const struct row *row = row_of(table, NULL, "weighted_gap", "", "overall", "", "weighted");
        assert_true(cell_number(table, row, "n") < PEOPLE && cell_number(table, row, "n") > PEOPLE / 2);
        assert_true(cell_number(table, row, "ci_low") < cell_number(table, row, "ci_high"));
        matrix_close(open);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(estimates_are_the_figures_of_the_tables),
        cmocka_unit_test(errors_are_those_of_a_mean),
        cmocka_unit_test(strata_are_drawn_apart),
        cmocka_unit_test(figures_do_not_depend_on_other_tables),
        cmocka_unit_test(groups_are_drawn_apart),
        cmocka_unit_test(degenerate),
        cmocka_unit_test(what_cannot_be_relied_on_is_told),
        cmocka_unit_test(zones_are_drawn),
        cmocka_unit_test(weighted_gaps_are_drawn),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
