/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Work that is timed in processes of its own, so that no run profits from what the one before left in memory. */
#ifndef GAPMETER_BENCH_CHILD_RUNS_H
#define GAPMETER_BENCH_CHILD_RUNS_H

/* Of some runs: medians, but for the last two. */
struct child_runs {
    double seconds;
    double busy;      /* seconds of processors: on a machine that does other things too, the steadier figure */
    double fastest;   /* seconds */
    double megabytes; /* the most memory that a run held */
};

#define CHILD_RUNS_MOST 15u

/* Runs work as often as `runs` says. What it leaves open ends with its process. When a run fails it says so and ends the program.
 * needs   1 <= runs <= CHILD_RUNS_MOST; work ends its process with another code than 0 when it fails */
struct child_runs child_runs_measure(unsigned runs, void (*work)(const void *state), const void *state);

#endif
