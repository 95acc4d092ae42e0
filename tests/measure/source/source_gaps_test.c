/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "disclose/release.h"
#include "model/released_table.h"
#include "support/sources_study.h"
#include "support/table_cells.h"

/* "mean expectation and mean gap of those who name it versus those who do not, with interval": Welch's test of plain answers,
 * domains of one sample under weights and clusters */
static void every_design_agrees_with_r(void **state)
{
    (void)state;
    static const char *const columns[] = {"n",  "n_named", "mean_named", "n_others", "mean_others", "difference",
                                          "se", "ci_low",  "ci_high",    "df",       "p",           "p_holm"};
    for (size_t d = 0; d < SOURCES_DESIGNS; d++) {
        struct sources_study study;
        const struct table *table = sources_study_table(&study, d, "source_gaps");
        assert_int_equal(table->row_count, 2 * SOURCE_COUNT);
        for (size_t i = 0; i < table->row_count; i++) {
            const json_t *expected = json_array_get(json_object_get(study.design, "gaps"), i);
            const char *source = expectation_source_name((enum expectation_source)(i / 2));
            const struct row *row = row_of(table, NULL, source, i % 2 ? "gap" : "expectation");
            assert_ptr_equal(row, &table->rows[i]);
            for (size_t c = 0; c < sizeof columns / sizeof *columns; c++)
                assert_cell_json(table, row, columns[c], json_object_get(expected, columns[c]), 11.5);
            bool shown = json_number_value(json_object_get(expected, "p_holm")) < 0.05;
            bool more = json_number_value(json_object_get(expected, "difference")) > 0;
            assert_cell_text(table, row, "verdict", !shown ? "undecided" : more ? "higher" : "lower");
        }
        sources_study_close(&study);
    }
    print_message("differences by source: at least %.1f digits agree\n", digits_least());
}

enum { PEOPLE = 20 };
static int expectation[PEOPLE], perception[PEOPLE];
static unsigned named[PEOPLE];

/* So many who name advertising, as many who name staff, and the rest who name nothing. */
static struct answer_matrix split_matrix(unsigned first, unsigned second)
{
    struct answer_matrix matrix = {.people = PEOPLE, .items = 1, .low = 1, .high = 7, .sources = named};
    for (unsigned i = 0; i < PEOPLE; i++) {
        expectation[i] = (int)(2 + i % 5);
        perception[i] = (int)(1 + i * 3 % 7);
        named[i] = i < first ? 1 : i < first + second ? 2 : 0;
    }
    matrix.answers[STANDARD_EXPECTATION] = expectation;
    matrix.answers[STANDARD_PERCEPTION] = perception;
    return matrix;
}

/* "a row of everyone that tells parts of them apart when the smallest part is below the floor": those who name it, the others,
 * and those who named nothing, whose mean is what is left of everyone's */
static void small_parts_are_hidden(void **state)
{
    (void)state;
    static const struct {
        unsigned first, second;
        uint64_t support;
        bool shown;
    } cases[] = {{8, 12, 8, true}, {4, 16, 4, false}, {16, 4, 4, false}, {5, 15, 5, true}, {10, 7, 3, false}, {7, 8, 5, true}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct answer_matrix matrix = split_matrix(cases[i].first, cases[i].second);
        const struct table *table = NULL;
        struct matrix_study *study = matrix_table(&matrix, "source_gaps", &table);
        const struct row *row = row_of(table, NULL, "advertising", "gap");
        assert_int_equal(row->support, cases[i].support);
        struct ctx ctx = {.threads = 1};
        assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
        const struct released_table *const *released = NULL;
        assert_int_equal(tables_release(&ctx, &table, 1, (struct release_rule){.floor = 5, .respondents = PEOPLE}, &released),
                         STATUS_OK);
        const struct table *view = released_table_view(released[0]);
        const struct row *seen = row_of(view, NULL, "advertising", "gap");
        if (cases[i].shown)
            assert_true(cell_number(view, seen, "se") > 0);
        else
            assert_cell_blank(view, seen, "mean_named", "suppressed");
        assert_cell_blank(view, row_of(view, NULL, "price", "gap"), "n_named", "suppressed");
        assert_int_equal(tables_release(&ctx, &table, 1, (struct release_rule){.floor = 1}, &released), STATUS_OK);
        assert_cell_count(released_table_view(released[0]), &released_table_view(released[0])->rows[1], "n_named",
                          cases[i].first);
        arena_destroy(ctx.arena);
        matrix_close(study);
    }
}

/* blank: "a part is empty -> too_few; so are se and what follows where a part has one answer; no spread -> no_variance" */
static void nothing_to_go_by(void **state)
{
    (void)state;
    struct answer_matrix matrix = split_matrix(PEOPLE, 0);
    const struct table *table = NULL;
    struct matrix_study *study = matrix_table(&matrix, "source_gaps", &table);
    const struct row *row = row_of(table, NULL, "advertising", "expectation");
    assert_cell_digits(table, row, "mean_named", 4, 16);
    assert_cell_blank(table, row, "mean_others", "too_few");
    assert_cell_blank(table, row, "difference", "too_few");
    assert_cell_blank(table, row, "verdict", "too_few");
    matrix_close(study);
    matrix = split_matrix(1, 12);
    study = matrix_table(&matrix, "source_gaps", &table);
    row = row_of(table, NULL, "advertising", "expectation");
    assert_cell_digits(table, row, "mean_named", 2, 16);
    assert_true(cell_number(table, row, "difference") < 0);
    assert_cell_blank(table, row, "se", "too_few");
    assert_cell_blank(table, row, "p_holm", "too_few");
    matrix_close(study);
    matrix = split_matrix(8, 12);
    for (unsigned i = 0; i < PEOPLE; i++)
        expectation[i] = 4;
    study = matrix_table(&matrix, "source_gaps", &table);
    row = row_of(table, NULL, "advertising", "expectation");
    assert_cell_digits(table, row, "difference", 0, 17);
    assert_cell_blank(table, row, "ci_low", "no_variance");
    matrix_close(study);
}

/* Under weights too a constant has no variance, and two answers that are one person's are one person. */
static void designs_at_their_edges(void **state)
{
    (void)state;
    double weights[PEOPLE];
    unsigned respondents[PEOPLE];
    struct answer_matrix matrix = split_matrix(8, 12);
    for (unsigned i = 0; i < PEOPLE; i++) {
        weights[i] = 1 + i % 3;
        respondents[i] = i < 8 ? i / 2 : i;
        perception[i] = expectation[i];
    }
    matrix.weights = weights;
    const struct table *table = NULL;
    struct matrix_study *study = matrix_table(&matrix, "source_gaps", &table);
    assert_cell_blank(table, row_of(table, NULL, "advertising", "gap"), "se", "no_variance");
    assert_true(cell_number(table, row_of(table, NULL, "advertising", "expectation"), "se") > 0);
    matrix_close(study);
    matrix.weights = NULL;
    matrix.respondents = respondents;
    study = matrix_table(&matrix, "source_gaps", &table);
    const struct row *row = row_of(table, NULL, "advertising", "expectation");
    assert_int_equal(row->support, 4);
    assert_cell_count(table, row, "n_named", 8);
    assert_cell_digits(table, row, "df", 15, 16);
    matrix_close(study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_design_agrees_with_r),
        cmocka_unit_test(small_parts_are_hidden),
        cmocka_unit_test(nothing_to_go_by),
        cmocka_unit_test(designs_at_their_edges),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
