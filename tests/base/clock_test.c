/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

/* "Milliseconds of a clock that only goes forward" */
static void the_clock_goes_forward(void **state)
{
    (void)state;
    uint64_t boot = clock_boot_ms();
    assert_true(boot > 0 && clock_boot_ms() >= boot);
    uint64_t before = clock_monotonic_ms();
    const struct timespec pause = {0, 30000000};
    assert_int_equal(nanosleep(&pause, NULL), 0);
    uint64_t after = clock_monotonic_ms();
    assert_in_range(after - before, 29, 20000);
}

/* "what the environment's SOURCE_DATE_EPOCH says when that is a number" */
static void the_date_can_be_said(void **state)
{
    (void)state;
    static const struct {
        const char *epoch, *date;
    } cases[] = {{"0", "1970-01-01"},
                 {"951782399", "2000-02-28"},
                 {"951782400", "2000-02-29"},
                 {"1753833600", "2025-07-30"},
                 {"253402300799", "9999-12-31"}};
    char text[24];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(setenv("SOURCE_DATE_EPOCH", cases[i].epoch, 1), 0);
        clock_date_format(text, sizeof text);
        assert_string_equal(text, cases[i].date);
    }
    static const char *const useless[] = {"", "yesterday", "-5", "1.5", "253402300800", NULL};
    for (size_t i = 0; i < sizeof useless / sizeof *useless; i++) {
        if (useless[i] == NULL)
            assert_int_equal(unsetenv("SOURCE_DATE_EPOCH"), 0);
        else
            assert_int_equal(setenv("SOURCE_DATE_EPOCH", useless[i], 1), 0);
        int64_t now = time(NULL);
        assert_in_range(clock_utc_seconds() - now + 5, 0, 10);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_clock_goes_forward),
        cmocka_unit_test(the_date_can_be_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
