/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/scale.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct scale_label agree_labels[] = {{1, "Strongly disagree"}, {5, "Agree"}};
static const struct scale agree5 = {
    .id = "agree5", .min = {1, 0}, .max = {5, 0}, .step = {1, 0}, .steps = 5, .labels = agree_labels, .label_count = 2};

/* -1.50 … 1.50 in steps of 0.25 */
static const struct scale fine = {.id = "fine", .min = {-150, 2}, .max = {150, 2}, .step = {25, 2}, .steps = 13};

static uint32_t code(const struct scale *scale, const char *text, char mark)
{
    return scale_code_of_text(scale, span_of(text), mark);
}

/* "The code of a value, or 0 when the value is not a point of the scale. Exact." */
static void values_become_codes(void **state)
{
    (void)state;
    for (int64_t value = -3; value <= 9; value++)
        assert_int_equal(scale_code(&agree5, (struct decimal){value, 0}), value >= 1 && value <= 5 ? value : 0);
    assert_int_equal(scale_code(&agree5, (struct decimal){40000, 4}), 4);
    assert_int_equal(scale_code(&agree5, (struct decimal){40001, 4}), 0);
    assert_int_equal(scale_code(&agree5, (struct decimal){999999999999999999, 0}), 0);
    assert_int_equal(scale_code(&agree5, (struct decimal){-999999999999999999, 0}), 0);
    for (int64_t value = -400; value <= 400; value++) {
        int64_t expected = value < -150 || value > 150 || (value + 150) % 25 != 0 ? 0 : (value + 150) / 25 + 1;
        assert_int_equal(scale_code(&fine, (struct decimal){value, 2}), expected);
    }
    assert_int_equal(scale_code(&fine, (struct decimal){1, 0}), 11);
    assert_int_equal(scale_code(&fine, (struct decimal){999999999999999999, 0}), 0);
    assert_int_equal(scale_code(&fine, (struct decimal){0, 15}), 7);
}

/* "1 is min, `steps` is max", and every code comes back from its value */
static void codes_become_values(void **state)
{
    (void)state;
    for (uint32_t i = 1; i <= fine.steps; i++)
        assert_true(scale_value(&fine, i) == -1.5 + 0.25 * (i - 1));
    assert_true(scale_value(&agree5, 5) == 5.0);
}

/* "a number, a label ("Agree", not minding case), or a number with its label" */
static void texts_become_codes(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint32_t code;
    } cells[] = {
        {"5", 5},
        {" 4 ", 4},
        {"3.0", 3},
        {"+2", 2},
        {"Agree", 5},
        {"aGREE", 5},
        {" strongly disagree\r", 1},
        {"5 – Agree", 5},
        {"5 — agree", 5},
        {"5: Agree", 5},
        {"5 = Agree", 5},
        {"5 - Agree", 5},
        {"5. Agree", 5},
        {"5) Agree", 5},
        {"5-Agree", 5},
        {"5 Agree", 5},
        {"1 Strongly disagree", 1},
        /* a code without a label takes any words after a separator */
        {"3 – in between", 3},
        {"2: rather no", 2},
        {"4 = élevé", 4},
        /* the label of another code, or of none that is there */
        {"4 - Agree", 0},
        {"5 - Disagree", 0},
        {"1: Agree", 0},
        /* a number and words without a separator, or a second number */
        {"5Agree", 0},
        {"3 times", 0},
        {"3 - 4", 0},
        {"3-", 0},
        {"2,5", 0},
        {"3.x", 0},
        {"3-words", 0},
        /* outside of the scale, or no answer at all */
        {"6", 0},
        {"6 – More", 0},
        {"0", 0},
        {"2.5", 0},
        {"5 – ", 0},
        {"", 0},
        {"  ", 0},
        {"–", 0},
        {"Agreed", 0},
        {"1e0", 0},
        {"+", 0},
    };
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        if (code(&agree5, cells[i].text, '.') != cells[i].code)
            fail_msg("\"%s\" is %u, not %u", cells[i].text, code(&agree5, cells[i].text, '.'), cells[i].code);
    }
}

/* "takes mark: the decimal mark of the file" */
static void the_decimal_mark_is_that_of_the_file(void **state)
{
    (void)state;
    assert_int_equal(code(&fine, "0,25", ','), 8);
    assert_int_equal(code(&fine, "0.25", '.'), 8);
    assert_int_equal(code(&fine, "0,25", '.'), 0);
    assert_int_equal(code(&fine, "0.25", ','), 0);
    assert_int_equal(code(&fine, "-1,50 – lowest", ','), 1);
    /* 2.5 with the other mark is not a 2 with words */
    assert_int_equal(code(&agree5, "2.5", ','), 0);
}

/* "1–5", or "1–9 in steps of 0.01" */
static void scales_are_shown_as_accepted(void **state)
{
    (void)state;
    char text[64];
    scale_format(&agree5, text, sizeof text);
    assert_string_equal(text, "1–5");
    scale_format(&fine, text, sizeof text);
    assert_string_equal(text, "-1.5–1.5 in steps of 0.25");
}

/* "The same points, so that answers may be subtracted?" */
static void scales_with_the_same_points_are_the_same(void **state)
{
    (void)state;
    const struct scale other_places = {.id = "other", .min = {10, 1}, .max = {50, 1}, .step = {10, 1}, .steps = 5};
    const struct scale from_zero = {.id = "zero", .min = {0, 0}, .max = {4, 0}, .step = {1, 0}, .steps = 5};
    const struct scale longer = {.id = "longer", .min = {1, 0}, .max = {7, 0}, .step = {1, 0}, .steps = 7};
    const struct scale wider = {.id = "wider", .min = {1, 0}, .max = {9, 0}, .step = {2, 0}, .steps = 5};
    assert_true(scale_same(&agree5, &other_places));
    assert_false(scale_same(&agree5, &from_zero));
    assert_false(scale_same(&agree5, &longer));
    assert_false(scale_same(&agree5, &wider));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_become_codes),          cmocka_unit_test(codes_become_values),
        cmocka_unit_test(texts_become_codes),           cmocka_unit_test(the_decimal_mark_is_that_of_the_file),
        cmocka_unit_test(scales_are_shown_as_accepted), cmocka_unit_test(scales_with_the_same_points_are_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
