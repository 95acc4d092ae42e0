/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "every GAPMETER_KERNEL gives the same bytes": the demonstration study, analysed, grouped and drawn again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/kernel.h"
#include "support/program_run.h"
#include "support/scratch_folder.h"

static struct scratch scratch;

static int setup(void **state)
{
    (void)state;
    scratch_create(&scratch);
    struct program_run run;
    gapmeter_run(&run, "demo", "--out", scratch.folder);
    int failed = run.exit_code;
    program_run_clear(&run);
    return failed;
}

static int teardown(void **state)
{
    (void)state;
    scratch_destroy(&scratch);
    return 0;
}

/* Runs the same request with one kernel. */
static void kernel_run(enum kernel kernel, const char *const *arguments, struct program_run *out)
{
    char setting[64];
    (void)snprintf(setting, sizeof setting, "GAPMETER_KERNEL=%s", kernel_name(kernel));
    program_run(out, &(const struct program_call){
                         .arguments = arguments, .folder = scratch.folder, .settings = (const char *const[]){setting, NULL}});
    assert_string_equal(out->err, "");
    assert_int_equal(out->exit_code, 0);
}

/* All kernels of this machine against the scalar one. */
static void same_bytes(const char *const *arguments)
{
    struct program_run plain, other;
    kernel_run(KERNEL_SCALAR, arguments, &plain);
    assert_true(plain.out_length > 1000);
    for (unsigned k = 1; k < KERNEL_COUNT; k++) {
        if (!kernel_available((enum kernel)k))
            continue;
        kernel_run((enum kernel)k, arguments, &other);
        assert_int_equal(other.out_length, plain.out_length);
        assert_memory_equal(other.out, plain.out, plain.out_length);
        program_run_clear(&other);
    }
    program_run_clear(&plain);
}

#define SAME_BYTES(...) same_bytes((const char *const[]){__VA_ARGS__, NULL})

/* Everything that is analysed without asking, drawn again as well. */
static void the_whole_study(void **state)
{
    (void)state;
    SAME_BYTES("analyze", "answers.csv", "--study", "study.json", "--json", "--bootstrap", "100");
}

/* Groups, small ones among them, and people who answered everything. */
static void by_groups(void **state)
{
    (void)state;
    SAME_BYTES("analyze", "answers.csv", "--study", "study.json", "--json", "--by", "hotel", "--pairs", "complete", "--threads",
               "2");
}

/* What is guessed of a file does not depend on it either. */
static void reading(void **state)
{
    (void)state;
    SAME_BYTES("guess", "answers.csv");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_whole_study),
        cmocka_unit_test(by_groups),
        cmocka_unit_test(reading),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
