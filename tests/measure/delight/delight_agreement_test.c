/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/delight_study.h"
#include "support/table_cells.h"

#define PEOPLE DELIGHT_PEOPLE_MAX
#define ITEMS  DELIGHT_ITEMS_MAX

static struct delight_study study;
static int functional[PEOPLE * ITEMS], dysfunctional[PEOPLE * ITEMS], minimum[PEOPLE * ITEMS], desired[PEOPLE * ITEMS];

/* What the word column of another table of the same study is called in the common classes. */
static const char *common(const char *word)
{
    static const char *const words[][2] = {
        {"must-be", "basic"},           {"one-dimensional", "performance"},
        {"attractive", "delight"},      {"indifferent", "none"},
        {"frustrator", "basic"},        {"dissatisfier", "basic"},
        {"hybrid", "performance"},      {"satisfier", "delight"},
        {"delighter", "delight"},       {"no impact", "none"},
        {"key", "performance"},         {"plus", "delight"},
        {"secondary", "none"},          {"basic", "basic"},
        {"delight", "delight"},         {"none", "none"},
        {"performance", "performance"},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i][0], word) == 0)
            return words[i][1];
    }
    fail_msg("no class is called %s", word);
    return "";
}

/* Kano's questions and a zone beside the marks of the oracle's study: two items are must-be and attractive by design. */
static void add_other_methods(void)
{
    for (unsigned i = 0; i < study.matrix.people; i++) {
        for (unsigned j = 0; j < ITEMS; j++) {
            unsigned at = i * ITEMS + j;
            functional[at] = j == 1 ? 1 : 3;
            dysfunctional[at] = j == 0 || i % 5 == 0 ? 5 : 3;
            minimum[at] = (int)(2 + i % 2);
            desired[at] = 4;
        }
    }
    study.matrix.answers[STANDARD_FUNCTIONAL] = functional;
    study.matrix.answers[STANDARD_DYSFUNCTIONAL] = dysfunctional;
}

/* One method's column against the table that it comes from. */
static void compare_method(const struct table *table, const char *here, const struct table *other, const char *there)
{
    for (uint32_t i = 0; i < ITEMS; i++) {
        const struct value *own = table_value(other, &other->rows[i], there), *shown = table_value(table, &table->rows[i], here);
        assert_int_equal(own->kind, shown->kind);
        if (own->kind == VALUE_TEXT)
            assert_string_equal(common(own->text), shown->text);
        else
            assert_int_equal(own->reason, shown->reason);
    }
}

/* "one row per item with the classes of kano, penalty_reward, tetraclasse, zone": each as its own table has it */
static void shows_what_the_tables_say(void **state)
{
    (void)state;
    static const struct {
        const char *measure, *column, *here;
    } others[] = {{"kano", "category", "kano"},
                  {"penalty_reward", "class", "penalty_reward"},
                  {"tetraclasse", "class", "tetraclasse"},
                  {"zone_delight", "kind", "zone"}};
    delight_marks(&study);
    add_other_methods();
    for (unsigned with_zone = 0; with_zone < 2; with_zone++) {
        study.matrix.answers[STANDARD_MINIMUM] = with_zone ? minimum : NULL;
        study.matrix.answers[STANDARD_DESIRED] = with_zone ? desired : NULL;
        struct matrix_study *open = matrix_open(&study.matrix, NEED_CASES);
        const struct table *table = matrix_measure(open, "delight_agreement", false, .95);
        assert_int_equal(table->row_count, ITEMS + 1);
        for (size_t o = 0; o < 3 + with_zone; o++) {
            const struct table *other = matrix_measure(open, others[o].measure, false, .95);
            compare_method(table, others[o].here, other, others[o].column);
        }
        if (!with_zone)
            assert_cell_blank(table, &table->rows[0], "zone", "not_asked");
        matrix_close(open);
    }
    delight_free(&study);
}

/* "Share of the pairs of methods that agree"; "What all methods say, or: differ"; kappa over the items that all could class */
static void counts_agreement(void **state)
{
    (void)state;
    const struct table *table = NULL;
    delight_marks(&study);
    add_other_methods();
    struct matrix_study *open = matrix_table(&study.matrix, "delight_agreement", &table);
    const struct row *rows = table->rows, *overall = &rows[ITEMS];
    /* item 1: must-be, frustrator, basic */
    assert_cell_text(table, &rows[0], "kano", "basic");
    assert_cell_text(table, &rows[0], "verdict", "basic");
    assert_cell_digits(table, &rows[0], "agreement", 1, 17);
    /* item 2: attractive, delighter, plus */
    assert_cell_text(table, &rows[1], "verdict", "delight");
    /* item 3: indifferent, dissatisfier, key */
    assert_cell_text(table, &rows[2], "verdict", "differ");
    assert_cell_digits(table, &rows[2], "agreement", 0, 17);
    /* item 4: a level is too thin for penalty and reward */
    assert_cell_blank(table, &rows[3], "penalty_reward", "too_few");
    assert_cell_count(table, &rows[3], "methods", 2);
    /* three raters of three items: b b b, d d d, n b p. Observed 2/3; shares b 4/9, d 3/9, n 1/9, p 1/9: expected 27/81 */
    assert_cell_digits(table, overall, "agreement", 2.0 / 3, 15);
    assert_cell_digits(table, overall, "kappa", (2.0 / 3 - 27.0 / 81) / (54.0 / 81), 14);
    assert_cell_text(table, overall, "item", "overall");
    assert_cell_count(table, overall, "methods", 3);
    assert_true(table->parameters == 7 && table->needs_whole_model);
    assert_cell_count(table, overall, "n", 220);
    assert_int_equal(overall->support, 138); /* the good and bad marks of the first item */
    matrix_close(open);
    delight_free(&study);
}

/* "fewer than two methods or two items -> too_few" */
static void one_method_agrees_with_nobody(void **state)
{
    (void)state;
    const struct table *table = NULL;
    delight_marks(&study);
    study.matrix.people = 30;
    struct matrix_study *open = matrix_table(&study.matrix, "delight_agreement", &table);
    for (uint32_t i = 0; i < ITEMS; i++) {
        assert_cell_blank(table, &table->rows[i], "kano", "not_asked");
        assert_cell_blank(table, &table->rows[i], "verdict", "too_few");
    }
    assert_cell_blank(table, &table->rows[ITEMS], "kappa", "too_few");
    matrix_close(open);
    delight_free(&study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shows_what_the_tables_say),
        cmocka_unit_test(counts_agreement),
        cmocka_unit_test(one_method_agrees_with_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
