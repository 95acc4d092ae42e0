/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/work_count.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>

#include "base/memory.h"

static atomic_uint_least64_t totals[WORK_KINDS];

void work_add(enum work kind, uint64_t many)
{
    atomic_fetch_add_explicit(&totals[kind], many, memory_order_relaxed);
}

uint64_t work_total(enum work kind)
{
    return atomic_load_explicit(&totals[kind], memory_order_relaxed);
}

uint64_t work_allocations(void)
{
    return memory_allocation_count() - work_total(WORK_ARENA_BLOCKS) + work_total(WORK_ARENA_PIECES);
}

void work_format(char *into, size_t size)
{
    (void)snprintf(into, size,
                   "allocations=%" PRIu64 " answer_bytes=%" PRIu64 " answer_files=%" PRIu64 " answer_rows=%" PRIu64
                   " encounters_tallied=%" PRIu64,
                   work_allocations(), work_total(WORK_ANSWER_BYTES), work_total(WORK_ANSWER_FILES), work_total(WORK_ANSWER_ROWS),
                   work_total(WORK_ENCOUNTERS_TALLIED));
}
