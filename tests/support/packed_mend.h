/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Packs in memory, and packs whose checksums are right whatever they hold: what somebody would hand in who means harm. For tests of
 * formats/packed and its fuzz target. */
#ifndef GAPMETER_TESTS_PACKED_MEND_H
#define GAPMETER_TESTS_PACKED_MEND_H

#include <string.h>

#include "base/crc32c.h"
#include "base/limits.h"
#include "formats/packed_layout.h"
#include "formats/packed_lists.h"
#include "formats/packed_study.h"
#include "formats/packed_write.h"
#include "model/answers_builder.h"

/* Packs answers into memory of ctx->arena, as if of a file that was never looked at. */
static inline enum status packed_into_memory(struct ctx *ctx, const struct answers *answers, struct span *bytes)
{
    const struct packed_origin origin = {.count = 1, .files = {{.name = "answers.csv"}}};
    struct packed_size size;
    struct out *out = NULL;
    enum status status = out_open_memory(ctx, &out);
    if (status == STATUS_OK)
        status = packed_write_to(ctx, answers, &origin, OUT_BYTES_MAX, out, &size);
    if (status != STATUS_OK)
        return status;
    *bytes = out_bytes(out);
    return out_close(ctx, out);
}

/* The checksums of blocks, as far as the bytes reach. */
static inline void packed_mend_blocks(struct ctx *ctx, unsigned char *bytes, size_t length, const struct packed_head *head,
                                      const struct packed_columns *columns)
{
    struct packed_parts parts[2];
    const uint32_t rows[2] = {ANSWERS_CHUNK_ROWS, (uint32_t)(head->encounters % ANSWERS_CHUNK_ROWS)};
    for (size_t i = 0; i < 2; i++) {
        if (packed_parts_make(ctx, head, columns, rows[i], &parts[i]) != STATUS_OK)
            return;
    }
    uint64_t at = PACKED_HEAD_BYTES + head->list_bytes;
    for (uint32_t block = 0; at < length; block++) {
        const uint64_t size = parts[block >= head->encounters / ANSWERS_CHUNK_ROWS].bytes;
        if (size > length - at || size < 4)
            return;
        const struct span whole = {(const char *)bytes + at, (size_t)size - 4};
        little_put(bytes + at + whole.length, packed_block_crc(head, block, &whole, 1), 4);
        at += size;
    }
}

/* Makes checksums, length, version and study of a pack right. */
static inline void packed_mend(struct ctx *ctx, unsigned char *bytes, size_t length, const struct study *study)
{
    struct packed_head head;
    struct answers_builder *builder = NULL;
    struct packed_lists lists = {.answers = {.study = study}};
    bool good = false;
    if (length < PACKED_HEAD_BYTES)
        return;
    memcpy(bytes, "GAPMPACK", 8);
    little_put(bytes + 8, PACKED_VERSION, 4);
    little_put(bytes + 12, ANSWERS_CHUNK_ROWS, 4);
    (void)packed_head_read(bytes, length, &head);
    head.file_bytes = length;
    memcpy(head.program, GAPMETER_VERSION, sizeof GAPMETER_VERSION);
    if (packed_study_digest(ctx, study, &head.study) != STATUS_OK || answers_begin(ctx, study, &builder) != STATUS_OK)
        return;
    const bool whole = head.list_bytes <= length - PACKED_HEAD_BYTES;
    if (whole)
        head.list_crc = crc32c(0, bytes + PACKED_HEAD_BYTES, (size_t)head.list_bytes);
    packed_head_write(&head, bytes);
    if (!whole || head.encounters == 0 || head.encounters > length || head.slots > 8192 || head.code_bytes > 2)
        return;
    lists.answers.encounter_count = (uint32_t)head.encounters;
    lists.answers.slot_count = head.slots;
    lists.answers.outcome_places = answers_builder_outcomes(builder, &lists.answers.outcome_bytes);
    if (packed_lists_read(ctx, (struct span){(const char *)bytes + PACKED_HEAD_BYTES, (size_t)head.list_bytes}, &lists, &good) ==
            STATUS_OK &&
        good)
        packed_mend_blocks(ctx, bytes, length, &head, &lists.columns);
}

#endif
