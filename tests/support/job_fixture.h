/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A job as the doors make it: an arena of its own and a context. */
#ifndef GAPMETER_TESTS_JOB_FIXTURE_H
#define GAPMETER_TESTS_JOB_FIXTURE_H

#include "base/ctx.h"

struct job {
    struct ctx ctx; /* ctx.arena is the job's own */
};

/* Opens the arena; fails the test when there is no memory. */
void job_begin(struct job *job);

/* Destroys the arena. */
void job_end(struct job *job);

/* Fails the test, showing place and sentence, unless the status is STATUS_OK. */
#define assert_ok(job, status) job_assert_ok((job), (status), #status, __FILE__, __LINE__)

void job_assert_ok(const struct job *job, enum status status, const char *expression, const char *file, int line);

#endif
