/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/chance.h"
#include "base/limits.h"
#include "disclose/audit.h"
#include "support/whole_rank.h"

enum { NODES_MOST = 10, SUMS_MOST = 8, DRAWS = 4000, NONE = -1 };

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

/* Sums as text, one behind each other: "m=ab" says that m has the cells a and b. */
static void sums_read(struct audit *audit, const char *text)
{
    uint32_t sum = 0;
    bool cell = false;
    for (; *text; text++) {
        if (*text == ' ') {
            sum++;
            cell = false;
        } else if (*text == '=')
            cell = true;
        else
            audit_member(audit, sum, (uint32_t)(*text - 'a'), cell);
    }
}

/* The letter of the first node that the sums fix; '-' when there is none.
 * takes   hidden, open  letters */
static char first_fixed(const char *sums, const char *hidden, const char *open)
{
    bool is_hidden[26] = {false}, is_open[26] = {false};
    struct audit *audit = NULL;
    uint32_t count = 1;
    for (const char *at = sums; *at; at++)
        count += *at == ' ';
    for (; *hidden; hidden++)
        is_hidden[*hidden - 'a'] = true;
    for (; *open; open++)
        is_open[*open - 'a'] = true;
    assert_int_equal(audit_create(&ctx, count, 26, is_hidden, &audit), STATUS_OK);
    assert_non_null(audit);
    sums_read(audit, sums);
    uint32_t fixed = audit_first_fixed(audit, is_open);
    return fixed == UINT32_MAX ? '-' : (char)('a' + (char)fixed);
}

/* "a hidden one is given away when the sums together fix it": one hidden cell is the margin less the others, two are not known */
static void one_sum(void **state)
{
    (void)state;
    assert_int_equal(first_fixed("m=abc", "a", ""), 'a');
    assert_int_equal(first_fixed("m=abc", "m", ""), 'm');
    assert_int_equal(first_fixed("m=abc", "ac", ""), '-');
    assert_int_equal(first_fixed("m=abc", "am", ""), '-');
    assert_int_equal(first_fixed("m=abc", "", ""), '-');
    assert_int_equal(first_fixed("m=abc", "z", ""), '-'); /* in no sum */
}

/* Rows ab and cd, columns ac and bde: each has two hidden cells, but rows less columns leave e alone */
static void sums_of_sums(void **state)
{
    (void)state;
    assert_int_equal(first_fixed("r=ab s=cd t=ac u=bde", "abcde", ""), 'e');
    assert_int_equal(first_fixed("r=ab s=cd t=ac u=bd", "abcd", ""), '-');
    /* the order of the sums decides nothing, and one that says nothing new is no harm */
    assert_int_equal(first_fixed("u=bde t=ac r=ab s=cd r=ab", "abcde", ""), 'e');
    /* a chain: b from m, then c, then d, of which b is the first */
    assert_int_equal(first_fixed("p=cd n=bc m=b", "bcd", ""), 'b');
}

/* "says that a margin equals its cells": the margin counts against its cells. b = a, and c = a + b: nothing is fixed; but a = b and
 * a + b = m say 2a = m, which fixes both. A field in which 2 = 0, or a margin with the sign of a cell, would say the opposite. */
static void signs(void **state)
{
    (void)state;
    assert_int_equal(first_fixed("b=a c=ab", "abc", ""), '-');
    assert_int_equal(first_fixed("b=a m=ab", "ab", ""), 'a');
    assert_int_equal(first_fixed("b=a b=az", "ab", ""), '-');
}

/* "that is not harmless to know": an open node is passed over, and the next one found */
static void harmless(void **state)
{
    (void)state;
    assert_int_equal(first_fixed("m=a n=bc o=d", "abcd", ""), 'a');
    assert_int_equal(first_fixed("m=a n=bc o=d", "abcd", "a"), 'd');
    assert_int_equal(first_fixed("m=a n=bc o=d", "abcd", "ad"), '-');
    assert_int_equal(first_fixed("m=a n=bc o=d", "abcd", "bc"), 'a');
}

