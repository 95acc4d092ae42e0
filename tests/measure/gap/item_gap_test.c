/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "numeric/wilson.h"
#include "support/digits.h"
#include "support/gap_table_matrix.h"
#include "support/oracle_fixture.h"
#include "support/table_cells.h"

#define NEEDS NEED_PAIRS
#define M     MATRIX_MISSING

/* A study of one item from two lists. */
static struct answer_matrix one_item(unsigned people, const int *expectation, const int *perception)
{
    struct answer_matrix matrix = {.people = people, .items = 1, .low = 1, .high = 7};
    matrix.answers[STANDARD_EXPECTATION] = expectation;
    matrix.answers[STANDARD_PERCEPTION] = perception;
    return matrix;
}

/* Every figure of a whole simulated study, by R (F1, F6, F18, F20–F24, F26, F29), for everyone and by segment. */
static void whole_study(void **state)
{
    (void)state;
    struct gap_table_matrix study;
    gap_table_read(&study);
    struct matrix_study *open = matrix_open(&study.matrix, NEEDS);
    const struct table *table = matrix_measure(open, "item_gap", false, 0.95);
    json_t *rows = oracle_at(study.oracle, "item_gap");
    assert_int_equal(table->row_count, json_array_size(rows));
    for (size_t i = 0; i < json_array_size(rows); i++) {
        json_t *expected = json_array_get(rows, i);
        const char *item = json_string_value(json_object_get(expected, "item"));
        const char *dimension = json_string_value(json_object_get(expected, "dimension"));
        const struct row *row = row_of(table, NULL, item, dimension);
        assert_row_json(table, row, expected, 11.5);
        assert_cell_blank(table, row, "gap_reliability", "one_item");
        assert_cell_blank(table, row, "n_eff", "not_applicable");
        assert_int_equal(row->support, cell_number(table, row, "n"));
        assert_int_equal(row->group_size, GAP_TABLE_PEOPLE);
    }
    print_message("item_gap, everyone: at least %.1f digits agree\n", digits_least());
    table = matrix_measure(open, "item_gap", true, 0.95);
    rows = oracle_at(study.oracle, "item_gap_by_branch");
    assert_int_equal(table->row_count, json_array_size(rows));
    for (size_t i = 0; i < json_array_size(rows); i++) {
        json_t *expected = json_array_get(rows, i);
        const char *branch = json_string_value(json_object_get(expected, "branch"));
        const char *item = json_string_value(json_object_get(expected, "item"));
        const struct row *row = &table->rows[i];
        assert_string_equal(row->by[0], branch);
        assert_string_equal(row->values[0].text, item);
        assert_int_equal(row->line, i % GAP_TABLE_ITEMS);
        assert_int_equal(row->group, i / GAP_TABLE_ITEMS);
        assert_row_json(table, row, expected, 11.5);
    }
    print_message("item_gap, by segment: at least %.1f digits agree\n", digits_least());
    matrix_close(open);
    gap_table_free(&study);
}

/* The share's interval with clusters: as many answers as give the clustered error of the share (F29). */
static void check_clustered_share(const struct table *table, const struct row *row, json_t *expected)
{
    double share = json_number_value(json_object_get(expected, "share_short"));
    double se = json_number_value(json_object_get(expected, "se_share"));
    struct interval interval;
    assert_int_equal(wilson_interval(share, share * (1 - share) / (se * se), 0.95, &interval), DEFINED);
    assert_cell_digits(table, row, "share_short_low", interval.low, 11);
    assert_cell_digits(table, row, "share_short_high", interval.high, 11);
}

