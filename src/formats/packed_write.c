/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/packed_write.h"

#include <inttypes.h>
#include <string.h>

#include "base/crc32c.h"
#include "base/limits.h"
#include "base/pool.h"
#include "formats/packed_layout.h"
#include "formats/packed_lists.h"
#include "formats/packed_study.h"

enum { BATCH_BLOCKS = 32, CRC_BYTES = 4 };

/* A pack on its way to a file. */
struct packing {
    const struct answers *answers;
    struct packed_head head;
    struct packed_lists lists;
    struct packed_parts full, last; /* blocks of all rows, and of the rest */
    uint32_t blocks;
    uint32_t first;                        /* block of the batch that is being made */
    unsigned char *room;                   /* BATCH_BLOCKS full blocks */
    int64_t (*values)[ANSWERS_CHUNK_ROWS]; /* [worker] */
};

static const struct packed_parts *parts_of(const struct packing *packing, uint32_t block)
{
    const bool rest = packing->answers->encounter_count - block * ANSWERS_CHUNK_ROWS < ANSWERS_CHUNK_ROWS;
    return rest ? &packing->last : &packing->full;
}

static void codes_write(const struct packing *packing, uint32_t block, uint64_t bytes, unsigned char *into)
{
    const void *codes = packing->answers->chunks[block].codes;
    if (packing->answers->code_bytes == 1 && bytes > 0) {
        memcpy(into, codes, (size_t)bytes);
        return;
    }
    for (uint64_t i = 0; i < bytes / 2; i++)
        little_put(into + 2 * i, ((const uint16_t *)codes)[i], 2);
}

static enum status block_write(void *state, size_t place, unsigned worker)
{
    const struct packing *packing = state;
    const uint32_t block = packing->first + (uint32_t)place;
    const struct packed_parts *parts = parts_of(packing, block);
    const struct packed_columns *columns = &packing->lists.columns;
    unsigned char *into = packing->room + place * packing->full.bytes;
    memset(into, 0, (size_t)parts->bytes);
    codes_write(packing, block, parts->code_bytes, into);
    for (uint32_t i = 0; i < columns->count; i++)
        packed_column_write(packing->answers, &columns->at[i], block, packing->values[worker], into + parts->columns[i]);
    const struct span whole = {(const char *)into, (size_t)parts->bytes - CRC_BYTES};
    little_put(into + whole.length, packed_block_crc(&packing->head, block, &whole, 1), CRC_BYTES);
    return STATUS_OK;
}

static enum status blocks_write(struct ctx *ctx, struct packing *packing, struct out *out)
{
    const uint32_t most = packing->blocks < BATCH_BLOCKS ? packing->blocks : BATCH_BLOCKS;
    packing->room = arena_array(ctx->arena, most, (size_t)packing->full.bytes);
    packing->values = arena_array(ctx->arena, pool_workers(ctx, most), sizeof *packing->values);
    enum status status = packing->room == NULL || packing->values == NULL ? ctx_no_memory(ctx) : STATUS_OK;
    while (packing->first < packing->blocks && status == STATUS_OK) {
        const uint32_t left = packing->blocks - packing->first, count = left < BATCH_BLOCKS ? left : BATCH_BLOCKS;
        status = pool_run(ctx, count, block_write, packing);
        for (uint32_t i = 0; i < count && status == STATUS_OK; i++)
            out_write(out, packing->room + i * packing->full.bytes, (size_t)parts_of(packing, packing->first + i)->bytes);
        packing->first += count;
    }
    return status;
}

