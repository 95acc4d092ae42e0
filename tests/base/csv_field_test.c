/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/csv_field.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void assert_field(struct span text, char delimiter, const char *expected)
{
    struct ctx ctx = {0};
    struct out *out = NULL;
    assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
    assert_int_equal(out_open_memory(&ctx, &out), STATUS_OK);
    csv_field_write(out, text, delimiter);
    out_char(out, '\0');
    struct span written = out_bytes(out);
    if (written.length != strlen(expected) + 1 || strcmp(written.at, expected) != 0)
        fail_msg("%.*s was written as %s, not %s", (int)text.length, text.at, written.at, expected);
    arena_destroy(ctx.arena);
}

/* "Writes one cell as RFC 4180 wants it, with quotes when needed"; "Space at either end is kept by quotes" */
static void quotes_when_needed(void **state)
{
    (void)state;
    assert_field(span_of("plain text é"), ',', "plain text é");
    assert_field(span_of(""), ',', "");
    assert_field(span_of(NULL), ',', "");
    assert_field(span_of("a,b"), ',', "\"a,b\"");
    assert_field(span_of("a,b"), ';', "a,b");
    assert_field(span_of("a;b"), ';', "\"a;b\"");
    assert_field(span_of("a\tb"), '\t', "\"a\tb\"");
    assert_field(span_of("say \"no\""), ',', "\"say \"\"no\"\"\"");
    assert_field(span_of("two\nlines"), ',', "\"two\nlines\"");
    assert_field(span_of("two\rlines"), ',', "\"two\rlines\"");
    assert_field(span_of(" x"), ',', "\" x\"");
    assert_field(span_of("x "), ',', "\"x \"");
}

/* "leading = + - @ TAB CR NUL) gets a leading apostrophe" */
static void formulas_are_disarmed(void **state)
{
    (void)state;
    assert_field(span_of("=1+1"), ',', "'=1+1");
    assert_field(span_of("=HYPERLINK(\"x\",\"y\")"), ',', "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"");
    assert_field(span_of("+1+1"), ',', "'+1+1");
    assert_field(span_of("-1+cmd"), ',', "'-1+cmd");
    assert_field(span_of("@SUM(A1)"), ',', "'@SUM(A1)");
    assert_field(span_of("\tx"), ',', "'\tx");
    assert_field(span_of("\rx"), ',', "\"'\rx\"");
    assert_field(span_of("-"), ',', "'-");
    assert_field(span_of("+"), ',', "'+");
    assert_field(span_of("-1e"), ',', "'-1e");
    assert_field(span_of("-1."), ',', "'-1.");
    assert_field(span_of("-1.5x"), ',', "'-1.5x");
    assert_field(span_of("-0,5"), ',', "\"-0,5\"");
    assert_field(span_of("--1"), ',', "'--1");
    assert_field(span_of("a=1"), ',', "a=1");
}

/* "numbers do not, so a negative number stays a number" */
static void numbers_stay_numbers(void **state)
{
    (void)state;
    static const char *const numbers[] = {"-1", "+7", "-0.49", "-1e-05", "1e+300", "-12.5E3", "-0,5", "3"};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        assert_field(span_of(numbers[i]), ';', numbers[i]);
}

/* NUL at the beginning counts as the beginning of a formula too. */
static void nul_is_disarmed(void **state)
{
    (void)state;
    struct ctx ctx = {0};
    struct out *out = NULL;
    assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
    assert_int_equal(out_open_memory(&ctx, &out), STATUS_OK);
    csv_field_write(out, (struct span){"\0=1", 3}, ',');
    assert_int_equal(out_bytes(out).length, 4);
    assert_memory_equal(out_bytes(out).at, "'\0=1", 4);
    arena_destroy(ctx.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quotes_when_needed),
        cmocka_unit_test(formulas_are_disarmed),
        cmocka_unit_test(numbers_stay_numbers),
        cmocka_unit_test(nul_is_disarmed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