static void check_design_row(const struct table *table, const struct row *row, json_t *expected, bool clustered)
{
    static const char *const same[] = {
        "n", "mean_expectation", "mean_perception", "gap", "sd_expectation", "sd_perception", "sd_gap", "se", "df",
        "t", "ci_low",           "ci_high",         "dz",  "share_short"};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        assert_cell_json(table, row, same[i], json_object_get(expected, same[i]), 11.5);
    assert_cell_json(table, row, "r_expectation_perception", json_object_get(expected, "r"), 11.5);
    if (!clustered) {
        assert_cell_json(table, row, "n_eff", json_object_get(expected, "n_eff"), 14);
        assert_cell_json(table, row, "p", json_object_get(expected, "p"), 11);
        assert_cell_json(table, row, "share_short_low", json_object_get(expected, "share_short_low"), 11.5);
        assert_cell_json(table, row, "share_short_high", json_object_get(expected, "share_short_high"), 11.5);
        assert_cell_blank(table, row, "wilcoxon_p", "weighted");
        assert_cell_blank(table, row, "sign_p", "weighted");
        return;
    }
    assert_cell_blank(table, row, "dz_low", "clustered");
    if (json_integer_value(json_object_get(expected, "clusters")) >= 10) {
        assert_cell_json(table, row, "p", json_object_get(expected, "p"), 11);
        check_clustered_share(table, row, expected);
        return;
    }
    /* "fewer than 10 clusters, no p-value" (method notes) */
    assert_cell_blank(table, row, "p", "few_clusters");
    assert_cell_blank(table, row, "p_holm", "few_clusters");
    assert_cell_blank(table, row, "equivalence_p", "few_clusters");
    assert_cell_blank(table, row, "verdict", "few_clusters");
    assert_cell_blank(table, row, "ci_simultaneous_low", "few_clusters");
    assert_cell_blank(table, row, "share_short_low", "few_clusters");
}

/* "Weighted: linearised SE …; clusters: sum within cluster first, factor C/(C−1), df C−1; a segment keeps the whole
 * design" (F20), against survey::svymean; with all weights 1, the plain figures. */
static void weights_and_clusters(void **state)
{
    (void)state;
    json_t *oracle = oracle_read("weights");
    json_t *studies = oracle_at(oracle, "studies");
    assert_int_equal(json_array_size(studies), 4);
    for (size_t s = 0; s < json_array_size(studies); s++) {
        json_t *from = json_array_get(studies, s);
        bool clustered = json_is_true(json_object_get(from, "clustered"));
        unsigned people = 0, one = 0;
        int *expectation = matrix_read(json_object_get(from, "expectation"), &people, &one);
        int *perception = matrix_read(json_object_get(from, "perception"), &people, &one);
        double weights[100];
        unsigned clusters[100];
        const char *segments[100];
        for (unsigned i = 0; i < people; i++) {
            weights[i] = json_number_value(json_array_get(json_object_get(from, "weight"), i));
            segments[i] = json_string_value(json_array_get(json_object_get(from, "segment"), i));
            if (clustered)
                clusters[i] = (unsigned)json_integer_value(json_array_get(json_object_get(from, "cluster"), i));
        }
        struct answer_matrix matrix = one_item(people, expectation, perception);
        matrix.weights = weights;
        matrix.clusters = clustered ? clusters : NULL;
        matrix.segments = segments;
        struct matrix_study *open = matrix_open(&matrix, NEEDS);
        json_t *rows = json_object_get(from, "rows");
        for (size_t r = 0; r < json_array_size(rows); r++) {
            json_t *expected = json_array_get(rows, r);
            const char *label = json_string_value(json_object_get(expected, "label"));
            bool everyone = strcmp(label, "everyone") == 0;
            const struct table *table = matrix_measure(open, "item_gap", !everyone, 0.95);
            check_design_row(table, row_of(table, everyone ? NULL : label, "q1"), expected, clustered);
        }
        matrix_close(open);
        free(expectation);
        free(perception);
    }
    print_message("item_gap, weights and clusters: at least %.1f digits agree\n", digits_least());
    json_decref(oracle);
}

/* "n < 2: no variance"; means of one pair are shown (6.0, design: a blank with its reason, never 0) */
static void nobody_and_one(void **state)
{
    (void)state;
    const int expectation[] = {4, M, M}, perception[] = {M, 5, M};
    struct answer_matrix matrix = one_item(3, expectation, perception);
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&matrix, "item_gap", &table);
    const struct row *row = row_of(table, NULL, "q1");
    assert_cell_count(table, row, "n", 0);
    assert_cell_count(table, row, "n_expectation_only", 1);
    assert_cell_count(table, row, "n_perception_only", 1);
    assert_cell_count(table, row, "n_negative", 0);
    static const char *const blanks[] = {"mean_expectation",
                                         "gap",
                                         "sd_gap",
                                         "se",
                                         "ci_low",
                                         "t",
                                         "df",
                                         "p",
                                         "p_holm",
                                         "dz",
                                         "wilcoxon_p",
                                         "sign_p",
                                         "share_short",
                                         "share_short_low",
                                         "ceiling_share",
                                         "verdict"};
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++)
        assert_cell_blank(table, row, blanks[i], "no_pairs");
    assert_int_equal(row->support, 0);
    matrix_close(open);

    const int one_expected[] = {4, 4}, one_got[] = {6, M};
    matrix = one_item(2, one_expected, one_got);
    open = matrix_table(&matrix, "item_gap", &table);
    row = row_of(table, NULL, "q1");
    assert_cell_count(table, row, "n", 1);
    assert_cell_digits(table, row, "gap", 2, 17);
    assert_cell_digits(table, row, "mean_perception", 6, 17);
    assert_cell_digits(table, row, "share_short", 0, 17);
    static const char *const too_few[] = {
        "sd_expectation", "sd_gap",  "se",   "ci_low", "ci_simultaneous_high", "t",          "df",     "p",
        "p_holm",         "dz",      "gz",   "dz_low", "wilcoxon_z",           "wilcoxon_p", "sign_p", "r_expectation_perception",
        "equivalence_p",  "verdict", "small"};
    for (size_t i = 0; i < sizeof too_few / sizeof *too_few; i++)
        assert_cell_blank(table, row, too_few[i], "too_few");
    matrix_close(open);
}