/* Decides how everything is written. */
static enum status lay_out(struct ctx *ctx, struct packing *packing, struct out **lists)
{
    const struct answers *answers = packing->answers;
    struct packed_head *head = &packing->head;
    struct packed_columns *columns = &packing->lists.columns;
    head->encounters = answers->encounter_count;
    head->slots = answers->slot_count;
    head->code_bytes = answers->code_bytes;
    memcpy(head->program, GAPMETER_VERSION, sizeof GAPMETER_VERSION);
    enum status status = packed_study_digest(ctx, answers->study, &head->study);
    if (status == STATUS_OK)
        status = packed_columns_list(ctx, answers, packed_numbers_are_own(answers), columns);
    /* Every encounter takes bytes, so that a file can only name as many as it is long. */
    if (status == STATUS_OK && columns->count == 0 && answers->slot_count == 0)
        status = packed_columns_list(ctx, answers, false, columns);
    if (status == STATUS_OK)
        status = packed_columns_choose(ctx, answers, columns);
    if (status == STATUS_OK)
        status = packed_parts_make(ctx, head, columns, ANSWERS_CHUNK_ROWS, &packing->full);
    if (status == STATUS_OK)
        status = packed_parts_make(ctx, head, columns, answers->encounter_count % ANSWERS_CHUNK_ROWS, &packing->last);
    if (status == STATUS_OK)
        status = out_open_memory(ctx, lists);
    return status;
}

static void padding_write(struct out *out)
{
    for (uint64_t left = packed_padding(out_bytes(out).length); left > 0; left--)
        out_char(out, '\0');
}

/* Writes what is no row, in memory first, since the head says how long it is.
 * gives   *out  good until the arena ends */
static enum status lists_make(struct ctx *ctx, const struct packing *packing, struct out *lists, uint64_t most, struct span *out)
{
    packed_lists_write(lists, &packing->lists, packing->answers);
    const bool fits = !out_failed(lists) && out_bytes(lists).length <= most;
    padding_write(lists);
    *out = out_bytes(lists);
    enum status status = out_close(ctx, lists);
    if (status == STATUS_MEMORY || (status == STATUS_OK && fits))
        return status;
    return ctx_fail(ctx, STATUS_DATA, NULL,
                    "The names, texts and times that stand beside the answers take more than %" PRIu64
                    " bytes, the most that a pack holds of them; analyze the file of answers itself, or leave columns of long "
                    "texts, such as comments, out of the study file.",
                    most);
}

enum status packed_write_to(struct ctx *ctx, const struct answers *answers, const struct packed_origin *origin,
                            uint64_t lists_most, struct out *out, struct packed_size *size)
{
    struct packing packing = {.answers = answers, .lists = {.origin = *origin}, .blocks = answers->chunk_count};
    struct packed_head *head = &packing.head;
    unsigned char bytes[PACKED_HEAD_BYTES];
    struct out *lists = NULL;
    struct span text;
    enum status status = lay_out(ctx, &packing, &lists);
    if (status != STATUS_OK)
        return status;
    status = lists_make(ctx, &packing, lists, lists_most, &text);
    if (status != STATUS_OK)
        return status;
    head->list_bytes = text.length;
    head->list_crc = crc32c(0, text.at, text.length);
    head->file_bytes =
        PACKED_HEAD_BYTES + head->list_bytes + packed_blocks_bytes(head->encounters, packing.full.bytes, packing.last.bytes);
    packed_head_write(head, bytes);
    out_write(out, bytes, sizeof bytes);
    out_write(out, text.at, text.length);
    *size = (struct packed_size){head->encounters, head->file_bytes, answers->slot_count * (uint64_t)answers->code_bytes};
    for (uint32_t i = 0; i < packing.lists.columns.count; i++)
        size->row_bytes += packing.lists.columns.at[i].width;
    return blocks_write(ctx, &packing, out);
}

enum { OWNER_ALONE = 0600 };

enum status packed_write(struct ctx *ctx, const struct answers *answers, const struct packed_origin *origin, const char *path,
                         struct packed_size *out)
{
    struct arena *const outer = ctx->arena;
    struct arena *scratch;
    struct out *file = NULL;
    if (arena_create(outer, &scratch) != STATUS_OK)
        return ctx_no_memory(ctx);
    ctx->arena = scratch;
    enum status status = out_open_guarded_file(ctx, path, OWNER_ALONE, &file);
    if (status == STATUS_OK)
        status = packed_write_to(ctx, answers, origin, OUT_BYTES_MAX, file, out);
    if (status == STATUS_OK)
        status = out_close(ctx, file);
    ctx->arena = outer;
    arena_destroy(scratch);
    return status;
}
