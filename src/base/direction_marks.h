/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_BASE_DIRECTION_MARKS_H
#define GAPMETER_BASE_DIRECTION_MARKS_H

#include "base/out.h"

/* Keeps the marks of direction within a text from turning what stands after it (UAX 9): isolates are ended where they began,
 * embeddings and overrides have no use and are left out. Marks that end with their own letter, such as U+200E, are as they were. */
struct direction_marks {
    unsigned open; /* isolates that have begun; 0 at the start of a text */
};

/* Does a character stand in the text? Not U+202A to U+202E, and not U+2069 where no isolate is open.
 * takes   marks       of the text so far; this one is counted
 * proof   tests/base/direction_marks_test.c */
bool direction_mark_stands(struct direction_marks *marks, unsigned code_point);

/* Ends the isolates that the text left open. */
void direction_marks_end(struct direction_marks *marks, struct out *out);

#endif
