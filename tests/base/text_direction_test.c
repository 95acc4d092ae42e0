/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/text.h"

/* "Is it a letter of a script that is written from right to left? … Digits, marks and signs are neither." */
static void letters_have_a_direction(void **state)
{
    (void)state;
    static const unsigned left[] = {0x590, 0x5D0, 0x627, 0x8FF, 0xFB1D, 0xFDFF, 0xFE70, 0x10800, 0x1E900, 0x1EFFF};
    static const unsigned right[] = {'A', 'z', 0xAA, 0xB5, 0xC0, 0x3B1, 0x58F, 0x900, 0x3005, 0xAC00, 0xFF21, 0x1F000};
    static const unsigned neither[] = {' ',  '0',    '9',    '@',    '[',    '{',    0xA9,  0xD7,
                                       0xF7, 0x2013, 0x2212, 0x2BFF, 0x3001, 0xFF01, 0xFFFD};
    for (size_t i = 0; i < sizeof left / sizeof *left; i++)
        assert_true(letter_leftward(left[i]) && !letter_rightward(left[i]));
    for (size_t i = 0; i < sizeof right / sizeof *right; i++)
        assert_true(letter_rightward(right[i]) && !letter_leftward(right[i]));
    for (size_t i = 0; i < sizeof neither / sizeof *neither; i++)
        assert_false(letter_leftward(neither[i]) || letter_rightward(neither[i]));
}

/* "Its first letter says so, those within isolates left aside" */
static void the_first_letter_decides(void **state)
{
    (void)state;
    assert_true(text_leftward(span_of("الانتظار min"), false));
    assert_true(text_leftward(span_of("5 – «שלום»"), false));
    assert_false(text_leftward(span_of("min الانتظار"), true));
    assert_false(text_leftward(span_of("(5) 대기"), true));
    assert_true(text_leftward(span_of("−0.44 [5]"), true));
    assert_false(text_leftward(span_of("−0.44 [5]"), false));
    assert_false(text_leftward(span_of(""), false));
    assert_true(text_leftward(span_of("\xE2\x81\xA6"
                                      "abc\xE2\x81\xA9 ا"),
                              false));
    assert_false(text_leftward(span_of("\xE2\x81\xA7ا\xE2\x81\xA9 abc"), true));
    assert_false(text_leftward(span_of("\xE2\x81\xA9"
                                       "abc"),
                               true));                     /* an end without a beginning */
    assert_false(text_leftward(span_of("\xFF ا"), false)); /* what is malformed is not read on */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_have_a_direction),
        cmocka_unit_test(the_first_letter_decides),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
