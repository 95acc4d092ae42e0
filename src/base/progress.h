/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_BASE_PROGRESS_H
#define GAPMETER_BASE_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

/* Tells a person on a terminal how far the work is. Silent when the stream is not a terminal (or TERM is
 * dumb), and for what takes less than a tenth of a second. */
struct progress {
    int fd;            /* set by the door: where the bar goes, -1 = nowhere */
    const char *what;  /* written by progress_begin */
    uint64_t total;    /* written by progress_begin; 0 = not known */
    uint64_t done;     /* written by progress_update */
    uint64_t begun_ms; /* monotonic clock; written by progress_begin */
    uint64_t shown_ms; /* when the bar was last drawn */
    bool drawn;        /* is there a bar to wipe */
};

/* Begins a piece of work; NULL progress is allowed in all three.
 * takes   what  a few words such as "Reading answers.csv", kept until progress_end */
void progress_begin(struct progress *progress, const char *what, uint64_t total);

/* Redraws the bar at most ten times a second, with the time left once it can be told. One thread at a time. */
void progress_update(struct progress *progress, uint64_t done);

/* Wipes the bar. */
void progress_end(struct progress *progress);

#endif
