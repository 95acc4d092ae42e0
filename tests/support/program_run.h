/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs the gapmeter program that this build made, as a user would, and keeps what it said. */
#ifndef GAPMETER_TESTS_PROGRAM_RUN_H
#define GAPMETER_TESTS_PROGRAM_RUN_H

#include <stddef.h>

struct program_run {
    int exit_code; /* as the program left; 128 + signal when it was killed */
    char *out;     /* all of stdout, and a NUL after it */
    size_t out_length;
    char *err; /* all of stderr, and a NUL after it */
    size_t err_length;
};

/* What to run: fields left out are NULL. */
struct program_call {
    const char *const *arguments; /* after the program's name; the end is NULL */
    const char *folder;           /* where it runs; NULL = here */
    const char *input;            /* what stdin holds; NULL = nothing */
    const char *const *settings;  /* "NAME=value", added to the environment; the end is NULL */
};

/* Runs gapmeter to its end. Fails the test when the program cannot be started.
 * takes   call  what to run; GAPMETER_BINARY in the environment names the program
 * gives   *run  exit code, stdout and stderr
 * owns    the caller: program_run_clear
 * proof   tests/support/program_run_test.c */
void program_run(struct program_run *run, const struct program_call *call);

/* The same for another program, found by path. */
void program_run_path(struct program_run *run, const char *program, const struct program_call *call);

/* Frees what a run holds. */
void program_run_clear(struct program_run *run);

/* Runs gapmeter with the arguments that follow, in this folder: gapmeter_run(&run, "help", "demo"). */
#define gapmeter_run(run, ...)                                                                                                   \
    program_run((run), &(const struct program_call){.arguments = (const char *const[]){__VA_ARGS__, NULL}})

#endif
