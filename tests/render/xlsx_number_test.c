/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/shown.h"
#include "render/xlsx_number.h"

static const struct column points = {.name = "mean", .unit = "scale points", .digits = 2, .kind = COLUMN_NUMBER};
static const struct column gap = {.name = "gap", .unit = "scale points", .digits = 2, .kind = COLUMN_NUMBER};
static const struct column share = {.name = "share", .unit = "share", .digits = 2, .kind = COLUMN_NUMBER};
static const struct column fine_share = {.name = "share", .unit = "share", .digits = 3, .kind = COLUMN_NUMBER};
static const struct column p = {.name = "p", .unit = "probability", .digits = 3, .kind = COLUMN_NUMBER};
static const struct column whole = {.name = "t", .unit = "", .digits = 0, .kind = COLUMN_NUMBER};
static const struct column count = {.name = "n", .unit = "customers", .kind = COLUMN_COUNT};

/* "number formats that show the digits which shown.h shows": minus as U+2212, "+" before gaps, percent, "<0.001", no "−0.00". */
static void formats_are_those_of_the_documents(void **state)
{
    (void)state;
    static const struct {
        const struct column *column;
        const char *format;
    } cases[] = {
        {&points, "[>=0.005]0.00;[<=-0.005]\"−\"0.00;\"0.00\""},
        {&gap, "[>=0.005]\"+\"0.00;[<=-0.005]\"−\"0.00;\"0.00\""},
        {&share, "[>=0.005]0%;[<=-0.005]\"−\"0%;\"0%\""},
        {&fine_share, "[>=0.0005]0.0%;[<=-0.0005]\"−\"0.0%;\"0.0%\""},
        {&p, "[<0.001]\"<0.001\";0.000"},
        {&whole, "[>=0.5]0;[<=-0.5]\"−\"0;\"0\""},
        {&count, "0"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char format[128];
        xlsx_format_make(cases[i].column, format, sizeof format);
        assert_string_equal(format, cases[i].format);
    }
}

/* As a spreadsheet shows a number: rounded first to fifteen digits, then, halves away from 0, to those of the format. */
static void spreadsheet_show(double number, int factor, unsigned digits, char *into, size_t size)
{
    char fifteen[64];
    (void)snprintf(fifteen, sizeof fifteen, "%.14e", number * factor);
    /* Far less than a unit of the fifteenth digit makes good that these digits are not exact in binary. */
    long double nearest = strtold(fifteen, NULL) * (1 + 1e-17L), power = powl(10, digits);
    (void)snprintf(into, size, "%.*Lf", (int)digits, roundl(nearest * power) / power);
}

static void digits_agree(const struct column *column, double number, int factor)
{
    char shown[64], sheet[64];
    unsigned digits = shown_form(column).digits;
    struct value value = {.kind = VALUE_NUMBER, .number = number};
    shown_value(column, &value, false, shown, sizeof shown);
    spreadsheet_show(xlsx_number(column, number), factor, digits, sheet, sizeof sheet);
    if (sheet[strspn(sheet, "-0.")] == '\0')
        memmove(sheet, sheet + (sheet[0] == '-'), sizeof sheet - 1); /* the format's third part is a text without sign */
    if (strcmp(shown, sheet) != 0)
        fail_msg("%.17g is shown as %s, and by the workbook as %s", number, shown, sheet);
}

/* "numbers identical in all, to the shown digits": also where the last one hangs on the last bits of the number. */
static void halves_are_shown_as_everywhere(void **state)
{
    (void)state;
    for (int n = 1; n <= 400; n++) {
        for (int sum = -2 * n; sum <= 2 * n; sum++) {
            double mean = (double)sum / n;
            digits_agree(&points, mean, 1);
            digits_agree(&whole, mean, 1);
            digits_agree(&share, fabs(mean) / 2, 100);
            digits_agree(&fine_share, fabs(mean) / 2, 100);
        }
    }
    digits_agree(&points, 0.285, 1); /* 0.28499… */
    digits_agree(&points, 0.125, 1); /* a half: to the even digit */
    digits_agree(&points, 0.375, 1);
    digits_agree(&points, -1.005, 1);
    digits_agree(&points, 1234567.125, 1);
}

/* "the value itself full double" */
static void other_numbers_stay_as_they_are(void **state)
{
    (void)state;
    static const double numbers[] = {0, -0.44, 1.0 / 3, 0.28, 0.2849, 1e300, -1e-300, 123456.789};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        assert_true(xlsx_number(&points, numbers[i]) == numbers[i]);
    assert_true(xlsx_number(&points, 0.375) == 0.375); /* read 0.38 by both */
    assert_true(fabs(xlsx_number(&points, 0.285) - 0.285) < 1e-14);
    assert_true(xlsx_number(&points, 0.285) < 0.285);
    assert_true(xlsx_number(&points, -0.125) > -0.125);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formats_are_those_of_the_documents),
        cmocka_unit_test(halves_are_shown_as_everywhere),
        cmocka_unit_test(other_numbers_stay_as_they_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
