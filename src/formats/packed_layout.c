/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/packed_layout.h"

#include <string.h>

#include "base/crc32c.h"
#include "formats/packed_bytes.h"
#include "model/answers.h"

/* Where the head's members stand. */
enum {
    AT_VERSION = 8,
    AT_ROWS = 12,
    AT_FILE_BYTES = 16,
    AT_ENCOUNTERS = 24,
    AT_LIST_BYTES = 32,
    AT_SLOTS = 40,
    AT_CODE_BYTES = 44,
    AT_LIST_CRC = 48,
    AT_STUDY = 64,
    AT_PROGRAM = 96,
    AT_CRC = 252
};

static const char magic[8] = {'G', 'A', 'P', 'M', 'P', 'A', 'C', 'K'};

void packed_head_write(struct packed_head *head, unsigned char *bytes)
{
    memset(bytes, 0, PACKED_HEAD_BYTES);
    memcpy(bytes, magic, sizeof magic);
    little_put(bytes + AT_VERSION, PACKED_VERSION, 4);
    little_put(bytes + AT_ROWS, ANSWERS_CHUNK_ROWS, 4);
    little_put(bytes + AT_FILE_BYTES, head->file_bytes, 8);
    little_put(bytes + AT_ENCOUNTERS, head->encounters, 8);
    little_put(bytes + AT_LIST_BYTES, head->list_bytes, 8);
    little_put(bytes + AT_SLOTS, head->slots, 4);
    little_put(bytes + AT_CODE_BYTES, head->code_bytes, 4);
    little_put(bytes + AT_LIST_CRC, head->list_crc, 4);
    memcpy(bytes + AT_STUDY, head->study.bytes, sizeof head->study.bytes);
    memcpy(bytes + AT_PROGRAM, head->program, PACKED_PROGRAM_BYTES - 1);
    head->crc = crc32c(0, bytes, AT_CRC);
    little_put(bytes + AT_CRC, head->crc, 4);
}

enum packed_fault packed_head_read(const unsigned char *bytes, size_t length, struct packed_head *out)
{
    *out = (struct packed_head){0};
    if (length < AT_ROWS || memcmp(bytes, magic, sizeof magic) != 0)
        return PACKED_NOT_A_PACK;
    if (little_get(bytes + AT_VERSION, 4) != PACKED_VERSION)
        return PACKED_OTHER_VERSION;
    if (length < PACKED_HEAD_BYTES)
        return PACKED_DAMAGED;
    out->file_bytes = little_get(bytes + AT_FILE_BYTES, 8);
    out->encounters = little_get(bytes + AT_ENCOUNTERS, 8);
    out->list_bytes = little_get(bytes + AT_LIST_BYTES, 8);
    out->slots = (uint32_t)little_get(bytes + AT_SLOTS, 4);
    out->code_bytes = (uint32_t)little_get(bytes + AT_CODE_BYTES, 4);
    out->list_crc = (uint32_t)little_get(bytes + AT_LIST_CRC, 4);
    memcpy(out->study.bytes, bytes + AT_STUDY, sizeof out->study.bytes);
    memcpy(out->program, bytes + AT_PROGRAM, PACKED_PROGRAM_BYTES - 1);
    out->crc = (uint32_t)little_get(bytes + AT_CRC, 4);
    bool whole = out->crc == crc32c(0, bytes, AT_CRC) && little_get(bytes + AT_ROWS, 4) == ANSWERS_CHUNK_ROWS;
    return whole ? PACKED_GOOD : PACKED_DAMAGED;
}

static uint64_t round_up(uint64_t bytes, uint64_t to)
{
    return (bytes + to - 1) / to * to;
}

uint64_t packed_padding(uint64_t list_bytes)
{
    const uint64_t end = PACKED_HEAD_BYTES + list_bytes;
    return round_up(end, PACKED_PAGE_BYTES) - end;
}

enum status packed_parts_make(struct ctx *ctx, const struct packed_head *head, const struct packed_columns *columns,
                              uint32_t rows, struct packed_parts *out)
{
    uint64_t *at = arena_array(ctx->arena, columns->count + 1u, sizeof *at);
    if (at == NULL)
        return ctx_no_memory(ctx);
    out->rows = rows;
    out->code_bytes = (uint64_t)rows * head->slots * head->code_bytes;
    uint64_t next = out->code_bytes;
    for (uint32_t i = 0; i < columns->count; i++) {
        at[i] = round_up(next, PACKED_PART_BYTES);
        next = at[i] + (uint64_t)rows * columns->at[i].width;
    }
    out->columns = at;
    out->bytes = round_up(next + sizeof(uint32_t), PACKED_PART_BYTES);
    return STATUS_OK;
}

uint64_t packed_blocks_bytes(uint64_t encounters, uint64_t full_bytes, uint64_t last_bytes)
{
    return encounters / ANSWERS_CHUNK_ROWS * full_bytes + (encounters % ANSWERS_CHUNK_ROWS == 0 ? 0 : last_bytes);
}

uint32_t packed_block_crc(const struct packed_head *head, uint32_t number, const struct span *parts, size_t count)
{
    unsigned char seed[8];
    little_put(seed, head->crc, 4);
    little_put(seed + 4, number, 4);
    uint32_t crc = crc32c(0, seed, sizeof seed);
    for (size_t i = 0; i < count; i++)
        crc = crc32c(crc, parts[i].at, parts[i].length);
    return crc;
}