/* "gz needs n ≥ 3" (F21); with two pairs t has one degree of freedom: 12.706… standard errors */
static void two_pairs(void **state)
{
    (void)state;
    const int expectation[] = {4, 4}, perception[] = {5, 7};
    struct answer_matrix matrix = one_item(2, expectation, perception);
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&matrix, "item_gap", &table);
    const struct row *row = row_of(table, NULL, "q1");
    assert_cell_digits(table, row, "gap", 2, 17);
    assert_cell_digits(table, row, "se", 1, 15);
    assert_cell_digits(table, row, "ci_high", 2 + 12.706204736174698, 13);
    assert_cell_digits(table, row, "p", 0.2951672353008665, 12);
    assert_cell_count(table, row, "df", 1);
    assert_cell_digits(table, row, "dz", 1.4142135623730951, 15);
    assert_cell_blank(table, row, "gz", "too_few");
    assert_cell_blank(table, row, "r_expectation_perception", "no_variance");
    assert_cell_digits(table, row, "wilcoxon_p", 0.5, 15);
    assert_cell_digits(table, row, "sign_p", 0.5, 15);
    assert_cell_text(table, row, "verdict", "undecided");
    assert_cell_blank(table, row, "small", "not_applicable");
    matrix_close(open);
}

/* "s = 0 and ḡ ≠ 0 → constant gap", "All zeros → p = 1" (F20, F22), "zero variance is found by integers" (design) */
static void constant_gaps(void **state)
{
    (void)state;
    const int expectation[] = {3, 5, 4, 3, 5, 4}, one_less[] = {2, 4, 3, 2, 4, 3};
    struct answer_matrix matrix = one_item(6, expectation, one_less);
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&matrix, "item_gap", &table);
    const struct row *row = row_of(table, NULL, "q1");
    assert_cell_digits(table, row, "gap", -1, 17);
    assert_cell_digits(table, row, "sd_gap", 0, 17);
    assert_cell_digits(table, row, "r_expectation_perception", 1, 17);
    static const char *const blanks[] = {
        "ci_low",        "ci_high", "ci_simultaneous_low", "t", "p", "p_holm", "dz", "gz", "dz_high",
        "equivalence_p", "verdict", "r_gap_perception"};
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++)
        assert_cell_blank(table, row, blanks[i], "no_variance");
    assert_cell_digits(table, row, "share_short", 1, 17);
    assert_cell_digits(table, row, "wilcoxon_p", 2 / 64.0, 15);
    assert_true(table_has_note(table, "q1: every customer gave the same difference; no interval exists."));
    matrix_close(open);

    matrix = one_item(6, expectation, expectation);
    open = matrix_table(&matrix, "item_gap", &table);
    row = row_of(table, NULL, "q1");
    assert_cell_digits(table, row, "wilcoxon_p", 1, 17);
    assert_cell_blank(table, row, "wilcoxon_z", "no_variance");
    assert_cell_digits(table, row, "sign_p", 1, 17);
    matrix_close(open);

    const int all_four[] = {4, 4, 4, 4, 4, 4};
    matrix = one_item(6, all_four, all_four);
    open = matrix_table(&matrix, "item_gap", &table);
    row = row_of(table, NULL, "q1");
    assert_cell_digits(table, row, "sd_expectation", 0, 17);
    assert_cell_blank(table, row, "r_expectation_perception", "no_variance");
    matrix_close(open);
}