/* "NULL when the work would pass AUDIT_STEPS_MAX": sums² × hidden */
static void too_much_work(void **state)
{
    (void)state;
    enum { SUMS = 20000, HIDDEN = 5 };
    assert_true((double)SUMS * SUMS * HIDDEN <= AUDIT_STEPS_MAX && (double)SUMS * SUMS * (HIDDEN + 1) > AUDIT_STEPS_MAX);
    bool hidden[HIDDEN + 2] = {false};
    struct audit *audit = NULL;
    for (size_t i = 0; i < HIDDEN; i++)
        hidden[i] = true;
    assert_int_equal(audit_create(&ctx, SUMS, HIDDEN + 2, hidden, &audit), STATUS_OK);
    assert_non_null(audit);
    hidden[HIDDEN] = true;
    assert_int_equal(audit_create(&ctx, SUMS, HIDDEN + 2, hidden, &audit), STATUS_OK);
    assert_null(audit);
}

/* The first hidden node, not open, that the equations fix. */
static int fixed_by_rank(const struct whole_system *system, const bool *hidden, const bool *open)
{
    uint32_t rank = whole_rank(system);
    for (uint32_t node = 0; node < NODES_MOST; node++) {
        if (hidden[node] && !open[node] && whole_fixes(system, rank, node))
            return (int)node;
    }
    return NONE;
}

/* One system by chance, for the audit and for the ranks. */
static struct audit *system_draw(uint64_t draw, const bool *hidden, struct whole_system *system)
{
    struct audit *audit = NULL;
    assert_int_equal(audit_create(&ctx, system->rows, NODES_MOST, hidden, &audit), STATUS_OK);
    assert_non_null(audit);
    for (uint32_t i = 0; i < system->rows * NODES_MOST; i++) {
        uint64_t drawn = chance_below(5, draw, 100 + i, 8);
        uint32_t sum = i / NODES_MOST, node = i % NODES_MOST;
        if (drawn > 2)
            continue;
        audit_member(audit, sum, node, drawn < 2);
        if (hidden[node])
            system->at[sum][node] = drawn < 2 ? 1 : -1;
    }
    return audit;
}

/* 4,000 systems by chance, of which the test finds the fixed nodes by ranks over the whole numbers */
static void ranks_agree(void **state)
{
    (void)state;
    uint32_t found = 0, passed = 0;
    for (uint64_t draw = 0; draw < DRAWS; draw++) {
        struct whole_system system = {.rows = 1 + (uint32_t)chance_below(5, draw, 0, SUMS_MOST), .columns = NODES_MOST};
        bool hidden[NODES_MOST], open[NODES_MOST];
        for (uint32_t node = 0; node < NODES_MOST; node++) {
            hidden[node] = chance_below(5, draw, 1 + node, 4) > 0;
            open[node] = chance_below(5, draw, 20 + node, 5) == 0;
        }
        struct audit *audit = system_draw(draw, hidden, &system);
        int expected = fixed_by_rank(&system, hidden, open);
        uint32_t fixed = audit_first_fixed(audit, open);
        assert_int_equal(fixed == UINT32_MAX ? NONE : (int)fixed, expected);
        found += expected != NONE;
        passed += expected == NONE;
    }
    assert_true(found > DRAWS / 10 && passed > DRAWS / 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(one_sum, set_up, tear_down),
        cmocka_unit_test_setup_teardown(sums_of_sums, set_up, tear_down),
        cmocka_unit_test_setup_teardown(signs, set_up, tear_down),
        cmocka_unit_test_setup_teardown(harmless, set_up, tear_down),
        cmocka_unit_test_setup_teardown(too_much_work, set_up, tear_down),
        cmocka_unit_test_setup_teardown(ranks_agree, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
