/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/chance.h"
#include "disclose/release.h"
#include "model/measure.h"

static const struct column columns[] = {
    {.name = "subject", .title = "About", .unit = "", .meaning = "Which.", .kind = COLUMN_KEY},
    {.name = "gap", .title = "Gap", .unit = "scale points", .meaning = "How far.", .digits = 2, .kind = COLUMN_NUMBER},
    {.name = "share", .title = "Short", .unit = "share", .meaning = "Part.", .kind = COLUMN_NUMBER, .tells_share = true},
};
static const struct measure single = {.name = "single", .columns = columns, .column_count = 3};
static const struct measure pairs = {.name = "pairs", .columns = columns, .column_count = 3, .by = BY_GROUPS};

enum { GROUPS = 6, LINES = 2, PAIRS = GROUPS * (GROUPS - 1) / 2 };

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

static const char *const names[GROUPS] = {"A", "B", "C", "D", "E", "F"}, *const branch[] = {"branch"};
static const char *const *const by[GROUPS] = {&names[0], &names[1], &names[2], &names[3], &names[4], &names[5]};

/* A study of six branches and two subjects: who is in a branch, and who of these answered each subject. */
struct branches {
    uint64_t sizes[GROUPS], supports[LINES][GROUPS];
    uint64_t everyone[LINES]; /* fewer than the branches add up to when people stand in several; 0 = unknown */
    struct row_groups groups[LINES];
    uint32_t rests_on[LINES][PAIRS + 1][GROUPS];
    struct table *tables[3]; /* each branch, the comparisons, everyone */
};

static struct row *row_new(struct table *table, uint32_t line, uint64_t support, uint64_t size)
{
    struct row *row = NULL;
    assert_int_equal(table_add_row(&ctx, table, &row), STATUS_OK);
    row->line = line;
    row->support = support;
    row->group_size = size;
    row->values[0] = value_text(line ? "speed" : "care");
    row->values[1] = value_number(-.5);
    row->values[2] = value_number(.25);
    return row;
}

