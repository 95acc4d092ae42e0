/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/intern.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>
#include <sys/random.h>

#include "base/memory.h"

/* Texts stand one after another in blocks, each after its length, at a multiple of UNIT_BYTES, so that 32 bits say where.
 * A slot of the table holds number + 1 in its low bits and, in those that the table's size leaves free, bits of the
 * hash: a text is hardly ever looked at in vain. */
enum {
    UNIT_BYTES = 4,
    BLOCK_UNITS = 16 << 10, /* positions that a block takes */
    BLOCK_BYTES = BLOCK_UNITS * UNIT_BYTES,
    BLOCK_BYTES_FIRST = 4 << 10,
    SHORT_LENGTH_MAX = 254, /* one byte holds the length; else this byte is 255 and four follow */
    SLOT_BITS_FIRST = 6,
    SLOT_BITS_MAX = 33
};

struct intern {
    uint64_t key[2];
    uint32_t ceiling;
    uint32_t count;
    uint32_t *slots;
    unsigned slot_bits;  /* 2^slot_bits slots */
    uint32_t *positions; /* by number */
    size_t positions_capacity;
    unsigned char **blocks; /* a text longer than a block takes several entries, of which only the first is set */
    size_t block_count;
    size_t blocks_capacity;
    unsigned char *last;  /* the block being filled */
    size_t last_position; /* where it begins */
    size_t filled;        /* bytes of it */
    size_t capacity;
};

static void intern_free(void *resource)
{
    struct intern *intern = resource;
    for (size_t i = 0; i < intern->block_count; i++)
        memory_free(intern->blocks[i]);
    memory_free(intern->blocks);
    memory_free(intern->positions);
    memory_free(intern->slots);
}

enum status intern_create(struct ctx *ctx, uint32_t ceiling, struct intern **out)
{
    struct intern *intern = arena_alloc(ctx->arena, sizeof *intern);
    if (intern == NULL)
        return ctx_no_memory(ctx);
    if (getrandom(intern->key, sizeof intern->key, 0) != (ssize_t)sizeof intern->key)
        return ctx_fail(ctx, STATUS_UNAVAILABLE, NULL,
                        "The system gave no random numbers, which are needed to read files safely.");
    intern->ceiling = ceiling < UINT32_MAX ? ceiling : UINT32_MAX - 1;
    intern->slot_bits = SLOT_BITS_FIRST;
    if (arena_defer(ctx->arena, intern_free, intern) != STATUS_OK)
        return ctx_no_memory(ctx);
    intern->slots = memory_alloc(sizeof *intern->slots << SLOT_BITS_FIRST);
    if (intern->slots == NULL)
        return ctx_no_memory(ctx);
    *out = intern;
    return STATUS_OK;
}

static uint64_t rotated(uint64_t word, int by)
{
    return word << by | word >> (64 - by);
}

static void sip_round(uint64_t v[4])
{
    v[0] += v[1];
    v[1] = rotated(v[1], 13) ^ v[0];
    v[0] = rotated(v[0], 32);
    v[2] += v[3];
    v[3] = rotated(v[3], 16) ^ v[2];
    v[0] += v[3];
    v[3] = rotated(v[3], 21) ^ v[0];
    v[2] += v[1];
    v[1] = rotated(v[1], 17) ^ v[2];
    v[2] = rotated(v[2], 32);
}

/* SipHash-1-3 (Aumasson & Bernstein 2012): without the key nobody can make texts that fall together. */
static uint64_t hash_of(const struct intern *intern, struct span text)
{
    const uint64_t *key = intern->key;
    uint64_t v[4] = {key[0] ^ 0x736f6d6570736575u, key[1] ^ 0x646f72616e646f6du, key[0] ^ 0x6c7967656e657261u,
                     key[1] ^ 0x7465646279746573u};
    size_t rest = text.length % 8;
    uint64_t word;
    for (size_t i = 0; i < text.length - rest; i += 8) {
        memcpy(&word, text.at + i, 8);
        v[3] ^= word;
        sip_round(v);
        v[0] ^= word;
    }
    word = 0;
    if (rest > 0)
        memcpy(&word, text.at + text.length - rest, rest);
    word ^= (uint64_t)text.length << 56;
    v[3] ^= word;
    sip_round(v);
    v[0] ^= word;
    v[2] ^= 0xff;
    sip_round(v);
    sip_round(v);
    sip_round(v);
    return v[0] ^ v[1] ^ v[2] ^ v[3];
}

