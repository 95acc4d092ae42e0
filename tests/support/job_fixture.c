/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/job_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

void job_begin(struct job *job)
{
    *job = (struct job){.ctx = {.threads = 1}};
    if (arena_create(NULL, &job->ctx.arena) != STATUS_OK)
        fail_msg("no memory for a job");
}

void job_end(struct job *job)
{
    arena_destroy(job->ctx.arena);
    job->ctx.arena = NULL;
}

void job_assert_ok(const struct job *job, enum status status, const char *expression, const char *file, int line)
{
    char place[512];
    if (status == STATUS_OK)
        return;
    place_format(&job->ctx.error.place, place, sizeof place);
    print_error("%s is status %d: %s%s\n", expression, (int)status, place, job->ctx.error.sentence);
    _fail(file, line);
}