/* Eight rows are all named. */
static void eight_names(void **state)
{
    (void)state;
    int expectation[8 * 4], perception[8 * 4];
    for (int i = 0; i < 32; i++) {
        expectation[i] = 7;
        perception[i] = 1 + (i + i / 8) % 5;
    }
    struct answer_matrix matrix = {.people = 4, .items = 8, .low = 1, .high = 7};
    matrix.answers[STANDARD_EXPECTATION] = expectation;
    matrix.answers[STANDARD_PERCEPTION] = perception;
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&matrix, "item_gap", &table);
    assert_true(table_has_note(table, "q1, q2, q3, q4, q5, q6, q7, q8: more than 30 %"));
    assert_true(table_has_note(table, "allow for the 8 tests of this table"));
    matrix_close(open);
}

/* "A standard that was not asked is null": an item that lacks one is a row that says not_asked, and no part of the family. */
static void not_asked(void **state)
{
    (void)state;
    const bool left_out[] = {false, true};
    const int expectation[] = {4, 4, 5, 5, 4, 5}, perception[] = {3, M, 5, M, 2, M};
    struct answer_matrix matrix = {.people = 3, .items = 2, .low = 1, .high = 7};
    matrix.answers[STANDARD_EXPECTATION] = expectation;
    matrix.answers[STANDARD_PERCEPTION] = perception;
    matrix.left_out[STANDARD_PERCEPTION] = left_out;
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&matrix, "item_gap", &table);
    assert_int_equal(table->row_count, 2);
    for (uint32_t c = 2; c < table->column_count; c++)
        assert_cell_blank(table, &table->rows[1], table->measure->columns[c].name, "not_asked");
    const struct row *row = row_of(table, NULL, "q1");
    assert_cell_digits(table, row, "p_holm", cell_number(table, row, "p"), 17);
    assert_cell_digits(table, row, "ci_simultaneous_low", cell_number(table, row, "ci_low"), 13);
    matrix_close(open);
}

/* "c_E > .30: warn" (F5); "|corr(g, P)| > .9 → mostly the perception score" (F18) */
static void warnings(void **state)
{
    (void)state;
    const int expectation[] = {7, 7, 6, 7, 7, 7, 7, 7, 7, 7}, perception[] = {1, 7, 3, 5, 6, 2, 4, 6, 3, 5};
    struct answer_matrix matrix = one_item(10, expectation, perception);
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&matrix, "item_gap", &table);
    assert_cell_digits(table, row_of(table, NULL, "q1"), "ceiling_share", 0.9, 15);
    assert_true(table_has_note(table, "q1: more than 30 % of the customers already expected the top mark"));
    assert_true(table_has_note(table, "q1: the gap is mostly the perception score"));
    assert_true(table_has_note(table, "Expectation of the kind \"will\", asked before"));
    assert_false(table_has_note(table, "Intervals and tests allow for"));
    assert_false(table_has_note(table, "weighted"));
    matrix_close(open);
    const int seldom[] = {7, 7, 7, 3, 4, 5, 6, 5, 4, 5}, freely[] = {5, 6, 7, 4, 4, 5, 4, 6, 5, 4};
    matrix = one_item(10, seldom, freely);
    open = matrix_table(&matrix, "item_gap", &table);
    assert_cell_digits(table, row_of(table, NULL, "q1"), "ceiling_share", 0.3, 15);
    assert_false(table_has_note(table, "more than 30 %"));
    assert_false(table_has_note(table, "mostly the perception score"));
    matrix_close(open);
}

