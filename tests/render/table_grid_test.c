/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "model/measure.h"
#include "render/table_grid.h"
#include "support/hand_document.h"

/* The grid of the block with this caption. */
static struct table_grid grid_of(struct hand *hand, const char *caption, bool wide)
{
    const struct document *document = hand_document(hand);
    struct table_grid grid;
    memset(&grid, 0, sizeof grid);
    for (uint32_t i = 0; i < document->block_count; i++) {
        const struct document_block *block = &document->blocks[i];
        if (block->kind == DOCUMENT_TABLE || block->kind == DOCUMENT_MATRIX) {
            if (strcmp(block->text, caption) == 0)
                assert_ok(&hand->job, table_grid_make(&hand->job.ctx, &hand->head, block, wide, &grid));
        }
    }
    assert_non_null(grid.caption);
    return grid;
}

static uint32_t column_of(const struct table_grid *grid, const char *head)
{
    for (uint32_t c = 0; c < grid->column_count; c++) {
        if (strcmp(grid->heads[c].text, head) == 0)
            return c;
    }
    fail_msg("no column %s", head);
    return 0;
}

static const struct grid_cell *cell(const struct table_grid *grid, uint32_t row, const char *head)
{
    assert_true(row < grid->row_count);
    return &grid->cells[row * grid->column_count + column_of(grid, head)];
}

/* Numbers to the shown digits, an interval in one column, the verdict beside, blanks with their reason. */
static void a_table_is_read_as_it_is_shown(void **state)
{
    (void)state;
    struct hand hand;
    hand_document_begin(&hand);
    struct table_grid grid = grid_of(&hand, "Gap per item", false);
    assert_int_equal(grid.row_count, 4);
    assert_string_equal(cell(&grid, 0, "Item")->text, "item one");
    assert_string_equal(cell(&grid, 0, "Item")->aside, "q1");
    assert_string_equal(cell(&grid, 0, "Gap")->text, "−0.44");
    assert_string_equal(cell(&grid, 0, "Gap")->verdict, "short");
    assert_string_equal(cell(&grid, 1, "Gap")->verdict, "above");
    assert_string_equal(cell(&grid, 2, "Gap")->verdict, "");
    assert_string_equal(cell(&grid, 1, "Verdict")->verdict, "above");
    assert_string_equal(cell(&grid, 1, "Share short")->verdict, "");
    assert_string_equal(cell(&grid, 0, "95 % interval")->text, "[−0.54, −0.34]");
    assert_string_equal(cell(&grid, 3, "Gap")->text, "no pairs");
    assert_true(cell(&grid, 3, "Gap")->blank);
    assert_true(cell(&grid, 3, "95 % interval")->blank);
    assert_false(cell(&grid, 0, "Gap")->blank);
    assert_string_equal(grid.heads[column_of(&grid, "Share short")].unit, "%");
    assert_true(grid.heads[column_of(&grid, "Gap")].number);
    assert_false(grid.heads[column_of(&grid, "Verdict")].number);
    assert_true(grid.heads[column_of(&grid, "Item")].key);
    assert_false(grid.heads[column_of(&grid, "Verdict")].key);
    assert_true(grid_of(&hand, "Gap per item", true).column_count > grid.column_count);
    hand_end(&hand);
}

/* "A table whose rows have no key says its caption in front of its row." */
static void a_row_without_key_is_called_by_the_caption(void **state)
{
    (void)state;
    struct hand hand;
    hand_document_begin(&hand);
    struct table_grid grid = grid_of(&hand, "Overall gap", false);
    assert_int_equal(grid.row_count, 1);
    assert_string_equal(grid.heads[0].text, "");
    assert_string_equal(grid.cells[0].text, "Overall gap");
    hand_end(&hand);
}

/* Rows of hidden groups are left out; the group stands in front. */
static void groups_stand_in_front(void **state)
{
    (void)state;
    struct hand hand;
    hand_document_begin(&hand);
    struct table_grid grid = grid_of(&hand, "Every figure per branch", false);
    assert_int_equal(grid.row_count, 4);
    assert_string_equal(grid.heads[0].text, "branch");
    assert_string_equal(grid.cells[0].text, "Bergen");
    assert_string_equal(cell(&grid, 3, "branch")->text, "Oslo");
    assert_string_equal(cell(&grid, 3, "Dimension")->text, "Speed");
    hand_end(&hand);
}

/* A matrix and the turned one hold the same gaps; hidden groups are in neither. */
static void a_matrix_stands_either_way(void **state)
{
    (void)state;
    struct hand hand;
    hand_document_begin(&hand);
    struct table_grid grid = grid_of(&hand, "Gap per dimension and branch", false);
    assert_int_equal(grid.column_count, 3);
    assert_int_equal(grid.row_count, 2);
    assert_string_equal(grid.heads[0].text, "Dimension");
    assert_string_equal(grid.heads[2].text, "Oslo");
    assert_string_equal(cell(&grid, 1, "Dimension")->text, "Speed");
    assert_string_equal(cell(&grid, 1, "Bergen")->text, "−0.20");
    assert_string_equal(cell(&grid, 1, "Bergen")->aside, "[−0.25, −0.15]");
    assert_string_equal(cell(&grid, 1, "Bergen")->verdict, "short");
    assert_string_equal(cell(&grid, 0, "Oslo")->verdict, "");
    struct table_grid turned = grid_of(&hand, "Gap per branch and dimension", false);
    assert_int_equal(turned.column_count, 3);
    assert_int_equal(turned.row_count, 2);
    assert_string_equal(turned.heads[0].text, "branch");
    assert_string_equal(turned.heads[2].text, "Speed");
    assert_string_equal(cell(&turned, 0, "Speed")->text, "−0.20");
    assert_string_equal(cell(&turned, 1, "branch")->text, "Oslo");
    hand_end(&hand);
}

/* "its reliability where a row has one: single items have none"; the verdict stands in any case. */
static void a_reliability_that_no_row_has_is_left_out(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    struct table *table = hand_table(&hand, "item_gap", NULL);
    struct row *row = hand_row(&hand, table, "q1");
    (void)hand_row(&hand, table, "q2");
    uint32_t reliability = table_column(table, "gap_reliability"), verdict = table_column(table, "verdict");
    assert_false(grid_column_stands(table, reliability));
    assert_true(grid_column_stands(table, verdict));
    assert_false(grid_column_stands(table, table_column(table, "se")));
    hand_number(table, row, "gap_reliability", 0.7);
    assert_true(grid_column_stands(table, reliability));
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_is_read_as_it_is_shown),
        cmocka_unit_test(a_row_without_key_is_called_by_the_caption),
        cmocka_unit_test(groups_stand_in_front),
        cmocka_unit_test(a_matrix_stands_either_way),
        cmocka_unit_test(a_reliability_that_no_row_has_is_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
