/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/text_fault.h"

/* "line breaks and tabs are control characters too" on one line, and the byte is named */
static void each_fault_is_found(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool one_line;
        enum text_fault fault;
        size_t at;
    } cases[] = {{"", false, TEXT_EMPTY, 0},          {"123456789", false, TEXT_TOO_LONG, 0}, {"12345678", false, TEXT_SOUND, 0},
                 {"a\tb\r\nc", false, TEXT_SOUND, 0}, {"a\tb", true, TEXT_CONTROL, 1},        {"ab\x1b", false, TEXT_CONTROL, 2},
                 {"\x7f", false, TEXT_CONTROL, 0},    {"Größe", true, TEXT_SOUND, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t at = 99;
        assert_int_equal(text_fault_find(span_of(cases[i].text), 8, cases[i].one_line, &at), cases[i].fault);
        if (cases[i].fault == TEXT_CONTROL)
            assert_int_equal(at, cases[i].at);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_fault_is_found)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