static uint64_t smaller(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

/* All pairs of a line, then one row about all six together. */
static void pairs_add(struct branches *study, uint32_t line)
{
    uint32_t at = 0;
    for (uint32_t a = 0; a < GROUPS; a++) {
        for (uint32_t b = a + 1; b < GROUPS; b++, at++) {
            uint64_t support = smaller(study->supports[line][a], study->supports[line][b]);
            struct row *row = row_new(study->tables[1], line, support, support);
            study->rests_on[line][at][0] = a;
            study->rests_on[line][at][1] = b;
            row->groups = &study->groups[line];
            row->rests_on = study->rests_on[line][at];
            row->rests_on_count = 2;
        }
    }
    struct row *row = row_new(study->tables[1], line, 1, 1);
    row->groups = &study->groups[line];
    row->rests_on = study->rests_on[line][PAIRS];
    for (uint32_t g = 0; g < GROUPS; g++)
        study->rests_on[line][PAIRS][row->rests_on_count++] = g;
}

/* Tables of sizes and supports that are there. */
static void tables_make(struct branches *study)
{
    assert_int_equal(table_create(&ctx, &single, branch, 1, &study->tables[0]), STATUS_OK);
    assert_int_equal(table_create(&ctx, &pairs, branch, 0, &study->tables[1]), STATUS_OK);
    assert_int_equal(table_create(&ctx, &single, NULL, 0, &study->tables[2]), STATUS_OK);
    for (uint32_t line = 0; line < LINES; line++) {
        (void)row_new(study->tables[2], line, study->everyone[line], study->everyone[line]);
        study->groups[line] = (struct row_groups){.segments = branch,
                                                  .segment_count = 1,
                                                  .group_count = GROUPS,
                                                  .by = by,
                                                  .sizes = study->sizes,
                                                  .supports = study->supports[line],
                                                  .everyone = study->everyone[line]};
        for (uint32_t g = 0; g < GROUPS; g++) {
            struct row *row = row_new(study->tables[0], line, study->supports[line][g], study->sizes[g]);
            row->by[0] = names[g];
            row->group = g;
        }
        pairs_add(study, line);
    }
}

static const struct released_table *const *release(const struct branches *study, uint32_t floor)
{
    const struct table *const tables[] = {study->tables[0], study->tables[1], study->tables[2]};
    const struct released_table *const *released = NULL;
    struct release_rule rule = {.floor = floor};
    assert_int_equal(tables_release(&ctx, tables, 3, rule, &released), STATUS_OK);
    return released;
}

static bool is_hidden(const struct released_table *table, uint32_t row, uint32_t column)
{
    const struct value *value = &released_table_view(table)->rows[row].values[column];
    return value->kind == VALUE_BLANK && value->reason == REASON_SUPPRESSED;
}

/* "A comparison of groups is hidden in a line when one of the groups that its figures rest on is" */
static void a_pair_with_a_hidden_group_is_hidden(void **state)
{
    (void)state;
    struct branches study = {.sizes = {20, 30, 40, 50, 60, 70}, .supports = {{20, 30, 40, 50, 60, 70}, {20, 3, 40, 50, 60, 70}}};
    tables_make(&study);
    const struct released_table *const *released = release(&study, 5);
    for (uint32_t at = 0; at <= PAIRS; at++)
        assert_false(is_hidden(released[1], at, 1));
    /* line 1: B has 3 people, and A is hidden with it; pairs of the other four are shown */
    uint32_t shown = 0;
    for (uint32_t at = 0; at < PAIRS; at++) {
        const uint32_t *pair = study.rests_on[1][at];
        bool tells = pair[0] <= 1;
        assert_true(is_hidden(released[1], PAIRS + 1 + at, 1) == tells);
        shown += !tells;
    }
    assert_int_equal(shown, 6);
    assert_true(is_hidden(released[1], 2 * PAIRS + 1, 1));
    /* keys stay */
    assert_int_equal(released_table_view(released[1])->rows[PAIRS + 1].values[0].kind, VALUE_TEXT);
    released = release(&study, 1);
    for (uint32_t at = 0; at < 2 * (PAIRS + 1); at++)
        assert_false(is_hidden(released[1], at, 1));
}

/* "shares, and the counts that give them away, need 10" in comparisons too */
static void shares_of_pairs_need_ten(void **state)
{
    (void)state;
    struct branches study = {.sizes = {8, 9, 40, 50, 60, 70}, .supports = {{8, 9, 40, 50, 60, 70}, {8, 9, 40, 50, 60, 70}}};
    tables_make(&study);
    const struct released_table *const *released = release(&study, 5);
    for (uint32_t at = 0; at < PAIRS; at++) {
        assert_false(is_hidden(released[1], at, 1));
        assert_true(is_hidden(released[1], at, 2) == (study.rests_on[0][at][0] <= 1));
    }
}

/* The attacker knows every shown mean and every shown difference. With a difference between a shown and a hidden group he has
 * the hidden mean; with one between two hidden groups he has it as soon as he learns one of them. So no shown difference may
 * touch a group that is hidden where it stands by itself. */
static void no_hidden_mean_can_be_had_from_pairs(void **state)
{
    (void)state;
    uint32_t hidden = 0, shown = 0;
    for (uint64_t trial = 0; trial < 400; trial++) {
        struct branches study = {.sizes = {0}};
        for (uint32_t g = 0; g < GROUPS; g++) {
            study.sizes[g] = 1 + chance_below(5, trial, g, 25);
            for (uint32_t line = 0; line < LINES; line++)
                study.supports[line][g] = chance_below(5, trial, 100 + 10 * line + g, study.sizes[g] + 1);
            for (uint32_t line = 0; line < LINES; line++)
                study.everyone[line] += study.supports[line][g];
        }
        for (uint32_t line = 0; line < LINES; line++) /* in every second study some stand in two branches */
            study.everyone[line] -= trial % 2 ? study.everyone[line] / 8 : 0;
        tables_make(&study);
        const struct released_table *const *released = release(&study, 5);
        for (uint32_t at = 0; at < LINES * (PAIRS + 1); at++) {
            uint32_t line = at / (PAIRS + 1);
            const struct row *row = &study.tables[1]->rows[at];
            bool touches = false;
            for (uint32_t i = 0; i < row->rests_on_count; i++)
                touches = touches || is_hidden(released[0], line * GROUPS + row->rests_on[i], 1);
            assert_true(!touches || is_hidden(released[1], at, 1));
            assert_true(touches || !is_hidden(released[1], at, 1));
            hidden += touches;
            shown += !touches;
        }
    }
    assert_true(hidden > 1000 && shown > 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pair_with_a_hidden_group_is_hidden),
        cmocka_unit_test(shares_of_pairs_need_ten),
        cmocka_unit_test(no_hidden_mean_can_be_had_from_pairs),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
