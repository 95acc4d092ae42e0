/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/csv_dialect.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct dialect_case {
    const char *text;
    char delimiter;
    char mark;
    size_t skip;
};

static const struct dialect_case cases[] = {
    {"a,b\n1,2\n", ',', '.', 0},
    {"a;b\n1;2\n", ';', '.', 0},
    {"a\tb\n1\t2\n", '\t', '.', 0},
    {"a|b\n1|2\n", '|', '.', 0},
    {"a\n1\n2\n", ',', '.', 0},
    /* "quote-aware": the commas and newlines stand in quotes */
    {"a;b\n\"1,2,3\n4,5\";2\n\"1,2,x\";3\n", ';', '.', 0},
    /* "consistent column counts": more commas than semicolons, but of another number in each row */
    {"name, first;why;h1\nx, y;good, cheap, near;1\nz;dear;2\nu;so, so;3\n", ';', '.', 0},
    /* one ragged row does not change the delimiter */
    {"a,b,c\n1,2,3\n1,2\n1;2,2,3\n1,2,3\n", ',', '.', 0},
    /* the last row is cut by the end of the beginning and says nothing: 'whole' is tested apart */
    {"\n\na;b;c\n1;2;3\n", ';', '.', 0},
    /* "Decimal comma when more cells look like 3,5 than like 3.5" */
    {"a;b\n1,5;2\n2,25;3\n", ';', ',', 0},
    {"a;b\n1.5;2,5\n2.25;3\n", ';', '.', 0},
    {"a;b\n\"1,5\";-2,5\n2.25;3\n", ';', ',', 0},
    {"a;b\n1,2,3;2\n,5;3,\n", ';', ',', 0},
    {"a;b\n1,234,567;2\n;3\n", ';', '.', 0},
    /* with a comma between cells there is no comma within them */
    {"a,b\n1,5\n2,5\n", ',', '.', 0},
    {"sep=;\na,b;c,d\n1;2\n", ';', '.', 6},
    {"SEP=|\r\na|b\n1|2\n", '|', '.', 7},
    {"\"sep=,\"\na;b\n1;2\n", ',', '.', 8},
    {"sep=\t\na\tb\n", '\t', '.', 6},
    {"sep;x\na;b\n1;2\n", ';', '.', 0},
    {"", ',', '.', 0},
};

static void every_case(void **state)
{
    (void)state;
    struct ctx ctx = {0};
    assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct csv_dialect dialect;
        assert_int_equal(csv_dialect_find(&ctx, span_of(cases[i].text), true, &dialect), STATUS_OK);
        if (dialect.delimiter != cases[i].delimiter || dialect.decimal_mark != cases[i].mark ||
            dialect.skip_bytes != cases[i].skip)
            fail_msg("%s: '%c' '%c' %zu", cases[i].text, dialect.delimiter, dialect.decimal_mark, dialect.skip_bytes);
    }
    arena_destroy(ctx.arena);
}

/* "whole  the text ends here": else the last row may be cut and is not counted */
static void a_cut_row_says_nothing(void **state)
{
    (void)state;
    struct ctx ctx = {0};
    struct csv_dialect dialect;
    assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
    struct span text = span_of("a,b,c\n1,2,3\n1,2");
    assert_int_equal(csv_dialect_find(&ctx, text, false, &dialect), STATUS_OK);
    assert_int_equal(dialect.score, 100);
    assert_int_equal(csv_dialect_find(&ctx, text, true, &dialect), STATUS_OK);
    assert_int_equal(dialect.score, 66);
    arena_destroy(ctx.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_case), cmocka_unit_test(a_cut_row_says_nothing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
