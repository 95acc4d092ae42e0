/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SQLite's write-ahead log, read as somebody would who holds the disk: page images, transaction by transaction. */
#ifndef GAPMETER_TESTS_LOG_READING_H
#define GAPMETER_TESTS_LOG_READING_H

#include <stdbool.h>
#include <stddef.h>

/* The pages that one transaction wrote. */
struct log_change {
    const char *const *before, *const *after; /* [count] images; before[i] NULL: the log has no older one */
    size_t count, page_bytes;
};

/* Do the bytes stand in the pages as they were before or after? */
bool log_change_shows(const struct log_change *change, const char *bytes, size_t length, bool after);

/* Calls for every transaction of PATH-wal, oldest first; for none when the log is empty or not there.
 * source  https://www.sqlite.org/fileformat2.html#walformat */
void log_changes_each(const char *path, void (*each)(void *state, const struct log_change *change), void *state);

#endif
