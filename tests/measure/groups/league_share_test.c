/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/table_cells.h"

#include "support/answer_matrix.h"

enum { PEOPLE = 30 };

/* "clusters and strata, which it cannot honour; nobody or everybody short -> no_variance"; a share tells of few people, so that
 * every figure but n needs ten */
static void reasons(void **state)
{
    (void)state;
    int expectation[PEOPLE], perception[PEOPLE];
    const char *units[PEOPLE];
    unsigned clusters[PEOPLE];
    for (unsigned i = 0; i < PEOPLE; i++) {
        expectation[i] = 4;
        perception[i] = 5;
        units[i] = i % 3 ? i % 3 == 1 ? "a" : "b" : "c";
        clusters[i] = i / 2;
    }
    struct answer_matrix matrix = {.people = PEOPLE, .items = 1, .low = 1, .high = 7, .segments = units};
    matrix.answers[STANDARD_EXPECTATION] = expectation;
    matrix.answers[STANDARD_PERCEPTION] = perception;
    struct matrix_study *open = matrix_open(&matrix, NEED_PAIRS | NEED_COMPOSITES);
    const struct table *table = matrix_measure(open, "league_share", true, .95);
    assert_cell_blank(table, row_of(table, "a", "overall"), "shrunken_share", "no_variance");
    assert_cell_digits(table, row_of(table, "a", "overall"), "share_short", 0, 15);
    for (uint32_t c = 0; c < table->column_count; c++)
        assert_true(table->measure->columns[c].tells_share || c < 2);
    matrix_close(open);
    for (unsigned i = 0; i < PEOPLE; i += 4)
        perception[i] = 2;
    matrix.clusters = clusters;
    open = matrix_open(&matrix, NEED_PAIRS | NEED_COMPOSITES);
    table = matrix_measure(open, "league_share", true, .95);
    assert_cell_blank(table, row_of(table, "a", "overall"), "shrunken_share", "clustered");
    assert_cell_blank(table, row_of(table, "a", "overall"), "rank_median", "clustered");
    matrix_close(open);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(reasons)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
