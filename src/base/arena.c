/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/arena.h"

#include <assert.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/work_count.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_POISONS 1
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define ARENA_POISONS 1
#endif
#ifdef ARENA_POISONS
#include <sanitizer/asan_interface.h>
#endif

enum {
    BLOCK_BYTES_FIRST = 4 << 10,
    BLOCK_BYTES_MAX = 1 << 20,
    FORMAT_BYTES = 256, /* longer texts are formatted twice: once to know how long they are */
    ALIGNMENT = alignof(max_align_t),
#ifdef ARENA_POISONS
    GUARD_BYTES = ALIGNMENT /* poisoned space after each piece, so that writing past its end is seen */
#else
    GUARD_BYTES = 0
#endif
};

struct block {
    struct block *next;
    size_t capacity;
    size_t used;
    alignas(max_align_t) unsigned char bytes[];
};

struct deferred {
    struct deferred *next;
    void (*close)(void *);
    void *resource;
};

struct arena {
    struct arena *parent;
    struct arena *newest_child;
    struct arena *older; /* among the children of one parent */
    struct arena *newer;
    struct block *blocks; /* the first one is being filled */
    size_t block_bytes;   /* capacity of the next block */
    size_t size_bytes;    /* handed out by this arena alone */
    uint64_t pieces;      /* the same in pieces */
    struct deferred *deferred;
};

enum status arena_create(struct arena *parent, struct arena **out)
{
    struct arena *arena = memory_alloc(sizeof *arena);
    if (arena == NULL)
        return STATUS_MEMORY;
    arena->block_bytes = BLOCK_BYTES_FIRST;
    arena->parent = parent;
    if (parent != NULL) {
        arena->older = parent->newest_child;
        if (arena->older != NULL)
            arena->older->newer = arena;
        parent->newest_child = arena;
    }
    *out = arena;
    return STATUS_OK;
}

static void arena_unlink(struct arena *arena)
{
    if (arena->older != NULL)
        arena->older->newer = arena->newer;
    if (arena->newer != NULL)
        arena->newer->older = arena->older;
    else if (arena->parent != NULL)
        arena->parent->newest_child = arena->older;
}

/* Ends an arena that has no children. */
static void arena_close(struct arena *arena)
{
    uint64_t blocks = 1;
    arena_unlink(arena);
    while (arena->deferred != NULL) {
        struct deferred *last = arena->deferred;
        arena->deferred = last->next;
        last->close(last->resource);
    }
    while (arena->blocks != NULL) {
        struct block *block = arena->blocks;
        arena->blocks = block->next;
        blocks++;
#ifdef ARENA_POISONS
        ASAN_UNPOISON_MEMORY_REGION(block->bytes, block->capacity);
#endif
        memory_free(block);
    }
    work_add(WORK_ARENA_PIECES, arena->pieces);
    work_add(WORK_ARENA_BLOCKS, blocks);
    memory_free(arena);
}

void arena_destroy(struct arena *arena)
{
    if (arena == NULL)
        return;
    while (arena->newest_child != NULL) {
        struct arena *leaf = arena->newest_child;
        while (leaf->newest_child != NULL)
            leaf = leaf->newest_child;
        arena_close(leaf);
    }
    arena_close(arena);
}

/* A new block of at least `room` bytes, put where the arena will look for it; NULL when there is none. */
static struct block *block_add(struct arena *arena, size_t room)
{
    bool alone = room > arena->block_bytes / 4;
    size_t capacity = alone ? room : arena->block_bytes;
    size_t whole;
    if (!size_add(sizeof(struct block), capacity, &whole))
        return NULL;
    struct block *block = memory_alloc(whole);
    if (block == NULL)
        return NULL;
    block->capacity = capacity;
#ifdef ARENA_POISONS
    ASAN_POISON_MEMORY_REGION(block->bytes, capacity);
#endif
    /* A large piece gets a block of its own, behind the one that is being filled. */
    if (alone && arena->blocks != NULL) {
        block->next = arena->blocks->next;
        arena->blocks->next = block;
        return block;
    }
    block->next = arena->blocks;
    arena->blocks = block;
    if (!alone && arena->block_bytes < BLOCK_BYTES_MAX)
        arena->block_bytes *= 2;
    return block;
}

void *arena_alloc(struct arena *arena, size_t size_bytes)
{
    size_t room;
    if (!size_add(size_bytes == 0 ? 1 : size_bytes, GUARD_BYTES + ALIGNMENT - 1, &room))
        return NULL;
    room -= room % ALIGNMENT;
    struct block *block = arena->blocks;
    if (block == NULL || block->capacity - block->used < room)
        block = block_add(arena, room);
    if (block == NULL)
        return NULL;
    void *piece = block->bytes + block->used;
    block->used += room;
    arena->size_bytes += size_bytes;
    arena->pieces++;
#ifdef ARENA_POISONS
    ASAN_UNPOISON_MEMORY_REGION(piece, size_bytes);
#endif
    return piece;
}

void *arena_array(struct arena *arena, size_t count, size_t size_bytes)
{
    size_t whole;
    return size_multiply(count, size_bytes, &whole) ? arena_alloc(arena, whole) : NULL;
}

char *arena_copy(struct arena *arena, struct span text)
{
    size_t whole;
    char *copy = size_add(text.length, 1, &whole) ? arena_alloc(arena, whole) : NULL;
    if (copy != NULL && text.length > 0)
        memcpy(copy, text.at, text.length);
    return copy;
}

char *arena_format(struct arena *arena, const char *format, ...)
{
    char few[FORMAT_BYTES];
    va_list list;
    va_start(list, format);
    int length = vsnprintf(few, sizeof few, format, list);
    va_end(list);
    if (length >= 0 && (size_t)length < sizeof few)
        return arena_copy(arena, (struct span){few, (size_t)length});
    char *text = length < 0 ? NULL : arena_alloc(arena, (size_t)length + 1);
    if (text == NULL)
        return NULL;
    va_start(list, format);
    int written = vsnprintf(text, (size_t)length + 1, format, list);
    va_end(list);
    return written == length ? text : NULL;
}

enum status arena_defer(struct arena *arena, void (*close)(void *), void *resource)
{
    assert(close != NULL);
    struct deferred *deferred = arena_alloc(arena, sizeof *deferred);
    if (deferred == NULL) {
        close(resource);
        return STATUS_MEMORY;
    }
    *deferred = (struct deferred){arena->deferred, close, resource};
    arena->deferred = deferred;
    return STATUS_OK;
}

static void apart_end(void *arena)
{
    arena_destroy(arena);
}

enum status arena_create_apart(struct arena *until, struct arena **out)
{
    enum status status = arena_create(NULL, out);
    return status == STATUS_OK ? arena_defer(until, apart_end, *out) : status;
}

/* The arena after this one when all below `top` are visited, parents first; NULL at the end. */
static const struct arena *arena_next(const struct arena *arena, const struct arena *top)
{
    if (arena->newest_child != NULL)
        return arena->newest_child;
    while (arena != top && arena->older == NULL)
        arena = arena->parent;
    return arena == top ? NULL : arena->older;
}

size_t arena_size_bytes(const struct arena *arena)
{
    size_t sum = 0;
    for (const struct arena *each = arena; each != NULL; each = arena_next(each, arena))
        sum += each->size_bytes;
    return sum;
}
