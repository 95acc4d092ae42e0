/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_BASE_MEMORY_H
#define GAPMETER_BASE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The allocator seam: the only place that calls malloc, realloc and free. Arenas and growing
 * buffers are built on it, so a test can make the k-th allocation of any program path fail. */

/* Zeroed memory, or NULL; for 0 bytes a block too. Threads may allocate at once.
 * cost    counts one allocation */
void *memory_alloc(size_t size_bytes);

/* Grows or shrinks a block from memory_alloc; the old block stays valid when NULL is returned.
 * takes   block  NULL makes a new block; bytes beyond the old size are not zeroed
 * cost    counts one allocation */
void *memory_resize(void *block, size_t size_bytes);

/* Gives a block back; NULL is allowed. */
void memory_free(void *block);

/* Makes the k-th allocation from now on fail (1 = the next one), once or from then on for ever.
 * takes   k  0 turns the fault off
 * proof   tests/base/memory_test.c */
void memory_fail_at(uint64_t k, bool all_after);

/* How many allocations were asked for since the process began. */
uint64_t memory_allocation_count(void);

/* count × size without wrapping.
 * gives   *out  the product
 * fails   false when it does not fit into size_t */
bool size_multiply(size_t count, size_t size, size_t *out) __attribute__((warn_unused_result));

/* a + b without wrapping; false when it does not fit into size_t. */
bool size_add(size_t a, size_t b, size_t *out) __attribute__((warn_unused_result));

#endif
