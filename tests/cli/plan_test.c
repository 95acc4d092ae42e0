/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plan as a user runs it: "Says how many customers are needed." */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/program_run.h"

/* The number that stands in a column of the row of one gap; column 0 is the gap. */
static long number_of(const char *text, const char *gap, unsigned column)
{
    const char *at = strstr(text, gap);
    if (!at)
        fail_msg("there is no row for %s in: %s", gap, text);
    for (unsigned i = 0; at && i < column; i++) {
        at += strcspn(at, " \n");
        at += strspn(at, " ");
    }
    return at ? strtol(at, NULL, 10) : -1;
}

/* "The power is that of the two-sided paired t test, by the non-central t distribution": for effects of 0.2, 0.3 and 0.5
 * at a power of 80 % every table of sample sizes says 199, 90 and 34. */
static void the_usual_gaps_need_the_known_numbers(void **state)
{
    (void)state;
    struct program_run run;
    gapmeter_run(&run, "plan");
    assert_int_equal(run.exit_code, 0);
    assert_int_equal(number_of(run.out, "0.20 ", 1), 199);
    assert_int_equal(number_of(run.out, "0.30 ", 1), 90);
    assert_int_equal(number_of(run.out, "0.50 ", 1), 34);
    program_run_clear(&run);
}

/* "share of those asked who answer both times": half of them answer, so twice as many are asked */
static void those_who_do_not_answer_are_asked_too(void **state)
{
    (void)state;
    struct program_run run;
    gapmeter_run(&run, "plan", "--gap", "0.3", "--items", "1", "--answer-rate", "0.25");
    assert_int_equal(run.exit_code, 0);
    assert_int_equal(number_of(run.out, "0.30 ", 1), 90);
    assert_int_equal(number_of(run.out, "0.30 ", 2), 90);
    assert_int_equal(number_of(run.out, "0.30 ", 3), 360);
    program_run_clear(&run);
}

/* A value that cannot be is refused with a sentence that names it. */
static void impossible_values_are_refused(void **state)
{
    (void)state;
    static const char *const calls[][2] = {{"--gap", "0"}, {"--sd", "-1"}, {"--power", "1.5"}, {"--items", "none"}};
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        struct program_run run;
        gapmeter_run(&run, "plan", calls[i][0], calls[i][1]);
        assert_int_not_equal(run.exit_code, 0);
        if (!strstr(run.err, calls[i][0] + 2))
            fail_msg("%s %s: %s", calls[i][0], calls[i][1], run.err);
        program_run_clear(&run);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_usual_gaps_need_the_known_numbers),
        cmocka_unit_test(those_who_do_not_answer_are_asked_too),
        cmocka_unit_test(impossible_values_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
