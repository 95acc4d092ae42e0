/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "disclose/release.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "model/measure.h"

static const struct column column = {"n", "n", "customers", "How many.", 0, COLUMN_COUNT, true, false};
static const struct measure group_sizes = {.name = "sizes", .title = "Sizes", .columns = &column, .column_count = 1};
static const char *const branch[] = {"branch"}, *const names[] = {"A", "B", "C", "D"};

static struct ctx ctx;

static int set_up(void **state)
{
    (void)state;
    memset(&ctx, 0, sizeof ctx);
    return arena_create(NULL, &ctx.arena) != STATUS_OK;
}

static int tear_down(void **state)
{
    (void)state;
    arena_destroy(ctx.arena);
    return 0;
}

static const struct table *table_of_sizes(const uint64_t *sizes, uint32_t count)
{
    struct table *table = NULL;
    assert_int_equal(table_create(&ctx, &group_sizes, branch, 1, &table), STATUS_OK);
    for (uint32_t i = 0; i < count; i++) {
        struct row *row = NULL;
        assert_int_equal(table_add_row(&ctx, table, &row), STATUS_OK);
        row->by[0] = names[i];
        row->group = i;
        row->support = row->group_size = sizes[i];
        row->values[0] = value_count(sizes[i]);
    }
    return table;
}

/* "Which groups of the request will not be hidden whole, known from their sizes alone": the same that the gate hides later. */
static void check_sizes(const uint64_t *sizes, uint32_t count, uint32_t floor)
{
    struct table *everyone = NULL;
    const bool **shown = NULL;
    const struct released_table *const *released = NULL;
    assert_int_equal(table_create(&ctx, &group_sizes, NULL, 0, &everyone), STATUS_OK);
    const struct table *tables[] = {everyone, table_of_sizes(sizes, count)};
    const struct release_rule rule = {.floor = floor};
    assert_int_equal(groups_release(&ctx, tables, 2, rule, &shown), STATUS_OK);
    assert_int_equal(tables_release(&ctx, tables, 2, rule, &released), STATUS_OK);
    assert_null(shown[0]);
    for (uint32_t r = 0; r < count; r++)
        assert_true(shown[1][r] == (released_table_view(released[1])->rows[r].values[0].kind == VALUE_COUNT));
}

static void groups_to_compare_are_those_that_stay(void **state)
{
    (void)state;
    check_sizes((const uint64_t[]){40, 3, 25, 60}, 4, 5);
    check_sizes((const uint64_t[]){40, 3, 2, 60}, 4, 5);
    check_sizes((const uint64_t[]){4, 3}, 2, 5);
    check_sizes((const uint64_t[]){40, 30, 25, 60}, 4, 5);
    check_sizes((const uint64_t[]){40, 3, 25, 60}, 4, 1);
}

/* "The same line by line": what a table of the same people hides, with its shares or without. */
static void check_lines(const uint64_t *sizes, const uint64_t *supports, uint32_t count, uint32_t floor)
{
    static const struct column share = {"n", "n", "customers", "How many.", 0, COLUMN_COUNT, true, true};
    static const struct measure shares = {.name = "shares", .columns = &share, .column_count = 1};
    struct table *tables[2] = {NULL, NULL};
    for (uint32_t t = 0; t < 2; t++) {
        assert_int_equal(table_create(&ctx, t ? &shares : &group_sizes, branch, 1, &tables[t]), STATUS_OK);
        for (uint32_t i = 0; i < 2 * count; i++) {
            struct row *row = NULL;
            assert_int_equal(table_add_row(&ctx, tables[t], &row), STATUS_OK);
            row->by[0] = names[i % count];
            row->group = i % count;
            row->line = i / count;
            row->group_size = sizes[i % count];
            row->support = row->line ? supports[i % count] : sizes[i % count];
            row->values[0] = value_count(row->support);
        }
    }
    const struct table *const both[] = {tables[0], tables[1]};
    const struct released_table *const *released = NULL;
    const struct release_rule rule = {.floor = floor};
    assert_int_equal(tables_release(&ctx, both, 2, rule, &released), STATUS_OK);
    for (uint32_t t = 0; t < 2; t++) {
        const bool **shown = NULL;
        const struct table *one = tables[t];
        assert_int_equal(lines_release(&ctx, &one, 1, rule, t == 1, &shown), STATUS_OK);
        for (uint32_t r = 0; r < 2 * count; r++)
            assert_true(shown[0][r] == (released_table_view(released[t])->rows[r].values[0].kind == VALUE_COUNT));
    }
}

static void lines_to_compare_are_those_that_stay(void **state)
{
    (void)state;
    check_lines((const uint64_t[]){40, 30, 25, 60}, (const uint64_t[]){40, 3, 25, 60}, 4, 5);
    check_lines((const uint64_t[]){40, 30, 25, 60}, (const uint64_t[]){40, 0, 2, 60}, 4, 5);
    check_lines((const uint64_t[]){40, 4, 25, 60}, (const uint64_t[]){8, 4, 9, 60}, 4, 5);
    check_lines((const uint64_t[]){8, 9, 25, 60}, (const uint64_t[]){8, 9, 25, 60}, 4, 5);
    check_lines((const uint64_t[]){8, 9, 25, 60}, (const uint64_t[]){1, 9, 25, 60}, 4, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(groups_to_compare_are_those_that_stay, set_up, tear_down),
        cmocka_unit_test_setup_teardown(lines_to_compare_are_those_that_stay, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
