/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "disclose/release.h"
#include "support/answer_matrix.h"
#include "support/table_cells.h"

enum { PEOPLE = 12 };

static const int expectation[PEOPLE] = {5, 5, 5, 5, 5, 5, 3, 3, 3, 3, 3, 3},
                 perception[PEOPLE] = {4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4};
static const char *const written[PEOPLE] = {"slow queue", "Slow!",     "too slow",   "slow, ask ada@example.org",
                                            "slow",       "slow desk", "kind staff", "so kind",
                                            "kind",       "kind",      "kind",       "  "};

static struct answer_matrix comments_matrix(const char *const *comments)
{
    struct answer_matrix matrix = {.people = PEOPLE, .items = 1, .low = 1, .high = 7, .comments = comments};
    matrix.answers[STANDARD_EXPECTATION] = expectation;
    matrix.answers[STANDARD_PERCEPTION] = perception;
    return matrix;
}

/* "in the order of the alphabet; addresses are taken out; how many wrote just this": 11 wrote, blanks are nothing */
static void order_tells_nothing(void **state)
{
    (void)state;
    static const char *const sorted[] = {"Slow!",      "kind",          "kind staff", "slow",    "slow desk",
                                         "slow queue", "slow, ask […]", "so kind",    "too slow"};
    struct answer_matrix matrix = comments_matrix(written);
    const struct table *table = NULL;
    struct matrix_study *study = matrix_table(&matrix, "comment_list", &table);
    assert_int_equal(table->row_count, 9);
    for (uint32_t i = 0; i < 9; i++) {
        assert_cell_text(table, &table->rows[i], "comment", sorted[i]);
        assert_cell_count(table, &table->rows[i], "n", strcmp(sorted[i], "kind") == 0 ? 3 : 1);
        assert_int_equal(table->rows[i].support, 11);
    }
    matrix_close(study);
}

/* How many rows pass the gate under a floor. */
static uint32_t rows_released(const struct table *table, uint32_t floor)
{
    struct ctx ctx = {.threads = 1};
    const struct released_table *const *released = NULL;
    assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
    assert_int_equal(tables_release(&ctx, &table, 1, (struct release_rule){.floor = floor, .respondents = PEOPLE}, &released),
                     STATUS_OK);
    uint32_t count = released_table_view(released[0])->row_count;
    arena_destroy(ctx.arena);
    return count;
}

/* "comments floor 10": eleven people pass, nine do not, and a larger floor holds as well; 1 is the user's own word */
static void ten_must_write(void **state)
{
    (void)state;
    const char *few[PEOPLE];
    struct answer_matrix matrix = comments_matrix(written);
    const struct table *table = NULL;
    struct matrix_study *study = matrix_table(&matrix, "comment_list", &table);
    assert_int_equal(rows_released(table, 5), 9);
    assert_int_equal(rows_released(table, 12), 0);
    matrix_close(study);
    memcpy(few, written, sizeof few);
    few[0] = few[1] = NULL;
    matrix = comments_matrix(few);
    study = matrix_table(&matrix, "comment_list", &table);
    assert_int_equal(rows_released(table, 5), 0);
    assert_int_equal(rows_released(table, 1), table->row_count);
    matrix_close(study);
}

/* A person who comes twice is one person. */
static void people_are_counted(void **state)
{
    (void)state;
    static const unsigned respondents[PEOPLE] = {1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    struct answer_matrix matrix = comments_matrix(written);
    matrix.respondents = respondents;
    const struct table *table = NULL;
    struct matrix_study *study = matrix_table(&matrix, "comment_list", &table);
    assert_int_equal(table->rows[0].support, 10);
    matrix_close(study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(order_tells_nothing), cmocka_unit_test(ten_must_write),
                                       cmocka_unit_test(people_are_counted)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
