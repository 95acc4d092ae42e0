/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/nameless_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/folder.h"
#include "support/job_fixture.h"

/* A library writes it by its path; its bytes come back whole, also more than one piece of them. */
static void what_was_written_comes_back(void **state)
{
    (void)state;
    enum { NUMBERS = 50000 };
    struct job job;
    struct nameless_file *file = NULL;
    struct out *out = NULL;
    job_begin(&job);
    assert_ok(&job, nameless_file_open(&job.ctx, &file));
    FILE *stream = fopen(nameless_file_path(file), "wb");
    assert_non_null(stream);
    for (uint32_t i = 0; i < NUMBERS; i++)
        assert_int_equal(fwrite(&i, sizeof i, 1, stream), 1);
    assert_int_equal(fclose(stream), 0);
    assert_ok(&job, out_open_memory(&job.ctx, &out));
    assert_ok(&job, nameless_file_copy(&job.ctx, file, out));
    const uint32_t *numbers = (const void *)out_bytes(out).at;
    assert_int_equal(out_bytes(out).length, NUMBERS * sizeof *numbers);
    for (uint32_t i = 0; i < NUMBERS; i++)
        assert_int_equal(numbers[i], i);
    job_end(&job);
}

/* "nothing is left of it": the arena's end closes it. */
static void the_end_of_the_arena_closes_it(void **state)
{
    (void)state;
    struct job job;
    struct nameless_file *file = NULL;
    char path[64];
    job_begin(&job);
    assert_ok(&job, nameless_file_open(&job.ctx, &file));
    (void)snprintf(path, sizeof path, "%s", nameless_file_path(file));
    assert_true(path_exists(path));
    job_end(&job);
    assert_false(path_exists(path));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_written_comes_back),
        cmocka_unit_test(the_end_of_the_arena_closes_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
