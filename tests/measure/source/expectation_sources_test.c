/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "support/sources_study.h"
#include "support/table_cells.h"

/* "shares of respondents who name each source with Wilson intervals", in every design, of 78 who named something */
static void every_design_agrees_with_r(void **state)
{
    (void)state;
    static const char *const columns[] = {"n", "named", "share", "share_low", "share_high"};
    for (size_t d = 0; d < SOURCES_DESIGNS; d++) {
        struct sources_study study;
        const struct table *table = sources_study_table(&study, d, "expectation_sources");
        assert_int_equal(table->row_count, SOURCE_COUNT);
        for (size_t i = 0; i < SOURCE_COUNT; i++) {
            const json_t *expected = json_array_get(json_object_get(study.design, "shares"), i);
            const struct row *row = row_of(table, NULL, expectation_source_name((enum expectation_source)i));
            assert_ptr_equal(row, &table->rows[i]);
            assert_int_equal(row->support, json_integer_value(json_object_get(expected, "n")));
            for (size_t c = 0; c < sizeof columns / sizeof *columns; c++)
                assert_cell_json(table, row, columns[c], json_object_get(expected, columns[c]), 12.5);
        }
        sources_study_close(&study);
    }
    print_message("shares of sources: at least %.1f digits agree\n", digits_least());
}

static const int low[] = {1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4};

/* Who named nothing is not asked about: n is 4 of 12; nobody at all is too few. */
static void those_who_named_nothing(void **state)
{
    (void)state;
    static const unsigned some[12] = {1, 0, 3, 0, 0, 2, 0, 1}, none[12] = {0};
    const unsigned *const both[] = {some, none};
    for (size_t i = 0; i < 2; i++) {
        struct answer_matrix matrix = {.people = 12, .items = 1, .low = 1, .high = 5, .sources = both[i]};
        matrix.answers[STANDARD_EXPECTATION] = low;
        const struct table *table = NULL;
        struct matrix_study *study = matrix_table(&matrix, "expectation_sources", &table);
        const struct row *row = row_of(table, NULL, "advertising");
        assert_cell_count(table, row, "n", i ? 0 : 4);
        if (i) {
            assert_cell_blank(table, row, "share", "too_few");
            assert_cell_blank(table, row, "share_low", "too_few");
        } else {
            assert_cell_digits(table, row, "share", 0.75, 16);
            assert_cell_digits(table, row_of(table, NULL, "price"), "share", 0, 17);
        }
        matrix_close(study);
    }
}

/* "fewer than ten clusters: the interval -> few_clusters" */
static void few_clusters(void **state)
{
    (void)state;
    static const unsigned sources[12] = {1, 1, 3, 2, 5, 2, 1, 1, 2, 2, 1, 4}, clusters[12] = {1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6};
    struct answer_matrix matrix = {.people = 12, .items = 1, .low = 1, .high = 5, .sources = sources, .clusters = clusters};
    matrix.answers[STANDARD_EXPECTATION] = low;
    const struct table *table = NULL;
    struct matrix_study *study = matrix_table(&matrix, "expectation_sources", &table);
    assert_cell_digits(table, row_of(table, NULL, "advertising"), "share", 7 / 12.0, 15);
    assert_cell_blank(table, row_of(table, NULL, "advertising"), "share_low", "few_clusters");
    matrix_close(study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_design_agrees_with_r),
        cmocka_unit_test(those_who_named_nothing),
        cmocka_unit_test(few_clusters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