/* The bits of a slot that hold number + 1. */
static uint32_t number_mask(const struct intern *intern)
{
    return intern->slot_bits >= 32 ? UINT32_MAX : (UINT32_C(1) << intern->slot_bits) - 1;
}

static size_t slot_mask(const struct intern *intern)
{
    return ((size_t)1 << intern->slot_bits) - 1;
}

struct span intern_text(const struct intern *intern, uint32_t number)
{
    assert(number < intern->count);
    uint32_t position = intern->positions[number];
    const unsigned char *at = intern->blocks[position / BLOCK_UNITS] + (size_t)(position % BLOCK_UNITS) * UNIT_BYTES;
    uint32_t length = *at++;
    if (length > SHORT_LENGTH_MAX) {
        memcpy(&length, at, sizeof length);
        at += sizeof length;
    }
    return (struct span){(const char *)at, length};
}

/* The slot that holds the text, or the empty one where it belongs. */
static size_t slot_of(const struct intern *intern, struct span text, uint64_t hash)
{
    uint32_t mask = number_mask(intern);
    uint32_t tag = (uint32_t)(hash >> 32) & ~mask;
    size_t slot = (size_t)hash & slot_mask(intern);
    while (intern->slots[slot] != 0) {
        uint32_t held = intern->slots[slot];
        if ((held & ~mask) == tag && span_equal(intern_text(intern, (held & mask) - 1), text))
            break;
        slot = (slot + 1) & slot_mask(intern);
    }
    return slot;
}

/* Doubles the table when another text would fill it beyond seven eighths. */
static enum status slots_reserve(struct intern *intern)
{
    size_t slot_count = slot_mask(intern) + 1;
    if (intern->count + (size_t)1 <= slot_count / 8 * 7 || intern->slot_bits == SLOT_BITS_MAX)
        return STATUS_OK;
    size_t bytes;
    if (!size_multiply(slot_count, 2 * sizeof *intern->slots, &bytes))
        return STATUS_MEMORY;
    uint32_t *slots = memory_alloc(bytes);
    if (slots == NULL)
        return STATUS_MEMORY;
    memory_free(intern->slots);
    intern->slots = slots;
    intern->slot_bits++;
    uint32_t mask = number_mask(intern);
    for (uint32_t number = 0; number < intern->count; number++) {
        uint64_t hash = hash_of(intern, intern_text(intern, number));
        size_t slot = (size_t)hash & slot_mask(intern);
        /* All are different: there is nothing to compare. */
        while (slots[slot] != 0)
            slot = (slot + 1) & slot_mask(intern);
        slots[slot] = ((uint32_t)(hash >> 32) & ~mask) | (number + 1);
    }
    return STATUS_OK;
}

/* Makes room for one more element of a growing array. */
static enum status array_reserve(void **array, size_t *capacity, size_t needed, size_t element_bytes)
{
    if (needed <= *capacity)
        return STATUS_OK;
    size_t wanted = *capacity + *capacity / 8 + 16;
    wanted = wanted < needed ? needed : wanted;
    size_t bytes;
    void *grown = size_multiply(wanted, element_bytes, &bytes) ? memory_resize(*array, bytes) : NULL;
    if (grown == NULL)
        return STATUS_MEMORY;
    *array = grown;
    *capacity = wanted;
    return STATUS_OK;
}

