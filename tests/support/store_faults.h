/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file system under SQLite that fails, or ends the process, at the k-th thing that is asked of it. */
#ifndef GAPMETER_TESTS_STORE_FAULTS_H
#define GAPMETER_TESTS_STORE_FAULTS_H

#include <stdbool.h>
#include <stdint.h>

enum store_fault_kind {
    FAULT_OPEN = 1,
    FAULT_READ = 2,
    FAULT_WRITE = 4,
    FAULT_SYNC = 8,
    FAULT_TRUNCATE = 16,
    FAULT_REMOVE = 32,
    FAULT_ANY = 63
};

struct store_fault {
    unsigned kinds;     /* of enum store_fault_kind */
    const char *ending; /* of the file's name: "-wal"; "" = every file */
    uint64_t at;        /* 1 = the next one; 0 = never, only counted */
    bool all_after;     /* from then on for ever, or once */
    int code;           /* what SQLite is told: SQLITE_FULL, SQLITE_IOERR_FSYNC, … */
    bool dies;          /* SIGKILL in place of a code; half of a write is done before */
};

/* Puts it under every database that is opened from now on; again does no harm. One database thread at a time. */
void store_faults_start(void);

/* What is to fail from now on, counted anew; NULL: nothing. */
void store_faults_plant(const struct store_fault *fault);

/* How many of the planted kinds were asked for since. */
uint64_t store_faults_counted(void);

#endif
