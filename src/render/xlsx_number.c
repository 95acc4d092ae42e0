/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/xlsx_number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "model/shown.h"

#define MINUS         "\xe2\x88\x92"
#define DIGITS_MOST   12u /* of number_format_fixed */
#define PATTERN_BYTES 24u

/* "0.00%" */
static void pattern_make(struct shown_form form, char *into, size_t size)
{
    (void)snprintf(into, size, "0%s%.*s%s", form.digits ? "." : "", (int)form.digits, "000000000000", form.percent ? "%" : "");
}

/* Half a unit of the last digit, of the number as it is stored: "0.005". */
static void half_make(struct shown_form form, char *into, size_t size)
{
    unsigned zeros = form.digits + (form.percent ? 2 : 0);
    (void)snprintf(into, size, "0.%.*s5", (int)zeros, "00000000000000");
}

void xlsx_format_make(const struct column *column, char *into, size_t size)
{
    char pattern[PATTERN_BYTES], bound[PATTERN_BYTES];
    struct shown_form form = shown_form(column);
    if (column->kind == COLUMN_COUNT) {
        (void)snprintf(into, size, "0");
        return;
    }
    form.digits = form.digits < DIGITS_MOST ? form.digits : DIGITS_MOST;
    pattern_make(form, pattern, sizeof pattern);
    if (form.floored) {
        number_format_fixed(pow(10, -(double)form.digits), form.digits, into, size);
        (void)snprintf(bound, sizeof bound, "%s", into);
        (void)snprintf(into, size, "[<%s]\"<%s\";%s", bound, bound, pattern);
        return;
    }
    half_make(form, bound, sizeof bound);
    /* What rounds to 0 is a text: a spreadsheet would give it the sign of the number. */
    (void)snprintf(into, size, "[>=%s]%s%s;[<=-%s]\"" MINUS "\"%s;\"%s\"", bound, form.sign ? "\"+\"" : "", pattern, bound,
                   pattern, pattern);
}

/* The digits that other documents show, as a number. */
static double shown_digits(double scaled, unsigned digits)
{
    char text[48];
    number_format_fixed(scaled, digits, text, sizeof text);
    return strtod(text, NULL);
}

double xlsx_number(const struct column *column, double number)
{
    struct shown_form form = shown_form(column);
    double factor = form.percent ? 100 : 1, scaled = number * factor;
    unsigned digits = form.digits < DIGITS_MOST ? form.digits : DIGITS_MOST;
    if (number == 0 || !isfinite(scaled))
        return number;
    double shown = shown_digits(scaled, digits), half = 0.5 * pow(10, -(double)digits);
    double unit = pow(10, floor(log10(fabs(scaled))) - 14);
    bool cut = fabs(shown) < fabs(scaled) && fabs(scaled - shown) > half - 2 * unit;
    return cut ? number - copysign(2 * unit / factor, number) : number;
}
