/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/memory.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>

/* The pages that the system takes for large memory when it is asked to, and from which size on that is worth while. */
#define LARGE_PAGE_BYTES ((size_t)2 << 20)
#define LARGE_BYTES      (4 * LARGE_PAGE_BYTES)

static atomic_uint_least64_t allocations;
static atomic_uint_least64_t fault_at; /* number of the allocation that fails; 0 = none */
static atomic_bool fault_stays;

/* Counts one allocation and says whether it shall fail. */
static bool allocation_refused(void)
{
    uint64_t number = atomic_fetch_add_explicit(&allocations, 1, memory_order_relaxed) + 1;
    uint64_t at = atomic_load_explicit(&fault_at, memory_order_relaxed);
    if (at == 0 || number < at)
        return false;
    return number == at || atomic_load_explicit(&fault_stays, memory_order_relaxed);
}

void *memory_alloc(size_t size_bytes)
{
    if (allocation_refused() || size_bytes > PTRDIFF_MAX)
        return NULL;
    void *block = calloc(1, size_bytes == 0 ? 1 : size_bytes);
    if (block != NULL && size_bytes >= LARGE_BYTES) {
        /* Memory that is not written takes no page, large or small; a system that knows no large ones says no, and all is well. */
        char *first = (char *)block + (LARGE_PAGE_BYTES - (uintptr_t)block % LARGE_PAGE_BYTES);
        (void)madvise(first, size_bytes - LARGE_PAGE_BYTES, MADV_HUGEPAGE);
    }
    return block;
}

void *memory_resize(void *block, size_t size_bytes)
{
    if (allocation_refused() || size_bytes > PTRDIFF_MAX)
        return NULL;
    /* realloc with 0 may free the block and give NULL, which the caller would take for a failure. */
    return realloc(block, size_bytes == 0 ? 1 : size_bytes);
}

void memory_free(void *block)
{
    free(block);
}

void memory_fail_at(uint64_t k, bool all_after)
{
    atomic_store(&fault_stays, all_after);
    atomic_store(&fault_at, k == 0 ? 0 : atomic_load(&allocations) + k);
}

uint64_t memory_allocation_count(void)
{
    return atomic_load(&allocations);
}

bool size_multiply(size_t count, size_t size, size_t *out)
{
    return !__builtin_mul_overflow(count, size, out);
}

bool size_add(size_t a, size_t b, size_t *out)
{
    return !__builtin_add_overflow(a, b, out);
}
