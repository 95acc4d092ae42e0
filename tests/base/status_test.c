/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/status.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* design.md: "One enum of at most 12 values in one table"; "(any other) the general sentence for a person" */
static void every_row_is_whole(void **state)
{
    (void)state;
    assert_in_range(STATUS_COUNT, 2, 12);
    for (int status = 0; status < STATUS_COUNT; status++) {
        const char *sentence = status_sentence((enum status)status);
        assert_non_null(sentence);
        assert_true(strlen(sentence) > 4);
        assert_int_equal(sentence[strlen(sentence) - 1], '.');
        assert_in_range(status_exit_code((enum status)status), 0, 255);
        assert_in_range(status_http((enum status)status), 200, 599);
    }
}

/* interface.md: "exit codes 0 ok, 1 failure (check --strict: problems found)", the rest as in sysexits.h */
static void exit_codes_are_those_of_the_interface(void **state)
{
    (void)state;
    static const struct {
        enum status status;
        int exit_code;
    } rows[] = {
        {STATUS_OK, 0},          {STATUS_FAILURE, 1},      {STATUS_USAGE, 2},       {STATUS_DATA, 65},
        {STATUS_NO_INPUT, 66},   {STATUS_UNAVAILABLE, 69}, {STATUS_IO, 74},         {STATUS_MEMORY, 75},
        {STATUS_PERMISSION, 77}, {STATUS_CONFIG, 78},      {STATUS_CANCELLED, 130},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(status_exit_code(rows[i].status), rows[i].exit_code);
    for (int status = 1; status < STATUS_COUNT; status++)
        assert_int_not_equal(status_exit_code((enum status)status), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_is_whole),
        cmocka_unit_test(exit_codes_are_those_of_the_interface),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
