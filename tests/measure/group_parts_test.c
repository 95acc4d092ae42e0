/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/group_parts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"

static const struct column number = {"group", "Group", "", "Its number.", 0, COLUMN_COUNT, true, false};
static const struct measure counting = {.name = "counting", .title = "Counting", .columns = &number, .column_count = 1};

enum { MODEL_MOST = 9 }; /* parameters of the largest model */

/* What the rows are made like. */
struct recipe {
    uint32_t fails_at; /* UINT32_MAX: never */
    enum status status;
};

/* A row per group, two for every third; a model behind every seventh, the largest behind the first; a note of every fifth, and one that all share. */
static enum status rows_make(const struct group_part *part)
{
    const struct recipe *recipe = part->what;
    enum status status = STATUS_OK;
    for (uint32_t g = part->first; g < part->end && !status; g++) {
        if (g >= recipe->fails_at)
            return ctx_fail(part->ctx, recipe->status, NULL, "Group %u cannot be made.", (unsigned)g);
        for (unsigned i = 0; i < (g % 3 ? 1u : 2u) && !status; i++) {
            struct row *row = NULL;
            status = table_add_row(part->ctx, part->table, &row);
            if (status)
                break;
            row->group = g;
            row->values[0] = value_count(g * 10 + i);
        }
        if (g % 7 == 0)
            table_rests_on_model(part->table, MODEL_MOST - g % 5);
        if (!status && g % 5 == 0)
            status = table_add_note(part->ctx, part->table, "note.gap.family",
                                    (const struct note_word[]){note_count("tests", g), {.name = NULL}});
    }
    return status ? status : table_add_note(part->ctx, part->table, "note.family", NULL);
}

/* One table. */
static enum status made(struct ctx *ctx, uint32_t groups, const struct recipe *recipe, struct table **table)
{
    const struct group_set set = {.group_count = groups};
    const struct measuring measuring = {.set = &set};
    enum status status = table_create(ctx, &counting, NULL, 0, table);
    return status ? status : group_parts_each(ctx, &measuring, *table, rows_make, recipe);
}

static const struct recipe well = {.fails_at = UINT32_MAX};

/* "the same for any number of threads": rows in the order of the groups, the first notes first. */
static void rows_stand_in_order(void **state)
{
    (void)state;
    static const uint32_t sizes[] = {0, 1, 2, 63, 64, 65, 1000};
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        for (unsigned threads = 0; threads < 6; threads++) {
            struct ctx ctx = {.threads = threads};
            struct table *table = NULL;
            assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
            assert_int_equal(made(&ctx, sizes[s], &well, &table), STATUS_OK);
            uint32_t r = 0;
            for (uint32_t g = 0; g < sizes[s]; g++) {
                assert_true(table->rows[r].group == g && table->rows[r].values[0].count == g * 10);
                r += g % 3 ? 1 : 2;
            }
            assert_int_equal(table->row_count, r);
            assert_int_equal(table->note_count, (sizes[s] + 4) / 5 + 1);
            assert_int_equal(table->needs_whole_model, sizes[s] > 0);
            assert_int_equal(table->parameters, sizes[s] > 0 ? MODEL_MOST : 0);
            for (uint32_t n = 0; n < table->note_count && threads < 2; n++)
                assert_true(n == 0 || strcmp(table->notes[n].english, table->notes[n - 1].english) != 0);
            arena_destroy(ctx.arena);
        }
    }
}

/* "fails as make, of the first group that fails" */
static void the_first_failure_is_told(void **state)
{
    (void)state;
    for (unsigned threads = 1; threads < 5; threads++) {
        struct ctx ctx = {.threads = threads};
        struct table *table = NULL;
        assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
        assert_int_equal(made(&ctx, 200, &(struct recipe){.fails_at = 77, .status = STATUS_DATA}, &table), STATUS_DATA);
        assert_string_equal(ctx.error.sentence, "Group 77 cannot be made.");
        arena_destroy(ctx.arena);
    }
}

static void a_wish_to_stop_is_heard(void **state)
{
    (void)state;
    atomic_bool cancel = true;
    struct ctx ctx = {.threads = 2, .cancel = &cancel};
    struct table *table = NULL;
    assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
    assert_int_equal(made(&ctx, 200, &well, &table), STATUS_CANCELLED);
    arena_destroy(ctx.arena);
}

/* Whichever allocation fails on whichever thread, it is told, and nothing is left behind. */
static void memory_may_end_anywhere(void **state)
{
    (void)state;
    enum status status = STATUS_MEMORY;
    unsigned failures = 0;
    for (uint64_t k = 1; status != STATUS_OK; k++) {
        struct ctx ctx = {.threads = 2};
        struct table *table = NULL;
        assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
        memory_fail_at(k, false);
        status = made(&ctx, 9, &well, &table);
        memory_fail_at(0, false);
        assert_true(status == STATUS_OK || status == STATUS_MEMORY);
        assert_true(status == STATUS_OK || ctx.error.sentence[0]);
        failures += status == STATUS_MEMORY;
        arena_destroy(ctx.arena);
    }
    assert_true(failures > 9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_stand_in_order),
        cmocka_unit_test(the_first_failure_is_told),
        cmocka_unit_test(a_wish_to_stop_is_heard),
        cmocka_unit_test(memory_may_end_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
