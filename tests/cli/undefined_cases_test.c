/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lists of undefined cases are as long as promised, and between them have what every measure needs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "instrument/study_file.h"
#include "model/measure.h"
#include "support/job_fixture.h"
#include "support/undefined_case.h"

enum { FIXTURES_LEAST = 60 };

static const struct undefined_case *const lists[] = {undefined_gaps, undefined_designs, undefined_outcomes, undefined_losses};

/* Marks the measures that a fixture's study has what they need for. */
static void measures_mark(struct scratch *scratch, const struct undefined_case *fixture, bool *tried)
{
    struct job job;
    const struct study *study = NULL;
    const char *missing = NULL;
    job_begin(&job);
    undefined_case_write(scratch, fixture);
    assert_ok(&job, study_read_file(&job.ctx, scratch_path(scratch, "study.json"), &study));
    for (size_t i = 0; i < measure_register_count; i++)
        tried[i] = tried[i] || measure_applies(measure_register[i], study, &missing) == REASON_NONE;
    job_end(&job);
}

static void every_measure_is_tried(void **state)
{
    (void)state;
    struct scratch scratch;
    unsigned fixtures = 0;
    bool *tried = calloc(measure_register_count, sizeof *tried);
    assert_non_null(tried);
    scratch_create(&scratch);
    for (size_t list = 0; list < sizeof lists / sizeof *lists; list++) {
        for (const struct undefined_case *fixture = lists[list]; fixture->name; fixture++, fixtures++) {
            if (!fixture->exit_code)
                measures_mark(&scratch, fixture, tried);
        }
    }
    for (size_t i = 0; i < measure_register_count; i++) {
        if (!tried[i])
            fail_msg("no fixture has what %s needs", measure_register[i]->name);
    }
    print_message("%u fixtures, %zu measures\n", fixtures, measure_register_count);
    assert_true(fixtures >= FIXTURES_LEAST);
    free(tried);
    scratch_destroy(&scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_measure_is_tried)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
