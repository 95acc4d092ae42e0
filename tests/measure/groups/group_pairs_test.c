/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "support/group_measures_study.h"
#include "support/table_cells.h"

/* Every pair of 32 units on three subjects; some of them against t.test and ptukey */
static void whole_study(void **state)
{
    (void)state;
    struct group_study study;
    const struct table *table = NULL;
    group_study_read(&study, "group_pairs", &table);
    assert_int_equal(table->row_count, 3 * 32 * 31 / 2);
    static const char *const subjects[] = {"d1", "d2", "overall"};
    static const char *const same[] = {"gap_a", "gap_b", "difference", "se", "df", "q", "p"};
    for (uint32_t s = 0; s < 3; s++) {
        const json_t *pairs = json_object_get(group_study_subject(&study, subjects[s]), "pairs");
        for (size_t i = 0; i < json_array_size(pairs); i++) {
            const json_t *pair = json_array_get(pairs, i);
            const struct row *row = row_of(table, NULL, "segment", subjects[s], json_string_value(json_object_get(pair, "a")),
                                           json_string_value(json_object_get(pair, "b")));
            for (size_t c = 0; c < sizeof same / sizeof *same; c++)
                assert_cell_json(table, row, same[c], json_object_get(pair, same[c]), strcmp(same[c], "p") == 0 ? 5 : 12);
            assert_int_equal(row->rests_on_count, 2);
        }
    }
    for (uint32_t r = 0; r < table->row_count; r++) {
        const struct row *row = &table->rows[r];
        double low = cell_number(table, row, "ci_low"), high = cell_number(table, row, "ci_high");
        /* the interval leaves out 0 exactly when p < .05 */
        assert_true((low > 0 || high < 0) == (cell_number(table, row, "p") < .05));
        assert_true(low < cell_number(table, row, "difference") && cell_number(table, row, "difference") < high);
    }
    print_message("group_pairs: at least %.1f digits agree\n", digits_least());
    group_study_free(&study);
}

/* One group has no pairs: a sentence and no rows */
static void no_pairs(void **state)
{
    (void)state;
    struct group_study study;
    const struct table *table = NULL;
    group_study_read(&study, "group_pairs", &table);
    table = matrix_measure(study.open, "group_pairs", false, .95);
    assert_int_equal(table->row_count, 0);
    assert_true(table_has_note(table, "There are no two groups"));
    group_study_free(&study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(whole_study), cmocka_unit_test(no_pairs)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
