/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a pack is laid out: the answers of a file as columns of numbers, so that reading them again takes milliseconds.
 *
 * All numbers are little-endian. A pack has three parts, in this order.
 *
 * 1. The head, PACKED_HEAD_BYTES:
 *      offset  bytes
 *           0      8  "GAPMPACK"
 *           8      4  PACKED_VERSION
 *          12      4  rows of a block: ANSWERS_CHUNK_ROWS
 *          16      8  bytes of the file
 *          24      8  encounters
 *          32      8  bytes of the lists
 *          40      4  slots of an encounter (model/answers.h)
 *          44      4  bytes of a code: 1, or 2
 *          48      4  CRC-32C of the lists
 *          52     12  0
 *          64     32  digest of what the study says about reading (packed_study.h)
 *          96     32  version of the program that made it, filled up with zeros
 *         128    124  0
 *         252      4  CRC-32C of the 252 bytes before
 *
 * 2. The lists, in the order of packed_lists_write.c: which files these are the answers of, how columns are written, texts that
 *    numbers stand for, missing answers, moments, comments, notes. A text is 4 bytes of its length, its bytes and a zero.
 *    Zeros follow up to a multiple of PACKED_PAGE_BYTES in the file; they count among the bytes of the lists.
 *
 * 3. The blocks, one for ANSWERS_CHUNK_ROWS encounters, the last one for the rest. A block holds the codes, row by row as in struct
 *    answers_chunk, then each column (packed_column.h); each part begins at a multiple of PACKED_PART_BYTES, and zeros fill the gaps. Its
 *    last 4 bytes are the CRC-32C of the head's CRC-32C, the block's number (4 bytes each) and all bytes of the block before.
 *
 * So a pack may be mapped: codes lie in it as they lie in memory. The program reads it all the same (docs/adr/0019). */
#ifndef GAPMETER_FORMATS_PACKED_LAYOUT_H
#define GAPMETER_FORMATS_PACKED_LAYOUT_H

#include <stdint.h>

#include "base/secret.h"
#include "formats/packed_column.h"

/* Raise it when the layout changes, or what a file of answers comes to: older packs are then refused. */
#define PACKED_VERSION       1u
#define PACKED_HEAD_BYTES    256u
#define PACKED_PAGE_BYTES    4096u
#define PACKED_PART_BYTES    64u
#define PACKED_PROGRAM_BYTES 32u

_Static_assert(sizeof GAPMETER_VERSION <= PACKED_PROGRAM_BYTES, "the version of the program has its place in the head");

struct packed_head {
    uint64_t file_bytes;
    uint64_t encounters;
    uint64_t list_bytes;
    uint32_t slots;
    uint32_t code_bytes;
    uint32_t list_crc;
    struct digest study;
    char program[PACKED_PROGRAM_BYTES]; /* ends with a zero */
    uint32_t crc;                       /* of the head; packed_head_write and packed_head_read fill it in */
};

/* What is wrong with a head. */
enum packed_fault {
    PACKED_GOOD,
    PACKED_NOT_A_PACK,    /* other bytes at the beginning, or too few */
    PACKED_OTHER_VERSION, /* a pack of another version, whatever else it holds */
    PACKED_DAMAGED
};

/* takes   bytes  PACKED_HEAD_BYTES of them */
void packed_head_write(struct packed_head *head, unsigned char *bytes);

/* gives   *out  whose numbers are held against nothing yet but their checksum
 * takes   length  of what there is; whatever follows the head is not looked at */
enum packed_fault packed_head_read(const unsigned char *bytes, size_t length, struct packed_head *out);

/* Zeros that follow so many bytes of lists. */
uint64_t packed_padding(uint64_t list_bytes);

/* Where the parts of a block stand. */
struct packed_parts {
    uint32_t rows;
    uint64_t code_bytes;
    const uint64_t *columns; /* [column] offset */
    uint64_t bytes;          /* of the block; the checksum is the last four */
};

/* Lays out a block of so many rows, at most ANSWERS_CHUNK_ROWS.
 * owns    ctx->arena
 * fails   STATUS_MEMORY */
enum status packed_parts_make(struct ctx *ctx, const struct packed_head *head, const struct packed_columns *columns,
                              uint32_t rows, struct packed_parts *out) MUST_USE;

/* Bytes that all encounters take in blocks of these two kinds, a full one and the last. */
uint64_t packed_blocks_bytes(uint64_t encounters, uint64_t full_bytes, uint64_t last_bytes);

/* The checksum of a block.
 * takes   parts, count  its bytes but the last four, in pieces */
uint32_t packed_block_crc(const struct packed_head *head, uint32_t number, const struct span *parts, size_t count);

#endif