/* "adding a constant to both standards", "reversing twice", "all weights 1": the same figures (law tests) */
static void laws(void **state)
{
    (void)state;
    struct gap_table_matrix study;
    gap_table_read(&study);
    int higher_e[GAP_TABLE_PEOPLE * GAP_TABLE_ITEMS], higher_p[GAP_TABLE_PEOPLE * GAP_TABLE_ITEMS];
    double ones[GAP_TABLE_PEOPLE];
    for (size_t i = 0; i < GAP_TABLE_PEOPLE * GAP_TABLE_ITEMS; i++) {
        higher_e[i] = study.expectation[i] == M ? M : study.expectation[i] + 3;
        higher_p[i] = study.perception[i] == M ? M : study.perception[i] + 3;
    }
    for (size_t i = 0; i < GAP_TABLE_PEOPLE; i++)
        ones[i] = 1;
    const struct table *plain = NULL, *higher = NULL, *weighted = NULL;
    struct answer_matrix moved = study.matrix, weighed = study.matrix;
    moved.low += 3;
    moved.high += 3;
    moved.answers[STANDARD_EXPECTATION] = higher_e;
    moved.answers[STANDARD_PERCEPTION] = higher_p;
    weighed.weights = ones;
    struct matrix_study *a = matrix_table(&study.matrix, "item_gap", &plain);
    struct matrix_study *b = matrix_table(&moved, "item_gap", &higher);
    struct matrix_study *c = matrix_table(&weighed, "item_gap", &weighted);
    for (uint32_t r = 0; r < plain->row_count; r++) {
        for (uint32_t k = 0; k < plain->column_count; k++) {
            const struct value *one = &plain->rows[r].values[k], *two = &higher->rows[r].values[k];
            const struct value *three = &weighted->rows[r].values[k];
            if (one->kind != VALUE_NUMBER)
                continue;
            bool level = strncmp(plain->measure->columns[k].name, "mean_", 5) == 0;
            assert_true(two->number == one->number + (level ? 3 : 0) || (level && two->number - one->number - 3 < 1e-12));
            if (three->kind == VALUE_NUMBER)
                assert_true(three->number == one->number);
            else
                assert_int_equal(three->reason, REASON_WEIGHTED);
        }
    }
    matrix_close(a);
    matrix_close(b);
    matrix_close(c);
    gap_table_free(&study);
}

/* "The pharmacy data (apotek-servqual) must come out as 1 short, 4 met, 7 undecided" (sentences) */
static void pharmacy(void **state)
{
    (void)state;
    char path[4096];
    FILE *file = fopen(real_answers_path("apotek-servqual/apotek.csv", path, sizeof path), "r");
    assert_non_null(file);
    int expectation[100 * 12], perception[100 * 12];
    char line[512];
    assert_non_null(fgets(line, sizeof line, file));
    for (unsigned i = 0; i < 100; i++) {
        assert_non_null(fgets(line, sizeof line, file));
        const char *at = line;
        for (unsigned skip = 0; skip < 3; skip++)
            at = strchr(at, ',') + 1;
        for (unsigned j = 0; j < 24; j++) {
            char *end = NULL;
            (j < 12 ? expectation : perception)[i * 12 + j % 12] = (int)strtol(at, &end, 10);
            at = end + 1;
        }
    }
    fclose(file);
    struct answer_matrix matrix = {.people = 100, .items = 12, .low = 1, .high = 5};
    matrix.answers[STANDARD_EXPECTATION] = expectation;
    matrix.answers[STANDARD_PERCEPTION] = perception;
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&matrix, "item_gap", &table);
    json_t *reference = oracle_read_path(real_answers_path("apotek-servqual/reference.json", path, sizeof path));
    unsigned shorts = 0, mets = 0, undecided = 0;
    static const char *const names[][2] = {{"mean_expectation", "mean_e"},
                                           {"mean_perception", "mean_p"},
                                           {"sd_gap", "sd_gap"},
                                           {"gap", "gap"},
                                           {"t", "t"},
                                           {"p", "p_value"},
                                           {"dz", "cohen_dz"},
                                           {"n_zero", "n_zero"},
                                           {"r_expectation_perception", "r_ep"},
                                           {"wilcoxon_p", "wilcoxon_p_normal_cc"}};
    for (uint32_t r = 0; r < table->row_count; r++) {
        const struct row *row = &table->rows[r];
        const char *verdict = table_value(table, row, "verdict")->text;
        shorts += strcmp(verdict, "short") == 0;
        mets += strcmp(verdict, "met") == 0;
        undecided += strcmp(verdict, "undecided") == 0;
        json_t *expected = json_array_get(json_object_get(reference, "items"), r);
        for (size_t k = 0; k < sizeof names / sizeof *names; k++)
            assert_cell_json(table, row, names[k][0], json_object_get(expected, names[k][1]), 9);
    }
    /* at most eight are named; the table tells the rest */
    assert_true(table_has_note(table, "q2, q3, q4, q5, q6, q7, q8, q9 and 3 more: more than 30 % of the customers"));
    assert_int_equal(shorts, 1);
    assert_int_equal(mets, 4);
    assert_int_equal(undecided, 7);
    json_decref(reference);
    matrix_close(open);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_study),    cmocka_unit_test(weights_and_clusters),
        cmocka_unit_test(nobody_and_one), cmocka_unit_test(two_pairs),
        cmocka_unit_test(constant_gaps),  cmocka_unit_test(warnings),
        cmocka_unit_test(laws),           cmocka_unit_test(pharmacy),
        cmocka_unit_test(not_asked),      cmocka_unit_test(eight_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
