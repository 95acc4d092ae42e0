/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cli/command.h"
#include "model/measure.h"
#include "support/program_run.h"

/* "gapmeter help COMMAND, --version": the option and the command say the same, on stdout, and end well. */
static void two_ways(void **state)
{
    (void)state;
    struct program_run option, command;
    gapmeter_run(&option, "--version");
    gapmeter_run(&command, "version");
    assert_int_equal(option.exit_code, 0);
    assert_int_equal(command.exit_code, 0);
    assert_int_equal(
        strncmp(option.out, "gapmeter " GAPMETER_VERSION "\nkernel: ", strlen("gapmeter " GAPMETER_VERSION "\nkernel: ")), 0);
    assert_string_equal(command.out, option.out);
    assert_string_equal(option.err, "");
    program_run_clear(&option);
    program_run_clear(&command);
}

/* GAPMETER_KERNEL says which kernel runs, and is refused when it names none. */
static void kernel_is_told(void **state)
{
    (void)state;
    struct program_run run;
    program_run(&run, &(const struct program_call){.arguments = (const char *const[]){"--version", NULL},
                                                   .settings = (const char *const[]){"GAPMETER_KERNEL=scalar", NULL}});
    assert_int_equal(run.exit_code, 0);
    assert_non_null(strstr(run.out, "\nkernel: scalar ("));
    program_run_clear(&run);
    program_run(&run, &(const struct program_call){.arguments = (const char *const[]){"--version", NULL},
                                                   .settings = (const char *const[]){"GAPMETER_KERNEL=fast", NULL}});
    assert_int_equal(run.exit_code, 2);
    assert_string_equal(run.out, "");
    assert_non_null(strstr(run.err, "GAPMETER_KERNEL is \"fast\", which is no kernel; it may be scalar"));
    program_run_clear(&run);
}

/* Every registered command has its page, which shows its example; every measure has its own, which shows its source. */
static void every_page(void **state)
{
    (void)state;
    struct program_run run;
    for (size_t i = 0; i < command_register_count; i++) {
        gapmeter_run(&run, "help", command_register[i]->name);
        assert_int_equal(run.exit_code, 0);
        assert_non_null(strstr(run.out, command_register[i]->sentence));
        assert_non_null(strstr(run.out, command_register[i]->example));
        program_run_clear(&run);
    }
    for (size_t i = 0; i < measure_register_count; i++) {
        gapmeter_run(&run, "measures", measure_register[i]->name);
        assert_int_equal(run.exit_code, 0);
        assert_non_null(strstr(run.out, measure_register[i]->formula));
        assert_non_null(strstr(run.out, measure_register[i]->columns[0].name));
        program_run_clear(&run);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(two_ways), cmocka_unit_test(kernel_is_told),
                                       cmocka_unit_test(every_page)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
