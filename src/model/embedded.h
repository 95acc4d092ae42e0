/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that travel inside the program: instruments, schemas, page assets. The build makes the table (tools/embed.c). */
#ifndef GAPMETER_MODEL_EMBEDDED_H
#define GAPMETER_MODEL_EMBEDDED_H

#include <stddef.h>

struct embedded_file {
    const char *name;        /* "instruments/gap-22.json", "assets/report.css" */
    const unsigned char *at; /* the bytes of the file, and one NUL after them that length does not count */
    size_t length;
};

/* Sorted by name; the end has name NULL. */
extern const struct embedded_file embedded_files[];

/* Finds an embedded file by its name.
 * takes   name  as in the table
 * gives   the entry, borrowed for ever; NULL when there is none
 * cost    time number of files
 * proof   tests/model/embedded_test.c */
const struct embedded_file *embedded_find(const char *name);

#endif
