/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder of its own for each test that writes files. */
#ifndef GAPMETER_TESTS_SCRATCH_FOLDER_H
#define GAPMETER_TESTS_SCRATCH_FOLDER_H

#include <stddef.h>

enum { SCRATCH_ROOM = 512 };

struct scratch {
    char folder[SCRATCH_ROOM / 2]; /* absolute, without a slash at the end; written by scratch_create */
    char path[SCRATCH_ROOM];       /* the latest answer of scratch_path */
};

/* Makes an empty folder under TMPDIR (or /tmp); fails the test when it cannot. */
void scratch_create(struct scratch *scratch);

/* Removes the folder and all that is in it. */
void scratch_destroy(struct scratch *scratch);

/* The path of a name in the folder.
 * gives   borrowed: good until the next call with the same scratch */
const char *scratch_path(struct scratch *scratch, const char *name);

/* Writes a file of `length` bytes and gives its path (borrowed, as scratch_path). */
const char *scratch_write_bytes(struct scratch *scratch, const char *name, const void *bytes, size_t length);

/* Writes a text and gives its path (borrowed, as scratch_path). */
const char *scratch_write(struct scratch *scratch, const char *name, const char *text);

/* Reads a whole file; a NUL stands after the bytes. Fails the test when it cannot.
 * owns    the caller: free */
char *scratch_read(const char *path, size_t *length);

/* How often bytes stand in the files of the folder whose names begin so. */
size_t scratch_bytes_find(const struct scratch *scratch, const char *begins, const void *bytes, size_t length);

#endif