static enum status positions_reserve(struct intern *intern)
{
    void *positions = intern->positions;
    enum status status =
        array_reserve(&positions, &intern->positions_capacity, intern->count + (size_t)1, sizeof *intern->positions);
    intern->positions = positions;
    return status;
}

/* Begins a block that takes at least so many bytes. */
static enum status block_begin(struct intern *intern, size_t bytes)
{
    size_t entries = (bytes + BLOCK_BYTES - 1) / BLOCK_BYTES;
    /* Positions have 32 bits. */
    if (intern->block_count + entries > UINT32_MAX / BLOCK_UNITS)
        return STATUS_MEMORY;
    void *blocks = intern->blocks;
    enum status status = array_reserve(&blocks, &intern->blocks_capacity, intern->block_count + entries, sizeof *intern->blocks);
    intern->blocks = blocks;
    if (status != STATUS_OK)
        return status;
    /* The first blocks are small: most tables hold a few names. */
    size_t capacity = intern->block_count < 4 ? (size_t)BLOCK_BYTES_FIRST << intern->block_count : BLOCK_BYTES;
    capacity = capacity < bytes ? bytes : capacity;
    unsigned char *block = memory_alloc(capacity);
    if (block == NULL)
        return STATUS_MEMORY;
    intern->last = block;
    intern->last_position = intern->block_count * BLOCK_UNITS;
    intern->blocks[intern->block_count] = block;
    for (size_t i = 1; i < entries; i++)
        intern->blocks[intern->block_count + i] = NULL;
    intern->block_count += entries;
    intern->filled = 0;
    intern->capacity = capacity;
    return STATUS_OK;
}

/* Stores a text and says where. */
static enum status text_store(struct intern *intern, struct span text, uint32_t *position)
{
    size_t prefix = text.length > SHORT_LENGTH_MAX ? 1 + sizeof(uint32_t) : 1;
    size_t bytes;
    if (text.length > UINT32_MAX || !size_add(text.length, prefix + UNIT_BYTES - 1, &bytes))
        return STATUS_MEMORY;
    bytes -= bytes % UNIT_BYTES;
    if (bytes > intern->capacity - intern->filled) {
        enum status status = block_begin(intern, bytes);
        if (status != STATUS_OK)
            return status;
    }
    unsigned char *at = intern->last + intern->filled;
    *position = (uint32_t)(intern->last_position + intern->filled / UNIT_BYTES);
    uint32_t length = (uint32_t)text.length;
    at[0] = prefix == 1 ? (unsigned char)length : UINT8_MAX;
    if (prefix > 1)
        memcpy(at + 1, &length, sizeof length);
    if (length > 0)
        memcpy(at + prefix, text.at, length);
    intern->filled += bytes;
    return STATUS_OK;
}

enum status intern_add(struct intern *intern, struct span text, uint32_t *number, bool *fresh)
{
    uint64_t hash = hash_of(intern, text);
    size_t slot = slot_of(intern, text, hash);
    *fresh = intern->slots[slot] == 0;
    if (!*fresh) {
        *number = (intern->slots[slot] & number_mask(intern)) - 1;
        return STATUS_OK;
    }
    if (intern->count >= intern->ceiling)
        return STATUS_INVALID;
    uint32_t position = 0;
    if (slots_reserve(intern) != STATUS_OK || positions_reserve(intern) != STATUS_OK ||
        text_store(intern, text, &position) != STATUS_OK)
        return STATUS_MEMORY;
    slot = slot_of(intern, text, hash); /* the table may have grown */
    intern->slots[slot] = ((uint32_t)(hash >> 32) & ~number_mask(intern)) | (intern->count + 1);
    intern->positions[intern->count] = position;
    *number = intern->count++;
    return STATUS_OK;
}

uint32_t intern_find(const struct intern *intern, struct span text)
{
    uint32_t held = intern->slots[slot_of(intern, text, hash_of(intern, text))];
    return held == 0 ? UINT32_MAX : (held & number_mask(intern)) - 1;
}

uint32_t intern_count(const struct intern *intern)
{
    return intern->count;
}
