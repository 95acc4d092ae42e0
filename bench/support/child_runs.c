/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/child_runs.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct one_run {
    double seconds, busy, megabytes;
};

static double seconds_now(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static double seconds_of(struct timeval time)
{
    return (double)time.tv_sec + 1e-6 * (double)time.tv_usec;
}

_Noreturn static void work_and_tell(void (*work)(const void *state), const void *state, int into)
{
    struct one_run run;
    struct rusage usage;
    double begin = seconds_now();
    work(state);
    run.seconds = seconds_now() - begin;
    (void)getrusage(RUSAGE_SELF, &usage);
    run.busy = seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
    run.megabytes = (double)usage.ru_maxrss * 1024 / 1e6;
    _exit(write(into, &run, sizeof run) == (ssize_t)sizeof run ? 0 : 1);
}

static struct one_run run_once(void (*work)(const void *state), const void *state)
{
    struct one_run run = {0};
    int ends[2] = {-1, -1}, left = 0;
    pid_t child = pipe(ends) == 0 ? fork() : -1;
    if (child == 0)
        work_and_tell(work, state, ends[1]);
    (void)close(ends[1]);
    if (child < 0 || read(ends[0], &run, sizeof run) != (ssize_t)sizeof run) {
        (void)fprintf(stderr, "child_runs: a run has failed\n");
        exit(1);
    }
    (void)close(ends[0]);
    (void)waitpid(child, &left, 0);
    return run;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

struct child_runs child_runs_measure(unsigned runs, void (*work)(const void *state), const void *state)
{
    double seconds[CHILD_RUNS_MOST], busy[CHILD_RUNS_MOST], most = 0;
    assert(runs >= 1 && runs <= CHILD_RUNS_MOST);
    for (unsigned i = 0; i < runs; i++) {
        const struct one_run run = run_once(work, state);
        seconds[i] = run.seconds;
        busy[i] = run.busy;
        most = run.megabytes > most ? run.megabytes : most;
    }
    qsort(seconds, runs, sizeof *seconds, ascending);
    qsort(busy, runs, sizeof *busy, ascending);
    return (struct child_runs){seconds[runs / 2], busy[runs / 2], seconds[0], most};
}
