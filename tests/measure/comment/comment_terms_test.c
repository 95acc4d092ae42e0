/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "disclose/release.h"
#include "support/answer_matrix.h"
#include "support/table_cells.h"

enum { PEOPLE = 24 };

static int expectation[PEOPLE], perception[PEOPLE];
static const char *comments[PEOPLE];

/* Twelve got less and write of waiting, twelve did not and write of kindness; everybody says "staff", one twice. */
static struct answer_matrix terms_matrix(void)
{
    for (unsigned i = 0; i < PEOPLE; i++) {
        expectation[i] = i < 12 ? 6 : 3;
        perception[i] = 4;
        comments[i] = i == 0 ? "Staff waiting WAITING staff" : i < 12 ? "waiting staff" : i < 20 ? "kind staff" : "staff smile";
    }
    struct answer_matrix matrix = {.people = PEOPLE, .items = 1, .low = 1, .high = 7, .comments = comments};
    matrix.answers[STANDARD_EXPECTATION] = expectation;
    matrix.answers[STANDARD_PERCEPTION] = perception;
    return matrix;
}

/* "each counts once, however often"; G² by hand: waiting 12 of 24 uses against 0 of 24, kind 0 against 8 */
static void words_by_side(void **state)
{
    (void)state;
    struct answer_matrix matrix = terms_matrix();
    const struct table *table = NULL;
    struct matrix_study *study = matrix_table(&matrix, "comment_terms", &table);
    assert_int_equal(table->row_count, 4);
    assert_cell_text(table, &table->rows[0], "term", "staff");
    const struct row *waiting = row_of(table, NULL, "waiting"), *kind = row_of(table, NULL, "kind");
    assert_cell_count(table, waiting, "n", 12);
    assert_cell_count(table, waiting, "n_short", 12);
    assert_cell_count(table, waiting, "n_others", 0);
    assert_cell_digits(table, waiting, "g2", 2 * (12 * log(2) + 12 * log(12 / 18.0) + 24 * log(24 / 18.0)), 13);
    assert_cell_digits(table, kind, "g2", 2 * (8 * log(2) + 24 * log(24 / 20.0) + 16 * log(16 / 20.0)), 13);
    assert_cell_text(table, waiting, "side", "short");
    assert_cell_text(table, kind, "side", "others");
    assert_cell_text(table, row_of(table, NULL, "staff"), "side", "undecided");
    double a = 12 + 4 * 12 / 48.0, b = 4 * 12 / 48.0;
    assert_cell_digits(table, waiting, "log_odds", log(a / (28 - a)) - log(b / (28 - b)), 13);
    assert_cell_digits(table, waiting, "z", (log(a / (28 - a)) - log(b / (28 - b))) / sqrt(1 / a + 1 / b), 13);
    matrix_close(study);
}

/* A word that fewer people used than the floor is not in the table, nor its place. */
static void rare_words_leave_no_trace(void **state)
{
    (void)state;
    struct answer_matrix matrix = terms_matrix();
    const struct table *table = NULL;
    struct matrix_study *study = matrix_table(&matrix, "comment_terms", &table);
    struct ctx ctx = {.threads = 1};
    const struct released_table *const *released = NULL;
    assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
    assert_int_equal(tables_release(&ctx, &table, 1, (struct release_rule){.floor = 5, .respondents = PEOPLE}, &released),
                     STATUS_OK);
    const struct table *view = released_table_view(released[0]);
    assert_int_equal(view->row_count, 3);
    for (uint32_t r = 0; r < view->row_count; r++)
        assert_string_not_equal(view->rows[r].values[0].text, "smile");
    arena_destroy(ctx.arena);
    matrix_close(study);
}

/* blank: "one side wrote nothing -> too_few"; a word of one person is not there at all */
static void one_side_alone(void **state)
{
    (void)state;
    struct answer_matrix matrix = terms_matrix();
    for (unsigned i = 12; i < PEOPLE; i++)
        comments[i] = NULL;
    comments[1] = "waiting seldom";
    const struct table *table = NULL;
    struct matrix_study *study = matrix_table(&matrix, "comment_terms", &table);
    assert_int_equal(table->row_count, 2);
    assert_cell_blank(table, row_of(table, NULL, "waiting"), "g2", "too_few");
    assert_cell_blank(table, row_of(table, NULL, "waiting"), "side", "too_few");
    assert_cell_count(table, row_of(table, NULL, "staff"), "n", 11);
    matrix_close(study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(words_by_side), cmocka_unit_test(rare_words_leave_no_trace),
                                       cmocka_unit_test(one_side_alone)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
