/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_BASE_WORK_COUNT_H
#define GAPMETER_BASE_WORK_COUNT_H

#include <stddef.h>
#include <stdint.h>

/* What a run has done, in counts that are the same on every machine: seconds vary, these do not. Whoever does a piece of work adds
 * to its count once for a block, a chunk or a file, never for each row, so that counting costs nothing. */
enum work {
    WORK_ANSWER_BYTES,       /* read from files of answers, as they stand there */
    WORK_ANSWER_FILES,       /* times that a file of answers was opened to be read */
    WORK_ANSWER_ROWS,        /* records found in them, the header too */
    WORK_ENCOUNTERS_TALLIED, /* encounters put into tallies: the same one again counts again */
    WORK_ARENA_PIECES,       /* pieces of memory that ended arenas had handed out */
    WORK_ARENA_BLOCKS,       /* allocations that ended arenas had made for themselves */
    WORK_KINDS
};

/* Threads may add at once.
 * proof   tests/base/work_count_test.c */
void work_add(enum work kind, uint64_t many);

/* So many since the process began. */
uint64_t work_total(enum work kind);

/* Pieces of memory asked for: of arenas and, for what grows, of the heap. Unlike memory_allocation_count it is the same with
 * and without sanitizers, because the blocks of arenas, whose number guards between pieces change, do not count.
 * needs   the arenas that shall count have ended */
uint64_t work_allocations(void);

/* "allocations=12 answer_bytes=345 …", as GAPMETER_COUNTS=1 prints it when the program ends.
 * takes   size  of into; 256 hold every line, a longer one is cut */
void work_format(char *into, size_t size);

#endif
